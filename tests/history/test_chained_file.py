"""No line of the history can change, go or come without being told."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from indexer.errors import CorpusError
from indexer.format_version import NewerFormat
from indexer.history.chained_file import ChainedFile

LINES = [b'{"paso":%d,"que":"se dijo algo con \\u00f1 y \\"comillas\\""}' % number for number in range(1, 6)]


@pytest.fixture
def chained(tmp_path: Path) -> ChainedFile:
    """Five lines, the last of which is noted."""
    chained = ChainedFile(tmp_path / "pasos.jsonl", tmp_path / "ultimo.json")
    for line in LINES:
        chained.append(line, note=line is LINES[-1])
    return chained


def told(chained: ChainedFile) -> list[object]:
    """What the lines say, without their hashes."""
    said = [json.loads(line) for line in chained.lines()]
    return [{key: value for key, value in line.items() if key in ("paso", "que")} for line in said]


GOOD = [json.loads(line) for line in LINES]


def test_lines_come_back_as_they_were_written(chained: ChainedFile) -> None:
    assert told(chained) == GOOD


def test_a_flipped_bit_of_either_file_is_told_or_makes_no_difference(chained: ChainedFile) -> None:
    for path in (chained.path, chained.end):
        good = path.read_bytes()
        for at in range(0, len(good), 3):
            bad = bytearray(good)
            bad[at] ^= 1 << at % 8
            path.write_bytes(bad)
            try:
                now: object = told(chained)
            except CorpusError as error:
                now = "respaldo" in str(error)
            except NewerFormat:
                now = b'"version":1' in good
            assert now in (GOOD, True), (path.name, at)
        path.write_bytes(good)


def test_a_cut_is_told(chained: ChainedFile) -> None:
    good = chained.path.read_bytes()
    for at in range(0, len(good), 7):
        chained.path.write_bytes(good[:at])
        with pytest.raises(CorpusError, match="le faltan renglones al final"):
            chained.lines()


def test_lines_in_another_order_or_twice_or_left_out_are_told_where_they_are(chained: ChainedFile) -> None:
    good = chained.path.read_bytes().splitlines(keepends=True)
    for bad, first in (
        ([good[0], good[2], good[1], *good[3:]], 2),
        ([*good[:3], good[2], *good[3:]], 4),
        ([*good[:2], *good[3:]], 3),
        (good[1:], 1),
    ):
        chained.path.write_bytes(b"".join(bad))
        with pytest.raises(CorpusError, match=rf"pasos\.jsonl:{first}: el renglón está dañado, o falta alguno antes"):
            chained.lines()


def test_without_the_note_or_with_an_older_one_the_lines_that_are_there_serve(chained: ChainedFile) -> None:
    """A crash may come before the note; and without a backup, taking it away is the cure of a cut."""
    older = chained.end.read_bytes()
    chained.append(b'{"paso":6}', note=False)
    chained.append(b'{"paso":7}', note=False)
    assert len(chained.lines()) == 7
    assert chained.end.read_bytes() == older
    chained.end.unlink()
    chained.path.write_bytes(b"".join(chained.path.read_bytes().splitlines(keepends=True)[:3]))
    assert told(chained) == GOOD[:3]
    chained.append(LINES[3], note=True)
    assert told(chained) == GOOD[:4]


@pytest.mark.parametrize("at", [0, 2, 5])
def test_lines_of_an_older_version_are_read_and_covered_by_the_next_hash(tmp_path: Path, at: int) -> None:
    """An older program may also have written again after this one."""
    chained = ChainedFile(tmp_path / "pasos.jsonl", tmp_path / "ultimo.json")
    for line in LINES[:at]:
        chained.append(line, note=True)
    with chained.path.open("ab") as file:
        file.writelines(line + b"\n" for line in LINES[at:])
    assert told(chained) == GOOD
    chained.append(b'{"paso":6}', note=True)
    good = chained.path.read_bytes()
    assert len(chained.lines()) == 6
    for at in random.Random(1).sample(range(good.index(b'{"paso":6')), 60):
        chained.path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        with pytest.raises(CorpusError, match="respaldo"):
            chained.lines()


def test_a_full_disk_that_takes_the_line_and_not_the_note_is_no_error(
    chained: ChainedFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("indexer.history.chained_file.write_atomic", full)
        chained.append(b'{"paso":6}', note=True)
    assert len(chained.lines()) == 6


def test_a_file_that_cannot_be_read_is_no_empty_one(chained: ChainedFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(CorpusError, match=r"No se puede leer .*pasos\.jsonl \(el disco falla\)"):
        chained.lines()
