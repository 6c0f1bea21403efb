"""The edition: a short name for a fixed state of the corpus (section 3 of the design)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def edition(files: Iterable[tuple[str, str]]) -> str:
    """First 12 hex digits of the SHA-256 over the lines ``path\\tsha256\\n``, sorted by path.

    Args:
        files: Path (``/`` as separator, from the root) and SHA-256 in hex of each file, in any order; already without
            ``anclas.tsv`` and names that begin with ``_`` or ``.`` (``CorpusTree.files``).
    """
    digest = hashlib.sha256()
    for path, sha256 in sorted(files):
        digest.update(f"{path}\t{sha256}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:12]
