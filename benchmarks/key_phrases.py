"""The first ten key phrases of real sessions, to be judged by reading them: does each say what was spoken of?

    python benchmarks/key_phrases.py [FOLDER]

Ten sessions, drawn with a seed, of ../shared/data/transcripts (one form of the captions of each video); with FOLDER,
ten of every sixteenth press conference there, too (``corpus`` of the public ``roicort/ConferenciasMatutinasAMLO``).
What was judged stands in docs/relevance.md, as counts.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.relevance_short_turns import built  # noqa: E402
from indexer.index.company import PHRASE, ContrastAsked  # noqa: E402
from indexer.index.query import Filters, Query  # noqa: E402
from search_app.registers.tallies import LEAST_SAID, MOST_PHRASES  # noqa: E402

TRANSCRIPTS = ROOT.parent / "shared" / "data" / "transcripts"
EVERY, CONFERENCES, SESSIONS = 16, 96, 10
SEED = 20261202


def main() -> int:
    """Print them."""
    if not TRANSCRIPTS.is_dir():
        print(f"sin transcripciones: {TRANSCRIPTS} no existe; no se midió nada")
        return 0
    videos = {path.name.split(".")[0].removesuffix("-pasted"): path for path in sorted(TRANSCRIPTS.iterdir())}
    for files in (list(videos.values()), *(sorted(Path(f).glob("*.md"))[::EVERY][:CONFERENCES] for f in sys.argv[1:])):
        _print_phrases(files)
    return 0


def _print_phrases(files: list[Path]) -> None:
    with tempfile.TemporaryDirectory() as work:
        chosen = Path(work) / "chosen"
        chosen.mkdir()
        for path in files:
            (chosen / path.name).symlink_to(path.resolve())
        index, pages = built(chosen, Path(work))
        for page in random.Random(SEED).sample(sorted(pages), SESSIONS):
            query = Query(filters=Filters({"mesa": (str(page),)}))
            found = index.contrast(query, ContrastAsked(PHRASE, least=LEAST_SAID, limit=MOST_PHRASES))
            print(f"\n{pages[page].file}: {found.words_here:,} palabras")
            for row in found.rows:
                print(f"  {row.here:>4} aquí {row.rest:>5} en lo demás  G² {row.log_likelihood:>6.1f}  {row.word}")
        index.close()


if __name__ == "__main__":
    sys.exit(main())
