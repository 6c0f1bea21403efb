"""The data of a citation before any style: who spoke, in which session, when, which text, and the lasting address."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from indexer.language.inferred_names import INFERRED_NAME
from indexer.language.spanish import fold
from indexer.model import Event, Kind, PageId, Passage, Session, Version
from search_app.citations.cautions import caution
from search_app.citations.names import Name, split_name
from search_app.shown.addresses import fragment_address, fragment_id
from search_app.shown.formatting import CENTRAL_MEXICO, clock
from search_app.shown.video import second_of, video_link, web_address

SITE = "Consta"
FICTITIOUS_MARK = "TEXTO FICTICIO"
OWN_WORDING_MARK = "redacción propia a partir de fuentes; no es cita de lo que se dijo"

_NUMBERED = re.compile(r"mesa\s+(?:n[úu]m(?:ero)?\.?\s*)?[0-9ivxIVX]+\s*[.:,–—-]+\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A fragment as it is cited.

    Attributes:
        id: ``evento/mesa#p42``.
        key: The same as a citation key: letters, digits, hyphens and colons.
        author: Who said it: only a person with a name, in a transcript of something that took place. Nobody where the
            name is inferred: an author's field has no place for a doubt.
        role: What is printed in place of a name (``PREGUNTA``), or the speaker of a fictitious text, or who is inferred
            to have said it.
        named: Whether it was really said, and the text names by whom, were it by inference.
        inferred: Whether who speaks is inferred.
        post, institution: Of the one who speaks.
        spoken: Whether it was said (or, in a fictitious text, is told as said); else it is a text about the session.
        session: What the session is called, ready to follow «en»: ``la mesa 5, “Innovación tecnológica”``; None on the
            page of an event.
        date: The day; None when it is not confirmed, of texts that are not speech and of what nobody said.
        certain: Whether ``date`` is known, or not asked for.
        version: Kind of transcript in words, lower case; None for other texts.
        automatic: Whether a machine wrote it.
        minute: ``12:04``, on the clock of the video where there is one; else on that of the recording.
        caution: What to know before quoting.
        address: The lasting one, with scheme and host.
        consulted: The day on which it was consulted.
    """

    id: str
    key: str
    passage: Passage
    author: Name | None
    role: str | None
    post: str | None
    institution: str | None
    spoken: bool
    session: str | None
    event: Event
    date: dt.date | None
    certain: bool
    version: str | None
    automatic: bool
    minute: str | None
    in_video: bool
    video: str | None
    caution: str | None
    address: str
    edition: str
    consulted: dt.date
    named: bool = False
    inferred: bool = False

    @property
    def fictitious(self) -> bool:
        """Whether nobody said it."""
        return self.event.fictitious

    @property
    def creator(self) -> Name | None:
        """Who stands where a citation has its author: ``author``; of what this site wrote itself, the site."""
        return Name("", SITE) if self.passage.own_wording and not self.fictitious else self.author

    @property
    def standing(self) -> str:
        """Post and institution of the one who speaks; empty where neither is known."""
        return ", ".join(filter(None, (self.post, self.institution)))

    @property
    def title(self) -> str:
        """What is cited: ``Intervención en la mesa 5, “Innovación tecnológica”``, marked where fictitious."""
        mark = f"[{FICTITIOUS_MARK}] " if self.fictitious else ""
        return mark + self.headline

    @property
    def headline(self) -> str:
        """``title`` without its mark. Who speaks stands in it where there is no author."""
        if not self.spoken or self.session is None:
            of = f"de {self.session}" if self.session else f"del evento “{quoted(self.event.title)}”"
            return f"{'Ficha' if self.passage.fact is not None else self.passage.kind.label} {of}"
        if self.author:
            return f"Intervención en {self.session}"
        if self.inferred:
            return self.attribution()
        if self.role:
            return f"Intervención de “{quoted(self.role)}” en {self.session}"
        return f"Intervención en {self.session} (no consta quién habla)"

    def attribution(self, *more: str | None) -> str:
        """``Intervención atribuida a “Ana Ruiz” (nombre inferido) en la mesa 5``, with more to say of that person."""
        told = "; ".join(filter(None, (*more, INFERRED_NAME)))
        return f"Intervención atribuida a “{quoted(self.role or '')}” ({told}) en {self.session}"

    @property
    def unidentified(self) -> bool:
        """Whether it was really said, and the text does not name by whom."""
        return self.spoken and not self.named and not self.fictitious

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """When it was said: one day, or all those of the event; None of what was not."""
        if not self.spoken or self.fictitious:
            return None
        return (self.date, self.date) if self.date else (self.event.start, self.event.end)

    @property
    def year(self) -> int | None:
        """Of those days, when it is one."""
        return self.days[0].year if self.days and self.days[0].year == self.days[1].year else None

    @property
    def genre(self) -> str | None:
        """``Intervención; subtítulos automáticos, sin revisar``."""
        if not self.spoken:
            return None
        return FICTITIOUS_MARK if self.fictitious else "; ".join(filter(None, ("Intervención", self.trust)))

    @property
    def moment(self) -> str | None:
        """``minuto 12:04 del video``."""
        if self.minute is None:
            return None
        return f"minuto {self.minute}{' del video' if self.in_video else ''}"

    @property
    def trust(self) -> str | None:
        """Kind of version, as a citation says it: never more official than it is."""
        if self.fictitious or not self.version:
            return None
        looked_at = "cotejados con el video" if self.passage.checked is not None else "sin revisar"
        corrected = "texto corregido" if self.passage.original is not None else None
        parts = (self.version, looked_at if self.automatic else None, corrected)
        return ", ".join(filter(None, parts))


def cite(
    page: PageId,
    event: Event,
    session: Session | None,
    passage: Passage,
    *,
    base: str,
    edition: str,
    consulted: dt.date,
    surnames: Mapping[str, str] = MappingProxyType({}),
) -> Cited:
    """Gather what a citation says.

    Args:
        surnames: Of the people of whom staff said them, by name.
        base: Scheme and host that the lasting address begins with, without a slash at its end.
        consulted: The day that the citation gives as the one of consultation.
    """
    # A text of our own wording is never speech, whatever file it stands in (docs/decisions/0004).
    spoken = passage.kind is Kind.TRANSCRIPT and not passage.own_wording
    named = spoken and passage.identified and bool(passage.person) and not event.fictitious
    author = (
        split_name(passage.person or "", surnames.get(passage.person or "")) if named and not passage.inferred else None
    )
    video, second = video_link(session, passage)
    moment = second if second is not None else passage.start_s
    if second is None and web_address(session.video if session else None) and passage.start_s is not None and session:
        moment = second_of(session, passage)  # a host whose addresses lead to no second still has the second
    return Cited(
        id=fragment_id(page, passage.number),
        key=f"consta:{str(page).replace('/', ':')}:p{passage.number}",
        passage=passage,
        author=author,
        role=passage.person if spoken and author is None else None,
        post=passage.post if spoken else None,
        institution=_institution(passage, session) if spoken else None,
        spoken=spoken,
        session=_session_words(session) if session else None,
        event=event,
        date=session.date if session and spoken and not event.fictitious else None,
        certain=not spoken or session is None or session.date is not None,
        version=passage.version.label.lower() if spoken and passage.version else None,
        automatic=spoken and passage.version is Version.AUTOMATIC_CAPTIONS,
        minute=None if moment is None or not spoken else clock(moment),
        in_video=bool(video),
        video=video if spoken else None,
        caution=caution(passage, event),
        address=base + fragment_address(page, passage.number),
        edition=edition,
        consulted=consulted,
        named=named,
        inferred=spoken and passage.inferred,
    )


def quoted(text: str) -> str:
    """A text that goes between “ ”: its own such marks become ‘ ’."""
    return text.replace("“", "‘").replace("”", "’")


def _session_words(session: Session) -> str:
    title = session.title
    if session.number is None:
        return f"la mesa “{quoted(title)}”"
    bare = _NUMBERED.sub("", title, count=1) if _NUMBERED.match(title) else title
    inferred = " (número inferido)" if session.number_inferred else ""
    return f"la mesa {session.number}{inferred}, “{quoted(bare)}”" if bare else f"la mesa {session.number}{inferred}"


def _institution(passage: Passage, session: Session | None) -> str | None:
    """That of the participant of this name; None where the post already says it."""
    if not session or not passage.person:
        return None
    name = fold(passage.person)
    found = next((p.institution for p in session.participants if fold(p.name) == name and p.institution), None)
    return None if found and fold(found) in fold(passage.post or "") else found


def today() -> dt.date:
    """The day in central Mexico."""
    return dt.datetime.now(CENTRAL_MEXICO).date()
