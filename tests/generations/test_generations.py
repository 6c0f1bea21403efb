"""Publishing, verifying and holding generations, on a real disk."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import ConstaError, IndexDamaged, IndexMissing
from indexer.generations import Generations, verify
from indexer.generations import store as store_module


def put(root: Path, text: str, *, fresh: bool = False, keep_old: bool = True) -> Path:
    """Publish a generation whose one file says ``text``."""
    with Generations(root).updating() as update:
        folder = update.begin(fresh=fresh)
        (folder / "sub").mkdir(exist_ok=True)
        (folder / "sub" / "texto").unlink(missing_ok=True)
        (folder / "sub" / "texto").write_text(text, encoding="utf-8")
        update.publish(folder, lambda _: None, keep_old=keep_old)
    return folder


def served(root: Path) -> str:
    """What a reader sees."""
    with Generations(root).lease() as lease:
        return (lease.folder / "sub" / "texto").read_text(encoding="utf-8")


def test_a_published_generation_is_what_a_reader_sees(tmp_path: Path) -> None:
    """Published, then read."""
    put(tmp_path, "uno")
    assert served(tmp_path) == "uno"
    put(tmp_path, "dos")
    assert served(tmp_path) == "dos"


def test_the_index_folder_is_closed_to_others(tmp_path: Path) -> None:
    """The files are pickles: nobody else may write them."""
    put(tmp_path / "i", "uno")
    assert (tmp_path / "i").stat().st_mode & 0o777 == 0o700


def test_nothing_published_says_the_cure(tmp_path: Path) -> None:
    """An empty folder."""
    with pytest.raises(IndexMissing, match="python -m indexer actualizar"):
        Generations(tmp_path).lease()


def test_unchanged_files_are_hard_links(tmp_path: Path) -> None:
    """The second generation shares the bytes that it did not touch."""
    first = put(tmp_path, "uno")
    with Generations(tmp_path).updating() as update:
        second = update.begin(fresh=False)
        update.publish(second, lambda _: None)
    assert (first / "sub" / "texto").samefile(second / "sub" / "texto")


def test_copies_serve_where_links_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system without hard links."""
    put(tmp_path, "uno")

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    with Generations(tmp_path).updating() as update:
        update.publish(update.begin(fresh=False), lambda _: None)
    assert served(tmp_path) == "uno"


def test_one_old_generation_is_kept_and_none_after_a_withdrawal(tmp_path: Path) -> None:
    """Three publishes leave two folders; a withdrawal leaves one."""
    for text in ("uno", "dos", "tres"):
        put(tmp_path, text)
    assert len(Generations(tmp_path).folders()) == 2
    put(tmp_path, "cuatro", keep_old=False)
    assert len(Generations(tmp_path).folders()) == 1


def test_a_held_generation_is_not_deleted(tmp_path: Path) -> None:
    """A reader keeps its files while it reads."""
    put(tmp_path, "uno")
    lease = Generations(tmp_path).lease()
    for text in ("dos", "tres", "cuatro"):
        put(tmp_path, text)
    assert (lease.folder / "sub" / "texto").read_text(encoding="utf-8") == "uno"
    lease.close()
    put(tmp_path, "cinco")
    assert not lease.folder.exists()


def test_a_withdrawal_says_when_a_reader_does_not_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is told that the old text is still on the disk."""
    monkeypatch.setattr(store_module, "_RELEASE_WAIT_S", 0.0)
    put(tmp_path, "uno")
    with Generations(tmp_path).lease(), Generations(tmp_path).updating() as update:
        folder = update.begin(fresh=True)
        assert update.publish(folder, lambda _: None, keep_old=False) is False
    with Generations(tmp_path).updating():
        assert len(Generations(tmp_path).folders()) == 1, "the next update removes what was let go since"


@pytest.mark.parametrize("damage", ["flip", "truncate", "remove", "add", "letters", "manifest"])
def test_any_change_of_a_byte_is_noticed(tmp_path: Path, damage: str) -> None:
    """One flipped bit once gave wrong answers silently."""
    folder = put(tmp_path, "uno")
    file = folder / "sub" / "texto"
    match damage:
        case "flip":
            file.write_bytes(bytes([file.read_bytes()[0] ^ 1]) + file.read_bytes()[1:])
        case "truncate":
            file.write_bytes(b"")
        case "remove":
            file.unlink()
        case "add":
            (folder / "otro").write_text("x")
        case "letters":
            manifest = folder / "manifest.json"
            manifest.write_bytes(manifest.read_bytes().replace(b"texto", b"text\xff"))
        case _:
            (folder / "manifest.json").write_text("[]")
    with pytest.raises(IndexDamaged, match="vuelva a construirlo"):
        Generations(tmp_path).lease()


def test_an_update_builds_on_the_last_whole_generation(tmp_path: Path) -> None:
    """Where the current one is damaged, the kept old one serves as the previous."""
    old = put(tmp_path, "uno")
    new = put(tmp_path, "dos")
    (new / "sub" / "texto").write_text("roto")
    with Generations(tmp_path).updating() as update:
        assert update.previous == old
        assert update.damage is not None
        assert not update.serves


def test_a_failed_check_leaves_the_old_one_serving(tmp_path: Path) -> None:
    """What cannot be reopened is never switched to, and is swept at the next start."""
    put(tmp_path, "uno")

    def refuse(_: Path) -> None:
        raise IndexDamaged("g1", "no abre")

    with Generations(tmp_path).updating() as update:
        folder = update.begin(fresh=False)
        with pytest.raises(IndexDamaged):
            update.publish(folder, refuse)
    assert served(tmp_path) == "uno"
    with Generations(tmp_path).updating():
        assert not folder.exists()


def test_a_full_disk_is_said_in_spanish_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ENOSPC while the manifest is written."""
    put(tmp_path, "uno")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store_module, "write_atomic", refuse)
    with pytest.raises(ConstaError, match="el disco está lleno"):
        put(tmp_path, "dos")
    monkeypatch.undo()
    assert served(tmp_path) == "uno"


def test_a_second_update_ends_at_once_with_a_message(tmp_path: Path) -> None:
    """Two processes: the second is refused while the first holds the lock."""
    code = (
        "import sys, pathlib\n"
        "from indexer.errors import UpdateInProgress\n"
        "from indexer.generations import Generations\n"
        "try:\n"
        "    with Generations(pathlib.Path(sys.argv[1])).updating(): print('entró')\n"
        "except UpdateInProgress as error: print(error)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with Generations(tmp_path).updating():
        second = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Ya hay otra actualización en marcha" in second.stdout
    third = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "entró" in third.stdout


def test_a_process_that_dies_leaves_no_stale_lock(tmp_path: Path) -> None:
    """flock goes with its process."""
    code = (
        "import os, sys, pathlib\n"
        "from indexer.generations import Generations\n"
        "with Generations(pathlib.Path(sys.argv[1])).updating() as update:\n"
        "    update.begin(fresh=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    died = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert died.returncode == -9
    assert len(Generations(tmp_path).folders()) == 1
    with Generations(tmp_path).updating():
        assert Generations(tmp_path).folders() == []


def test_a_link_that_names_anything_else_is_not_followed(tmp_path: Path) -> None:
    """``actual`` may only name a generation of this folder."""
    put(tmp_path / "i", "uno")
    (tmp_path / "fuera").mkdir()
    link = tmp_path / "i" / "actual"
    link.unlink()
    os.symlink("../fuera", link)
    assert Generations(tmp_path / "i").current() is None


def test_verify_accepts_what_was_published(tmp_path: Path) -> None:
    """The manifest covers every file of the generation."""
    verify(put(tmp_path, "uno"))
