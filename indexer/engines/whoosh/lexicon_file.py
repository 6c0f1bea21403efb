"""The lexicon of a generation, kept as JSON beside the index.

Every write makes it anew from the live passages. Else words of passages that are gone would go on widening queries, and
an index that grew by updates would not answer as one written from nothing does.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from whoosh.codec.whoosh3 import W3Segment
from whoosh.filedb.filestore import FileStorage

from indexer.engines.whoosh.segment_merging import WrittenSegment
from indexer.errors import IndexDamaged
from indexer.language.lexicon import Lexicon

FILE_NAME = "lexico.json"


def collect(storage: FileStorage, segments: Sequence[W3Segment]) -> Lexicon:
    """Return the lexicon of the live passages of an index."""
    terms: set[bytes] = set()
    for segment in segments:
        with contextlib.closing(WrittenSegment(storage, segment)) as source:
            whole = bool(source.live.all())
            for term, found in source.terms("spelling"):
                if term not in terms and (whole or source.live[source.postings(found)[0]].any()):
                    terms.add(term)
    forms: dict[str, set[str]] = {}
    for text in terms:
        form, _, stem = text.decode("utf-8", "surrogatepass").partition(" ")
        forms.setdefault(form, set()).add(stem)
    return Lexicon(forms)


def save(lexicon: Lexicon, folder: Path) -> None:
    """Write a lexicon into the folder of a generation; publishing syncs it."""
    path = folder / FILE_NAME
    path.unlink(missing_ok=True)  # it may be a hard link into the last generation
    path.write_text(lexicon.to_json(), encoding="utf-8")


def load(folder: Path) -> Lexicon:
    """Read the lexicon from the folder of a generation.

    Raises:
        IndexDamaged: It is missing or has another form.
    """
    try:
        return Lexicon.from_json((folder / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexDamaged(folder, f"no tiene un léxico legible ({error})") from error
