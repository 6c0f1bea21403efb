"""Files are read by one child that lives under limits."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import ReadError
from indexer.model import Kind
from indexer.readers import limits, read
from indexer.readers.limits import LimitedReader, Request

pytestmark = pytest.mark.long

TEXT = "Moderadora: Buenas tardes. ¿Empezamos?\nPonente: Sí.\n".encode()


@pytest.fixture
def reader() -> Iterator[LimitedReader]:
    """A reader of the test's own, so that the others' child stays as it is."""
    made = LimitedReader()
    yield made
    made.close()


def child(reader: LimitedReader) -> subprocess.Popen[bytes]:
    """Its process."""
    assert reader._child is not None
    return reader._child


def asked(reader: LimitedReader, data: bytes = TEXT, suffix: str = ".txt") -> list[str]:
    """The texts of the blocks of a file."""
    document = reader.ask(Request(suffix, Kind.TRANSCRIPT, data)).document
    assert document is not None
    return [block.text for block in document.blocks]


def test_one_child_reads_many_files_of_many_threads(reader: LimitedReader) -> None:
    """It is started once, and what it says goes to whoever asked."""
    heard: dict[int, list[str]] = {}

    def ask(number: int) -> None:
        heard[number] = asked(reader, f"Moderadora: Toca el punto {number}.".encode())

    asked(reader)
    first = child(reader).pid
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == {number: [f"Toca el punto {number}."] for number in range(8)}
    assert child(reader).pid == first


def test_a_fault_of_the_file_ends_no_child(reader: LimitedReader) -> None:
    """It is said with its cure, as before."""
    asked(reader)
    first = child(reader).pid
    with pytest.raises(ReadError, match="no es un archivo PDF"):
        asked(reader, b"esto no es", ".pdf")
    assert (asked(reader), child(reader).pid) == (["Buenas tardes. ¿Empezamos?", "Sí."], first)


def test_a_child_that_was_stopped_is_replaced(reader: LimitedReader) -> None:
    """The file that it was about to read is read all the same."""
    asked(reader)
    first = child(reader).pid
    os.kill(first, signal.SIGKILL)
    assert asked(reader) == ["Buenas tardes. ¿Empezamos?", "Sí."]
    assert child(reader).pid != first


def limited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, setting: str) -> None:
    """Children that live under another limit, and read a file of ``.txt`` by ``hostile``."""
    hostile = tmp_path / "hostile.py"
    hostile.write_text(
        "from indexer.readers import child\n"
        "from indexer.readers.documents import text\n"
        f"child.{setting}\n"
        "def read(data):\n"
        "    what = data.decode().split()[0]\n"
        "    if what == 'vueltas':\n"
        "        while True: pass\n"
        "    if what == 'memoria': return [bytes(1_000_000) for _ in range(10_000)]\n"
        "    if what == 'falla': return {}[data]\n"
        "    if what == 'muere': child.os.kill(child.os.getpid(), 11)\n"
        "    from indexer.readers.paragraphs import Paragraph, Prose\n"
        "    return Prose((Paragraph('Leído.'),))\n"
        "text.read_text = read\n"
        "child.main()\n"
    )
    monkeypatch.setattr(limits, "CHILD", (str(hostile),))


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"vueltas", "tarda más de"),
        (b"memoria", "MB de memoria"),
        (b"falla", r"el lector de .txt falló con este archivo \(KeyError"),
        (b"muere", r"se detuvo \(señal 11\)"),
    ],
)
def test_a_hostile_file_is_refused_in_words_and_the_next_one_is_read(
    reader: LimitedReader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, data: bytes, fault: str
) -> None:
    """Too long, too much memory, a fault of ours, a crash of a library: no trace, and the child is there again."""
    limited(monkeypatch, tmp_path, "SECONDS = 1")
    with pytest.raises(ReadError, match=fault):
        asked(reader, data)
    assert asked(reader, b"bien") == ["Leído."]
    with pytest.raises(ReadError, match=fault):  # of a child that had read before as well
        asked(reader, data)


def test_an_answer_that_nobody_waited_for_is_nobody_elses(
    reader: LimitedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever gives up ends the child with what it was about to say."""
    asked(reader)

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(reader._pipe, "recv_bytes", interrupted)
    with pytest.raises(KeyboardInterrupt):
        asked(reader, b"Moderadora: Otra cosa.")
    monkeypatch.undo()
    assert asked(reader) == ["Buenas tardes. ¿Empezamos?", "Sí."]


def test_a_fork_starts_a_child_of_its_own(reader: LimitedReader) -> None:
    """Two processes never talk to one child."""
    asked(reader)
    first = child(reader).pid
    forked = os.fork()
    if forked == 0:
        code = 1
        try:
            reader.forget()
            code = 0 if asked(reader) and child(reader).pid != first else 2
            reader.close()
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert (asked(reader), child(reader).pid) == (["Buenas tardes. ¿Empezamos?", "Sí."], first)


def test_the_child_ends_with_its_parent(tmp_path: Path) -> None:
    """Also where the parent is killed and can tie up nothing."""
    (path := tmp_path / "a.txt").write_bytes(TEXT)
    program = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from indexer.model import Kind\n"
        "from indexer.readers import limits, read\n"
        f"read(Path({str(path)!r}), Kind.TRANSCRIPT)\n"
        "print(limits._READER._child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, check=False)
    assert done.returncode == -signal.SIGKILL
    try:
        orphan = os.pidfd_open(int(done.stdout))
    except ProcessLookupError:
        return  # it has ended already
    try:
        assert select.select([orphan], [], [], 20)[0]
    finally:
        os.close(orphan)


def test_the_child_never_loads_what_reads_no_file(tmp_path: Path) -> None:
    """Neither spaCy nor Whoosh nor the engines: it is to start at once."""
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, indexer.readers.child; print(*sys.modules)"],
        stdout=subprocess.PIPE, text=True, check=True,
    ).stdout.split()  # fmt: skip
    assert not {"spacy", "whoosh", "numpy", "lxml", "bs4", "pypdfium2", "indexer.pipeline"} & set(seen)


def test_the_door_reads_through_the_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read in the process that asks."""
    (path := tmp_path / "a.txt").write_bytes(TEXT)
    limited(monkeypatch, tmp_path, "SECONDS = 5")
    monkeypatch.setattr(limits, "_READER", made := LimitedReader())
    assert [block.text for block in read(path, Kind.TRANSCRIPT).blocks] == ["Leído."]
    made.close()
