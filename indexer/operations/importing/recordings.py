"""Which files are of one recording: captions in several formats and languages, a video's data, an official version."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from indexer.corpus.toml_edit import one_line
from indexer.language.spanish import fold
from indexer.language.spanish_dates import MONTHS, days_at
from indexer.operations.importing.sources import SourceFile
from indexer.readers import SUFFIXES
from indexer.word_lists import beside

INFO = ".info.json"
_CHAT = ".live_chat.json"
_WORDS = beside(__file__)
_RANK = {suffix: n for n, suffix in enumerate((*_WORDS["documents"], *_WORDS["captions"]))}
_DOCUMENTS = frozenset(_WORDS["documents"])
_MEDIA = frozenset(_WORDS["media"])
_LANGUAGE = re.compile(rf"\.([a-z]{{2}}|{'|'.join(_WORDS['languages'])})(-[A-Za-z0-9-]{{2,12}})?\Z")
_SPANISH = ("es", "spa")
_VIDEO_ID = re.compile(r"\s*\[([\w-]{11})\]\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Recording:
    """The files of one recording.

    Attributes:
        base: What their names have in common, with their folders.
        texts: Those that can be read, the one that says most first, those in Spanish before any other.
        foreign: Captions in other languages.
        info: What yt-dlp says of the video.
        others: The rest (video, picture).
    """

    base: str
    texts: tuple[SourceFile, ...]
    foreign: tuple[SourceFile, ...] = ()
    info: SourceFile | None = None
    others: tuple[SourceFile, ...] = ()

    @property
    def stem(self) -> str:
        """The name without its folders."""
        return self.base.rpartition("/")[2]

    @property
    def clock(self) -> SourceFile | None:
        """Captions beside an official text, from which it has its seconds."""
        if not self.texts or self.texts[0].suffix not in _DOCUMENTS:
            return None
        return next((text for text in self.texts if text.suffix not in (*_DOCUMENTS, ".txt")), None)

    @property
    def has_media(self) -> bool:
        """Whether its video or its sound is there."""
        return any(file.suffix in _MEDIA for file in self.others)


def recordings(files: Iterable[SourceFile]) -> list[Recording]:
    """Put the files of each recording together, in the order of their names."""
    found: dict[str, list[SourceFile]] = {}
    for file in files:
        found.setdefault(base_of(file.name), []).append(file)
    return [_recording(base, each) for base, each in found.items()]


def base_of(name: str) -> str:
    """What the names of one recording's files have in common: no suffix, no language."""
    for ending in (INFO, _CHAT):
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    suffix = PurePosixPath(name).suffix
    if suffix.lower() not in _RANK.keys() | _MEDIA | set(_WORDS["beside"]):
        return name
    return _LANGUAGE.sub("", name[: -len(suffix)])


def language_of(name: str) -> str:
    """The language that a name says (``es-419``), or nothing."""
    found = _LANGUAGE.search(name[: -len(PurePosixPath(name).suffix)])
    return found[0][1:] if found else ""


def _recording(base: str, files: Sequence[SourceFile]) -> Recording:
    info = next((file for file in files if file.name.lower().endswith(INFO)), None)
    others = [file for file in files if file is not info]
    read = [file for file in others if file.suffix in SUFFIXES and not file.name.lower().endswith(_CHAT)]
    foreign = [one for one in read if language_of(one.name).partition("-")[0] not in ("", *_SPANISH)]
    texts = sorted((file for file in read if file not in foreign), key=_order)
    rest = tuple(file for file in others if file not in read)
    return Recording(base, tuple(texts), tuple(foreign), info, rest)


def _order(file: SourceFile) -> tuple[int, int, str]:
    """The format that says most; of several in Spanish the plain one, which is not made by translating."""
    return _RANK.get(file.suffix, len(_RANK)), len(language_of(file.name)), file.name


def video_id(stem: str) -> str:
    """The YouTube id that yt-dlp puts at the end of a name; a word of eleven small letters is none."""
    found = _VIDEO_ID.search(stem)
    return found[1] if found and not re.fullmatch("[a-z]+", found[1]) else ""


def date_in(text: str) -> dt.date | None:
    """The day that a text names first: 2025-12-04, 20251204, 04/12/2025, 4 de diciembre de 2025."""
    return next((day for _, _, day in days_at(_folded(text))), None)


def title_in(stem: str) -> str:
    """A title from a name, without the video's id and the day; empty where the rest only says what document it is."""
    title = _VIDEO_ID.sub("", stem) if video_id(stem) else stem
    for start, end, _ in reversed(days_at(_folded(title))):
        title = f"{title[:start]} {title[end:]}"
    title = one_line(title.replace("_", " ")).strip(" -–—.,")
    tells = set(re.findall(r"[^\W_]+", fold(title))) - set(_WORDS["document_words"])
    return title[:1].upper() + title[1:] if tells else ""


def day_in_words(day: dt.date) -> str:
    """``4 de diciembre de 2025``."""
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def _folded(text: str) -> str:
    """Folded letter by letter: places in it are places in the text."""
    return fold(text) if len(fold(text)) == len(text) else text.lower()
