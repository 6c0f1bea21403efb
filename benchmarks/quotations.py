"""Checks 300 quotations of real transcripts, made with a fixed seed, and prints what came of them.

    python benchmarks/quotations.py [FOLDER]

FOLDER defaults to ../shared/data/transcripts, built as one event; nothing of it is copied into the project. Sixty of
each kind: exact (cut out of a turn), with one word changed, negated (a "no" put in or taken out), with a number
changed, and invented. What is said to be changed is nowhere in the transcripts as it then stands: an independent scan
makes sure. Exit code 1 when one that is not exact is called textual, or fewer than 98 % of the exact ones are.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.build import DEFAULT, make_corpus, update  # noqa: E402
from indexer.engines import open_index  # noqa: E402
from indexer.index.protocol import SearchIndex  # noqa: E402
from indexer.model import Kind, PageId  # noqa: E402
from search_app.quotations.answer import quotation_answer, read_asked  # noqa: E402
from search_app.shown.collection import Collection  # noqa: E402

EACH = 60
SHORTEST, LONGEST = 6, 45
KINDS = ("exacta", "una palabra cambiada", "negada", "número cambiado", "inventada")
_NUMBER_WORDS = {"dos": "tres", "tres": "cuatro", "cuatro": "cinco", "cinco": "seis", "diez": "doce", "mil": "cien"}
Turn = list[str]


def turns(index: SearchIndex) -> Iterator[Turn]:
    """The words of every turn of a transcript, as written; fictitious events left out."""
    catalogue = index.overview().catalogue
    fictitious = {event.slug for event in catalogue.events if event.fictitious}
    for session in (session for session in catalogue.sessions if session.event not in fictitious):
        page = index.session(PageId(session.event, session.slug))
        said = [p for p in page.passages if p.kind is Kind.TRANSCRIPT] if page else []
        for _, passages in groupby(said, key=lambda p: p.turn):
            yield " ".join(p.text for p in passages).split()


class Maker:
    """Makes quotations; the same ones from the same seed."""

    def __init__(self, spoken: list[Turn], seed: int = 5) -> None:
        self._rng = random.Random(seed)
        self._turns = [turn for turn in spoken if len(turn) >= SHORTEST]
        self._lengths = [len(turn) for turn in self._turns]
        self._vocabulary = sorted({word for turn in spoken for word in turn if word.isalpha() and len(word) > 3})
        self._all = "\n".join(_bare(" ".join(turn)) for turn in spoken)

    def make(self, kind: str) -> str:
        """A quotation of a kind."""
        makers: dict[str, Callable[[Turn], Turn | None]] = {
            "exacta": lambda words: words,
            "una palabra cambiada": self._changed,
            "negada": self._negated,
            "número cambiado": self._renumbered,
            "inventada": lambda words: self._rng.sample(self._vocabulary, len(words)),
        }
        while True:
            made = makers[kind](self._cut())
            if made and (kind == "exacta" or _bare(" ".join(made)) not in self._all):
                return " ".join(made)

    def _cut(self) -> Turn:
        turn = self._rng.choices(self._turns, weights=self._lengths)[0]
        size = min(len(turn), self._rng.randint(SHORTEST, LONGEST))
        start = self._rng.randint(0, len(turn) - size)
        return turn[start : start + size]

    def _changed(self, words: Turn) -> Turn:
        at = self._rng.randrange(len(words))
        return [*words[:at], self._rng.choice(self._vocabulary), *words[at + 1 :]]

    def _negated(self, words: Turn) -> Turn:
        there = [at for at, word in enumerate(words) if word.lower() == "no"]
        if there:
            at = self._rng.choice(there)
            return [*words[:at], *words[at + 1 :]]
        at = self._rng.randint(1, len(words) - 1)
        return [*words[:at], "no", *words[at:]]

    def _renumbered(self, words: Turn) -> Turn | None:
        there = [at for at, word in enumerate(words) if re.search(r"\d", word) or word.lower() in _NUMBER_WORDS]
        if not there:
            return None
        at = self._rng.choice(there)
        word = words[at]
        other = _NUMBER_WORDS.get(word.lower()) or re.sub(
            r"\d", lambda digit: str((int(digit[0]) + 1) % 10), word, count=1
        )
        return [*words[:at], other, *words[at + 1 :]]


def _bare(text: str) -> str:
    """Words alone, in small letters: what an independent scan compares."""
    words = re.findall(r"[^\W_]+", text.lower())
    return f" {' '.join(words)} "


def main() -> int:
    """Check them all, print the figures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not folder.is_dir():
        print(f"sin datos: {folder} no existe; no se midió nada")
        return 0
    with tempfile.TemporaryDirectory() as work:
        corpus, root = Path(work) / "corpus", Path(work) / "indice"
        make_corpus(folder, corpus)
        done, *_ = update(corpus, root)
        print(done.stdout.strip())
        index = open_index(root)
        try:
            return _measure(index)
        finally:
            index.close()


def _measure(index: SearchIndex) -> int:
    collection = Collection(index.overview())
    maker = Maker(list(turns(index)))
    verdicts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    took, missed = [], []
    for kind in KINDS:
        for _ in range(EACH):
            quotation = maker.make(kind)
            start = time.process_time()
            verdict = quotation_answer(read_asked([("cita", quotation)]), index, collection)["veredicto"]
            took.append(time.process_time() - start)
            verdicts[kind][verdict] += 1
            if (verdict == "textual") != (kind == "exacta"):
                missed.append((kind, verdict, quotation))
    for kind, found in verdicts.items():
        told = "; ".join(f"{found[v]} {v}" for v in ("textual", "casi", "no_encontrada"))
        print(f"{kind}: {EACH} citas: {told}")
    for kind, verdict, quotation in missed:
        print(f"  {kind}, {verdict}: {quotation[:120]}")
    false = sum(found["textual"] for kind, found in verdicts.items() if kind != "exacta")
    exact = verdicts["exacta"]["textual"] / EACH
    took.sort()
    print(f"«textual» en falso: {false}; exactas halladas: {exact:.1%}")
    print(
        f"CPU por cita: mediana {took[len(took) // 2] * 1000:.0f} ms, p95 {took[len(took) * 95 // 100] * 1000:.0f} ms"
    )
    return 0 if not false and exact >= 0.98 else 1


if __name__ == "__main__":
    sys.exit(main())
