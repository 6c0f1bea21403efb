"""Withdraws a text, a session or an event: first records that it must not come back, then removes files."""

import datetime as dt
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.corpus.folders import CorpusTree, printable
from indexer.corpus.page_files import CLOCK, CORRECTIONS, EVENT_KINDS, SESSION_KINDS, SPEAKERS
from indexer.corpus.page_folders import Writer, check_slug, refuse_day
from indexer.corpus.received_files import present
from indexer.corpus.toml_edit import one_line, quoted
from indexer.corpus.toml_syntax import decoded, parse_toml
from indexer.corpus.withdrawals_file import FILE_NAME, known_withdrawals, read_withdrawals
from indexer.durable import sha256_of
from indexer.errors import CorpusError, ReadError, refuse
from indexer.errors import reason as why_not
from indexer.language.spanish import fold
from indexer.model import Kind, PageId, Withdrawal
from indexer.program import STAFF

_HEADER = f"""\
# Lo que se retiró del acervo y no debe volver. Lo escribe: {STAFF} retirar EVENTO/MESA --motivo "…"
"""


NAMES = {Kind.ANNOUNCEMENT: "anuncio", Kind.DESCRIPTION: "descripción", Kind.TRANSCRIPT: "transcripción"}


def withdraw(
    root: Path, page: PageId, kind: Kind | None, reason: str, numbers: Iterable[int] = (), *, to: Writer
) -> tuple[Withdrawal, ...]:
    """Record what is withdrawn in ``retirados.toml``, then remove it from the corpus.

    What was withdrawn before gets one more entry when the reason is another one: the last one counts. A crash in
    between leaves the record, so that nothing withdrawn is published; the same order then finishes the work.
    A transcript takes ``subtitulos.<ext>``, ``hablantes.tsv`` and ``correcciones.tsv`` along (they quote it).
    ``anclas.tsv`` stays unless the whole session goes: its numbers are never used twice.

    Args:
        kind: What to withdraw; None for a whole session or event with all that is in its folder.
        reason: Why, for the page that answers at the old addresses.
        numbers: Numbers of the fragments that the old addresses served.
        to: What it is written through.

    Returns:
        The entries that cover it: of the folder first when the whole session goes, then of its files.

    Raises:
        CorpusError: There is nothing to withdraw, or the order or the corpus is no good.
    """
    why = checked_reason(reason)
    folder = _folder(root, page, kind)
    if kind in (None, Kind.TRANSCRIPT):
        refuse_day(folder, page)
    latest = {(entry.path, entry.sha256): entry for entry in known_withdrawals(root)}
    texts, beside = (files_below(folder), []) if kind is None else _of_kind(folder, kind)
    if not texts and not (kind is None and folder.is_dir()):
        before = [entry for entry in latest.values() if _covers(entry, page, kind)]
        if before:
            again = [_again(Withdrawal(e.path, e.sha256, dt.date.today(), why, ()), e) for e in before]
            record(root, [entry for entry in again if entry not in before], to)
            _remove(beside, to)
            return tuple(again)
        what = page if kind is None else f"{NAMES[kind]} en {page}"
        raise refuse(f"No hay {what} que retirar", "revise el nombre del evento y el de la mesa")
    entries = _entries(page, kind, folder, [*texts, *beside], why, tuple(sorted(set(numbers))))
    entries = [_again(entry, latest.get((entry.path, entry.sha256))) for entry in entries]
    record(root, [entry for entry in entries if entry != latest.get((entry.path, entry.sha256))], to)
    if kind is None:
        to.remove_folder(folder)
    else:
        _remove([*beside, *texts], to)
    return tuple(entries)


def checked_reason(reason: str) -> str:
    """Why, in one line; refused where nothing is said."""
    if not (why := one_line(reason)):
        raise refuse("Falta el motivo", 'escriba --motivo "Por qué se retira"; se mostrará en su dirección')
    return why


def _entries(
    page: PageId, kind: Kind | None, folder: Path, files: Sequence[Path], why: str, numbers: tuple[int, ...]
) -> list[Withdrawal]:
    """One entry a file, and one for the folder when it goes as a whole; the first one has the numbers."""
    today = dt.date.today()
    found: list[tuple[str, str | None]] = [] if kind is not None else [(str(page), None)]
    for file in files:
        name = printable(file.relative_to(folder).as_posix()).replace("\\", "/")
        found.append((one_line(f"{page}/{name}"), _sha256(file)))
    return [
        Withdrawal(path, sha256, today, why, numbers if place == 0 else ())
        for place, (path, sha256) in enumerate(found)
    ]


def _again(entry: Withdrawal, before: Withdrawal | None) -> Withdrawal:
    """The entry to keep when one stands already: that one, or for another reason a new one with its numbers too."""
    if before is None:
        return entry
    if before.reason == entry.reason and not before.admits:
        return before
    return replace(entry, numbers=tuple(sorted({*before.numbers, *entry.numbers})))


def _remove(files: Sequence[Path], to: Writer) -> None:
    for file in files:
        to.remove(file)


def _folder(root: Path, page: PageId, kind: Kind | None) -> Path:
    tree = CorpusTree(root)
    folder = root
    for slug in filter(None, page):
        check_slug(slug)
        folder = folder / slug
        if folder.is_symlink() or tree.leads_out(folder):
            raise refuse(f"{page} es un enlace simbólico", "retire la carpeta a la que lleva y borre el enlace")
    if kind is not None and kind not in (EVENT_KINDS if page.session is None else SESSION_KINDS):
        where = "un evento" if kind in EVENT_KINDS else "una mesa"
        raise refuse(f"El tipo {kind.value} es de {where}", "corrija el tipo, o el evento y la mesa")
    return folder


def files_below(folder: Path) -> list[Path]:
    """Every file of a folder, at any depth; what a link leads to is not part of it."""
    found = (Path(here, name) for here, _, names in os.walk(folder) for name in names)
    return sorted(path for path in found if path.is_file() and not path.is_symlink())


def _of_kind(folder: Path, kind: Kind) -> tuple[list[Path], list[Path]]:
    """The files of a kind and, for a transcript, what lies beside it and quotes it."""
    if not folder.is_dir():
        return [], []
    texts, beside = present(folder, kind.value), []
    if kind is Kind.TRANSCRIPT:
        tables = [path for path in sorted(folder.iterdir()) if fold(path.name) in (SPEAKERS, CORRECTIONS)]
        beside = [path for path in (*tables, *present(folder, CLOCK)) if not path.is_dir()]
    for path in (*texts, *beside):
        if path.is_symlink():
            cure = "retire el archivo al que lleva y borre el enlace"
            raise refuse(f"{printable(path.name)} es un enlace simbólico", cure)
    return texts, beside


def _covers(entry: Withdrawal, page: PageId, kind: Kind | None) -> bool:
    """True for an entry that an earlier run of the same order wrote."""
    if kind is None:
        return entry.path == str(page)
    folder, _, name = entry.path.rpartition("/")
    return folder == str(page) and fold(name).partition(".")[0] == kind.value


def _sha256(file: Path) -> str:
    try:
        return sha256_of(file)
    except OSError as error:
        raise refuse(f"No se puede leer {printable(file.name)} ({why_not(error)})", "revise sus permisos") from error


def record(root: Path, entries: Sequence[Withdrawal], to: Writer) -> None:
    """Append to ``retirados.toml``; the result is parsed before it takes the place of the old file."""
    if not entries:
        return
    path = root / FILE_NAME
    try:
        held = to.read(path)
        old = _HEADER if held is None else decoded(held)
        text = old.rstrip() + "\n" + "".join(map(_entry, entries))
        read, _ = read_withdrawals(dt.date.today(), parse_toml(text), FILE_NAME)
        if list(read[-len(entries) :]) != list(entries):
            raise ReadError("no se le puede agregar una entrada", "escriba cada entrada como una tabla [[retirados]]")
    except ReadError as error:
        raise CorpusError(f"{error.problem(FILE_NAME)}. No se retiró nada") from error
    to.write(path, text.encode())


def _entry(entry: Withdrawal) -> str:
    lines = ["", "[[retirados]]", f"ruta = {quoted(entry.path)}"]
    if entry.sha256 is not None:
        lines.append(f'sha256 = "{entry.sha256}"')
    lines += [f"fecha = {entry.date.isoformat()}", f"motivo = {quoted(entry.reason)}"]
    if entry.numbers:
        lines.append(f"fragmentos = [{', '.join(map(str, entry.numbers))}]")
    if entry.admits:
        lines.append(f"admite = {quoted(entry.admits)}")
    return "\n".join(lines) + "\n"
