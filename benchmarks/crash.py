"""Kills ``actualizar`` at random moments and looks at what is left.

    python benchmarks/crash.py [TRIALS] [SEED]

Every trial changes one mesa of a corpus, starts an update, kills it with SIGKILL (two of five only once the publish of
the new generation has begun), opens the index and compares every fragment: either the old edition is there whole, or
the new one is. Exit code 1 when any fragment was lost or an index did not open.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from indexer.engines import open_index  # noqa: E402 - the project is run in place, not installed
from indexer.model import PageId  # noqa: E402

WORDS = ("cómputo", "acta", "paquete", "casilla", "consejo", "boleta", "sistema", "captura", "mesa", "voto", "distrito")


def paragraph(chance: random.Random) -> str:
    """A made-up paragraph."""
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(20, 90))).capitalize() + "."


def make_corpus(corpus: Path, chance: random.Random) -> None:
    """One fictitious event of six mesas."""
    (corpus / "prueba").mkdir(parents=True)
    (corpus / "prueba" / "evento.toml").write_text(
        'titulo = "Prueba"\ninicio = 2020-01-01\nfin = 2020-01-02\nficticio = true\n', encoding="utf-8"
    )
    for number in range(1, 7):
        mesa = corpus / "prueba" / f"mesa-{number}"
        mesa.mkdir()
        (mesa / "mesa.toml").write_text(f'titulo = "Mesa {number}"\nnumero = {number}\n', encoding="utf-8")
        text = "\n".join(f"PONENTE {i}: {paragraph(chance)}" for i in range(40))
        (mesa / "transcripcion.txt").write_text(text, encoding="utf-8")


def snapshot(index: Path) -> tuple[str, dict[str, str]]:
    """The edition that opens and every fragment of it."""
    opened = open_index(index)
    try:
        catalogue = opened.overview().catalogue
        fragments = {}
        for name in catalogue.pages:
            page = opened.session(PageId.parse(name))
            assert page is not None, f"page {name} is in the catalogue but not in the index"
            fragments |= {f"{name}#p{passage.number}": passage.text for passage in page.passages}
        return catalogue.edition, fragments
    finally:
        opened.close()


def start(corpus: Path, index: Path) -> subprocess.Popen[bytes]:
    """Begin an update."""
    command = [sys.executable, "-m", "indexer", "actualizar", "--corpus", str(corpus), "--indice", str(index)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_publish(process: subprocess.Popen[bytes], index: Path, known: set[str]) -> bool:
    """Wait until a new generation has its catalogue. False when the update ended first."""
    while process.poll() is None:
        for folder in index.glob("g*-*"):
            if folder.name not in known and (folder / "catalogo.json").exists() and (folder / "uso").exists():
                return True
        time.sleep(0.0005)
    return False


def main() -> int:
    """Run the trials and print what was seen."""
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    chance = random.Random(seed)
    print(f"semilla {seed}, {trials} pruebas")
    counts = dict.fromkeys(
        ("antes de publicar", "al publicar", "terminó antes", "quedó la anterior", "quedó la nueva"), 0
    )
    lost = 0
    with tempfile.TemporaryDirectory() as work:
        corpus, index = Path(work) / "corpus", Path(work) / "indice"
        make_corpus(corpus, chance)
        began = time.perf_counter()
        assert start(corpus, index).wait() == 0
        whole_s = time.perf_counter() - began
        edition, fragments = snapshot(index)
        for trial in range(trials):
            mesa = corpus / "prueba" / f"mesa-{chance.randint(1, 6)}"
            file = mesa / "transcripcion.txt"
            lines = file.read_text(encoding="utf-8").splitlines()
            lines.insert(chance.randrange(len(lines)) + 1, f"PONENTE {trial + 100}: {paragraph(chance)}")
            file.write_text("\n".join(lines), encoding="utf-8")
            known = {folder.name for folder in index.glob("g*-*")}
            process = start(corpus, index)
            if trial % 5 < 2 and wait_for_publish(process, index, known):
                time.sleep(chance.random() * 0.04)
                moment = "al publicar"
            else:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(chance.random() * whole_s)
                moment = "antes de publicar"
            if process.poll() is None:
                process.kill()
                process.wait()
            else:
                moment = "terminó antes"
            counts[moment] += 1
            try:
                now, found = snapshot(index)
            except Exception as error:
                print(f"prueba {trial}: no abre: {error!r}")
                lost += 1
                continue
            # Only one mesa was touched, and only by a new turn: every older fragment must be there, byte for byte.
            missing = [name for name, text in fragments.items() if found.get(name) != text]
            if missing or (now == edition and found != fragments):
                print(f"prueba {trial}: faltan {missing[:5]}")
                lost += 1
            counts["quedó la anterior" if now == edition else "quedó la nueva"] += 1
            edition, fragments = now, found
        assert start(corpus, index).wait() == 0
        _, found = snapshot(index)
        fresh = Path(work) / "otro"
        assert start(corpus, fresh).wait() == 0
        same = snapshot(fresh)[1] == found
    for name, count in counts.items():
        print(f"{name}: {count}")
    print(f"pruebas con pérdida: {lost}; al final igual a un índice hecho de nuevo: {'sí' if same else 'no'}")
    return 0 if not lost and same and counts["al publicar"] >= min(30, trials // 4) else 1


if __name__ == "__main__":
    sys.exit(main())
