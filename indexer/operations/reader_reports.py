"""``_reportes/``: what readers say is wrong, waiting for the staff. Text only; nothing of it is published."""

from __future__ import annotations

import datetime as dt
import re
import secrets
from pathlib import Path
from typing import Any

import msgspec

from indexer.corpus.page_folders import disk_faults, page_folder, refuse
from indexer.corpus.toml_edit import one_line
from indexer.durable import private_folder, write_atomic
from indexer.format_version import decode
from indexer.model import PageId
from indexer.program import STAFF
from indexer.sealed_json import sealed

FOLDER = "_reportes"
VERSION = 1
LONGEST = 1_000
"""Letters of a report, and of the sentence that it is about."""
MOST = 2_000
"""Reports that wait; beyond, the queue is full and says so: a flood must not fill the disk."""

_ID = re.compile(r"[0-9]{14}-[0-9a-f]{8}")
OPEN = "abierto"
CLOSED = "cerrado"


class Report(
    msgspec.Struct,
    frozen=True,
    rename={
        "id": "reporte", "date": "fecha", "page": "pagina", "number": "numero", "sentence": "frase", "text": "texto",
        "origin": "desde", "state": "estado", "reason": "motivo",
    },
):  # fmt: skip
    """What one reader said of one fragment."""

    id: str
    date: str
    page: str
    number: int
    sentence: str
    text: str
    origin: str = ""
    state: str = OPEN
    reason: str | None = None
    version: int = VERSION


def report(root: Path, page: PageId, number: int, values: dict[str, Any]) -> Report:
    """Put a report into the queue.

    Args:
        root: Of the corpus.
        page, number: The fragment.
        values: ``frase``, ``texto`` and ``desde``, as they came.

    Raises:
        CorpusError: It says nothing, is too long, is about nothing, or the queue is full.
    """
    page_folder(root, page)
    sentence, text = (_text(values.get(key), key) for key in ("frase", "texto"))
    if not text:
        raise refuse("El reporte está vacío", "escriba qué está mal")
    folder = root / FOLDER
    if sum(1 for one in reports(root) if one.state == OPEN) >= MOST:
        raise refuse("Ya hay demasiados reportes en espera", "vuelva a intentarlo más tarde")
    now = dt.datetime.now(dt.UTC)
    found = Report(
        id=f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}",
        date=now.isoformat(timespec="seconds"),
        page=str(page),
        number=number,
        sentence=sentence,
        text=text,
        origin=one_line(str(values.get("desde") or ""))[:100],
    )
    with disk_faults(folder):
        private_folder(root, FOLDER)
        _save(folder, found)
    return found


def reports(root: Path) -> tuple[Report, ...]:
    """Every report, the newest first; what cannot be read is passed over.

    Raises:
        NewerFormat: A newer version of Consta wrote one.
    """
    found = []
    for path in sorted((root / FOLDER).glob("*.json"), reverse=True):
        try:
            found.append(decode(path.read_bytes(), Report, VERSION, f"{FOLDER}/{path.name}"))
        except (OSError, ValueError):
            continue
    return tuple(found)


def damaged(root: Path) -> list[str]:
    """What to say of each report that cannot be read."""
    whole = {one.id for one in reports(root)}
    files = (path for path in sorted((root / FOLDER).glob("*.json")) if path.stem not in whole)
    return [f"{FOLDER}/{path.name} está dañado: recupérelo de su respaldo o, si no lo hay, bórrelo" for path in files]


def close(root: Path, name: str, reason: str | None) -> Report:
    """Close a report.

    Raises:
        CorpusError: There is no such report.
    """
    one = next((one for one in reports(root) if one.id == name), None) if _ID.fullmatch(name) else None
    if one is None:
        raise refuse(f"No hay un reporte «{name[:40]}»", f"vea los que hay con: {STAFF} reportes")
    closed = msgspec.structs.replace(one, state=CLOSED, reason=one_line(reason or "")[:LONGEST] or None)
    with disk_faults(root / FOLDER):
        _save(root / FOLDER, closed)
    return closed


def _save(folder: Path, one: Report) -> None:
    write_atomic(folder / f"{one.id}.json", sealed(msgspec.json.format(msgspec.json.encode(one))), mode=0o600)


def _text(value: Any, key: str) -> str:
    if value is not None and not isinstance(value, str):
        raise refuse(f"«{key}» no es un texto", "mándelo como texto")
    lines = [one_line(line) for line in (value or "").splitlines()]
    text = "\n".join(line for line in lines if line)
    if len(text) > LONGEST:
        what = "La frase" if key == "frase" else "El reporte"
        raise refuse(f"{what} tiene {len(text)} letras", f"escriba {LONGEST} a lo más")
    return text
