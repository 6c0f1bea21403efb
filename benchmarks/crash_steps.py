"""Kills commands that write the corpus at random moments and looks at what is left.

    python benchmarks/crash_steps.py [TRIALS] [SEED]

Every trial replaces the text of a mesa (or undoes the last step), kills the command with SIGKILL, and compares the
corpus with the one before and the one after: after the next command (``actualizar``) it must be one of the two, whole;
the history must say which; the index must serve it; and what was acknowledged must be there. Exit code 1 otherwise.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.roundtrip_sequences import Files, files_of, texts_of  # noqa: E402 - run in place, not installed
from indexer import history  # noqa: E402
from indexer.config import Settings  # noqa: E402

MESA = "prueba/mesa-1"
_MADE = 2
"""The step that made the mesa, which stays."""


class Trials:
    """Commands that are killed, over one corpus."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.folder = folder
        self.settings = Settings(folder / "corpus", folder / "indice")
        self.counts: Counter[str] = Counter()
        self._said = 0
        self._whole("nuevo", "prueba", "--titulo=Prueba", "--fecha=2020-01-01")
        began = time.perf_counter()
        self._whole("agregar", str(self._file()), f"--mesa={MESA}", "--titulo=Mesa")
        self._usual_s = time.perf_counter() - began

    def run(self) -> str | None:
        """One trial; what is wrong, None where nothing is."""
        before, steps = files_of(self.settings.corpus), self._steps()
        number = max(steps, default=0)
        undo = number > _MADE and self.chance.random() < 0.3
        text = self._file()
        words = ["deshacer", str(number)] if undo else ["agregar", str(text), f"--mesa={MESA}", "--reemplazar"]
        acknowledged = self._killed(*words)
        self._whole("actualizar")
        after, told = files_of(self.settings.corpus), self._steps()
        done = len(told) > len(steps)
        self.counts["con el paso" if done else "como antes"] += 1
        if acknowledged and not done:
            return "what was acknowledged is not there"
        if not done and after != before:
            return "the history has no step and the corpus is not as before"
        if done and not undo and after[f"{MESA}/transcripcion.txt"] != text.read_bytes():
            return "the history has a step and the corpus is not as after it"
        if done and after == before:
            return "the history has a step that did nothing"
        return self._served(after)

    def _served(self, after: Files) -> str | None:
        words = {word for text, _ in texts_of(self.settings).values() for word in text.split()}
        kept = set(after[f"{MESA}/transcripcion.txt"].decode().split()) - {"PONENTE:"}
        return None if kept == words else "the index does not serve the corpus"

    def _steps(self) -> dict[int, int | None]:
        """The steps and the one that undid each."""
        return {one.record.number: one.undone_by for one in history.Undoing(self.settings.corpus).past()}

    def _file(self) -> Path:
        self._said += 1
        path = self.folder / "texto.txt"
        words = " ".join(f"p{self._said}x{at}" for at in range(self.chance.randint(50, 400)))
        path.write_text(f"PONENTE: {words}\n", encoding="utf-8")
        return path

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        places = ["--corpus", str(self.settings.corpus), "--indice", str(self.settings.index)]
        return subprocess.Popen(
            [sys.executable, "-m", "indexer", *words, *places],
            cwd=ROOT, env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _whole(self, *words: str) -> None:
        if self._start(*words).wait() != 0:
            raise RuntimeError(f"the command failed: {' '.join(words)}")

    def _killed(self, *words: str) -> bool:
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
        begun, process = states[moment](), self._start(*words)
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
    print(f"semilla {seed}, {trials} pruebas")
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        at_work = Trials(Path(folder), seed)
        for trial in range(trials):
            wrong = at_work.run()
            if wrong is not None:
                lost += 1
                print(f"prueba {trial}: {wrong}")
    for name, count in sorted(at_work.counts.items()):
        print(f"{name}: {count}")
    print(f"pruebas con pérdida: {lost}")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main())
