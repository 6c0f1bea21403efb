"""What yt-dlp wrote of a video (``….info.json``), believed only as far as it can be."""

import datetime as dt
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from indexer.corpus.toml_edit import one_line
from indexer.language.typed_values import is_web_address
from indexer.readers.decode import MAX_BYTES

LONGEST_TITLE = 300
_UNKNOWN = {
    "title": "no dice el título: se toma del nombre",
    "date": "no dice la fecha, o no es posible: queda sin confirmar",
    "video": "no dice la dirección del video",
}
_YOUTUBE = re.compile(r"(?:(?:www\.|m\.|music\.)?youtube(?:-nocookie)?\.com|youtu\.be)\Z")
_IN_PATH = re.compile(r"/(?:live/|embed/|shorts/|v/)?([\w-]{6,64})/?\Z", re.ASCII)


def read_video_info(path: Path, own_id: str) -> dict[str, Any]:
    """Read an ``info.json``. Nothing in it raises an error.

    Args:
        own_id: The video's id that its name says; another one in the file is another video's.

    Returns:
        The values of a ``Row`` that it knows, and as ``warnings`` what could not be believed.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError
        said = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))  # it takes no half of a character
        if not isinstance(said, dict):
            raise ValueError
    except (OSError, ValueError, RecursionError):
        return {"warnings": ("su .info.json está dañado: título, fecha y video se toman del nombre",)}
    told = said.get("id")
    if own_id and isinstance(told, str) and told != own_id:
        doubt = f"su .info.json es de otro video ({told[:40]}): título, fecha y video se toman del nombre"
        return {"warnings": (doubt,)}
    video, lasts = said.get("webpage_url"), said.get("duration")
    is_address = isinstance(video, str) and len(video) <= 2_000 and is_web_address(video)
    known = {
        "title": one_line(said["title"])[:LONGEST_TITLE] if isinstance(said.get("title"), str) else "",
        "date": _day(said.get("upload_date")),
        "video": video if is_address else "",
        "duration_s": float(lasts) if isinstance(lasts, int | float) and 0 < lasts < 1e6 else None,
    }
    doubts = tuple(f"su .info.json {doubt}" for name, doubt in _UNKNOWN.items() if not known[name])
    return {name: value for name, value in known.items() if value} | {"warnings": doubts}


def video_key(url: str) -> str:
    """What two addresses of one video have in common."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        if _YOUTUBE.fullmatch(host):
            asked = parse_qs(parts.query).get("v", [""])[0]
            found = _IN_PATH.match(parts.path)
            if asked or (found and parts.path != "/watch"):
                return f"youtube {asked or (found[1] if found else '')}"
        return f"{host.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
    except ValueError:
        return url


def _day(said: object) -> dt.date | None:
    """``20251204``; a day that is still to come is none."""
    try:
        day = dt.datetime.strptime(said, "%Y%m%d").date() if isinstance(said, str) else None
    except ValueError:
        return None
    return day if day and dt.date(1900, 1, 1) < day <= dt.date.today() + dt.timedelta(days=1) else None
