"""``_reportes/``: what readers say is wrong, waiting for the staff, and what these answer. Nothing of it is published.

Whoever reports gets a private link, once. Only a hash of its key is kept: nobody here can tell what the link was.
"""

import contextlib
import datetime as dt
import hashlib
import secrets
from pathlib import Path
from typing import Any

import msgspec

from indexer.corpus.page_folders import disk_faults, page_folder
from indexer.corpus.toml_edit import one_line
from indexer.durable import private_folder, write_atomic
from indexer.errors import refuse
from indexer.format_version import decode
from indexer.model import PageId
from indexer.program import STAFF
from indexer.sealed_json import sealed

FOLDER = "_reportes"
VERSION = 2
LONGEST = 1_000
"""Letters of a report, of the sentence that it is about, and of an answer."""
LINK_DAYS = 180
"""Days for which the link of a report leads to it: from the report, or from its answer."""
MOST = 2_000
"""Reports that wait; beyond, the queue is full and says so: a flood must not fill the disk."""

_CALLED = {"frase": "La frase", "texto": "El reporte", "respuesta": "La respuesta"}
OPEN = "abierto"
CLOSED = "cerrado"


class Report(
    msgspec.Struct,
    frozen=True,
    rename={
        "id": "reporte", "date": "fecha", "page": "pagina", "number": "numero", "sentence": "frase", "text": "texto",
        "origin": "desde", "state": "estado", "reason": "motivo", "key": "clave", "answer": "respuesta",
        "answered": "respondido",
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
    key: str = ""
    answer: str | None = None
    answered: str | None = None
    version: int = VERSION

    @property
    def link_until(self) -> dt.date | None:
        """The last day of its link; None for a report of before there were any."""
        since = dt.datetime.fromisoformat(self.answered or self.date).date()
        return since + dt.timedelta(days=LINK_DAYS) if self.key else None


def report(root: Path, page: PageId, number: int, values: dict[str, Any]) -> tuple[Report, str]:
    """Put a report into the queue; returns it with the key of its link, which is kept nowhere.

    Args:
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
    now, key = dt.datetime.now(dt.UTC), secrets.token_urlsafe(24)
    found = Report(
        f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}", now.isoformat(timespec="seconds"), str(page), number, sentence,
        text, origin=one_line(str(values.get("desde") or ""))[:100], key=_hashed(key),
    )  # fmt: skip
    return _saved(folder, found), key


def by_key(root: Path, key: object) -> Report:
    """The report that a private link leads to. Raises ``CorpusError``: there is none, or the link has expired."""
    wanted = _hashed(key) if isinstance(key, str) and key else "none"
    one = next((one for one in reports(root) if one.key == wanted), None)
    if one is None or one.link_until is None or one.link_until < dt.datetime.now(dt.UTC).date():
        cure = f"valen {LINK_DAYS} días desde el reporte, o desde su respuesta; copie el suyo completo"
        raise refuse("Ese enlace no lleva a ningún reporte, o ya venció", cure)
    return one


def reports(root: Path) -> tuple[Report, ...]:
    """Every report, the newest first; what cannot be read is passed over, but a ``NewerFormat``."""
    found = []
    for path in sorted((root / FOLDER).glob("*.json"), reverse=True):
        with contextlib.suppress(OSError, ValueError):
            found.append(decode(path.read_bytes(), Report, VERSION, f"{FOLDER}/{path.name}"))
    return tuple(found)


def damaged(root: Path) -> list[str]:
    """What to say of each report that cannot be read."""
    whole = {one.id for one in reports(root)}
    files = (path for path in sorted((root / FOLDER).glob("*.json")) if path.stem not in whole)
    return [f"{FOLDER}/{path.name} está dañado: recupérelo de su respaldo o, si no lo hay, bórrelo" for path in files]


def close(root: Path, name: str, reason: str | None, answer: str | None = None, page: PageId | None = None) -> Report:
    """Close a report, maybe with an answer for whoever sent it; a closed one may be answered anew.

    Args:
        reason, answer: A note for the staff, and what its link shows.
        page: The page that it must be about.

    Raises:
        CorpusError: There is no such report, or nobody has a link to the answer.
    """
    one = next((one for one in reports(root) if one.id == name), None)
    if one is None or (page is not None and one.page != str(page)):
        raise refuse(f"No hay un reporte «{name[:40]}»", f"vea los que hay con: {STAFF} reportes")
    said = _text(answer, "respuesta")
    if said and not one.key:
        raise refuse("Ese reporte no tiene un enlace donde leer la respuesta", "ciérrelo con una nota")
    values: dict[str, Any] = {"state": CLOSED, "reason": one_line(reason or "")[:LONGEST] or None, "version": VERSION}
    if said:
        values |= {"answer": said, "answered": dt.datetime.now(dt.UTC).isoformat(timespec="seconds")}
    return _saved(root / FOLDER, msgspec.structs.replace(one, **values))


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _saved(folder: Path, one: Report) -> Report:
    with disk_faults(folder):
        private_folder(folder.parent, FOLDER)
        write_atomic(folder / f"{one.id}.json", sealed(msgspec.json.format(msgspec.json.encode(one))), mode=0o600)
    return one


def _text(value: Any, key: str) -> str:
    if value is not None and not isinstance(value, str):
        raise refuse(f"«{key}» no es un texto", "mándelo como texto")
    lines = [one_line(line) for line in (value or "").splitlines()]
    text = "\n".join(line for line in lines if line)
    if len(text) > LONGEST:
        raise refuse(f"{_CALLED[key]} tiene {len(text)} letras", f"escriba {LONGEST} a lo más")
    return text
