"""Who is named in a published collection, and which two of them may be one person."""

from dataclasses import dataclass

from indexer.index.catalogue import Catalogue
from indexer.index.protocol import SearchIndex
from indexer.index.query import Filters, Query
from indexer.index.results import Tally
from indexer.language.folding import fold
from indexer.language.person_names import alike
from indexer.model import Kind


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that staff may unite with another one.

    Attributes:
        name: As it is written; with the fragments that it has.
        others: Whom it may be, in the same way; with more than one it is for staff to choose.
    """

    name: tuple[str, int]
    others: tuple[tuple[str, int], ...]


def proposals(index: SearchIndex, catalogue: Catalogue) -> tuple[Proposal, ...]:
    """Names of speakers and participants that may be one person's; fictitious events are left out."""
    tallies = named(index, catalogue)
    names = {name: tally.fragments for name, tally in tallies.items()}
    return tuple(
        Proposal((found.name, names[found.name]), tuple((other, names[other]) for other in found.others))
        for found in alike(names, catalogue.distinct)
        if all(_is_name(index, tallies[name]) for name in (found.name, *found.others))
    )


def named(index: SearchIndex, catalogue: Catalogue) -> dict[str, Tally]:
    """Every speaker and participant with what is theirs; roles that stand for a name are among them."""
    said = Query(filters=Filters({"tipo": (Kind.TRANSCRIPT.value,)}), correct=False)
    counted = index.counted(said, "persona")
    names = {value.value: value.tally for value in counted.values if value.value is not None}
    fictitious = {event.slug for event in catalogue.events if event.fictitious}
    known = {fold(form): one.name for one in reversed(catalogue.people) for form in (one.name, *one.variants)}
    for session in catalogue.sessions:
        for participant in session.participants if session.event not in fictitious else ():
            names.setdefault(known.get(fold(participant.name), participant.name), Tally(0, 0, 0, None))
    return names


def _is_name(index: SearchIndex, tally: Tally) -> bool:
    """Whether what stands for a speaker is a name and not a role; of who only took part it is."""
    passage = index.passage(*tally.first) if tally.first is not None else None
    return passage is None or passage.identified
