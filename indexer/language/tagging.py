"""Topics of a text: its names tag by themselves, a sign tags only beside a second piece of evidence.

One word rarely tells what a text is about: *presupuesto* is a sign of the budget of elections, and of every other one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from indexer.language.spanish import Token, tokens_in_passing
from indexer.language.stemming import stem
from indexer.language.vocabulary import ConceptSpan, Vocabulary, spans_in_passing
from indexer.model.session import Event, Session


def tagged(vocabulary: Vocabulary, text: str, about: Collection[str] = ()) -> tuple[str, ...]:
    """Ids of the topics of a text, sorted.

    A sign counts beside another sign of its topic, a name of any topic, or on a page about one. A form that needs
    company counts beside a sign of its topic, a name of a kindred topic, or on a page about one.

    Args:
        vocabulary: The topics.
        text: The text.
        about: Ids of the topics that the text's page is about.
    """
    spans = spans_in_passing(vocabulary, text)
    found = {span.topic for span in spans if span.equivalent and not span.accompanied}
    named = found.union(about)
    hints: dict[str, list[ConceptSpan]] = defaultdict(list)
    for span in spans:
        if span.topic not in found:
            hints[span.topic].append(span)
    for topic, several in hints.items():
        signs = [span for span in several if not span.accompanied]
        if (named if signs else named & vocabulary.kin(topic)) or (signs and _differ(several, tokens_in_passing(text))):
            found.add(topic)
    return tuple(sorted(found))


def topics_of_page(vocabulary: Vocabulary, event: Event, session: Session | None) -> set[str]:
    """Ids of the topics that a page is about: those that staff give it, and those that its titles name."""
    titles = (page.title for page in (event, session) if page is not None)
    named = (span for title in titles for span in spans_in_passing(vocabulary, title))
    told = {span.topic for span in named if span.equivalent and not span.accompanied}
    return told.union(session.topics if session else ())


def _differ(spans: Sequence[ConceptSpan], words: Sequence[Token]) -> bool:
    """Whether two of the forms are no inflections of each other, nor parts."""
    stems = [frozenset(stem(word.text) for word in words[span.first_token : span.end_token]) for span in spans]
    return any(not (one <= other or other <= one) for one in stems for other in stems)
