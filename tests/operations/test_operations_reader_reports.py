"""A report and its answer: the private link leads there until it expires, and nobody can guess it from the files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from indexer.errors import CorpusError
from indexer.model import PageId
from indexer.operations.reader_reports import FOLDER, LINK_DAYS, Report, by_key, close, report, reports
from indexer.sealed_json import sealed
from tests.corpora import CorpusMaker


def aged(root: Path, one: Report, days: int, **values: object) -> None:
    """The same report, made so many days ago."""
    past = dt.datetime.fromisoformat(one.date) - dt.timedelta(days=days)
    old = msgspec.structs.replace(one, date=past.isoformat(timespec="seconds"), **values)
    (root / FOLDER / f"{one.id}.json").write_bytes(sealed(msgspec.json.format(msgspec.json.encode(old))))


def test_the_link_of_a_report_expires_and_an_answer_gives_it_its_days_again(maker: CorpusMaker) -> None:
    maker.event()
    one, key = report(maker.corpus, PageId("foro"), 1, {"texto": "No se oye."})
    aged(maker.corpus, one, LINK_DAYS)
    assert by_key(maker.corpus, key).answer is None
    aged(maker.corpus, one, LINK_DAYS + 1)
    with pytest.raises(CorpusError, match="ya venció"):
        by_key(maker.corpus, key)
    close(maker.corpus, one.id, None, "Ya se oye.")
    assert by_key(maker.corpus, key).answer == "Ya se oye."


def test_a_report_of_before_links_is_read_and_closed_and_cannot_be_answered(maker: CorpusMaker) -> None:
    maker.event()
    one, _ = report(maker.corpus, PageId("foro"), 1, {"texto": "No se oye."})
    aged(maker.corpus, one, 0, key="", version=1)
    for key in ("", "none", None):
        with pytest.raises(CorpusError, match="no lleva a ningún reporte"):
            by_key(maker.corpus, key)
    with pytest.raises(CorpusError, match="no tiene un enlace"):
        close(maker.corpus, one.id, None, "Ya se oye.")
    assert close(maker.corpus, one.id, "Se corrigió").state == "cerrado"
    assert [each.link_until for each in reports(maker.corpus)] == [None]
