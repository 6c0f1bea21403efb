"""``anclas.tsv``: completed by the copy in the index, and written beside the texts before its numbers are published."""

import hashlib
from collections.abc import Sequence

from indexer.corpus.anchors import Anchors
from indexer.corpus.folders import ANCHORS
from indexer.corpus.toml_syntax import plain_text
from indexer.durable import write_atomic
from indexer.errors import Problem, ReadError, cure, reason
from indexer.index.catalogue import PageRecord
from indexer.pipeline.last_good import LastGood
from indexer.pipeline.plan import PageWork


def anchors_path(work: PageWork) -> str:
    """The page's ``anclas.tsv``, relative to the corpus."""
    return f"{work.page}/{ANCHORS}"


def known_anchors(work: PageWork, last: LastGood) -> tuple[Anchors, Sequence[Problem]]:
    """The numbers of the file and those that only the copy in the index has: no published number is given again."""
    record = last.record(work.page)
    path = anchors_path(work)
    copy, _ = Anchors.parse(record.anchors if record else "", path)
    if work.files.anchors is not None:
        anchors, problems = Anchors.parse(work.files.anchors, path)
        return anchors.completed(copy), problems
    return copy, ()


def seen(work: PageWork) -> str:
    """The SHA-256 of the file as the page was read; empty when it is not there."""
    return hashlib.sha256(work.files.anchors.encode()).hexdigest() if work.files.anchors is not None else ""


def is_mended(problem: Problem, work: PageWork) -> bool:
    """True for a fault of the file that writing it again removes."""
    return problem.severity == "aviso" and problem.path.partition(":")[0] == anchors_path(work)


def write_anchors(work: PageWork, text: str, record: PageRecord | None) -> list[Problem]:
    """Write ``text`` before its numbers are published, so that a crash never gives a number twice."""
    now = work.files.anchors
    if work.folder is None or now == text or (now is None and not has_rows(text)):
        return []
    path, problems = anchors_path(work), []
    if now is None and record is not None and has_rows(record.anchors):
        fault = "no estaba en el acervo; sirve la copia que guarda el índice"
        problems.append(Problem(path, fault, "consérvelo junto a los textos: guarda los números de fragmento", "aviso"))
    file = work.folder / ANCHORS
    try:
        try:
            found: str | None = plain_text(file)
        except ReadError:
            found = None
        if found != now:
            return problems  # a step of staff came in between: the next update, which it makes, minds the numbers
        write_atomic(file, text.encode())
    except OSError as error:
        fault = f"no se puede escribir ({reason(error)}); sirve la copia que guarda el índice"
        return [Problem(path, fault, cure(error), "aviso")]
    return problems


def has_rows(anchors: str) -> bool:
    """Whether a text of ``anclas.tsv`` has any numbers: without, no file is written."""
    return any(line and line[0].isdigit() for line in anchors.splitlines())
