"""The shipped corpus keeps its promises: a dossier of the real forum, and a demonstration that says it is one."""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.corpus.page_toml import EVENT_KEYS, SESSION_KEYS
from indexer.corpus.snapshot import read_corpus
from indexer.language.spanish import fold
from indexer.model import Certainty, Kind
from indexer.model.transcript import Document
from indexer.readers import read

ROOT = Path(__file__).resolve().parents[2] / "corpus"
SHIPPED = {"foro-ieem-2025", "demostracion", "_plantilla"}
FORUM = ROOT / "foro-ieem-2025"
DEMONSTRATION = ROOT / "demostracion"

FORUM_TOML = [FORUM / "evento.toml", *sorted(FORUM.glob("*/mesa.toml"))]
TRANSCRIPTS = sorted(DEMONSTRATION.glob("*/transcripcion.*"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def table(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def transcript(path: Path) -> Document:
    return read(path, Kind.TRANSCRIPT)


def spoken(path: Path) -> str:
    return " ".join(block.text for block in transcript(path).blocks)


def forum_text() -> str:
    """Everything of the forum that a search can find: its texts and its facts."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FORUM.rglob("*.md"))]
    facts = [fact["texto"] for path in FORUM_TOML for fact in table(path)["hechos"]]
    return "\n".join(texts + facts)


def test_the_shipped_corpus_has_nothing_to_mend() -> None:
    """Neither an error nor a warning: newcomers see a clean first run. What somebody added beside it is theirs."""
    added = {path.name for path in ROOT.iterdir() if path.is_dir()} - SHIPPED
    problems = [str(p) for p in read_corpus(ROOT).problems if p.path.partition("/")[0] not in added]
    assert problems == []


def test_no_own_text_is_written_in_two_byte_forms() -> None:
    """UTF-8 without a BOM and with plain line ends, whatever machine it was written on."""
    own = [
        path
        for path in ROOT.rglob("*")
        if path.suffix in (".toml", ".md", ".tsv")
        and (path.parent == ROOT or path.relative_to(ROOT).parts[0] in SHIPPED)
    ]
    assert own
    for path in own:
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf"), name_of(path)
        assert b"\r" not in data, name_of(path)
        assert data.endswith(b"\n"), name_of(path)


# The forum


def test_the_forum_has_its_six_mesas_in_order() -> None:
    """1 and 2 are numbered by the sources, 3 to 6 by inference, and each says which."""
    mesas = [table(path) for path in FORUM_TOML[1:]]
    assert [(mesa["numero"], mesa.get("numero_inferido", False)) for mesa in mesas] == [
        (1, False), (2, False), (3, True), (4, True), (5, True), (6, True),
    ]  # fmt: skip


@pytest.mark.parametrize("path", FORUM_TOML, ids=name_of)
def test_every_fact_of_the_forum_has_a_certainty_and_known_sources(path: Path) -> None:
    """What no source says names none; everything else names one at least."""
    values = table(path)
    known = {source["id"] for source in values["fuentes"]}
    for fact in values["hechos"]:
        certainty = Certainty(fact["certeza"])
        named = fact.get("fuentes", [])
        assert set(named) <= known, fact["texto"]
        assert bool(named) is (certainty is not Certainty.UNKNOWN), fact["texto"]
        assert ("no consta" in fact["texto"]) is (certainty is Certainty.UNKNOWN), fact["texto"]


@pytest.mark.parametrize("path", FORUM_TOML[1:], ids=name_of)
def test_a_source_is_the_same_wherever_it_is_named(path: Path) -> None:
    """The mesas repeat the event's sources, and a copy must not drift."""
    of_event = table(FORUM_TOML[0])["fuentes"]
    for source in table(path)["fuentes"]:
        assert source in of_event


def test_a_contradiction_needs_two_sources() -> None:
    """``discrepan`` says that sources disagree."""
    disputed = [fact for path in FORUM_TOML for fact in table(path)["hechos"] if fact["certeza"] == "discrepan"]
    assert disputed
    assert all(len(fact["fuentes"]) > 1 for fact in disputed)


def test_the_mesa_whose_day_is_disputed_has_no_date() -> None:
    """Sources place it on neither day for certain: the contradiction is a fact, not a date."""
    dated = {path.parent.name: "fecha" in table(path) for path in FORUM_TOML[1:]}
    assert [name for name, has_date in dated.items() if not has_date] == ["mesa-4-coordinacion-ople-ine"]
    facts = table(FORUM / "mesa-4-coordinacion-ople-ine" / "mesa.toml")["hechos"]
    assert any(fact["certeza"] == "discrepan" and "día" in fact["texto"] for fact in facts)


def test_no_transcript_of_the_forum_is_invented() -> None:
    """None exists: not a file, and not a link to the second of a video."""
    assert list(FORUM.rglob("transcripcion*")) == []
    assert all("video" not in table(path) for path in FORUM_TOML[1:])


def test_the_forum_is_told_in_our_own_words_and_says_so() -> None:
    """So that nothing of it is ever shown as a quotation."""
    assert all(table(path)["redaccion"] == "propia" for path in FORUM_TOML)


@pytest.mark.parametrize(
    ("path", "low", "high"),
    [(FORUM / "anuncio.md", 250, 450), *((path.parent / "descripcion.md", 100, 220) for path in FORUM_TOML[1:])],
    ids=lambda value: name_of(value) if isinstance(value, Path) else str(value),
)
def test_the_forum_texts_are_neither_stubs_nor_padding(path: Path, low: int, high: int) -> None:
    """The announcement and each description keep to their length."""
    assert low <= len(path.read_text(encoding="utf-8").split()) <= high


@pytest.mark.parametrize(
    "words", ["PREP", "cómputos", "acciones afirmativas", "capacitación", "2027", "buenas prácticas"]
)
def test_the_words_that_researchers_type_are_in_the_forum(words: str) -> None:
    """Those of its themes, without help from the fictitious texts."""
    assert words in forum_text()


def test_the_mesa_on_technology_gives_the_long_name_of_the_prep() -> None:
    """Who types the long name or the acronym gets to the same place."""
    folder = FORUM / "mesa-5-innovacion-tecnologica"
    assert "Programa de Resultados Electorales Preliminares (PREP)" in (folder / "descripcion.md").read_text("utf-8")


# The demonstration


def test_the_demonstration_says_that_it_is_fictitious() -> None:
    """In its flag, in its title, in the title of each mesa."""
    event = table(DEMONSTRATION / "evento.toml")
    assert event["ficticio"] is True
    assert "fictici" in event["titulo"]
    assert all("ficticio" in table(path)["titulo"] for path in DEMONSTRATION.glob("*/mesa.toml"))


def test_only_the_demonstration_is_fictitious() -> None:
    """The forum is real."""
    assert [e.slug for e in read_corpus(ROOT).events if e.event and e.event.fictitious] == ["demostracion"]


def test_the_demonstration_shows_three_formats() -> None:
    """Rolling captions, an official transcript in Word, a saved web page."""
    assert [path.suffix for path in TRANSCRIPTS] == [".vtt", ".docx", ".html"]


def test_no_fictitious_mesa_names_a_video() -> None:
    """There is none, and an invented address would lead somewhere."""
    assert all("video" not in table(path) for path in DEMONSTRATION.glob("*/mesa.toml"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=name_of)
def test_a_fictitious_transcript_reads_without_warnings(path: Path) -> None:
    """It is the newcomer's first sight of a transcript."""
    assert transcript(path).warnings == ()


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=name_of)
def test_a_fictitious_transcript_has_two_thousand_words(path: Path) -> None:
    """As the readers give them: no label, no menu, no repetition of rolling captions."""
    assert len(spoken(path).split()) >= 2000


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=name_of)
def test_a_fictitious_transcript_says_so_in_its_first_words(path: Path) -> None:
    """Whoever opens the file alone learns it too."""
    assert "ficticia" in " ".join(spoken(path).split()[:90]) or "ficticio" in " ".join(spoken(path).split()[:90])


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=name_of)
def test_a_fictitious_transcript_does_not_repeat_itself(path: Path) -> None:
    """Twelve words in a row occur once: no loops of filler, and no second copy of a caption."""
    words = re.findall(r"\w+", fold(spoken(path)))
    runs = Counter(tuple(words[at : at + 12]) for at in range(len(words) - 11))
    assert [" ".join(run) for run, times in runs.items() if times > 1] == []


@pytest.mark.parametrize("path", TRANSCRIPTS[1:], ids=name_of)
def test_who_speaks_in_a_labelled_transcript_is_a_participant(path: Path) -> None:
    """Every label is found, none is taken from the body, and all are roles of ``mesa.toml``."""
    listed = {person["nombre"] for person in table(path.parent / "mesa.toml")["participantes"]}
    heard = {block.speaker.shown for block in transcript(path).blocks if block.speaker}
    assert heard == listed
    label_starts = tuple(f"{name}{mark}" for name in listed for mark in ":,")
    assert [block.text for block in transcript(path).blocks if block.text.startswith(label_starts)] == []


def test_the_captions_name_nobody_and_the_table_beside_them_does() -> None:
    """Each change of speaker stands at the start of a caption, and every role is a participant."""
    path = TRANSCRIPTS[0]
    blocks = transcript(path).blocks
    assert all(block.speaker is None for block in blocks)
    header, *rows = [
        line.split("\t") for line in (path.parent / "hablantes.tsv").read_text(encoding="utf-8").splitlines()
    ]
    assert header == ["inicio_s", "persona"]
    starts = {block.start_s for block in blocks}
    assert [row for row in rows if float(row[0]) not in starts] == []
    listed = {person["nombre"] for person in table(path.parent / "mesa.toml")["participantes"]}
    assert {row[1] for row in rows} == listed


def test_the_captions_are_those_of_a_machine() -> None:
    """Lower case, no punctuation, acts in brackets, acronyms as it hears them."""
    text = spoken(TRANSCRIPTS[0])
    without_acts = re.sub(r"\[(Música|Aplausos)\]", "", text)
    assert without_acts != text
    assert without_acts == without_acts.lower()
    assert not re.search(r"[.,;:¿?¡!]", without_acts)
    assert {"prep", "ople", "ples"} <= set(without_acts.split())


def test_the_word_file_is_the_same_bytes_whenever_it_is_made() -> None:
    """No clock in it: the time stamps of the archive are fixed."""
    with zipfile.ZipFile(TRANSCRIPTS[1]) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# The templates


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        (ROOT / "_plantilla" / "evento.toml", EVENT_KEYS),
        (ROOT / "_plantilla" / "mesa" / "mesa.toml", SESSION_KEYS),
    ],
    ids=["evento.toml", "mesa.toml"],
)
def test_a_template_explains_every_key(path: Path, keys: tuple[str, ...]) -> None:
    """It is right as it stands, and with every example uncommented."""
    text = path.read_text(encoding="utf-8")
    tomllib.loads(text)
    assert set(tomllib.loads(re.sub(r"(?m)^# (?=\[\[|[a-z_]+ = )", "", text))) == set(keys)
