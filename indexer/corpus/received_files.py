"""Checks a file as sent: whether it can be read, its name in the corpus, and the files it would stand beside."""

from collections.abc import Sequence
from pathlib import Path

from indexer.corpus.folders import printable
from indexer.corpus.page_files import cure_of_suffix
from indexer.corpus.page_folders import disk_faults
from indexer.errors import CorpusError, ReadError, reason, refuse
from indexer.language.spanish import fold
from indexer.model import Document, Kind, PageId
from indexer.readers import SUFFIXES, read


def suffix_of(source: Path, role: str) -> str:
    """The suffix to keep, in lower case; refused where readers do not know it."""
    suffix = source.suffix.lower()
    name = printable(source.name)
    if suffix not in SUFFIXES:
        what = f"la extensión {printable(suffix)} no se conoce" if suffix else "el archivo no tiene extensión"
        raise refuse(f"{name}: {what}", cure_of_suffix(suffix, role))
    hidden = Path(source.stem).suffix.lower()
    if suffix == ".txt" and hidden in SUFFIXES:
        cure = f"renómbrelo a {printable(source.stem)} y repita el comando"
        raise refuse(f"{name} tiene dos extensiones (Windows oculta la última)", cure)
    return suffix


def received(source: Path, kind: Kind) -> tuple[bytes, Document]:
    """A file as it came, and what a reader makes of it; refused where it is not there, or no reader can read it."""
    name = printable(source.name)
    if not source.is_file():
        where = printable(str(source))
        raise refuse(f"No hay un archivo en {where}", "revise la ruta; si tiene espacios, escríbala entre comillas")
    try:
        return source.read_bytes(), read(source, kind)
    except OSError as error:
        raise refuse(f"No se puede leer {name} ({reason(error)})", "revise los permisos del archivo") from error
    except ReadError as error:
        raise CorpusError(f"{error.problem(name)}. No se agregó nada") from error


def present(folder: Path, role: str) -> list[Path]:
    """Every file that stands for this kind, or is of that name, also those of a wrong extension."""
    with disk_faults(folder):
        found = sorted(folder.iterdir())
    return [path for path in found if fold(path.name).partition(".")[0] == role and not path.is_dir()]


def refuse_present(page: PageId, held: Sequence[Path]) -> None:
    """Refuse to take the place of files that are there, where nobody asked for that."""
    if held:
        names = " y ".join(printable(path.name) for path in held)
        raise refuse(f"{page} ya tiene {names}", "para cambiarlo por este archivo agregue --reemplazar")


def refuse_link(page: PageId, target: Path) -> None:
    """Refuse to write where a link or a folder stands."""
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise refuse(f"{page}/{target.name} es un enlace o una carpeta", "bórrelo y repita el comando")
