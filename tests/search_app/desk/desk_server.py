"""The real server in a process of its own, and as much of a browser as signing in and sending forms needs."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from werkzeug.test import encode_multipart

from tests.search_app.desk.desk_office import NAME, PASSWORD, ROOT, panel, token
from tests.waiting import PATIENCE_S, until

_ENDED = re.compile("<h1>(Publicado|No se pudo)")


@contextlib.contextmanager
def server(root: Path, port: int, log: Path | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """The real one, in a process of its own; with ``log``, what it says goes there, and its temporary files beside."""
    line = [sys.executable, "-m", "search_app", "servir", "--puerto", str(port)]
    line += [f"--corpus={root / 'corpus'}", f"--indice={root / 'indice'}"]
    temporary = {}
    if log is not None:
        (log.parent / "tmp").mkdir(parents=True, exist_ok=True)
        temporary["TMPDIR"] = str(log.parent / "tmp")
    with Path(log or os.devnull).open("ab") as said:
        process = subprocess.Popen(line, cwd=ROOT, stdout=said, stderr=said, env={**os.environ, **temporary})
    try:
        until(lambda: process.poll() is not None or _answers(port))
        yield process
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError):
        return bool(urllib.request.urlopen(f"http://127.0.0.1:{port}/salud", timeout=PATIENCE_S).read())
    return False


class Browser:
    """As much of one as signing in and sending forms needs."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def open(self, address: str, form: Mapping[str, Any] | None = None) -> tuple[str, str]:
        """Where one ends, and what is there. Files of a form are ``FileStorage``."""
        kind, data = encode_multipart(form) if form is not None else ("", None)
        headers = {"Content-Type": f"multipart/form-data; boundary={kind}"} if data else {}
        request = urllib.request.Request(urllib.parse.urljoin(self._base, address), data, headers)
        try:
            with self._opener.open(request, timeout=PATIENCE_S) as answer:
                return answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.url, error.read().decode()

    def ended(self, address: str) -> str:
        """The page of a job, once it says how that ended."""
        return until(lambda: page if _ENDED.search(page := self.open(address)[1]) else "")

    def enter(self) -> None:
        """Sign in."""
        _, page = self.open("/entrar")
        self.open("/entrar", {"token": token(page), "nombre": NAME, "clave": PASSWORD})

    def publish(self, word: str) -> str:
        """Paste and publish; the address of the job."""
        _, form = self.open("/acervo/agregar")
        place = {"titulo_mesa": f"Mesa {word}", "evento": "foro", "texto": panel(1, word)}
        address, page = self.open("/acervo/agregar", {"token": token(form), **place})
        return self.open(address, {"token": token(page), "accion": "publicar"})[0]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
