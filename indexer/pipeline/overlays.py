"""Applies the files beside a transcript to it: captions' times, its part of a stream, speakers, canonical names."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.corpus import layers
from indexer.corpus.caption_clock import timed_by_captions
from indexer.corpus.folders import FileRef, unreadable
from indexer.corpus.page_files import CLOCK, SPEAKERS
from indexer.corpus.speakers_file import SpeakerChange, parse_speakers
from indexer.corpus.timed_speakers import attribute_words
from indexer.errors import Problem, ReadError
from indexer.formats import USUAL_CAPTIONS
from indexer.model import Document, Kind, PersonName, Session
from indexer.pipeline.plan import PageWork
from indexer.readers import read
from indexer.readers.decode import decode

WELL_ALIGNED = 0.8
"""The share of words with a second below which the captions may be of something else."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A transcript after the files beside it were applied.

    Attributes:
        document: The transcript.
        problems: Of those files.
        whole: False when one of them cannot be applied at all: the last good version stays.
        aligned: As in ``PageText``.
    """

    document: Document
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    aligned: float | None = None


def overlay(
    document: Document, work: PageWork, session: Session, names: Sequence[PersonName], file: FileRef
) -> Overlaid:
    """Apply the files of its session to a transcript."""
    with_clock = overlay_clock(document, work, file)
    document, problems, whole = with_clock.document, list(with_clock.problems), with_clock.whole
    whole = whole and SPEAKERS not in work.files.refused
    timed = any(block.start_s is not None or block.seconds for block in document.blocks)
    if session.from_s is not None or session.to_s is not None:
        cut = layers.clip(document, session.from_s, session.to_s)
        if timed and not cut.blocks:
            cure = "revise esos segundos en mesa.toml; mientras, sirve la última versión buena, "
            cure += "o el archivo completo si no la hay"
            problems.append(Problem(file.relative, "ningún texto queda entre desde_s y hasta_s", cure))
            whole = False
        else:
            document = cut
    if work.files.speakers is not None:
        text, found = read_table(work.files.speakers)
        changes, found = ((), found) if found else parse_speakers(text, work.files.speakers.relative)
        problems += found
        whole = whole and (bool(changes) or all(problem.severity == "aviso" for problem in found))
        document, found = _attributed(document, changes, work.files.speakers, timed)
        problems += found
    document = layers.canonical_names(document, names, session.participants)
    return Overlaid(document, tuple(problems), whole, with_clock.aligned)


def overlay_clock(document: Document, work: PageWork, file: FileRef) -> Overlaid:
    """Give a transcript the times of the captions beside it. Without captions, or with own times, it stays as is."""
    beside = work.files.clock
    if beside is None:
        return Overlaid(document, whole=CLOCK not in work.files.refused)
    if document.timed:
        fault = f"{file.relative} ya trae sus tiempos, así que no se usa"
        cure = "quite este archivo, o «jornada» de mesa.toml si es el de todo un día"
        return Overlaid(document, (Problem(beside.relative, fault, cure, "aviso"),))
    try:
        captions = read(beside.path, Kind.TRANSCRIPT)
    except ReadError as error:
        return Overlaid(document, (error.problem(beside.relative),), whole=False)
    if work.session is not None and beside.path.name == work.session.day_file:
        captions = layers.clip(captions, work.session.from_s, work.session.to_s)
    problems = [Problem(beside.relative, fault, cure, "aviso") for fault, cure in captions.warnings]
    if not captions.timed:
        cure = f"ponga aquí los subtítulos con tiempos ({USUAL_CAPTIONS})"
        problems.append(Problem(beside.relative, "no trae tiempos, así que no da horas a nada", cure, "aviso"))
        return Overlaid(document, tuple(problems), aligned=0.0)
    found = timed_by_captions(document, captions)
    if found.share < WELL_ALIGNED:
        some = f"solo {found.share:.0%} de las palabras" if found.share else "ninguna de las palabras"
        fault = f"{some} de {file.relative} tiene{'n' if found.share else ''} su hora aquí; lo demás queda sin tiempo"
        problems.append(Problem(beside.relative, fault, "revise que los dos archivos sean de la misma sesión", "aviso"))
    return Overlaid(found.document if found.share else document, tuple(problems), aligned=found.share)


def _attributed(
    document: Document, changes: Sequence[SpeakerChange], file: FileRef, timed: bool
) -> tuple[Document, Sequence[Problem]]:
    """The transcript with who speaks from which second on, where that list can serve it."""
    by_word = any(block.seconds for block in document.blocks)
    if not timed:
        fault = "la transcripción no tiene tiempos, así que no se usa"
        cure = "quite este archivo, o ponga los subtítulos con tiempos como transcripción"
    elif not by_word:
        return layers.attribute_speakers(document, changes), ()
    elif any(block.speaker for block in document.blocks):
        fault, cure = "la transcripción misma dice quién habla, así que no se usa", "quite esta lista"
    else:
        document, lost = attribute_words(document, changes)
        if not lost:
            return document, ()
        words = "1 palabra queda" if lost == 1 else f"{lost} palabras quedan"
        fault = f"{words} sin decir quién habla: no se sabe en qué segundo {'está' if lost == 1 else 'están'}"
        cure = "escriba los nombres en el texto (NOMBRE: lo que dijo), si se sabe de quién son"
    return document, (Problem(file.relative, fault, cure, "aviso"),)


def read_table(file: FileRef) -> tuple[str, Sequence[Problem]]:
    """A table as a spreadsheet saves it: UTF-8, cp1252 or UTF-16."""
    try:
        data = file.path.read_bytes()
        return decode(data) if data.strip() else "", ()
    except OSError as error:
        return "", (Problem(file.relative, *unreadable(error)),)
    except ReadError as error:
        return "", (error.problem(file.relative),)
