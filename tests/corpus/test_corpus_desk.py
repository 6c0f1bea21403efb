"""What the commands write into the corpus: never half, never lost, never what was withdrawn."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.adding import add_file
from indexer.corpus.new_pages import new_event, new_session
from indexer.corpus.page_folders import page_folder
from indexer.corpus.snapshot import SessionFolder, read_corpus
from indexer.corpus.toml_edit import one_line, quoted, with_keys
from indexer.corpus.withdrawals_file import admitted
from indexer.corpus.withdrawing import withdraw
from indexer.errors import CorpusError
from indexer.model import Kind, PageId, Version
from tests import direct_writer
from tests.direct_writer import DIRECT

DAY = dt.date(2025, 12, 4)
MESA = PageId("foro", "mesa-5-tecnologia")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A corpus of one event and one session, made by the commands."""
    root = tmp_path / "corpus"
    new_event(root, "foro", "Foro de prueba", DAY, dt.date(2025, 12, 5), to=DIRECT)
    new_session(root, "foro", "mesa-5-tecnologia", "Tecnología", to=DIRECT)
    return root


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A file as it was received: Windows line ends, a name of its own."""
    path = tmp_path / "Versión final (2).TXT"
    path.write_bytes("Buenos días a todas las personas.\r\nComenzamos la sesión.\r\n".encode())
    return path


def session_of(root: Path) -> SessionFolder:
    ((session,),) = (event.sessions for event in read_corpus(root).events)
    return session


def files_of(root: Path, page: PageId = MESA) -> list[str]:
    return sorted(path.name for path in root.joinpath(*filter(None, page)).iterdir())


def broken(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


def test_new_folders_make_a_corpus_without_a_fault(root: Path) -> None:
    snapshot = read_corpus(root)
    assert snapshot.problems == ()
    (event,) = snapshot.events
    assert event.event is not None
    assert (event.event.title, event.event.start, event.event.end) == ("Foro de prueba", DAY, dt.date(2025, 12, 5))
    (session,) = event.sessions
    assert session.session is not None
    assert (session.session.title, session.session.number, session.session.date) == ("Tecnología", 5, None)


def test_every_commented_line_of_a_new_toml_is_good_once_uncommented(root: Path) -> None:
    for name in ("foro/evento.toml", "foro/mesa-5-tecnologia/mesa.toml"):
        path = root / name
        lines = path.read_text().splitlines()
        opened = [line.removeprefix("# ") if " = " in line or "[[" in line else line for line in lines]
        path.write_text("\n".join(opened).replace("…", "x"))
    assert [p for p in read_corpus(root).problems if p.severity == "error"] == []
    session = session_of(root).session
    assert session is not None
    assert session.participants[0].moderates
    assert session.facts


def test_a_number_that_another_session_has_is_not_given_again(root: Path) -> None:
    new_session(root, "foro", "mesa-5-bis", "Otra", DAY, to=DIRECT)
    new_session(root, "foro", "la-mesa-07-x", "Otra", to=DIRECT)
    assert read_corpus(root).problems == ()
    (event,) = read_corpus(root).events
    numbers = {session.slug: session.session and session.session.number for session in event.sessions}
    assert numbers == {"mesa-5-tecnologia": 5, "mesa-5-bis": None, "la-mesa-07-x": 7}


@pytest.mark.parametrize("slug", ["../x", "Foro", "a/b", "", ".", "..", "p3", "buscar", "_x", "a\n", "/etc", "año"])
def test_a_name_that_is_no_address_is_refused(root: Path, slug: str) -> None:
    before = sorted(root.parent.rglob("*"))
    with pytest.raises(CorpusError):
        new_event(root, slug, "Foro", DAY, DAY, to=DIRECT)
    with pytest.raises(CorpusError):
        new_session(root, "foro", slug, "Mesa", to=DIRECT)
    with pytest.raises(CorpusError):
        withdraw(root, PageId("foro", slug), None, "x", to=DIRECT)
    with pytest.raises(CorpusError):
        withdraw(root, PageId(slug, "mesa-1"), None, "x", to=DIRECT)
    assert sorted(root.parent.rglob("*")) == before


def test_what_is_there_is_not_made_again(root: Path) -> None:
    with pytest.raises(CorpusError, match="Ya existe foro"):
        new_event(root, "foro", "Otro", DAY, DAY, to=DIRECT)
    with pytest.raises(CorpusError, match="Ya existe foro/mesa-5-tecnologia"):
        new_session(root, "foro", "mesa-5-tecnologia", "Otra", to=DIRECT)
    with pytest.raises(CorpusError, match="indexer nuevo nada"):
        new_session(root, "nada", "mesa-1", "Mesa", to=DIRECT)
    with pytest.raises(CorpusError, match="El título está vacío"):
        new_event(root, "otro", " \n ", DAY, DAY, to=DIRECT)


def test_a_folder_with_files_and_no_toml_gets_one(root: Path) -> None:
    (root / "foro/mesa-6").mkdir()
    (root / "foro/mesa-6/transcripcion.txt").write_text("texto")
    new_session(root, "foro", "mesa-6", "Seis", to=DIRECT)
    assert read_corpus(root).problems == ()


@given(st.text(min_size=1, max_size=40))
def test_any_title_survives_its_writing(title: str) -> None:
    clean = one_line(title)
    assert tomllib.loads(f"titulo = {quoted(clean)}") == {"titulo": clean}


def test_a_file_is_copied_byte_for_byte_under_its_right_name(root: Path, received: Path) -> None:
    target = add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    assert target == root / "foro/mesa-5-tecnologia/transcripcion.txt"
    assert target.read_bytes() == received.read_bytes()
    assert read_corpus(root).problems == ()
    assert add_file(root, received, PageId("foro"), Kind.ANNOUNCEMENT, to=DIRECT).name == "anuncio.txt"


def test_video_and_version_are_written_with_the_comments_kept(root: Path, received: Path) -> None:
    toml = root / "foro/mesa-5-tecnologia/mesa.toml"
    toml.write_text(toml.read_text() + "[[participantes]]\nnombre = 'Uno'\n")
    before = toml.read_text()
    video = "https://www.youtube.com/watch?v=abc"
    add_file(root, received, MESA, Kind.TRANSCRIPT, keys={"video": video, "version": "estenografica"}, to=DIRECT)
    session = session_of(root).session
    assert session is not None
    assert (session.video, session.version, session.participants[0].name) == (video, Version.OFFICIAL, "Uno")
    assert set(before.splitlines()) <= set(toml.read_text().splitlines())


def test_tables_opened_after_video_and_version_were_written_hold_only_their_own(root: Path, received: Path) -> None:
    toml = root / "foro/mesa-5-tecnologia/mesa.toml"
    before = toml.read_text()
    add_file(
        root, received, MESA, Kind.TRANSCRIPT, keys={"video": "https://y.mx/v", "version": "estenografica"}, to=DIRECT
    )
    written = toml.read_text()
    assert written.replace('video = "https://y.mx/v"\nversion = "estenografica"\n', "", 1) == before
    top, _, tables = written.partition("# [[participantes]]")
    assert "\nversion = " in top
    lines = f"# [[participantes]]{tables}".replace("…", "x").splitlines()
    toml.write_text(top + "\n".join(line.removeprefix("# ") for line in lines))
    assert read_corpus(root).problems == ()
    session = session_of(root).session
    assert session is not None
    assert (session.video, session.version) == ("https://y.mx/v", Version.OFFICIAL)
    assert session.participants[0].name == "Nombre Apellido"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1\r\n\r\n# sobre la tabla\r\n#[[t]]\r\n", 'a = 1\r\nv = "x"\r\n\r\n# sobre la tabla\r\n#[[t]]\r\n'),
        ("[[t]]\nb = 1\n", 'v = "x"\n[[t]]\nb = 1\n'),
        ("v = 'y' # nota\n# [[t]]\n", 'v = "x" # nota\n# [[t]]\n'),
        ("v = 'x' # nota\n# [[t]]\n", "v = 'x' # nota\n# [[t]]\n"),
        ("a = 1\n", 'a = 1\nv = "x"\n'),
        ("a = [\n[1],\n]\n", 'a = [\n[1],\n]\nv = "x"\n'),
        ("a = 1\n# nota\n", 'a = 1\n# nota\nv = "x"\n'),
    ],
)
def test_a_new_key_stands_above_every_table_and_no_other_byte_changes(text: str, expected: str) -> None:
    assert with_keys(text, {"v": "x"}) == expected


@given(
    st.lists(st.sampled_from(["# nota", "", "video = 'https://x.mx'", "temas = [\n 'a', # b\n]"]), unique=True),
    st.lists(st.sampled_from(["[[hechos]]\ntexto = 'a'", "[[fuentes]]\nid = 'b' # c", "[otra]\nx = 1"]), unique=True),
    st.sampled_from(["\n", "\r\n"]),
)
def test_setting_a_key_changes_nothing_else(top: list[str], tables: list[str], newline: str) -> None:
    text = newline.join(["titulo = 'M'", *top, *tables, ""]).replace("\n", newline).replace("\r\r", "\r")
    changed = with_keys(text, {"video": "https://y.mx", "version": "estenografica"})
    expected = tomllib.loads(text) | {"video": "https://y.mx", "version": "estenografica"}
    assert tomllib.loads(changed) == expected
    assert text.count("#") == changed.count("#")


def test_nothing_is_overwritten_without_the_order_to(root: Path, received: Path) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    with pytest.raises(CorpusError, match="--reemplazar"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    other = received.with_name("otra.md")
    other.write_text("Otra cosa.")
    with pytest.raises(CorpusError, match=r"transcripcion\.txt"):
        add_file(root, other, MESA, Kind.TRANSCRIPT, to=DIRECT)
    add_file(root, other, MESA, Kind.TRANSCRIPT, replace=True, to=DIRECT)
    assert files_of(root) == ["mesa.toml", "transcripcion.md"]
    other.write_text("Otra versión.")
    assert add_file(root, other, MESA, Kind.TRANSCRIPT, replace=True, to=DIRECT).read_text() == "Otra versión."


def test_replacing_mends_what_had_a_wrong_name(root: Path, received: Path) -> None:
    for name in ("transcripcion.vtt.txt", "Transcripción.TXT", "transcripcion.mp4"):
        (root / "foro/mesa-5-tecnologia" / name).write_text("x")
    add_file(root, received, MESA, Kind.TRANSCRIPT, replace=True, to=DIRECT)
    assert files_of(root) == ["mesa.toml", "transcripcion.txt"]


@pytest.mark.parametrize(
    ("name", "data", "match"),
    [
        ("a.mp4", b"x", "no se conoce"),
        ("a", b"x", "no tiene extensi"),
        ("a.vtt.txt", b"WEBVTT", r"renómbrelo a a\.vtt"),
        ("a.txt", b"", "No se agregó nada"),
        ("a.docx", b"esto no es docx", "No se agregó nada"),
    ],
)
def test_a_file_that_cannot_be_read_never_gets_in(
    root: Path, tmp_path: Path, name: str, data: bytes, match: str
) -> None:
    source = tmp_path / name
    source.write_bytes(data)
    with pytest.raises(CorpusError, match=match):
        add_file(root, source, MESA, Kind.TRANSCRIPT, to=DIRECT)
    assert files_of(root) == ["mesa.toml"]


def test_an_order_that_a_message_gives_is_whole(root: Path) -> None:
    with pytest.raises(CorpusError, match=r'No existe el evento nada: créelo .* nuevo nada --titulo "…" --fecha AAAA'):
        new_session(root, "nada", "mesa-1", "Mesa", to=DIRECT)
    with pytest.raises(CorpusError, match=r'No existe la mesa foro/x: créela .* nuevo foro/x --titulo "…"\Z'):
        page_folder(root, PageId("foro", "x"))
    with pytest.raises(CorpusError, match=r'nuevo EVENTO --titulo "…" --fecha AAAA-MM-DD --corpus CARPETA'):
        read_corpus(root / "nada")


def test_orders_that_make_no_sense_are_refused(root: Path, received: Path) -> None:
    with pytest.raises(CorpusError, match="indexer nuevo foro/mesa-9"):
        add_file(root, received, PageId("foro", "mesa-9"), Kind.TRANSCRIPT, to=DIRECT)
    with pytest.raises(CorpusError, match="indexer nuevo nada"):
        add_file(root, received, PageId("nada", "mesa-9"), Kind.TRANSCRIPT, to=DIRECT)
    with pytest.raises(CorpusError, match="es de una mesa"):
        add_file(root, received, PageId("foro"), Kind.TRANSCRIPT, to=DIRECT)
    with pytest.raises(CorpusError, match="es de un evento"):
        add_file(root, received, MESA, Kind.ANNOUNCEMENT, to=DIRECT)
    with pytest.raises(CorpusError, match="--video"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, keys={"video": "youtu.be/x"}, to=DIRECT)
    with pytest.raises(CorpusError, match="subtitulos_corregidos"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, keys={"version": "final"}, to=DIRECT)
    with pytest.raises(CorpusError, match="son de una transcripción"):
        add_file(root, received, MESA, Kind.DESCRIPTION, keys={"version": "estenografica"}, to=DIRECT)
    with pytest.raises(CorpusError, match="No hay un archivo"):
        add_file(root, received.with_name("nada.txt"), MESA, Kind.TRANSCRIPT, to=DIRECT)
    (root / "foro/mesa-5-tecnologia/mesa.toml").write_text("titulo = Mesa")
    with pytest.raises(CorpusError, match="No se cambió nada"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, keys={"version": "estenografica"}, to=DIRECT)
    assert files_of(root) == ["mesa.toml"]


def test_nothing_is_written_through_a_link_out_of_the_corpus(root: Path, received: Path, tmp_path: Path) -> None:
    shutil.move(root / "foro/mesa-5-tecnologia", tmp_path / "fuera")
    (root / "foro/mesa-5-tecnologia").symlink_to(tmp_path / "fuera")
    for order in (
        lambda: add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT),
        lambda: withdraw(root, MESA, None, "x", to=DIRECT),
        lambda: new_session(root, "foro", "mesa-5-tecnologia", "X", to=DIRECT),
    ):
        with pytest.raises(CorpusError, match="enlace"):
            order()
    assert os.listdir(tmp_path / "fuera") == ["mesa.toml"]


def test_a_full_disk_leaves_the_old_file(root: Path, received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    old = (root / "foro/mesa-5-tecnologia/transcripcion.txt").read_bytes()
    other = received.with_name("otra.md")
    other.write_text("Otra cosa.")
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(CorpusError, match="el disco está lleno"):
        add_file(root, other, MESA, Kind.TRANSCRIPT, replace=True, to=DIRECT)
    assert files_of(root) == ["mesa.toml", "transcripcion.txt"]
    assert (root / "foro/mesa-5-tecnologia/transcripcion.txt").read_bytes() == old


def test_a_crash_between_new_and_old_loses_neither_and_the_order_mends_it(
    root: Path, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    other = received.with_name("otra.md")
    other.write_text("Otra cosa.")
    with monkeypatch.context() as crash:
        crash.setattr(Path, "unlink", broken)
        with pytest.raises(CorpusError):
            add_file(root, other, MESA, Kind.TRANSCRIPT, replace=True, to=DIRECT)
    assert files_of(root) == ["mesa.toml", "transcripcion.md", "transcripcion.txt"]
    assert session_of(root).files.failed == {Kind.TRANSCRIPT}, "so that the last good version goes on serving"
    add_file(root, other, MESA, Kind.TRANSCRIPT, replace=True, to=DIRECT)
    assert files_of(root) == ["mesa.toml", "transcripcion.md"]


def test_a_crash_before_the_toml_leaves_the_file_and_the_old_toml(
    root: Path, received: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing = direct_writer.write_atomic

    def half(path: Path, data: bytes) -> None:
        if path.name == "mesa.toml":
            raise OSError(5, "Input/output error")
        writing(path, data)

    before = (root / "foro/mesa-5-tecnologia/mesa.toml").read_bytes()
    monkeypatch.setattr(direct_writer, "write_atomic", half)
    with pytest.raises(CorpusError):
        add_file(root, received, MESA, Kind.TRANSCRIPT, keys={"version": "estenografica"}, to=DIRECT)
    assert (root / "foro/mesa-5-tecnologia/mesa.toml").read_bytes() == before
    assert read_corpus(root).problems == ()


def test_a_withdrawn_transcript_goes_with_what_quotes_it_and_keeps_its_numbers(root: Path, received: Path) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    add_file(root, received.rename(received.with_name("d.txt")), MESA, Kind.DESCRIPTION, to=DIRECT)
    folder = root / "foro/mesa-5-tecnologia"
    for name in ("hablantes.tsv", "correcciones.tsv", "anclas.tsv"):
        (folder / name).write_text("x")
    (folder / "descripcion.txt").write_text("otra cosa")
    gone = withdraw(root, MESA, Kind.TRANSCRIPT, " A petición\nde parte «x» ", [9, 4, 4], to=DIRECT)
    assert files_of(root) == ["anclas.tsv", "descripcion.txt", "mesa.toml"]
    assert [entry.path.rpartition("/")[2] for entry in gone] == [
        "transcripcion.txt", "correcciones.tsv", "hablantes.tsv",
    ]  # fmt: skip
    assert gone[0].numbers == (4, 9)
    assert gone[0].reason == "A petición de parte «x»"
    snapshot = read_corpus(root)
    assert snapshot.withdrawals == gone
    assert snapshot.problems == ()


def test_what_was_withdrawn_is_not_taken_in_again(root: Path, received: Path) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    withdraw(root, MESA, Kind.TRANSCRIPT, "A petición", to=DIRECT)
    for kind in (Kind.TRANSCRIPT, Kind.DESCRIPTION):
        with pytest.raises(CorpusError, match="A petición"):
            add_file(root, received, MESA, kind, replace=True, to=DIRECT)
    (root / "foro/mesa-5-tecnologia/descripcion.txt").write_bytes(received.read_bytes())
    (problem,) = read_corpus(root).problems
    assert "A petición" in problem.fault


def test_another_text_is_taken_in_where_one_was_withdrawn_and_can_be_named_and_corrected(
    root: Path, received: Path
) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    folder = root / "foro/mesa-5-tecnologia"
    for table in ("hablantes.tsv", "correcciones.tsv"):
        (folder / table).write_text("x")
    withdraw(root, MESA, Kind.TRANSCRIPT, "A petición", [1, 2], to=DIRECT)
    old = received.read_bytes()
    received.write_text("CONSEJERA LUZ PRUEBA: Otras palabras.\n", encoding="utf-8")
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    (folder / "hablantes.tsv").write_text("0:00\tLuz Prueba\n")
    (folder / "correcciones.tsv").write_text("numero\tde\ta\n3\tOtras\tOtra\n")
    snapshot = read_corpus(root)
    assert not [problem for problem in snapshot.problems if "se retiró" in problem.fault]
    assert snapshot.events[0].sessions[0].files.texts.get(Kind.TRANSCRIPT) is not None
    assert snapshot.withdrawals[-3].numbers == (1, 2), "the old addresses still answer 410"
    received.write_bytes(old)
    with pytest.raises(CorpusError, match="A petición"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, replace=True, to=DIRECT)
    (folder / "transcripcion.txt").write_bytes(old)
    assert "A petición" in str(read_corpus(root).problems[0])


def test_another_text_that_turns_up_by_itself_where_one_was_withdrawn_is_not_published(
    root: Path, received: Path
) -> None:
    target = add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    withdraw(root, MESA, Kind.TRANSCRIPT, "A petición", to=DIRECT)
    target.write_text("CONSEJERA LUZ PRUEBA: Una versión anterior.\n", encoding="utf-8")
    (problem,) = read_corpus(root).problems
    assert "A petición" in problem.fault


def test_the_very_text_that_was_withdrawn_comes_back_only_where_it_is_said_and_can_be_withdrawn_again(
    root: Path, received: Path
) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    withdraw(root, MESA, Kind.TRANSCRIPT, "A petición", to=DIRECT)
    with pytest.raises(CorpusError, match="--readmitir"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    add_file(root, received, MESA, Kind.TRANSCRIPT, readmit=True, to=DIRECT)
    assert read_corpus(root).problems == ()
    assert read_corpus(root).events[0].sessions[0].files.texts.get(Kind.TRANSCRIPT) is not None
    withdraw(root, MESA, Kind.TRANSCRIPT, "A petición", to=DIRECT)
    with pytest.raises(CorpusError, match="A petición"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)


def test_a_withdrawal_that_does_not_say_its_bytes_holds_until_it_is_said_otherwise(root: Path, received: Path) -> None:
    entry = '[[retirados]]\nruta = "foro/mesa-5-tecnologia/transcripcion.txt"\nfecha = 2026-01-02\nmotivo = "A mano"\n'
    (root / "retirados.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(CorpusError, match="A mano"):
        add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    add_file(root, received, MESA, Kind.TRANSCRIPT, readmit=True, to=DIRECT)
    assert read_corpus(root).problems == ()


def test_the_announcement_of_an_event_can_be_withdrawn(root: Path, received: Path) -> None:
    add_file(root, received, PageId("foro"), Kind.ANNOUNCEMENT, to=DIRECT)
    (entry,) = withdraw(root, PageId("foro"), Kind.ANNOUNCEMENT, "x", [3], to=DIRECT)
    assert (entry.path, entry.numbers) == ("foro/anuncio.txt", (3,))
    snapshot = read_corpus(root)
    assert snapshot.problems == ()
    assert snapshot.events[0].files.texts.get(Kind.ANNOUNCEMENT) is None


def test_a_withdrawn_session_goes_whole_and_cannot_be_made_again(root: Path, received: Path) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    (root / "foro/mesa-5-tecnologia/_notas  viejas\\x.txt").write_text("x")
    gone = withdraw(root, MESA, None, "Orden judicial", [1, 2], to=DIRECT)
    assert gone[0].path == "foro/mesa-5-tecnologia"
    assert (gone[0].sha256, gone[0].numbers) == (None, (1, 2))
    assert len(gone) == 4
    assert not (root / "foro/mesa-5-tecnologia").exists()
    assert read_corpus(root).problems == ()
    with pytest.raises(CorpusError, match="Orden judicial"):
        new_session(root, "foro", "mesa-5-tecnologia", "Otra vez", to=DIRECT)
    (root / "foro/mesa-5-tecnologia").mkdir()
    (root / "foro/mesa-5-tecnologia/mesa.toml").write_text("titulo = 'M'")
    assert [problem.path for problem in read_corpus(root).problems] == ["foro/mesa-5-tecnologia"]


@pytest.mark.parametrize("kind", [None, Kind.TRANSCRIPT])
def test_a_crash_after_the_record_publishes_nothing_and_the_order_ends_the_work(
    root: Path, received: Path, monkeypatch: pytest.MonkeyPatch, kind: Kind | None
) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    (root / "foro/mesa-5-tecnologia/hablantes.tsv").write_text("x")
    with monkeypatch.context() as crash:
        crash.setattr(shutil, "rmtree", broken)
        crash.setattr(Path, "unlink", broken)
        with pytest.raises(CorpusError, match="disco"):
            withdraw(root, MESA, kind, "A petición", [1], to=DIRECT)
    snapshot = read_corpus(root)
    assert any("A petición" in problem.fault for problem in snapshot.problems)
    assert all(
        not session.files.texts.get(Kind.TRANSCRIPT) and not session.files.failed
        for session in snapshot.events[0].sessions
    )
    recorded = (root / "retirados.toml").read_bytes()
    gone = withdraw(root, MESA, kind, "A petición", [], to=DIRECT)
    assert gone[0].numbers == (1,)
    assert read_corpus(root).problems == ()
    assert withdraw(root, MESA, kind, "A petición", to=DIRECT)[0] == gone[0]
    assert (root / "retirados.toml").read_bytes() == recorded


@pytest.mark.parametrize("kind", [None, Kind.TRANSCRIPT])
def test_withdrawing_again_for_another_reason_records_it_with_the_same_numbers(
    root: Path, received: Path, kind: Kind | None
) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    first = withdraw(root, MESA, kind, "A petición", [1, 2], to=DIRECT)
    again = withdraw(root, MESA, kind, "Orden judicial", to=DIRECT)
    assert [(entry.path, entry.reason, entry.numbers) for entry in again] == [
        (first[0].path, "Orden judicial", (1, 2)),
    ]  # fmt: skip
    snapshot = read_corpus(root)
    assert snapshot.problems == ()
    assert snapshot.withdrawals == (*first, *again)
    relative = f"{first[0].path}/x.txt" if kind is None else first[0].path
    with pytest.raises(CorpusError, match="Orden judicial"):
        admitted(root, relative, first[0].sha256 or "0" * 64, readmit=False)


def test_a_session_withdrawn_after_its_transcript_has_a_reason_of_its_own(root: Path, received: Path) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    withdraw(root, MESA, Kind.TRANSCRIPT, "A petición", [1], to=DIRECT)
    gone = withdraw(root, MESA, None, "Orden judicial", [], to=DIRECT)
    assert (gone[0].path, gone[0].reason) == (str(MESA), "Orden judicial")
    with pytest.raises(CorpusError, match="No hay descripción"):
        withdraw(root, MESA, Kind.DESCRIPTION, "Otro motivo", to=DIRECT)
    reasons = {(entry.path, entry.reason) for entry in read_corpus(root).withdrawals}
    assert {(str(MESA), "Orden judicial"), (f"{MESA}/transcripcion.txt", "A petición")} <= reasons


def test_a_failed_record_removes_nothing(root: Path, received: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    monkeypatch.setattr(direct_writer, "write_atomic", broken)
    with pytest.raises(CorpusError):
        withdraw(root, MESA, None, "x", to=DIRECT)
    assert files_of(root) == ["mesa.toml", "transcripcion.txt"]
    assert not (root / "retirados.toml").exists()


@pytest.mark.parametrize("text", ["no es toml", "retirados = []\n"])
def test_a_record_that_cannot_be_extended_stops_everything(root: Path, received: Path, text: str) -> None:
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    (root / "retirados.toml").write_text(text)
    with pytest.raises(CorpusError, match=r"retirados\.toml"):
        withdraw(root, MESA, None, "x", to=DIRECT)
    assert (root / "retirados.toml").read_text() == text
    assert files_of(root) == ["mesa.toml", "transcripcion.txt"]


def test_earlier_withdrawals_and_their_comments_stay(root: Path, received: Path) -> None:
    old = "\ufeff# lista\n[[retirados]]\nruta = 'viejo/mesa'\nfecha = 2025-01-01\nmotivo = 'y' # nota"
    (root / "retirados.toml").write_text(old)
    add_file(root, received, MESA, Kind.TRANSCRIPT, to=DIRECT)
    withdraw(root, MESA, Kind.TRANSCRIPT, "x", to=DIRECT)
    assert (root / "retirados.toml").read_text().startswith(old.removeprefix("\ufeff"))
    assert [entry.path for entry in read_corpus(root).withdrawals] == [
        "viejo/mesa", "foro/mesa-5-tecnologia/transcripcion.txt",
    ]  # fmt: skip


def test_there_must_be_something_to_withdraw_and_a_reason(root: Path) -> None:
    with pytest.raises(CorpusError, match="No hay transcripción"):
        withdraw(root, MESA, Kind.TRANSCRIPT, "x", to=DIRECT)
    with pytest.raises(CorpusError, match="No hay foro/mesa-9"):
        withdraw(root, PageId("foro", "mesa-9"), None, "x", to=DIRECT)
    with pytest.raises(CorpusError, match="Falta el motivo"):
        withdraw(root, MESA, None, " \n", to=DIRECT)
    with pytest.raises(CorpusError, match="es de un evento"):
        withdraw(root, MESA, Kind.ANNOUNCEMENT, "x", to=DIRECT)
    assert not (root / "retirados.toml").exists()
