"""What a disk changed in a file that programs write is never taken for what was written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.model import PageId
from indexer.model.received import RECORD
from indexer.operations.reader_reports import damaged, report, reports
from indexer.sealed_json import borne, sealed, verified
from search_app.desk.jobs.job import CommandCall
from search_app.desk.jobs.job_store import JobStore
from tests.corpora import CorpusMaker


def test_a_hash_goes_on_from_the_one_before() -> None:
    first = sealed(b'{"a":"\xc3\xb1"}')
    second = sealed(b'{"b":1}', str(borne(first)))
    assert json.loads(second) == {"b": 1, "suma": borne(second)}
    assert verified(second, verified(first)) == borne(second)
    with pytest.raises(ValueError, match=r"[0-9a-f]{64}"):
        verified(second)
    assert borne(b'{"b":1}') is None
    assert verified(b'{"b":1}') == borne(sealed(b'{"b":1}'))


def a_report(corpus: Path) -> tuple[Path, Callable[[], object]]:
    (corpus / "foro").mkdir(parents=True)
    (corpus / "foro/evento.toml").write_text("")
    one, _ = report(corpus, PageId("foro"), 3, {"frase": "La urna", "texto": "Está mal"})
    return corpus / "_reportes" / f"{one.id}.json", lambda: next(iter(reports(corpus)), None)


def a_job(corpus: Path) -> tuple[Path, Callable[[], object]]:
    corpus.mkdir()
    jobs = JobStore(corpus)
    call = CommandCall("agregar", ("foro/mesa-1",), {"titulo": "Uno"})
    job = jobs.put(jobs.new("ana", "10.0.0.7", title="Agregar", page="foro/mesa-1", calls=(call,)), b"hola", ".txt")
    return jobs.root / job.id / RECORD, lambda: jobs.get(job.id)


@pytest.mark.parametrize("made", [a_report, a_job])
def test_a_damaged_byte_makes_it_unreadable_or_no_difference(
    tmp_path: Path, made: Callable[[Path], tuple[Path, Callable[[], object]]]
) -> None:
    path, read = made(tmp_path / "corpus")
    good, held = path.read_bytes(), read()
    assert held is not None
    unreadable = 0
    for at in range(0, len(good), 3):
        path.write_bytes(good[:at] + bytes([good[at] ^ (1 << at % 8)]) + good[at + 1 :])
        now = read()
        assert now in (None, held), at
        unreadable += now is None
    assert unreadable > len(good) / 6
    path.write_text(json.dumps({key: value for key, value in json.loads(good).items() if key != "suma"}))
    assert read() == held  # as an older version wrote it


def test_a_damaged_report_is_told_with_its_cure(maker: CorpusMaker) -> None:
    maker.event()
    good, bad = (report(maker.corpus, PageId("foro"), 1, {"texto": text})[0] for text in ("uno", "otro"))
    path = maker.corpus / "_reportes" / f"{bad.id}.json"
    path.write_bytes(path.read_bytes().replace(b"otro", b"otrp"))
    assert damaged(maker.corpus) == [
        f"_reportes/{path.name} está dañado: recupérelo de su respaldo o, si no lo hay, bórrelo"
    ]
    done = CliRunner().invoke(cli, ["reportes", "--json", f"--corpus={maker.corpus}"])
    answer = json.loads(done.stdout)
    assert [one["reporte"] for one in answer["reportes"]] == [good.id]
    assert answer["avisos"] == damaged(maker.corpus)


def test_a_damaged_job_is_no_job_and_is_told(tmp_path: Path) -> None:
    """What was sent stays in its folder: nobody takes it away."""
    jobs = JobStore(tmp_path)
    good, bad = (jobs.put(jobs.new("ana", "?", title="Agregar"), b"hola", ".txt") for _ in range(2))
    state = jobs.root / bad.id / RECORD
    state.write_bytes(state.read_bytes()[:-20])
    jobs.sweep()
    assert [one.id for one in jobs.all()] == [good.id]
    assert jobs.damaged() == [bad.id]
    assert jobs.path(bad).read_bytes() == b"hola"
