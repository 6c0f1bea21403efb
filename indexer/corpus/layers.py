"""Layers of staff over a transcript that stays as received: its part of a stream, its speakers, their names."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.corpus.speakers_file import SpeakerChange
from indexer.language.spanish import fold
from indexer.model import Block, Document, Participant, PersonName, Speaker
from indexer.word_lists import listed

TOLERANCE_S = 0.5
"""How far a second written by hand may be off the start of the cue that it means."""

_TITLES = listed("language", "titles")
_ROLES = listed("language", "role_words")
_ARTICLES = frozenset(("el", "la", "los", "las", "un", "una"))
_PARTICLES = frozenset(("de", "del", "la", "las", "los", "y", "e", "en", "von", "van", "da", "dos"))


def clip(document: Document, from_s: float | None, to_s: float | None) -> Document:
    """The part of a stream that belongs to a session: cues that start in ``[from_s, to_s)``, on the file's clock.

    A block without a time goes with the one before it, the first ones with the one after them. A document without times
    is given back as it is.
    """
    starts = [
        next((one for one in (block.start_s, *block.seconds) if one is not None), None) for block in document.blocks
    ]
    second = next((start for start in starts if start is not None), None)
    if second is None:
        return document
    low = float("-inf") if from_s is None else from_s
    high = float("inf") if to_s is None else to_s
    kept: list[Block] = []
    for block, start in zip(document.blocks, starts, strict=True):
        second = second if start is None else start
        if low <= second < high:
            kept.append(block)
    return replace(document, blocks=tuple(kept))


def on_clock(starts: Sequence[float], from_s: float | None, to_s: float | None) -> bool:
    """Whether these seconds are on the clock of a stream of which a session is the part: most of them are in it."""
    within = sum((from_s or 0.0) <= start < (float("inf") if to_s is None else to_s) for start in starts)
    return 2 * within >= len(starts) > 0


def attribute_speakers(document: Document, changes: Sequence[SpeakerChange]) -> Document:
    """Say who speaks from which second on; every change opens a turn, also when the same person goes on.

    A change takes effect at the cue whose start is nearest within half a second, else at the first one after it; of
    two changes at one cue the later holds. What comes before the first change stays as the file has it.
    """
    timed = [(block.start_s, place) for place, block in enumerate(document.blocks) if block.start_s is not None]
    effects = {place: change for change in changes if (place := _cue_of(change.start_s, timed)) is not None}
    if not effects:
        return document
    blocks: list[Block] = []
    turn, change = -1, None
    for place, block in enumerate(document.blocks):
        if place in effects:
            change, turn = effects[place], turn + 1
        elif change is None and (not blocks or block.turn != document.blocks[place - 1].turn):
            turn += 1
        speaker = block.speaker if change is None else speaker_of(change.person)
        blocks.append(replace(block, speaker=speaker, turn=turn))
    return replace(document, blocks=tuple(blocks))


def speaker_of(person: str | None) -> Speaker | None:
    """Tell a name from a role in what staff wrote.

    ``Ana Ruiz, consejera``, ``Consejera Ana Ruiz`` and ``Consejera, Ana Ruiz`` name somebody; ``Pregunta`` and
    ``Representante del PRD`` are roles.
    """
    if person is None:
        return None
    head, _, tail = (part.strip() for part in person.partition(","))
    post, name = _split(head)
    if name:
        return Speaker(name=name, post=tail or post)
    if post and tail and _split(tail) == (None, tail):
        return Speaker(name=tail, post=head)
    return Speaker(role=person)


def canonical_names(document: Document, people: Sequence[PersonName], participants: Sequence[Participant]) -> Document:
    """Give every speaker one name: that of ``personas.toml``, else the participant's, as compared without accents.

    A participant's post and institution fill what the label leaves open; the label's own hold. What a participant is
    called in this session (``variants``) goes before all: ``MODERADORA`` is somebody else in another one.

    A guessed label that staff wrote among the variants is a guess no more. One that is certain elsewhere in the text
    stays a guess: what is doubtful there is not who it means, but whether that person speaks at this place.
    """
    names = {_key(form): person.name for person in reversed(people) for form in (person.name, *person.variants)}
    posts = {person.name: person.post for person in people}
    here = {_key(form): p.name for p in reversed(participants) for form in p.variants}
    names |= {form: names.get(_key(name), name) for form, name in here.items()}
    by_name = {_key(p.name): p for p in reversed(participants)}
    by_name |= {_key(name): p for p in reversed(participants) if (name := names.get(_key(p.name)))}
    confirmed = {*here, *(_key(form) for person in people for form in person.variants)}
    speakers = {block.speaker for block in document.blocks if block.speaker is not None}
    confirmed -= {_key(speaker.shown or "") for speaker in speakers if not speaker.inferred}
    mended: dict[Speaker, Speaker] = {}
    blocks: list[Block] = []
    for block in document.blocks:
        speaker = block.speaker
        if speaker is not None:
            if speaker not in mended:
                doubtful = speaker.inferred and _key(speaker.shown or "") not in confirmed
                known = _canonical(replace(speaker, inferred=doubtful), names, by_name)
                mended[speaker] = replace(known, post=known.post or posts.get(known.name or ""))
            speaker = mended[speaker]
        blocks.append(replace(block, speaker=speaker))
    return replace(document, blocks=tuple(blocks))


def participant_of(name: str | None, participants: Sequence[Participant]) -> Participant | None:
    """The participant of this name, compared without accents, case and titles."""
    key = _key(name or "")
    return next((p for p in participants if key and _key(p.name) == key), None)


def _canonical(speaker: Speaker, names: dict[str, str], by_name: dict[str, Participant]) -> Speaker:
    key = _key(speaker.shown or "")
    name = names.get(key)
    participant = by_name.get(key) or by_name.get(_key(name or ""))
    if name is None and participant is not None:
        name = participant.name
    if name is None:
        return speaker
    post, institution = speaker.post, speaker.institution
    if participant is not None:
        post, institution = post or participant.post, institution or participant.institution
    told = speaker_of(name)
    if key not in names and told is not None and told.name is None:  # a participant known by a role alone
        return replace(speaker, name=None, role=name, post=post, institution=institution)
    return replace(speaker, name=name, role=None, post=post, institution=institution)


def _cue_of(second: float, timed: Sequence[tuple[float, int]]) -> int | None:
    """The block at which a change takes effect; None past the last cue."""
    at = bisect_left(timed, (second - TOLERANCE_S,))
    near = [cue for cue in timed[at : at + 64] if cue[0] <= second + TOLERANCE_S]
    if near:
        return min(near, key=lambda cue: (abs(cue[0] - second), cue[1]))[1]
    return timed[at][1] if at < len(timed) else None


def _key(name: str) -> str:
    """A name for comparison: folded, without punctuation and titles before it."""
    words = list(_words(name))
    while len(words) > 2 and words[0] in _TITLES:
        words.pop(0)
    return " ".join(words)


def _words(name: str) -> Iterator[str]:
    for word in fold(name).replace(".", " ").split():
        bare = "".join(letter for letter in word if letter.isalnum() or letter in "-'’")
        if bare:
            yield bare


def _split(text: str) -> tuple[str | None, str | None]:
    """The words of a role that a name begins with, and the name; no name where all of it is a role."""
    words = text.split()
    roles, place = 0, 0
    while place < len(words):
        word = _key(words[place])
        if word in _ROLES:
            roles = place + 1
        elif word not in _TITLES and not (place == 0 and word in _ARTICLES):
            break
        place += 1
    name = words[roles:]
    if place < len(words) and _is_name(name, after_role=roles > 0):
        return " ".join(words[:roles]).rstrip(":") or None, " ".join(name)
    return text or None, None


def _is_name(words: Sequence[str], after_role: bool) -> bool:
    """Two capitalised words or more, particles apart; a single one only alone and not as an acronym."""
    if after_role and _key(words[0]) in _PARTICLES:
        return False
    telling = [word for word in words if _key(word) not in _PARTICLES]
    if not telling or not all(word[:1].isupper() for word in telling) or any(map(str.isdigit, "".join(words))):
        return False
    return len(telling) > 1 or (not after_role and not telling[0].isupper())
