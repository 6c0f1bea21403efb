"""Accounts of staff. The command ``cuenta`` knows them and checks passwords."""

import contextlib
import logging
import secrets
import threading
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from indexer.index.redirects import REDIRECTS_FILE
from search_app.desk.jobs.commands import CommandFailed, Commands

FOLDER = "_personal"
_FILE = Path(FOLDER, "cuentas.json")
_SECRET = Path(FOLDER, "clave")
_SHORTEST_SECRET = 16
_ASK_AGAIN_S = 15.0
_LONGEST_S = 30.0
_LOG = logging.getLogger(__name__)

State = tuple[int, ...] | None
"""Of a file: another one whenever it changes; None where there is none."""


class Account(
    msgspec.Struct,
    frozen=True,
    rename={
        "name": "nombre", "seal": "sello", "role": "papel", "events": "eventos", "enabled": "activa",
        "has_password": "con_clave", "link_until": "enlace_hasta",
    },
):  # fmt: skip
    """One account, as the command tells it.

    Attributes:
        seal: Another one ends its sessions.
        role, events: ``responsable``, or an editor; of some events, or of all where none is named.
        link_until: Until when it may choose a password.
    """

    name: str
    seal: str
    role: str = "editor"
    events: frozenset[str] = frozenset()
    enabled: bool = True
    has_password: bool = True
    link_until: str = ""

    def covers(self, events: frozenset[str] | None) -> bool:
        """Whether it is theirs what stands at these events; None is the whole collection."""
        return not self.events or (events is not None and events <= self.events)

    def publishes(self, events: frozenset[str] | None) -> bool:
        """Whether a change there needs no second person."""
        return self.role == "responsable" and self.covers(events)


class _Known(NamedTuple):
    """What the command said last, of a file in this state; with a ``fault`` the accounts are those of before."""

    state: State
    accounts: dict[str, Account]
    fault: str = ""
    until_s: float = float("inf")  # when it is asked again though the file is the same


class Accounts:
    """Names and the secret of the sessions. Safe to use from several threads.

    The file is read by a command, half a second or, on a loaded machine, many. Who wants to pass waits for it
    (``all``); a public page never does (``anybody``): it is told what was known last. What was known stays when the
    command fails: that nobody can read the file does not mean that nobody has an account.
    """

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._asking = threading.Lock()
        self._known: _Known | None = None
        self._made_up = secrets.token_bytes(32)
        self._secret: tuple[State, bytes] | None = None

    @property
    def fault(self) -> str:
        """Why the accounts could not be read the last time; empty where they could."""
        return self._known.fault if self._known else ""

    @property
    def asked(self) -> bool:
        """Whether the command has answered at all, or failed."""
        return self._known is not None

    def anybody(self) -> bool:
        """Whether somebody has an account, as far as is known by now; asks behind the back where that may be old."""
        if not self._is_current() and not self._asking.locked():
            with contextlib.suppress(RuntimeError):  # no more threads: the next page asks
                threading.Thread(target=self.all, name="cuentas", daemon=True).start()
        known = self._known
        if known is not None:
            return any(one.enabled for one in known.accounts.values())
        with contextlib.suppress(OSError):
            return self._state() is not None
        return False

    def names(self) -> frozenset[str]:
        """Who may sign in."""
        return frozenset(name for name, one in self.all().items() if one.enabled)

    def all(self) -> dict[str, Account]:
        """Every account by its name; asked again whenever their file has changed."""
        if not self._is_current():
            with self._asking:
                if not self._is_current():
                    self._ask()
        return self._known.accounts if self._known else {}

    def check(self, name: str, password: str) -> tuple[str, str] | None:
        """Name and seal of the account, as they are written there, when the password is right."""
        given = {"nombre": name, "clave": password}
        answer = self._commands.ask("cuenta", options={"comprobar": True}, given=given, timeout_s=_LONGEST_S)
        return (str(answer["nombre"]), str(answer.get("sello"))) if answer.get("bien") is True else None

    def secret(self) -> bytes:
        """What the cookies are signed with; where the corpus has none yet, one that lasts as long as the server."""
        path = self._commands.corpus / _SECRET
        held = self._secret
        try:
            seen = _state(path)
            if seen is None:
                return self._made_up
            if held is None or held[0] != seen:
                data = path.read_bytes().strip()
                held = self._secret = (seen, data if len(data) >= _SHORTEST_SECRET else self._made_up)
        except OSError as error:  # nobody is sent out for that
            _LOG.error("No se pudo leer la clave de las sesiones: %s", type(error).__name__)
        return held[1] if held else self._made_up

    def _state(self) -> State:
        """Of the accounts; of what moved too, since an account of an event stays so when that is called otherwise."""
        held = _state(self._commands.corpus / _FILE)
        return held and (*held, *(_state(self._commands.corpus / REDIRECTS_FILE) or ()))

    def _is_current(self) -> bool:
        known = self._known
        if known is None:
            return False
        try:
            seen = self._state()
        except OSError:
            return bool(known.fault) and time.monotonic() < known.until_s
        return known.state == seen and time.monotonic() < known.until_s

    def _ask(self) -> None:
        """Find out, and know it; ``_asking`` is held."""
        before = self._known.accounts if self._known else {}
        seen: State = None
        try:
            seen = self._state()
            asked = {} if seen is None else self._commands.ask("cuenta", options={"lista": True}, timeout_s=_LONGEST_S)
            found = {one.name: one for one in msgspec.convert(asked.get("detalle", []), list[Account])}
        except (CommandFailed, OSError, ValueError, TypeError) as error:
            # Every page asks whether there is a desk: they must not all run a command that fails.
            said = str(error) if isinstance(error, CommandFailed) else type(error).__name__
            if not self.fault:
                _LOG.error("No se pudieron leer las cuentas; valen las de antes: %s", said)
            self._known = _Known(seen, before, said, time.monotonic() + _ASK_AGAIN_S)
        else:
            self._known = _Known(seen, found)


def _state(path: Path) -> State:
    """Another one whenever a file changes. Raises ``OSError``: it cannot be told whether there is one."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
