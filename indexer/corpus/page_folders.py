"""Finds the folders of pages for the commands that write, and turns faults into errors that name the cure."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from indexer.corpus.folders import CorpusTree, printable
from indexer.corpus.page_toml import EVENT_FILE, SESSION_FILE
from indexer.corpus.slugs import slug_fault
from indexer.corpus.toml_syntax import parse_toml, plain_text
from indexer.errors import ReadError, cure, reason, refuse
from indexer.language.spanish import fold
from indexer.model import PageId
from indexer.program import STAFF


class Writer(Protocol):
    """What the desk writes through: a step of ``indexer.history``, which gathers, and does all or nothing."""

    def read(self, path: Path) -> bytes | None:
        """What a file holds, with what was asked so far; None where there is none."""

    def write(self, path: Path, data: bytes) -> None:
        """Give a file its bytes; its folder is made."""

    def carry(self, path: Path, target: Path, data: bytes | None = None) -> None:
        """Give a file another path, and other bytes where they are told; the old one is still to be taken away."""

    def remove(self, path: Path) -> None:
        """Take a file away."""

    def remove_folder(self, folder: Path) -> None:
        """Take a folder away with all that is in it."""


@contextmanager
def disk_faults(path: Path) -> Iterator[None]:
    """Turn what the system refuses into a message."""
    try:
        yield
    except OSError as error:
        fault = f"No se pudo escribir en {printable(str(path))} ({reason(error)}); nada se perdió"
        raise refuse(fault, f"{cure(error)}, y repita el comando") from error


def check_slug(slug: str) -> None:
    """Refuse a name that cannot be an address (``../x`` among them)."""
    fault = slug_fault(slug)
    if fault is not None:
        raise refuse(f"«{printable(slug)}»: {fault[0]}", fault[1])


def toml_name(page: PageId) -> str:
    """``evento.toml`` or ``mesa.toml``."""
    return EVENT_FILE if page.session is None else SESSION_FILE


def toml_path(folder: Path, page: PageId) -> Path | None:
    """The page's TOML, however its name is capitalised; None when it is not there, refused in a closed folder."""
    name = toml_name(page)
    try:
        return next((path for path in sorted(folder.iterdir()) if fold(path.name) == name), None)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise refuse(f"No se puede abrir la carpeta {page} ({reason(error)})", "revise sus permisos") from error


def toml_place(folder: Path, page: PageId) -> Path:
    """Where the page's TOML is, or would be."""
    return toml_path(folder, page) or folder / toml_name(page)


def part_of_day(folder: Path, page: PageId) -> dict[str, Any]:
    """The TOML of a mesa that is a part of a whole day's file (``jornada``); empty where it is part of none."""
    path = toml_path(folder, page)
    try:
        values = parse_toml(plain_text(path)) if path else {}
    except ReadError:
        return {}
    return values if values.get("jornada") else {}


def refuse_day(folder: Path, page: PageId) -> None:
    """Refuse to take the words of a mesa away while they are in the file of a whole day."""
    if day := part_of_day(folder, page):
        cure = f"divídalo antes entre sus mesas, en la terminal: {STAFF} partir --dividir {page}"
        raise refuse(f"{page} es parte de {printable(str(day['jornada']))}", cure)


def page_folder(root: Path, page: PageId) -> Path:
    """The folder of a page that is there. Raises ``CorpusError``: it is not, or is a link out of the corpus."""
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
            order = f'antes con: {STAFF} nuevo {step} --titulo "…"'
            if step.session is None:
                raise refuse(f"No existe el evento {step}", f"créelo {order} --fecha AAAA-MM-DD")
            raise refuse(f"No existe la mesa {step}", f"créela {order}")
    return folder
