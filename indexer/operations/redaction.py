"""Redacts one fragment: «[Fragmento 42 retirado]» replaces its words, and the other fragments stay.

If the format allows, the words are cut out of the file as received; otherwise the file is written anew from what the
reader made of it. In both cases the page is built from the result before anything is written. Every other fragment must
keep its number, words, speaker and second; otherwise the next way is tried. The captions beside an official text lose
the same words.
"""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.corpus import layers
from indexer.corpus.anchor_alignment import DISTINCTIVE
from indexer.corpus.anchors import runs, text_codes
from indexer.corpus.caption_clock import cue_seconds, heard_span
from indexer.errors import ConstaError, ReadError, refuse
from indexer.formats import BY_SUFFIX
from indexer.model import Block, Document, Kind, Passage
from indexer.operations.open_pages import OpenPage
from indexer.pipeline.overlays import overlay_clock
from indexer.readers import read
from indexer.readers.decode import decode
from indexer.readers.limits import prose

_TELLING = 6
"""Words of a paragraph or cue that are looked for to find one's way in the file."""


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text after one of its fragments was removed.

    Attributes:
        kind: Which text of the page it is.
        clock: The captions beside it without those words, as WebVTT; empty where they go as a whole, None where there
            are none.
    """

    name: str
    data: bytes
    kind: Kind
    clock: bytes | None = None


def redact(opened: OpenPage, number: int) -> Redacted:
    """Remove a fragment from its text; refused where it is not there, or cannot go without touching others."""
    before = opened.build().passages
    passage = next((one for one in before if one.number == number), None)
    page = opened.work.page
    if passage is None:
        raise refuse(f"No hay un fragmento {number} en {page}", "revise el número, como está en su dirección")
    if passage.fact is not None:
        raise refuse(f"El fragmento {number} es un hecho de los datos de {page}", "quítelo de su archivo .toml")
    file, document = opened.text(passage.kind), opened.document(passage.kind)
    if file is None or document is None:
        raise refuse(f"El archivo del fragmento {number} no está", "retire el texto entero con --tipo")
    beside = opened.work.files.clock if passage.kind is Kind.TRANSCRIPT else None
    laid = overlay_clock(document, opened.work, file).document if beside else document
    span = _words_of(opened, laid, [one for one in before if one.kind is passage.kind], passage)
    clock = _redact_captions(document, beside.path, span) if beside else None
    notice = f"[Fragmento {number} retirado]"
    for suffix, text in ways(file.path, document, span, notice):
        made = Redacted(f"{passage.kind.value}{suffix}", text.encode(), passage.kind, clock)
        if _holds(opened, made, before, passage, notice):
            return made
    shorter = ".vtt de subtítulos más cortos" if document.captions else ".txt de renglones más cortos"
    cure = f"cambie el archivo por una versión {shorter} con agregar --reemplazar, o retire el texto entero con --tipo"
    raise refuse(f"El fragmento {number} no se puede quitar de {file.relative} sin tocar los demás", cure)


def _words_of(opened: OpenPage, document: Document, passages: Sequence[Passage], wanted: Passage) -> tuple[int, int]:
    """The words of a fragment, counted over the whole file."""
    start = 0
    session = opened.work.session
    if wanted.kind is Kind.TRANSCRIPT and session is not None:
        cut = layers.clip(document, session.from_s, session.to_s)
        if cut.blocks and cut.blocks[0] is not document.blocks[0]:
            first = next(at for at, block in enumerate(document.blocks) if block is cut.blocks[0])
            start = sum(len(block.text.split()) for block in document.blocks[:first])
    for passage in passages:
        size = len((passage.original or passage.text).split())
        if passage.number == wanted.number:
            return start, start + size
        start += size
    raise AssertionError("the fragment is among those of its page")


def ways(path: Path, document: Document, span: tuple[int, int], notice: str) -> Iterator[tuple[str, str]]:
    """The ways to write the text without the fragment, the most faithful first."""
    suffix, data = path.suffix.lower(), path.read_bytes()
    if BY_SUFFIX[suffix].once and (text := _replaced(decode(data), document, span, notice)) is not None:
        yield suffix, text
    if (content := prose(data, suffix)) is not None:
        laid = "\n\n".join(paragraph.text for paragraph in content.paragraphs) + "\n"
        for said in (notice, f"\n\n{notice}\n\n"):  # a paragraph of its own cuts a sentence longer than a fragment
            if (text := _replaced(laid, document, span, said)) is not None:
                yield ".txt", text
    if document.captions:
        yield ".vtt", render_webvtt(_without(document, span, notice))


def _replaced(source: str, document: Document, span: tuple[int, int], notice: str) -> str | None:
    """The file's own text with the words of each paragraph or cue taken out; None where they are not found in it."""
    places: list[tuple[int, int]] = []
    cursor = 0
    for _, words, low, high in _words_within(document.blocks, span):
        whole = low < high
        found = _pattern(words if whole else words[:_TELLING]).search(source, cursor)
        if found is None:
            return None
        if whole:
            inside = _pattern(words[low:high])
            lead = _pattern(words[:low]).match(source, found.start()) if low else None
            hit = inside.search(source, lead.end() if lead else found.start(), found.end())
            if hit is None:
                return None
            places.append(hit.span())
        cursor = found.end()
    for number, (start, end) in reversed(list(enumerate(places))):
        source = source[:start] + (notice if number == 0 else "") + source[end:]
    return source


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, words)))


def _without(document: Document, span: tuple[int, int], notice: str) -> list[Block]:
    """The cues, with a cue of its own in the place of the fragment."""
    blocks: list[Block] = []
    said = False
    for block, words, low, high in _words_within(document.blocks, span):
        if low >= high:
            blocks.append(block)
            continue
        parts = [" ".join(words[:low]), "" if said else notice, " ".join(words[high:])]
        said = True
        blocks += [replace(block, text=text) for text in parts if text]
    return blocks


def _holds(opened: OpenPage, made: Redacted, before: Sequence[Passage], gone: Passage, notice: str) -> bool:
    """Whether every other fragment stays as it was, and of this one only the notice is left."""
    timeless = made.clock is not None  # with the words of the captions the seconds beside them may go
    with ExitStack() as files:
        path = files.enter_context(in_memory(made.name, made.data))
        clock = files.enter_context(in_memory("subtitulos.vtt", made.clock)) if made.clock else None
        try:
            after = (opened.with_clock(clock) if timeless else opened).build(instead=(made.kind, path)).passages
        except ConstaError:
            return False
    old = [_kept(one, timeless) for one in before if one.number != gone.number]
    new = [_kept(one, timeless) for one in after if one.text != notice]
    return old == new and sum(one.text == notice for one in after) == 1


@contextmanager
def in_memory(name: str, data: bytes) -> Iterator[Path]:
    """The text as a file with its name. Its bytes stay in memory: what a crash leaves in the folder of temporary files
    is a link to nothing, never a text."""
    memory = os.memfd_create("consta", os.MFD_CLOEXEC)
    try:
        with os.fdopen(memory, "wb", closefd=False) as file:
            file.write(data)
        with tempfile.TemporaryDirectory(prefix="consta-") as folder:
            path = Path(folder) / name
            path.symlink_to(f"/proc/{os.getpid()}/fd/{memory}")
            yield path
    finally:
        os.close(memory)


def _kept(passage: Passage, timeless: bool) -> tuple[object, ...]:
    return (
        passage.number, passage.kind, passage.original or passage.text, passage.person, passage.post,
        None if timeless else passage.start_s,
    )  # fmt: skip


def _redact_captions(document: Document, path: Path, span: tuple[int, int]) -> bytes:
    """Return the captions as WebVTT without the words of a fragment; empty when those words cannot be located."""
    try:
        captions = read(path, Kind.TRANSCRIPT)
    except ReadError:
        return b""
    if (heard := heard_span(document, captions, span)) is None:
        return b""
    left = list(_left(captions, heard))
    words = " ".join(block.text for block in document.blocks).split()[slice(*span)]
    said, rest = text_codes(" ".join(words)), "".join(text_codes(block.text) for block in left)
    size = min(DISTINCTIVE, len(words))
    if not left or runs(said, size) & runs(rest, size):
        return b""
    return render_webvtt(left).encode()


def _left(captions: Document, span: tuple[int, int]) -> list[Block]:
    """The cues that have a time, without a span of words; what is left of one keeps its seconds."""
    left: list[Block] = []
    for (block, words, low, high), seconds in zip(
        _words_within(captions.blocks, span), cue_seconds(captions.blocks), strict=True
    ):
        if block.start_s is None:
            continue
        if low >= high:
            left.append(block)
            continue
        if low:
            left.append(replace(block, text=" ".join(words[:low]), end_s=seconds[low]))
        if high < len(words) and (start := seconds[high]) is not None:
            left.append(replace(block, text=" ".join(words[high:]), start_s=start))
    return left


def _words_within(blocks: Iterable[Block], span: tuple[int, int]) -> Iterator[tuple[Block, list[str], int, int]]:
    """Yield each block with its words, and the start and end in them of a span counted over the whole text."""
    at = 0
    for block in blocks:
        words = block.text.split()
        yield block, words, max(span[0] - at, 0), min(span[1] - at, len(words))
        at += len(words)


def render_webvtt(blocks: Sequence[Block]) -> str:
    """Render cues as WebVTT."""
    lines = ["WEBVTT"]
    for place, block in enumerate(blocks):
        start = block.start_s or 0.0
        following = next((b.start_s for b in blocks[place + 1 :] if b.start_s is not None), start)
        end = block.end_s if block.end_s is not None else max(following, start)
        text = block.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if block.speaker is not None and block.speaker.shown:
            text = f"<v {block.speaker.shown.replace('>', '')}>{text}"
        elif place and block.turn != blocks[place - 1].turn:
            text = f">> {text}"
        lines += ["", f"{_clock(start)} --> {_clock(end)}", text]
    return "\n".join(lines) + "\n"


def _clock(second: float) -> str:
    whole, thousandths = divmod(round(second * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}.{thousandths:03d}"
