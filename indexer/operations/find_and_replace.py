"""Finds a word or a name in a mesa, an event or everywhere, shows how each place would read, and corrects some."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from indexer import history
from indexer.config import Settings
from indexer.corpus.apply_corrections import occurrences
from indexer.corpus.corrections_file import LONGEST, clean_side, unfit
from indexer.durable import sha256
from indexer.errors import refuse
from indexer.history import Conflict
from indexer.language.spanish import fold, tokens
from indexer.model import Kind, PageId, Passage
from indexer.operations.corrections import current, write_corrections
from indexer.operations.doubtful_words import after, before
from indexer.operations.open_pages import OpenPage, last_good, open_page
from indexer.operations.requested_corrections import as_requested
from indexer.pipeline.last_good import LastGood

MOST_PLACES = 2_000
"""Places of one answer, and of one step; what is beyond is counted."""


def find_everywhere(
    pages: Iterable[OpenPage], sought: str, instead: str | None, last: LastGood, *, accents: bool
) -> dict[str, Any]:
    """Find each occurrence of a sequence of whole words, in any case, in the transcripts as received.

    Args:
        pages, sought: What is searched, and for what.
        instead: The replacement; None to search only.
        last: What is published: a page that is unchanged since then is not read again.
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
    corrected = more = 0
    for opened in pages:
        for passage, taken in _received(opened, last):
            for start, end in _places(passage.text, sought, accents=accents):
                if any(start < last and first < end for first, last in taken):
                    corrected += 1
                elif len(places) >= MOST_PLACES:
                    more += 1
                elif (told := _told(opened, passage, start, end, sought, instead)) is not None:
                    places.append(told)
    return {"lugares": places, "ya_corregidos": corrected, "mas": more}


def correct_places(
    taken: history.Step, settings: Settings, sought: str, instead: str, chosen: Sequence[str], author: str, *,
    accents: bool,
) -> None:  # fmt: skip
    """Correct some of the places that ``find_everywhere`` found, of any number of pages, in one step.

    Args:
        sought, instead, accents: What was searched.
        chosen: How the search called each place (``lugar``), of those that ``author`` accepted.

    Raises:
        Conflict: A place is not there any more as it was shown.
    """
    names = set(chosen)
    with last_good(settings) as last:
        opened = [open_page(settings, page) for page in pages_of(chosen)]
        found = find_everywhere(opened, sought, instead, last, accents=accents)["lugares"]
    by_name = {one["lugar"]: one for one in found}
    if missing := len(names - by_name.keys()):
        fault = "Un lugar ya no está" if missing == 1 else f"{missing} lugares ya no están"
        raise Conflict(f"{fault} como se vio: otra persona lo cambió, o cambió el texto. Busque otra vez", "")
    for one in opened:
        accepted = [place for name, place in by_name.items() if name in names and place["pagina"] == str(one.work.page)]
        keys = {(place["numero"], place["de"], place["vez"]) for place in accepted}
        kept = [as_requested(each) for each in current(one).corrections if each.key not in keys]
        write_corrections(taken, one, {"correcciones": [*kept, *accepted]}, author, merging=True)
    where = f"de {len(opened)} mesas" if len(opened) > 1 else "de la mesa"
    count = f"{len(names):,} lugares" if len(names) > 1 else "1 lugar"
    taken.summary = f"Correcciones: «{clean_side(sought)}» por «{clean_side(instead)}» en {count} {where}"


def pages_of(chosen: Any) -> list[PageId]:
    """The pages of places, by how ``find_everywhere`` calls these; refused where they are no list of such names."""
    named = isinstance(chosen, list) and all(isinstance(one, str) for one in chosen)
    if not named or not 0 < len(chosen) <= MOST_PLACES:
        raise refuse("No se entiende qué lugares se corrigen", f"mande el «lugar» de cada uno, de 1 a {MOST_PLACES:,}")
    return sorted({PageId.parse(name.partition("|")[0]) for name in chosen}, key=str)


def _received(opened: OpenPage, last: LastGood) -> Iterator[tuple[Passage, list[tuple[int, int]]]]:
    """The fragments of a transcript as it was received, each with the stretches that are corrected."""
    if opened.text() is None:
        return
    if last.unchanged(opened.work.page, opened.work.fingerprint) is not None:
        now = last.passages(opened.work.page, Kind.TRANSCRIPT)
    else:
        now = tuple(passage for passage in opened.build().passages if passage.kind is Kind.TRANSCRIPT)
    for passage in now:
        text = passage.text if passage.original is None else passage.original
        yield replace(passage, text=text), [(change.was_start, change.was_end) for change in passage.changes]


def _places(text: str, sought: str, *, accents: bool) -> Iterator[tuple[int, int]]:
    """Where the words stand in a row, in one line, never as a part of other words."""
    said, folded = tokens(sought), _key(text, accents)
    if not all(_key(sought[one.start : one.end], accents) in folded for one in said):
        return  # most texts: nothing else is looked at
    words, size, free = tokens(text), len(said), 0
    meant = _key(sought[said[0].start : said[-1].end], accents)
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
    around = sha256(f"{left}|{right}".encode())[:12]  # another text around it is another place: nobody looked at it
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
        "lugar": f"{opened.work.page}|{passage.number}|{starts.index(start) + 1}|{was}|{around}",
    }


def _like(was: str, sought: str, instead: str) -> str:
    """What is to stand there, with the capitals of what stands there where those are not what was typed."""
    if was.isupper() and not sought.isupper() and len(was) > 1:
        return instead.upper()
    if was[:1].isupper() and sought[:1].islower() and instead[:1].islower():
        return instead[:1].upper() + instead[1:]
    return instead
