"""A server moves to each new generation without a failed request, and never to a damaged one."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines import engine, open_index
from indexer.engines.live import LiveIndex
from indexer.errors import IndexDamaged, IndexMissing
from indexer.generations import Generations, checked_file, manifest
from indexer.index.protocol import SearchIndex
from indexer.index.query import Query, Word
from indexer.model import PageId
from tests.engines.shelf import FORO, Collection, fragment, with_page

MESA = PageId(FORO, "mesa-1-capacitacion")


def publish(root: Path, collection: Collection, *, keep_old: bool = True) -> tuple[Path, bool]:
    """Publish a collection as the next generation."""
    with Generations(root).updating() as update:
        folder = update.begin(fresh=True)
        engine().write(folder, None, collection.changes(fresh=True))
        released = update.publish(folder, lambda f: engine().open(f).close(), keep_old=keep_old)
    return folder, released


def saying(collection: Collection, text: str) -> Collection:
    """The collection with one fragment that says so."""
    return with_page(collection, MESA, (fragment(1, text),))


def total(index: LiveIndex, word: str) -> int:
    """How many fragments hold a word."""
    return index.search(Query((Word(word),))).total_full


@pytest.fixture
def root(tmp_path: Path, collection: Collection) -> Path:
    """An index folder with one generation, that says «primera»."""
    root = tmp_path / "indice"
    publish(root, saying(collection, "primera"))
    return root


@pytest.fixture
def live(root: Path) -> Iterator[LiveIndex]:
    """Looks at every request, without a thread."""
    live = LiveIndex(root, look_every_s=0, watch_every_s=None)
    yield live
    live.close()


def test_the_next_request_after_a_publish_gets_the_new_generation(
    root: Path, live: LiveIndex, collection: Collection
) -> None:
    assert (total(live, "primera"), total(live, "segunda")) == (1, 0)
    folder, _ = publish(root, saying(collection, "segunda"))
    assert (total(live, "primera"), total(live, "segunda")) == (0, 1)
    assert live.folder == folder


def test_whoever_is_told_that_it_is_published_waits_for_the_thread_that_is_opening_it(
    root: Path, live: LiveIndex, collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = publish(root, saying(collection, "segunda"))
    opening, told = threading.Event(), threading.Event()
    lock = live._opening

    class Told:
        """The lock that the other thread holds; says when somebody asks for it."""

        def acquire(self, *, blocking: bool) -> bool:
            told.set()
            return lock.acquire(blocking=blocking)

        release = lock.release

    def slowly(root: Path) -> SearchIndex:
        opening.set()
        told.wait()
        return open_index(root)

    monkeypatch.setattr("indexer.engines.live.open_index", slowly)
    other = threading.Thread(target=live.look)
    other.start()
    opening.wait()
    live._opening = Told()  # type: ignore[assignment]
    live.reopen()
    served = live._serving.index.folder
    other.join()
    live._opening = lock
    assert served == folder


def test_a_request_under_way_ends_on_the_generation_it_began_with(
    root: Path, live: LiveIndex, collection: Collection
) -> None:
    with live.pinned() as pinned:
        publish(root, saying(collection, "segunda"))
        assert total(live, "segunda") == 1
        assert pinned.search(Query((Word("primera"),))).total_full == 1
        assert pinned.passage(MESA, 1) is not None


def test_the_old_generation_is_let_go_when_its_last_request_ended(
    root: Path, live: LiveIndex, collection: Collection
) -> None:
    first = live.folder
    with live.pinned():
        publish(root, saying(collection, "segunda"))
        live.look()
        publish(root, saying(collection, "tercera"))
        assert first.is_dir()
    publish(root, saying(collection, "cuarta"))
    assert not first.exists()


def test_a_damaged_generation_is_not_served_and_health_says_so(
    root: Path, live: LiveIndex, collection: Collection
) -> None:
    damaged, _ = publish(root, saying(collection, "segunda"))
    victim = next(path for path in sorted((damaged / "whoosh").iterdir()) if path.suffix == ".pst")
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    assert total(live, "primera") == 1
    assert "no se puede abrir" in live.health().warnings[0]
    with pytest.raises(IndexDamaged, match="actualizar"):
        open_index(root)
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    live.reopen()
    assert total(live, "segunda") == 1, "mended in its place, and told to look again"
    publish(root, saying(collection, "tercera"))
    assert total(live, "tercera") == 1
    assert live.health().warnings == ()


@pytest.mark.parametrize("file", [".pst", ".pasajes"])
def test_a_damaged_block_of_a_large_file_is_said_by_the_request_that_reads_it(
    tmp_path: Path, collection: Collection, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.setattr(manifest, "LARGE_BYTES", 1)
    for module in (manifest, checked_file):
        monkeypatch.setattr(module, "BLOCK_BYTES", 64)
    root = tmp_path / "indice"
    folder, _ = publish(root, saying(collection, "primera"))
    victim = next(path for path in (folder / "whoosh").iterdir() if path.name.endswith(file))
    content = victim.read_bytes()
    read_at_opening = 500
    assert len(content) > 2 * read_at_opening
    with victim.open("r+b") as there:
        there.write(bytes(byte ^ 1 for byte in content[:-read_at_opening]))
    live = LiveIndex(root, look_every_s=0, watch_every_s=None)
    try:
        assert live.health().warnings == ()
        for _ in range(2):
            with pytest.raises(IndexDamaged, match="actualizar"):
                live.search(Query((Word("primera"),)))
        assert "dañado" in live.health().warnings[0]
        with pytest.raises(IndexDamaged, match="no coincide"):
            Generations(root).lease()
        publish(root, saying(collection, "segunda"))
        assert total(live, "segunda") == 1
        assert live.health().warnings == ()
    finally:
        live.close()


def test_no_request_fails_while_generations_come_and_go(root: Path, live: LiveIndex, collection: Collection) -> None:
    failures: list[BaseException] = []
    answers: set[tuple[int, int]] = set()
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                with live.pinned() as index:
                    both = [index.search(Query((Word(word),))).total_full for word in ("primera", "segunda")]
                    assert index.session(MESA) is not None
                answers.add((both[0], both[1]))
            except BaseException as error:
                failures.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(4):
        publish(root, saying(collection, "segunda" if number % 2 else "primera"))
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert answers <= {(1, 0), (0, 1)}


def test_an_idle_server_lets_go_of_a_withdrawn_text(root: Path, collection: Collection) -> None:
    live = LiveIndex(root, watch_every_s=0.02)
    try:
        first = live.folder
        _, released = publish(root, saying(collection, "segunda"), keep_old=False)
        assert released
        assert not first.exists()
    finally:
        live.close()


def test_a_folder_deleted_under_it_takes_no_answer_away(root: Path, live: LiveIndex, collection: Collection) -> None:
    shutil.rmtree(root)
    assert total(live, "primera") == 1
    assert "actualizar" in live.health().warnings[0]
    publish(root, saying(collection, "segunda"))
    assert total(live, "segunda") == 1
    assert live.health().warnings == ()


def test_closing_lets_go_of_the_generation(root: Path, collection: Collection) -> None:
    live = LiveIndex(root, watch_every_s=None)
    first = live.folder
    live.close()
    live.close()
    publish(root, saying(collection, "segunda"), keep_old=False)
    assert not first.exists()


def test_nothing_published_is_said_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="python -m indexer actualizar"):
        LiveIndex(tmp_path)


def test_an_index_of_another_format_is_said_with_its_cure(root: Path, live: LiveIndex) -> None:
    (live.folder / "lexico.json").write_bytes(b"{")
    with pytest.raises(IndexDamaged, match="actualizar"):
        engine().open(live.folder)
    for path in (live.folder / "whoosh").glob("*.toc"):
        path.write_bytes(b"\x80\x02garbage")
    with pytest.raises(IndexDamaged, match="actualizar"):
        engine().open(live.folder)


@contextlib.contextmanager
def as_nobody() -> Iterator[None]:
    """Be a user who owns nothing; who is no superuser has to do with folders that may not be written."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_the_index_of_another_user_that_may_be_read_and_not_written_is_served(collection: Collection) -> None:
    place = Path(tempfile.mkdtemp(prefix="consta-ajeno-"))  # not below a folder that is the tests' alone
    try:
        publish(place / "indice", saying(collection, "primera"))
        for path in (place, *place.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        with as_nobody():
            index = LiveIndex(place / "indice", look_every_s=0, watch_every_s=None)
            assert total(index, "primera") == 1
        publish(place / "indice", saying(collection, "segunda"))
        if os.geteuid() == 0:
            with as_nobody():
                assert total(index, "primera") == 1, "what may not be read does not take the place of what is served"
                assert "no se puede leer; se sigue sirviendo" in index.health().warnings[0]
        for path in place.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        with as_nobody():
            assert total(index, "segunda") == 1, "until it may"
        index.close()
    finally:
        shutil.rmtree(place)
