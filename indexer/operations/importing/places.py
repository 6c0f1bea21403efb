"""Where recordings go: an event and a mesa of the corpus, or one that is made, under a name that is free."""

import re
from dataclasses import replace

from indexer.corpus.new_pages import LONGEST_NAME, free_name, session_name
from indexer.corpus.page_files import EVENT_KINDS, PageFiles
from indexer.corpus.slugs import is_slug
from indexer.corpus.snapshot import CorpusSnapshot, EventFolder, SessionFolder
from indexer.language.spanish import fold, slug
from indexer.model import Event, Kind
from indexer.operations.importing.recordings import base_of
from indexer.operations.importing.rows import Row
from indexer.operations.importing.video_info import video_key

_PARTS = re.compile(r"/|--")


class Places:
    """The events and mesas of a corpus, and those that rows were given so far.

    Args:
        event: The event of rows that do not say their own, as somebody called it.
        only: Whether rows of other events are refused.
    """

    def __init__(self, snapshot: CorpusSnapshot, event: str, new: Event | None = None, only: bool = False) -> None:
        self._events = {one.slug: one for one in snapshot.events if one.event is not None}
        if new is not None:
            self._events.setdefault(new.slug, EventFolder(new.slug, snapshot.root / new.slug, new, False, PageFiles()))
        self._event = event
        self._only = only
        gone = (one.path.split("/") for one in snapshot.withdrawals if one.sha256 is None)
        self._withdrawn = snapshot.withdrawals
        self._gone = {(path[0], path[1]) for path in gone if len(path) == 2}
        self._taken = self._gone | {(one.slug, each.slug) for one in snapshot.events for each in one.sessions}
        self._by_video: dict[str, list[tuple[str, SessionFolder]]] = {}
        for one in snapshot.events:
            for each in one.sessions:
                if each.session is not None and each.session.video:
                    self._by_video.setdefault(video_key(each.session.video), []).append((one.slug, each))

    def with_event(self, row: Row) -> Row:
        """A row with its event, and with the mesa that its name or its folders say."""
        row = self._named(row)
        called = row.event or self._event
        found = self._events.get(called) or next((one for one in self._events.values() if _is(one, called)), None)
        if found is not None and self._only and found.slug != self._event:
            return replace(row, event="", state="falta", why=f"es de {found.slug}, y aquí solo va lo de {self._event}")
        if found is not None:
            return replace(row, event=found.slug)
        if row.state != "importar":
            return replace(row, event="")
        there_are = f"; los que hay: {', '.join(list(self._events)[:8])}" if self._events else ""
        if called:
            why = f"no hay un evento «{called[:80]}»{there_are}; si es nuevo, dé su título con --titulo-evento"
        else:
            why = (
                f"no dice de qué evento es: diga cuál (--evento EVENTO, o la columna «evento» de una tabla){there_are}"
            )
        return replace(row, event="", state="falta", why=why)

    def _named(self, row: Row) -> Row:
        """The place that a file's name says: ``evento--mesa.vtt``, ``evento/mesa/x.vtt``, ``evento/anuncio.docx``."""
        parts = [part for part in _PARTS.split(base_of(row.file)) if not part.lower().endswith(".zip")]
        if row.event or len(parts) < 2 or parts[0] not in self._events:
            return row
        if len(parts) == 2 and fold(parts[1]) in EVENT_KINDS:
            return replace(row, event=parts[0], kind=Kind(fold(parts[1])))
        named = "--" in row.file or len(parts) == 3
        if not named or row.session:
            return replace(row, event=parts[0])
        last = fold(parts[-1])
        kind = Kind(last) if len(parts) > 2 and last in (Kind.DESCRIPTION, Kind.TRANSCRIPT) else row.kind
        row = replace(row, event=parts[0], session=parts[1], kind=kind)
        if self._session(row) is None:
            return replace(row, state="falta", why=f"no existe la mesa {row.page}: corrija el nombre, o créela antes")
        return row

    def with_session(self, row: Row, *, is_repeated: bool) -> Row:
        """A row with its mesa. ``is_repeated``: whether other rows bear the same title."""
        if row.kind is Kind.ANNOUNCEMENT:
            files = self._events[row.event].files
            return self._free(replace(row, is_new=False), row.kind in {*files.texts, *files.failed})
        for event, held in self._by_video.get(video_key(row.video), ()) if row.video else ():
            if Kind.TRANSCRIPT in {*held.files.texts, *held.files.failed} or event != row.event:
                return replace(row, state="repetida", why=f"ese video ya está en {event}/{held.slug}")
            if row.session in ("", held.slug):
                return self._into(row, held)
        found = self._session(row)
        if found is not None:
            return self._into(row, found)
        if row.session:
            name = slug(row.session)[:LONGEST_NAME].strip("-")
            if not is_slug(name):
                why = f"«{row.session[:80]}» no puede ser el nombre de una mesa: use letras, números y guiones"
                return replace(row, state="falta", why=why)
            if (row.event, name) in self._gone:
                why = f"la mesa {row.event}/{name} se retiró: diga otro nombre"
                return replace(row, state="falta", why=why)
            return self._made(row, name)
        warnings = row.warnings
        wanted = slug(row.title)
        if is_repeated:
            warnings += ("otra grabación tiene el mismo título: revise que no sea la misma",)
        elif (row.event, wanted) in self._taken:
            warnings += (f"ya hay una mesa de ese nombre ({row.event}/{wanted}): si es la misma, escríbalo en «mesa»",)
        row = replace(row, warnings=warnings)
        return self._made(row, self._name(row.event, wanted, str(row.date or ""), is_repeated))

    def _session(self, row: Row) -> SessionFolder | None:
        """The mesa that a row means: by its folder or its number, else one that waits for its text under that title."""
        for held in self._events[row.event].sessions:
            known = held.session
            if row.session:
                if row.session == held.slug or (known and row.session in (str(known.number), known.title)):
                    return held
            elif known and fold(known.title) == fold(row.title) and not held.files.texts and not held.files.failed:
                same_video = not (known.video and row.video) or video_key(known.video) == video_key(row.video)
                if same_video and (known.date is None or row.date is None or known.date == row.date):
                    return held
        return None

    def _into(self, row: Row, held: SessionFolder) -> Row:
        """A row that goes to a mesa that is there, which keeps its title and its day."""
        known = held.session
        row = replace(row, session=held.slug, is_new=False)
        if known is not None:
            if known.date and row.date and known.date != row.date:
                doubt = f"la mesa dice que fue el {known.date}, y aquí dice {row.date}: queda el de la mesa"
                row = replace(row, warnings=(*row.warnings, doubt))
            if known.video and row.video and video_key(known.video) != video_key(row.video):
                row = replace(row, warnings=(*row.warnings, f"la mesa tiene otro video ({known.video}): queda ese"))
            people = () if known.participants else row.people
            row = replace(
                row, title=known.title, date=known.date or row.date, video=known.video or row.video, people=people
            )
        return self._free(row, row.kind in {*held.files.texts, *held.files.failed})

    def _free(self, row: Row, held: bool) -> Row:
        """A row that goes to a page that is there, marked where that has such a text, or had one that was withdrawn."""
        gone = next((one for one in self._withdrawn if one.path.startswith(f"{row.page}/{row.kind.value}.")), None)
        if not held and gone is not None:
            doubt = (
                f"de {row.page} se retiró un texto el {gone.date} por este motivo: {gone.reason}; revise que sea otro"
            )
            return replace(row, doubt=doubt, warnings=(*row.warnings, doubt))
        if not held:
            return row
        why = f"{row.page} ya tiene ese texto, y aquí no se reemplaza nada: para cambiarlo, agréguelo con --reemplazar"
        return replace(row, state="falta", why=why)

    def _made(self, row: Row, name: str) -> Row:
        self._taken.add((row.event, name))
        event = self._events[row.event].event
        if event is not None and row.date is not None and not event.start <= row.date <= event.end:
            doubt = f"{row.date} queda fuera de los días del evento ({event.start} a {event.end})"
            row = replace(row, warnings=(*row.warnings, doubt))
        return replace(row, session=name)

    def _name(self, event: str, wanted: str, day: str, is_repeated: bool) -> str:
        """A free name for a new mesa; sessions of one title are told apart by their days."""
        name = session_name(wanted)
        if day and day not in name and (is_repeated or (event, name) in self._taken):
            name = f"{name[: LONGEST_NAME - 11].strip('-')}-{day}"
        return free_name(name, {taken for of, taken in self._taken if of == event})


def _is(event: EventFolder, called: str) -> bool:
    return bool(called) and event.event is not None and fold(event.event.title) == fold(called)
