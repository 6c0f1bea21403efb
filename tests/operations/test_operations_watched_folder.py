"""A folder that is watched: what is dropped into it is published or waits, with a page that says why."""

from __future__ import annotations

import html.parser
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.errors import CorpusError
from indexer.history import Journal
from indexer.operations.inspection import examine
from indexer.operations.watched_files import REPORT
from indexer.operations.watched_folder import Watch
from tests.corpora import CorpusMaker

SPEECH = "CONSEJERA EVA PRUEBA: Los paquetes llegan a la bodega con sus cintas y sus sellos completos.\n"
OTHER = "CONSEJERA LUZ PRUEBA: Las actas se digitalizan en cada uno de los centros de acopio del estado.\n"


@pytest.fixture
def folder(maker: CorpusMaker) -> Path:
    """An empty folder beside a corpus of two mesas, one of them with a transcript."""
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=SPEECH)
    maker.mesa("mesa-2")
    maker.update()
    folder = maker.corpus.parent / "buzon"
    folder.mkdir()
    return folder


def looked(maker: CorpusMaker, folder: Path) -> dict[str, str | None]:
    """Two looks, as a second apart; each file with why it waits, None where it was published."""
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    watch.look()
    return {outcome.name: outcome.why for outcome in watch.look()}


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["foro--mesa-2.txt", "foro/mesa-2/lo que sea.txt", "foro--mesa-2--transcripcion.txt"])
def test_a_file_that_says_its_mesa_is_published_as_it_was(maker: CorpusMaker, folder: Path, name: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(OTHER, encoding="utf-8")
    assert looked(maker, folder) == {path.name: None}
    assert (maker.corpus / "foro/mesa-2/transcripcion.txt").read_text(encoding="utf-8") == OTHER
    assert [passage.person for passage in maker.passages("foro/mesa-2")] == ["Luz Prueba"]
    assert files(folder) == [f"_publicados/{path.name}", f"_publicados/{path.name}{REPORT}"]
    (record,) = Journal(maker.corpus).read()[0]
    assert (record.author, record.origin) == ("ana", "carpeta buzon")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("entrevista.txt", OTHER, "no dice de qué mesa es"),
        ("foro--mesa-9.txt", OTHER, "No existe la mesa foro/mesa-9"),
        ("foro--mesa-1.txt", OTHER, "ya tiene ese texto"),
        ("foro--mesa-2.txt", SPEECH, "su texto ya está en foro/mesa-1"),
        ("foro--mesa-2.pdf", "\0", "PDF"),
        ("foro--mesa-2.mp4", "x", "no se conoce"),
        ("foro--mesa-2.txt", "", "vacío"),
        ("<script>alert(1)<\u202e.txt", OTHER, "no dice de qué mesa es"),
        ("ñ" * 125 + ".txt", OTHER, "no dice de qué mesa es"),
    ],
)
def test_what_cannot_be_published_waits_with_a_page_that_says_why(
    maker: CorpusMaker, folder: Path, name: str, data: str, why: str
) -> None:
    (folder / name).write_text(data, encoding="utf-8")
    ((_, said),) = looked(maker, folder).items()
    assert said is not None
    assert why in said
    assert not Journal(maker.corpus).read()[0]
    (page,) = (folder / "_en-espera").glob(f"*{REPORT}")
    assert (folder / "_en-espera" / name).read_text(encoding="utf-8") == data
    assert self_contained(page.read_text(encoding="utf-8"))


def self_contained(text: str) -> bool:
    """A page that runs nothing and asks for nothing, with its language and its letters declared."""
    tags: list[tuple[str, dict[str, str | None]]] = []

    class Tags(html.parser.HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, dict(attrs)))

    Tags().feed(text)
    assert ("html", {"lang": "es-MX"}) in tags
    assert ("meta", {"charset": "utf-8"}) in tags
    outside = {"src", "href", "onload", "onclick", "action"}
    return not any(tag in ("script", "link", "img", "iframe") or outside & set(attrs) for tag, attrs in tags)


def test_a_file_that_still_grows_is_left_alone(maker: CorpusMaker, folder: Path) -> None:
    path = folder / "foro--mesa-2.txt"
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    path.write_text(OTHER[:20], encoding="utf-8")
    assert watch.look() == []
    path.write_text(OTHER, encoding="utf-8")
    assert watch.look() == []
    assert watch.grows()
    assert [outcome.why for outcome in watch.look()] == [None]
    assert not watch.grows()


def test_unfinished_downloads_links_and_hidden_files_are_no_files(maker: CorpusMaker, folder: Path) -> None:
    for name in (".oculto.txt", "~$doc.docx", "foro--mesa-2.txt.part", "_nota.txt"):
        (folder / name).write_text(OTHER, encoding="utf-8")
    (folder / "foro--mesa-2.txt").symlink_to("/etc/hostname")
    assert looked(maker, folder) == {}


def test_one_that_was_published_before_a_crash_is_only_put_away(maker: CorpusMaker, folder: Path) -> None:
    (folder / "foro--mesa-1.txt").write_text(SPEECH, encoding="utf-8")
    assert looked(maker, folder) == {"foro--mesa-1.txt": None}
    assert not Journal(maker.corpus).read()[0]


def test_two_files_of_one_name_are_both_kept(maker: CorpusMaker, folder: Path) -> None:
    for text in ("uno\n", "dos\n"):
        (folder / "x.txt").write_text(text, encoding="utf-8")
        looked(maker, folder)
    assert [name for name in files(folder) if name.endswith("txt")] == ["_en-espera/x-2.txt", "_en-espera/x.txt"]


def test_a_folder_is_watched_by_one_and_is_no_part_of_the_corpus(maker: CorpusMaker, folder: Path) -> None:
    with (
        Watch(maker.settings, folder, "ana").alone(),
        pytest.raises(CorpusError, match="vigila ya"),
        Watch(maker.settings, folder, "eva").alone(),
    ):
        pass
    for inside in (maker.corpus / "foro", maker.corpus.parent, maker.settings.index):
        with pytest.raises(CorpusError, match="no pueden estar una dentro de la otra"):
            Watch(maker.settings, inside, "ana")
    with pytest.raises(CorpusError, match="No hay una carpeta"):
        Watch(maker.settings, maker.corpus.parent / "nada", "ana")


def test_where_a_text_was_withdrawn_nothing_is_published_by_itself(maker: CorpusMaker, folder: Path) -> None:
    order = ["retirar", "foro/mesa-1", "--tipo=transcripcion", "--motivo=A petición", f"--corpus={maker.corpus}"]
    assert CliRunner().invoke(cli, [*order, f"--indice={maker.settings.index}"]).exit_code == 0
    for text in (SPEECH, OTHER):
        (folder / "foro--mesa-1.txt").write_text(text, encoding="utf-8")
        (why,) = looked(maker, folder).values()
        assert "A petición" in str(why)
        assert "no se publica solo" in str(why)


def test_a_copy_that_pauses_is_not_taken_for_whole(maker: CorpusMaker, folder: Path) -> None:
    clock = [0.0]
    watch = Watch(maker.settings, folder, "ana", now=lambda: clock[0])
    path = folder / "foro--mesa-2.txt"
    for text in (OTHER[:20], OTHER):
        path.write_text(text, encoding="utf-8")
        for _ in range(9):
            assert watch.look() == []
            clock[0] += 1
    clock[0] += 1
    assert [outcome.why for outcome in watch.look()] == [None]
    assert (maker.corpus / "foro/mesa-2/transcripcion.txt").read_text(encoding="utf-8") == OTHER


def test_a_file_that_somebody_has_open_for_writing_is_left_alone_however_still(
    maker: CorpusMaker, folder: Path
) -> None:
    path = folder / "foro--mesa-2.txt"
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    with path.open("w", encoding="utf-8") as writer:
        writer.write(OTHER)
        writer.flush()
        for _ in range(3):
            assert watch.look() == []
        assert [outcome.name for outcome in watch.unfinished()] == [path.name]
    assert [outcome.why for outcome in watch.look()] == [None]


def appended(path: Path, text: str) -> None:
    """As a program writes that opens a file anew for each piece, which no system tells of."""
    with path.open("a", encoding="utf-8") as writer:
        writer.write(text)
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000))


def test_what_goes_on_growing_after_it_was_published_is_taken_back_and_taken_whole(
    maker: CorpusMaker, folder: Path
) -> None:
    path = folder / "foro--mesa-2.txt"
    path.write_text(OTHER, encoding="utf-8")
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    watch.look()
    assert [outcome.why for outcome in watch.look()] == [None]
    appended(folder / "_publicados" / path.name, "\nCONSEJERA LUZ PRUEBA: Y al final se publican.\n")
    (late,) = watch.look()
    assert "siguió llegando después de publicarse" in str(late.why)
    assert not (maker.corpus / "foro/mesa-2/transcripcion.txt").exists()
    assert [outcome.why for outcome in watch.look()] == [None]
    assert "al final" in maker.passages("foro/mesa-2")[0].text + maker.passages("foro/mesa-2")[-1].text
    assert files(folder) == [f"_publicados/{path.name}", f"_publicados/{path.name}{REPORT}"]
    assert [record.action for record in Journal(maker.corpus).read()[0]] == ["agregar", "deshacer", "agregar"]
    assert watch.look() == []


def test_what_grows_while_it_is_published_is_taken_back_and_taken_whole(
    maker: CorpusMaker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "foro--mesa-2.txt"
    path.write_text(OTHER, encoding="utf-8")
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    watch.look()
    with monkeypatch.context() as meanwhile:

        def grown(*_: object, **__: object) -> None:
            meanwhile.undo()
            appended(path, "\nCONSEJERA LUZ PRUEBA: Y al final se publican.\n")

        meanwhile.setattr("indexer.operations.watched_folder.update_in_turn", grown)
        assert watch.look() == []
    assert not (maker.corpus / "foro/mesa-2/transcripcion.txt").exists()
    while watch.grows():
        watch.look()
    assert "al final" in (maker.corpus / "foro/mesa-2/transcripcion.txt").read_text(encoding="utf-8")


def test_what_grows_and_cannot_be_taken_back_is_told_once(maker: CorpusMaker, folder: Path) -> None:
    path = folder / "foro--mesa-2.txt"
    path.write_text(OTHER, encoding="utf-8")
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    watch.look()
    watch.look()
    (maker.corpus / "foro/mesa-2/transcripcion.txt").write_text(SPEECH, encoding="utf-8")  # by hand
    appended(folder / "_publicados" / path.name, "y más")
    (late,) = watch.look()
    assert "revise foro/mesa-2" in str(late.why)
    assert watch.look() == []


def test_one_file_that_cannot_be_moved_is_told_once_and_the_others_are_watched(
    maker: CorpusMaker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "x.txt").write_text(OTHER, encoding="utf-8")
    (folder / "foro--mesa-2.txt").write_text(OTHER, encoding="utf-8")
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    watch.look()
    moved = shutil.move

    def refused(source: Path, target: Path) -> object:
        if source.name == "x.txt":
            raise PermissionError(13, "no")
        return moved(source, target)

    with monkeypatch.context() as system:
        system.setattr(shutil, "move", refused)
        told = {outcome.name: outcome.why for outcome in watch.look()}
        assert told["foro--mesa-2.txt"] is None
        assert "no se puede mover a _en-espera" in str(told["x.txt"])
        assert watch.look() == []
        assert not watch.grows()
        assert not list((folder / "_en-espera").glob("*"))
    assert watch.look() == []
    assert "_en-espera/x.txt" in files(folder)


def test_a_file_that_breaks_the_program_waits_and_the_others_are_watched(
    maker: CorpusMaker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: Any) -> dict[str, Any]:
        if given[1].name == "x--y.txt":
            raise ValueError
        return examine(*given)

    monkeypatch.setattr("indexer.operations.watched_folder.examine", broken)
    for name in ("x--y.txt", "foro--mesa-2.txt"):
        (folder / name).write_text(OTHER, encoding="utf-8")
    told = looked(maker, folder)
    assert told["foro--mesa-2.txt"] is None
    assert "el programa falló" in str(told["x--y.txt"])


def test_a_list_of_withdrawals_that_cannot_be_read_does_not_end_the_watch(maker: CorpusMaker, folder: Path) -> None:
    (folder / "_publicados").mkdir()
    (maker.corpus / "retirados.toml").write_text("no es toml", encoding="utf-8")
    (folder / "foro--mesa-2.txt").write_text(OTHER, encoding="utf-8")
    (why,) = looked(maker, folder).values()
    assert "retirados.toml" in str(why)


def test_the_time_of_stillness_is_a_setting_of_the_command(maker: CorpusMaker, folder: Path) -> None:
    (folder / "foro--mesa-2.txt").write_text(OTHER, encoding="utf-8")
    order = ["vigilar", str(folder), "--una-vez", "--quieto=0", f"--corpus={maker.corpus}"]
    told = CliRunner().invoke(cli, [*order, f"--indice={maker.settings.index}"])
    assert "foro--mesa-2.txt: publicado" in told.stdout


@pytest.mark.parametrize("keep", [False, True])
def test_what_is_withdrawn_is_taken_out_of_the_folder_as_well(maker: CorpusMaker, folder: Path, keep: bool) -> None:
    (folder / "foro--mesa-2.txt").write_text(OTHER, encoding="utf-8")
    watch = Watch(maker.settings, folder, "ana", still_s=0)
    watch.look()
    watch.look()
    published = files(folder)
    assert len(published) == 2
    order = ["retirar", "foro/mesa-2#p1", "--motivo=A petición", f"--corpus={maker.corpus}"]
    order += [f"--indice={maker.settings.index}", *(["--conservar"] if keep else [])]
    assert CliRunner().invoke(cli, order).exit_code == 0
    watch.look()
    assert files(folder) == (published if keep else [])
