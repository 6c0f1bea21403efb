"""Where a line may hold a label: before a colon, in its bold start, before a time of day, run in, or all of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.readers.labels.label import read_label, read_lead
from indexer.readers.labels.label_parts import MAX_LABEL, Certainty, Reading
from indexer.readers.labels.names import PARTICLES, is_capitals
from indexer.readers.labels.posts import POSTS
from indexer.readers.paragraphs import CELLS, CLOSED_ENDS, SENTENCE_ENDS, Paragraph
from indexer.readers.words import fold

_END = re.compile(r":(?!\d)\s?(?:\.?[-–—](?!\w))?|\.\s?[-–—―]+(?=\s|$|[A-ZÁÉÍÓÚÑ¿¡“\"])")
_DASH = re.compile(r"[-–—―•·]{1,2}\s?(?=[^\W\d_])")
_TIME = re.compile(r"\(\d{1,2}[:.]\d{2}(?:[:.]\d{2})? ?(?:horas|hrs?\.?|h\.?)?\)\s?[:.]?")
_GLUED = re.compile(r"(?<=[^\W\d_]{3})(?<=[a-záéíóúüñ])(?=[A-ZÁÉÍÓÚÑ¿¡“(])")
_CAPITALS_RUN_IN = re.compile(
    r"(?<=[.!?…”\"»)\-–—;] )(?=(?:EL|LA|C\.|SEÑORA?|DIP\.|SEN\.|CONSEJER[OA]|PRESIDENT[EA]|SECRETARI[OA]) "
    r"[A-ZÁÉÍÓÚÜÑ.,() ]{3,160}[:])"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label that a line may begin with.

    Attributes:
        reading: Whom it names.
        label: As printed, without what ends it.
        rest: What is said after it on the line; may be empty.
        bold: The label, and no more, is bold.
        whole: The label is the whole line and nothing (no colon) ends it.
        cells: The label is the first cell of a table's row.
        mark: What ends it: ``:``, ``.-`` (whatever the dash), or nothing.
        lines: How many lines it runs over.
    """

    reading: Reading
    label: str
    rest: str
    bold: bool = False
    whole: bool = False
    cells: bool = False
    mark: str = ""
    lines: int = 1

    @property
    def key(self) -> str:
        """What tells that a label comes back."""
        return fold(self.label)

    @property
    def capitals(self) -> bool:
        """Whether it is printed in capitals."""
        return is_capitals(self.label)

    @property
    def speech_follows(self) -> bool:
        """Whether what follows begins as a sentence does: nothing, a capital or a sign."""
        first = next((c for c in self.rest[:12] if c.isalpha()), "")
        return not self.rest or not first or first.isupper()

    def guessed(self) -> "Candidate":
        """The same label as an inference."""
        speaker = replace(self.reading.speaker, inferred=True)
        return replace(self, reading=replace(self.reading, speaker=speaker))


Labels = dict[int, Candidate | None]
"""Of the lines that open a turn: their label, or None for a turn of nobody (``(INICIA VIDEO)`` after a rule)."""


Lines = Sequence[Paragraph]
"""Lines of a transcript that are speech, or may be."""


def joins(post: Candidate, name: Candidate) -> bool:
    """Whether one label holds the post and the next its name."""
    first, second = post.reading.speaker, name.reading.speaker
    return bool(first.role and fold(first.role.split()[0]) in POSTS and second.name and not second.post)


def candidate(line: Paragraph) -> Candidate | None:
    """The label that a line may begin with, maybe after a dash. It costs time for its first ``MAX_LABEL`` letters."""
    line = without_dash(line)
    text = line.text
    if not text or not (text[0].isalpha() or text[0] in '“"«'):
        return None
    ended = _ended(text, line.bold)
    if ended and line.heading and ended.rest and ended.rest[-1] not in CLOSED_ENDS:
        return None  # «Elvira Prado: los retos de la urna» announces her; she does not say it
    return ended or _bold_start(text, line.bold) or _whole(line) or _glued(text)


def without_dash(line: Paragraph) -> Paragraph:
    """A line without the dash with which dialogues begin each speaker."""
    dash = _DASH.match(line.text)
    if dash is None:
        return line
    return replace(line, text=line.text[dash.end() :], bold=max(0, line.bold - dash.end()))


def ends(head: str) -> Iterator[re.Match[str]]:
    """Where a label may end in the first letters of a line."""
    return _END.finditer(head)


def mark_of(end: str) -> str:
    """What ends a label, whatever the dash it is written with."""
    return ":" if end.startswith(":") else ".-"


def _ended(text: str, bold: int) -> Candidate | None:
    head = text[: MAX_LABEL + 3]
    time = _TIME.search(head)
    if time:
        reading = read_label(head[: time.start()].rstrip())
        if reading and reading.certainty is Certainty.SURE:
            return Candidate(reading, head[: time.start()].rstrip(), text[time.end() :].strip())
    for count, end in enumerate(ends(head)):
        if count == 4:
            break
        label = head[: end.start()].rstrip()
        if label.count("(") > label.count(")"):
            continue
        act = text[end.end() : end.end() + 3].lstrip().startswith("(")  # bold as well: **VOZ: (Canta)**
        exact = bool(bold) and (abs(bold - end.start()) <= 3 or (act and bold > end.start()))
        reading = read_label(label) or (read_lead(label) if exact else None)
        if reading is None:
            break
        return Candidate(reading, label, text[end.end() :].strip(), bold=exact, mark=mark_of(end[0]))
    cell = head.find(CELLS)
    if cell > 0 and (reading := read_label(head[:cell])):
        return Candidate(reading, head[:cell], text[cell + len(CELLS) :].strip(), cells=True)
    return None


def _bold_start(text: str, bold: int) -> Candidate | None:
    """``<strong>Consejera Electoral del INE, Ana López</strong>Presente``: the bold is all that ends the label."""
    if not 3 <= bold <= MAX_LABEL or bold >= len(text):
        return None
    label, rest = text[:bold].rstrip(), text[bold:].strip()
    reading = read_label(label)
    if reading and reading.certainty is Certainty.SURE and label[-1] not in ".," and rest[:1].isalnum():
        found = Candidate(reading, label, rest, bold=True)
        return found if found.speech_follows else None
    return None


def _whole(line: Paragraph) -> Candidate | None:
    text = line.text
    if len(text) > MAX_LABEL or text.endswith((*SENTENCE_ENDS, ",", ";")) or line.continues:
        return None
    bold = line.heading or line.bold >= len(text)
    if not bold and not is_capitals(text):
        return None
    reading = read_label(text)
    return Candidate(reading, text, "", bold=bold, whole=True) if reading else None


def _glued(text: str) -> Candidate | None:
    """``Consejera Electoral del INE, Ana LópezPresente``: nothing at all ends the label."""
    head = text[:MAX_LABEL]
    for found in list(_GLUED.finditer(head))[:3]:
        label = head[: found.start()]
        if label.endswith((" Mc", " Mac")):
            continue
        reading = read_label(label)
        speaker = reading.speaker if reading else None
        if reading and speaker and speaker.name and speaker.post and "," in label:
            return Candidate(reading, label, text[found.start() :])
    return None


def split_run_in(text: str) -> list[str]:
    """Part a paragraph before labels in capitals that stand inside it, as in an acta.

    ``… gracias.” LA CONSEJERA PRESIDENTA EN USO DE LA PALABRA: “…`` gives two pieces.
    """
    starts = [0]
    for found in _CAPITALS_RUN_IN.finditer(text):
        end = text.index(":", found.start())
        if end < MAX_LABEL and is_capitals(text[:end]) and read_label(text[:end]):
            continue  # «ANA PRADO. DIRECTORA DE ACTAS: …» is one label
        reading = read_label(text[found.start() : end])
        if reading and reading.certainty is Certainty.SURE:
            starts.append(found.start())
    return [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


_MOST_LINES = 4
_GOES_ON = PARTICLES | {"al", "en", "para", "con", "por", "a"}


def candidates_of(lines: Lines) -> dict[int, Candidate]:
    """The candidate of each line that has one; none for a line that a label of the line above runs into."""
    found: dict[int, Candidate] = {}
    taken = 0
    for n, line in enumerate(lines):
        if line.rule or n < taken:
            continue
        alone = candidate(line)
        best = alone if alone and not alone.whole else _broken(lines, n) or alone
        if best:
            found[n] = best
            taken = n + best.lines
    return found


def _broken(lines: Lines, n: int) -> Candidate | None:
    """A label that begins on a line and ends on one of the next."""
    joined = lines[n]
    for count, line in enumerate(lines[n + 1 : n + _MOST_LINES], 2):
        if line.rule or len(joined.text) > MAX_LABEL or not (line.continues or _hangs(joined)):
            break
        before = len(joined.text)
        covered = joined.bold + 1 + line.bold if joined.bold >= before and line.bold else joined.bold
        joined = replace(joined, text=f"{joined.text} {line.text}", bold=covered)
        found = candidate(joined)
        if found and not found.whole and len(found.label) > before:
            return replace(found, lines=count)
    return None


def _hangs(line: Paragraph) -> bool:
    """Whether a line in capitals or in bold cannot be all of a label: ``TITULAR DE LA PROCURADURÍA FEDERAL DEL``."""
    text = line.text
    if not (is_capitals(text) or line.bold >= len(text)):
        return False
    return text[-1] in ",-" or text.count("(") > text.count(")") or fold(text.rsplit(" ", 1)[-1]) in _GOES_ON
