"""Citation styles in prose: a footnote as Mexican law journals print it, and APA 7. Runs of text carry the italics."""

import re
from typing import NamedTuple

from indexer.language.inferred_names import INFERRED_NAME_CAUTION
from search_app.citations.cited import FICTITIOUS_MARK, OWN_WORDING_MARK, SITE, Cited, quoted
from search_app.shown.dates import when
from search_app.shown.formatting import day, days

UNIDENTIFIED = "persona no identificada en la versión citada"
NOBODY = "nadie lo dijo; se escribió para probar el buscador"


class Run(NamedTuple):
    """A stretch of a citation in one letter."""

    text: str
    slanted: bool = False


Prose = tuple[Run, ...]
_SHORT = re.compile(r",? “")


def plain(prose: Prose) -> str:
    """The citation as it is copied."""
    return "".join(run.text for run in prose)


def footnote(cited: Cited) -> Prose:
    """A note at the foot of the page, as Mexican law journals write it: surnames first, commas, address, date."""
    runs = [Run(f"[{FICTITIOUS_MARK}: {NOBODY}] ")] if cited.fictitious else []
    runs.append(Run(", ".join(_opening(cited)) + ", "))
    if cited.session or cited.spoken:
        runs += [Run(cited.event.title, slanted=True), Run(", ")]
    rest: list[str] = []
    if not cited.passage.own_wording:
        rest += filter(None, (cited.event.organiser,))
        rest.append(_when_said(cited))
    rest += filter(None, (cited.trust, cited.moment))
    rest.append(f"fragmento {cited.passage.number}")
    runs += [Run(f"{', '.join(rest)}, en "), Run(SITE, slanted=True)]
    found = f"Disponible en: {cited.address} (fecha de consulta: {day(cited.consulted)})."
    runs.append(Run(f", edición {cited.edition}. {found}"))
    return tuple(runs)


def _opening(cited: Cited) -> list[str]:
    """Who and what, up to the name of the event."""
    if not cited.spoken:
        note = f" ({OWN_WORDING_MARK})" if cited.passage.own_wording and not cited.fictitious else ""
        return [f"{cited.headline}{note}"]
    standing = cited.standing
    place = f"intervención en {cited.session}"
    if cited.author:
        return [cited.author.inverted + (f" ({standing})" if standing else ""), place]
    if cited.inferred:
        return [cited.attribution(standing, UNIDENTIFIED if cited.unidentified else None)]
    if cited.fictitious:
        return [cited.headline]
    if cited.role:
        described = "; ".join(filter(None, (standing, UNIDENTIFIED)))
        return [f"“{quoted(cited.role)}” ({described})", place]
    return [UNIDENTIFIED[0].upper() + UNIDENTIFIED[1:], place]


def _when_said(cited: Cited) -> str:
    if cited.fictitious:
        return "fecha ficticia"
    if cited.date:
        return day(cited.date)
    event = cited.event
    if cited.certain:
        return days(event.start, event.end)
    return f"fecha por confirmar (el evento fue {when(event)})"


def apa(cited: Cited) -> Prose:
    """The entry of a list of references in APA 7, in Spanish."""
    title = Run(cited.headline, slanted=True)
    described = _described(cited)
    aside = Run(f" [{'; '.join(described)}]" if described else "")
    dated = f"({_apa_date(cited)}). "
    runs = [Run(f"[{FICTITIOUS_MARK}] ")] if cited.fictitious else []
    if name := cited.creator:
        author = f"{name.family}, {name.initials}" if name.given else name.family
        runs += [Run(f"{_with_stop(author)} {dated}"), title, aside, Run(". ")]
    else:  # the title stands where the author would
        runs += [title, aside, Run(f". {dated}")]
    source = []
    if cited.session or cited.spoken:
        source += [cited.event.title]
    if not cited.passage.own_wording:
        source += filter(None, (cited.event.organiser, cited.event.venue))
    if source:
        runs.append(Run(_with_stop(", ".join(source)) + " "))
    runs.append(Run(f"{SITE}, edición {cited.edition}. Recuperado el {day(cited.consulted)}, de {cited.address}"))
    return tuple(run for run in runs if run.text)


def apa_in_text(cited: Cited) -> str:
    """What stands in the text: ``(Armenta Paulino, 2025, 12:04)``."""
    place = cited.minute or f"fragm. {cited.passage.number}"
    year = "s. f." if not cited.spoken or cited.fictitious else _years(cited)
    if cited.creator:
        who = cited.creator.family
    else:
        # A short title: what stands before the first title or name between “ ”.
        of = "atribuida a" if cited.inferred else "de"
        who = f"“Intervención {of} {quoted(cited.role)}”" if cited.role else f"“{_SHORT.split(cited.headline)[0]}”"
    mark = f"{FICTITIOUS_MARK}: " if cited.fictitious else ""
    return f"({mark}{who}, {year}, {place})"


def _described(cited: Cited) -> list[str]:
    """What stands in brackets after the title."""
    parts = [NOBODY] if cited.fictitious else []
    parts += filter(None, (cited.standing,))
    if cited.unidentified:
        parts.append(UNIDENTIFIED)
    if cited.passage.own_wording and not cited.fictitious:
        parts.append(OWN_WORDING_MARK)
    parts += filter(None, (cited.trust, cited.moment))
    parts.append(f"fragmento {cited.passage.number}")
    parts[0] = parts[0][0].upper() + parts[0][1:]
    return parts


def _apa_date(cited: Cited) -> str:
    if not cited.spoken or cited.fictitious:
        return "s. f."
    if cited.date:
        words = day(cited.date)
        return f"{cited.date.year}, {words.removesuffix(f' de {cited.date.year}')}"
    event = cited.event
    if event.start.year != event.end.year:
        return f"{_years(cited)}; fecha por confirmar"
    return f"{_years(cited)}, {days(event.start, event.end).removesuffix(f' de {event.end.year}')}; fecha por confirmar"


def _years(cited: Cited) -> str:
    return "-".join(dict.fromkeys(str(day.year) for day in cited.days or ()))


def _with_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def one_line(text: str) -> str:
    """A text for a format that ends a field with its line."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return " ".join("".join(letter if letter.isprintable() else " " for letter in line).split())


def notes(cited: Cited) -> list[str]:
    """What formats with fields have no field for, a sentence each: post, role, version, minute, cautions, edition."""
    said = []
    if cited.fictitious:
        said.append(f"{FICTITIOUS_MARK}: {NOBODY}")
    elif cited.passage.own_wording:
        said.append(OWN_WORDING_MARK)
    said += filter(None, (cited.standing,))
    if cited.unidentified:
        said.append(f"habla “{quoted(cited.role)}”, {UNIDENTIFIED}" if cited.role else UNIDENTIFIED)
    if cited.inferred:
        said.append(INFERRED_NAME_CAUTION.rstrip("."))
    if not cited.spoken:
        event, known = cited.event, () if cited.fictitious else (days(cited.event.start, cited.event.end),)
        said.append(", ".join(filter(None, (event.title if cited.session else None, event.organiser, *known))))
    elif cited.fictitious or not cited.certain:
        said.append(_when_said(cited))
    if cited.trust:
        said.append(f"{cited.trust}{': no es una versión oficial' if cited.automatic else ''}")
    said += filter(None, (cited.moment,))
    if cited.video:
        said.append(f"video: {cited.video}")
    said.append(f"fragmento {cited.passage.number}, {SITE}, edición {cited.edition}")
    said.append(f"consultado el {day(cited.consulted)}")
    return [sentence[0].upper() + sentence[1:] for sentence in said if sentence]
