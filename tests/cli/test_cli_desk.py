"""The commands under the desk, as a program runs them: one JSON object, whatever happens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.generations import Generations
from indexer.history import corpus_lock

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
SPEECH = "MODERADORA: La palabra xilocopa se dijo aquí.\n\nCONSEJERA EVA PRUEBA: Las casillas abren a las ocho.\n"


class Program:
    """Runs ``python -m indexer … --json``."""

    def __init__(self, folder: Path) -> None:
        self.corpus, self.index = folder / "corpus", folder / "indice"
        self.corpus.mkdir()

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin a command."""
        places = [f"--corpus={self.corpus}", f"--indice={self.index}", "--json"]
        return subprocess.Popen(
            [sys.executable, "-m", "indexer", words[0], *places, *words[1:]],
            cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __call__(self, *words: str, given: object = None, code: int = 0) -> dict[str, Any]:
        process = self.start(*words)
        out, err = process.communicate("" if given is None else json.dumps(given))
        assert "Traceback" not in out + err
        assert process.returncode == code, err
        answer = json.loads(out)
        assert isinstance(answer, dict)
        return answer


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A corpus of an event without mesas."""
    program = Program(tmp_path)
    program("nuevo", "foro", "--titulo=Foro", "--fecha=2025-12-04")
    return program


def test_from_a_text_to_its_withdrawal_and_back(program: Program, tmp_path: Path) -> None:
    """Who did it and from where is in the history; every answer has the same keys."""
    text = tmp_path / "voz.txt"
    text.write_text(SPEECH, encoding="utf-8")
    who = ("--autor=Ana Ruiz", "--desde=web 10.0.0.7")
    added = program("agregar", str(text), "--mesa=foro/mesa-1", "--titulo=Mesa uno", *who)
    assert set(added) == {"paso", "edicion", "pagina", "fragmentos", "avisos"}
    assert (added["paso"], added["pagina"], added["fragmentos"], added["avisos"]) == (2, "foro/mesa-1", 2, [])
    gone = program("retirar", "foro/mesa-1#p1", "--motivo=A petición", "--conservar", *who)
    assert (gone["paso"], gone["fragmentos"]) == (3, 2)
    assert gone["edicion"] != added["edicion"]
    back = program("deshacer", "3")
    assert (back["paso"], back["edicion"]) == (4, added["edicion"])
    steps = program("historial", "foro/mesa-1")["pasos"]
    assert [(one["paso"], one["accion"], one["deshace"], one["deshecho_por"]) for one in steps] == [
        (4, "deshacer", 3, None), (3, "retirar", None, 4), (2, "agregar", None, None),
    ]  # fmt: skip
    assert (steps[1]["autor"], steps[1]["desde"], steps[0]["desde"]) == ("Ana Ruiz", "web 10.0.0.7", "terminal")
    assert [one["se_puede_deshacer"] for one in steps] == [True, False, True]
    newest = program("historial", "--ultimos=2", "--saltar=1")["pasos"]
    assert newest == program("historial")["pasos"][1:3]
    assert [one["paso"] for one in program("historial", "--origen=web 10.0.0.7")["pasos"]] == [3, 2]


def test_what_goes_wrong_is_an_object_too(program: Program, tmp_path: Path) -> None:
    text = tmp_path / "voz.txt"
    text.write_text(SPEECH, encoding="utf-8")
    assert "--mesa" in program("agregar", str(text), code=2)["error"]
    assert "No existe la mesa" in program("agregar", str(text), "--mesa=foro/mesa-9", code=1)["error"]
    assert "objeto JSON" in program("hablantes", "foro/mesa-9", "--escribir", code=2)["error"]
    half = {"lugares": ["\ud800|1|1|a|b"]}  # of a character: no file and no terminal takes it
    assert "objeto JSON" in program("corregir", "--buscar=a", "--por=b", "--escribir", given=half, code=2)["error"]
    with corpus_lock(program.corpus, 0):
        os.environ["CONSTA_ESPERA"] = "0.1"
        try:
            busy = program("agregar", str(text), "--mesa=foro/mesa-1", "--titulo=Mesa", code=1)
        finally:
            del os.environ["CONSTA_ESPERA"]
    assert "Otra persona" in busy["error"]
    assert not (program.corpus / "foro/mesa-1").exists()


def test_a_step_that_is_taken_and_not_published_says_both(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "voz.txt"
    text.write_text(SPEECH, encoding="utf-8")
    monkeypatch.setenv("CONSTA_ESPERA", "0.1")
    with Generations(program.index).updating():
        told = program("agregar", str(text), "--mesa=foro/mesa-1", "--titulo=Mesa", code=1)
    assert (told["paso"], told["publicado"]) == (2, False)
    assert "sin publicar" in told["error"]


def test_several_at_once_lose_nothing_and_double_nothing(program: Program, tmp_path: Path) -> None:
    """Each waits for its turn; whoever finds its own work done does not do it again."""
    started = []
    for number in range(1, 5):
        text = tmp_path / f"voz-{number}.txt"
        text.write_text(SPEECH.replace("ocho", f"hora{number}"), encoding="utf-8")
        started.append(program.start("agregar", str(text), f"--mesa=foro/mesa-{number}", "--titulo=Mesa"))
    answers = [json.loads(process.communicate()[0]) for process in started]
    assert sorted(answer["paso"] for answer in answers) == [2, 3, 4, 5]
    assert all(answer["fragmentos"] == 2 for answer in answers)
    assert len(program("historial")["pasos"]) == 5


def test_a_reader_s_report_waits_until_it_is_closed(program: Program) -> None:
    (program.corpus / "foro/mesa-1").mkdir()
    (program.corpus / "foro/mesa-1/mesa.toml").write_text('titulo = "Mesa"\n', encoding="utf-8")
    sent = {"frase": "Las casillas", "texto": "<b>Es</b>\u202e otra cosa\x00", "desde": "10.0.0.1"}
    made = program("reporte", "foro/mesa-1#p2", given=sent)
    name, key = made["reporte"], {"clave": made["clave"]}
    assert program("respuesta", given=key)["respuesta"] is None
    (one,) = program("reportes")["reportes"]
    assert (one["reporte"], one["pagina"], one["numero"], one["estado"]) == (name, "foro/mesa-1", 2, "abierto")
    assert "\x00" not in one["texto"]
    (closed,) = program("reportes", f"--cerrar={name}", "--motivo=Corregido")["reportes"]
    assert (closed["estado"], closed["motivo"], closed["respuesta"]) == ("cerrado", "Corregido", None)
    (answered,) = program("reportes", f"--cerrar={name}", "--respuesta=Ya\nestá", "--mesa=foro/mesa-1")["reportes"]
    assert program("respuesta", given=key) == answered
    assert (answered["respuesta"], answered["hasta"] >= made["hasta"]) == ("Ya\nestá", True)
    assert not any(key["clave"] in path.read_text() for path in (program.corpus / "_reportes").iterdir())
    for elsewhere in ("--mesa=foro/mesa-2", f"--respuesta={'x' * 1_001}"):
        assert program("reportes", f"--cerrar={name}", elsewhere, code=1)["error"]
    for other in ({"clave": key["clave"][1:]}, {"clave": ""}, {"clave": 3}, {}):
        assert "ya venció" in program("respuesta", given=other, code=1)["error"]
    for wrong in ({"texto": ""}, {"texto": "x" * 1_001}, {"texto": ["x"]}):
        assert program("reporte", "foro/mesa-1#p2", given=wrong, code=1)["error"]
    assert program("reportes", "--cerrar=../../x", code=1)["error"]
