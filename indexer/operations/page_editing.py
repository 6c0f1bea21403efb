"""Shows and changes what is known of an event or of a mesa: its ``evento.toml`` or ``mesa.toml``."""

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from indexer import history
from indexer.config import Settings
from indexer.corpus.new_pages import numbers_of
from indexer.corpus.page_folders import page_folder, toml_path
from indexer.corpus.page_toml import SessionSetting, read_event, read_session
from indexer.corpus.snapshot import read_corpus
from indexer.corpus.toml_edit import with_keys
from indexer.corpus.toml_syntax import parse_toml, plain_text
from indexer.corpus.toml_validation import shown
from indexer.durable import bytes_of, sha256
from indexer.errors import CorpusError, Problem, ReadError, refuse
from indexer.language.typed_values import typed_value
from indexer.model import PageId
from indexer.model.page_fields import LABELS, Field, FieldType, fields_of
from indexer.readers.decode import text_of
from indexer.readers.paragraphs import some

_MOST_TOLD = 3
_KEYS = "|".join(LABELS)
_ROW = re.compile(rf"\[\[({_KEYS})\]\] (\d+):")
_KEY = re.compile(rf"«({_KEYS})»|\[\[({_KEYS})\]\]|\b({'|'.join(key for key in LABELS if '_' in key)})\b")


def page_view(settings: Settings, page: PageId, asked: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What is known of a page, as ``edit_page`` takes it, its ``base``, and the fields that ``asked`` would change."""
    path = _path(settings.corpus, page)
    data = bytes_of(path)
    values = parsed(data, f"{page}/{path.name}")
    said = {field.key: plain(field, values.get(field.key)) for field in fields_of(page)}
    rows = {field.key: said.pop(field.key) for field in fields_of(page) if field.kind is FieldType.ROWS}
    changes = {} if asked is None else {"cambia": [*own_changes(settings.corpus, page, data, asked)[0]]}
    return {"pagina": str(page), "base": sha256(data or b""), "campos": said, **rows, **changes}


def edit_page(taken: history.Step, settings: Settings, page: PageId, asked: Mapping[str, Any]) -> None:
    """Change what is known of a page. A field that is not given stays; one that is empty goes.

    Args:
        asked: ``base`` (the TOML that was seen: what was not changed in it stays as somebody else wrote it meanwhile),
            ``campos`` by key, and the lists of rows by theirs.

    Raises:
        Conflict: Somebody else changed the same field since ``base``.
        CorpusError: A value cannot be used; the message says which, and what to write.
    """
    path = _path(settings.corpus, page)
    data, name = taken.read(path), f"{page}/{path.name}"
    values, crossed = own_changes(settings.corpus, page, data, asked)
    if crossed:
        taken.require(path, str(asked["base"]))
    if not values:
        return
    if page.session and values.get("numero") in numbers_of(path.parent.parent, page.session):
        raise refuse(
            f"Otra mesa del evento ya tiene el número {values['numero']}", "escriba otro, o cambie antes el de ella"
        )
    taken.write(path, rewritten(data, name, values, _check(settings, page)).encode())
    taken.summary = f"Se cambió: {some([LABELS[key].lower() for key in values], 6)}"


def own_changes(root: Path, page: PageId, data: bytes | None, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """What is asked for of a page's TOML and not in ``base``; and whether somebody else changed the same since."""
    name, base = f"{page}/{_path(root, page).name}", asked.get("base")
    now = parsed(data, name)
    values = changes_of(page, now, asked)
    if base is None or base == sha256(data or b""):
        return values, False
    seen = history.Journal(root).find(str(base))
    then = parsed(seen, name)
    values = {key: value for key, value in values.items() if key in changes_of(page, then, asked)}
    touched = [one for one in fields_of(page) if one.key in values]
    return values, seen is None or any(plain(one, now.get(one.key)) != plain(one, then.get(one.key)) for one in touched)


def _path(root: Path, page: PageId) -> Path:
    path = toml_path(page_folder(root, page), page)
    assert path is not None  # page_folder refuses a folder without
    return path


def parsed(data: bytes | None, name: str) -> dict[str, Any]:
    """The values of a TOML file, for whoever is told its name where it cannot be read."""
    with _readable(name):
        return parse_toml(text_of(data))


def rewritten(
    data: bytes | None, name: str, values: Mapping[str, Any], check: Callable[[str], Iterable[Problem]]
) -> str:
    """A TOML file with these values; refused where ``check`` finds an error that it does not have without them."""
    with _readable(name):
        text = with_keys(text_of(data), values)
        standing = {(one.path, one.fault) for one in check(text_of(data))}
        faults = [one for one in check(text) if one.severity == "error" and (one.path, one.fault) not in standing]
    if faults:
        raise CorpusError(". ".join(_in_words(fault) for fault in faults[:_MOST_TOLD]))
    return text


@contextlib.contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except ReadError as error:
        raise CorpusError(str(error.problem(name))) from error


def changes_of(page: PageId, before: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, Any]:
    """The values that are asked for and are not those of now, checked."""
    fields = {field.key: field for field in fields_of(page)}
    given = {**fields_asked(asked), **{key: value for key, value in asked.items() if key not in ("base", "campos")}}
    if unknown := given.keys() - fields.keys():
        what = "un evento" if page.session is None else "una mesa"
        raise refuse(f"{what.capitalize()} no tiene «{min(unknown)[:60]}»", f"puede llevar {', '.join(fields)}")
    found = {}
    for key, said in given.items():
        now = plain(fields[key], before.get(key))
        value = typed_value(fields[key], said)
        if plain(fields[key], value) != now:
            found[key] = value
    return found


def fields_asked(asked: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that are one value each, as they are asked for."""
    given = asked.get("campos") or {}
    if not isinstance(given, dict):
        raise refuse("«campos» debe ser un objeto", 'escriba {"campos": {"titulo": "…"}}')
    return given


def plain(field: Field, value: Any) -> Any:
    """A value of TOML as JSON has it; of channels, an address alone is a row."""
    if field.kind is FieldType.ROWS:
        rows = value if isinstance(value, list) else []
        rows = [row if isinstance(row, dict) else {field.fields[-1].key: row} for row in rows]
        return [{one.key: plain(one, row.get(one.key)) for one in field.fields} for row in rows]
    if field.kind is FieldType.TEXTS:
        return [str(one) for one in value] if isinstance(value, list) else []
    if field.kind is FieldType.FLAG:
        return bool(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return value.isoformat() if isinstance(value, dt.date) else shown(value)


def _check(settings: Settings, page: PageId) -> Callable[[str], list[Problem]]:
    """What finds the faults of the TOML of a page; of an event, those that its mesas would have with it too."""
    snapshot = read_corpus(settings.corpus, only=lambda one: one.event == page.event)
    if not snapshot.events:
        raise refuse(f"El evento «{page.event}» se retiró, y no se publica", "vea lo que dice retirados.toml")
    folder = snapshot.events[0]
    topics = frozenset(topic.id for topic in snapshot.topics or ())
    setting = SessionSetting(page.event, folder.event, topics, snapshot.has_vocabulary)
    mesas = {}
    for session in folder.sessions if page.session is None else ():
        with contextlib.suppress(CorpusError, ReadError):
            mesas[session.slug] = parse_toml(plain_text(_path(settings.corpus, PageId(page.event, session.slug))))

    def check(text: str) -> list[Problem]:
        if page.session is not None:
            return read_session(page.session, setting, parse_toml(text), "")[1]
        event, found = read_event(page.event, parse_toml(text), "")
        with_it = replace(setting, event=event)
        return [*found, *(p for slug, held in mesas.items() for p in read_session(slug, with_it, held, slug)[1])]

    return check


def _in_words(problem: Problem) -> str:
    """A fault of the TOML by the names that people read."""
    text = _ROW.sub(lambda row: f"{LABELS[row[1]]}, renglón {row[2]}:", f"{problem.fault}: {problem.cure}")
    text = f"{problem.path}: {text}" if problem.path else text
    return _KEY.sub(lambda key: f"«{LABELS[next(filter(None, key.groups()))]}»", text)
