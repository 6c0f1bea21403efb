"""Upload limits: how many bytes the desk accepts, from whom, and how it refuses more."""

import contextlib
import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from search_app.desk.login.login_sessions import LoginSessions

COOKIE = "consta_personal"
BEEN = "consta_estuvo"
"""Says that somebody signed in with this browser, once; it outlives the session, and opens nothing."""
BEEN_S = 30 * 86_400
LARGEST_FILE = 32 * 1024 * 1024
LARGEST_TEXT = 8 * 1024 * 1024
"""Bytes of what is typed or pasted; a transcript of ten hours has half a million."""
LARGEST_FORM = LARGEST_TEXT + 256 * 1024
"""The text, and what is typed beside it."""
MOST_FIELDS = 20_000
ORDINARY = 64 * 1024
"""Bytes of a body that anybody may send."""
LARGEST_BODY = LARGEST_FILE + 256 * 1024
"""The file, and what is typed beside it."""
MANY_AT = "/acervo/importar"
LARGEST_BATCH = 4 * LARGEST_FILE
"""Bytes of many files that come together: a year of captions with the data of their videos, ten years as a zip."""
_FIELD = re.compile(rb'\A\r\nContent-Disposition: form-data; name="([\w-]+)"\r\n\r\n(.*)\r\n\Z', re.DOTALL)


def allowance(app: "Flask", path: str, cookies: str, length: int) -> int:
    """Bytes of a body that an address (without prefix) takes from this sender; 0 for the server's own refusal.

    A browser that somebody signed in with counts also when the session has ended: what was sent is shown again, not
    lost. Of anybody else the desk reads what a form may have and keeps nothing of it, so that the browser gets to the
    page that says so.
    """
    desk = app.extensions.get("consta_desk")
    if desk is None or not path.startswith(("/acervo/", "/entrar")):
        return 0
    found, largest = dict[str, str](), largest_body(path)
    with contextlib.suppress(CookieError):
        found = {name: morsel.value for name, morsel in SimpleCookie(cookies).items()}
    if acquainted(desk.sessions, found):
        return largest
    return ORDINARY - 1 if length <= largest else 0


def largest_body(path: str) -> int:
    """Bytes of a body that an address (without prefix) takes."""
    return LARGEST_BATCH if path == MANY_AT else LARGEST_BODY


def acquainted(sessions: "LoginSessions", cookies: Mapping[str, str]) -> bool:
    """Whether somebody signed in with this browser, now or in the last weeks."""
    return sessions.known(cookies.get(COOKIE)) or sessions.been_here(cookies.get(BEEN))


class Discarding:
    """Receives a body that is too large, so that the browser hears the answer; keeps its beginning: what was typed."""

    error = None

    def __init__(self, length: int, kept: Any) -> None:
        self._left = length
        self._kept = kept
        self.completed = False

    def __len__(self) -> int:
        return len(self._kept)

    def received(self, data: bytes) -> int:
        """Take in some more; says how much of it is the body's."""
        taken = min(self._left, len(data))
        if (room := ORDINARY - len(self._kept)) > 0:
            self._kept.append(data[: min(taken, room)])
        self._left -= taken
        self.completed = self._left == 0
        return taken

    def getfile(self) -> Any:
        return self._kept.getfile()

    def getbuf(self) -> Any:
        return self._kept


def typed_before_file(beginning: bytes, content_type: str) -> dict[str, str]:
    """The fields of a form that stand before its file, from the beginning of a body that was too large."""
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    if boundary is None:
        return {}
    parts = beginning.split(b"--" + boundary[1].encode("latin-1", "replace"))[1:-1]
    found = (_FIELD.match(part) for part in parts)
    return {field[1].decode(): field[2].decode("utf-8", "replace") for field in found if field}


def holds_file(beginning: bytes) -> bool:
    """Whether the form has got to a file within its beginning; else it is the text that is too large."""
    return re.search(rb'name="archivo"; filename="[^"]', beginning) is not None
