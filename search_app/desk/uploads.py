"""How much the desk takes in at once, and what becomes of more."""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

COOKIE = "consta_personal"
LARGEST_FILE = 32 * 1024 * 1024
LARGEST_TEXT = 8 * 1024 * 1024
"""Bytes of what is typed or pasted; a transcript of ten hours has half a million."""
LARGEST_BODY = LARGEST_FILE + 256 * 1024
"""The file, and what is typed beside it."""
_KEPT = 64 * 1024
"""Of a body that is too large, its beginning: what was typed stands before the file."""
_FIELD = re.compile(rb'\A\r\nContent-Disposition: form-data; name="([\w-]+)"\r\n\r\n(.*)\r\n\Z', re.DOTALL)


def allowance(app: Flask, path: str, cookies: str) -> int:
    """Bytes of a body that this address takes from this sender; 0 for as many as everywhere.

    A session that has just ended counts as well: what was sent with it is shown again, not lost.
    """
    desk = app.extensions.get("consta_desk")
    if desk is None or not path.startswith(("/acervo/", "/entrar")):
        return 0
    try:
        cookie = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return 0
    return LARGEST_BODY if cookie is not None and desk.sessions.known(cookie.value) else 0


class Discarding:
    """Receives a body that is too large: keeps its beginning, so that the browser hears the answer to the end."""

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
        if (room := _KEPT - len(self._kept)) > 0:
            self._kept.append(data[: min(taken, room)])
        self._left -= taken
        self.completed = self._left == 0
        return taken

    def getfile(self) -> Any:
        """What was kept."""
        return self._kept.getfile()

    def getbuf(self) -> Any:
        """What was kept."""
        return self._kept


def typed_before_file(beginning: bytes, content_type: str) -> dict[str, str]:
    """The fields of a form that stand before its file, from the beginning of a body that was too large."""
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    if boundary is None:
        return {}
    parts = beginning.split(b"--" + boundary[1].encode("latin-1", "replace"))[1:-1]
    found = (_FIELD.match(part) for part in parts)
    return {field[1].decode(): field[2].decode("utf-8", "replace") for field in found if field}
