"""The searches that the help page shows. A test runs each of them on the shipped corpus."""

from dataclasses import dataclass

from markupsafe import Markup

from indexer.index.facets import FACETS
from indexer.word_lists import beside


@dataclass(frozen=True, slots=True)
class Example:
    """A search, and what it asks for."""

    text: str
    says: Markup


EXAMPLES = tuple(Example(text, Markup(says)) for text, says in beside(__file__)["examples"])


def other_fields() -> list[Markup]:
    """The fields that no example shows."""
    shown = "".join(example.text + example.says for example in EXAMPLES)
    return [Markup("<code>{}:</code>").format(name) for name in FACETS if f"{name}:" not in shown]
