"""Accounts: whose they are and whether a password is right is for the command ``cuenta`` to say."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from pathlib import Path

from search_app.desk.commands import CommandFailed, Commands

_FILE = Path("_personal", "cuentas.json")
_SECRET = Path("_personal", "clave")
_SHORTEST_SECRET = 16
_ASK_AGAIN_S = 15.0
_LOG = logging.getLogger(__name__)


class Accounts:
    """Names and the secret of the sessions. Safe to use from several threads."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._seals: dict[str, str] = {}
        self._not_before = 0.0
        self._made_up = secrets.token_bytes(32)
        self._secret: tuple[tuple[int, ...], bytes] | None = None

    def names(self) -> frozenset[str]:
        """Who has an account."""
        return frozenset(self.seals())

    def seals(self) -> dict[str, str]:
        """Who has an account, and what changes with its password; asked again whenever their file has changed."""
        with self._lock:
            seen = _state(self._commands.corpus / _FILE)
            if seen is None:
                self._seen, self._seals = None, {}
            elif seen != self._seen and time.monotonic() >= self._not_before:
                try:
                    found = self._commands.ask("cuenta", options={"lista": True}).get("sellos", {})
                except CommandFailed as error:
                    # Every page asks whether there is a desk: they must not all run a command that fails.
                    _LOG.error("No se pudieron leer las cuentas: %s", error)
                    self._seals, self._not_before = {}, time.monotonic() + _ASK_AGAIN_S
                else:
                    self._seen, self._seals = seen, {str(name): str(seal) for name, seal in found.items()}
            return self._seals

    def check(self, name: str, password: str) -> tuple[str, str] | None:
        """Name and seal of the account, as they are written there, when the password is right."""
        given = {"nombre": name, "clave": password}
        answer = self._commands.ask("cuenta", options={"comprobar": True}, given=given, timeout_s=30)
        return (str(answer["nombre"]), str(answer.get("sello"))) if answer.get("bien") is True else None

    def secret(self) -> bytes:
        """What the cookies are signed with; where the corpus has none yet, one that lasts as long as the server."""
        path = self._commands.corpus / _SECRET
        seen = _state(path)
        if seen is None:
            return self._made_up
        held = self._secret
        if held is None or held[0] != seen:
            data = path.read_bytes().strip()
            held = self._secret = (seen, data if len(data) >= _SHORTEST_SECRET else self._made_up)
        return held[1]


def _state(path: Path) -> tuple[int, ...] | None:
    """Changes whenever the file does; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
