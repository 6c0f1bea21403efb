"""How long each rule that looks for labels takes for 10,000 letters written to slow it down.

Each piece of hostile text is tried as one line, as many lines, and inside the marks of Markdown. Usage:
``python benchmarks/label_times.py``. Exit 0 when no rule takes 50 ms, else 1.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from labels import HOSTILE, MOST_S

from indexer.readers.captions.cue_text import utterances
from indexer.readers.documents.markdown import markdown_lines, without_emphasis
from indexer.readers.documents.text import without_double_spacing
from indexer.readers.labels.calls_and_sentences import addresses
from indexer.readers.labels.candidates import candidate, split_run_in
from indexer.readers.labels.label import announced, read_label
from indexer.readers.labels.label_parts import MAX_LABEL
from indexer.readers.labels.label_times import without_stamps
from indexer.readers.labels.program_voices import is_device
from indexer.readers.labels.short_labels import short_start
from indexer.readers.paragraphs import Paragraph

LETTERS = 10_000
MORE = (
    *(
        "*",
        "_",
        "**_",
        "*_ ",
        "** ",
        "\\*",
        "a*",
        "**A**",
        "_ ** _",
        "![",
        "[](",
        "<b>",
        "‘a’ ",
        "A/",
        "ABCD. ",
        "A.- ",
    ),
    *(
        "intervino ",
        "hace uso de la palabra ",
        "con la venia de ",
        "el uso de la voz a ",
        "Sr. de ",
        "(A",
        "A) ",
        "P.- ",
    ),
    *("don Luis, ", "PRADO, DOÑA ", "iPhone's ", "señores ", "VARIOS ", "E1: ", "A\n", "A:\n", "\n\na\n", "Ana:\n"),
)


def _paragraph(rule: Callable[[Paragraph], object]) -> Callable[[str], object]:
    return lambda text: [rule(Paragraph(line, bold=3)) for line in text.split("\n")[:1]]


RULES: dict[str, Callable[[str], object]] = {
    "read_label": lambda text: [read_label(text[:length]) for length in (MAX_LABEL, MAX_LABEL // 2, 60)],
    "announced": lambda text: announced(text[:MAX_LABEL]),
    "is_device": is_device,
    "addresses": lambda text: addresses(text.split()),
    "candidate": _paragraph(candidate),
    "short_start": _paragraph(short_start),
    "without_stamps": _paragraph(lambda line: without_stamps([line])),
    "split_run_in": split_run_in,
    "without_emphasis": without_emphasis,
    "markdown_lines": lambda text: markdown_lines(text.split("\n")),
    "without_double_spacing": lambda text: without_double_spacing(text.split("\n")),
    "utterances": utterances,
}


def main() -> int:
    """Print the worst of each rule."""
    late = 0
    for name, rule in RULES.items():
        worst, of = 0.0, ""
        for piece in (*HOSTILE, *MORE):
            for text in (piece, f"**{piece}", f"EL SEÑOR {piece}"):
                repeated = (text[: -len(piece)] + piece * (LETTERS // len(piece) + 1))[:LETTERS]
                taken = []
                for _ in range(3):
                    start = time.process_time()
                    rule(repeated)
                    taken.append(time.process_time() - start)
                if min(taken) > worst:
                    worst, of = min(taken), text
        late += worst >= MOST_S
        print(f"{name:24} {worst * 1000:6.1f} ms  ({of!r})")
    print(f"{late} reglas tardan {MOST_S * 1000:.0f} ms o más en {LETTERS:,} letras")
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
