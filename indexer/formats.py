"""Every format that is read, in one table (``formats.toml``): what lists or opens formats is made from it.

It stands below every room, so that the web may list the formats without reaching the readers.
"""

from dataclasses import dataclass

from indexer.word_lists import beside


@dataclass(frozen=True, slots=True)
class Format:
    """One format of file.

    Attributes:
        suffixes: With their dot, in lower case; the first is the one that is named.
        reader: The module and the function of ``indexer.readers`` that read it.
        name: What staff call it.
        reads: What is read from it, for the help page.
        captions: Its cues are timed: ``subtitulos_automaticos`` unless staff say otherwise.
        plain: It is text that does not say how it is encoded.
        once: Words stand in it once, in lines of text: a fragment can be taken out of the file as it is.
        binary: What its first bytes must be, as ``magic`` names it; empty for text.
        usual: Captions that a message proposes.
    """

    suffixes: tuple[str, ...]
    reader: str
    name: str
    reads: str
    captions: bool = False
    plain: bool = False
    once: bool = False
    binary: str = ""
    usual: bool = False


FORMATS: tuple[Format, ...] = tuple(
    Format(**{**row, "suffixes": tuple(row["suffixes"])}) for row in beside(__file__)["formats"]
)

BY_SUFFIX: dict[str, Format] = {suffix: one for one in FORMATS for suffix in one.suffixes}
"""The format of every suffix that is read."""

USUAL_CAPTIONS = ", ".join(one.suffixes[0] for one in FORMATS if one.usual)
"""What a message proposes where captions are wanted: ``.vtt, .srt``."""


def listed(last: str = " y ") -> str:
    """Every suffix, as a sentence lists them: ``.vtt, .srt y .pdf``."""
    suffixes = list(BY_SUFFIX)
    return ", ".join(suffixes[:-1]) + last + suffixes[-1]
