"""The authority lists that a text is matched with: topics, entities, and names of persons."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A concept of ``vocabulario.toml``, SKOS-like.

    Attributes:
        id: Slug.
        label: Preferred label.
        acronyms: Acronyms; equivalents that are shown in capitals (PREP).
        equivalents: Long names, spelling and gender variants: expand a query both ways.
        hidden: Equivalents as captions write them (``o ples``): match, never shown.
        signs: Forms that hint at the topic and never expand a query: each tags a fragment beside other evidence.
        capitals_only: Forms (of the above) that match only in capitals (SE, CAE, IA).
        accompanied: Forms (of the above) that hint less than a sign: each tags beside a name of a kindred topic only.
        exceptions: Phrases inside which no form of this topic counts (``cómputo en la nube``).
        broader, narrower, related: Ids of other topics. ``narrower`` is derived from ``broader``.
        definition: One sentence, or None.
        norm: The rule it comes from, or None.
        sources: Addresses.
        verified: Whether a source was read for it.
    """

    id: str
    label: str
    acronyms: tuple[str, ...] = ()
    equivalents: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    capitals_only: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    narrower: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    definition: str | None = None
    norm: str | None = None
    sources: tuple[str, ...] = ()
    verified: bool = False
    exceptions: tuple[str, ...] = ()
    accompanied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """A state, an OPLE or an institution: what ``entidad`` and ``menciona`` take; of places and persons, ``menciona``.

    Attributes:
        id: Slug (``sonora``, ``ieem``, ``ine``).
        name: As shown.
        sort: ``estado``, ``ople``, ``autoridad`` or ``institucion``; of what is only mentioned one of ``MENTIONED``.
        forms: Names and acronyms by which it is found in a text.
        capitals_only: Forms that match only as written in capitals.
        state: Id of the state an OPLE belongs to, or None.
        common: Whether its name is a common word or a person's too, and counts only beside evidence.
    """

    id: str
    name: str
    sort: str
    forms: tuple[str, ...] = ()
    capitals_only: tuple[str, ...] = ()
    state: str | None = None
    common: bool = False

    @property
    def label(self) -> str:
        """Its name; beside that of a person whom the collection does not know, that nobody confirmed it."""
        return f"{self.name} (sin confirmar)" if self.sort == UNCONFIRMED else self.name


PLACE, PERSON, UNCONFIRMED = "lugar", "persona", "sin_confirmar"
MENTIONED = (PLACE, PERSON, UNCONFIRMED)
"""Sorts of what a text may mention and no speaker belongs to: they are of a catalogue only where a text does."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """One of ``personas.toml``: a canonical name and its misspellings; surnames and post where staff say them."""

    name: str
    variants: tuple[str, ...] = ()
    surnames: str | None = None
    post: str | None = None
