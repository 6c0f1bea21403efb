"""The table of packages: a corpus in a format of research, with its README, its edition and a list of hashes."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from string import Template
from typing import IO

from search_app.citations.cited import FICTITIOUS_MARK
from search_app.exporting import plain_text, records, refi_qda, tei, webvtt
from search_app.exporting.archive import Files, write_archive
from search_app.exporting.corpus import Corpus
from search_app.shown.formatting import count, day
from search_app.shown.serializing import to_json

MIMETYPE = "application/zip"
_README = Path(__file__).parent / "LEEME.txt"


@dataclass(frozen=True, slots=True)
class Package:
    """A format of a corpus.

    Attributes:
        label: As the page offers it; ``for_whom`` says what it is good for.
        files: Makes its files, a page of the collection at a time.
        timed: Whether it needs passages with times.
    """

    label: str
    for_whom: str
    files: Callable[[Corpus], Files]
    timed: bool = False


def _table(corpus: Corpus) -> Files:
    yield "fragmentos.csv", map(str.encode, records.table(corpus.pages(), corpus.context.separator))


def _lines(corpus: Corpus) -> Iterator[bytes]:
    for page in corpus.pages():
        for hit, cited in zip(page.hits, page.cited, strict=True):
            yield (to_json(records.record(hit, cited)) + "\n").encode()


def _turns(corpus: Corpus) -> Files:
    for page in corpus.pages():
        yield f"texto/{page.id}.txt", (plain_text.text(page).encode(),)


def _captions(corpus: Corpus) -> Files:
    for page in corpus.pages():
        if page.timed:
            yield f"vtt/{page.id}.vtt", (webvtt.captions(page).encode(),)


def _all(corpus: Corpus) -> Files:
    for name, package in PACKAGES.items():
        if name != "todo":
            yield from package.files(corpus)


PACKAGES: dict[str, Package] = {
    "csv.zip": Package("CSV", "una fila por fragmento, con sus datos", _table),
    "jsonl": Package(
        "JSON por renglón", "pandas, R y otros programas",
        lambda corpus: iter([("fragmentos.jsonl", _lines(corpus))]),
    ),
    "texto.zip": Package("Texto por intervención", "un archivo por mesa", _turns),
    "tei": Package("TEI", "corpus lingüísticos (Parla-CLARIN)", tei.files),
    "qdpx": Package("REFI-QDA", "ATLAS.ti, NVivo, MAXQDA y otros (.qdpx)", refi_qda.files),
    "vtt.zip": Package("WebVTT", "subtítulos de lo que tiene tiempos", _captions, timed=True),
    "todo": Package("Todo lo anterior", "un solo archivo", _all),
}  # fmt: skip
"""By the value of ``formato``, in the order in which pages offer them."""


def file_name(corpus: Corpus, package: str) -> str:
    """The name of the archive, without its ending: what it holds, in which format, of which edition."""
    mark = FICTITIOUS_MARK.lower().replace(" ", "-") if corpus.fictitious else ""
    parts = corpus.what.name, package.removesuffix(".zip"), corpus.context.edition, mark
    return "-".join(filter(None, parts))


def write_package(out: IO[bytes], corpus: Corpus, package: Package) -> None:
    """Write a corpus into a file: its README first, its hashes last, so that ``sha256sum -c`` checks the rest."""
    readme = "LEEME.txt", [_readme(corpus, package)]
    write_summed(out, chain([readme], package.files(corpus)), corpus.context.consulted)


def write_summed(out: IO[bytes], files: Files, created: dt.date) -> None:
    """Write an archive with the list of its hashes."""
    write_archive(out, _summed(files), created)


def _summed(files: Files) -> Files:
    sums: list[str] = []
    for name, pieces in files:
        yield name, _hashed(name, pieces, sums)
    yield "SHA256SUMS", ("".join(sums).encode(),)


def _hashed(name: str, pieces: Iterable[bytes], sums: list[str]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    sums.append(f"{digest.hexdigest()}  {name}\n")


def _readme(corpus: Corpus, package: Package) -> bytes:
    what = corpus.what
    notices = [f"Aviso: {notice}." for notice in what.notices]
    if corpus.fictitious:
        notices.insert(0, "Aviso: hay TEXTO FICTICIO, marcado como tal en cada archivo; nadie lo dijo.")
    return (
        Template(_README.read_text(encoding="utf-8"))
        .substitute(
            heading=what.heading,
            edition=what.edition,
            consulted=day(what.consulted),
            address=what.address,
            base=corpus.context.base,
            fragments=count(corpus.fragments, "fragmento", "fragmentos"),
            pages=count(len(corpus.wanted), "página", "páginas"),
            label=package.label,
            notices="\n".join(notices) or "Sin avisos.",
        )
        .encode()
    )
