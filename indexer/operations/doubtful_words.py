"""Finds the doubtful words of a transcript: rare words that resemble a known name, a word of the vocabulary, or a word
that is far more frequent. Staff get a list, the most likely first; nothing is corrected automatically."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.corpus.apply_corrections import occurrences
from indexer.corpus.snapshot import CorpusSnapshot
from indexer.language.entities import default_entities
from indexer.language.lexicon import Lexicon
from indexer.language.spanish import FUNCTION_WORDS, Token, tokens
from indexer.language.spelling import UNSOUGHT, Near, Spellings, correctable
from indexer.language.vocabulary import equivalents_of
from indexer.model import Passage
from indexer.word_lists import listed

RARE = 2
"""Fragments of the collection that hold a word which may be a slip."""
FAR_MORE = ((0.5, 8), (0.8, 20))
"""Up to which price of the slip, how many times as many fragments hold the word that was meant."""
LIKELY = 0.8
"""Price up to which a word may be a slip for one of the vocabulary, which holds common words too."""
MOST = 300
"""Places that are told."""
AROUND = 60
"""Letters that are shown before and after a word."""
LONGEST_ACRONYM = 6
_ENDINGS = listed("language", "endings") | {""}
"""What may stand at the end of forms of one word: ``registra`` is no slip for ``registrar``."""

_GENDER = frozenset(("a", "o", "as", "os"))


class DoubtfulWords:
    """Finds the doubtful words of one page.

    Args:
        frequencies: Folded words of the collection, with the fragments that hold them.
        people: The names of people and places, as they are written.
        terms: Those of topics and institutions.
    """

    def __init__(self, frequencies: Mapping[str, int], people: Iterable[str], terms: Iterable[str]) -> None:
        self._frequencies = frequencies
        self._people, self._terms = _by_form(people), _by_form(terms)
        self._near_people, self._near_terms = Spellings(sorted(self._people)), Spellings(sorted(self._terms))
        least = FAR_MORE[0][1]
        self._near_words = Spellings(sorted(form for form, count in frequencies.items() if count >= least))

    def words(self, passages: Sequence[Passage]) -> list[dict[str, Any]]:
        """Where the doubtful words are: those near a name first, then the rarest. Checked fragments are left out."""
        here: Counter[str] = Counter()
        for passage in passages:
            here.update({token.form for token in tokens(passage.text)})
        meant: dict[str, tuple[int, str] | None] = {}
        found: list[tuple[tuple[int, int, int], dict[str, Any]]] = []
        for passage in passages:
            if passage.checked is not None:
                continue
            for token in tokens(passage.text):
                count = max(here[token.form], self._frequencies.get(token.form, 0))
                if token.text not in meant:
                    meant[token.text] = self._meant(token, count)
                one = meant[token.text]
                if one is not None and (place := _place(passage, token)) is not None:
                    rank, near = one
                    found.append(((rank, count, len(found)), {**place, "cerca_de": near}))
        return [place for _, place in sorted(found, key=lambda each: each[0])[:MOST]]

    def _meant(self, token: Token, count: int) -> tuple[int, str] | None:
        """Which word a rare one is near, and how much that tells, from 0; None where it stands as it is."""
        form = token.form
        if count > RARE or not correctable(form) or form in FUNCTION_WORDS or form in UNSOUGHT:
            return None
        if form in self._people or form in self._terms or (token.text.isupper() and len(form) <= LONGEST_ACRONYM):
            return None
        people = self._near_people.near(form) or self._near_people.near_twice(form)
        if people and not _inflected(form, people[0].form, _GENDER):
            return 0, self._people[people[0].form]
        own = Lexicon().stems(token.text)
        for rank, near in ((1, self._near_terms.near(form)), (2, self._near_words.near(form))):
            for one in near:
                likely = one.price <= LIKELY if rank == 1 else self._far_more(one, count)
                if likely and not own & Lexicon().stems(one.form) and not _inflected(form, one.form):
                    return rank, self._terms.get(one.form, one.form)
        return None

    def _far_more(self, near: Near, count: int) -> bool:
        times = next((times for price, times in FAR_MORE if near.price <= price), None)
        return times is not None and self._frequencies[near.form] >= times * max(count, 1)


def _by_form(names: Iterable[str]) -> dict[str, str]:
    """The words of names that may be mistaken for others, by folded form."""
    found: dict[str, str] = {}
    for name in names:
        for token in tokens(name):
            if correctable(token.form) and token.form not in FUNCTION_WORDS and token.form not in UNSOUGHT:
                found.setdefault(token.form, token.text)
    return found


def _inflected(one: str, other: str, endings: frozenset[str] = _ENDINGS) -> bool:
    """Whether two words look like forms of one: alike but for their endings."""
    alike = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return any(one[cut:] in endings and other[cut:] in endings for cut in range(alike, max(alike - 3, 3), -1))


def _place(passage: Passage, token: Token) -> dict[str, Any] | None:
    """A word of the shown text as a correction would name it; None where it was written by a correction."""
    start, end = token.start, token.end
    shift = 0
    for change in passage.changes:
        if change.start < end and start < change.end:
            return None
        if change.end <= start:
            shift = change.was_end - change.end
    original = passage.text if passage.original is None else passage.original
    starts = [at for at, _ in occurrences(original, token.text)]
    if start + shift not in starts:
        return None
    return {
        "palabra": token.text,
        "numero": passage.number,
        "vez": starts.index(start + shift) + 1,
        "antes": before(passage.text, start),
        "despues": after(passage.text, end),
    }


def before(text: str, at: int) -> str:
    """The whole words before an offset, on one line."""
    cut = text[max(0, at - AROUND) : at]
    if at > AROUND and " " in cut:
        cut = cut[cut.index(" ") + 1 :]
    return cut.replace("\n", " ")


def after(text: str, at: int) -> str:
    """The whole words after an offset, on one line."""
    cut = text[at : at + AROUND]
    if at + AROUND < len(text) and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.replace("\n", " ")


def known_names(snapshot: CorpusSnapshot) -> tuple[list[str], list[str]]:
    """The names of people and places in the corpus, and those of its topics and institutions."""
    sessions = (session.session for folder in snapshot.events for session in folder.sessions)
    people = [one.name for session in sessions if session for one in session.participants]
    people += [one.name for one in snapshot.people]
    terms: list[str] = []
    for entity in snapshot.entities or default_entities():
        (people if entity.sort == "estado" else terms).extend((entity.name, *entity.forms))
    for topic in snapshot.topics or ():
        terms.extend(equivalents_of(topic))
    return people, terms
