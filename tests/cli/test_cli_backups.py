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
