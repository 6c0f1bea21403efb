"""The commands of an administrator: back up, destroy, restore, verify."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from indexer.cli import cli
from tests.corpora import CorpusMaker


def run(maker: CorpusMaker, *words: str, code: int = 0) -> dict[str, Any]:
    """What a command answers a program."""
    places = [f"--corpus={maker.corpus}", f"--indice={maker.settings.index}", "--json"]
    done = CliRunner().invoke(cli, [*words, *places], standalone_mode=False)
    assert done.exception is None, done.exception
    assert done.return_value == code, done.output
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def test_what_was_backed_up_is_served_again(maker: CorpusMaker, tmp_path: Path) -> None:
    maker.event(anuncio_txt="Las casillas abren a las ocho.")
    maker.update()
    said = maker.passages("foro")
    made = run(maker, "respaldar", str(tmp_path))
    assert Path(made["respaldo"]).stat().st_size == made["bytes"]
    shutil.rmtree(maker.corpus)
    shutil.rmtree(maker.settings.index)
    done = run(maker, "restaurar", made["respaldo"])
    assert {name: done[name] for name in ("edicion", "archivos")} == {"edicion": made["edicion"], "archivos": 4}
    assert (done["apartado"], done["avisos"]) == (None, [])
    assert maker.passages("foro") == said


def test_verifying_says_whether_all_is_whole(maker: CorpusMaker, tmp_path: Path) -> None:
    maker.event(anuncio_txt="Las casillas abren a las ocho.")
    built = run(maker, "verificar")
    assert built["bien"]
    assert "se construyó de nuevo" in built["problemas"][0]["texto"]
    assert run(maker, "verificar") == {
        "bien": True, "edicion": built["edicion"], "archivos": 2, "pasos": 0, "objetos": 0, "cuentas": 0,
        "encargos": 0, "reportes": 0, "problemas": [],
    }  # fmt: skip
    made = run(maker, "respaldar", str(tmp_path))
    assert run(maker, "verificar", made["respaldo"])["archivos"] == made["archivos"]
    (maker.corpus / "_personal").mkdir()
    (maker.corpus / "_personal" / "cuentas.json").write_text("{")
    wrong = run(maker, "verificar", "--sin-reparar", code=1)
    assert [one["gravedad"] for one in wrong["problemas"]] == ["error"]
