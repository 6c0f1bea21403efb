"""Moves a page or the transcript of one to another address, and makes one mesa of two: numbers and links stay good."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer.corpus.anchors import Anchors, Row
from indexer.corpus.folders import ANCHORS
from indexer.corpus.joined_toml import joined, lent, settled
from indexer.corpus.new_pages import numbers_of
from indexer.corpus.page_files import CLOCK, CORRECTIONS, SPEAKERS
from indexer.corpus.page_folders import Writer, check_slug, page_folder, refuse_day, toml_place
from indexer.corpus.redirects import redirect, refuse_redirected
from indexer.corpus.toml_syntax import decoded, parse_toml
from indexer.corpus.withdrawals_file import OTHER, known_withdrawals, refuse_withdrawn
from indexer.corpus.withdrawing import NAMES, files_below, record
from indexer.errors import refuse
from indexer.language.spanish import fold
from indexer.model import Kind, PageId
from indexer.program import STAFF
from indexer.readers.decode import text_of

_SPEECH = (Kind.TRANSCRIPT.value, CLOCK, *(name.partition(".")[0] for name in (SPEAKERS, CORRECTIONS)))
_CALLED = {kind.value: name for kind, name in NAMES.items()} | {CLOCK: "subtítulos"}
_CORRECTED = re.compile(r"^(#?p?)([0-9]{1,9})(?=\t)", re.IGNORECASE | re.MULTILINE)
_FRAGMENT = re.compile(r"#p([0-9]+)\Z")


def move(root: Path, old: PageId, new: PageId, to: Writer) -> None:
    """Call a page otherwise, with all that is in its folder; an event with its mesas. Refuses a taken address."""
    folder, target = _folder(root, old), root / str(new)
    if (old.session is None) != (new.session is None):
        cure = "escriba EVENTO EVENTO, o EVENTO/MESA EVENTO/MESA"
        raise refuse("Un evento no puede ser una mesa de otro, ni una mesa un evento", cure)
    check_slug(new.session or new.event)
    if new.session is not None:
        page_folder(root, PageId(new.event))
    if target.exists() or target.is_symlink():
        cure = f"elija otro nombre, o haga de las dos una con: {STAFF} unir {old} {new}"
        raise refuse(f"Ya existe {new}", cure if new.session else "elija otro nombre")
    files = files_below(folder)
    pages = {old: new}
    if old.session is None:
        names = {file.relative_to(folder).parts[0] for file in files if file.parent != folder}
        pages |= {PageId(old.event, name): PageId(new.event, name) for name in sorted(names)}
    for page, called in pages.items():
        refuse_redirected(root, called, to, page)
        refuse_withdrawn(root, str(called))
    for file in files:
        to.carry(file, target / file.relative_to(folder))
    if old.session and old.event != new.event:
        refuse_day(folder, old)
        _refuse_made_real(root, old, new, to)
        text = _settled(root, old, to, numbers_of(root / new.event, new.session or ""))
        to.write(target / toml_place(folder, old).name, text.encode())
    to.remove_folder(folder)
    _carry_withdrawals(root, old, new, to)
    redirect(root, old, new, to)


def merge(root: Path, old: PageId, new: PageId, to: Writer) -> None:
    """Make one mesa of two: what the first has goes into the second, its fragments after those that are there.

    Raises:
        CorpusError: One of them is not there, or both have what there can be only one of.
    """
    folder, target = _both(root, old, new, to)
    toml = toml_place(folder, old)
    files = [file for file in files_below(folder) if file not in (toml, folder / ANCHORS)]
    into, numbers = toml_place(target, new), _numbers(root, old, to)
    speech = any(_role(file) == Kind.TRANSCRIPT.value for file in files)
    text = joined(_text(into, to), _settled(root, old, to), speech=speech)
    shift = _hand_over(root, old, new, files, numbers, to)
    to.carry(toml, into, text.encode())
    to.remove_folder(folder)
    last = numbers.next_number - 1
    redirect(root, old, new, to, ranges=[(1, last, 1 + shift)] if last else [])


def lend_transcript(root: Path, old: PageId, new: PageId, to: Writer) -> None:
    """Give a mesa the transcript of another, with its captions, speakers, corrections, version, and video if it has
    none.

    Raises:
        CorpusError: There is none, or the other mesa has one.
    """
    folder, target = _both(root, old, new, to)
    files = [file for file in files_below(folder) if file.parent == folder and _role(file) in _SPEECH]
    if not any(_role(file) == Kind.TRANSCRIPT.value for file in files):
        raise refuse(f"{old} no tiene transcripción que mover", "revise el nombre del evento y el de la mesa")
    whole = _numbers(root, old, to)
    rows = whole.of(Kind.TRANSCRIPT)
    tomls = toml_place(folder, old), toml_place(target, new)
    texts = lent(*(_text(toml, to) for toml in tomls))
    shift = _hand_over(root, old, new, files, replace(whole, rows=rows, moved=(), before=()), to, _SPEECH)
    for toml, text in zip(tomls, texts, strict=True):
        to.write(toml, text.encode())
    for file in files:
        to.remove(file)
    if rows:
        left = tuple(row for row in whole.rows if row.kind is not Kind.TRANSCRIPT)
        before = tuple(row for row in whole.before if row.kind is not Kind.TRANSCRIPT)
        to.write(folder / ANCHORS, replace(whole, rows=left, before=before).render().encode())
        first, last = (choose(row.number for row in rows) for choose in (min, max))
        redirect(root, old, new, to, ranges=[(first, last, first + shift)], page=False)


def _hand_over(
    root: Path, old: PageId, new: PageId, files: Sequence[Path], numbers: Anchors, to: Writer, roles: Sequence[str] = ()
) -> int:
    """Write the files of one mesa into another, with numbers after its own; returns what is added to each."""
    folder, target = root / str(old), root / str(new)
    there = {_role(file): file.name for file in files_below(target) if file.parent == target}
    for file in files:
        if (held := there.get(_role(file))) is not None:
            what = _CALLED.get(_role(file), file.name)
            cure = f"retire antes el que no vale ({STAFF} retirar), o saque el archivo de una de las carpetas"
            raise refuse(f"Las dos mesas tienen {what} ({file.name} en {old}, {held} en {new})", cure)
    own = _numbers(root, new, to)
    if own.newer is not None or numbers.newer is not None:
        raise refuse("Los números de fragmento son de una versión más nueva de Consta", "actualice Consta")
    shift = own.next_number - 1

    def shifted(rows: Sequence[Row]) -> tuple[Row, ...]:
        return tuple(replace(row, number=row.number + shift) for row in rows)

    for file in files:
        data = to.read(file) or b""
        if fold(file.name).startswith(CORRECTIONS):
            data = _CORRECTED.sub(lambda found: f"{found[1]}{int(found[2]) + shift}", text_of(data)).encode()
        to.carry(file, target / file.relative_to(folder), data)
    both = replace(
        own,
        rows=(*own.rows, *shifted(numbers.rows)),
        next_number=numbers.next_number + shift,
        moved=(*own.moved, *((number + shift, at + shift) for number, at in numbers.moved)),
        before=(*own.before, *shifted(numbers.before)),
    )
    to.carry(folder / ANCHORS, target / ANCHORS, both.render().encode())
    _carry_withdrawals(root, old, new, to, shift, roles)
    return shift


def _carry_withdrawals(
    root: Path, old: PageId, new: PageId, to: Writer, shift: int = 0, roles: Sequence[str] = ()
) -> None:
    """What was withdrawn of a page stays so under its new address: nothing of it comes back there."""
    every = known_withdrawals(root)
    latest = {(entry.path, entry.sha256): entry for entry in every}
    found = []
    for entry in latest.values():
        name = entry.path.removeprefix(f"{old}/")
        if name == entry.path or (roles and name.partition(".")[0] not in roles):
            continue
        path = _FRAGMENT.sub(lambda number: f"#p{int(number[1]) + shift}", f"{new}/{name}")
        held = to.read(root / path) if "#" not in path else None
        admits = entry.admits or (OTHER if held is not None else "")
        numbers = tuple(number + shift for number in entry.numbers)
        carried = replace(entry, path=path, numbers=numbers, admits=admits)
        if latest.get((path, entry.sha256)) != carried:
            found.append(carried)
    record(root, found, to)


def _both(root: Path, old: PageId, new: PageId, to: Writer) -> tuple[Path, Path]:
    if old == new or not (old.session and new.session):
        raise refuse("Hacen falta dos mesas distintas", "escriba EVENTO/MESA EVENTO/MESA")
    folders = _folder(root, old), _folder(root, new)
    refuse_day(folders[0], old)
    refuse_day(folders[1], new)
    _refuse_made_real(root, old, new, to)
    return folders


def _refuse_made_real(root: Path, old: PageId, new: PageId, to: Writer) -> None:
    if bool(_event_values(root, old, to).get("ficticio")) and not _event_values(root, new, to).get("ficticio"):
        raise refuse(f"{old.event} es ficticio y {new.event} no", "elija una mesa de otro evento ficticio")


def _folder(root: Path, page: PageId) -> Path:
    """The folder of a page, in which no link is."""
    folder = page_folder(root, page)
    if link := next((path for path in (folder, *folder.rglob("*")) if path.is_symlink()), None):
        raise refuse(f"{link.relative_to(root)} es un enlace simbólico", "ponga en su lugar el archivo o la carpeta")
    return folder


def _text(path: Path, to: Writer) -> str:
    return decoded(to.read(path) or b"")


def _settled(root: Path, page: PageId, to: Writer, taken: Sequence[int] | set[int] = ()) -> str:
    """The TOML of a mesa that leaves its event."""
    return settled(_text(toml_place(root / str(page), page), to), _event_values(root, page, to), taken)


def _event_values(root: Path, page: PageId, to: Writer) -> dict[str, Any]:
    return parse_toml(_text(toml_place(root / page.event, PageId(page.event)), to))


def _numbers(root: Path, page: PageId, to: Writer) -> Anchors:
    return Anchors.held(to.read(root / str(page) / ANCHORS))


def _role(file: Path) -> str:
    return fold(file.name).partition(".")[0]
