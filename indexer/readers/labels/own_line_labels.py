"""Labels alone on their line without a colon: after a rule (``---``), in capitals, in bold, or repeated."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from indexer.model import Speaker
from indexer.readers.labels.calls_and_sentences import is_sentence
from indexer.readers.labels.candidates import Candidate, Labels, Lines, candidate, joins
from indexer.readers.labels.label import read_label
from indexer.readers.labels.label_parts import MAX_LABEL, Certainty, Reading
from indexer.readers.labels.names import is_capitals
from indexer.readers.labels.posts import POSTS
from indexer.readers.paragraphs import RULE, SENTENCE_ENDS, Paragraph, is_act, opens_act
from indexer.readers.words import fold

_LEAST_PLAIN = 3
_MOST_WORDS = 12
_MOST_UNREAD = 5
_AGAIN = 0.2
"""How often one who takes turns may come twice in a row."""


def whole_labels(
    lines: Lines, found: Mapping[int, Candidate], ended: Mapping[int, Candidate], times: Counter[str]
) -> dict[int, Candidate]:
    """The labels that are all of their line.

    Two of them one after the other are a list (who is present, who signs), unless the second names the first.

    Args:
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
    bold = {n: c for n, c in taken.items() if c.bold and not lines[n].heading}
    if len(bold) >= _LEAST_PLAIN and len({c.key for c in bold.values()}) > 1:
        weak = {
            n: c for n, c in alone.items() if c.bold and not lines[n].heading and _opens_speech(lines, n, alone, ended)
        }
        taken |= {n: c for n, c in weak.items() if n not in taken and n > min(bold)}
        taken |= _unread([line if line.bold >= len(line.text) else RULE for line in lines], taken)
    return taken or ({} if ended else _plain(lines))


def in_house_style(label: Candidate) -> bool:
    """A name or a post in capitals, where other labels are in capitals as well."""
    speaker = label.reading.speaker
    post = fold((speaker.role or "").split(" ")[0]) in POSTS
    return label.capitals and " " in label.label and (speaker.name is not None or post or "," in label.label)


def _opens_speech(lines: Lines, n: int, likely: Mapping[int, Candidate], ended: Mapping[int, Candidate]) -> bool:
    if n + 1 >= len(lines) or lines[n + 1].rule:
        return False
    following = likely.get(n + 1) or ended.get(n + 1)
    if following is None:
        return not (_goes_on(lines[n + 1]) and likely[n].reading.certainty is not Certainty.SURE)
    return n - 1 not in likely and joins(likely[n], following)


def _goes_on(line: Paragraph) -> bool:
    """``MODO AHORRO`` above ``hace que los costos bajen`` is emphasis within a sentence."""
    return line.text[:1].islower()


def _plain(lines: Lines) -> dict[int, Candidate]:
    """``Moderadora`` above what she says, in a file that has no other labels: two who speak, one of them again."""
    found = {n: reading for n, line in enumerate(lines) if (reading := _read_plain(line)) is not None}
    spoken = {n for n in found if n + 1 < len(lines) and n + 1 not in found and not lines[n + 1].rule}
    times = Counter(fold(lines[n].text) for n in spoken)
    back = {label for label, count in times.items() if count > 1}
    if len(spoken) < max(_LEAST_PLAIN, 0.8 * len(found)) or len(times) < 2 or not back:
        return {}
    sure = {n for n in spoken if found[n].certainty >= Certainty.LIKELY or fold(lines[n].text) in back}
    sure = {n for n in sure if not (is_capitals(lines[n].text) and _goes_on(lines[n + 1]))}
    labels = {n: Candidate(found[n], lines[n].text, "", whole=True) for n in sure}
    return labels | _unread(lines, labels)


def _unread(lines: Lines, labels: Mapping[int, Candidate]) -> dict[int, Candidate]:
    """``El president`` between names alone on their lines: unknown words that come back and take turns with them."""
    shapes = {n: line.text for n, line in enumerate(lines[:-1]) if n not in labels and _may_be_label(line)}
    times = Counter(shapes.values())
    back = {text for text, count in times.items() if count >= _LEAST_PLAIN}
    floor = sorted([(n, text) for n, text in shapes.items() if text in back] + [(n, "") for n in labels])
    again = Counter(before for (_, before), (_, after) in pairwise(floor) if before == after and before)
    taking = {text for text in back if again[text] <= _AGAIN * times[text]}
    return {
        n: Candidate(Reading(Speaker(role=text, inferred=True), Certainty.LIKELY), text, "", whole=True)
        for n, text in shapes.items()
        if text in taking and n + 1 not in labels
    }


def _may_be_label(line: Paragraph) -> bool:
    """A short line of words that no sign ends."""
    text = line.text
    words = text.split()
    shape = 0 < len(words) <= _MOST_UNREAD and text[0].isupper() and text[-1].isalpha()
    return shape and not line.continues and not line.heading and not is_sentence(text)


def _read_plain(line: Paragraph) -> Reading | None:
    text = line.text
    if not text or len(text) > MAX_LABEL or line.continues or line.rule or not text[0].isupper():
        return None
    if not text[-1].isalnum() or len(text.split()) > _MOST_WORDS:
        return None
    return read_label(text)


def ruled_labels(lines: Lines) -> Labels:
    """The labels of a transcript in which a rule announces each speaker; empty when this is none."""
    after = [n for n in range(1, len(lines)) if lines[n - 1].rule and not lines[n].rule]
    found = {n: _ruled_label(lines[n]) for n in after}
    acts = [n for n in after if is_act(lines[n].text) or opens_act(lines[n].text)]
    named = [n for n, label in found.items() if label]
    guess = len(named) == 1 and all(
        label is None or label.reading.certainty <= Certainty.WEAK for label in found.values()
    )
    if guess or not named or 2 * (len(named) + len(acts)) < len(after):
        return {}
    labels: Labels = dict(found)
    for n, line in enumerate(lines):
        if n in labels or line.rule:
            continue
        inside = candidate(line)
        if inside is None or inside.whole or inside.reading.certainty is not Certainty.SURE:
            continue
        speaker = inside.reading.speaker
        if inside.bold or (speaker.name and speaker.post and inside.speech_follows):
            labels[n] = inside
    for n in named:
        _second_line(lines, labels, n)
    return labels


def _ruled_label(line: Paragraph) -> Candidate | None:
    text = line.text.rstrip(":").rstrip()
    if (
        not text
        or len(text) > MAX_LABEL
        or ":" in text
        or text.endswith((*SENTENCE_ENDS, ",", ";"))
        or not text[0].isalpha()
    ):
        return None
    reading = read_label(text)
    if is_capitals(text.partition("(")[0] or text):
        return Candidate(reading or Reading(Speaker(role=text), Certainty.WEAK), text, "", whole=True)
    if reading and reading.certainty >= Certainty.LIKELY:
        return Candidate(reading, text, "", whole=True)
    return None


def _second_line(lines: Lines, labels: Labels, n: int) -> None:
    """A post on one line and its name, with a colon, on the next are one label."""
    label = labels[n]
    if label is None or n + 1 >= len(lines) or n + 1 in labels:
        return
    following = candidate(lines[n + 1])
    if following and not following.whole and following.capitals and joins(label, following):
        labels[n + 1] = following
