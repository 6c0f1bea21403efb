"""The steps that a random sequence takes: one row a step of the staff's, in ``STEPS``."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from indexer import history
from indexer.config import Settings
from indexer.corpus.adding import add_file
from indexer.corpus.cuts_file import rows_given
from indexer.corpus.moving import lend_transcript, merge, move
from indexer.corpus.new_pages import new_event, new_session
from indexer.corpus.withdrawing import withdraw
from indexer.errors import CorpusError
from indexer.language.spanish import slug
from indexer.model import Kind, PageId
from indexer.operations.corrections import corrections_view, write_corrections
from indexer.operations.find_and_replace import correct_places, find_everywhere
from indexer.operations.importing.batch import planned, put_into_corpus
from indexer.operations.open_pages import last_good, open_page, open_sessions
from indexer.operations.page_editing import edit_page
from indexer.operations.programme import programme_view, write_programme
from indexer.operations.root_rows import PEOPLE, TOPICS, rows_view, write_row
from indexer.operations.similar_people import mark_distinct, merge_people
from indexer.operations.speakers import rename_speaker, speakers_view, write_speakers
from indexer.operations.splitting import divide_day, split_day
from indexer.operations.withdrawal import published_numbers, purge_history, withdraw_fragment

WORDS = (
    "cómputo", "acta", "paquete", "casilla", "consejo", "boleta", "sistema", "captura", "voto", "distrito", "lista",
    "padrón", "urna", "folio", "sello",
)  # fmt: skip
NAMES = ("Ana Ruiz", "Luis Paz", "Eva Luna", "Raúl Sol")
MESAS = (PageId("prueba", "mesa-1"), PageId("prueba", "mesa-2"), PageId("prueba", "mesa-3"))


class World:
    """A corpus, chance, and a folder for the texts that are to go into it.

    Attributes:
        settings: Where the corpus is.
        root: The corpus.
        chance: What decides.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self.settings = Settings(folder / "corpus", folder / "indice")
        self.root = self.settings.corpus
        self.chance = random.Random(seed)
        self._folder = folder

    def mesa(self) -> PageId:
        """One of them, which may not be there."""
        return self.chance.choice(MESAS)

    def text(self, kind: Kind, page: PageId | None = None) -> Path:
        """A file of that kind: captions or a text with labels; an edit of what is there, now and then."""
        old = next((self.root / str(page)).glob("transcripcion.*"), None) if page else None
        if old is not None and self.chance.random() < 0.6:
            path = self._folder / old.name
            words = old.read_text(encoding="utf-8").split(" ")
            words.insert(self.chance.randint(1, len(words)), self.chance.choice(WORDS))
            path.write_text(" ".join(words), encoding="utf-8")
        elif kind is Kind.TRANSCRIPT and self.chance.random() < 0.5:
            path = self._folder / "texto.vtt"
            cues = [f"00:00:{s:02d}.000 --> 00:00:{s + 5:02d}.000\n{self._said()}" for s in range(0, 55, 5)]
            path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", encoding="utf-8")
        else:
            path = self._folder / "texto.txt"
            turns = [f"{self.chance.choice((*NAMES, 'MODERADORA')).upper()}: {self._said()}." for _ in range(6)]
            path.write_text("\n\n".join(turns) + "\n", encoding="utf-8")
        return path

    def day(self) -> Path:
        """The captions of a whole day, a cue a minute."""
        path = self._folder / "dia.vtt"
        cues = [f"00:{minute:02d}:00.000 --> 00:{minute:02d}:05.000\n{self._said()}" for minute in range(12)]
        path.write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n", encoding="utf-8")
        return path

    def _said(self) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(4, 30)))


def _add(world: World, taken: history.Step) -> None:
    """A text to a mesa that may have to be made."""
    page = world.mesa()
    if not (world.root / str(page)).exists():
        assert page.session is not None
        new_session(world.root, page.event, page.session, page.session, to=taken)
    kind = world.chance.choice((Kind.TRANSCRIPT, Kind.TRANSCRIPT, Kind.DESCRIPTION))
    add_file(world.root, world.text(kind), page, kind, to=taken)


def _import(world: World, taken: history.Step) -> None:
    """Up to three files at once: to mesas that are there, or that are made."""
    with tempfile.TemporaryDirectory() as folder:
        for name in world.chance.sample(("prueba--mesa-1", "prueba--mesa-2", "Sesión 1", "Sesión 2"), 3):
            text = world.text(Kind.TRANSCRIPT)
            shutil.copy(text, Path(folder) / f"{name}{text.suffix}")
        with planned(world.settings, Path(folder), "prueba") as plan:
            put_into_corpus(world.root, plan.of("importar"), taken, lambda *_: None)


def _replace(world: World, taken: history.Step) -> None:
    """One text by another, sometimes by an edit of it."""
    page = world.mesa()
    add_file(world.root, world.text(Kind.TRANSCRIPT, page), page, Kind.TRANSCRIPT, replace=True, to=taken)


def _attribute(world: World, taken: history.Step) -> None:
    """Who speaks from which second: all of it anew, or one more beside those that are told."""
    opened = open_page(world.settings, world.mesa())
    told = speakers_view(opened)
    rows = {one["inicio_s"]: one for one in told["cambios"]} if world.chance.random() < 0.6 else {}
    for second in world.chance.sample(range(0, 60, 5), world.chance.randint(0, 4) if not rows else 1):
        rows[second] = {"inicio_s": second, "persona": world.chance.choice((*NAMES, None))}
    write_speakers(taken, opened, {"base": told["base"], "cambios": [rows[second] for second in sorted(rows)]})


def _rename(world: World, taken: history.Step) -> None:
    """A speaker called as another."""
    rename_speaker(taken, open_page(world.settings, world.mesa()), *world.chance.sample((*NAMES, "MODERADORA"), 2))


def _unite(world: World, taken: history.Step) -> None:
    """Two people who are one, in the whole corpus."""
    merge_people(taken, world.settings, *world.chance.sample(NAMES, 2))


def _tell_apart(world: World, taken: history.Step) -> None:
    """Two people who are two."""
    mark_distinct(taken, world.settings, *world.chance.sample(NAMES, 2))


def _mend(world: World, taken: history.Step) -> None:
    """A word corrected, beside those that are."""
    opened = open_page(world.settings, world.mesa())
    told = corrections_view(opened)
    fragment = world.chance.choice(told["fragmentos"] or [None])
    if fragment is None:
        raise CorpusError("no hay nada que corregir")
    word = world.chance.choice(fragment["texto_original"].split()).strip(".,")
    mended = [{"numero": fragment["numero"], "de": word, "a": word.upper() + "s", "vez": 1}]
    kept = [one for one in told["correcciones"] if world.chance.random() < 0.8]
    write_corrections(taken, opened, {"base": told["base"], "correcciones": [*kept, *mended]}, "ana")


def _mend_everywhere(world: World, taken: history.Step) -> None:
    """Some places of a word, in all mesas."""
    settings, word = world.settings, world.chance.choice(WORDS)
    with last_good(settings) as last:
        found = find_everywhere(open_sessions(settings, None), word, word.upper(), last, accents=True)["lugares"]
    chosen = [one["lugar"] for one in found if world.chance.random() < 0.5]
    correct_places(taken, settings, word, word.upper(), chosen, "ana", accents=True)


def _withdraw(world: World, taken: history.Step) -> None:
    """A text, a whole mesa or the event, kept aside so that it can be undone."""
    page = world.chance.choice((*MESAS, *MESAS, PageId("prueba")))
    kind = world.chance.choice((Kind.TRANSCRIPT, Kind.DESCRIPTION, None)) if page.session else None
    numbers = published_numbers(world.settings, page, kind)
    withdraw(world.root, page, kind, "A petición", numbers, to=taken)
    purge_history(taken, world.settings, page, kind, None, keep=True)


def _withdraw_fragment(world: World, taken: history.Step) -> None:
    """One fragment."""
    page = world.mesa()
    passages = [one for one in open_page(world.settings, page).build().passages if one.fact is None]
    if not passages:
        raise CorpusError("no hay fragmentos")
    withdraw_fragment(taken, world.settings, page, world.chance.choice(passages).number, "A petición", keep=True)


def _split(world: World, taken: history.Step) -> None:
    """The file of a day into mesas, some of which may have to be made."""
    starts = sorted(world.chance.sample(range(12), world.chance.randint(1, 2)))
    mesas = world.chance.sample(MESAS, len(starts))
    cuts = [{"inicio_s": 60 * start, "mesa": page.session} for start, page in zip(starts, mesas, strict=True)]
    split_day(taken, world.settings, "prueba", world.day(), rows_given(cuts))


def _divide(world: World, taken: history.Step) -> None:
    """The file of a day among its mesas, as before a withdrawal."""
    divide_day(taken, world.settings, world.mesa())


def _move(world: World, taken: history.Step) -> None:
    """A mesa to another address."""
    more = (PageId("prueba", "mesa-4"), PageId("prueba", "mesa-5"))
    move(world.root, *world.chance.sample((*MESAS, *more), 2), taken)


def _move_event(world: World, taken: history.Step) -> None:
    """The event to another address, or back."""
    here, there = PageId("prueba"), PageId("otra")
    move(world.root, *((here, there) if (world.root / "prueba").exists() else (there, here)), taken)


def _merge(world: World, taken: history.Step) -> None:
    """One mesa of two."""
    merge(world.root, *world.chance.sample(MESAS, 2), taken)


def _lend(world: World, taken: history.Step) -> None:
    """A transcript to another mesa."""
    lend_transcript(world.root, *world.chance.sample(MESAS, 2), taken)


def _topic(world: World, taken: history.Step) -> None:
    """A topic of the vocabulary, new or changed."""
    one, signs = world.chance.choice(WORDS[:3]), world.chance.sample(WORDS[3:], 2)
    known, name = {row["id"] for row in rows_view(world.settings, TOPICS)}, slug(one)
    fields = {"id": name, "etiqueta": one, "signos": signs, "relacionado": sorted(known - {name})[:1]}
    write_row(taken, TOPICS, {"antes": name if name in known else "", "campos": fields})


def _person(world: World, taken: history.Step) -> None:
    """A person with other names."""
    name, variant = world.chance.sample(NAMES, 2)
    known = {row["nombre"] for row in rows_view(world.settings, PEOPLE)}
    fields = {"nombre": name, "variantes": [variant], "cargo": world.chance.choice((*WORDS, ""))}
    write_row(taken, PEOPLE, {"antes": name if name in known else "", "campos": fields})


def _edit(world: World, taken: history.Step) -> None:
    """Some of what is known of a mesa, or of the event."""
    page, said = world.chance.choice((world.mesa(), PageId("prueba"))), " ".join(world.chance.sample(WORDS, 3))
    person = {"nombre": world.chance.choice(NAMES), "cargo": said, "modera": world.chance.random() < 0.5}
    mesa = {
        "campos": {"titulo": said, "fecha": "2025-12-04", "desde_s": None},
        "participantes": [person] * (world.chance.random() < 0.7),
    }
    event = {"campos": {"sede": said}, "hechos": [{"texto": said, "certeza": "inferido"}]}
    edit_page(taken, world.settings, page, mesa if page.session else event)


def _programme(world: World, taken: history.Step) -> None:
    """A mesa, with who takes part, as a programme says it."""
    said = " ".join(world.chance.sample(WORDS, 2))
    text = f"Mesa {world.chance.randint(4, 99)}. {said}\nModera: {world.chance.choice(NAMES)}\n"
    write_programme(taken, world.root, "prueba", programme_view({"programa": text}))


def undo(world: World, taken: history.Step) -> None:
    """Any step that can be."""
    possible = [one.record.number for one in history.Undoing(world.root).past() if one.hindrance is None]
    if not possible:
        raise CorpusError("no hay qué deshacer")
    history.Undoing(world.root, taken.read).take_back(taken, world.chance.choice(possible))


STEPS: dict[str, Callable[[World, history.Step], None]] = {
    "agregar": _add,
    "importar": _import,
    "reemplazar": _replace,
    "hablantes": _attribute,
    "hablantes --unir": _rename,
    "personas --unir": _unite,
    "personas --distinta": _tell_apart,
    "corregir": _mend,
    "corregir --por": _mend_everywhere,
    "partir": _split,
    "retirar, antes": _divide,
    "editar": _edit,
    "programa": _programme,
    "retirar": _withdraw,
    "retirar #pN": _withdraw_fragment,
    "mover": _move,
    "mover EVENTO": _move_event,
    "mover --tipo": _lend,
    "unir": _merge,
    "temas": _topic,
    "personas": _person,
}
"""By the order that takes it. A step may be refused (``CorpusError``), and must then change nothing; one that changes
nothing is no step."""


def begin(world: World) -> None:
    """An event with two mesas, one of which has a text."""
    world.root.mkdir(parents=True)
    day = dt.date(2025, 12, 4)
    with history.step(world.root, "Prueba", "prueba", "nuevo") as taken:
        new_event(world.root, "prueba", "Prueba", day, day, to=taken)
    for page in MESAS[:2]:
        with history.step(world.root, "Prueba", "prueba", "nuevo") as taken:
            assert page.session is not None
            new_session(world.root, page.event, page.session, page.session, to=taken)
    with history.step(world.root, "Prueba", "prueba", "agregar") as taken:
        add_file(world.root, world.text(Kind.TRANSCRIPT), MESAS[0], Kind.TRANSCRIPT, to=taken)
    shutil.rmtree(world.root / "_historial")  # the sequence begins without a past
