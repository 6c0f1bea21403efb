"""Collections of three shapes, made by a seed and written as a corpus: few long sessions, very many short ones, years.

    python benchmarks/bench_collections.py FOLDER [largas pequenas anos] [--half]

Writes and builds ``FOLDER/<shape>/corpus`` and ``indice``. The first half of a collection is the collection of half its
size: a page about its first session is the same page in both. The texts are those of ``bench_passages``;
the people do not exist.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import shutil
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.bench_passages import SEED, passages, person_name, sentences  # noqa: E402
from benchmarks.bench_processes import run  # noqa: E402
from benchmarks.bench_rows import Row  # noqa: E402

VOCABULARY = ROOT / "corpus" / "vocabulario.toml"
ENTITIES = ROOT / "indexer" / "language" / "entidades.toml"
SHARED = ROOT.parent / "shared" / "data"
CUT_ANEW = 1.045
"""Fragments of ours that the segmenter makes one of."""
SPEAKERS_AT_ONCE = 8
CAPTIONED_EVERY = 4
"""Of described sessions, each so many-th has captions and a video; the others have plain text."""
UNTRANSCRIBED_EVERY = 20
NAMED_SHARE = 0.3
"""Of the fragments of described sessions, those that name a topic and an entity whatever their text is."""
WORD_S = 0.4
_POSTS = (
    "Integrante del Consejo General", "Titular de la Unidad Técnica de Fiscalización", "Titular de la Dirección de "
    "Organización", "Vocal de Capacitación Electoral", "Magistratura del Tribunal Electoral", "Docente e investigadora",
    "Representante de la sociedad civil", "Titular de la Secretaría Ejecutiva", "Vocal del Registro de Electores",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A collection's shape.

    Attributes:
        key: Its folder.
        shown: In words, for a table.
        sessions, event_sessions: How many there are, and how many an event has.
        year_events: Events in a year.
        new_speakers: How many of a session's speakers were not heard before, on average.
        fragments: The least and the most that a session has.
        described: Sessions have a description, topics, participants with posts, captions now and then.
        at_once: Events that go on at the same time, their sessions in turn.
    """

    key: str
    shown: str
    sessions: int
    event_sessions: int
    year_events: int
    new_speakers: float
    fragments: tuple[int, int]
    described: bool = False
    at_once: int = 1

    def half(self) -> Shape:
        """The first half of its sessions."""
        return replace(self, sessions=self.sessions // 2)

    def place(self, session: int) -> tuple[int, int]:
        """The ordinals of a session's event, and of the session within it."""
        before, within = divmod(session, self.event_sessions * self.at_once)
        return before * self.at_once + within % self.at_once, within // self.at_once

    def known_before(self, session: int) -> int:
        """How many people were heard before a session."""
        return int(session * self.new_speakers)


SHAPES = (
    Shape("largas", "125 long sessions", 125, 6, 21, 4, (144, 144)),
    Shape("pequenas", "16,000 sessions of one document", 16_000, 8_000, 1, 0.25, (1, 2), at_once=2),
    Shape("anos", "2,000 sessions of 50 fragments, 20 years", 2_000, 20, 5, 1.5, (50, 50), described=True),
)


@dataclass(frozen=True, slots=True)
class _Named:
    """What texts may name: topics by id and label, states with the institution of each."""

    topics: Sequence[tuple[str, str]]
    states: Sequence[tuple[str, str]]


def write_collection(shape: Shape, corpus: Path, pool: Sequence[str], seed: int = SEED) -> None:
    """Write the files of a collection of one shape."""
    corpus.mkdir(parents=True)
    shutil.copy(VOCABULARY, corpus)
    named, draw = _named(), random.Random(f"{seed} {shape.key}")
    most = int(shape.sessions * shape.fragments[1] * CUT_ANEW) + shape.sessions
    rows = passages(pool, most, seed)
    for session in range(shape.sessions):
        event, at = shape.place(session)
        number, first_day = at + 1, _first_day(shape, event)
        folder = corpus / f"foro-{event + 1}"
        if not folder.is_dir():
            _write_event(shape, event, first_day, folder)
        people = _speakers(shape, session, draw)
        topics = draw.sample(named.topics, 3)
        place = folder / f"mesa-{number}"
        place.mkdir()
        size = round(draw.randint(*shape.fragments) * CUT_ANEW)
        turns = [(draw.choice(people), text) for text in _turns(itertools.islice(rows, size))]
        if shape.described:
            turns = [(person, _naming(text, named, draw)) for person, text in turns]
        day = first_day + dt.timedelta(days=draw.randrange(_days(shape)))
        captioned = shape.described and session % CAPTIONED_EVERY == 0
        toml = [f'titulo = "Mesa {number}: {topics[0][1]}"', f"numero = {number}", f"fecha = {day}"]
        if shape.described:
            toml += [f"temas = [{', '.join(f'{chr(34)}{key}{chr(34)}' for key, _ in topics)}]"]
            toml += ['video = "https://www.youtube.com/watch?v=00000000000"'] if captioned else []
            toml += [line for person in people for line in _participant(person, person == people[0], named)]
            told = f"La mesa trató de {topics[0][1]}, {topics[1][1]} y {topics[2][1]}.\n"
            (place / "descripcion.md").write_text(told, encoding="utf-8")
        (place / "mesa.toml").write_text("\n".join(toml) + "\n", encoding="utf-8")
        if shape.described and session % UNTRANSCRIBED_EVERY == UNTRANSCRIBED_EVERY - 1:
            continue
        if captioned:
            (place / "transcripcion.vtt").write_text("\n".join(_captions(turns)), encoding="utf-8")
        else:
            text = "\n\n".join(f"{person_name(person)}: {said}" for person, said in turns)
            (place / "transcripcion.txt").write_text(text + "\n", encoding="utf-8")


def _days(shape: Shape) -> int:
    """How many days an event lasts: a few, or most of a year where the events are few."""
    return 300 if shape.year_events == 1 else 3


def _first_day(shape: Shape, event: int) -> dt.date:
    year, place = divmod(event, shape.year_events)
    return dt.date(2006 + year, 1, 10) + dt.timedelta(days=place * 330 // shape.year_events)


def _write_event(shape: Shape, event: int, day: dt.date, folder: Path) -> None:
    folder.mkdir()
    end = day + dt.timedelta(days=_days(shape))
    toml = f'titulo = "Foro {event + 1}, {day.year}"\ninicio = {day}\nfin = {end}\norganiza = "Comité de ejemplo"\n'
    (folder / "evento.toml").write_text(toml, encoding="utf-8")
    told = f"Se convoca al Foro {event + 1} sobre organización electoral, del {day} al {end}.\n"
    (folder / "anuncio.md").write_text(told, encoding="utf-8")


def _speakers(shape: Shape, session: int, draw: random.Random) -> list[int]:
    """Those who come for the first time, and others who were heard before, some of them often."""
    known = max(shape.known_before(session), SPEAKERS_AT_ONCE)
    people = set(range(known, shape.known_before(session + 1)))
    wanted = 1 if shape.fragments[1] <= 2 else 6
    while len(people) < wanted:
        people.add(int(known * draw.random() ** 2))
    return sorted(people, reverse=True)[:wanted]


def _turns(rows: Iterator[Row]) -> Iterator[str]:
    for _, turn in itertools.groupby(rows, key=lambda row: row.turn):
        yield " ".join(row.text for row in turn)


def _naming(text: str, named: _Named, draw: random.Random) -> str:
    if draw.random() >= NAMED_SHARE:
        return text
    return f"{text} De {draw.choice(named.topics)[1]} se habló también en {draw.choice(named.states)[0]}."


def _participant(person: int, chairs: bool, named: _Named) -> list[str]:
    state, institution = named.states[person % len(named.states)]
    fields = {"nombre": person_name(person), "cargo": _POSTS[person % len(_POSTS)]}
    fields |= {"institucion": institution, "entidad": state}
    return ["", "[[participantes]]", *(f'{key} = "{value}"' for key, value in fields.items()),
            *(["modera = true"] if chairs else [])]  # fmt: skip


def _captions(turns: Sequence[tuple[int, str]]) -> Iterator[str]:
    """WebVTT with voices, cues of ten words."""
    yield from ("WEBVTT", "")
    at = 0.0
    for person, text in turns:
        words = text.split()
        for first in range(0, len(words), 10):
            cue = words[first : first + 10]
            end = at + len(cue) * WORD_S
            yield from (f"{_clock(at)} --> {_clock(end)}", f"<v {person_name(person)}>{' '.join(cue)}", "")
            at = end


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def _named() -> _Named:
    topics = tomllib.loads(VOCABULARY.read_text(encoding="utf-8"))["temas"]
    entities = tomllib.loads(ENTITIES.read_text(encoding="utf-8"))["entidades"]
    names = {entity["id"]: entity["nombre"] for entity in entities}
    states = [(names[one["estado"]], one["nombre"]) for one in entities if one["tipo"] == "ople" and "estado" in one]
    return _Named([(topic["id"], topic["etiqueta"]) for topic in topics], states)


@cache
def text_pool(seed: int = SEED) -> Sequence[str]:
    """The sentences that all texts are made of."""
    return sentences(SHARED if (SHARED / "retrieval").is_dir() else None, seed)


def build_collection(shape: Shape, folder: Path, pool: Sequence[str], seed: int = SEED) -> float:
    """Write ``folder/corpus`` and publish it in ``folder/indice``.

    Returns:
        Seconds of CPU that the command took.

    Raises:
        RuntimeError: The command found something wrong.
    """
    write_collection(shape, folder / "corpus", pool, seed)
    cost = run(["indexer", "actualizar", "--corpus", folder / "corpus", "--indice", folder / "indice"])
    if cost.status:
        raise RuntimeError(cost.output)
    return cost.cpu


def main(arguments: Sequence[str] | None = None) -> int:
    """Write and build what was asked for, one line each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("shapes", nargs="*", default=[shape.key for shape in SHAPES])
    parser.add_argument("--half", action="store_true", help="of half the size")
    options = parser.parse_args(arguments)
    pool = text_pool()
    for shape in SHAPES:
        if shape.key in options.shapes:
            spent = build_collection(shape.half() if options.half else shape, options.folder / shape.key, pool)
            print(f"{shape.key}: {spent:.0f} s de CPU", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
