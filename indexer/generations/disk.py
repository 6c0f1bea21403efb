"""Says in Spanish what the disk refused."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path
from types import TracebackType

from indexer.errors import ConstaError, reason


class disk_errors(contextlib.AbstractContextManager[None]):
    """A block in which an ``OSError`` becomes a ``ConstaError`` with the cure."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            full = error.errno in (errno.ENOSPC, errno.EDQUOT)
            raise ConstaError(
                f"No se pudo escribir el índice en {self._root}: "
                + ("el disco está lleno. Libere espacio" if full else f"{reason(error)}. Revise los permisos")
                + " y repita la orden. La última edición publicada sigue sirviendo y el acervo está a salvo."
            ) from error
