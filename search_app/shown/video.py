"""Links to the second of a video, and video players, for the hosts that are known."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from indexer.model.passage import Passage
from indexer.model.session import Session

_YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "www.youtube-nocookie.com"}
_VIMEO = {"vimeo.com", "www.vimeo.com", "player.vimeo.com"}
_ONE_VIDEO = re.compile(r"/(?:live|embed|shorts|v)/([\w-]+)/?$", re.ASCII)
_FILE = re.compile(r"\.(?:mp4|m4v|webm|ogv|mp3|m4a|ogg)$", re.IGNORECASE)
_TIMES = {"t", "start", "time_continue"}
_YOUTUBE_PLAYER = "https://www.youtube-nocookie.com"
_VIMEO_PLAYER = "https://player.vimeo.com"
_VIDEO_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_VIMEO_PATH = re.compile(r"/(?:video/)?(\d{1,20})(?:/([0-9a-f]{1,40}))?/?", re.ASCII)
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?", re.ASCII)
"""A host that may stand in a policy: nothing in it ends a directive."""


@dataclass(frozen=True, slots=True)
class Player:
    """A player that a page may show once the reader asks for it.

    Attributes:
        kind: Which protocol it speaks.
        address: Of the page for a frame, or of the file.
        origin: Scheme and host of that address: what the page's policy allows.
        host: Whose it is, in words.
        start_s: Where it begins to play, for a session that is a part of a video; None for its beginning.
    """

    kind: Literal["youtube", "vimeo", "archivo"]
    address: str
    origin: str
    host: str
    start_s: int | None = None


def player(url: str | None, start_s: int | None = None) -> Player | None:
    """The player of a video; None where there is no video, or none of a known form."""
    if not (url := web_address(url)):
        return None
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if (single := _youtube(url)) is not None:
        address = f"{_YOUTUBE_PLAYER}/embed/{single}?enablejsapi=1&playsinline=1&rel=0"
        return Player("youtube", address, _YOUTUBE_PLAYER, "YouTube", start_s)
    if host in _VIMEO and (found := _VIMEO_PATH.fullmatch(parts.path)):
        secret = found[2] or dict(parse_qsl(parts.query)).get("h", "")
        query = urlencode([("dnt", "1"), *([("h", secret)] if secret else [])])
        return Player("vimeo", f"{_VIMEO_PLAYER}/video/{found[1]}?{query}", _VIMEO_PLAYER, "Vimeo", start_s)
    if _FILE.search(parts.path) and _HOST.fullmatch(parts.netloc.lower()):
        address = urlunsplit(parts._replace(fragment=""))
        return Player("archivo", address, f"{parts.scheme.lower()}://{parts.netloc.lower()}", host, start_s)
    return None


def _youtube(url: str) -> str | None:
    """The id of a YouTube video."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if host == "youtu.be":
        single = parts.path.strip("/")
    elif host in _YOUTUBE:
        in_path = _ONE_VIDEO.match(parts.path)
        single = in_path[1] if in_path else dict(parse_qsl(parts.query)).get("v", "") if parts.path == "/watch" else ""
    else:
        return None
    return single if _VIDEO_ID.fullmatch(single) else None


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
    before, unit = _timed(url)
    return (f"{before}{second}{unit}", True) if before else (url, False)


@lru_cache(1 << 10)
def _timed(url: str) -> tuple[str, str]:
    """What stands before the second in the address of a moment, and behind it; nothing where a host takes no second."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    pairs = [(name, value) for name, value in parse_qsl(parts.query) if name not in _TIMES]
    if host in _YOUTUBE:
        if single := _ONE_VIDEO.match(parts.path):
            pairs = [("v", single[1]), *((name, value) for name, value in pairs if name != "v")]
            parts = parts._replace(path="/watch", netloc="www.youtube.com")
        if parts.path == "/watch" and any(name == "v" for name, _ in pairs):
            return urlunsplit(parts._replace(query=urlencode([*pairs, ("t", "")]), fragment="")), ""
    elif host == "youtu.be" and len(parts.path) > 1:
        return urlunsplit(parts._replace(query=urlencode([*pairs, ("t", "")]), fragment="")), ""
    elif (host in _VIMEO and re.search(r"/\d+", parts.path)) or _FILE.search(parts.path):
        return urlunsplit(parts._replace(fragment="t=")), "s" if host in _VIMEO else ""
    return "", ""


def part_of_video(session: Session) -> tuple[str | None, Player | None]:
    """The address of a session's video, and its player; both begin where the session does."""
    start = None if session.from_s is None else max(0, math.floor(session.from_s + session.video_start_s))
    url = web_address(session.video)
    return (moment(url, start)[0] if url and start is not None else url), player(url, start)


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
