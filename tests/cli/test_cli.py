"""The commands of staff, as they are typed."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.cli import cli
from indexer.generations import Generations

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]

# A page of the layout of the INE's public transcripts, written for this test: menus around the article, labels in bold,
# some cut in two runs, one with the colon outside, no-break spaces, and the closing line.
INE_PAGE = """<!DOCTYPE html>
<html lang="es"><head><meta charset="utf-8"><title>Versión estenográfica de prueba</title>
<style>.x{color:red}</style><script>var menu = "no se lee";</script></head>
<body><header><nav><ul><li><a href="/">Inicio</a></li><li>Transparencia: portal</li></ul></nav></header>
<main><article><h1 class="entry-title">Versión estenográfica de la Sesión de Prueba</h1>
<div class="entry-content">
<p><strong>Consejera Presidenta del INE, Ana Ficticia Prueba: </strong>Buenos días.&nbsp;Damos inicio
a esta sesión y pido al Secretario verificar el quórum.</p>
<p><strong>Secretario del Consejo General, </strong><strong>Luis Inventado Ensayo</strong>: Hay
quórum, Consejera Presidenta.</p>
<p>Consejera Rosa Supuesta Muestra.</p>
<p><strong>Consejera Electoral, Rosa Supuesta Muestra:</strong> Presente. Quiero hablar del conteo de las actas y de las
bodegas donde se resguardan los paquetes.</p>
<p>En segundo lugar, propongo tres medidas: capacitar, documentar y medir.</p>
<p>-o0o-</p>
</div></article></main>
<aside><h2>Síguenos</h2><p>Comparte: redes</p></aside>
<footer><p>Aviso de privacidad: consulte el portal</p></footer></body></html>
"""


class Shell:
    """Runs ``python -m indexer`` on a corpus of its own."""

    def __init__(self, root: Path) -> None:
        self.corpus, self.index = root / "corpus", root / "indice"
        self.corpus.mkdir()

    def __call__(self, *words: str, module: str = "indexer") -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "CONSTA_CORPUS": str(self.corpus), "CONSTA_INDICE": str(self.index), "PYTHONUTF8": "1"}
        env["CONSTA_ESPERA"] = "0.2"  # whoever waits for its turn does not wait for long
        command = [sys.executable, "-m", module, *words]
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stdout + done.stderr
        return done


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A corpus that is empty so far."""
    return Shell(tmp_path)


def test_a_saved_page_of_an_official_transcript_becomes_an_event_that_is_searched(shell: Shell, tmp_path: Path) -> None:
    """The two-minute trial of the README, with a page of that layout."""
    page = tmp_path / "version-estenografica.html"
    page.write_text(INE_PAGE, encoding="utf-8")
    assert shell("nuevo", "sesion-ine", "--titulo", "Sesión de prueba", "--fecha", "2025-03-01").returncode == 0
    assert shell("nuevo", "sesion-ine/sesion-1", "--titulo", "Sesión", "--fecha", "2025-03-01").returncode == 0
    added = shell("agregar", str(page), "--mesa", "sesion-ine/sesion-1", "--version", "estenografica")
    assert added.returncode == 0, added.stderr
    assert (shell.corpus / "sesion-ine/sesion-1/transcripcion.html").read_text(encoding="utf-8") == INE_PAGE
    found = shell("buscar", "bodegas", "--formato", "json", module="search_app")
    assert found.returncode == 0
    assert '"persona": "Rosa Supuesta Muestra"' in found.stdout
    assert '"cargo": "Consejera Electoral"' in found.stdout
    assert '"version": "estenografica"' in found.stdout
    for words in ("Síguenos", "privacidad", "Transparencia"):
        assert '"total": 0' in shell("buscar", words, "--formato", "json", module="search_app").stdout


def test_agregar_refuses_to_overwrite_and_replaces_when_told(shell: Shell, tmp_path: Path) -> None:
    """Nothing that was received is lost by a second file."""
    shell("nuevo", "foro", "--titulo", "Foro", "--fecha", "2025-03-01")
    shell("nuevo", "foro/mesa-1", "--titulo", "Mesa")
    one, two = tmp_path / "uno.txt", tmp_path / "dos.md"
    one.write_text("MODERADORA: La primera versión habla de bodegas.\n", encoding="utf-8")
    two.write_text("MODERADORA: La segunda versión habla de urnas.\n", encoding="utf-8")
    assert shell("agregar", str(one), "--mesa", "foro/mesa-1").returncode == 0
    refused = shell("agregar", str(two), "--mesa", "foro/mesa-1")
    assert refused.returncode == 1
    assert "--reemplazar" in refused.stderr
    assert shell("agregar", str(two), "--mesa", "foro/mesa-1", "--reemplazar").returncode == 0
    names = sorted(path.name for path in (shell.corpus / "foro/mesa-1").iterdir())
    assert names == ["anclas.tsv", "mesa.toml", "transcripcion.md"]


def test_results_name_their_event_where_there_are_several(shell: Shell, tmp_path: Path) -> None:
    """Two events with a «Mesa» each: a reader is told which."""
    text = tmp_path / "uno.txt"
    text.write_text("MODERADORA: La bodega está cerrada.\n", encoding="utf-8")
    for event, title in (("foro", "Foro de prueba"), ("otro", "Otro foro")):
        shell("nuevo", event, "--titulo", title, "--fecha", "2025-03-01")
        shell("nuevo", f"{event}/mesa-1", "--titulo", "Mesa de apertura")
        shell("agregar", str(text), "--mesa", f"{event}/mesa-1")
        found = shell("buscar", "bodega", module="search_app").stdout
        assert ("Mesa de apertura · Otro foro" in found) == (event == "otro")
        assert ("Mesa de apertura · Foro de prueba" in found) == (event == "otro")


def test_retirar_takes_a_transcript_out_of_everything(shell: Shell, tmp_path: Path) -> None:
    """Corpus, index and old generations; it cannot come back."""
    shell("nuevo", "foro", "--titulo", "Foro", "--fecha", "2025-03-01")
    shell("nuevo", "foro/mesa-1", "--titulo", "Mesa")
    text = tmp_path / "uno.txt"
    text.write_text("MODERADORA: La palabra xilocopa se dijo aquí.\n", encoding="utf-8")
    shell("agregar", str(text), "--mesa", "foro/mesa-1")
    gone = shell("retirar", "foro/mesa-1", "--tipo", "transcripcion", "--motivo", "a petición de parte")
    assert gone.returncode == 0, gone.stderr
    for folder in (shell.corpus, shell.index):
        assert not [p for p in folder.rglob("*") if p.is_file() and b"xilocopa" in p.read_bytes()]
    again = shell("agregar", str(text), "--mesa", "foro/mesa-1")
    assert again.returncode == 1
    assert "a petición de parte" in again.stderr


def test_revisar_says_every_fault_and_writes_nothing(shell: Shell) -> None:
    """Two faults in two files, both named, with the cure; the folder stays as it was."""
    event = shell.corpus / "foro"
    (event / "mesa-1").mkdir(parents=True)
    (event / "evento.toml").write_text('titulo = "Foro"\ninicio = "ayer"\nfin = 2025-03-01\n', encoding="utf-8")
    (event / "mesa-1" / "mesa.toml").write_text('numero = "uno"\n', encoding="utf-8")
    (event / "mesa-1" / "transcripcion.vtt.txt").write_text("hola", encoding="utf-8")
    before = sorted(path for path in shell.corpus.rglob("*"))
    done = shell("revisar")
    assert done.returncode == 1
    for path in ("foro/evento.toml", "foro/mesa-1/mesa.toml", "foro/mesa-1/transcripcion.vtt.txt"):
        assert path in done.stderr
    assert before == sorted(path for path in shell.corpus.rglob("*"))
    assert not shell.index.exists()


def test_pendientes_says_what_is_missing(shell: Shell) -> None:
    """A mesa without transcript, date or participants."""
    shell("nuevo", "foro", "--titulo", "Foro", "--fecha", "2025-03-01")
    shell("nuevo", "foro/mesa-1", "--titulo", "Mesa")
    done = shell("pendientes")
    assert done.returncode == 0
    for lack in ("transcripción", "fecha", "participantes"):
        assert f"falta: {lack}" in done.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("actualisar",), "No existe la orden"),
        (("nuevo", "foro"), "--titulo"),
        (("agregar", "no-hay.txt", "--mesa", "a/b"), "ARCHIVO"),
        (("agregar", __file__), "--mesa"),
        (("nuevo", "foro", "--titulo", "x", "--fecha", "ayer"), "AAAA-MM-DD"),
        (("revisar", "--nada"), "--nada"),
        (("retirar", "foro/mesa-1", "--motivo", " "), "--motivo"),
    ],
)
def test_wrong_usage_ends_with_two_and_a_sentence_in_spanish(shell: Shell, words: tuple[str, ...], says: str) -> None:
    """Exit code 2, what is wrong, no English."""
    done = shell(*words)
    assert done.returncode == 2
    assert "Uso incorrecto" in done.stderr
    assert says in done.stderr
    assert "Error:" not in done.stderr


def test_a_corpus_that_is_not_there_says_the_cure(shell: Shell) -> None:
    """No index folder is made for it."""
    shutil.rmtree(shell.corpus)
    done = shell("actualizar")
    assert done.returncode == 1
    assert "--corpus" in done.stderr
    assert not shell.index.exists()


def test_every_command_that_a_module_defines_is_listed() -> None:
    """The table of commands names each with its module: one that it forgets could not be called."""
    for module in pkgutil.iter_modules([str(ROOT / "indexer" / "cli")]):
        importlib.import_module(f"indexer.cli.{module.name}")
    assert set(cli.commands) == set(cli.homes)  # type: ignore[attr-defined]


def test_every_command_explains_itself_in_spanish_and_takes_both_places() -> None:
    """Help for all of them."""
    for name, command in cli.commands.items():
        assert command.help, name
        options = {option for parameter in command.params for option in parameter.opts}
        assert {"--corpus", "--indice"} <= options, name


def test_words_with_accents_are_understood_where_the_locale_is_ascii(shell: Shell) -> None:
    """A server's cron or a bare container: LC_ALL=C, and Python told not to mend it."""
    ascii_only = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    places = ["--corpus", str(shell.corpus), "--indice", str(shell.index)]
    command = [sys.executable, "-m", "indexer", "nuevo", "foro", "--titulo", "Sesión del año", "--fecha", "2025-12-04"]
    done = subprocess.run([*command, *places], cwd=ROOT, env=ascii_only, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'titulo = "Sesión del año"' in (shell.corpus / "foro" / "evento.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("place", [".", "indice", "foro/indice"])
def test_an_index_among_the_texts_is_refused(shell: Shell, place: str) -> None:
    """It would be read as part of the corpus, and shut it to others."""
    mode = shell.corpus.stat().st_mode
    done = shell("actualizar", "--indice", str(shell.corpus / place))
    assert done.returncode == 1
    assert "uno dentro del otro" in done.stderr
    assert shell.corpus.stat().st_mode == mode
    assert not list(shell.corpus.iterdir())
    assert shell("actualizar", "--indice", str(shell.corpus / ".indice")).returncode == 0


def test_what_the_system_refuses_is_said_in_spanish(shell: Shell) -> None:
    """Not in the words of the operating system."""
    (shell.corpus.parent / "archivo").write_text("x", encoding="utf-8")
    done = shell("actualizar", "--indice", str(shell.corpus.parent / "archivo" / "indice"))
    assert done.returncode == 1
    assert "hay un archivo donde debía haber una carpeta" in done.stderr


def test_an_interruption_among_the_imports_leaves_no_traceback(shell: Shell) -> None:
    """Ctrl+C at once."""
    code = """
import importlib.abc, runpy, signal, sys
class Interrupt(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == "indexer.console":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupt())
runpy.run_module("indexer", run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_an_order_that_changed_the_corpus_but_could_not_publish_says_what_to_do(shell: Shell, tmp_path: Path) -> None:
    """While another update runs: repeating the order is not the cure."""
    speech = tmp_path / "voz.txt"
    speech.write_text("MODERADORA: La palabra es xilocopa.\n", encoding="utf-8")
    shell("nuevo", "foro", "--titulo", "Foro", "--fecha", "2025-12-04")
    shell("nuevo", "foro/mesa-1", "--titulo", "Mesa")
    with Generations(shell.index).updating():
        added = shell("agregar", str(speech), "--mesa", "foro/mesa-1")
    assert added.returncode == 1
    assert "ya está en el acervo, pero sin publicar" in added.stderr
    assert shell("actualizar").returncode == 0
    with Generations(shell.index).updating():
        gone = shell("retirar", "foro/mesa-1", "--tipo", "transcripcion", "--motivo", "A petición")
    assert gone.returncode == 1
    assert "el índice aún lo sirve" in gone.stderr
    assert "python -m indexer actualizar" in gone.stderr
    assert shell("actualizar").returncode == 0
    assert not [path for path in shell.index.rglob("*") if path.is_file() and b"xilocopa" in path.read_bytes()]


def test_revisar_tells_of_a_conflict_in_the_numbers(shell: Shell, tmp_path: Path) -> None:
    """What git leaves behind after a merge, before it is published."""
    speech = tmp_path / "voz.txt"
    speech.write_text("MODERADORA: La palabra es xilocopa.\n", encoding="utf-8")
    shell("nuevo", "foro", "--titulo", "Foro", "--fecha", "2025-12-04")
    shell("nuevo", "foro/mesa-1", "--titulo", "Mesa")
    shell("agregar", str(speech), "--mesa", "foro/mesa-1")
    anchors = shell.corpus / "foro" / "mesa-1" / "anclas.tsv"
    anchors.write_text(anchors.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    assert "conflicto de git" in shell("revisar").stderr
