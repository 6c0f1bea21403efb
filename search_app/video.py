"""Links to the second of a video, for the hosts whose form is known."""

from __future__ import annotations

import math
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from indexer.model import Passage, Session

_YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"}
_VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_ONE_VIDEO = re.compile(r"/(?:live|embed|shorts|v)/([\w-]+)/?$", re.ASCII)
_FILE = re.compile(r"\.(?:mp4|m4v|webm|ogv|mp3|m4a|ogg)$", re.IGNORECASE)
_TIMES = {"t", "start", "time_continue"}


def web_address(url: str | None) -> str | None:
    """The address when a browser may be sent there (http, https), else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def moment(url: str, second: int) -> tuple[str, bool]:
    """The address of a second of a video, and whether it really leads to that second.

    Forms: YouTube ``&t=``, youtu.be ``?t=``, Vimeo ``#t=``, files the media fragment ``#t=``. Other hosts get the
    plain address.
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    pairs = [(name, value) for name, value in parse_qsl(parts.query) if name not in _TIMES]
    if host in _YOUTUBE:
        if single := _ONE_VIDEO.match(parts.path):
            pairs = [("v", single[1]), *((name, value) for name, value in pairs if name != "v")]
            parts = parts._replace(path="/watch", netloc="www.youtube.com")
        if parts.path == "/watch" and any(name == "v" for name, _ in pairs):
            pairs.append(("t", str(second)))
            return urlunsplit(parts._replace(query=urlencode(pairs), fragment="")), True
    elif host == "youtu.be" and len(parts.path) > 1:
        pairs.append(("t", str(second)))
        return urlunsplit(parts._replace(query=urlencode(pairs), fragment="")), True
    elif (host in _VIMEO and re.search(r"/\d+", parts.path)) or _FILE.search(parts.path):
        unit = "s" if host in _VIMEO else ""
        return urlunsplit(parts._replace(fragment=f"t={second}{unit}")), True
    return url, False


def second_of(session: Session, passage: Passage) -> int | None:
    """The second of the video at which a fragment begins; None without times."""
    if passage.start_s is None:
        return None
    return max(0, math.floor(passage.start_s + session.video_start_s))


def video_link(session: Session | None, passage: Passage) -> tuple[str | None, int | None]:
    """Where a fragment can be watched, and the second to which that address leads (None: the whole video)."""
    url = web_address(session.video) if session else None
    if not session or not url:
        return None, None
    second = second_of(session, passage)
    if second is None:
        return url, None
    address, exact = moment(url, second)
    return address, second if exact else None
