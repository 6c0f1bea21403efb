"""A file of lines of JSON, each with a hash over itself and the hash before it: no line can change or go unnoticed.

A second file says how many lines there were when that was last noted, and the hash of the last: a cut at the end is
found as well. Lines that an older version of Consta wrote have no hash; the next one covers them. The last line of a
crash may be half a line, which counts as never written.
"""

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from indexer.durable import bytes_of, sync_folder, write_atomic
from indexer.errors import CorpusError, reason
from indexer.format_version import decode
from indexer.sealed_json import borne, sealed, verified

VERSION = 1
"""Of the format of both files; the second says it."""


class _End(msgspec.Struct, frozen=True, rename={"lines": "renglones", "hash": "suma"}):
    """How many lines there were, and the hash of the last."""

    lines: int
    hash: str
    version: int = VERSION


class ChainedFile:
    """Written by one process at a time, read by anybody."""

    def __init__(self, path: Path, end: Path) -> None:
        self.path = path
        self.end = end

    def lines(self) -> list[bytes]:
        """All lines, after a look whether they are those that were written.

        Raises:
            CorpusError: One is damaged, some are missing, or the file cannot be read.
            NewerFormat: A newer version of Consta wrote it.
        """
        try:
            end = bytes_of(self.end)  # before the lines, of which another process may add some meanwhile
            lines = _whole(bytes_of(self.path) or b"")
        except OSError as error:
            cure = "dé permiso de lectura a quien ejecuta la orden, o revise el disco"
            raise CorpusError(f"No se puede leer {self._name(self.path)} ({reason(error)}): {cure}") from error
        hashes = self._hashes(lines)
        if end is not None:
            self._compare(end, hashes)
        return lines

    def append(self, line: bytes, *, note: bool) -> None:
        """Add a line, one JSON object without its hash; when this returns, it survives a power cut.

        ``note`` says whether to note that the file ends with it.
        """
        new = not self.path.exists()
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "r+b", closefd=False) as file:
                data = file.read()
                lines = _whole(data)
                before = borne(lines[-1]) if lines else ""
                line = sealed(line, (self._hashes(lines) or [""])[-1] if before is None else before)
                file.seek(data.rfind(b"\n") + 1)
                file.truncate()
                file.write(line + b"\n")
                file.flush()
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            sync_folder(self.path.parent)
        if note:
            with contextlib.suppress(OSError):  # the line is there; the next note covers it
                write_atomic(self.end, msgspec.json.encode(_End(len(lines) + 1, borne(line) or "")), mode=0o600)

    def damaged(self, number: int) -> CorpusError:
        """What to say of a line, counted from 1."""
        return CorpusError(
            f"{self._name(self.path)}:{number}: el renglón está dañado, o falta alguno antes: recupere el archivo de "
            f"su respaldo o, si no lo hay, apártelo junto con {self.end.name}, con otros nombres, para empezar de nuevo"
        )

    def _hashes(self, lines: Sequence[bytes]) -> list[str]:
        """The hash of each line and all before it, also of a line that bears none."""
        found = [""]
        for number, line in enumerate(lines, start=1):
            try:
                found.append(verified(line, found[-1]))
            except ValueError as error:
                raise self.damaged(number) from error
        return found[1:]

    def _compare(self, end: bytes, hashes: Sequence[str]) -> None:
        """Look whether the lines are those that were noted, or go on from there: a crash may come before the note."""
        path, where = self._name(self.path), self._name(self.end)
        try:
            noted = decode(end, _End, VERSION, where)
        except ValueError:
            noted = _End(0, "")
        if len(hashes) < noted.lines:
            raise CorpusError(
                f"A {path} le faltan renglones al final (tenía {noted.lines} y quedan {len(hashes)}): recupérelo de su "
                f"respaldo o, si no lo hay, borre {where} para seguir sin lo que falta"
            )
        if noted.lines < 1 or hashes[noted.lines - 1] != noted.hash:
            raise CorpusError(
                f"{where} no corresponde a {path}: recupere ambos de su respaldo o, si no lo hay, borre "
                f"{self.end.name}, que se hace de nuevo con el próximo paso"
            )

    def _name(self, path: Path) -> str:
        return f"{path.parent.name}/{path.name}"


def _whole(data: bytes) -> list[bytes]:
    return [line for line in data[: data.rfind(b"\n") + 1].split(b"\n") if line.strip()]
