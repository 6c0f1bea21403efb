"""Shows what Consta reads in a file before it is added."""

import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from indexer.config import Settings
from indexer.corpus.adding import is_timed, text_state
from indexer.corpus.caption_clock import timed_by_captions
from indexer.corpus.layers import canonical_names
from indexer.corpus.page import passages_of
from indexer.corpus.received_files import suffix_of
from indexer.corpus.snapshot import CorpusSnapshot, read_corpus
from indexer.corpus.withdrawals_file import Withdrawn
from indexer.corpus.withdrawing import NAMES
from indexer.durable import sha256
from indexer.errors import CorpusError, ReadError
from indexer.formats import BY_SUFFIX, USUAL_CAPTIONS
from indexer.model import Document, Kind, PageId, Passage
from indexer.operations.doubtful_words import after, before
from indexer.operations.near_duplicates import near_duplicates
from indexer.operations.open_pages import OpenPage, fragment_of, open_page
from indexer.operations.personal_data import PersonalData, personal_data
from indexer.operations.recognition import kind_of, no_text
from indexer.pipeline.overlays import WELL_ALIGNED
from indexer.readers import read

FIRST = 10
"""Fragments that are shown."""
_LARGEST = 64 * 1024 * 1024
"""Bytes of a file that are looked at to say what it is."""


def examine(
    settings: Settings, source: Path, kind: Kind, page: PageId | None, name: str | None, clock: Path | None = None
) -> dict[str, Any]:
    """Describe a file that may be added. Writes nothing.

    Args:
        page: The page it would go to; its people are then recognised.
        name: The name of the file as sent.
        clock: Captions that came with it, for its seconds.

    Raises:
        CorpusError: There is no such page.
    """
    base = text_state(settings.corpus, page, kind) if page is not None else ""
    snapshot = read_corpus(settings.corpus)
    opened = open_page(settings, page, snapshot) if page is not None else None
    answer: dict[str, Any] = {
        "formato": None, "tipo": kind.value, "bloques": 0, "turnos": 0, "palabras": 0, "con_tiempos": False,
        "hablantes": [], "fragmentos": [], "ultimo": None, "aparte": [], "problemas": [], "parecidos": [],
        "personales": [], "base": base, "retirado": None, "alineado": None, "empieza_s": None, "termina_s": None,
        "que_es": None, "direccion": "", "sitio": "",
    }  # fmt: skip
    with source.open("rb") as opening:
        other = no_text(opening.read(_LARGEST), Path(name or source.name).suffix.lower())
    if other is not None:
        told = {"que_es": other.what.value, "direccion": other.address, "sitio": other.site}
        return answer | told | {"problemas": [_problem(f"{other.fault}: {other.cure}")]}
    try:
        with named(source, name, kind) as file:
            answer["formato"] = BY_SUFFIX[file.suffix].name
            document = read(file, kind)
            data = file.read_bytes()
    except (ReadError, CorpusError) as error:
        answer["problemas"] = [_problem(str(error))]
        return answer
    if document.captions and answer["formato"] == BY_SUFFIX[".txt"].name:
        answer["formato"] = "panel de subtítulos pegado"
    problems = [_problem(f"{fault}: {cure}", "aviso") for fault, cure in document.warnings]
    withdrawn = _withdrawn(snapshot, page, kind, sha256(data))
    if withdrawn is not None:
        problems.append(_problem(withdrawn["texto"], "aviso"))
    problems += _doubts(opened, document, kind)
    aligned: float | None = None
    if clock is not None and document.timed:
        problems.append(_problem("el texto ya trae sus propios tiempos: envíelo sin los subtítulos"))
    elif kind is Kind.TRANSCRIPT and not document.timed:
        document, aligned, found = _with_clock(document, clock or (clock_kept(opened) if opened else None))
        problems += found
    known = document
    if kind is Kind.TRANSCRIPT:
        known = canonical_names(document, snapshot.people, opened.participants if opened else ())
    passages = passages_of(kind, known)
    return answer | {
        "que_es": kind_of(document).value,
        "bloques": len(document.blocks),
        "turnos": len({block.turn for block in document.blocks}),
        "palabras": sum(len(block.text.split()) for block in document.blocks),
        "con_tiempos": any(block.start_s is not None or block.seconds for block in document.blocks),
        "alineado": aligned,
        "hablantes": _speakers(document, known),
        "fragmentos": [_fragment(passage) for passage in passages[:FIRST]],
        "ultimo": _fragment(passages[-1]) if passages else None,
        "empieza_s": min((one.start_s for one in passages if one.start_s is not None), default=None),
        "termina_s": max((one.end_s for one in passages if one.end_s is not None), default=None),
        "aparte": [{"texto": one.text, "que_es": one.why, "veces": one.times} for one in document.left_out],
        "personales": [_personal(number, one) for number, one in enumerate(personal_data(passages), 1)],
        "problemas": problems,
        "retirado": withdrawn,
        "parecidos": near_duplicates(snapshot, document, sha256(data)),
    }


def clock_kept(opened: OpenPage) -> Path | None:
    """The captions that a text without times would have beside it: those that it replaces, else those beside them."""
    file = opened.text(Kind.TRANSCRIPT)
    if file is not None and is_timed(file.path):
        return file.path
    return opened.work.files.clock.path if opened.work.files.clock else None


def _with_clock(document: Document, clock: Path | None) -> tuple[Document, float | None, list[dict[str, str]]]:
    """A text with the seconds of captions, the share of its words that has one, and what is wrong with the captions."""
    if clock is None:
        return document, None, []
    try:
        captions = read(clock, Kind.TRANSCRIPT)
    except ReadError as error:
        return document, None, [_problem(str(error.problem("los subtítulos")))]
    if not captions.timed:
        fault = f"los subtítulos no traen tiempos: elija otros ({USUAL_CAPTIONS})"
        return document, 0.0, [_problem(fault)]
    found = timed_by_captions(document, captions)
    if found.share >= WELL_ALIGNED:
        return found.document, found.share, []
    fault = "el texto y los subtítulos no parecen de la misma sesión: revíselo; lo que no coincide queda sin hora"
    return found.document if found.share else document, found.share, [_problem(fault, "aviso")]


def _doubts(opened: OpenPage | None, document: Document, kind: Kind) -> Iterator[dict[str, str]]:
    """What would keep the file from being taken in, or would surprise."""
    if opened is not None and kind in {*opened.work.files.texts, *opened.work.files.failed}:
        fault = f"{opened.work.page} ya tiene {NAMES[kind]}: este archivo tomaría su lugar"
        yield _problem(fault, "aviso")
    if kind is Kind.TRANSCRIPT and not any(block.speaker for block in document.blocks):
        yield _problem("el archivo no dice quién habla: podrá decirlo después de agregarlo", "aviso")


def _withdrawn(snapshot: CorpusSnapshot, page: PageId | None, kind: Kind, sha256: str) -> dict[str, Any] | None:
    """What was withdrawn: this very text, or another one of that kind at that page. Whoever adds it is to know."""
    known = Withdrawn(snapshot.withdrawals)
    same = known.bytes(sha256)
    if same is not None:
        text = (
            f"este mismo texto se retiró de {same.path.rpartition('/')[0]} el {same.date.isoformat()} por este motivo: "
            f"{same.reason}; se publica solo si la decisión cambió y se admite otra vez"
        )
        return {"fecha": same.date.isoformat(), "motivo": same.reason, "igual": True, "texto": text}
    texts = [one for one in snapshot.withdrawals if one.path.startswith(f"{page}/{kind.value}.")]
    if page is None or not texts:
        return None
    last = texts[-1]
    text = (
        f"de {page} se retiró {'el' if kind is Kind.ANNOUNCEMENT else 'la'} {NAMES[kind]}, o una parte, "
        f"el {last.date.isoformat()} por este motivo: {last.reason}; "
        "publique este texto solo si es otro y no dice lo que se retiró"
    )
    return {"fecha": last.date.isoformat(), "motivo": last.reason, "igual": False, "texto": text}


def _speakers(document: Document, known: Document) -> list[dict[str, Any]]:
    """Who speaks, as printed and as known, with their turns; the most talkative first."""
    turns: Counter[tuple[str, str | None]] = Counter()
    inferred: Counter[tuple[str, str | None]] = Counter()
    seen: set[tuple[int, str]] = set()
    for printed, block in zip(document.blocks, known.blocks, strict=True):
        label = printed.speaker.shown if printed.speaker else None
        if label is None or (printed.turn, label) in seen:
            continue
        seen.add((printed.turn, label))
        who = label, block.speaker.name if block.speaker else None
        turns[who] += 1
        inferred[who] += block.speaker is not None and block.speaker.inferred
    told = []
    for who, count in turns.most_common():
        doubts = {"persona_inferida": inferred[who] > 0, "turnos": count, "inferidos": inferred[who]}
        told.append({"etiqueta": who[0], "persona": who[1], **doubts})
    return told


def _fragment(passage: Passage) -> dict[str, Any]:
    return {key: value for key, value in fragment_of(passage).items() if key not in ("numero", "fin_s")}


def _personal(number: int, one: PersonalData) -> dict[str, Any]:
    text = one.passage.text
    return {
        "testar": number,
        "que_es": one.what,
        "texto": text[one.start : one.end],
        "fragmento": one.passage.number,
        "inicio_s": one.passage.start_s,
        "izquierda": before(text, one.start),
        "derecha": after(text, one.end),
    }


def _problem(text: str, severity: str = "error") -> dict[str, str]:
    return {"texto": text, "gravedad": severity}


@contextlib.contextmanager
def named(source: Path, name: str | None, kind: Kind) -> Iterator[Path]:
    """The file under a suffix that readers know: that of ``name`` where it has another one itself."""
    suffix = suffix_of(Path(name) if name else source, kind)
    if source.suffix == suffix:
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="consta-") as folder:
        link = Path(folder) / f"archivo{suffix}"
        link.symlink_to(source.absolute())
        yield link
