"""Where the commands write: folders of pages that are really in the corpus, and errors that say the cure."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from indexer.corpus.events import FILE_NAME as EVENT_FILE
from indexer.corpus.folders import CorpusTree, printable
from indexer.corpus.sessions import FILE_NAME as SESSION_FILE
from indexer.corpus.slugs import slug_fault
from indexer.corpus.toml_syntax import parse_toml, plain_text
from indexer.corpus.withdrawn import FILE_NAME as WITHDRAWALS_FILE
from indexer.corpus.withdrawn import OTHER, SAME, Withdrawn, came_back, exception_of, read_withdrawals
from indexer.errors import CorpusError, ReadError, reason
from indexer.language.spanish import fold
from indexer.model import PageId
from indexer.model.session import Withdrawal


def refuse(fault: str, cure: str) -> CorpusError:
    """An order about the corpus that is refused."""
    return CorpusError(f"{fault}: {cure}")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a message."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            why, cure = "no hay espacio en el disco", "libere espacio y repita el comando"
        else:
            why, cure = reason(error), "revise los permisos de la carpeta del acervo y repita el comando"
        raise refuse(f"No se pudo escribir en {printable(str(path))} ({why}); nada se perdió", cure) from error


def check_slug(slug: str) -> None:
    """Refuse a name that cannot be an address (``../x`` among them)."""
    fault = slug_fault(slug)
    if fault is not None:
        raise refuse(f"«{printable(slug)}»: {fault[0]}", fault[1])


def toml_name(page: PageId) -> str:
    """``evento.toml`` or ``mesa.toml``."""
    return EVENT_FILE if page.session is None else SESSION_FILE


def toml_path(folder: Path, page: PageId) -> Path | None:
    """The page's TOML, however its name is capitalised; None when it is not there.

    Raises:
        CorpusError: The folder cannot be opened.
    """
    name = toml_name(page)
    try:
        return next((path for path in sorted(folder.iterdir()) if fold(path.name) == name), None)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise refuse(f"No se puede abrir la carpeta {page} ({reason(error)})", "revise sus permisos") from error


def page_folder(root: Path, page: PageId) -> Path:
    """The folder of a page that is there.

    Raises:
        CorpusError: It is not, or is a link out of the corpus.
    """
    tree = CorpusTree(root)
    folder = root
    for slug in page:
        if slug is None:
            continue
        check_slug(slug)
        folder = folder / slug
        if tree.leads_out(folder):
            cure = "ponga en su lugar una carpeta"
            raise refuse(f"{printable(str(folder))} es un enlace simbólico que lleva fuera del acervo", cure)
    for step in (PageId(page.event), page):
        here = root.joinpath(*filter(None, step))
        if not here.is_dir() or toml_path(here, step) is None:
            order = f'antes con: python -m indexer nuevo {step} --titulo "…"'
            if step.session is None:
                raise refuse(f"No existe el evento {step}", f"créelo {order} --fecha AAAA-MM-DD")
            raise refuse(f"No existe la mesa {step}", f"créela {order}")
    return folder


def known_withdrawals(root: Path) -> tuple[Withdrawal, ...]:
    """What ``retirados.toml`` says.

    Raises:
        CorpusError: It is there and cannot be read: nothing may be added then, since it might have been withdrawn.
    """
    path = root / WITHDRAWALS_FILE
    if not path.exists() and not path.is_symlink():
        return ()
    try:
        if CorpusTree(root).leads_out(path):
            raise ReadError("es un enlace que lleva fuera del acervo", "ponga el archivo en su lugar")
        values = parse_toml(plain_text(path))
    except ReadError as error:
        raise CorpusError(f"{error.problem(WITHDRAWALS_FILE)}. Sin leer ese archivo no se cambia el acervo") from error
    return read_withdrawals(dt.date.today(), values, WITHDRAWALS_FILE)[0]


def refuse_withdrawn(root: Path, relative: str) -> None:
    """Refuse the name of a folder that was withdrawn."""
    entry = Withdrawn(known_withdrawals(root)).folder(relative)
    if entry is not None:
        raise refuse(f"{relative}: {came_back(entry, relative)}", f"elija otro nombre; {exception_of(entry)}")


def admitted(
    root: Path, relative: str, sha256: str, *, readmit: bool, tables: tuple[str, ...] = ()
) -> list[Withdrawal]:
    """What ``retirados.toml`` has to say, beside what it says, for a text to stand where something was withdrawn.

    A withdrawal forbids the bytes, and its name to whatever turns up there by accident. Whoever adds another text knows
    what they do: the name is free again, the bytes are not. The very same text comes back only where it is said.

    Args:
        root: Of the corpus.
        relative: Where it is to stand.
        sha256: Of its bytes.
        readmit: Whether it may be the very text that was withdrawn.
        tables: Files beside it that are about it, and went with the text that was withdrawn.

    Returns:
        Entries to be added; none where nothing of it was withdrawn.

    Raises:
        CorpusError: It was withdrawn, or a folder above it.
    """
    withdrawn = Withdrawn(known_withdrawals(root))
    named, same = withdrawn.name(relative), withdrawn.bytes(sha256)
    above = None if named is not None else withdrawn.folder(relative)
    if above is not None:
        raise refuse(f"{relative}: {came_back(above, relative)}", exception_of(above))
    unknown = named if named is not None and named.sha256 is None else None
    forbidden = same or unknown
    if forbidden is not None and not readmit:
        cure = "si la decisión cambió, admítalo otra vez (en la terminal, agregue --readmitir)"
        raise refuse(f"{relative}: {came_back(forbidden, relative)}", cure)
    found = [replace(entry, admits=SAME) for entry in (unknown, same) if entry is not None]
    if named is not None and named not in (unknown, same):
        found.append(replace(named, admits=OTHER))
    beside = (withdrawn.name(table) for table in tables)
    found += (replace(entry, admits=SAME if readmit else OTHER) for entry in beside if entry is not None)
    return found
