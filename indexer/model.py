"""What flows through Consta: pure, frozen data. Imports nothing but the errors' tree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self


class _Labelled(StrEnum):
    """Values that have a name of their own for readers."""

    label: str
    """What pages call it."""

    def __new__(cls, value: str, label: str = "") -> Self:
        """Make a member of its value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


class Kind(_Labelled):
    """The kinds of text a page holds (``tipo``)."""

    ANNOUNCEMENT = "anuncio", "Anuncio"
    DESCRIPTION = "descripcion", "Descripción"
    TRANSCRIPT = "transcripcion", "Transcripción"


class Version(_Labelled):
    """How trustworthy a transcript is (``version``)."""

    OFFICIAL = "estenografica", "Versión estenográfica"
    PRELIMINARY = "estenografica_preliminar", "Versión estenográfica preliminar"
    CORRECTED_CAPTIONS = "subtitulos_corregidos", "Subtítulos corregidos"
    AUTOMATIC_CAPTIONS = "subtitulos_automaticos", "Subtítulos automáticos"


class Certainty(_Labelled):
    """How certain a fact of the dossier is (``certeza``)."""

    CONFIRMED = "confirmado", "Confirmado"
    INFERRED = "inferido", "Inferido"
    DISPUTED = "discrepan", "Las fuentes discrepan"
    UNKNOWN = "no_consta", "No consta en las fuentes"


class PageId(NamedTuple):
    """One page of the site: an event (``session`` is None) or one of its sessions (mesas)."""

    event: str
    session: str | None = None

    def __str__(self) -> str:
        return self.event if self.session is None else f"{self.event}/{self.session}"

    @classmethod
    def parse(cls, text: str) -> PageId:
        """Read ``evento`` or ``evento/mesa``."""
        event, _, session = text.partition("/")
        return cls(event, session or None)


@dataclass(frozen=True, slots=True)
class Source:
    """One of ``[[fuentes]]``: where a fact is from."""

    id: str
    title: str
    url: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One of ``[[hechos]]``; ``sources`` are ids of the page's or the event's sources."""

    text: str
    certainty: Certainty
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participant:
    """One of ``[[participantes]]``; ``variants`` are what this session's transcript calls them (``MODERADORA``)."""

    name: str
    post: str | None = None
    institution: str | None = None
    entity: str | None = None
    moderates: bool = False
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """One of ``canales``: where the event's videos are published."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """``evento.toml``."""

    slug: str
    title: str
    start: dt.date
    end: dt.date
    organiser: str | None = None
    venue: str | None = None
    fictitious: bool = False
    own_wording: bool = False
    channels: tuple[Channel, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """``mesa.toml``. Seconds are on the clock of the transcript file."""

    event: str
    slug: str
    title: str
    number: int | None = None
    number_inferred: bool = False
    date: dt.date | None = None
    topics: tuple[str, ...] = ()
    video: str | None = None
    video_start_s: float = 0.0
    from_s: float | None = None
    to_s: float | None = None
    version: Version | None = None
    own_wording: bool = False
    participants: tuple[Participant, ...] = ()
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a label, a voice tag or ``hablantes.tsv`` says is speaking.

    Attributes:
        name: The person's name, or None where only a role is printed.
        role: What is printed when there is no name (``PREGUNTA``, ``El C. Presidente``), else None.
        post: The post (``cargo``), or None.
        institution: The institution named in the label, or None.
        inferred: True when who it is rests on a guess (a label seen once, a speaker carried over a doubtful place).
    """

    name: str | None = None
    role: str | None = None
    post: str | None = None
    institution: str | None = None
    inferred: bool = False

    @property
    def shown(self) -> str | None:
        """What a result gives as ``persona``: the name, else the role as printed."""
        return self.name or self.role


@dataclass(frozen=True, slots=True)
class Block:
    """What a reader yields: one paragraph of a text, or one cue of captions.

    Attributes:
        text: One paragraph, NFC, white space folded, never empty, without the speaker's label.
        start_s: When it begins, on the file's clock; None in texts without times.
        end_s: When its cue ends; None when unknown.
        speaker: Who speaks, or None when the file does not say.
        turn: Ordinal of the turn it belongs to, from 0, never decreasing. A new label is a new turn even
            when the same person goes on.
        seconds: Of each of its words, None where not known, in a text whose clock is that of captions beside it;
            empty in any other.
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    speaker: Speaker | None = None
    turn: int = 0
    seconds: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What stands in a file and was not said: a running head, a footnote, a menu. Kept, and shown to staff.

    Attributes:
        text: As it stands there, in one line.
        why: What it is, in Spanish (``nota al pie``).
        times: How often the same stands there.
    """

    text: str
    why: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    Attributes:
        blocks: In order of the file.
        captions: True when the blocks are timed cues (caption formats and pasted caption panels).
        warnings: Faults that did not keep it from being read, each ``(fault, cure)`` in Spanish.
        left_out: What it holds and was not said.
    """

    blocks: tuple[Block, ...]
    captions: bool = False
    warnings: tuple[tuple[str, str], ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def timed(self) -> bool:
        """Whether it has a clock of its own: at least half of its blocks have a time."""
        return 2 * sum(block.start_s is not None for block in self.blocks) >= len(self.blocks) > 0


class Change(NamedTuple):
    """Where a correction stands in a fragment: ``text[start:end]`` reads for ``original[was_start:was_end]``.

    ``date`` is the day on which staff made it, or None.
    """

    start: int
    end: int
    was_start: int
    was_end: int
    date: dt.date | None = None


class Checked(NamedTuple):
    """Staff compared a fragment with the video: who (an account, never shown to readers), and on which day."""

    by: str | None = None
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A fragment: the unit that is indexed, found and cited. Never crosses a turn, never overlaps another.

    Attributes:
        number: The ``42`` of ``#p42``: never used twice on a page.
        order: Ordinal on the page in reading order, from 0.
        kind: Of which text it is.
        turn: Ordinal of its turn on the page; passages of one turn are neighbours.
        text: Paragraphs parted by newlines; captions in one line.
        person: Name of the one who speaks, else the role as printed, else None.
        identified: True when ``person`` is a name, False when it is a role.
        post: The post (``cargo``), or None.
        entity: Id of the entity the speaker belongs to, or None.
        start_s: First second, or None without times.
        end_s: Start of the next fragment; for the last one the end of its last cue; None without times.
        cues: ``(offset in text, start_s)`` of each cue; empty without times.
        version: Kind of transcript; None for announcements and descriptions.
        own_wording: True when the text is ours, from sources (``redaccion = "propia"``).
        fact: Index in the page's facts when this fragment is one of ``[[hechos]]``.
        topics: Ids of the topics it is tagged with, narrowest as found, sorted.
        mentions: Ids of the entities named in the text, sorted.
        original: The text as received, where ``text`` has corrections of staff; else None.
        changes: Where those corrections stand, in order.
        checked: That it was compared with the video; None when it was not.
        inferred: True when ``person`` rests on a guess of the reader that no person has confirmed.
    """

    number: int
    order: int
    kind: Kind
    turn: int
    text: str
    person: str | None = None
    identified: bool = False
    post: str | None = None
    entity: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    cues: tuple[tuple[int, float], ...] = ()
    version: Version | None = None
    own_wording: bool = False
    fact: int | None = None
    topics: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    original: str | None = None
    changes: tuple[Change, ...] = ()
    checked: Checked | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept of ``vocabulario.toml``, SKOS-like.

    Attributes:
        id: Slug.
        label: Preferred label.
        acronyms: Acronyms; equivalents that are shown in capitals (PREP).
        equivalents: Long names, spelling and gender variants: expand a query both ways.
        hidden: Equivalents as captions write them (``o ples``): match, never shown.
        signs: Forms that tag a fragment with the topic and never expand a query.
        capitals_only: Forms (of the above) that match only in capitals (SE, CAE, IA).
        exceptions: Phrases inside which no form of this topic counts (``cómputo en la nube``).
        broader, narrower, related: Ids of other topics. ``narrower`` is derived from ``broader``.
        definition: One sentence, or None.
        norm: The rule it comes from, or None.
        sources: Addresses.
        verified: Whether a source was read for it.
    """

    id: str
    label: str
    acronyms: tuple[str, ...] = ()
    equivalents: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    capitals_only: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    definition: str | None = None
    norm: str | None = None
    sources: tuple[str, ...] = ()
    verified: bool = False
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A state, an OPLE or an institution: what ``entidad`` and ``menciona`` take.

    Attributes:
        id: Slug (``sonora``, ``ieem``, ``ine``).
        name: As shown.
        sort: ``estado``, ``ople``, ``autoridad`` or ``institucion``.
        forms: Names and acronyms by which it is found in a text.
        capitals_only: Forms that match only as written in capitals.
        state: Id of the state an OPLE belongs to, or None.
    """

    id: str
    name: str
    sort: str
    forms: tuple[str, ...] = ()
    capitals_only: tuple[str, ...] = ()
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PersonName:
    """One of ``personas.toml``: a canonical name and its misspellings."""

    name: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One of ``retirados.toml``: what was withdrawn and must not come back.

    Attributes:
        path: The file or folder, relative to the corpus.
        sha256: Of the file; None for a folder.
        date: When.
        reason: Why, as staff wrote it.
        numbers: Numbers of the fragments that its address served.
        admits: What staff put there since, knowing of it: another text (``otro``), or the same one after all
            (``mismo``); empty where nothing may stand there.
    """

    path: str
    sha256: str | None
    date: dt.date
    reason: str
    numbers: tuple[int, ...] = ()
    admits: str = ""
