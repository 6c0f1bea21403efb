"""A corpus is walked whole: what is good is there, what is not is said, all at once, with its cure."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.corpus import folders
from indexer.corpus.snapshot import CorpusSnapshot, EventFolder, SessionFolder, read_corpus
from indexer.durable import sha256_of
from indexer.errors import CorpusError, Problem
from indexer.model import Kind
from indexer.model.session import Withdrawal

EVENT = 'titulo = "Foro"\ninicio = 2025-12-04\nfin = 2025-12-05\n'


class Corpus:
    """A corpus under a folder of the test."""

    def __init__(self, root: Path) -> None:
        self.root = root / "corpus"
        self.root.mkdir()

    def write(self, name: str, text: str | bytes = "x") -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def event(self, slug: str = "foro") -> None:
        self.write(f"{slug}/evento.toml", EVENT)

    def mesa(self, slug: str, *lines: str, event: str = "foro") -> None:
        self.write(f"{event}/{slug}/mesa.toml", "\n".join((f'titulo = "{slug}"', *lines)))

    def load(self) -> CorpusSnapshot:
        return read_corpus(self.root)

    def only_event(self) -> EventFolder:
        (event,) = self.load().events
        return event

    def only_session(self) -> SessionFolder:
        (session,) = self.only_event().sessions
        return session

    def problems(self) -> list[Problem]:
        return list(self.load().problems)

    def only_problem(self) -> Problem:
        found = self.problems()
        assert len(found) == 1, found
        return found[0]


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


@pytest.fixture
def mesa(corpus: Corpus) -> Corpus:
    """A corpus of one event and one session, without a fault."""
    corpus.event()
    corpus.mesa("mesa-1")
    return corpus


def test_a_good_corpus_has_its_files_and_no_problem(mesa: Corpus) -> None:
    mesa.write("foro/anuncio.md", "Anuncio")
    mesa.write("foro/anclas.tsv", "números")
    mesa.write("foro/mesa-1/descripcion.txt", "De qué")
    mesa.write("foro/mesa-1/transcripcion.VTT", "WEBVTT")
    mesa.write("foro/mesa-1/hablantes.tsv", "0\tX")
    mesa.write("LEEME.md", "para personas")
    mesa.write("_plantilla/mesa.toml", "cualquier [ cosa")
    mesa.write("foro/.DS_Store", "cosa")
    snapshot = mesa.load()
    assert snapshot.problems == ()
    assert len(snapshot.edition) == 12
    (event,) = snapshot.events
    (session,) = event.sessions
    assert event.event is not None
    assert event.event.title == "Foro"
    assert event.files.texts.get(Kind.ANNOUNCEMENT) is not None
    assert event.files.texts[Kind.ANNOUNCEMENT].relative == "foro/anuncio.md"
    assert event.files.anchors == "números"
    assert session.files.texts.get(Kind.TRANSCRIPT) is not None
    assert session.files.texts[Kind.TRANSCRIPT].path.name == "transcripcion.VTT"
    assert session.files.texts.get(Kind.DESCRIPTION) is not None
    assert session.files.speakers is not None
    assert not session.files.failed
    assert not session.faulty
    assert snapshot.topics == ()
    assert snapshot.entities


def test_a_root_that_is_not_there_says_the_cure(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="--corpus"):
        read_corpus(tmp_path / "nada")
    (tmp_path / "archivo").write_text("x")
    with pytest.raises(CorpusError, match="no es una carpeta"):
        read_corpus(tmp_path / "archivo")


def test_an_empty_corpus_is_no_fault(corpus: Corpus) -> None:
    snapshot = corpus.load()
    assert (snapshot.events, snapshot.problems) == ((), ())


def test_every_problem_of_every_file_is_told_at_once_and_sorted(corpus: Corpus) -> None:
    corpus.event()
    corpus.mesa("mesa-1", "numero = 'a'", "fechas = 2025-12-04")
    corpus.mesa("mesa-2", "version = 'x'")
    corpus.write("foro/mesa-3/mesa.toml", "titulo = Mesa")
    corpus.write("foro/mesa-4/mesa.toml", "título = 'M'".encode("cp1252"))
    corpus.write("personas.toml", "[[personas]]\n")
    corpus.write("redirecciones.toml", "a = 5")
    corpus.write("retirados.toml", "[[retirados]]\nfecha = 2025-12-04")
    corpus.write("malo/evento.toml", "")
    found = corpus.problems()
    assert found == sorted(found)
    assert {problem.path for problem in found if problem.severity == "error"} == {
        "foro/mesa-1/mesa.toml",
        "foro/mesa-2/mesa.toml",
        "foro/mesa-3/mesa.toml:1",
        "foro/mesa-4/mesa.toml:1",
        "malo/evento.toml",
        "personas.toml",
        "redirecciones.toml",
        "retirados.toml",
    }


def test_what_can_be_published_is_there_in_spite_of_faults_beside_it(corpus: Corpus) -> None:
    corpus.event()
    corpus.mesa("mesa-1", "numero = 'a'")
    corpus.write("foro/mesa-2/mesa.toml", "no es toml")
    corpus.write("foro/mesa-2/transcripcion.txt", "texto")
    one, two = corpus.only_event().sessions
    assert one.session is not None
    assert one.session.number is None
    assert one.faulty
    assert two.session is None
    assert two.files.texts.get(Kind.TRANSCRIPT) is not None


def test_a_bom_is_accepted(corpus: Corpus) -> None:
    corpus.write("foro/evento.toml", b"\xef\xbb\xbf" + EVENT.encode())
    assert corpus.problems() == []


def test_two_sessions_with_one_number_are_an_error_of_each_that_names_the_other(corpus: Corpus) -> None:
    corpus.event()
    corpus.event("otro")
    for slug in ("mesa-a", "mesa-b"):
        corpus.mesa(slug, "numero = 3")
    corpus.mesa("mesa-c", "numero = 3", event="otro")
    one, two = corpus.problems()
    assert (one.path, two.path) == ("foro/mesa-a/mesa.toml", "foro/mesa-b/mesa.toml")
    assert "mesa-b" in one.fault
    assert "mesa-a" in two.fault
    assert [session.session and session.session.number for session in corpus.load().events[0].sessions] == [3, 3]


@pytest.mark.parametrize("slug", ["buscar", "api", "en-contexto", "p12", "p1"])
@pytest.mark.parametrize("place", ["{}", "foro/{}"])
def test_a_reserved_name_is_an_error_at_both_levels(mesa: Corpus, slug: str, place: str) -> None:
    folder = place.format(slug)
    mesa.write(f"{folder}/evento.toml", EVENT)
    problem = mesa.only_problem()
    assert problem.path == folder
    assert problem.severity == "error"
    assert f"-{slug.removeprefix('p') if slug.startswith('p') else slug}" in problem.cure


@pytest.mark.parametrize(
    ("name", "better"), [("Mesa 2", "mesa-2"), ("innovación", "innovacion"), ("año", "ano"), ("¿?", "mesa-1")]
)
def test_a_bad_name_of_a_folder_gets_a_good_one(mesa: Corpus, name: str, better: str) -> None:
    mesa.write(f"foro/{name}/mesa.toml", 'titulo = "M"')
    assert better in mesa.only_problem().cure
    assert len(mesa.only_event().sessions) == 1


@pytest.mark.parametrize(
    ("name", "fault", "cure"),
    [
        ("transcripcion.vtt.txt", "dos extensiones", "renómbrelo a transcripcion.vtt"),
        ("transcripcion.txt.txt", "dos extensiones", "renómbrelo a transcripcion.txt"),
        ("Transcripción.VTT.txt", "dos extensiones", "renómbrelo a transcripcion.vtt"),
        ("transcripcion.es.vtt", "más de un punto", "renómbrelo a transcripcion.vtt"),
        ("transcripcion.mp4", ".mp4 no se conoce", ".docx"),
        ("transcripcion.doc", ".doc no se conoce", "guárdelo como transcripcion.docx"),
        ("transcripcion", "no tiene extensión", ".txt"),
    ],
)
def test_a_text_with_a_wrong_extension_fails_its_kind(mesa: Corpus, name: str, fault: str, cure: str) -> None:
    mesa.write(f"foro/mesa-1/{name}")
    problem = mesa.only_problem()
    assert problem.path == f"foro/mesa-1/{name}"
    assert fault in problem.fault
    assert cure in problem.cure
    assert problem.severity == "error"
    session = mesa.only_session()
    assert session.files.texts.get(Kind.TRANSCRIPT) is None
    assert session.files.failed == {Kind.TRANSCRIPT}


def test_a_wrong_extension_beside_a_good_file_is_told_and_the_good_one_serves(mesa: Corpus) -> None:
    mesa.write("foro/mesa-1/transcripcion.mp4")
    mesa.write("foro/mesa-1/transcripcion.txt")
    assert mesa.only_problem().path.endswith(".mp4")
    assert mesa.only_session().files.texts.get(Kind.TRANSCRIPT) is not None
    assert not mesa.only_session().files.failed


def test_two_files_of_one_kind_are_an_error_and_none_is_chosen(mesa: Corpus) -> None:
    mesa.write("foro/mesa-1/transcripcion.txt")
    mesa.write("foro/mesa-1/transcripcion.vtt")
    mesa.write("foro/mesa-1/descripcion.txt")
    problem = mesa.only_problem()
    assert problem.path == "foro/mesa-1"
    assert "transcripcion.txt y transcripcion.vtt" in problem.fault
    session = mesa.only_session()
    assert session.files.texts.get(Kind.TRANSCRIPT) is None
    assert session.files.failed == {Kind.TRANSCRIPT}
    assert session.files.texts.get(Kind.DESCRIPTION) is not None


def test_a_name_with_an_accent_or_capitals_is_taken_for_what_it_means(mesa: Corpus) -> None:
    mesa.write("foro/mesa-1/Transcripción.TXT")
    mesa.write("foro/mesa-1/Descripcio\u0301n.txt")
    mesa.write("foro/Anuncio.md")
    assert mesa.problems() == []
    assert mesa.only_session().files.texts.get(Kind.TRANSCRIPT) is not None
    assert mesa.only_session().files.texts.get(Kind.DESCRIPTION) is not None


@pytest.mark.parametrize(
    ("name", "cure"),
    [
        ("foro/mesa-1/foto.jpg", "antepóngale _"),
        ("foro/mesa-1/trascripcion.docx", "renómbrelo a transcripcion.docx"),
        ("foro/mesa-1/anuncio.txt", "va en la carpeta del evento"),
        ("foro/transcripcion.txt", "va en la carpeta de una mesa"),
        ("nota.txt", "antepóngale _"),
    ],
)
def test_a_file_that_nothing_uses_is_a_warning(mesa: Corpus, name: str, cure: str) -> None:
    mesa.write(name)
    problem = mesa.only_problem()
    assert problem.path == name
    assert problem.severity == "aviso"
    assert cure in problem.cure


@pytest.mark.parametrize(
    ("name", "meant"), [("Retirados.toml", "retirados.toml"), ("vocabulario.toml.txt", "vocabulario.toml")]
)
def test_a_table_of_the_root_with_a_wrong_name_is_an_error(mesa: Corpus, name: str, meant: str) -> None:
    mesa.write(name)
    assert mesa.only_problem() == Problem(name, "el nombre no es el debido, así que no se usa", f"renómbrelo a {meant}")


def test_a_table_with_a_hidden_extension_is_an_error(mesa: Corpus) -> None:
    (mesa.root / "foro/mesa-1/mesa.toml").rename(mesa.root / "foro/mesa-1/mesa.toml.txt")
    problem = mesa.only_problem()
    assert "renómbrelo a mesa.toml;" in problem.cure
    assert mesa.only_session().session is None


def test_folders_without_their_toml_say_what_to_write(corpus: Corpus) -> None:
    corpus.write("foro/anuncio.txt")
    corpus.write("foro/mesa-1/transcripcion.txt")
    one, two = corpus.problems()
    assert (one.path, one.fault) == ("foro", "falta evento.toml")
    assert "inicio = 2025-12-04" in one.cure
    assert (two.path, two.fault) == ("foro/mesa-1", "falta mesa.toml")
    assert "python -m indexer nuevo foro/mesa-1" in two.cure
    event = corpus.only_event()
    assert event.event is None
    assert event.files.texts.get(Kind.ANNOUNCEMENT) is not None
    assert event.sessions[0].session is None


def test_empty_folders_and_folders_in_a_session_are_warnings(mesa: Corpus) -> None:
    (mesa.root / "vacia").mkdir()
    (mesa.root / "foro/mesa-2").mkdir()
    mesa.write("foro/mesa-2/anclas.tsv")
    mesa.write("foro/mesa-1/fotos/una.jpg")
    found = mesa.problems()
    assert [(problem.path, problem.severity) for problem in found] == [
        ("foro/mesa-1/fotos", "aviso"),
        ("foro/mesa-2", "aviso"),
        ("vacia", "aviso"),
    ]
    assert len(mesa.only_event().sessions) == 1


def test_links_out_of_the_corpus_are_never_read(mesa: Corpus, tmp_path: Path) -> None:
    outside = tmp_path / "fuera"
    outside.mkdir()
    (outside / "mesa.toml").write_text('titulo = "Secreto"')
    (outside / "transcripcion.txt").write_text("secreto")
    (mesa.root / "foro/mesa-1/transcripcion.txt").symlink_to(outside / "transcripcion.txt")
    (mesa.root / "foro/mesa-2").symlink_to(outside)
    (mesa.root / "foro/mesa-3").mkdir()
    (mesa.root / "foro/mesa-3/mesa.toml").symlink_to(outside / "mesa.toml")
    (mesa.root / "otro").symlink_to(outside)
    (mesa.root / "personas.toml").symlink_to(outside / "mesa.toml")
    snapshot = mesa.load()
    assert [(problem.path, problem.severity) for problem in snapshot.problems] == [
        ("foro/mesa-1/transcripcion.txt", "error"),
        ("foro/mesa-2", "error"),
        ("foro/mesa-3/mesa.toml", "error"),
        ("otro", "error"),
        ("personas.toml", "error"),
    ]
    assert all("enlace" in problem.fault for problem in snapshot.problems)
    foro, otro = snapshot.events
    one, two, three = foro.sessions
    assert one.files.failed == {Kind.TRANSCRIPT}
    assert two.session is None
    assert two.files.failed == {Kind.TRANSCRIPT, Kind.DESCRIPTION}
    assert three.session is None
    assert otro.unreadable
    assert snapshot.broken == {"personas.toml"}
    assert "ecreto" not in str(snapshot)


def test_links_inside_the_corpus_are_followed(mesa: Corpus) -> None:
    mesa.write("_archivo/largo.txt", "texto")
    (mesa.root / "foro/mesa-1/transcripcion.txt").symlink_to("../../_archivo/largo.txt")
    assert mesa.problems() == []
    assert mesa.only_session().files.texts.get(Kind.TRANSCRIPT) is not None


def test_broken_links_and_pipes_and_folders_in_place_of_a_text_are_errors(mesa: Corpus) -> None:
    (mesa.root / "foro/mesa-1/transcripcion.txt").symlink_to("nada.txt")
    os.mkfifo(mesa.root / "foro/mesa-1/descripcion.txt")
    paths = {problem.path: problem.severity for problem in mesa.problems()}
    assert paths == {"foro/mesa-1/transcripcion.txt": "error", "foro/mesa-1/descripcion.txt": "error"}
    assert mesa.only_session().files.failed == {Kind.TRANSCRIPT, Kind.DESCRIPTION}


def test_a_file_without_permission_fails_its_kind(mesa: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    path = mesa.write("foro/mesa-1/transcripcion.txt")

    def refused(place: str | Path) -> str:
        if Path(place) == path:
            raise PermissionError(13, "Permission denied", str(place))
        return sha256_of(place)

    monkeypatch.setattr(folders, "sha256_of", refused)
    problem = mesa.only_problem()
    assert "permiso denegado" in problem.fault
    assert mesa.only_session().files.failed == {Kind.TRANSCRIPT}


def test_a_folder_that_cannot_be_listed_keeps_what_it_held(mesa: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    scanning = os.scandir
    closed = {mesa.root / "foro"}

    def refused(path: Path) -> object:
        if Path(path) in closed:
            raise PermissionError(13, "Permission denied", str(path))
        return scanning(path)

    monkeypatch.setattr(folders.os, "scandir", refused)
    assert mesa.only_event().unreadable
    assert "permiso denegado" in mesa.only_problem().fault
    closed.add(mesa.root / "foro/mesa-1")
    closed.remove(mesa.root / "foro")
    assert mesa.only_session().files.failed == {Kind.TRANSCRIPT, Kind.DESCRIPTION}
    assert mesa.only_session().session is None


def test_a_name_that_is_not_utf8_can_be_shown(mesa: Corpus) -> None:
    (mesa.root / os.fsdecode(b"foro/mesa-1/a\xf1o\n.txt")).write_bytes(b"x")
    str(mesa.only_problem()).encode()
    assert mesa.only_problem().path == "foro/mesa-1/a\ufffdo\ufffd.txt"


def test_anchors_that_are_no_text_are_a_warning(mesa: Corpus) -> None:
    mesa.write("foro/mesa-1/anclas.tsv", b"\0\xff")
    assert mesa.only_problem().severity == "aviso"
    assert mesa.only_session().files.anchors is None


RETIRED = '[[retirados]]\nruta = "{}"\n{}fecha = 2026-01-02\nmotivo = "A petición"\n'


def test_what_was_withdrawn_does_not_come_back_by_its_path(mesa: Corpus) -> None:
    mesa.write("foro/mesa-1/transcripcion.txt")
    mesa.write("retirados.toml", RETIRED.format("foro/mesa-1/transcripcion.txt", ""))
    problem = mesa.only_problem()
    assert problem.path == "foro/mesa-1/transcripcion.txt"
    assert "2026-01-02" in problem.fault
    assert "A petición" in problem.fault
    session = mesa.only_session()
    assert session.files.texts.get(Kind.TRANSCRIPT) is None
    assert not session.files.failed, "its last version must not go on serving"


def test_what_was_withdrawn_does_not_come_back_elsewhere(mesa: Corpus) -> None:
    path = mesa.write("foro/mesa-1/transcripcion.txt", "lo dicho")
    digest = mesa.only_session().files.texts.get(Kind.TRANSCRIPT)
    assert digest is not None
    path.unlink()
    mesa.write("retirados.toml", RETIRED.format("x/y/descripcion.md", f'sha256 = "{digest.sha256}"\n'))
    mesa.write("foro/mesa-1/descripcion.md", "lo dicho")
    problem = mesa.only_problem()
    assert problem.path == "foro/mesa-1/descripcion.md"
    assert "x/y/descripcion.md" in problem.fault


def test_a_withdrawn_session_is_not_there_whatever_its_folder_holds(mesa: Corpus) -> None:
    mesa.write("retirados.toml", RETIRED.format("foro/mesa-1", ""))
    assert mesa.only_problem().path == "foro/mesa-1"
    assert mesa.only_event().sessions == ()


def test_what_was_withdrawn_holds_while_its_list_is_unreadable(mesa: Corpus) -> None:
    mesa.write("retirados.toml", "no es toml")
    day = mesa.load().withdrawals
    assert day == ()
    last = mesa.only_event().event
    assert last is not None
    entry = Withdrawal("foro/mesa-1", None, last.start, "A petición")
    snapshot = read_corpus(mesa.root, last_withdrawals=[entry])
    assert snapshot.withdrawals == (entry,)
    assert snapshot.events[0].sessions == ()
    assert snapshot.broken == {"retirados.toml"}


def test_redirects_to_nowhere_or_from_a_page_that_is_there_are_warnings(mesa: Corpus) -> None:
    mesa.write("redirecciones.toml", '"foro/vieja" = "foro/mesa-1"\nfaro = "nada"\n"foro/mesa-1" = "foro"')
    snapshot = mesa.load()
    assert {problem.severity for problem in snapshot.problems} == {"aviso"}
    assert len(snapshot.problems) == 2
    assert snapshot.redirects["foro/vieja"] == "foro"


def test_a_broken_vocabulary_is_none_and_no_topic_is_doubted(mesa: Corpus) -> None:
    mesa.mesa("mesa-1", 'temas = ["prep"]')
    mesa.write("vocabulario.toml", "no es toml")
    snapshot = mesa.load()
    assert snapshot.topics is None
    assert [problem.severity for problem in snapshot.problems] == ["error"]


def test_captions_that_call_themselves_official_are_a_warning(mesa: Corpus) -> None:
    mesa.mesa("mesa-1", 'version = "estenografica"')
    mesa.write("foro/mesa-1/transcripcion.srt")
    assert "subtítulos" in mesa.only_problem().fault
    assert mesa.only_problem().severity == "aviso"


def test_an_entity_that_nobody_knows_is_a_warning(mesa: Corpus) -> None:
    one, two = '[[participantes]]\nnombre="Uno"\nentidad="ieem"', '[[participantes]]\nnombre="Dos"\nentidad="zz"'
    mesa.mesa("mesa-1", one, two)
    assert "«zz» de Dos" in mesa.only_problem().fault
    assert mesa.only_problem().severity == "aviso"


@pytest.mark.parametrize("name", ["vocabulario.toml", "entidades.toml", "personas.toml", "redirecciones.toml"])
@pytest.mark.parametrize("data", [b"x = " + b"[" * 5000, b"\xff\xfea\0", b"a = 1\na = 2", b"x = 0x" + b"f" * 9000])
def test_a_table_of_the_root_that_is_nonsense_is_a_problem_and_no_more(mesa: Corpus, name: str, data: bytes) -> None:
    mesa.write(name, data)
    found = mesa.problems()
    assert found
    assert all(problem.path.startswith(name) for problem in found)
    assert mesa.only_session().session is not None


NAMES = st.sampled_from(
    ["foro", "mesa-1", "Mesa 2", "p4", "api", "evento.toml", "mesa.toml", "mesa.toml.txt", "anuncio.txt", "anclas.tsv",
     "transcripcion.vtt", "transcripcion.txt", "transcripción.TXT", "transcripcion.vtt.txt", "transcripcion",
     "hablantes.tsv", "correcciones.tsv", "descripcion.mp4", "retirados.toml", "vocabulario.toml", "_x", ".y", "ñ\n"]
)  # fmt: skip
CONTENT = st.binary(max_size=20) | st.sampled_from([EVENT.encode(), b"titulo = 'M'\nnumero = 1", b"[[retirados]]"])
TREES = st.recursive(
    st.dictionaries(NAMES, CONTENT, max_size=4),
    lambda inner: st.dictionaries(NAMES, CONTENT | inner, max_size=4),
    max_leaves=10,
)


def grow(folder: Path, tree: dict[str, object]) -> None:
    for name, content in tree.items():
        if isinstance(content, bytes):
            (folder / name).write_bytes(content)
        elif isinstance(content, dict):
            (folder / name).mkdir()
            grow(folder / name, content)


@settings(max_examples=40, deadline=None)
@given(TREES)
def test_no_tree_whatever_makes_the_walk_raise(tree: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        grow(Path(folder), tree)
        snapshot = read_corpus(Path(folder))
    assert all(problem.path and problem.fault and problem.cure for problem in snapshot.problems)
    for event in snapshot.events:
        for session in event.sessions:
            assert not [kind for kind in session.files.failed if kind in session.files.texts]
