"""One file of a whole day becomes the mesas of an event, and is kept once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import history
from indexer.cli import cli
from indexer.corpus.adding import add_file
from indexer.corpus.cuts_file import rows_of
from indexer.corpus.snapshot import read_corpus
from indexer.errors import CorpusError
from indexer.model import Kind, PageId
from indexer.operations.replacement import compare
from indexer.operations.splitting import split_day
from search_app.shown.video import video_link
from tests.corpora import CorpusMaker

VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
SAID = (
    "Abrimos este foro ante la presidencia.",
    "Las casillas se instalan temprano.",
    "Los cómputos distritales empiezan el miércoles siguiente.",
    "Cada paquete electoral llega sellado al consejo.",
    "La paridad obliga también a los ayuntamientos.",
    "Con esto clausuramos los trabajos.",
)
DAY = "WEBVTT\n\n" + "\n\n".join(f"00:{at:02d}:00.000 --> 00:{at:02d}:04.000\n{said}" for at, said in enumerate(SAID))
CUTS = "0:00\t2:00\tmesa-1\t\n2:00\t4:00\t\tCómputos y paquetes\n4:00\t\t\tParidad\n"


@pytest.fixture
def forum(maker: CorpusMaker) -> CorpusMaker:
    """A forum whose programme has one mesa so far."""
    maker.event()
    maker.mesa(title="Apertura", extra="numero = 1\n")
    maker.update()
    return maker


def split(maker: CorpusMaker, cuts: str = CUTS, day: str = DAY, suffix: str = "vtt", **told: object) -> list[str]:
    source = maker.corpus.parent / f"dia.{suffix}"
    source.write_text(day, encoding="utf-8")
    with history.step(maker.corpus, "ana", "terminal", "partir", PageId("foro")) as taken:
        made = split_day(taken, maker.settings, "foro", source, rows_of(cuts, "cortes.tsv"), told)
    return [str(page) for page in made]


def texts(maker: CorpusMaker, page: str) -> str:
    return " ".join(passage.text for passage in maker.passages(page))


def problems(maker: CorpusMaker) -> list[str]:
    return [str(problem) for problem in read_corpus(maker.corpus).problems]


def files(maker: CorpusMaker) -> dict[str, bytes]:
    found = (path for path in maker.corpus.rglob("*") if path.is_file())
    named = {path.relative_to(maker.corpus).as_posix(): path.read_bytes() for path in found}
    return {name: data for name, data in named.items() if not name.startswith("_") and "anclas" not in name}


def test_each_part_is_a_mesa_and_the_file_is_there_once(forum: CorpusMaker) -> None:
    assert split(forum, video=VIDEO, video_inicio_s=30, fecha=dt.date(2025, 12, 4)) == [
        "foro/mesa-1", "foro/computos-y-paquetes", "foro/paridad",
    ]  # fmt: skip
    assert forum.update().problems == ()
    assert texts(forum, "foro/mesa-1") == " ".join(SAID[:2])
    assert texts(forum, "foro/computos-y-paquetes") == " ".join(SAID[2:4])
    assert texts(forum, "foro/paridad") == " ".join(SAID[4:])
    assert [name for name, data in files(forum).items() if data == DAY.encode()] == ["foro/jornada-1.vtt"]
    said = forum.passages("foro/paridad")[0]
    event = read_corpus(forum.corpus).events[0]
    session = next(one.session for one in event.sessions if one.slug == "paridad")
    assert (said.number, said.start_s) == (1, 240.0)
    assert video_link(session, said) == (f"{VIDEO}&t=270", 270)
    assert session is not None
    assert session.date == dt.date(2025, 12, 4)


def test_undoing_gives_back_every_byte(forum: CorpusMaker) -> None:
    before = files(forum)
    split(forum)
    with history.step(forum.corpus, "ana", "terminal", "deshacer", None) as taken:
        history.Undoing(forum.corpus, taken.read).take_back(taken, 1)
    assert files(forum) == before


def test_a_mesa_is_found_by_its_number_or_title_and_the_same_day_can_be_cut_anew(forum: CorpusMaker) -> None:
    assert split(forum, "0:00\t2:00\t1\t\n2:00\t\tparidad\tLa paridad\n") == ["foro/mesa-1", "foro/paridad"]
    assert split(forum, "0:00\t1:00\t\tAPERTURA\n3:00\t\tla paridad\n") == ["foro/mesa-1", "foro/paridad"]
    forum.update()
    assert texts(forum, "foro/mesa-1") == SAID[0]
    assert texts(forum, "foro/paridad").startswith(SAID[3])
    assert sum(name.startswith("foro/jornada") for name in files(forum)) == 1


@pytest.mark.parametrize(
    ("cuts", "said"),
    [
        ("0:00\t2:00\tmesa-1\n1:00\t3:00\tmesa-2\tDos\n", "cortes.tsv:2: empieza en 1:00"),
        ("0:00\t2:00\tmesa-1\n3:00\t\t1\n", "cortes.tsv:2: la mesa mesa-1 ya está en cortes.tsv:1"),
        ("", "no hay ningún corte"),
    ],
)
def test_cuts_that_are_no_good_change_nothing(forum: CorpusMaker, cuts: str, said: str) -> None:
    before = files(forum)
    with pytest.raises(CorpusError, match=said):
        split(forum, cuts)
    assert files(forum) == before


def test_a_transcript_without_times_is_refused_with_the_cure(forum: CorpusMaker) -> None:
    with pytest.raises(CorpusError, match=r"no trae tiempos.*use los subtítulos del video"):
        split(forum, day="MODERADORA: Buenas tardes.\n\nEVA PRUEBA: Gracias.\n", suffix="txt")


def test_a_mesa_that_has_its_own_text_is_not_taken(forum: CorpusMaker) -> None:
    forum.mesa(transcripcion_txt="EVA PRUEBA: Lo que se dijo.\n")
    with pytest.raises(CorpusError, match=r"cortes\.tsv:1: foro/mesa-1 ya tiene transcripcion\.txt"):
        split(forum)


def test_an_official_text_of_one_part_takes_its_seconds_from_the_day(forum: CorpusMaker, tmp_path: Path) -> None:
    split(forum)
    official = tmp_path / "version.txt"
    official.write_text(f"EVA PRUEBA: {SAID[2]}\n\nLUIS RUIZ: {SAID[3]}\n", encoding="utf-8")
    page = PageId("foro", "computos-y-paquetes")
    with (
        pytest.raises(CorpusError, match=r"ya tiene jornada-1\.vtt"),
        history.step(forum.corpus, "ana", "terminal", "agregar", page) as taken,
    ):
        add_file(forum.corpus, official, page, Kind.TRANSCRIPT, to=taken)
    with history.step(forum.corpus, "ana", "terminal", "reemplazar", page) as taken:
        add_file(forum.corpus, official, page, Kind.TRANSCRIPT, replace=True, to=taken)
    assert forum.update().problems == ()
    assert [(one.person, one.start_s) for one in forum.passages(str(page))] == [
        ("Eva Prueba", 120.0),
        ("Luis Ruiz", 180.0),
    ]


@pytest.mark.parametrize(
    ("begins", "video", "link"), [(0, None, "&t=150"), (120, None, "&t=150"), (0, "https://youtu.be/otro", "?t=0")]
)
def test_a_text_with_its_own_times_leaves_the_day(
    forum: CorpusMaker, tmp_path: Path, begins: int, video: str | None, link: str
) -> None:
    split(forum, video=VIDEO, video_inicio_s=30)
    page = PageId("foro", "computos-y-paquetes")
    own = tmp_path / "mesa.vtt"
    own.write_text(
        f"WEBVTT\n\n00:{begins // 60:02d}:00.000 --> 00:{begins // 60:02d}:20.000\nOtros subtítulos.\n",
        encoding="utf-8",
    )
    told = compare(forum.settings, own, Kind.TRANSCRIPT, page, None)
    with history.step(forum.corpus, "ana", "terminal", "reemplazar", page) as taken:
        add_file(forum.corpus, own, page, Kind.TRANSCRIPT, keys={"video": video}, replace=True, to=taken)
    assert forum.update().problems == ()
    assert texts(forum, str(page)) == "Otros subtítulos."
    assert [one["despues"] for one in told["diferencias"] if one["despues"]] == ["Otros subtítulos."]
    session = next(one.session for one in read_corpus(forum.corpus).events[0].sessions if one.slug == page.session)
    assert (video_link(session, forum.passages(str(page))[0])[0] or "").endswith(link)


def test_a_day_that_is_not_there_or_that_nobody_uses_is_told(forum: CorpusMaker) -> None:
    split(forum)
    (forum.corpus / "foro" / "jornada-1.vtt").rename(forum.corpus / "foro" / "jornada-2.vtt")
    told = problems(forum)
    assert sum("«jornada» nombra jornada-1.vtt, que no está" in one for one in told) == 3
    assert any("jornada-2.vtt: ninguna mesa es parte de este archivo" in one for one in told)


def withdraw(maker: CorpusMaker, *words: str) -> None:
    places = [f"--corpus={maker.corpus}", f"--indice={maker.settings.index}", "--motivo=A petición de quien habla"]
    result = CliRunner().invoke(cli, ["retirar", *places, *words])
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("what", ["foro/mesa-1", "foro/mesa-1#p1"])
def test_what_is_withdrawn_of_a_mesa_is_in_no_file_of_the_day_either(forum: CorpusMaker, what: str) -> None:
    split(forum)
    forum.update()
    before = forum.passages("foro/paridad")
    withdraw(forum, what)
    everything = [path for root in (forum.corpus, forum.settings.index) for path in root.rglob("*") if path.is_file()]
    assert not [path for path in everything if SAID[0].encode() in path.read_bytes() or path.name == "jornada-1.vtt"]
    assert forum.passages("foro/paridad") == before
    assert SAID[2] in texts(forum, "foro/computos-y-paquetes")
    assert problems(forum) == []
    with pytest.raises(CorpusError, match=r"jornada-1\.vtt: se retiró el"):
        split(forum, CUTS.replace("mesa-1\t", "mesa-9\tNueve"))


def test_a_part_goes_to_another_event_once_the_day_is_divided(forum: CorpusMaker) -> None:
    split(forum)
    forum.event("otro")
    forum.update()
    before = forum.passages("foro/paridad")
    places = [f"--corpus={forum.corpus}", f"--indice={forum.settings.index}"]

    def order(*words: str) -> Result:
        return CliRunner().invoke(cli, [words[0], *places, *words[1:]])

    held = order("mover", "foro/paridad", "otro/paridad")
    assert "partir --dividir foro/paridad" in str(held.exception)
    assert order("mover", "foro/paridad", "foro/la-paridad").exit_code == 0
    assert forum.passages("foro/la-paridad") == before
    assert order("partir", "--dividir", "foro/la-paridad").exit_code == 0
    assert order("mover", "foro/la-paridad", "otro/paridad").exit_code == 0
    assert forum.passages("otro/paridad") == before
    assert order("partir", "--dividir", "otro/paridad").exit_code == 1


def test_a_part_that_only_gave_its_seconds_goes_on_giving_them(forum: CorpusMaker, tmp_path: Path) -> None:
    split(forum)
    page = PageId("foro", "computos-y-paquetes")
    official = tmp_path / "version.txt"
    official.write_text(f"EVA PRUEBA: {SAID[2]}\n\nLUIS RUIZ: {SAID[3]}\n", encoding="utf-8")
    with history.step(forum.corpus, "ana", "terminal", "reemplazar", page) as taken:
        add_file(forum.corpus, official, page, Kind.TRANSCRIPT, replace=True, to=taken)
    forum.update()
    before = forum.passages(str(page))
    withdraw(forum, "foro/paridad")
    assert (forum.corpus / "foro" / "computos-y-paquetes" / "subtitulos.vtt").exists()
    assert forum.passages(str(page)) == before
