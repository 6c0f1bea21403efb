"""The fragments as a corpus on disk, for the whole pipeline: files of turns under speakers' labels."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.bench_passages import person_name
from benchmarks.bench_rows import MESAS_AN_EVENT, Row, event_of, mesa_of
from indexer.engines import open_index
from indexer.model import PageId

ROOT = Path(__file__).resolve().parents[1]
DAY = "2025-12-04"


def write_corpus(rows: Iterable[Row], corpus: Path) -> None:
    """One file a mesa, with the shipped vocabulary; the segmenter cuts the turns anew."""
    corpus.mkdir(parents=True)
    shutil.copy(ROOT / "corpus" / "vocabulario.toml", corpus)
    for mesa, group in itertools.groupby(rows, key=lambda row: row.mesa):
        event = corpus / event_of(mesa)
        if not event.is_dir():
            event.mkdir()
            title = f'titulo = "Foro {mesa // MESAS_AN_EVENT + 1}"'
            (event / "evento.toml").write_text(f"{title}\ninicio = {DAY}\nfin = {DAY}\n", encoding="utf-8")
        folder = event / mesa_of(mesa)
        folder.mkdir()
        number = mesa % MESAS_AN_EVENT + 1
        toml = f'titulo = "Mesa {number}"\nnumero = {number}\nfecha = {DAY}\n'
        (folder / "mesa.toml").write_text(toml, encoding="utf-8")
        (folder / "transcripcion.txt").write_text("\n\n".join(_turns(group)) + "\n", encoding="utf-8")


def _turns(rows: Iterable[Row]) -> Iterator[str]:
    for _, turn in itertools.groupby(rows, key=lambda row: row.turn):
        fragments = list(turn)
        yield f"{person_name(fragments[0].person)}: " + " ".join(row.text for row in fragments)


def rows_of_index(root: Path) -> Iterator[Row]:
    """The fragments of a published index, in its order, for whoever is asked beside it.

    People get new ordinals; a mesa of another name than ours gets one in the order it comes.
    """
    index = open_index(root)
    try:
        people: dict[str, int] = {}
        number = turn = 0
        for mesa, session in enumerate(index.overview().catalogue.sessions):
            page = index.session(PageId(session.event, session.slug))
            assert page is not None
            before = None
            for passage in page.passages:
                turn += passage.turn != before
                before = passage.turn
                person = people.setdefault(passage.person or "", len(people))
                yield Row(number, mesa, person, turn, " ".join(passage.text.split()))
                number += 1
    finally:
        index.close()
