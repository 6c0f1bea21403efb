"""What a person should look at before the speakers of a text are believed."""

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.model import Block, Warnings
from indexer.readers.paragraphs import shortened, some

MOST_OF_NOBODY = 0.6
"""The part of the words that a label without a name may hold."""

LONGEST_TURN = 5_000
"""Words: about 40 minutes without another label."""

_FEW_WORDS = 50
_REJECTED = (
    "parecen etiquetas y se leyeron como parte de lo dicho ({})",
    "si son personas que hablan, póngalas en negritas o con su cargo, o diga quién habla en la mesa de trabajo",
)
_INFERRED = (
    "de quién habla hay indicios, no certeza ({})",
    "compruebe que sean personas que hablan; si no lo son, quite los dos puntos o el guion que las siguen",
)


def speaker_warnings(blocks: Sequence[Block], rejected: Iterable[str] = ()) -> Warnings:
    """Warnings about who speaks. ``rejected``: starts of lines that look like labels and were taken for speech."""
    if not any(block.speaker for block in blocks):
        return ()
    alike = list(rejected)
    guessed = [block.speaker.shown or "" for block in blocks if block.speaker and block.speaker.inferred]
    fault, cure = _REJECTED if alike else _INFERRED
    return (*([(fault.format(named(alike or guessed)), cure)] if alike or guessed else ()), *_unbalanced(blocks))


def named(labels: Sequence[str]) -> str:
    """Three of them for a message, and how many more there are."""
    return some([f"«{shortened(label, 60)}»" for label in dict.fromkeys(labels)])


def _unbalanced(blocks: Sequence[Block]) -> Warnings:
    turns: Counter[int] = Counter()
    roles: Counter[str] = Counter()
    who: dict[int, str] = {}
    for block in blocks:
        count = len(block.text.split())
        turns[block.turn] += count
        if block.speaker:
            who[block.turn] = block.speaker.shown or ""
            if block.speaker.name is None:
                roles[block.speaker.role or ""] += count
    found: list[tuple[str, str]] = []
    role, most = roles.most_common(1)[0] if roles else ("", 0)
    total = turns.total()
    if total >= _FEW_WORDS and most > MOST_OF_NOBODY * total:
        fault = f"«{role}», que no nombra a nadie, tiene {most / total:.0%} de las palabras"
        found.append((fault, "compruebe que no falten etiquetas, y que lo sea esa"))
    turn, longest = max(((turn, turns[turn]) for turn in who), key=lambda one: one[1])
    if longest > LONGEST_TURN:
        fault = f"«{who[turn]}» habla {longest:,} palabras seguidas"
        found.append((fault, "compruebe que no falten etiquetas de otras personas en ese turno"))
    return tuple(found)
