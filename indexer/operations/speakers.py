"""Reads and writes the speakers of a mesa (``hablantes.tsv``), and renames a speaker."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer import history
from indexer.corpus.layers import canonical_names, speaker_of
from indexer.corpus.page_files import SPEAKERS
from indexer.corpus.page_toml import SESSION_FILE
from indexer.corpus.people_file import PEOPLE_FILE
from indexer.corpus.speakers_file import NOBODY, SpeakerChange, merged, parse_speakers
from indexer.corpus.toml_edit import call_otherwise, one_line
from indexer.durable import bytes_of, sha256
from indexer.errors import ReadError, refuse
from indexer.language.spanish import fold
from indexer.model import Document, Kind, Speaker
from indexer.operations.open_pages import OpenPage, cues_of, fragment_of
from indexer.operations.passed_floor import passed_floor
from indexer.readers.decode import text_of

LONGEST = 200
"""Letters of a name with its post."""
MOST = 20_000
"""Changes of speaker of one mesa."""


def speakers_view(opened: OpenPage) -> dict[str, Any]:
    """What the staff's pages show about the speakers of a mesa."""
    data = bytes_of(opened.beside(SPEAKERS))
    changes, _ = parse_speakers(text_of(data), SPEAKERS)
    built = opened.build()
    spoken = [passage for passage in built.passages if passage.kind is Kind.TRANSCRIPT]
    return {
        "base": "" if data is None else sha256(data),
        "participantes": [
            {"nombre": one.name, "cargo": one.post, "institucion": one.institution, "modera": one.moderates}
            for one in opened.participants
        ],
        "cambios": [{"inicio_s": one.start_s, "persona": one.person} for one in changes],
        "etiquetas": [
            {"etiqueta": name, "turnos": label.turns, "persona_inferida": label.guessed is not None}
            for name, label in labels(opened).items()
        ],
        "fragmentos": [{**fragment_of(passage), "subtitulos": cues_of(passage)} for passage in spoken],
        "faltan": sum(1 for passage in spoken if not passage.person),
        "por_rotulos": _labelled(opened),
        "inferidos": sum(passage.inferred for passage in spoken),
        "propuestas": passed_floor(spoken, _known_here(opened, changes)),
        "avisos": [str(problem) for problem in built.problems],
    }


def _known_here(opened: OpenPage, changes: Sequence[SpeakerChange]) -> list[str]:
    """Who may be meant where the floor is passed: participants, and whoever was named here already."""
    named = (change.person for change in changes if change.person)
    return list(dict.fromkeys([*(one.name for one in opened.participants), *named]))


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker that the file itself names, as printed.

    ``guessed`` is who that is taken for, where it is a guess wherever it stands and nobody has confirmed it.
    """

    turns: int
    guessed: Speaker | None


def labels(opened: OpenPage) -> dict[str, Label]:
    """The speakers that the file names, those with most turns first."""
    try:
        document = opened.document() or Document(())
    except ReadError:
        return {}
    known = canonical_names(document, opened.snapshot.people, opened.participants)
    turns: dict[str, set[int]] = {}
    guessed: dict[str, Speaker | None] = {}
    for printed, block in zip(document.blocks, known.blocks, strict=True):
        label = printed.speaker.shown if printed.speaker else None
        if label and block.speaker:
            turns.setdefault(label, set()).add(printed.turn)
            sure = not block.speaker.inferred or guessed.get(label, block.speaker) is None
            guessed[label] = None if sure else block.speaker
    found = {label: Label(len(turns[label]), guessed[label]) for label in turns}
    return dict(sorted(found.items(), key=lambda item: -item[1].turns))


def write_speakers(taken: history.Step, opened: OpenPage, values: Mapping[str, Any]) -> None:
    """Write ``hablantes.tsv`` as requested by ``base`` and ``cambios``.

    Raises:
        Conflict: It changed since ``base``.
        CorpusError: What was asked cannot be written.
    """
    path = opened.beside(SPEAKERS)
    changes, others = _with_others(taken, path, str(values.get("base") or ""), _changes(values.get("cambios")))
    document = opened.document() if changes else None  # taking the list away asks nothing of the text
    if changes and document is None:
        raise refuse(f"{opened.work.page} no tiene transcripción", "agréguela antes de decir quién habla")
    if changes and _labelled(opened):
        raise refuse("La transcripción misma dice quién habla", "corrija ahí los nombres, o únalos")
    timeless = document is not None and all(block.start_s is None for block in document.blocks)
    if timeless and opened.work.files.clock is None:
        cure = "escriba quién habla en el texto (NOMBRE: lo que dijo), o ponga los subtítulos con tiempos"
        fault = "La transcripción no tiene tiempos, así que no se puede decir desde qué segundo habla alguien"
        raise refuse(fault, cure)
    taken.write(path, render_speakers(changes).encode() if changes else None)
    together = ", junto con lo que otra persona dijo mientras tanto" if others else ""
    people = len({change.person for change in changes if change.person})
    taken.summary = (
        f"Quién habla: {_many(len(changes), 'cambio', 'cambios')}, {_many(people, 'persona', 'personas')}{together}"
        if changes
        else "Quién habla: se quitó la lista de cambios"
    )


def _with_others(
    taken: history.Step, path: Path, base: str, mine: list[SpeakerChange]
) -> tuple[list[SpeakerChange], bool]:
    """The changes, with those that somebody else wrote since ``base``, and whether any did.

    Raises ``Conflict``: the two touch.
    """
    now = taken.read(path)
    if (sha256(now) if now is not None else "") == base:
        return mine, False
    before = history.Journal(taken.root).find(base) if base else b""
    lists = [parse_speakers(text_of(data), SPEAKERS) for data in (before, now)]
    both = merged(lists[0][0], lists[1][0], mine) if before is not None and not lists[1][1] else None
    if both is None:
        taken.require(path, base)
    return both or [], True


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def render_speakers(changes: Sequence[SpeakerChange]) -> str:
    """Render the file of these changes."""
    lines = [f"{_seconds(change.start_s)}\t{change.person or '-'}" for change in changes]
    return "\n".join(["inicio_s\tpersona", *lines]) + "\n"


def rename_speaker(taken: history.Step, opened: OpenPage, old: str, new: str) -> None:
    """Have whoever is called ``old`` be called ``new``, wherever that is said: in ``hablantes.tsv``; where the
    transcript prints a role (``MODERADORA``), among the participants of this mesa; where it prints a name, in
    ``personas.toml``, which holds for the whole corpus. Somebody who is called as before is confirmed, where that name
    was inferred.

    Raises:
        CorpusError: Nobody is called so here, or the file cannot be changed without risk.
    """
    old, wanted = one_line(old), _person(new)
    if wanted is None or not old:
        raise refuse("Falta un nombre", "escriba --unir «como está» --en «como debe decir»")
    new = wanted
    if old == new:
        _confirm(taken, opened, old)
        return
    path = opened.beside(SPEAKERS)
    changes, problems = parse_speakers(text_of(taken.read(path)), SPEAKERS)
    mentioned = [change for change in changes if change.person and fold(change.person) == fold(old)]
    if mentioned:
        if any(problem.severity == "error" for problem in problems):
            raise refuse(f"{SPEAKERS} tiene errores ({problems[0].fault})", "corríjalos antes")
        renamed = [SpeakerChange(c.start_s, new) if c in mentioned else c for c in changes]
        taken.write(path, render_speakers(renamed).encode())
    printed = [label for label in labels(opened) if fold(label) == fold(old)]
    roles = [label for label in printed if (told := speaker_of(label)) is None or told.name is None]
    names = [label for label in printed if label not in roles]
    names += [one.name for one in opened.snapshot.people if fold(one.name) == fold(old)]
    call_otherwise(taken, opened.beside(SESSION_FILE), roles, new)
    call_otherwise(taken, opened.settings.corpus / PEOPLE_FILE, names, new)
    if not (mentioned or roles or names):
        raise refuse(f"Nadie se llama «{old}» en {opened.work.page}", "escriba el nombre como se muestra en la mesa")
    taken.summary = f"«{old}» ahora se llama «{new}»"


def _labelled(opened: OpenPage) -> bool:
    """Whether who speaks is read in the text itself, though its seconds are those of captions."""
    document = None
    with contextlib.suppress(ReadError):
        document = opened.document()
    if opened.work.files.clock is None or document is None or document.timed:
        return False
    return any(block.speaker for block in document.blocks)


def _confirm(taken: history.Step, opened: OpenPage, name: str) -> None:
    """Have a guessed name be sure: who bears it is a participant of this mesa, called so in its transcript."""
    label = labels(opened).get(name)
    if label is None or label.guessed is None:
        raise refuse(f"«{name}» ya se llama así", "escriba en --en otro nombre")
    if label.guessed.name is None:
        raise refuse(f"«{name}» no es el nombre de nadie", "escriba en --en quién es")
    call_otherwise(taken, opened.beside(SESSION_FILE), [name], label.guessed.name)
    taken.summary = f"Se confirmó que «{name}» se llama así"


def _changes(asked: Any) -> list[SpeakerChange]:
    """What was asked for, checked, in order of time."""
    if not isinstance(asked, list) or len(asked) > MOST:
        raise refuse("Faltan los cambios de persona", f"mándelos como una lista, de {MOST} a lo más")
    found: dict[float, str | None] = {}
    for one in asked:
        given = one.get("inicio_s") if isinstance(one, dict) else None
        number = isinstance(given, int | float) and not isinstance(given, bool)
        if given is None:
            raise refuse("Un cambio no dice desde qué segundo", "escriba un número, por ejemplo 12.5")
        if not number or not 0 <= given < 10_000_000:
            raise refuse(f"«{str(given)[:40]}» no es un segundo", "escriba un número, por ejemplo 12.5")
        second = round(float(given), 3)
        if second in found:
            raise refuse(f"Hay dos cambios en el segundo {_seconds(second)}", "deje uno solo")
        found[second] = _person(one.get("persona"))
    changes = [SpeakerChange(second, person) for second, person in sorted(found.items())]
    if changes and list(parse_speakers(render_speakers(changes), SPEAKERS)[0]) != changes:
        raise refuse("Algún nombre no se puede escribir en la tabla", "quite las comillas y los signos de su principio")
    return changes


def _person(name: Any) -> str | None:
    if name is not None and not isinstance(name, str):
        raise refuse(f"«{str(name)[:40]}» no es un nombre", "escriba el nombre de la persona")
    clean = one_line(name or "")
    if len(clean) > LONGEST:
        raise refuse(f"«{clean[:40]}…» tiene {len(clean)} letras", f"escriba un nombre de {LONGEST} a lo más")
    return None if not clean or clean in NOBODY else clean


def _seconds(second: float) -> str:
    return f"{second:.3f}".rstrip("0").rstrip(".")
