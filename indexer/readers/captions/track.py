"""Timed cues to a ``Document``: every caption format and the pasted panel end here."""

from collections.abc import Iterable

from indexer.errors import ReadError
from indexer.model import Block, Document, Speaker, Warnings
from indexer.readers.captions.cue_speakers import leading_voice, speaker_of_voice, with_names_above
from indexer.readers.captions.cue_text import plain, utterances
from indexer.readers.captions.cues import Cue, settle
from indexer.readers.captions.rolling import unroll
from indexer.readers.paragraphs import has_words


def to_document(cues: Iterable[Cue], warnings: Warnings = ()) -> Document:
    """Cues to blocks: each word once, in order, at the time it is first shown.

    A block ends where the next one begins, or with its own cue when that is sooner; the last one with its cue.

    Args:
        cues: In the order of the file.
        warnings: Of the reader.

    Raises:
        ReadError: Hardly a time that can be, or no words at all.
    """
    spoken, faults = settle([cue for cue in cues if any(plain(line) for line in cue.lines)])
    timed: list[tuple[float | None, float | None, Speaker | None, bool, str]] = []
    for cue in unroll(with_names_above(spoken)):
        for utterance in utterances("\n".join(cue.lines)):
            counted, text = leading_voice(utterance.text)
            speaker = counted or (cue.speaker if utterance.voice is None else speaker_of_voice(utterance.voice))
            if text:
                timed.append((cue.start_s, cue.end_s, speaker, utterance.marked, text))
    if not any(has_words(text) for *_, text in timed):
        cure = "descargue de nuevo los subtítulos del video, o quite el archivo"
        raise ReadError("los subtítulos no contienen texto", cure)
    blocks: list[Block] = []
    turn = 0
    for place, (start_s, end_s, speaker, marked, text) in enumerate(timed):
        if blocks and (marked or speaker != blocks[-1].speaker):
            turn += 1
        following = next((start for start, *_ in timed[place + 1 : place + 9] if start is not None), None)
        if end_s is not None and start_s is not None and following is not None and following > start_s:
            end_s = min(end_s, following)
        blocks.append(Block(text, start_s, end_s, speaker, turn))
    return Document(tuple(blocks), captions=True, warnings=(*warnings, *faults))
