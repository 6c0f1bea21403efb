"""A server of the project, and who visits it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from checks import NAME, PASSWORD, PROJECT, PYTHON
from texts import panel


def free_port() -> int:
    """A port that nobody listens on, from PORT on where that is given."""
    first = int(os.environ.get("PORT") or 0)
    for port in range(first, first + 100) if first else [0]:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise SystemExit("no port is free")


@dataclass(frozen=True)
class Answer:
    """What the server said, and in how many seconds."""

    status: int
    body: bytes
    seconds: float
    headers: http.client.HTTPMessage


class Server:
    """``python -m search_app servir`` in a process of its own."""

    def __init__(
        self,
        index: Path,
        *more: str,
        corpus: Path | None = None,
        before: tuple[str, ...] = (),
        env: dict[str, str] | None = None,
        limit: Callable[[], None] | None = None,
        wait_s: float = 300,
    ) -> None:
        self.port = free_port()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        line = [*before, PYTHON, "-m", "search_app", "servir", "--puerto", str(self.port), f"--indice={index}", *more]
        line += [f"--corpus={corpus}"] if corpus else []
        self.process = subprocess.Popen(
            line, cwd=PROJECT, stdout=self._log, stderr=self._log, env={**os.environ, **(env or {})}, preexec_fn=limit
        )
        end = time.monotonic() + wait_s
        while time.monotonic() < end and self.alive:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/salud", timeout=10).status == 200:
                    return
            time.sleep(0.1)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self.process.poll() is None

    def get(self, path: str, timeout: float = 60) -> Answer:
        """One request on a connection of its own."""
        began = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            line.request("GET", path)
            answer = line.getresponse()
            return Answer(answer.status, answer.read(), time.monotonic() - began, answer.headers)
        finally:
            line.close()

    def found(self, word: str) -> int:
        """How many fragments have a word, fictitious ones too."""
        return int(
            json.loads(self.get(f"/api/buscar?corregir=no&ficticio=si&q={urllib.parse.quote(word)}").body)["total"]
        )

    def wait_for(self, word: str, seconds: float = 180) -> bool:
        """Whether a word can be found before that time is over."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(OSError, ValueError, KeyError):
                if self.found(word):
                    return True
            time.sleep(0.5)
        return False

    def cpu_s(self) -> float:
        """CPU of all its threads so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """What it holds in memory."""
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{self.process.pid}/status").read_text())[1]) / 1024

    def log(self) -> str:
        """What it has said."""
        return os.pread(self._log.fileno(), 1 << 26, 0).decode("utf-8", "replace")

    def stop(self, by: signal.Signals = signal.SIGTERM, wait_s: float = 120) -> int | str:
        """End it; its exit code."""
        if self.alive:
            self.process.send_signal(by)
        try:
            return self.process.wait(wait_s)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return "had to be killed"


def token(page: str) -> str:
    """What the last form of a page carries."""
    return re.findall(r'name="token" value="([^"]+)"', page)[-1]


def words_of(page: str) -> str:
    """What a page says."""
    main = re.search(r"<main[^>]*>(.*?)</main", page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main[1] if main else page).split())


class Browser:
    """As much of one as the desk needs."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def open(self, address: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """Where one ends (without the host), and what is there."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            answer = self._opener.open(urllib.parse.urljoin(self._base, address), data, 120)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode("utf-8", "replace")

    def enter(self, name: str = NAME, password: str = PASSWORD) -> None:
        """Sign in."""
        _, page = self.open("/entrar")
        self.open("/entrar", {"token": token(page), "nombre": name, "clave": password})

    def send(self, word: str) -> tuple[str, str]:
        """Paste a panel that says the word; where it stands as a draft, and its page."""
        _, form = self.open("/acervo/agregar")
        typed = {"titulo_mesa": f"Mesa {word}", "evento": "foro", "texto": panel(word)}
        return self.open("/acervo/agregar", {"token": token(form), **typed})

    def publish(self, word: str) -> tuple[str, str]:
        """Paste and publish; the address of the errand, and its page."""
        address, page = self.send(word)
        return self.open(address, {"token": token(page), "accion": "publicar"})
