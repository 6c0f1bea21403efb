"""Who speaks: paragraphs to blocks with speakers and turns.

Two habits are told apart. In *ruled* transcripts a ``---`` line announces each speaker, alone on the next line; labels
are looked for there and hardly anywhere else. In all others a label begins a paragraph, and how sure its words are
is weighed with how it is printed and whether it comes back.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence

from indexer.model import Block, Speaker
from indexer.readers.candidates import Candidate, candidate, split_run_in
from indexer.readers.furniture import is_act, is_furniture, is_rule, opens_act, without_filler
from indexer.readers.labels import MAX_LABEL, Certainty, Reading, read_label
from indexer.readers.names import fold, is_capitals
from indexer.readers.paragraphs import RULE, Paragraph
from indexer.readers.posts import POSTS, post_case

_SENTENCE_ENDS = (".", "?", "!", "…", ":", "”", '"', "»", ")", "]", "-", "—")


def blocks_of_prose(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Paragraphs as they are: no speakers, one turn."""
    texts: list[str] = []
    for paragraph in paragraphs:
        if not any(c.isalnum() for c in paragraph.text):
            continue
        if paragraph.continues and texts:
            texts[-1] += " " + paragraph.text
        else:
            texts.append(paragraph.text)
    return tuple(Block(text) for text in texts)


def blocks_of_transcript(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Find the speakers' labels, drop the furniture, count the turns.

    Args:
        paragraphs: As a reader yields them.

    Returns:
        Blocks whose text never holds the label; those before the first label have no speaker.
    """
    lines = _lines(paragraphs)
    labels = _ruled_labels(lines) or _plain_labels(lines)
    return _blocks(lines, labels)


def _lines(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Without furniture, rules marked, filler taken out, labels that were run in at the start of a line."""
    lines: list[Paragraph] = []
    for paragraph in paragraphs:
        text = paragraph.text
        if paragraph.rule or is_rule(text):
            lines.append(RULE)
        elif not is_furniture(text):
            pieces = [part for piece in without_filler(text) for part in split_run_in(piece)]
            if pieces == [text]:
                lines.append(paragraph)
            else:
                lines.extend(Paragraph(piece) for piece in pieces)
    return lines


# --- ruled transcripts ---

Labels = dict[int, Candidate | None]
"""Of the lines that open a turn: their label, or None for a turn of nobody (``(INICIA VIDEO)`` after a rule)."""


def _ruled_labels(lines: list[Paragraph]) -> Labels:
    """The labels of a ruled transcript; empty when this is none."""
    after = [n for n in range(1, len(lines)) if lines[n - 1].rule and not lines[n].rule]
    found = {n: _ruled_label(lines[n]) for n in after}
    acts = [n for n in after if is_act(lines[n].text) or opens_act(lines[n].text)]
    named = [n for n, label in found.items() if label]
    if not named or 2 * (len(named) + len(acts)) < len(after):
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
    if not text or len(text) > MAX_LABEL or text[-1] in ".,;?!…”\"»" or not text[0].isalpha():
        return None
    reading = read_label(text)
    if is_capitals(_without_notes(text)):
        return Candidate(reading or Reading(Speaker(role=text), Certainty.WEAK), text, "", whole=True)
    if reading and reading.certainty >= Certainty.LIKELY:
        return Candidate(reading, text, "", whole=True)
    return None


def _without_notes(text: str) -> str:
    return text.partition("(")[0] or text


def _second_line(lines: list[Paragraph], labels: Labels, n: int) -> None:
    """A post on one line and its name, with a colon, on the next are one label."""
    label = labels[n]
    if label is None or n + 1 >= len(lines) or n + 1 in labels:
        return
    following = candidate(lines[n + 1])
    if following and not following.whole and following.capitals and _joins(label, following):
        labels[n + 1] = following


# --- all other transcripts ---


def _plain_labels(lines: list[Paragraph]) -> Labels:
    found = {n: c for n, line in enumerate(lines) if not line.rule and (c := _candidate_at(lines, n))}
    times = Counter(c.key for c in found.values())
    capitals = sum(c.capitals and c.reading.certainty is Certainty.SURE for c in found.values())
    sure = any(c.reading.certainty is Certainty.SURE and not c.whole for c in found.values())
    ended = {
        n: c
        for n, c in found.items()
        if not c.whole
        and (_convinces(c, times[c.key], capitals) or (sure and _is_organisation(c)))
        and _at_a_start(lines, n, c)
    }
    whole = _whole_lines(lines, found, ended, times)
    labels: Labels = {**ended, **whole}
    _add_known(lines, labels)
    return labels


def _candidate_at(lines: list[Paragraph], n: int) -> Candidate | None:
    """The candidate of a line; its label may end on one of the lines that continue it."""
    alone = candidate(lines[n])
    if alone and not alone.whole:
        return alone
    text = lines[n].text
    for line in lines[n + 1 : n + 4]:
        if not line.continues or len(text) > MAX_LABEL:
            break
        before, text = len(text), f"{text} {line.text}"
        joined = candidate(Paragraph(text, lines[n].bold))
        if joined and not joined.whole and len(joined.label) > before:
            return joined
    return alone


def _convinces(label: Candidate, times: int, capitals: int) -> bool:
    certainty = label.reading.certainty
    if label.cells:
        return times > 1 and certainty >= Certainty.LIKELY
    if label.bold or (label.capitals and certainty is Certainty.SURE):
        return True
    if certainty is Certainty.SURE:
        # «… , secretaria: lo que pasa» is a sentence; «Moderadora: buenas» is automatic text without capitals.
        return times > 1 or label.speech_follows or "," not in label.label
    if certainty is Certainty.LIKELY:
        named = label.reading.speaker.name is not None  # «Presidenta: ¿se ha …» calls her; she does not speak
        return label.capitals or label.speech_follows or (times > 1 and named)
    if times > 1:
        return not _calls_someone(label)
    return capitals > 1 and _in_house_style(label)


def _is_organisation(label: Candidate) -> bool:
    """``Instituto Electoral de la Costa: Gracias.`` among sure labels: three words and a sentence after them."""
    speaker = label.reading.speaker
    return (
        speaker.role is not None
        and speaker.role == speaker.institution
        and len(speaker.role.split()) > 2
        and (label.rest[:1].isalpha() or label.rest[:1] in ("¿", "¡", "“"))
        and label.speech_follows
    )


def _calls_someone(label: Candidate) -> bool:
    """``Señor presidente: …`` opens a speech to him, again and again."""
    return not label.capitals and fold(label.label.split()[0]) in ("senor", "senora")


def _in_house_style(label: Candidate) -> bool:
    """A name or a post in capitals, where other labels are in capitals as well."""
    speaker = label.reading.speaker
    post = fold((speaker.role or "").split(" ")[0]) in POSTS
    return label.capitals and " " in label.label and (speaker.name is not None or post)


def _at_a_start(lines: list[Paragraph], n: int, label: Candidate) -> bool:
    """A line that continues a paragraph begins a turn only where a sentence has just ended."""
    if not lines[n].continues or n == 0 or lines[n - 1].rule or label.bold or label.capitals:
        return True
    return lines[n - 1].text.endswith(_SENTENCE_ENDS)


def _whole_lines(
    lines: list[Paragraph], found: dict[int, Candidate], ended: dict[int, Candidate], times: Counter[str]
) -> dict[int, Candidate]:
    """Labels alone on their line without a colon: in capitals, in bold or as headings.

    Two of them one after the other are a list (who is present, who signs), unless the second names the first.
    """
    alone = {n: c for n, c in found.items() if c.whole}
    house = sum(c.capitals and c.reading.certainty is Certainty.SURE for c in alone.values()) > 2
    likely = {
        n: c
        for n, c in alone.items()
        if c.reading.certainty is Certainty.SURE
        or times[c.key] > 1
        or (c.bold and c.reading.certainty is Certainty.LIKELY)
        or (house and _in_house_style(c))
    }
    taken = {n: c for n, c in likely.items() if _opens_speech(lines, n, likely, ended)}
    named = sum(c.reading.speaker.name is not None for c in taken.values())
    return taken if len(taken) > 1 or named else {}


def _opens_speech(
    lines: list[Paragraph], n: int, likely: dict[int, Candidate], ended: dict[int, Candidate]
) -> bool:
    if n + 1 >= len(lines) or lines[n + 1].rule:
        return False
    following = likely.get(n + 1) or ended.get(n + 1)
    if following is None:
        return True
    return n - 1 not in likely and _joins(likely[n], following)


def _joins(post: Candidate, name: Candidate) -> bool:
    """Whether one label holds the post and the next its name."""
    first, second = post.reading.speaker, name.reading.speaker
    return bool(first.role and fold(first.role.split()[0]) in POSTS and second.name and not second.post)


def _add_known(lines: list[Paragraph], labels: Labels) -> None:
    """Take full labels that lost their colon (``…, Ana López Presente``) where they are seen with it elsewhere."""
    known = {}
    for label in labels.values():
        if label and label.reading.speaker.name and label.reading.speaker.post:
            known[label.label] = label.reading
    texts = tuple(known)
    for n, line in enumerate(lines):
        if n in labels or not texts or not line.text.startswith(texts):
            continue
        full = max((text for text in texts if line.text.startswith(text)), key=len)
        found = Candidate(known[full], full, line.text[len(full) :].strip())
        if found.rest and (found.rest[0].isalnum() or found.rest[0] in "¿¡“\"(") and found.speech_follows:
            labels[n] = found


# --- turns ---


def _blocks(lines: list[Paragraph], labels: Labels) -> tuple[Block, ...]:
    blocks: list[Block] = []
    speaker: Speaker | None = None
    fresh = False
    pending: Candidate | None = None
    skip = 0
    for n, line in enumerate(lines):
        if line.rule:
            continue
        text = line.text
        if n in labels:
            label = labels[n]
            joined = pending if fresh and pending and label and _joins(pending, label) else None
            speaker = label.reading.speaker if label else None
            if joined and speaker and joined.reading.speaker.role:
                first = joined.reading.speaker
                speaker = dataclasses.replace(
                    speaker, post=post_case(first.role or ""), institution=speaker.institution or first.institution
                )
            fresh, pending = True, label
            if label:
                text, skip = label.rest, _lines_of_label(lines, n, label)
        elif skip:
            skip -= 1
            continue
        if not text:
            continue
        if line.continues and blocks and not fresh and not is_act(text):
            blocks[-1] = dataclasses.replace(blocks[-1], text=f"{blocks[-1].text} {text}")
            continue
        turn = 0 if not blocks else blocks[-1].turn + fresh
        blocks.append(Block(text, speaker=speaker, turn=turn))
        fresh = False
    return tuple(blocks)


def _lines_of_label(lines: list[Paragraph], n: int, label: Candidate) -> int:
    """How many lines more than its own a label runs over."""
    length, count = len(lines[n].text), 0
    while len(label.label) > length and n + count + 1 < len(lines):
        count += 1
        length += 1 + len(lines[n + count].text)
    return count
