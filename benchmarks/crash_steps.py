"""Kills commands that write the corpus at random moments and looks at what is left.

    python benchmarks/crash_steps.py [TRIALS] [SEED]

Every trial runs the next of the commands that take a step (``COMMANDS``, shuffled), kills it with SIGKILL, and runs
``actualizar``: then the corpus must be the one before, byte for byte and without a step, or whole with one. The index
must serve it; what was acknowledged must be there; and taking the step back (killed now and then, too) must give the
first bytes, unless it withdrew for ever: then the words are in no file. Exit code 1 otherwise.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.roundtrip_sequences import files_of, is_served  # noqa: E402 - run in place, not installed
from indexer import history  # noqa: E402
from indexer.config import Settings  # noqa: E402

MESA, TIMED = "prueba/mesa-1", "prueba/mesa-3"
_TOPIC = {"id": "acta", "etiqueta": "acta", "equivalentes": ["actas"], "signos": ["folio"]}
_CUTS = [{"inicio_s": 60, "fin_s": 180, "titulo": "Una"}, {"inicio_s": 200, "titulo": "Otra"}]
_PEOPLE = {"nombre": "Ana Ruiz", "cargo": "Consejera", "modera": True}
_MARKS = [{"inicio_s": 0, "persona": "Ana Ruiz"}, {"inicio_s": 120, "persona": None}]
COMMANDS: dict[str, tuple[tuple[str, ...], Any]] = {
    "nuevo": (("nuevo", "prueba/mesa-9", "--titulo=Novena"), None),
    "nuevo EVENTO": (("nuevo", "otro", "--titulo=Otro", "--fecha=2020-01-01"), None),
    "agregar": (("agregar", "{texto}", "--mesa=prueba/mesa-9", "--titulo=Novena"), None),
    "agregar --reemplazar": (("agregar", "{texto}", f"--mesa={MESA}", "--reemplazar"), None),
    "agregar --tiempos": (("agregar", "{leido}", f"--mesa={TIMED}", "--reemplazar"), None),
    "editar": (("editar", MESA, "--escribir"), {"campos": {"titulo": "Otro título"}, "participantes": [_PEOPLE]}),
    "editar EVENTO": (("editar", "prueba", "--titulo=Otro título", "--sede=Toluca"), None),
    "programa": (("programa", "prueba", "{programa}"), None),
    "temas": (("temas", "--escribir"), {"antes": "", "campos": _TOPIC}),
    "personas": (("personas", "--escribir"), {"antes": "", "campos": {"nombre": "Ana Ruiz", "variantes": ["Anita"]}}),
    "personas --unir": (("personas", "--unir=Ana Ruis", "--en=Ana Ruiz"), None),
    "personas --distinta": (("personas", "--distinta=Ana Ruis", "--de=Ana Ruiz"), None),
    "hablantes": (("hablantes", TIMED, "--escribir"), {"cambios": _MARKS}),
    "hablantes --unir": (("hablantes", "prueba/mesa-2", "--unir=Ana Ruis", "--en=Ana Ruiz"), None),
    "partir": (("partir", "{dia}", "--evento=prueba", "--escribir"), {"cortes": _CUTS}),
    "importar": (("importar", "{varios}", "--evento=prueba"), None),
    "importar ZIP": (("importar", "{zip}", "--evento=nuevo", "--titulo-evento=Nuevo"), None),
    "mover": (("mover", MESA, "prueba/mesa-5"), None),
    "mover EVENTO": (("mover", "prueba", "otra"), None),
    "mover --tipo": (("mover", MESA, "prueba/mesa-4", "--tipo=transcripcion"), None),
    "unir": (("unir", MESA, "prueba/mesa-4"), None),
    "corregir": (("corregir", MESA, "--escribir"), {"correcciones": [{"numero": 1, "de": "p1x0", "a": "primera"}]}),
    "corregir --por": (("corregir", "--buscar=p1x1", "--por=segunda", "--escribir"), "lugares"),
    "retirar": (("retirar", MESA, "--conservar", "--motivo=A petición"), None),
    "retirar --tipo": (("retirar", TIMED, "--tipo=transcripcion", "--conservar", "--motivo=A petición"), None),
    "retirar #pN": (("retirar", f"{MESA}#p1", "--conservar", "--motivo=A petición"), None),
    "retirar EVENTO": (("retirar", "prueba", "--conservar", "--motivo=A petición"), None),
    "retirar para siempre": (("retirar", MESA, "--motivo=A petición"), None),
    "retirar #pN para siempre": (("retirar", f"{MESA}#p1", "--motivo=A petición"), None),
}
"""Words of a command, with the places of files in braces, and what it reads (a word: that of its own answer)."""
FOR_EVER = "para siempre"
"""How a command is called that nothing takes back: what it withdrew is then in no file."""


class Trials:
    """Commands that are killed, over one corpus."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.settings = Settings(folder / "corpus", folder / "indice")
        self.counts: Counter[str] = Counter()
        self._names = itertools.cycle(self.chance.sample([*COMMANDS], len(COMMANDS)))
        self.places = {name: str(folder / file) for name, file in (
            ("texto", "texto.txt"), ("otro", "otro.txt"), ("leido", "leido.txt"), ("programa", "programa.txt"),
            ("dia", "dia.vtt"), ("corto", "corto.vtt"), ("varios", "varios"), ("zip", "varios.zip")
        )}  # fmt: skip
        self._files()
        self._whole("nuevo", "prueba", "--titulo=Prueba", "--fecha=2020-01-01")
        self._whole("nuevo", "prueba/mesa-4", "--titulo=Cuarta")
        self._whole("agregar", self.places["otro"], "--mesa=prueba/mesa-2", "--titulo=Segunda")
        self._whole("agregar", self.places["corto"], f"--mesa={TIMED}", "--titulo=Tercera")
        began = time.perf_counter()
        self._whole("agregar", self.places["texto"], f"--mesa={MESA}", "--titulo=Mesa")
        self._usual_s = time.perf_counter() - began
        Path(self.places["texto"]).write_text("PONENTE: otra cosa, y nada más que eso.\n", encoding="utf-8")
        self.first = files_of(self.settings.corpus)
        for kept in (self.settings.corpus, self.settings.index):
            shutil.copytree(kept, folder / "guardado" / kept.name, symlinks=True)

    def run(self) -> str | None:
        """One trial, of the next command; what is wrong, None where nothing is."""
        name = next(self._names)
        try:
            fault = self._tried(name)
        except RuntimeError as error:
            fault = str(error)
        if not fault and files_of(self.settings.corpus) != self.first:
            fault = "taking it back does not give the first bytes"
        if fault:
            self._begin_again()
        return f"{name}: {fault}" if fault else None

    def _tried(self, name: str) -> str:
        words = tuple(word.format(**self.places) for word in COMMANDS[name][0])
        given = COMMANDS[name][1]
        if isinstance(given, str):
            told = json.loads(
                self._start(None, *words[:-1], "--json", out=subprocess.PIPE).communicate()[0].splitlines()[-1]
            )
            given = {given: [one["lugar"] for one in told[given]]}
        fault = self._killed_once(self._steps(), given, *words)
        if not fault and FOR_EVER in name:
            fault = self._gone()
        for killed in (self.chance.random() < 0.4, False):
            steps = self._steps()
            if not fault and files_of(self.settings.corpus) != self.first and killed:
                fault = self._killed_once(steps, None, "deshacer", str(max(steps)))
            elif not fault and files_of(self.settings.corpus) != self.first:
                self._whole("deshacer", str(max(steps)))
        return fault

    def _gone(self) -> str:
        """What is withdrawn for ever is in no file and cannot be had back; then all is laid down as it was."""
        if files_of(self.settings.corpus) == self.first:
            return ""
        places = (self.settings.corpus, self.settings.index)
        left = [
            path for place in places for path in place.rglob("*") if path.is_file() and b"p1x0" in path.read_bytes()
        ]
        undone = self._start(None, "deshacer", str(max(self._steps()))).wait() == 0
        held = f"it is in {left[0]}: {left[0].read_bytes()[:200]!r}" if left else ""
        self._begin_again()
        return held if held else "it could be taken back" if undone else ""

    def _begin_again(self) -> None:
        for place in (self.settings.corpus, self.settings.index):
            shutil.rmtree(place)
            shutil.copytree(self.folder / "guardado" / place.name, place, symlinks=True)

    def _killed_once(self, steps: dict[int, int | None], given: Any, *words: str) -> str:
        before = files_of(self.settings.corpus)
        acknowledged = self._killed(given, *words)
        self._whole("actualizar")
        after, done = files_of(self.settings.corpus), len(self._steps()) > len(steps)
        self.counts["con el paso" if done else "como antes"] += 1
        if acknowledged and not done:
            return "what was acknowledged is not there"
        if done == (after == before):
            return f"the history has {'a' if done else 'no'} step and the corpus is {'' if done else 'not '}as before"
        return "" if is_served(self.settings, self.folder) else "the index does not serve the corpus"

    def _steps(self) -> dict[int, int | None]:
        """The steps and the one that undid each."""
        return {one.record.number: one.undone_by for one in history.Undoing(self.settings.corpus).past()}

    def _files(self) -> None:
        words = [f"p{part}x{at}" for part in range(1, 4) for at in range(120)]
        day = [f"00:{at:02d}:00.000 --> 00:{at:02d}:05.000\nse dijo d{at} ese día\n" for at in range(12)]
        texts = {
            "texto": "".join(f"PONENTE {at}: {' '.join(words[at : at + 60])}.\n" for at in range(0, 360, 60)),
            "otro": "ANA RUIS: hubo casillas y actas.\n\nANA RUIZ: y también folios, dijo ella.\n",
            "leido": f"ANA RUIZ: {' '.join(f'Se dijo en corto d{at} ese día.' for at in range(12))}\n",
            "programa": "Mesa 7. Una mesa\nModera: Eva Luna\nMesa 8. Otra\n",
        }
        for name, text in texts.items():
            Path(self.places[name]).write_text(text, encoding="utf-8")
        Path(self.places["varios"]).mkdir()
        for path in (
            self.places["dia"], self.places["corto"],
            *(f"{self.places['varios']}/2020-01-01 Sesión {number}.vtt" for number in range(4)),
        ):  # fmt: skip
            text = "WEBVTT\n\n" + "\n".join(day).replace("dijo", f"dijo en {Path(path).stem}")
            Path(path).write_text(text, encoding="utf-8")
        shutil.make_archive(self.places["varios"], "zip", self.places["varios"])

    def _start(self, given: Any, *words: str, out: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        places = ["--corpus", str(self.settings.corpus), "--indice", str(self.settings.index)]
        process = subprocess.Popen(
            [sys.executable, "-m", "indexer", *words, *places],
            cwd=ROOT, env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE, stdout=out, stderr=subprocess.STDOUT if out == subprocess.PIPE else out,
        )  # fmt: skip
        assert process.stdin is not None
        process.stdin.write(json.dumps(given).encode())
        process.stdin.close()
        process.stdin = None  # nothing more is said to it
        return process

    def _whole(self, *words: str) -> None:
        process = self._start(None, *words, out=subprocess.PIPE)
        said = process.communicate()[0]
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(words)} failed: {said.decode()[-1_500:]}")

    def _killed(self, given: Any, *words: str) -> bool:
        """Run a command and kill it: as it keeps the bytes, as it writes them, or whenever it may be. True when it
        ended well before that."""
        moment = self.chance.choice(("al guardar lo anterior", "al escribir", "al azar"))
        past = self.settings.corpus / "_historial"
        states: dict[str, Callable[[], int]] = {
            "al guardar lo anterior": lambda: len(os.listdir(past / "objetos")),
            "al escribir": lambda: (past / "pasos.jsonl").stat().st_size,
            "al azar": lambda: int(time.perf_counter() > deadline),
        }
        deadline = time.perf_counter() + self.chance.random() * self._usual_s * 1.1
        begun, process = states[moment](), self._start(given, *words)
        while process.poll() is None and states[moment]() == begun:
            time.sleep(0.0002)
        if moment != "al azar":
            time.sleep(self.chance.random() * 0.01)
        ended = process.poll()
        self.counts["terminó antes" if ended is not None else moment] += 1
        process.kill()
        process.wait()
        return ended == 0


def main() -> int:
    """Run the trials and print what was seen."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"semilla {seed}, {trials} pruebas", flush=True)
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        at_work = Trials(Path(folder), seed)
        for trial in range(trials):
            wrong = at_work.run()
            if wrong is not None:
                lost += 1
                print(f"prueba {trial}: {wrong}", flush=True)
    for name, count in sorted(at_work.counts.items()):
        print(f"{name}: {count}")
    print(f"pruebas con pérdida: {lost}")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
