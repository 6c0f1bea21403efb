"""Questions in sentences: whose words they ask for, and what of them stands between quotes for other reasons."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase, Word
from indexer.language.spanish import FUNCTION_WORDS, Token, fold, tokens
from indexer.word_lists import listed
from search_app.asking.grammar import parse
from search_app.asking.parameters import Asked, Reading
from search_app.asking.question_words import ABOUT, BEFORE_A_NAME, TELLING, opening
from search_app.asking.typed_text import QUOTES
from search_app.shown import formatting

UNQUOTED = "Ningún fragmento tiene lo que va entre comillas tal cual junto con lo demás; se buscó sin comillas"
GIVEN_NAMES, PARTICLES, PLACES = (listed("language", of) for of in ("given_names", "particles_of_names", "places"))
LONGEST_NAME = 8
"""Words of a name."""

_QUOTED = re.compile(r'"(?P<words>[^"]*)"(?:~[0-9]+)?')
_BREAK = re.compile(r"[,;:.?!]")


def of_somebody(asked: Asked, index: SearchIndex, spelled: str | None = None) -> Asked | None:
    """«¿Qué dijo X sobre Y?» as what it asks for: Y, in what X said. None where no known X is asked of.

    Args:
        asked: The search.
        index: Knows who speaks.
        spelled: The text with its mistyped words replaced, where these may be of a name.
    """
    text = spelled or asked.parsed.text
    words = tokens(text)
    begins = opening(words, TELLING)
    named = any(filters.of("persona") for filters in (asked.filters, asked.parsed.filters))
    if begins is None or not begins.of_somebody or named or not asked.correct:
        return None
    start = begins.words
    end, people = _name(text, words, start, index, asked.fictitious)
    while not people and start < len(words) and words[start].form in BEFORE_A_NAME:
        start += 1
        end, people = _name(text, words, start, index, asked.fictitious)
    if not people:
        return None
    who = people[0] if len(people) == 1 else text[words[start].start : words[end - 1].end]
    about = end
    while about < len(words) and (words[about].form in FUNCTION_WORDS or words[about].form in ABOUT):
        about += 1
        end = about if words[about - 1].form in ABOUT else end
    meant = parse(f'persona:"{who}" {text[words[end - 1].end :].rstrip(" ?")}')
    told = f"Se entendió la pregunta: lo que dijo {formatting.listed(people, 'o')}"
    return replace(asked, reading=Reading(meant, told, "Buscar todas las palabras, las diga quien las diga"))


def _name(
    text: str, words: Sequence[Token], start: int, index: SearchIndex, fictitious: bool
) -> tuple[int, tuple[str, ...]]:
    """Where the longest name that begins at ``start`` ends, and who bears it; nobody where more of a name follows."""
    end = start
    people: tuple[str, ...] = ()
    for stop in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
        name, particle = text[words[start].start : words[stop - 1].end], words[stop - 1].form in FUNCTION_WORDS
        found = index.people(name, with_fictitious=fictitious)
        if found and (not particle or fold(name) in map(fold, found)):
            end, people = stop, found
        elif not particle:
            break
    if end == start or end == len(words):
        return end, people
    last, following = words[end - 1], words[end]
    goes_on = following.form not in FUNCTION_WORDS | ABOUT and not _BREAK.search(text, last.end, following.start)
    capitals = last.text[0].isupper() and following.text[0].islower()
    return end, () if goes_on and not capitals else people


def of_nobody(asked: Asked, index: SearchIndex) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """As ``people``: whose words a question asks for where nobody of that name speaks or takes part.

    Only a common given name tells a person from an institution: of who has another one nothing is said.
    """
    text = asked.parsed.text
    words = tokens(text)
    begins = opening(words, TELLING)
    if begins is None or not begins.of_somebody or asked.reading or asked.chosen or not asked.correct:
        return ()
    start = begins.words
    while start < len(words) and words[start].form in BEFORE_A_NAME - GIVEN_NAMES:
        start += 1
    capitals = start < len(words) and words[start].text[0].isupper()
    stop = start
    for at in range(start, min(start + LONGEST_NAME, len(words))):
        if at > start and _BREAK.search(text, words[at - 1].end, words[at].start):
            break
        if words[at].text[0].isupper() or (not capitals and words[at].form not in FUNCTION_WORDS | ABOUT):
            stop = at + 1
        elif not (capitals and words[at].form in PARTICLES):
            break
    said = [word.form for word in words[start:stop]]
    surely = bool(said) and said[0] in GIVEN_NAMES and (capitals or (start == begins.words and len(said) > 1))
    if not surely or " ".join(said) in PLACES:
        return ()
    name, parts = text[words[start].start : words[stop - 1].end], set(said) - FUNCTION_WORDS
    known = index.people(name, with_fictitious=True) or any(map(parts.issubset, _words(index.overview().participants)))
    return () if known else ((name, ()),)


@lru_cache(maxsize=4)
def _words(names: frozenset[str]) -> frozenset[frozenset[str]]:
    """The folded words of each name of an edition."""
    return frozenset(frozenset(fold(name).split()) for name in names)


def unquoted(asked: Asked) -> Asked | None:
    """A question as it is asked again when nothing answers it: in a sentence, quotes hold a title or a nickname.

    None for anything else: where no question mark stands, or no word of content outside its quotes, a phrase holds.
    """
    clauses = asked.parsed.clauses
    quotes = any(isinstance(clause, Phrase) and clause.slop is None for clause in clauses)
    content = any(isinstance(clause, Word) and fold(clause.text) not in FUNCTION_WORDS for clause in clauses)
    if not (asked.correct and "?" in asked.text and quotes and content):
        return None
    loose = parse(without_quotes(asked.text))
    return replace(asked, reading=Reading(loose, UNQUOTED, "Buscar tal cual, con comillas"))


def without_quotes(text: str) -> str:
    """A text with its phrases as loose words; what is excluded and the values of fields keep their quotes."""
    parsed = parse(text)
    text = parsed.text.translate(QUOTES)

    def loose(found: re.Match[str]) -> str:
        if any(start <= found.start() < end for start, end in (*parsed.fields, *parsed.exclusions)):
            return found[0]
        glued = (text[max(found.start() - 1, 0) : found.start()], text[found.end() : found.end() + 1])
        before, after = (" " if letter.isalnum() else "" for letter in glued)
        return f"{before}{found['words']}{after}"

    return " ".join(_QUOTED.sub(loose, text).split())
