"""Citations as BibTeX entries that classic BibTeX and biblatex both read."""

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
    event, name = cited.event, cited.creator
    held = ", ".join(filter(None, (event.title, event.organiser))) if cited.spoken else SITE
    author = name and (
        f"{_part(name.family, name.compound)}, {_part(name.given)}" if name.given else _whole(name.family)
    )
    fields = [("author", author), ("title", _whole(cited.title)), ("howpublished", escape(held))]
    if cited.spoken:
        fields += [
            ("eventtitle", _whole(event.title)),
            ("organization", event.organiser and _whole(event.organiser)),
            ("venue", event.venue and escape(event.venue)),
            ("year", str(cited.year or "")),
            ("month", _MONTHS[cited.date.month - 1] if cited.date else None),
            ("eventdate", "/".join(dict.fromkeys(day.isoformat() for day in cited.days or ()))),
        ]
    fields += [("note", escape(". ".join(notes(cited)))), ("url", _address(cited.address))]
    fields += [("urldate", cited.consulted.isoformat()), ("langid", "spanish")]
    fields += [("abstract", escape(cited.passage.text))]
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields if value]
    return f"@misc{{{cited.key},\n" + ",\n".join(lines) + "\n}\n"


def escape(text: str) -> str:
    """A text that LaTeX prints as it is; letters stay letters (UTF-8)."""
    return _ANY_SPECIAL.sub(lambda found: _SPECIAL[found[0]], one_line(text))


def _whole(text: str) -> str:
    """A text whose capitals no style changes, and that is one name however many "and" it holds."""
    return f"{{{escape(text)}}}"


def _part(text: str, compound: bool = False) -> str:
    """A part of a name; in braces where BibTeX would take it for several, or a particle for the end of a prefix."""
    return _whole(text) if compound or _SEPARATOR.search(text) or "," in text else escape(text)


def _address(address: str) -> str:
    """Addresses stand as they are; what would end the field is percent-encoded."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")
