"""Reads the texts of what is to be imported: can they be read, are they there already, are they like another."""

import itertools
from collections.abc import Callable
from dataclasses import replace

from indexer.corpus.adding import ReceivedText
from indexer.corpus.page import passages_of
from indexer.corpus.snapshot import CorpusSnapshot
from indexer.corpus.withdrawals_file import Withdrawn
from indexer.durable import sha256
from indexer.errors import ReadError, reason
from indexer.model import Document, Kind
from indexer.operations.importing.rows import Plan, Row
from indexer.operations.importing.sources import SourceFile
from indexer.operations.importing.video_info import video_key
from indexer.operations.near_duplicates import KnownTexts, Runs, known_texts, runs_of, same_bytes
from indexer.operations.personal_data import personal_data
from indexer.readers import read
from indexer.readers.times import clock

_MOST_WARNINGS = 3
_LATE_S = 60.0
_EARLY = 0.5
_SAME = 0.9
"""The share of a text that another one holds from which a person is to look at it first."""

Progress = Callable[[int, int, str], None]


def checked(plan: Plan, snapshot: CorpusSnapshot, progress: Progress) -> Plan:
    """A plan with its texts read."""
    there, withdrawn = same_bytes(snapshot), Withdrawn(snapshot.withdrawals)
    first: dict[str, str] = {}
    runs: dict[str, Runs] = {}
    rows = []
    wanted, done = len(plan.of("importar")), itertools.count()
    for row in plan.rows:
        if row.state == "importar":
            progress(next(done), wanted, row.file)
            row, own = _read(row, there, withdrawn, first)
            if own is not None:
                runs[row.file] = own
        rows.append(row)
    progress(wanted, wanted, "")
    texts = KnownTexts([*known_texts(snapshot), *runs.items()])
    order = {name: place for place, name in enumerate(runs)}
    return replace(plan, rows=tuple(_compared(row, texts, runs, order) for row in rows))


def _read(
    row: Row, there: dict[str, list[str]], withdrawn: Withdrawn, first: dict[str, str]
) -> tuple[Row, Runs | None]:
    """A row with its text, and what it is compared by; the richest file that can be read."""
    faults: list[str] = []
    for place, file in enumerate(row.texts):
        try:
            data = file.path.read_bytes()
            digest = sha256(data)
            if (found := _known(row, digest, there, withdrawn, first)) is not None:
                return found, None
            document = read(file.path, row.kind)
        except OSError as error:
            faults.append(f"{file.name}: no se puede leer ({reason(error)})")
            continue
        except ReadError as error:
            faults.append(str(error.problem(file.name)))
            continue
        first[digest] = file.name
        if row.video:
            first[video_key(row.video)] = file.name
        doubt = _personal(row, document)
        warnings = [*row.warnings, *faults, *filter(None, [doubt]), *_doubts(row, document)]
        texts = (file, *(one for one in row.texts if one is not file))
        captions = None if document.timed or place else _timed(row.clock, warnings)
        text = ReceivedText(data, file.suffix, document.timed, document.starts)
        known = replace(row, file=file.name, texts=texts, clock=captions, text=text, warnings=tuple(warnings))
        return replace(known, doubt=row.doubt or doubt), runs_of(document)
    return replace(row, state="falta", why="; ".join(faults)), None


def _personal(row: Row, document: Document) -> str:
    """That a text holds what looks like personal data; empty where it does not."""
    found = ", ".join(dict.fromkeys(one.what for one in personal_data(passages_of(row.kind, document))))
    cure = "déjelo fuera y agréguelo solo, donde se ven y se quitan"
    return f"parece traer datos personales ({found}): si lo son, {cure}" if found else ""


def _timed(captions: SourceFile | None, warnings: list[str]) -> SourceFile | None:
    """Captions that can give a text its seconds; the text goes without where they cannot."""
    try:
        if captions is None or read(captions.path, Kind.TRANSCRIPT).timed:
            return captions
        warnings.append(f"{captions.name} no trae tiempos: el texto queda sin horas")
    except ReadError as error:
        warnings.append(f"{error.problem(captions.name if captions else '')}; el texto queda sin horas")
    return None


def _known(
    row: Row, digest: str, there: dict[str, list[str]], withdrawn: Withdrawn, first: dict[str, str]
) -> Row | None:
    """The row, marked, where its bytes or its video are in the corpus or in another row, or were withdrawn."""
    if (entry := withdrawn.bytes(digest)) is not None:
        why = f"este mismo texto se retiró el {entry.date.isoformat()} por este motivo: {entry.reason}; no se importa"
        return replace(row, state="falta", why=why)
    if digest in there:
        return replace(row, state="repetida", why=f"el mismo archivo ya está en {there[digest][0]}")
    if digest in first:
        return replace(row, state="repetida", why=f"es el mismo archivo que {first[digest]}")
    if row.video and (other := first.get(video_key(row.video))) is not None:
        return replace(row, state="repetida", why=f"es el mismo video que {other}")
    return None


def _doubts(row: Row, document: Document) -> list[str]:
    """What should be looked at before it is published."""
    found = [f"{fault}: {cure}" for fault, cure in document.warnings[:_MOST_WARNINGS]]
    ends = [block.end_s or block.start_s for block in document.blocks if block.start_s is not None]
    last_s = max(filter(None, ends), default=0.0)
    if row.kind is Kind.TRANSCRIPT and row.duration_s and document.captions and last_s:
        lasts = f"{clock(int(last_s))} y el video dura {clock(int(row.duration_s))}"
        if last_s > row.duration_s + _LATE_S:
            found.append(f"los subtítulos llegan a {lasts}: ¿son de él?")
        elif last_s < _EARLY * row.duration_s:
            found.append(f"los subtítulos acaban en {lasts}: ¿faltan?")
    return found


def _compared(row: Row, texts: KnownTexts, runs: dict[str, Runs], order: dict[str, int]) -> Row:
    """A row with the texts that hold most of its own: of the corpus, and of rows before it."""
    if row.file not in runs:
        return row
    found = texts.alike(runs[row.file])
    alike = {name: part for name, part in found.items() if order.get(name, -1) < order[row.file]}
    told = tuple(
        f"{part:.0%} de su texto está también en {name}: revise que no sea la misma sesión"
        for name, part in sorted(alike.items(), key=lambda one: -one[1])[:_MOST_WARNINGS]
    )
    doubt = told[0] if max(alike.values(), default=0.0) >= _SAME else row.doubt
    return replace(row, warnings=(*row.warnings, *told), doubt=doubt)
