"""Labels alone on their line without a colon: in capitals, in bold, as headings, or because they come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from indexer.readers.candidates import Candidate, joins
from indexer.readers.evidence import MAX_LABEL, Certainty, Reading
from indexer.readers.labels import read_label
from indexer.readers.names import fold, is_capitals
from indexer.readers.paragraphs import Paragraph
from indexer.readers.posts import POSTS

_LEAST_PLAIN = 3
_MOST_WORDS = 12


def whole_labels(
    lines: Sequence[Paragraph], found: Mapping[int, Candidate], ended: Mapping[int, Candidate], times: Counter[str]
) -> dict[int, Candidate]:
    """The labels that are all of their line.

    Two of them one after the other are a list (who is present, who signs), unless the second names the first.

    Args:
        lines: Without furniture.
        found: What each line may begin with.
        ended: The labels that something ends.
        times: How often each label stands in the file.
    """
    alone = {n: c for n, c in found.items() if c.whole}
    house = sum(c.capitals and c.reading.certainty is Certainty.SURE for c in alone.values()) > 2
    likely = {
        n: c
        for n, c in alone.items()
        if c.reading.certainty is Certainty.SURE
        or times[c.key] > 1
        or (c.bold and c.reading.certainty is Certainty.LIKELY)
        or (house and in_house_style(c))
    }
    taken = {n: c for n, c in likely.items() if _opens_speech(lines, n, likely, ended)}
    named = sum(c.reading.speaker.name is not None for c in taken.values())
    taken = taken if len(taken) > 1 or named else {}
    return taken or ({} if ended else _plain(lines))


def in_house_style(label: Candidate) -> bool:
    """A name or a post in capitals, where other labels are in capitals as well."""
    speaker = label.reading.speaker
    post = fold((speaker.role or "").split(" ")[0]) in POSTS
    return label.capitals and " " in label.label and (speaker.name is not None or post or "," in label.label)


def _opens_speech(
    lines: Sequence[Paragraph], n: int, likely: Mapping[int, Candidate], ended: Mapping[int, Candidate]
) -> bool:
    if n + 1 >= len(lines) or lines[n + 1].rule:
        return False
    following = likely.get(n + 1) or ended.get(n + 1)
    if following is None:
        return not (_goes_on(lines[n + 1]) and likely[n].reading.certainty is not Certainty.SURE)
    return n - 1 not in likely and joins(likely[n], following)


def _goes_on(line: Paragraph) -> bool:
    """``MODO AHORRO`` above ``hace que los costos bajen`` is emphasis within a sentence."""
    return line.text[:1].islower()


def _plain(lines: Sequence[Paragraph]) -> dict[int, Candidate]:
    """``Moderadora`` above what she says, in a file that has no other labels: two who speak, one of them again."""
    found = {n: reading for n, line in enumerate(lines) if (reading := _read_plain(line)) is not None}
    spoken = {n for n in found if n + 1 < len(lines) and n + 1 not in found and not lines[n + 1].rule}
    times = Counter(fold(lines[n].text) for n in spoken)
    back = {label for label, count in times.items() if count > 1}
    if len(spoken) < max(_LEAST_PLAIN, 0.8 * len(found)) or len(times) < 2 or not back:
        return {}
    sure = {n for n in spoken if found[n].certainty >= Certainty.LIKELY or fold(lines[n].text) in back}
    sure = {n for n in sure if not (is_capitals(lines[n].text) and _goes_on(lines[n + 1]))}
    return {n: Candidate(found[n], lines[n].text, "", whole=True) for n in sure}


def _read_plain(line: Paragraph) -> Reading | None:
    text = line.text
    if not text or len(text) > MAX_LABEL or line.continues or line.rule or not text[0].isupper():
        return None
    if not text[-1].isalnum() or len(text.split()) > _MOST_WORDS:
        return None
    return read_label(text)
