"""Questions in sentences: whose words they ask for, and what of them stands between quotes for other reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.index.protocol import SearchIndex
from indexer.index.query import Phrase, Word
from indexer.language.spanish import FUNCTION_WORDS, Token, fold, tokens
from search_app.asking.grammar import parse
from search_app.asking.parameters import Asked, Reading
from search_app.asking.question_words import ABOUT, BEFORE_A_NAME, TELLING, opening
from search_app.asking.typed_text import QUOTES
from search_app.shown.formatting import listed

UNQUOTED = "Ningún fragmento tiene lo que va entre comillas tal cual junto con lo demás; se buscó sin comillas"
LONGEST_NAME = 8
"""Words of a name."""

_QUOTED = re.compile(r'"(?P<words>[^"]*)"(?:~[0-9]+)?')
_BREAK = re.compile(r"[,;:.?!]")


def of_somebody(asked: Asked, index: SearchIndex) -> Asked | None:
    """«¿Qué dijo X sobre Y?» as what it asks for: Y, in what X said. None where no known X is asked of."""
    text = asked.parsed.text
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
    told = f"Se entendió la pregunta: lo que dijo {listed(people, 'o')}"
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
