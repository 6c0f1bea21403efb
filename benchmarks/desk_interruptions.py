"""Every form of the desk that takes a step, sent when something comes between: nothing is lost, and the page says why.

    python benchmarks/desk_interruptions.py [sesion] [dos] [disco] [pestaña]

- ``sesion``: the session ended while the form was filled. It is sent again after signing in, or says that it never is.
- ``dos``: another person sent the same form meanwhile.
- ``disco``: the disk is full (a small tmpfs: needs root). With room again, the same form is sent.
- ``pestaña``: the tab is closed: half of the form is sent, and all of it without waiting for an answer.

After each the history has a step or has none, never half of one; taking it back gives the first bytes. What the second
of two people, or who has no disk, gets to read is printed. Exit code 1 where anything is not as it should be.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.test import encode_multipart

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.desk_forms import FORMS, Ask, fill, filled, told  # noqa: E402 - found once the folder above is on the path
from benchmarks.roundtrip_sequences import files_of, is_served  # noqa: E402
from indexer import pipeline  # noqa: E402
from search_app.desk.forms.upload_limits import COOKIE  # noqa: E402
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, account, enter, office  # noqa: E402
from tests.search_app.desk.desk_server import Browser, free_port, server  # noqa: E402
from tests.waiting import until  # noqa: E402

PATIENCE_S = 20.0
"""So long a page of a job is looked at that does not get on."""
OTHER, THEIRS = "luis", "otra clave de prueba"
ROOM_KB = (0, 8, 40, 120, 400, 900)
DISK_MB = 24


class Fault(AssertionError):
    """Something is lost, half, or not said."""


class Tried:
    """An office, and what it was before a form was sent."""

    def __init__(self, made: Office) -> None:
        self.office, self.desk, self.corpus = made, made.desk, made.maker.corpus
        self.first = files_of(self.corpus)
        self.known = len(made.history())

    def asking(self, client: Any) -> Ask:
        """A browser that waits until a job has ended."""

        def ask(address: str, form: MultiDict[str, Any] | None) -> tuple[str, str]:
            sent: dict[str, Any] = {} if form is None else {"data": form, "content_type": "multipart/form-data"}
            answer = client.open(address, method="GET" if form is None else "POST", follow_redirects=True, **sent)
            place, end = answer.request.path, time.monotonic() + PATIENCE_S
            while (job := self.desk.jobs.get(place.rpartition("/")[2])) and job.waiting and time.monotonic() < end:
                time.sleep(0.2)
                answer = client.get(place, follow_redirects=True)
            if (answer.status_code >= 500 and answer.status_code != 507) or 'lang="es' not in answer.text:
                raise Fault(f"{address}: {answer.status_code} {told(answer.text)}")
            return answer.request.full_path.rstrip("?"), answer.text

        return ask

    def steps(self, *allowed: int) -> int:
        """How many steps were taken since; waits until no job is at work."""
        until(lambda: not any(job.waiting for job in self.desk.jobs.all()))
        taken = len(self.office.history()) - self.known
        if taken not in allowed:
            raise Fault(f"{taken} steps, not one of {allowed}")
        if not taken and files_of(self.corpus) != self.first:
            raise Fault("no step was taken, and the corpus is another one")
        return taken

    def back(self) -> None:
        """Take everything back; the index must have served it."""
        if not is_served(self.office.maker.settings, self.corpus.parent):
            raise Fault("the index is not that of the corpus")
        for step in self.office.history()[: len(self.office.history()) - self.known]:
            self.desk.commands.ask("deshacer", str(step["paso"]))
        self.known = len(self.office.history())
        for job in self.desk.jobs.all():
            self.desk.jobs.discard(job.id)
        if files_of(self.corpus) != self.first:
            raise Fault("taking it back does not give the first bytes")


def session_ended(tried: Tried, name: str, _: random.Random) -> str:
    """The session ends between the page and its form."""
    client = tried.office.client()
    ask = tried.asking(client)
    address, fields = fill(ask, name)
    client.delete_cookie(COOKIE)
    _, page = ask(address, fields)
    if "no se retoma" in page:
        tried.steps(0)
        if str(fields["motivo"]) not in page:
            raise Fault("what was typed is not shown")
        return "no se retoma"
    if "Su sesión terminó" not in page:
        raise Fault(f"it does not say that the session ended: {told(page)}")
    tried.steps(0)
    at, page = ask(*filled(page, address, {"nombre": ""}))
    at, page = ask(*filled(page, at, {"nombre": NAME, "clave": PASSWORD}))
    at, page = ask(*filled(page, at, {}))
    tried.steps(1)
    return "se envió otra vez"


def two_people(tried: Tried, name: str, _: random.Random) -> str:
    """Both open the page; one sends it, then the other."""
    clients = [tried.office.client(), tried.office.client(signed_in=False)]
    assert enter(clients[1], OTHER, THEIRS).status_code == 303
    asks = [tried.asking(client) for client in clients]
    filled_in = [fill(ask, name) for ask in asks]
    asks[0](*filled_in[0])
    tried.steps(1)
    _, page = asks[1](*filled_in[1])
    return f"pasos {tried.steps(1, 2)}; la segunda persona lee: {told(page)}"


def disk_full(tried: Tried, name: str, chance: random.Random) -> str:
    """So many KB are left as the form is sent; then there is room again, and it is sent again."""
    ask, kb = tried.asking(tried.office.client()), chance.choice(ROOM_KB)
    address, fields = fill(ask, name)
    filler, room = tried.corpus.parent / "filler", os.statvfs(tried.corpus)
    filler.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - kb * 1024)))
    try:
        _, page = ask(address, fields)
    finally:
        filler.unlink()
    taken, said = tried.steps(0, 1), told(page)
    pipeline.update(tried.office.maker.settings)  # what was taken and had no room to be published
    if not taken:
        if not any(word in page for word in ("disco", "espacio")):
            raise Fault(f"{kb} KB: it does not say that it is the disk: {said}")
        ask(*fill(ask, name))
        tried.steps(1)
    return f"{kb} KB, {'hecho' if taken else 'rehusado y repetido'}: {said}"


class Closing(Browser):
    """One that is closed before it has an answer."""

    def leave(self, address: str, form: MultiDict[str, Any], whole: bool) -> None:
        """Send a form, or half of it, and be gone."""
        kind, data = encode_multipart(form)

        def parts() -> Iterator[bytes]:
            yield data[: len(data) // 2]
            if not whole:
                raise ConnectionError
            yield data[len(data) // 2 :]

        headers = {"Content-Type": f"multipart/form-data; boundary={kind}", "Content-Length": str(len(data))}
        request = urllib.request.Request(self._base + address.removeprefix(self._base), parts(), headers)
        with contextlib.suppress(OSError):
            self._opener.open(request, timeout=0.05)


def tab_closed(tried: Tried, name: str, _: random.Random) -> str:
    """Half of the form, then all of it, to a real server; nobody waits for the answer."""
    with server(tried.corpus.parent, port := free_port()):
        browser = Closing(port)
        browser.enter()
        address, fields = fill(browser.open, name)
        browser.leave(address, fields, whole=False)
        browser.open("/acervo/")
        tried.steps(0)
        browser.leave(*fill(browser.open, name), whole=True)
        until(lambda: len(tried.office.history()) > tried.known)
        tried.steps(1)
    return "un paso"


WAYS = {"sesion": session_ended, "dos": two_people, "disco": disk_full, "pestaña": tab_closed}


def main() -> int:
    """Try every form in the ways that are asked for, and print what was seen."""
    chance, wrong, seen = random.Random(16), 0, 0
    with tempfile.TemporaryDirectory() as work, contextlib.ExitStack() as last:
        for way in [one for one in sys.argv[1:] if one in WAYS] or [*WAYS]:
            root = Path(work) / way
            root.mkdir()
            if way == "disco":
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(root)], check=True)
                last.callback(
                    subprocess.run, ["umount", "--lazy", str(root)], check=True
                )  # a reader may still stand there
            with office(root, minutes=1) as made:
                account(made.maker.corpus, OTHER, THEIRS)
                tried = Tried(made)
                for name in [one for one in sys.argv[1:] if one in FORMS] or FORMS:
                    made.forget_tries()
                    seen += 1
                    try:
                        said = WAYS[way](tried, name, chance)
                        tried.back()
                    except AssertionError as fault:
                        wrong += 1
                        said = f"MAL: {fault}"
                        tried = Tried(made)
                    print(f"{way}, {name}: {said}", flush=True)
    print(f"formularios {seen}, con falla {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
