"""A backup holds one moment of the whole corpus, is whole or is not there, and writes nothing elsewhere."""

from __future__ import annotations

import errno
import gzip
import io
import os
import random
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import history
from indexer.checksum_list import parse, render
from indexer.corpus.snapshot import read_corpus
from indexer.corpus.withdrawing import withdraw
from indexer.durable import write_atomic
from indexer.errors import ConstaError
from indexer.format_version import NewerFormat
from indexer.history.lock import CorpusBusy
from indexer.model import Kind, PageId
from indexer.operations import backup as making
from indexer.operations.backup import back_up, check, restore
from tests.corpora import CorpusMaker

SPEECH = "MODERADORA: La palabra xilocopa se dijo aquí.\n\nCONSEJERA EVA PRUEBA: Las casillas abren a las ocho.\n"


@pytest.fixture
def office(maker: CorpusMaker) -> CorpusMaker:
    """A corpus with a history, an account's file, a job at work, a report and what does not belong into a backup."""
    maker.event(anuncio_txt="Habrá dos mesas sobre casillas.")
    folder = maker.mesa(transcripcion_txt=SPEECH)
    with step(maker) as taken:
        taken.write(folder / "descripcion.md", b"De qu\xc3\xa9 trata.\n")
    for name, text in {
        "_personal/cuentas.json": "{}",
        "_recibidos/20261130114500_abc/encargo.json": "{}",
        "_recibidos/20261130114500_abc/texto.txt": "lo que espera",
        "_reportes/20261130114500-0000aaaa.json": "{}",
        ".gitattributes": "* text=auto",
        "foro/mesa-1/notas \u2028 con\nrenglón \\ raro.txt": "nombre raro",
    }.items():
        path = maker.corpus / name
        private = name.startswith("_")
        path.parent.mkdir(mode=0o700 if private else 0o755, parents=True, exist_ok=True)
        write_atomic(path, text.encode(), mode=0o600 if private else 0o644)
    for name in (
        ".git/HEAD",
        "_recibidos/bloqueo",
        "_personal/intentos/abc.1",
        "_personal/sesiones/abc.1",
        "_recibidos/.nuevo-x/texto.txt",
        "foro/.anclas.tsv.abc.tmp",
    ):
        (maker.corpus / name).parent.mkdir(exist_ok=True)
        (maker.corpus / name).write_text("no va")
    return maker


def step(maker: CorpusMaker) -> history.Step:
    """A step by Ana."""
    return history.step(maker.corpus, "Ana", "terminal", "editar", "foro/mesa-1")  # type: ignore[return-value]


def held(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file that a backup keeps, with its mode."""
    out = (".git/", "bloqueo", "/intentos/", "/sesiones/", ".nuevo-", ".tmp")
    found = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {
        name: (path.read_bytes(), path.stat().st_mode & 0o777)
        for name, path in found.items()
        if not any(part in name for part in out)
    }


def packed(path: Path, *members: tuple[tarfile.TarInfo, bytes]) -> Path:
    """A tar with a good head and these."""
    with tarfile.open(path, "w:gz") as tar:
        for info, data in ((tarfile.TarInfo("consta-respaldo.json"), b'{"hecho": "2026-11-30"}'), *members):
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return path


def named(name: str, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    """A member of this name and kind."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def test_everything_comes_back_byte_for_byte_and_answers_at_the_same_addresses(
    office: CorpusMaker, tmp_path: Path
) -> None:
    office.update()
    before, said = held(office.corpus), office.passages("foro/mesa-1")
    made = back_up(office.settings, tmp_path)
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.edition == read_corpus(office.corpus).edition
    subprocess.run(["rm", "-rf", office.corpus, office.settings.index], check=True)
    assert restore(office.corpus, made.path).backup == made
    assert held(office.corpus) == before
    private = list(office.corpus.glob("_*"))
    assert len(private) == 4
    assert {path.stat().st_mode & 0o777 for path in private} == {0o700}
    office.update()
    assert office.passages("foro/mesa-1") == said
    assert len(history.Journal(office.corpus).read()[0]) == 1


def test_sessions_of_the_desk_end_with_a_restore(office: CorpusMaker, tmp_path: Path) -> None:
    """Who signed out after the backup was made stays out."""
    secret = office.corpus / "_personal/clave"
    secret.write_text("x" * 64)
    restore(tmp_path / "otro", back_up(office.settings, tmp_path).path)
    new = tmp_path / "otro/_personal/clave"
    assert len(new.read_text()) == 64
    assert new.read_text() != secret.read_text()
    assert new.stat().st_mode & 0o777 == 0o600


def test_other_tools_unpack_it_and_check_its_sums(office: CorpusMaker, tmp_path: Path) -> None:
    made = back_up(office.settings, tmp_path / "uno.tar.gz")
    subprocess.run(["tar", "-xzf", made.path, "-C", tmp_path], check=True)
    subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS"], cwd=tmp_path, check=True)
    assert (tmp_path / "acervo/foro/mesa-1/transcripcion.txt").read_text() == SPEECH


def test_a_list_of_sums_is_read_as_it_was_written() -> None:
    sums = {"a": "0" * 64, "b\nc\\n\r": "1" * 64, "raro\udcff.txt": "2" * 64}
    assert parse(render(sums)) == sums
    for broken in (render(sums)[:-1], b"x  y\n", b"0" * 64 + b" y\n"):
        with pytest.raises(ValueError, match="line"):
            parse(broken)


def test_what_is_done_meanwhile_is_in_it_whole_or_not_at_all(
    office: CorpusMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step comes when all was copied, another wants to come while the rest is; a job is done and its folder gone."""
    listing, looks = making._files, []

    def listed(root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
        looks.append(len(looks))
        if len(looks) == 2:
            with pytest.raises(CorpusBusy), history.lock.corpus_lock(root, 0):
                pass
        yield from listing(root)
        if len(looks) == 1:
            with step(office) as taken:
                taken.write(root / "foro/mesa-1/descripcion.md", b"Otra cosa.\n")
                taken.remove(root / "foro/anuncio.txt")
            subprocess.run(["rm", "-rf", root / "_recibidos/20261130114500_abc"], check=True)

    monkeypatch.setattr(making, "_files", listed)
    made = back_up(office.settings, tmp_path)
    restore(tmp_path / "otro", made.path)
    assert held(tmp_path / "otro") == held(office.corpus)
    done, pending = history.Journal(tmp_path / "otro").read()
    assert (len(done), pending, looks) == (2, None, [0, 1, 2])


@pytest.mark.parametrize("where", ["carpeta/uno.tar.gz", "corpus/uno.tar.gz", "ya.tar.gz", "carpeta"])
def test_where_none_can_be_written_none_is_begun(office: CorpusMaker, tmp_path: Path, where: str) -> None:
    (tmp_path / "ya.tar.gz").write_text("otro respaldo")
    before = held(tmp_path)
    with pytest.raises(ConstaError):
        back_up(office.settings, tmp_path / where)
    assert held(tmp_path) == before


def test_a_full_disk_leaves_nothing_of_it(office: CorpusMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = os.listdir(tmp_path)
    with pytest.raises(ConstaError, match="el disco está lleno: libere espacio"):
        back_up(office.settings, tmp_path)
    assert os.listdir(tmp_path) == before


def test_a_corpus_that_can_only_be_read_is_backed_up(
    office: CorpusMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails is often set to read-only: no lock can be made on it, and nobody writes."""
    office.update()
    really = os.open

    def opened(path: str | Path, *more: int, **options: int) -> int:
        if os.fspath(path).endswith("bloqueo"):
            raise OSError(errno.EROFS, "Read-only file system")
        return really(path, *more, **options)

    monkeypatch.setattr(os, "open", opened)
    restore(tmp_path / "otro", back_up(office.settings, tmp_path).path)
    assert held(tmp_path / "otro") == held(office.corpus)


def test_a_damaged_backup_changes_nothing(office: CorpusMaker, tmp_path: Path) -> None:
    """A byte flipped or the end cut off: told, or without any effect (the head of gzip, a code that it never uses)."""
    made = back_up(office.settings, tmp_path / "bueno.tar.gz")
    good, seeded = made.path.read_bytes(), random.Random(15)
    whole, bad = check(made.path), tmp_path / "malo.tar.gz"
    told = 0
    for number in range(120):
        at = seeded.randrange(len(good))
        bad.write_bytes(
            good[:at] if number % 4 == 0 else good[:at] + bytes([good[at] ^ 1 << number % 8]) + good[at + 1 :]
        )
        try:
            assert (check(bad).edition, check(bad).files) == (whole.edition, whole.files)
        except ConstaError as error:
            told += "No se cambió nada" in str(error)
    assert told > 110
    bad.write_bytes(good[:-30])
    with pytest.raises(ConstaError, match="está dañado"):
        restore(tmp_path / "nuevo", bad)
    assert not (tmp_path / "nuevo").exists()
    assert not list(tmp_path.glob(".nuevo*"))


@pytest.mark.parametrize(
    "member",
    [
        named("acervo/../../fuera.txt"),
        named("/etc/fuera.txt"),
        named("../fuera.txt"),
        named("fuera.txt"),
        named("acervo"),
        named("acervo/enlace", tarfile.SYMTYPE, "/etc/passwd"),
        named("acervo/enlace", tarfile.LNKTYPE, "/etc/passwd"),
        named("acervo/carpeta", tarfile.DIRTYPE),
        named("acervo/tubo", tarfile.FIFOTYPE),
    ],
    ids=lambda member: f"{member.name} {member.type.decode()}",
)
def test_nothing_is_written_outside(tmp_path: Path, member: tarfile.TarInfo) -> None:
    bad = packed(tmp_path / "malo.tar.gz", (member, b""))
    with pytest.raises(ConstaError, match="que no es un archivo del acervo"):
        restore(tmp_path / "dentro/acervo", bad)
    assert {path.name for path in tmp_path.rglob("*")} == {"dentro", "malo.tar.gz"}


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda path: path.write_bytes(gzip.compress(b"no es un tar")), "está dañado o no es de Consta"),
        (lambda path: path.write_bytes(b"nada"), "está dañado o no es de Consta"),
        (lambda path: packed(path), "está dañado o no es de Consta"),
        (lambda path: packed(path, (named("acervo/a"), b"x"), (named("SHA256SUMS"), b"")), None),
        (lambda path: packed(path, (named("SHA256SUMS"), b"0" * 64 + b"  acervo/a\n")), "está dañado en a"),
        (lambda path: packed(path, (named("SHA256SUMS"), b""), (named("acervo/a"), b"x")), "está dañado o no es de"),
    ],
)
def test_the_sums_say_what_is_whole(tmp_path: Path, wrong: Callable[[Path], object], why: str | None) -> None:
    path = tmp_path / "uno.tar.gz"
    wrong(path)
    if why is None:
        assert check(path).files == 0, "what the sums do not list went while it was made"
        return
    with pytest.raises(ConstaError, match=why):
        check(path)


def test_a_newer_backup_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nuevo.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        info = named("consta-respaldo.json")
        info.size = len(data := b'{"version": 2, "algo": []}')
        tar.addfile(info, io.BytesIO(data))
    with pytest.raises(NewerFormat, match="lo escribió una versión más nueva de Consta"):
        check(path)


def test_a_corpus_that_is_there_is_put_aside_only_when_told(office: CorpusMaker, tmp_path: Path) -> None:
    """What was withdrawn since the backup is back, and it is said."""
    made = back_up(office.settings, tmp_path)
    with step(office) as taken:
        withdraw(office.corpus, PageId("foro", "mesa-1"), Kind.TRANSCRIPT, "A petición", (), to=taken)
    before = held(office.corpus)
    with pytest.raises(ConstaError, match="agregue --reemplazar"):
        restore(office.corpus, made.path)
    assert held(office.corpus) == before
    done = restore(office.corpus, made.path, replace=True)
    assert done.aside is not None
    assert held(done.aside) == before
    assert (office.corpus / "foro/mesa-1/transcripcion.txt").read_text() == SPEECH
    assert [one.path for one in done.withdrawn] == ["foro/mesa-1/transcripcion.txt"]


def test_a_corpus_whose_lists_are_damaged_can_be_replaced(office: CorpusMaker, tmp_path: Path) -> None:
    made = back_up(office.settings, tmp_path)
    (office.corpus / "retirados.toml").write_bytes(b"[[retirado]\0")
    done = restore(office.corpus, made.path, replace=True)
    assert done.withdrawn == ()
    assert not (office.corpus / "retirados.toml").exists()
