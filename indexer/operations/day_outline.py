"""Shows the file of a whole day before it is split: its fragments, and where the titles of the mesas are spoken."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus.page import passages_of
from indexer.corpus.received_files import received
from indexer.language.spanish import FUNCTION_WORDS, stem, tokens
from indexer.model import Kind
from indexer.model.passage import Passage
from indexer.operations.open_pages import cues_of, fragment_of, open_sessions
from indexer.operations.splitting import clock_of

MOST_PLACES = 3
"""Places that are proposed for one mesa."""
_ENOUGH = 0.6
"""The share of a title, its rare words counting more, that must be spoken together."""
_ROOM = 12
"""Words that may stand between those of a title as it is spoken."""

_Spoken = Sequence[tuple[str, float]]


def day_outline(settings: Settings, event: str, source: Path) -> dict[str, Any]:
    """Describe the file of a day that is to be split. Writes nothing.

    Raises:
        CorpusError: There is no such event, or the file cannot be read or has no times.
    """
    opened = open_sessions(settings, event)
    _, document = received(source, Kind.TRANSCRIPT)
    passages = passages_of(Kind.TRANSCRIPT, document)
    spoken, mesas = list(_spoken(passages)), []
    for one in opened:
        if (session := one.work.session) is not None:
            places = [] if (has_text := one.text() is not None) else spoken_places(session.title, spoken)
            told = {"mesa": session.slug, "titulo": session.numbered_title, "tiene": has_text, "lugares": places}
            mesas.append({**told, "fecha": session.date.isoformat() if session.date else None})
    fragments = [{**fragment_of(passage), "subtitulos": cues_of(passage)} for passage in passages]
    return {"fin_s": clock_of(document, source.name)[1], "fragmentos": fragments, "mesas": mesas}


def spoken_places(title: str, spoken: _Spoken) -> list[float]:
    """The seconds at which the words of a title are spoken together, the likeliest first.

    Args:
        spoken: The stems of a day and their seconds, in order.
    """
    wanted = {stem(token.form) for token in tokens(title) if token.form not in FUNCTION_WORDS}
    counts = Counter(word for word, _ in spoken)
    weights = {word: log(1 + len(spoken) / (1 + counts[word])) for word in wanted}
    places = [(at, word, second) for at, (word, second) in enumerate(spoken) if word in wanted]
    room, found, begin = len(wanted) + _ROOM, [], 0
    for end, (at, _, _) in enumerate(places):
        # A word that is said again before the end begins nothing: the title may follow whatever was said of it before.
        while places[begin][0] < at - room or places[begin][1] in {word for _, word, _ in places[begin + 1 : end + 1]}:
            begin += 1
        heard = {word for _, word, _ in places[begin : end + 1]}
        found.append((sum(weights[word] for word in heard), -places[begin][0], places[begin][2]))
    seconds: list[float] = []
    for score, _, second in sorted(found, reverse=True):
        near = any(abs(second - other) < 60 for other in seconds)
        if score >= _ENOUGH * sum(weights.values()) and not near and len(seconds) < MOST_PLACES:
            seconds.append(second)
    return seconds


def _spoken(passages: Sequence[Passage]) -> Iterator[tuple[str, float]]:
    """The stem of each word that is said, and when."""
    for passage in passages:
        offsets = [offset for offset, _ in passage.cues] or [0]
        seconds: Mapping[int, float] = dict(passage.cues) or {0: passage.start_s or 0.0}
        for token in tokens(passage.text):
            yield stem(token.form), seconds[offsets[max(0, bisect_right(offsets, token.start) - 1)]]
