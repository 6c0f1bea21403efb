"""Login sessions: a signed cookie that ends after half an hour without use, and after twelve hours in any case.

What is kept on the server are marks that all processes over one corpus see: of sessions that were left, and of those
that are open, for whoever looks through their own. A restart sends nobody out, so what somebody is typing meanwhile is
not lost, and it lets nobody in again. The token of
a form is whose session it is and its key, signed for that purpose; the form of ``/entrar``, which anybody gets, is
signed for another one and opens nothing else.
"""

import contextlib
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from search_app.desk.login.marks import Marks

IDLE_S = 30 * 60
LONGEST_S = 12 * 3_600
RENEW_S = 60
"""A cookie older than this is written again."""


@dataclass(frozen=True, slots=True)
class LoginSession:
    """One session: whose, its own key, when it began and was last used, and the seal that its account had then."""

    name: str
    key: str
    entered_s: float
    seen_s: float
    seal: str = ""


class LoginSessions:
    """Makes and reads the cookies. Safe to use from several threads."""

    def __init__(self, secret: Callable[[], bytes], corpus: Path, now: Callable[[], float] = time.time) -> None:
        self._secret = secret
        self._now = now
        self._left = Marks(corpus, "salidas", LONGEST_S, now)
        self._open = Marks(corpus, "sesiones", LONGEST_S, now)

    def enter(self, name: str, seal: str = "", place: str = "") -> LoginSession:
        """Begin a session; ``place`` is from where, for whoever looks through their own."""
        visit = LoginSession(name, secrets.token_hex(16), self._now(), self._now(), seal)
        with contextlib.suppress(OSError):  # a full disk keeps nobody out
            self._open.put(_whose(name) + visit.key, says=place)
        return visit

    def open(self, name: str) -> list[tuple[str, float, str]]:
        """The sessions of somebody: the key of each, when it was last used, and from where."""
        own = _whose(name)
        return [(mark.removeprefix(own), used_s, place) for mark, used_s, place in self._open.all(own, IDLE_S)]

    def end(self, name: str, key: str) -> None:
        """End one of somebody's; a key of another's ends nothing. Raises ``OSError``: that cannot be written down."""
        if key in (one[0] for one in self.open(name)):
            self._left.put(key, flush=True)
            self._open.remove(_whose(name) + key)

    def cookie(self, visit: LoginSession) -> str:
        """What the browser keeps."""
        held = [visit.name, visit.key, int(visit.entered_s), int(visit.seen_s), visit.seal]
        return str(self._signed("sesion").dumps(held))

    def read(self, cookie: str | None) -> LoginSession | None:
        """The session of a cookie; None where it is none of ours, has ended or was left."""
        match self._opened("sesion", cookie):
            case [str(name), str(key), int(entered), int(seen), str(seal)]:
                visit = LoginSession(name, key, entered, seen, seal)
            case _:
                return None
        now = self._now()
        fresh = visit.seen_s > now - IDLE_S and visit.entered_s > now - LONGEST_S
        return visit if fresh and visit.key not in self._left else None

    def known(self, cookie: str | None) -> bool:
        """Whether a cookie is of some session of ours, also of one that has ended."""
        return self._opened("sesion", cookie) is not None

    def been(self) -> str:
        """What a browser keeps to say that somebody signed in with it; it opens nothing."""
        return str(self._signed("estuvo").dumps("si"))

    def been_here(self, cookie: str | None) -> bool:
        """Whether a browser says so."""
        return bool(self._opened("estuvo", cookie) == "si")

    def used(self, visit: LoginSession) -> LoginSession:
        """The session as used now; the same one where that was noted a moment ago."""
        if visit.seen_s > self._now() - RENEW_S:
            return visit
        with contextlib.suppress(OSError):
            self._open.put(_whose(visit.name) + visit.key)
        return replace(visit, seen_s=self._now())

    def leave(self, visit: LoginSession) -> None:
        """End it, whoever still has its cookie. Raises ``OSError``: that cannot be written down."""
        self._left.put(visit.key, flush=True)
        self._open.remove(_whose(visit.name) + visit.key)

    def token(self, visit: LoginSession) -> str:
        """What the forms of a session carry."""
        return str(self._signed("formulario").dumps([visit.name, visit.key, int(self._now())]))

    def fits(self, token: str | None, visit: LoginSession) -> bool:
        """Whether a form is of this session."""
        match self._opened("formulario", token):
            case [str(name), str(key), int(_)]:
                return name == visit.name and secrets.compare_digest(key, visit.key)
        return False

    def author(self, token: str | None) -> str | None:
        """Whose form it is, of any session of the last twelve hours; None where it is none of ours."""
        match self._opened("formulario", token):
            case [str(name), str(_), int(made)] if made > self._now() - LONGEST_S:
                return name
        return None

    def entry_token(self, key: str) -> str:
        """What the form of signing in carries: anybody may have it, so it is a token of nothing else."""
        return str(self._signed("entrada").dumps(key))

    def fits_entry(self, token: str | None, key: str) -> bool:
        """Whether a form of signing in is of this browser."""
        of = self._opened("entrada", token)
        return isinstance(of, str) and secrets.compare_digest(of.encode(), key.encode())

    def _signed(self, purpose: str) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret(), salt=f"consta {purpose}")

    def _opened(self, purpose: str, text: str | None) -> Any:
        if not text or len(text) > 4_096:
            return None
        try:
            return self._signed(purpose).loads(text)
        except BadData:
            return None


def _whose(name: str) -> str:
    return f"{hashlib.sha256(name.encode()).hexdigest()[:32]}."
