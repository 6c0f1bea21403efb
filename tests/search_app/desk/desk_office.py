"""An office with a desk for the tests: a small corpus of our own wording, an account, a server of this process."""

from __future__ import annotations

import atexit
import functools
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.engines.live import LiveIndex
from indexer.operations import accounts
from search_app.desk.login.accounts import FOLDER
from search_app.desk.staff_desk import StaffDesk
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

ROOT = Path(__file__).resolve().parents[3]
NAME, PASSWORD = "ana", "una clave de prueba"
PEOPLE = ("Ana Ruiz", "Luis Mora", "Eva Sol")
CUE_S = 6
PARTS = {"evento": "foro", "mesa": "mesa-1", "paso": "1", "encargo": "20250101000000_0123456789ab", "cual": "-nuevo"}
"""What stands in the addresses of the desk, by the names of their parts."""
TRANSCRIPT = "LA PRESIDENTA: Buenos días, hablamos de las urnas.\n\nEL SECRETARIO: Traje las listas de Gomez.\n"


def captions(minutes: int, name: str = "gomez") -> str:
    """Captions that name nobody: a surname is heard twice in every minute."""

    def at(second: int) -> str:
        return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000"

    lines = (
        f"{at(n * CUE_S)} --> {at((n + 1) * CUE_S)}\n"
        + (
            f"aquí la consejera {name} anota la caja {n}"
            if n % 5 == 0
            else f"el equipo revisa las listas del renglón {n}"
        )
        + "\n"
        for n in range(minutes * 60 // CUE_S)
    )
    return "WEBVTT\n\n" + "\n".join(lines)


def panel(minutes: int, word: str) -> str:
    """The same as it is copied from a panel of captions: a time, a line."""
    seconds = range(0, minutes * 60, CUE_S)
    return "\n".join(f"{s // 60}:{s % 60:02d}\nhablamos de {word} y de la bodega del renglón {s}" for s in seconds)


@dataclass(frozen=True)
class Office:
    """A corpus with its index, an application with a desk over them."""

    maker: CorpusMaker
    app: Flask
    desk: StaffDesk

    def client(self, *, signed_in: bool = True) -> FlaskClient:
        """A browser of its own."""
        client = self.app.test_client()
        if signed_in:
            assert enter(client).status_code == 303
        return client

    def forget_tries(self) -> None:
        """Nobody has tried anything."""
        shutil.rmtree(self.maker.corpus / FOLDER / "intentos", ignore_errors=True)

    def history(self) -> list[dict[str, Any]]:
        """The steps, the newest first."""
        found: list[dict[str, Any]] = self.desk.commands.ask("historial")["pasos"]
        return found


def token(page: TestResponse | str) -> str:
    """What the last form of a page carries."""
    found = re.findall(r'name="token" value="([^"]+)"', page if isinstance(page, str) else page.text)
    return str(found[-1])


def enter(client: FlaskClient, name: str = NAME, password: str = PASSWORD, after: str = "") -> TestResponse:
    """Sign in."""
    form = client.get("/entrar", query_string={"next": after})
    if form.status_code == 303:
        return form
    return client.post("/entrar", data={"token": token(form), "next": after, "nombre": name, "clave": password})


def sent(client: FlaskClient, address: str, data: dict[str, Any], of: str = "/acervo/agregar") -> TestResponse:
    """A form of the desk, with its token."""
    return client.post(address, data={"token": token(client.get(of)), **data}, content_type="multipart/form-data")


def account(
    corpus: Path, name: str = NAME, password: str = PASSWORD, role: str = "responsable", events: Sequence[str] = ()
) -> None:
    """Make one whose password costs next to nothing to check, in tests alone: the hash says what it costs.

    What it costs the staff (64 MiB, three rounds) is tried in ``tests/operations/test_operations_accounts.py``.
    """
    with mock.patch.object(accounts, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)):
        accounts.Accounts(corpus).put(name, password, role, events)


def furnish(root: Path, minutes: int = 10) -> CorpusMaker:
    """The corpus, its index and the account, built once for each length and copied."""
    shutil.copytree(_furnished(minutes), root, symlinks=True, dirs_exist_ok=True)
    return CorpusMaker(root)


@functools.cache
def _furnished(minutes: int) -> Path:
    root = Path(tempfile.mkdtemp(prefix="consta-oficina-"))
    atexit.register(shutil.rmtree, root)
    maker = CorpusMaker(root)
    maker.event(anuncio_md="El foro habla de urnas y de bodegas.")
    people = "".join(f'[[participantes]]\nnombre = "{name}"\n' for name in PEOPLE)
    maker.mesa("mesa-1", title="Bodegas", extra=f"numero = 1\n{people}", transcripcion_vtt=captions(minutes))
    maker.mesa("mesa-2", title="Lo que viene", extra="numero = 2\n")
    maker.mesa("mesa-3", title="Urnas", extra="numero = 3\n", transcripcion_txt=TRANSCRIPT)
    assert not maker.update().failed
    account(maker.corpus)
    return root


@contextmanager
def office(root: Path, minutes: int = 10, public_url: str | None = None) -> Iterator[Office]:
    """The whole of it, with its worker at work."""
    maker = furnish(root, minutes)
    # Every request looks for a newer generation itself: what was published is served from the next request on.
    index = LiveIndex(maker.settings.index, look_every_s=0)
    desk = StaffDesk(maker.corpus, maker.settings.index)
    desk.start()
    try:
        yield Office(maker, create_app(index, public_url=public_url, desk=desk), desk)
    finally:
        desk.stop()
        index.close()


def change_forty_times(page: Any) -> int:
    """Say who speaks at forty places of a page of an hour, half by a click and half by a key; how many actions."""
    rows, pieces = page.locator(".atribuir article"), page.locator(".tramo")
    for group in page.locator(".grupo-de-fragmentos:not([open]) > summary").all()[::-1]:
        group.click()
    actions = 0
    for n in range(20):
        rows.nth(n).locator(".aqui-habla button").nth(n % 3).click()
        actions += 1
    for n in range(20):
        pieces.nth(400 + 10 * n).hover()
        page.keyboard.press(str(n % 3 + 1))
        actions += 1
    return actions
