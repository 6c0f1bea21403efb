"""Folders and archives that are to be imported: whatever is in them, nothing leaves its place."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from indexer.errors import CorpusError
from indexer.operations.importing import sources
from indexer.operations.importing.sources import gathered
from tests.made_recordings import captions


def seen(path: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """What is looked at, with its bytes; what is not, with why."""
    with gathered(path) as (files, left):
        return {one.name: one.path.read_bytes() for one in files}, {one.name: one.why for one in left}


def test_a_folder_is_walked_without_links_hidden_files_and_unfinished_downloads(tmp_path: Path) -> None:
    folder = tmp_path / "videos"
    (folder / "2025/_borrador").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("a.vtt", "2025/b.vtt", "2025/_borrador/c.vtt", ".git/d.vtt", "~$e.docx", "Thumbs.db", "f.vtt.part"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "g.vtt").symlink_to("/etc/hostname")
    (folder / "h").symlink_to("/etc")
    files, left = seen(folder)
    assert set(files) == {"a.vtt", "2025/b.vtt"}
    assert set(left) == {"f.vtt.part", "g.vtt", "h"}


def test_no_name_of_an_archive_leads_anywhere(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for name in (
            "../fuera.vtt",
            "/etc/x.vtt",
            "C:\\x.vtt",
            "a/../../b.vtt",
            "__MACOSX/._c.vtt",
            "Año/d.vtt",
            "e.zip",
        ):
            archive.writestr(name, captions("hola"))
        link = zipfile.ZipInfo("enlace.vtt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    files, left = seen(tmp_path / "x.zip")
    assert files == {"Año/d.vtt": captions("hola").encode()}
    assert {"../fuera.vtt", "a/../../b.vtt", "enlace.vtt", "e.zip"} <= set(left)
    assert len(left) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.zip"]


def test_names_that_windows_wrote_are_read_as_they_were_meant(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("Sesi_n.vtt", "x")
    data = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace(b"Sesi_n", "Sesión".encode("cp850")))
    assert set(seen(tmp_path / "x.zip")[0]) == {"Sesión.vtt"}


def test_a_file_that_unpacks_to_too_much_is_left_out_and_an_archive_that_does_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MAX_BYTES", 100_000)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("bomba.vtt", "otra.vtt"):
            archive.writestr(name, bytes(200_000))
        archive.writestr("bien.vtt", "x")
    files, left = seen(tmp_path / "x.zip")
    assert (set(files), set(left)) == ({"bien.vtt"}, {"bomba.vtt", "otra.vtt"})
    monkeypatch.setattr(sources, "MOST_BYTES", 150_000)
    with pytest.raises(CorpusError, match="pasa de 1 GB"):
        seen(tmp_path / "x.zip")


def test_too_many_files_are_told_in_a_folder_and_in_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_FILES", 50)
    (tmp_path / "f").mkdir()
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for number in range(51):
            archive.writestr(f"{number}.jpg", b"")
            (tmp_path / f"f/{number}.vtt").touch()
    for place in ("f", "x.zip"):
        with pytest.raises(CorpusError, match="más de 50 archivos: divídalos"):
            seen(tmp_path / place)


@pytest.mark.parametrize("data", [b"", b"no es un zip", b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(data)
    with pytest.raises(CorpusError, match=r"dañado|más de 5,000"):
        seen(tmp_path / "x.zip")


def test_a_name_of_255_bytes_is_a_name_like_others(tmp_path: Path) -> None:
    name = "ñ" * 125 + ".vtt"
    (tmp_path / name).write_text("x", encoding="utf-8")
    assert set(seen(tmp_path)[0]) == {name}
