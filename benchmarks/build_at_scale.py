"""Builds seeded collections of growing size through the command, adds a transcript to each, and prints what it cost.

    python benchmarks/build_at_scale.py [FRAGMENTS ...]

FRAGMENTS defaults to 10000 100000. The texts are those of ../shared/data/retrieval, first as they are, then with their
sentences dealt anew; nothing is copied into the project. Exit code 1 when a figure of the build is missed: 4 ms of CPU
a fragment, 12 times the time for ten times the fragments, 1 GB, and 10 s of CPU until 25,000 new words are searchable.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data" / "retrieval"
SEED = 7
A_MESA = 100
AN_EVENT = 10
FRAGMENTS_A_DOCUMENT = 1.6
ADDED = 25_000
MOST_MS = 4.0
MOST_GROWTH = 1.2
MOST_MB = 1_000
MOST_UPDATE_S = 10.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What one size cost.

    Attributes:
        fragments, words: How many there are.
        cpu_s, wall_s, peak_mb: Of the build.
        disk_mb: Of the published generation.
        added_cpu_s, added_wall_s: Of the update that adds ``ADDED`` words, until it is published.
        unchanged_s: CPU of an update without changes.
    """

    fragments: int
    words: int
    cpu_s: float
    wall_s: float
    peak_mb: float
    disk_mb: float
    added_cpu_s: float
    added_wall_s: float
    unchanged_s: float

    @property
    def ms(self) -> float:
        """CPU of the build, a fragment."""
        return 1_000 * self.cpu_s / self.fragments


def texts(documents: int) -> Iterator[str]:
    """As many documents as asked: those of the collection, then others of its sentences."""
    from benchmarks.relevance_collection import load_documents

    known = [document.text for document in load_documents(DATA)]
    yield from known[:documents]
    dealt = random.Random(SEED)
    sentences = [part for text in known for part in re.split(r"(?<=[.?!]) ", text)]
    for _ in range(documents - len(known)):
        size, text = len(dealt.choice(known)), ""
        while len(text) < size:
            text += dealt.choice(sentences) + " "
        yield text.strip()


def write_mesa(folder: Path, title: str, turns: list[str]) -> None:
    """One mesa with a transcript in plain text."""
    folder.mkdir(parents=True)
    (folder / "mesa.toml").write_text(f'titulo = "{title}"\n', encoding="utf-8")
    labelled = (f"PREGUNTA {number}: {text}" for number, text in enumerate(turns, 1))
    (folder / "transcripcion.txt").write_text("\n\n".join(labelled) + "\n", encoding="utf-8")


def write_corpus(corpus: Path, fragments: int) -> None:
    """Events of ten mesas of a hundred documents each, with the shipped vocabulary."""
    corpus.mkdir()
    (corpus / "vocabulario.toml").write_bytes((ROOT / "corpus" / "vocabulario.toml").read_bytes())
    turns: list[str] = []
    mesas = 0
    documents = round(fragments / FRAGMENTS_A_DOCUMENT)
    for place, text in enumerate(texts(documents), 1):
        turns.append(text)
        if len(turns) == A_MESA or place == documents:
            event = corpus / f"evento-{mesas // AN_EVENT + 1}"
            if mesas % AN_EVENT == 0:
                event.mkdir()
                (event / "evento.toml").write_text(
                    f'titulo = "{event.name}"\ninicio = 2020-01-01\nfin = 2020-01-02\n', encoding="utf-8"
                )
            mesas += 1
            write_mesa(event / f"mesa-{mesas}", f"Mesa {mesas}", turns)
            turns = []


def measured(fragments: int, work: Path) -> Figures:
    """Write a corpus of that size, build it, run once without changes, add a transcript."""
    from benchmarks.build import update
    from indexer.index.catalogue import load

    corpus, index = work / f"corpus-{fragments}", work / f"indice-{fragments}"
    write_corpus(corpus, fragments)
    built, wall, cpu, peak = update(corpus, index)
    same, _, unchanged, _ = update(corpus, index)
    pages = load(index / "actual").pages.values()
    disk = sum(path.stat().st_size for path in (index / "actual").resolve().rglob("*") if path.is_file())
    words = " ".join(texts(A_MESA * AN_EVENT)).split()[:ADDED]
    turns = [" ".join(words[start : start + 250]) for start in range(0, len(words), 250)]
    write_mesa(corpus / "evento-1" / "agregada", "Agregada", turns)
    added, added_wall, added_cpu, _ = update(corpus, index)
    for done in (built, same, added):
        if done.returncode:
            raise SystemExit(done.stdout)
    count, total = sum(page.passages for page in pages), sum(page.words for page in pages)
    return Figures(count, total, cpu, wall, peak, disk / 1e6, added_cpu, added_wall, unchanged)


def main() -> int:
    """Measure every size, print a line each."""
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    if not DATA.is_dir():
        print(f"sin datos: {DATA} no existe; no se midió nada")
        return 0
    with tempfile.TemporaryDirectory() as work:
        rows = []
        for size in sizes:
            rows.append(row := measured(size, Path(work)))
            print(
                f"{row.fragments} fragmentos, {row.words} palabras: {row.cpu_s:.1f} s de CPU ({row.ms:.2f} ms por "
                f"fragmento, {row.wall_s:.0f} s de reloj), memoria máxima {row.peak_mb:.0f} MB, disco "
                f"{row.disk_mb:.0f} MB; sin cambios {row.unchanged_s:.1f} s de CPU; con {ADDED} palabras más "
                f"{row.added_cpu_s:.1f} s de CPU ({row.added_wall_s:.0f} s de reloj)",
                flush=True,
            )
    small, large = rows[0], rows[-1]
    growth = large.ms / small.ms
    print(f"de {small.fragments} a {large.fragments} fragmentos, cada uno cuesta {growth:.2f} veces lo que costaba")
    good = large.ms <= MOST_MS and growth <= MOST_GROWTH and large.peak_mb <= MOST_MB
    return 0 if good and large.added_cpu_s <= MOST_UPDATE_S else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
