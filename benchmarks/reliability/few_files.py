"""64 file descriptors and 120 clients that send half a request. Goal: the server lives, writes few lines about it,
answers again when they are gone (the desk too), and «actualizar» with 64 descriptors works or says why not.
"""

from __future__ import annotations

import contextlib
import socket
import time
from pathlib import Path

from checks import Checks, arguments, few_descriptors, scratch
from commands import command
from corpora import office
from visits import Browser, Server

DESCRIPTORS = 64
MOST_LINES = 200


def few_files(check: Checks, corpus: Path, index: Path, clients: int = 120, seconds: float = 5) -> None:
    """The checks of it; rough_life.py has them among its own."""
    with Server(index, corpus=corpus, limit=few_descriptors(DESCRIPTORS)) as server:
        check(
            "64 descriptors: a search is answered",
            server.alive and server.get("/buscar?q=urnas").status == 200,
            server.log()[-300:],
        )
        held = []
        for _ in range(clients):
            with contextlib.suppress(OSError):
                line = socket.create_connection(("127.0.0.1", server.port), timeout=2)
                held.append(line)
                line.sendall(b"GET /buscar?q=urnas HTTP/1.1\r\nHost: a\r\nX:")
        cpu = server.cpu_s() if server.alive else 0
        time.sleep(seconds)
        used, lines = (server.cpu_s() if server.alive else 0) - cpu, len(server.log().splitlines())
        for line in held:
            line.close()
        time.sleep(2)
        print(f"     {len(held)} clients: {lines} lines of log, {used:.2f} s of CPU in {seconds:.0f} s", flush=True)
        check(
            "64 descriptors: few lines of log", lines <= MOST_LINES, f"{lines} lines, the last: {server.log()[-200:]}"
        )
        check("64 descriptors: it does not spin", used < seconds / 2, f"{used:.1f} s of CPU in {seconds:.0f} s")
        status, desk = 0, ""
        with contextlib.suppress(OSError):
            status = server.get("/buscar?q=urnas", 60).status
            browser = Browser(server.port)
            browser.enter()
            desk = browser.open("/acervo/")[0]
        check("64 descriptors: it answers again", status == 200, status)
        check("64 descriptors: the desk opens", desk == "/acervo/", desk)
    done = command("actualizar", corpus=corpus, index=index, limit=few_descriptors(DESCRIPTORS))
    check("64 descriptors: «actualizar» works or says why not", done.clean, (done.code, done.err[-200:]))


def main() -> None:
    given = arguments(__doc__, clients=120, seconds=5.0)
    check = Checks()
    with scratch() as work:
        few_files(check, *office(work), given.clients, given.seconds)
    check.end("checks hold with few descriptors")


if __name__ == "__main__":
    main()
