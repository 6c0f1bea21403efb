"""Divides the file of a whole day among its mesas before something of it is withdrawn: no other file may hold it."""

from dataclasses import replace

from indexer import history
from indexer.config import Settings
from indexer.corpus import layers
from indexer.corpus.folders import FileRef
from indexer.corpus.page_files import CLOCK
from indexer.corpus.page_folders import refuse
from indexer.corpus.toml_edit import page_keys
from indexer.model import Kind, PageId, Version
from indexer.operations.open_pages import OpenPage, open_sessions
from indexer.operations.redaction import in_memory, render_webvtt
from indexer.readers import read


def divide_day(taken: history.Step, settings: Settings, page: PageId) -> FileRef | None:
    """Give every mesa of a day a file of its own, as WebVTT, and take the day's file away.

    Returns:
        The day's file; None where ``page`` is part of none, or of one that is not there.

    Raises:
        CorpusError: A mesa would not read as before.
    """
    opened = open_sessions(settings, page.event)
    name = next((one.work.session.day_file for one in opened if one.work.page == page and one.work.session), None)
    if name is None:
        return None
    file = next((found for one in opened if (found := _day_of(one, name))), None)
    for one in opened:
        if one.work.session is not None and one.work.session.day_file == name:
            _write_part(taken, one, name)
    if file is not None:
        taken.remove(file.path)
    taken.summary = f"{name} se dividió entre sus mesas"
    return file


def _day_of(opened: OpenPage, name: str | None) -> FileRef | None:
    files = (opened.text(), opened.work.files.clock)
    return next((file for file in files if file is not None and file.path.name == name), None)


def _write_part(taken: history.Step, opened: OpenPage, name: str) -> None:
    """The part of a mesa as a file of its own, which has to read as before; as a clock where it served as one."""
    work = opened.work
    assert work.session is not None
    keys: dict[str, object] = {"jornada": None}
    if (file := _day_of(opened, name)) is not None:
        document = read(file.path, Kind.TRANSCRIPT)
        part = render_webvtt(layers.clip(document, work.session.from_s, work.session.to_s).blocks).encode()
        is_text = file is opened.text()
        session = work.session
        if is_text and not document.captions and session.version is None:  # as WebVTT it would count as captions
            session = replace(session, version=Version.PRELIMINARY)
            keys["version"] = str(session.version)
        alone = replace(opened, work=replace(work, session=session))
        with in_memory("parte.vtt", part) as path:
            after = alone.build(instead=(Kind.TRANSCRIPT, path)) if is_text else opened.with_clock(path).build()
        if after.passages != opened.build().passages:
            cure = "dé a esa mesa su propio archivo con agregar --reemplazar, y repita la orden"
            raise refuse(f"La parte de {work.page} en {name} no se puede separar sin que cambie", cure)
        taken.write(opened.beside(f"{Kind.TRANSCRIPT if is_text else CLOCK}.vtt"), part)
    taken.write(*page_keys(taken, taken.root, work.page, keys))
