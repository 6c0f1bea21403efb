"""Recordings as programs lay them down, made up for the tests: nobody said any of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ID = "Ab3_efgh-J{:x}"


def captions(words: str) -> str:
    """Captions of a recording in which these words are said twice."""
    return f"WEBVTT\n\n00:01.000 --> 00:04.000\n{words}\n\n00:04.000 --> 00:08.000\ny otra vez {words}\n"


def yt_dlp_pair(folder: Path, number: int, **info: Any) -> str:
    """Captions and data of a video (ten at most), as yt-dlp names them; returns the name that both have in common."""
    own = ID.format(number)
    title = f"Sesión ficticia {number}"
    name = f"{title} [{own}]"
    folder.mkdir(parents=True, exist_ok=True)
    words = f"la urna {number} se selló delante de los representantes {number * 'muy '}temprano"
    (folder / f"{name}.es.vtt").write_text(captions(words), encoding="utf-8")
    said = {
        "id": own, "title": title, "upload_date": f"2025120{number}", "duration": 9,
        "webpage_url": f"https://www.youtube.com/watch?v={own}", **info,
    }  # fmt: skip
    (folder / f"{name}.info.json").write_text(json.dumps(said), encoding="utf-8")
    return name
