"""Files as answers: what they are called, and those that are made on the disk before they are sent."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO

from flask import Response, current_app, send_file

from indexer.errors import reason
from search_app.exporting.formats import disposition
from search_app.exporting.selection import NotSelected

_NO_ROOM = (
    "El servidor no pudo preparar el archivo: {}. Pida menos de una vez, o vuelva a intentarlo más tarde. Quien cuida "
    "el servidor: haga lugar donde van los archivos temporales, o diga otra carpeta con TMPDIR."
)


def named(file: Response, name: str, suffix: str) -> Response:
    """A file with its name, which no crawler is to keep."""
    file.headers["Content-Disposition"] = disposition(name, suffix)
    file.headers["X-Robots-Tag"] = "noindex"
    return file


def made_on_disk(write: Callable[[IO[bytes]], None], name: str, suffix: str, mimetype: str) -> Response:
    """A file that is made on the disk, so that neither memory nor a thread waits for a slow client.

    Raises:
        NotSelected: The disk takes no more.
    """
    try:
        with ExitStack() as until_sent:
            made = until_sent.enter_context(tempfile.TemporaryFile())
            write(made)
            made.seek(0)
            until_sent.pop_all()  # it is closed with the answer
    except OSError as error:
        current_app.logger.error("No se pudo preparar %s.%s: %s", name, suffix, reason(error))
        raise NotSelected(503, _NO_ROOM.format(reason(error))) from error
    return named(send_file(made, mimetype, max_age=None), name, suffix)
