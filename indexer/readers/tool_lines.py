"""What meeting programs and recognisers say of themselves: nobody in the session said it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.readers.cue_times import Warnings
from indexer.readers.names import fold
from indexer.readers.paragraphs import Paragraph

_LONGEST = 300
_TOOL = re.compile(
    r"[^.:]{2,80} (?:inicio|detuvo|started|stopped) (?:la )?transcrip[ct]ion\W{0,3}"
    r"|(?:la )?(?:reunion|transcripcion|llamada|grabacion) (?:ha )?(?:finaliz(?:o|ado)|termin(?:o|ado))"
    r"(?: despues de [0-9:]{4,9})?\W{0,4}"
    r"|(?:the )?(?:meeting|transcription|call) (?:has )?(?:ended|stopped)(?: after [0-9:]{4,9})?\W{0,4}"
    r"|est[ae] transcripcion (?:editable )?se (?:genero|ha generado) .{0,220}"
    r"|this (?:editable )?transcript(?:ion)? was (?:computer|automatically|auto)[- ]generated.{0,220}"
    r"|\(?(?:transcribed|transcrito|transcripcion hecha) (?:by|por|con) (?:https?://)?(?:www\.)?"
    r"(?:otter|turboscribe|sonix|happy scribe|trint|rev|descript|whisper|notta|fireflies|tactiq|good tape)\b.{0,160}"
)


def without_tool_lines(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Paragraph, ...], Warnings]:
    """The paragraphs without those lines, and what was left out."""
    kept = tuple(paragraph for paragraph in paragraphs if not _is_tool_line(paragraph.text))
    left = [paragraph.text for paragraph in paragraphs if _is_tool_line(paragraph.text)]
    if not left:
        return kept, ()
    shown = ", ".join(f"«{line[:60]}»" for line in left[:4]) + (f" y {len(left) - 4} más" if len(left) > 4 else "")
    fault = f"no se leen las líneas que pone el programa ({shown})"
    return kept, ((fault, "si alguna se dijo, escríbala de otro modo"),)


def _is_tool_line(text: str) -> bool:
    return 12 < len(text) <= _LONGEST and _TOOL.fullmatch(fold(text).strip()) is not None
