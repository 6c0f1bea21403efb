"""The side of whoever reads: files are handed to one child process (``child``) that lives under limits.

A file is a program of sorts to the library that opens it, and a hostile one asks for any amount of time or memory. One
child reads file after file, as its imports cost more than most files; it is replaced only after it was stopped, or
told that its memory ran out. It is started at the first file, once a process: never by fork, which would take along
the threads' locks and all that the parent has in memory.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import subprocess
import sys
import threading
import time

import msgspec

from indexer.errors import ReadError, reason
from indexer.model import Kind
from indexer.model.transcript import Document
from indexer.readers.paragraphs import Prose

SECONDS = 18
"""CPU that one file may take; time that other programs took meanwhile does not count."""
MEMORY_BYTES = 512_000_000
"""Memory of the child, its programs counted."""
WAIT_S = 600.0
"""After so long it is given up whatever it waits for (a disk that swaps)."""

CHILD = ("-m", "indexer.readers.child")
"""What Python runs."""
HEADER_BYTES = 8
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


class _Stopped(Exception):
    """The child ended without an answer."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code


def frame(message: Request | Answer) -> bytes:
    """A message as it goes through a pipe: its length, then itself."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(HEADER_BYTES, "big") + body


class LimitedReader:
    """The child and the pipes to it. Threads take turns."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._used = False

    def ask(self, request: Request) -> Answer:
        """Have a file read.

        Raises:
            ReadError: It cannot be read, or not within the limits.
        """
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
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
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
            for pipe in (child.stdin, child.stdout):
                if pipe:
                    pipe.close()

    def _once(self, request: Request) -> Answer | None:
        """The answer; None where a child that had read other files ended, so that a fresh one may try."""
        used = self._child is not None and self._child.poll() is None
        try:
            child = self._running()
            answer = self._exchange(child, request)
        except _Stopped as stopped:
            if stopped.code == -signal.SIGXCPU:
                raise _TOO_LONG from None
            if used:
                return None
            raise ReadError(f"el proceso que lo lee se detuvo ({_why(stopped.code)})", _AS_TEXT) from None
        if not answer.no_memory:
            return answer
        self.close()
        if used:
            return None
        raise _TOO_LARGE

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self.close()
        places = os.pathsep.join(place or os.getcwd() for place in sys.path)
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", *CHILD],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": places}, bufsize=0,
            )  # fmt: skip
        except OSError as error:
            cure = "cierre otros programas y repita la orden"
            raise ReadError(f"no se pudo abrir el proceso que lee los archivos ({reason(error)})", cure) from error
        return self._child

    def _exchange(self, child: subprocess.Popen[bytes], request: Request) -> Answer:
        ends = time.monotonic() + WAIT_S
        assert child.stdin is not None
        try:
            message = memoryview(frame(request))
            while message:
                message = message[child.stdin.write(message) or 0 :]
            size = int.from_bytes(self._received(child, HEADER_BYTES, ends), "big")
            return msgspec.msgpack.decode(self._received(child, size, ends), type=Answer)
        except (BrokenPipeError, EOFError):
            code = child.wait()
            self.close()
            raise _Stopped(code) from None
        except BaseException:  # an answer that was not waited for would be taken for that of the next file
            child.kill()
            self.close()
            raise

    def _received(self, child: subprocess.Popen[bytes], size: int, ends: float) -> bytes:
        assert child.stdout is not None
        ready = select.poll()
        ready.register(child.stdout, select.POLLIN)
        got = bytearray()
        while len(got) < size:
            if not ready.poll(max(0.0, ends - time.monotonic()) * 1000):
                raise _TOO_LONG
            part = os.read(child.stdout.fileno(), min(size - len(got), 1 << 20))
            if not part:
                raise EOFError
            got += part
        return bytes(got)


def _why(code: int | None) -> str:
    return f"señal {-code}" if code is not None and code < 0 else f"código {code}"


_READER = LimitedReader()
os.register_at_fork(after_in_child=_READER.forget)
atexit.register(_READER.close)


def document(data: bytes, suffix: str, kind: Kind) -> Document:
    """A file as a document, read within the limits; raises ``ReadError``."""
    answer = _READER.ask(Request(suffix, kind, data))
    assert answer.document is not None
    return answer.document


def prose(data: bytes, suffix: str) -> Prose | None:
    """The bare paragraphs of a file, read within the limits; None where it holds timed cues. Raises ``ReadError``."""
    return _READER.ask(Request(suffix, None, data)).prose
