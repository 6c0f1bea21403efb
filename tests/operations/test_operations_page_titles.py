"""The history is told in titles, also those of pages that are not there any more."""

from __future__ import annotations

from indexer import history
from indexer.corpus.withdrawing import withdraw
from indexer.model import PageId
from indexer.operations.page_titles import page_titles
from indexer.operations.withdrawal import purge_history
from tests.corpora import CorpusMaker


def test_a_page_is_called_as_it_is_or_was_last_unless_it_was_withdrawn_for_ever(maker: CorpusMaker) -> None:
    maker.event()
    for number in (1, 2, 3):
        maker.mesa(f"mesa-{number}", title="Bodegas", extra=f"numero = {number}\n")
    maker.mesa("mesa-4", title="Mesa de clausura", extra="numero = 4\n")
    for number, keep in ((2, True), (3, False)):
        page = PageId("foro", f"mesa-{number}")
        with history.step(maker.corpus, "ana", "terminal", "retirar", page) as taken:
            withdraw(maker.corpus, page, None, "A petición", to=taken)
            purge_history(taken, maker.settings, page, None, None, keep=keep)
    pages = ["foro", "foro/nunca", *(f"foro/mesa-{number}" for number in (1, 2, 3, 4))]
    assert page_titles(maker.corpus, pages) == {
        "foro": "Foro de prueba",
        "foro/mesa-1": "Mesa 1. Bodegas",
        "foro/mesa-2": "Mesa 2. Bodegas",
        "foro/mesa-4": "Mesa de clausura",
    }
