"""The text of a PDF's pages, for a process of its own: ``python pdf_child.py < file.pdf``.

A PDF is a program of sorts, and a hostile one can ask for any amount of memory or time. So this runs apart, under
limits that it sets itself before it looks at the file. It imports nothing of Consta, so that it can be run isolated
(``-I``).

It writes one JSON object: ``{"pages": [[line, …], …]}``, or ``{"fault": …, "detail": …}`` where the fault is
``encrypted``, ``damaged`` or ``memory``.
"""

from __future__ import annotations

import io
import json
import logging
import resource
import sys

MEMORY_BYTES = 600_000_000
CPU_SECONDS = 20
MAX_PAGES = 3_000
MAX_LETTERS = 20_000_000


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes) -> dict[str, object]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, WrongPasswordError

    logging.disable(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        # Many files are encrypted with an empty password, only to forbid printing.
        if reader.is_encrypted and not reader.decrypt(""):
            return {"fault": "encrypted"}
        pages: list[list[str]] = []
        letters = 0
        for page in reader.pages[:MAX_PAGES]:
            text = page.extract_text() or ""
            letters += len(text)
            if letters > MAX_LETTERS:
                return {"fault": "memory"}
            pages.append(text.split("\n"))
    except (FileNotDecryptedError, WrongPasswordError, DependencyError):
        return {"fault": "encrypted"}
    return {"pages": pages}


def main() -> None:
    """Read standard input, write standard output."""
    data = sys.stdin.buffer.read()
    _limit()
    try:
        answer = _read(data)
    except MemoryError:
        answer = {"fault": "memory"}
    except Exception as error:  # whatever a damaged file provokes in the parser
        answer = {"fault": "damaged", "detail": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=True).encode("ascii"))


if __name__ == "__main__":
    main()
