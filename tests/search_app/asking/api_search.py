"""``/api/buscar`` as tests ask it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient


def ask(client: FlaskClient, text: str, **more: str) -> dict[str, Any]:
    data: dict[str, Any] = client.get("/api/buscar?" + urlencode({"q": text, **more})).get_json()
    return data
