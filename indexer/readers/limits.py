"""The side of whoever reads: files are handed to one child process (``child``) that lives under limits.

A file is a program of sorts to the library that opens it, and a hostile one asks for any amount of time or memory. One
child reads file after file, as its imports cost more than most files; it is replaced only after it was stopped, or
told that its memory ran out. It is started at the first file, once a process: never by fork, which would take along
the threads' locks and all that the parent has in memory.
"""

import atexit
import os
import signal
import subprocess
import sys
import threading
from functools import lru_cache
from multiprocessing.connection import Connection, Pipe

import msgspec

from indexer.errors import ReadError, reason
from indexer.model import Document, Kind
from indexer.readers.paragraphs import Prose

SECONDS = 18
"""CPU that one file may take; time that other programs took meanwhile does not count."""
MEMORY_BYTES = 512_000_000
"""Memory of the child, its programs counted."""
WAIT_S = 600.0
"""After so long it is given up whatever it waits for (a disk that swaps)."""

_KEPT = 4
"""Files whose document is kept: one that is added is checked, compared and published, with those beside it."""

CHILD = ("-m", "indexer.readers.child")
"""What Python runs."""
_AS_TEXT = "guarde solo su texto como .txt o .docx, o divídalo en un archivo por sesión"
_TOO_LONG = ReadError(f"tarda más de {SECONDS} segundos en leerse", _AS_TEXT)
_TOO_LARGE = ReadError(f"necesita más de {MEMORY_BYTES // 1_000_000} MB de memoria para leerse", _AS_TEXT)


class Request(msgspec.Struct):
    """A file to be read: its bytes, its suffix, and what it is; ``kind`` None asks for its bare paragraphs."""

    suffix: str
    kind: Kind | None
    data: bytes


class Answer(msgspec.Struct):
    """What came of it: a document, paragraphs, a fault with its cure, or nothing for want of memory."""

    document: Document | None = None
    prose: Prose | None = None
    fault: str = ""
    cure: str = ""
    no_memory: bool = False


class LimitedReader:
    """The child and the pipe to it. Threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def ask(self, request: Request) -> Answer:
        """Have a file read. Raises ``ReadError``: it cannot be read, or not within the limits."""
        with self._lock:
            answer = self._once(request)
            if answer is None:  # what an earlier file left in the child's memory is no fault of this one
                answer = self._once(request)
        if answer is None:
            raise _TOO_LARGE
        if answer.fault:
            raise ReadError(answer.fault, answer.cure)
        return answer

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is None:
            return
        self._hang_up()
        try:
            child.wait(1)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def forget(self) -> None:
        """In a fork of this process: the child belongs to the other one."""
        child, self._child, self._lock = self._child, None, threading.Lock()
        if child is not None:
            child.returncode = 0  # not ours to wait for
            self._hang_up()

    def _hang_up(self) -> None:
        if self._pipe is not None:
            self._pipe.close()

    def _once(self, request: Request) -> Answer | None:
        """The answer; None where a child that had read other files ended, so that a fresh one may try."""
        used = self._child is not None and self._child.poll() is None
        child, pipe = self._running()
        try:
            pipe.send_bytes(msgspec.msgpack.encode(request))
            if not pipe.poll(WAIT_S):
                raise _TOO_LONG
            answer = msgspec.msgpack.decode(pipe.recv_bytes(), type=Answer)
        except (OSError, EOFError):
            code = child.wait()
            self.close()
            if code == -signal.SIGXCPU:
                raise _TOO_LONG from None
            if used:
                return None
            why = f"señal {-code}" if code < 0 else f"código {code}"
            raise ReadError(f"el proceso que lo lee se detuvo ({why})", _AS_TEXT) from None
        except BaseException:  # an answer that was not waited for would be taken for that of the next file
            child.kill()
            self.close()
            raise
        if not answer.no_memory:
            return answer
        self.close()
        if used:
            return None
        raise _TOO_LARGE

    def _running(self) -> tuple[subprocess.Popen[bytes], Connection]:
        if self._child is not None and self._pipe is not None and self._child.poll() is None:
            return self._child, self._pipe
        self.close()
        places = os.pathsep.join(place or os.getcwd() for place in sys.path)
        self._pipe, theirs = Pipe()
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", *CHILD, str(theirs.fileno())], pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": places},
            )  # fmt: skip
        except OSError as error:
            cure = "cierre otros programas y repita la orden"
            raise ReadError(f"no se pudo abrir el proceso que lee los archivos ({reason(error)})", cure) from error
        finally:
            theirs.close()
        return self._child, self._pipe


_READER = LimitedReader()
os.register_at_fork(after_in_child=_READER.forget)
atexit.register(_READER.close)


@lru_cache(maxsize=_KEPT)
def document(data: bytes, suffix: str, kind: Kind) -> Document:
    """A file as a document, read within the limits; the same bytes are not read again. Raises ``ReadError``."""
    answer = _READER.ask(Request(suffix, kind, data))
    assert answer.document is not None
    return answer.document


def prose(data: bytes, suffix: str) -> Prose | None:
    """The bare paragraphs of a file, read within the limits; None where it holds timed cues. Raises ``ReadError``."""
    return _READER.ask(Request(suffix, None, data)).prose
