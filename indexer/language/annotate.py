"""Topics of fragments and what they mention, at build time. The only module that imports spaCy.

Rules find topics, entities and persons (``vocabulary``, ``mentions``, ``people_in_text``). What they cannot know is
whether *Hidalgo* is a person: where a trained Spanish pipeline is installed, the names of persons that it finds are no
states. It is loaded once a text holds such a name.
"""

import contextlib
import dataclasses
import warnings
from collections.abc import Collection, Iterable, Iterator
from importlib import metadata
from typing import TYPE_CHECKING

from indexer.language.entities import Entities
from indexer.language.mentions import named
from indexer.language.people_in_text import People
from indexer.language.spanish import ANALYSIS, slug, tokens_in_passing
from indexer.language.tagging import tagged
from indexer.language.vocabulary import Vocabulary
from indexer.model.passage import Passage
from indexer.model.vocabulary import PERSON, PLACE

if TYPE_CHECKING:
    from spacy.language import Language

_RULES = "4"
"""Grows when the rules of annotation change, or the lists of places and of given names: what was annotated the old way
is annotated again."""

_TRAINED = ("es_core_news_lg", "es_core_news_md", "es_core_news_sm")
"""Trained pipelines that find names of persons, the best first."""


def analyzer_name() -> str:
    """What the analysis depends on beside the corpus: the stemmer, the rules, the trained pipeline and its spaCy.

    Asks the installed packages' metadata alone: an unchanged run never loads spaCy.
    """
    parts = [f"pystemmer {metadata.version('PyStemmer')}", f"consta {_RULES}", f"spanish {ANALYSIS}"]
    trained = trained_pipeline()
    if trained is not None:
        parts += [f"spacy {metadata.version('spacy')}", f"{trained} {metadata.version(trained)}"]
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
        self._trained = trained or trained_pipeline()
        self._pipeline: Language | None = None

    def annotate(
        self,
        passages: Iterable[Passage],
        about: Collection[str] = (),
        people: Iterable[str] = (),
        mentioned: dict[str, str] | None = None,
    ) -> Iterator[Passage]:
        """The same fragments, in order, with ``topics`` and ``mentions``.

        Args:
            passages: Of one page.
            about: Ids of the topics that the page is about.
            people: Names of those who are known to speak or take part there.
            mentioned: Receives the ids of the places and persons that are mentioned, with the names of the persons.
        """
        of_page = People(people)
        persons = self._persons if self._trained is not None else None
        for passage in passages:
            words = tokens_in_passing(passage.text)
            topics = tagged(self._vocabulary, passage.text, about)
            ids: set[str] = set()
            for name in named(passage.text, words, self._entities, of_page, persons):
                person = name.value if name.sort == PERSON else ""
                short = self._person(person) if person else name.value
                ids.add(short)
                if mentioned is not None and (person or name.sort == PLACE):
                    mentioned.setdefault(short, person)
            yield dataclasses.replace(passage, topics=topics, mentions=tuple(sorted(ids)))

    def _person(self, name: str) -> str:
        """The id of a person: no entity's, though many a municipality is called after one."""
        short = slug(name)
        return short if self._entities.entity(short) is None else f"{short}-{PERSON}"

    def _persons(self, text: str) -> list[tuple[int, int]]:
        """Where the trained pipeline finds names of persons, in characters."""
        if self._pipeline is None:
            import spacy

            without = ["parser", "lemmatizer", "morphologizer", "attribute_ruler"]
            with warnings.catch_warnings(action="ignore"):  # of another version: nothing that staff could mend
                self._pipeline = spacy.load(str(self._trained), exclude=without)
        found = self._pipeline(text).ents
        return [(name.start_char, name.end_char) for name in found if name.label_ in ("PER", "PERSON")]
