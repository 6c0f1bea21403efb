"""New pages: the folder of an event or a session, with a TOML file to fill in."""

import datetime as dt
import re
from collections.abc import Collection, Container
from itertools import count
from pathlib import Path

from indexer.corpus.page_folders import Writer, check_slug, disk_faults, page_folder, toml_name, toml_path
from indexer.corpus.page_toml import EVENT_FILE
from indexer.corpus.redirects import refuse_redirected
from indexer.corpus.slugs import is_slug
from indexer.corpus.toml_edit import one_line, quoted
from indexer.corpus.toml_syntax import parse_toml, plain_text
from indexer.corpus.withdrawals_file import refuse_withdrawn
from indexer.errors import CorpusError, ReadError, refuse
from indexer.language.spanish import slug
from indexer.model import PageId
from indexer.program import STAFF

LONGEST_NAME = 60
_NUMBERED = re.compile(r"(?:^|-)mesa-0*(\d{1,4})(?:-|\Z)")

_EVENT = Path(__file__).with_name("nuevo_evento.txt").read_text(encoding="utf-8")
_SESSION = Path(__file__).with_name("nueva_mesa.txt").read_text(encoding="utf-8")


def new_event(root: Path, name: str, title: str, start: dt.date, end: dt.date, *, to: Writer) -> Path:
    """Make the folder of an event and its ``evento.toml``, and say where that is.

    Args:
        root: Of the corpus; made when it is not there.

    Raises:
        CorpusError: The name or the title is no good, the event is there, or the folder cannot be written.
    """
    check_slug(name)
    if end < start:
        raise refuse(f"El evento termina ({end}) antes de empezar ({start})", "corrija las fechas")
    text = _EVENT.format(orden=STAFF, title=_title(title), start=start, end=end)
    with disk_faults(root):
        root.mkdir(parents=True, exist_ok=True)
    return _make(root, PageId(name), text, to)


def new_session(
    root: Path,
    event: str,
    name: str,
    title: str,
    date: dt.date | None = None,
    *,
    taken: Collection[int] = (),
    to: Writer,
) -> Path:
    """Make the folder of a session and its ``mesa.toml``, and say where that is.

    Args:
        event: Folder of the event, which must be there, or be made in the same step.
        name: Of the folder; ``mesa-5-…`` gives the number 5, unless another session of the event has it.
        date: Its day; None when it is not known.
        taken: Numbers of sessions that are made in the same step.

    Raises:
        CorpusError: See ``new_event``; or the event is not there.
    """
    check_slug(name)
    is_new = not (root / event).exists() and to.read(root / event / EVENT_FILE) is not None  # made in the same step
    held = set() if is_new else numbers_of(page_folder(root, PageId(event)), name)
    number = number_in(name)
    if number is not None and (number in taken or number in held):
        number = None
    text = _SESSION.format(
        orden=STAFF,
        title=_title(title),
        number=f"numero = {number}" if number is not None else "# numero = 5",
        date=f"fecha = {date}" if date else "# fecha = 2025-12-04             # sin ella: «fecha no confirmada»",
    )
    return _make(root, PageId(event, name), text, to)


def number_in(name: str) -> int | None:
    """The number that the name of a session's folder says: of ``mesa-5-…`` it is 5."""
    named = _NUMBERED.search(name)
    return int(named[1]) if named else None


def session_name(title: str) -> str:
    """The name of the folder of a session of this title."""
    name = slug(title)[:LONGEST_NAME].strip("-")
    return name if is_slug(name) else f"mesa-{name}".strip("-")


def free_name(name: str, taken: Container[str]) -> str:
    """A name that is not taken yet: this one, or with a number behind it."""
    return next(free for n in count(1) if (free := name if n == 1 else f"{name}-{n}") not in taken)


def _make(root: Path, page: PageId, text: str, to: Writer) -> Path:
    """Write the TOML of a page that has none yet; a folder that is already there keeps its files."""
    folder = root.joinpath(*filter(None, page))
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise refuse(f"Ya hay un archivo o un enlace con el nombre {page}", "elija otro nombre o bórrelo")
    if toml_path(folder, page) is not None:
        raise refuse(f"Ya existe {page}", f"elija otro nombre, o edite {page}/{toml_name(page)} con un editor de texto")
    refuse_withdrawn(root, str(page))
    refuse_redirected(root, page, to)
    path = folder / toml_name(page)
    to.write(path, text.encode())
    return path


def _title(title: str) -> str:
    """A title as TOML; refused when nothing is left of it."""
    clean = one_line(title)
    if not clean:
        raise refuse("El título está vacío", 'escriba --titulo "El nombre del evento o de la mesa"')
    return quoted(clean)


def numbers_of(event: Path, but: str = "") -> set[int]:
    """Numbers of the sessions that an event has, but of one, read loosely: what is broken has none."""
    found = set()
    for folder in event.iterdir() if event.is_dir() else ():
        if not folder.is_dir() or folder.name == but:
            continue
        try:
            path = toml_path(folder, PageId(event.name, folder.name))
            number = parse_toml(plain_text(path)).get("numero") if path else None
        except (CorpusError, ReadError):
            continue
        if type(number) is int:
            found.add(number)
    return found
