"""What looks like personal data, in real transcripts and in 16,000 passages of encyclopaedias and conferences.

    python benchmarks/personal_data.py

Prints, of each kind, how many places per thousand fragments, with the first ones, to judge which are false alarms.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from indexer.corpus.anchors import Anchors  # noqa: E402 - found once the folder above is on the path
from indexer.corpus.page import PageText, build_page  # noqa: E402
from indexer.model import Kind  # noqa: E402
from indexer.model.passage import Passage  # noqa: E402
from indexer.operations.personal_data import personal_data  # noqa: E402
from indexer.readers import read  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
SHOWN = 5


def report(name: str, texts: Iterable[tuple[Passage, ...]]) -> None:
    """Print what a collection holds."""
    fragments, counts, shown = 0, Counter[str](), dict[str, list[str]]()
    for passages in texts:
        fragments += len(passages)
        for one in personal_data(passages):
            counts[one.what] += 1
            shown.setdefault(one.what, []).append(one.passage.text[one.start : one.end])
    print(f"{name}: {fragments:,} fragments, {1000 * sum(counts.values()) / fragments:.2f} places per thousand")
    for what, count in counts.most_common():
        print(f"  {what}: {count} ({1000 * count / fragments:.2f} per thousand): {'; '.join(shown[what][:SHOWN])}")


def main() -> int:
    """Both collections."""
    files = sorted((DATA / "transcripts").iterdir())
    documents = (PageText(Kind.TRANSCRIPT, read(path, Kind.TRANSCRIPT)) for path in files)
    report("transcripts", (build_page([one], (), Anchors())[0] for one in documents))
    with gzip.open(DATA / "retrieval" / "collection.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    report("passages", ((Passage(1, 0, Kind.TRANSCRIPT, 0, row["text"]),) for row in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
