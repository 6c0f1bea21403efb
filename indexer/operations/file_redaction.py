"""Takes what looks like personal data out of a file, before it is added: only the places that staff chose."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.corpus.page import passages_of
from indexer.corpus.page_folders import refuse
from indexer.errors import ReadError
from indexer.model import Kind
from indexer.model.transcript import Block, Speaker
from indexer.operations.personal_data import personal_data
from indexer.operations.redaction import in_memory, ways
from indexer.readers import read

_NOTICE = "[Dato personal retirado]"


@contextmanager
def without_personal_data(source: Path, kind: Kind, chosen: str | None) -> Iterator[Path]:
    """The file without some of its places, which exists only within the block; as it is where none are chosen.

    Args:
        chosen: Their numbers in ``personal_data``, from 1, parted by commas.

    Raises:
        CorpusError: There are no such places, or they cannot be taken out without touching the rest.
    """
    if not chosen:
        yield source
        return
    numbers = {int(one) for one in chosen.split(",") if one.strip().isdecimal() and len(one) < 10}
    places = personal_data(passages_of(kind, read(source, kind)))
    if not numbers or not numbers <= set(range(1, len(places) + 1)):
        raise refuse(f"--testar {chosen} no es de este archivo", "dé los números que dice examinar, como 1,3")
    name, data = f"texto{source.suffix.lower()}", source.read_bytes()
    for number in sorted(numbers, reverse=True):  # from the end: what is before keeps its place
        name, data = _without(name, data, kind, number)
    with in_memory(name, data) as path:
        yield path


def _without(name: str, data: bytes, kind: Kind, number: int) -> tuple[str, bytes]:
    """A file without one of its places, the most faithful way that changes nothing else."""
    with in_memory(name, data) as path:
        document = read(path, kind)
        passages = passages_of(kind, document)
        place = personal_data(passages)[number - 1]
        start = sum(len(one.text.split()) for one in passages[: passages.index(place.passage)])
        start += len(place.passage.text[: place.start].split())
        begins = place.start and not place.passage.text[place.start - 1].isspace()
        span = start - bool(begins), start - bool(begins) + len(place.passage.text[place.start : place.end].split())
        left = _told(document.blocks, span)
        for suffix, text in ways(path, document, span, _NOTICE):
            made = f"texto{suffix}", text.encode()
            with in_memory(*made) as tried:
                try:
                    if _told(read(tried, kind).blocks, None) == left:
                        return made
                except ReadError:
                    continue
    cure = "quítelo en el programa que hizo el archivo y envíelo otra vez, o envíe el texto como .txt o .vtt"
    raise refuse(f"El dato {number} no se puede quitar de este archivo sin tocar lo demás", cure)


def _told(blocks: Iterable[Block], span: tuple[int, int] | None) -> list[tuple[Speaker | None, str]]:
    """Each word with who says it; those of a span are one notice."""
    said = [(block.speaker, word) for block in blocks for word in block.text.split()]
    if span is None:
        return said
    return [*said[: span[0]], *((said[span[0]][0], word) for word in _NOTICE.split()), *said[span[1] :]]
