"""Topics and entities of fragments, at build time. The only module that imports spaCy, and only once there is work.

Entities are found by spaCy's PhraseMatcher over the project's own tokens (folded), so that a name is found however its
accents and capitals were typed, and a token is the same thing here as in the index. What spaCy cannot know is decided
by rules: Guerrero, Hidalgo and Morelos are also surnames and streets, ``sonora`` is also an adjective, and captions
write everything in lower case. Where a trained Spanish pipeline is installed, the names of persons that it finds are
no states.
"""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from itertools import islice
from typing import TYPE_CHECKING, Any

from indexer.language.entities import Entities
from indexer.language.spanish import ANALYSIS, FUNCTION_WORDS, Token, tokens_in_passing
from indexer.language.vocabulary import Vocabulary, form_key
from indexer.model import Entity, Passage

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_RULES = "1"
"""Grows when the rules of this module change, so that what was annotated the old way is annotated again."""

_BATCH = 64
_OTHER = "·"
"""No token of ours is this: it is no letter."""

_TRAINED = ("es_core_news_lg", "es_core_news_md", "es_core_news_sm")
"""Trained pipelines that find names of persons, the best first."""

_ALSO_PERSONS = frozenset({"guerrero", "hidalgo", "morelos", "durango", "puebla", "colima", "sonora", "campeche"})
"""Ids of states whose name is a surname, a street or a common word as well."""

_ALSO_WORDS = frozenset({"guerrero", "hidalgo", "morelos", "sonora", "durango"})
"""Of those, the ones that text without capitals takes for a state only after a cue."""

_NEEDS_CAPITAL = frozenset({"morena", "movimiento-ciudadano", "pan"})
"""Ids of institutions whose name is made of common words."""

_CUES = frozenset("en de desde estado entidad por para ople iee iepc instituto congreso gobierno".split())  # noqa: SIM905
_NOT_A_STATE_AFTER = frozenset(
    """
    consejera consejero presidenta presidente diputada diputado senadora senador secretaria secretario doctora doctor
    dra dr licenciada licenciado lic maestra maestro mtra mtro ingeniera ingeniero ing señora señor sra sr don doña
    magistrada magistrado compañera compañero ministra ministro gobernadora gobernador general profesora profesor
    calle avenida av colonia col calzada bulevar boulevard plaza jardin banda voz miguel vicente
    """.split()  # noqa: SIM905
)
"""Folded words after which such a name is a person's, a street's or no name at all."""

_CLAUSE_END = re.compile(r"[,.;:()!?…\n]")
_CASED = 0.02
"""Share of words with a capital from which a text counts as written with capitals."""


def analyzer_name() -> str:
    """What the analysis depends on beside the corpus: versions of spaCy, its trained pipeline, the stemmer, the rules.

    Asks the installed packages' metadata alone: an unchanged run never loads spaCy.
    """
    parts = [f"spacy {metadata.version('spacy')}", f"pystemmer {metadata.version('PyStemmer')}"]
    parts += [f"consta {_RULES}", f"spanish {ANALYSIS}"]
    trained = trained_pipeline()
    if trained is not None:
        parts.append(f"{trained} {metadata.version(trained)}")
    return ", ".join(parts)


def trained_pipeline() -> str | None:
    """The name of the best Spanish pipeline that is installed; None without one."""
    for name in _TRAINED:
        with contextlib.suppress(metadata.PackageNotFoundError):
            metadata.version(name)
            return name
    return None


class Annotator:
    """Fills the topics and mentions of fragments.

    Args:
        vocabulary: Topics and their forms.
        entities: What may be named in a text.
        trained: Name or path of a trained spaCy pipeline that finds names of persons; by default the installed one.
    """

    def __init__(self, vocabulary: Vocabulary, entities: Entities, trained: str | None = None) -> None:
        self._vocabulary = vocabulary
        self._entities = entities
        self._trained = trained
        self._engine: _Engine | None = None

    def annotate(self, passages: Iterable[Passage]) -> Iterator[Passage]:
        """The same fragments, in order, with ``topics`` and ``mentions``; taken and given in batches."""
        pending = iter(passages)
        while batch := list(islice(pending, _BATCH)):
            if self._engine is None:
                self._engine = _Engine(self._entities, self._trained or trained_pipeline())
            words = [tokens_in_passing(passage.text) for passage in batch]
            mentions = self._engine.mentions([passage.text for passage in batch], words)
            for passage, found, named in zip(batch, words, mentions, strict=True):
                topics = sorted({span.topic for span in self._vocabulary.spans(found, passage.text)})
                yield dataclasses.replace(passage, topics=tuple(topics), mentions=named)


class _Engine:
    """The part that needs spaCy."""

    def __init__(self, entities: Entities, trained: str | None) -> None:
        import spacy
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc
        from spacy.util import filter_spans

        self._entities = entities
        self._filter_spans = filter_spans
        self._nlp: Language = spacy.blank("es")
        vocab = self._nlp.vocab
        self._matcher = PhraseMatcher(vocab, attr="ORTH")
        self._capitals: set[tuple[str, tuple[str, ...]]] = set()
        self._words: set[str] = set()
        for entity in entities.all:
            forms = dict.fromkeys(form_key(form) for form in (entity.name, *entity.forms))
            self._words.update(word for form in forms for word in form)
            self._matcher.add(entity.id, [Doc(vocab, words=list(form)) for form in forms])
            self._capitals.update((entity.id, form_key(form)) for form in entity.capitals_only)
        self._persons: Language | None = None
        if trained is not None:
            self._persons = spacy.load(trained, exclude=["parser", "lemmatizer", "morphologizer", "attribute_ruler"])

    def mentions(self, texts: Sequence[str], words: Sequence[Sequence[Token]]) -> Iterator[tuple[str, ...]]:
        """Ids of the entities that each text names, sorted."""
        persons = self._names_of_persons(texts)
        for text, found, names, doc in zip(texts, words, persons, self._docs(words), strict=True):
            yield self._of_text(text, found, names, doc)

    def _docs(self, words: Sequence[Sequence[Token]]) -> Iterator[Doc]:
        """Docs of our own tokens: they hold the folded forms, and the n-th token is the n-th of spanish.tokens.

        Words that no entity's name has stand there as ``_OTHER``: spaCy never forgets a word that it was given, and
        takes its time to learn one.
        """
        from spacy.tokens import Doc

        known = self._words
        made = (
            Doc(self._nlp.vocab, words=[token.form if token.form in known else _OTHER for token in found])
            for found in words
        )
        yield from self._nlp.pipe(made, batch_size=_BATCH)

    def _names_of_persons(self, texts: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
        """Where each text names persons, in characters; nowhere without a trained pipeline."""
        if self._persons is None:
            yield from ([] for _ in texts)
            return
        for doc in self._persons.pipe(texts, batch_size=_BATCH):
            yield [(name.start_char, name.end_char) for name in doc.ents if name.label_ in ("PER", "PERSON")]

    def _of_text(self, text: str, words: Sequence[Token], persons: list[tuple[int, int]], doc: Doc) -> tuple[str, ...]:
        spans: list[Any] = self._filter_spans(self._matcher(doc, as_spans=True))
        if not spans:
            return ()
        cased = sum(token.text[0].isupper() for token in words) >= _CASED * len(words)
        named: set[str] = set()
        places = {place for span in spans for place in range(span.start, span.end)}
        for span in spans:
            entity = self._entities.entity(span.label_)
            if entity is None or entity.id in named:
                continue
            within = words[span.start : span.end]
            if (entity.id, tuple(token.form for token in within)) in self._capitals:
                if all(token.text.isupper() for token in within):
                    named.add(entity.id)
                continue
            if entity.id in _ALSO_PERSONS and any(a < within[-1].end and within[0].start < b for a, b in persons):
                continue
            if _counts(entity, text, words, span.start, span.end, cased, places):
                named.add(entity.id)
        return tuple(sorted(named))


def _counts(
    entity: Entity, text: str, words: Sequence[Token], first: int, end: int, cased: bool, places: set[int]
) -> bool:
    """Whether a name found in a text is the entity's, and not a common word's or a person's."""
    capital = words[first].text[0].isupper()
    if entity.sort == "estado" or entity.id in _NEEDS_CAPITAL:
        if cased and not capital and words[first].form not in ("estado", "ciudad"):
            return False
        if not cased and entity.sort == "estado" and end - first == 1 and _is_abbreviation(entity, words[first]):
            return False
    if entity.id not in _ALSO_PERSONS or end - first > 1:
        return True
    before = _neighbour(text, words, first - 1, first)
    if before is not None and before.form in _NOT_A_STATE_AFTER:
        return False
    if not cased:
        listed = bool({first - 1, first - 2, end, end + 1} & places)
        return entity.id not in _ALSO_WORDS or listed or (before is not None and before.form in _CUES)
    if before is not None and _is_name(before) and first - 1 not in places and before.form not in _CUES:
        return False
    after = _neighbour(text, words, end, end - 1)
    return after is None or not _is_name(after) or end in places


def _neighbour(text: str, words: Sequence[Token], place: int, of: int) -> Token | None:
    """The word at ``place`` if nothing but space parts it from the one at ``of``."""
    if not 0 <= place < len(words):
        return None
    left, right = sorted((words[place], words[of]), key=lambda token: token.start)
    return None if _CLAUSE_END.search(text, left.end, right.start) else words[place]


def _is_name(token: Token) -> bool:
    """Whether a word is written as a proper name, which an acronym is not (``OPLE Hidalgo``)."""
    return token.text[0].isupper() and not token.text.isupper() and token.form not in FUNCTION_WORDS


def _is_abbreviation(entity: Entity, token: Token) -> bool:
    return len(token.form) <= 4 and token.form not in form_key(entity.name) and token.form != "cdmx"


__all__ = ["Annotator", "analyzer_name", "trained_pipeline"]
