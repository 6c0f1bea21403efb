"""Finds a word or a name in a mesa or an event, and shows how each occurrence would read. Nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from indexer.corpus.apply_corrections import occurrences
from indexer.corpus.corrections_file import LONGEST, clean_side, unfit
from indexer.corpus.page_folders import refuse
from indexer.language.spanish import fold, tokens
from indexer.model import Kind
from indexer.model.passage import Passage
from indexer.operations.doubtful_words import after, before
from indexer.operations.open_pages import OpenPage


def find_everywhere(pages: Iterable[OpenPage], sought: str, instead: str | None, *, accents: bool) -> dict[str, Any]:
    """Find each occurrence of a sequence of whole words in the transcripts as received.

    Args:
        pages: The pages to search.
        sought: The words, in any case.
        instead: The replacement; None to search only.
        accents: Whether accents must match.
    """
    sought = clean_side(sought)
    if not tokens(sought) or unfit(sought):
        raise refuse("No hay nada que buscar", "escriba una palabra o un nombre después de --buscar")
    if instead is not None:
        instead = clean_side(instead)
        if len(instead) > LONGEST or unfit(instead):
            raise refuse("No se puede escribir eso", f"escriba en --por hasta {LONGEST:,} letras que se vean")
    places: list[dict[str, Any]] = []
    corrected = 0
    for opened in pages:
        if opened.text() is None:
            continue
        received = opened.as_received()
        now = {passage.number: passage for passage in opened.build().passages}
        for passage in received.build().passages:
            if passage.kind is not Kind.TRANSCRIPT:
                continue
            taken = [(change.was_start, change.was_end) for change in now[passage.number].changes]
            for start, end in _places(passage.text, sought, accents=accents):
                if any(start < last and first < end for first, last in taken):
                    corrected += 1
                elif (told := _told(opened, passage, start, end, sought, instead)) is not None:
                    places.append(told)
    return {"lugares": places, "ya_corregidos": corrected}


def _places(text: str, sought: str, *, accents: bool) -> Iterator[tuple[int, int]]:
    """Where the words stand in a row, in one line, never as a part of other words."""
    words = tokens(text)
    size = len(tokens(sought))
    said = tokens(sought)
    meant = _key(sought[said[0].start : said[-1].end], accents)
    free = 0
    for at in range(len(words) - size + 1):
        start, end = words[at].start, words[at + size - 1].end
        if start >= free and "\n" not in text[start:end] and _key(text[start:end], accents) == meant:
            free = end
            yield start, end


def _key(text: str, accents: bool) -> str:
    return text.casefold() if accents else fold(text)


def _told(
    opened: OpenPage, passage: Passage, start: int, end: int, sought: str, instead: str | None
) -> dict[str, Any] | None:
    was = passage.text[start:end]
    starts = [at for at, _ in occurrences(passage.text, was)]
    if start not in starts:  # such words overlap themselves: «de de de»
        return None
    reads = None if instead is None else _like(was, sought, instead)
    if reads == was:
        return None
    left, right = before(passage.text, start), after(passage.text, end)
    return {
        "pagina": str(opened.work.page),
        "numero": passage.number,
        "vez": starts.index(start) + 1,
        "de": was,
        "a": reads,
        "antes": f"{left}{was}{right}",
        "despues": None if reads is None else f"{left}{reads}{right}" if reads else f"{left.rstrip()}{right}",
        "izquierda": left,
        "derecha": right,
        "inicio_s": passage.start_s,
    }


def _like(was: str, sought: str, instead: str) -> str:
    """What is to stand there, with the capitals of what stands there where those are not what was typed."""
    if was.isupper() and not sought.isupper() and len(was) > 1:
        return instead.upper()
    if was[:1].isupper() and sought[:1].islower() and instead[:1].islower():
        return instead[:1].upper() + instead[1:]
    return instead
