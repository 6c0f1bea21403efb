"""Archives (.zip) whose files come piece by piece: equal bytes for equal files, whatever their number."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Files = Iterator[tuple[str, Iterable[bytes]]]
"""Each file's path in the archive, and its bytes; they are consumed before the next file is asked for."""


def write_archive(out: IO[bytes], files: Files, created: dt.date) -> None:
    """Write an archive; what is an archive itself is not compressed again."""
    with ZipFile(out, "w") as archive:
        for name, pieces in files:
            info = ZipInfo(name, (created.year, created.month, created.day, 0, 0, 0))
            info.compress_type = ZIP_STORED if name.endswith(".qdpx") else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
