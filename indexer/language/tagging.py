"""Topics of a text: its names tag by themselves, a sign tags only beside a second piece of evidence.

One word rarely tells what a text is about: *presupuesto* is a sign of the budget of elections, and of every other one.
"""

from collections.abc import Collection

from indexer.language.spanish import tokens_in_passing
from indexer.language.stemming import stem
from indexer.language.vocabulary import ConceptSpan, Vocabulary, spans_in_passing
from indexer.model.session import Event, Session

NEAR = 40
"""Words within which evidence stands beside a sign: beyond, half of what was tagged was wrong (decision 0075)."""
CLOSE = 20
"""The same for a form that needs company: of what stands at 20 to 40 words, half was wrong as well."""


def tagged(vocabulary: Vocabulary, text: str, about: Collection[str] = ()) -> tuple[str, ...]:
    """Ids of the topics of a text, sorted.

    A sign counts near another sign of its topic, near a name of any topic, or on a page about one. A form that needs
    company counts near a name of a kindred topic, or on a page about one.

    Args:
        vocabulary: The topics.
        text: The text.
        about: Ids of the topics that the text's page is about.
    """
    spans = spans_in_passing(vocabulary, text)
    if not spans:
        return ()
    names = [span for span in spans if span.equivalent and not span.accompanied]
    found = {span.topic for span in names}
    for span in spans:
        if span.topic in found:
            continue
        near = CLOSE if span.accompanied else NEAR
        named = {name.topic for name in names if _apart(name, span) <= near}.union(about)
        if span.accompanied:
            named &= vocabulary.kin(span.topic)
        if named or (not span.accompanied and any(_adds_up(span, other, text) for other in spans)):
            found.add(span.topic)
    return tuple(sorted(found))


def topics_of_page(vocabulary: Vocabulary, event: Event, session: Session | None) -> set[str]:
    """Ids of the topics that a page is about: those that staff give it, and those that its titles name."""
    titles = (page.title for page in (event, session) if page is not None)
    named = {span.topic for title in titles for span in spans_in_passing(vocabulary, title) if span.equivalent}
    return named.union(session.topics if session else ())


def _apart(one: ConceptSpan, other: ConceptSpan) -> int:
    return abs(one.first_token - other.first_token)


def _adds_up(sign: ConceptSpan, other: ConceptSpan, text: str) -> bool:
    """Whether another form is a second sign of the topic, near: no inflection of it, neither a part of the other."""
    if other.topic != sign.topic or other.accompanied or _apart(sign, other) > NEAR:
        return False
    words = tokens_in_passing(text)
    these, those = (frozenset(stem(w.text) for w in words[s.first_token : s.end_token]) for s in (sign, other))
    return not (these <= those or those <= these)
