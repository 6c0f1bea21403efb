"""The process that reads files, one after the other: ``python -m indexer.readers.child``, started by ``limits``.

It reads requests from a pipe and answers there until the pipe ends, as it does when its parent is killed. Memory is
limited for its whole life; CPU anew for each file, and the system ends it where that runs out.
"""

import contextlib
import os
import resource
import signal
import sys
import traceback
from multiprocessing.connection import Connection

import msgspec

from indexer.errors import ReadError
from indexer.readers.limits import MEMORY_BYTES, SECONDS, Answer, Request
from indexer.readers.paragraphs import Prose
from indexer.readers.reading import document_of, reader_of

_OTHERWISE = "guárdelo de nuevo con el programa que lo hizo, o guarde su texto como .txt"


def main() -> None:
    """Read and answer until there is nothing more to read; the last argument is the pipe's number."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses Ctrl+C ends the parent, and that ends the pipe
    pipe = Connection(int(sys.argv[-1]))
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(EOFError, OSError):  # whoever asks has gone
        while True:
            try:
                message = msgspec.msgpack.encode(_answer(pipe.recv_bytes()))
            except MemoryError:
                message = msgspec.msgpack.encode(Answer(no_memory=True))
            pipe.send_bytes(message)
    os._exit(0)


def _answer(body: bytes) -> Answer:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + SECONDS)
    request = msgspec.msgpack.decode(body, type=Request)
    try:
        if request.kind is not None:
            return Answer(document=document_of(request.data, request.suffix, request.kind))
        content = reader_of(request.suffix)(request.data)
        return Answer(prose=content if isinstance(content, Prose) else None)
    except ReadError as error:
        return Answer(fault=error.fault, cure=error.cure)
    except MemoryError:
        return Answer(no_memory=True)
    except Exception as error:  # a fault of ours; the file is named by whoever asked
        return Answer(fault=f"el lector de {request.suffix} falló con este archivo ({_place(error)})", cure=_OTHERWISE)


def _place(error: Exception) -> str:
    """Which error, and where in the readers it came up."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_globals.get("__name__", "").startswith("indexer."):
            place = f" en {os.path.basename(frame.f_code.co_filename)}:{line}"
    return type(error).__name__ + place


def _limit(what: int, most: int) -> None:
    """Lower a limit, or raise it as far as it may be."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
