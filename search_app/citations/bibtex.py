"""Citations as BibTeX entries that classic BibTeX and biblatex both read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from search_app.citations.cited import SITE, Cited
from search_app.citations.prose import notes, one_line

MIMETYPE = "application/x-bibtex"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "<": r"{\textless}",
    ">": r"{\textgreater}",
    "|": r"{\textbar}",
    **{letter: f"\\{letter}" for letter in "&%$#_"},
}
"""As Zotero writes and reads them. Braces are never ``\\{``: BibTeX counts them all the same."""
_ANY_SPECIAL = re.compile(f"[{re.escape(''.join(_SPECIAL))}]")
_SEPARATOR = re.compile(r"\b(and)\b", re.IGNORECASE)


def bibliography(cited: Iterable[Cited], remarks: Iterable[str] = ()) -> str:
    """A .bib file; remarks stand before the entries, where BibTeX reads nothing."""
    said = "".join(f"% {one_line(remark).replace('@', '(a)')}\n" for remark in remarks)
    return "\n".join(filter(None, (said, *map(entry, cited))))


def entry(cited: Cited) -> str:
    """One fragment as ``@misc``, the only type of classic BibTeX that a speech fits in."""
    event = cited.event
    fields: list[tuple[str, str]] = []
    if name := cited.creator:
        fields.append(("author", f"{_part(name.family)}, {_part(name.given)}" if name.given else _whole(name.family)))
    fields.append(("title", _whole(cited.title)))
    if cited.spoken:
        held = ", ".join(filter(None, (event.title, event.organiser)))
        fields += [("howpublished", escape(held)), ("eventtitle", _whole(event.title))]
        fields += [("organization", _whole(event.organiser))] if event.organiser else []
        fields += [("venue", escape(event.venue))] if event.venue else []
        fields += [("year", str(cited.year))] if cited.year else []
        fields += [("month", "")] if cited.date else []
        if cited.days:
            fields.append(("eventdate", "/".join(dict.fromkeys(day.isoformat() for day in cited.days))))
    else:
        fields.append(("howpublished", escape(SITE)))
    fields.append(("note", escape(". ".join(notes(cited)))))
    fields.append(("url", _address(cited.address)))
    fields.append(("urldate", cited.consulted.isoformat()))
    fields += [("langid", "spanish"), ("abstract", escape(cited.passage.text))]
    lines = [
        f"  month = {_MONTHS[cited.date.month - 1]}" if name == "month" and cited.date else f"  {name} = {{{value}}}"
        for name, value in fields
    ]
    return f"@misc{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def escape(text: str) -> str:
    """A text that LaTeX prints as it is; letters stay letters (UTF-8)."""
    return _ANY_SPECIAL.sub(lambda found: _SPECIAL[found[0]], one_line(text))


def _whole(text: str) -> str:
    """A text whose capitals no style changes, and that is one name however many "and" it holds."""
    return f"{{{escape(text)}}}"


def _part(text: str) -> str:
    """A part of a name; in braces where BibTeX would take it for several."""
    return _whole(text) if _SEPARATOR.search(text) or "," in text else escape(text)


def _address(address: str) -> str:
    """Addresses stand as they are; what would end the field is percent-encoded."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
