"""A walk over everything that a site under a prefix links to, and what of it leads out of the prefix."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag
from flask import Flask
from werkzeug.test import Client, TestResponse

HOST, PREFIX = "https://foros.example", "/sitio/consta"
PUBLIC = HOST + PREFIX
_NO_ADDRESS = {"aria-keyshortcuts"}
_HOSTED = re.compile(re.escape(HOST) + r"[^\s\"'<>),;\\]*")


class TakingOff:
    """A proxy that takes the prefix off the path; one that leaves it there is no proxy at all."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        path = environ["PATH_INFO"]
        assert f"{path}/".startswith(f"{PREFIX}/"), path
        environ["PATH_INFO"] = path.removeprefix(PREFIX) or "/"
        return self._app(environ, start_response)


def browser_of(app: Flask, *, taken_off: bool) -> Client:
    """A browser that sees the site under its prefix, whatever the application behind the proxy sees."""
    return Client(TakingOff(app.wsgi_app) if taken_off else app.wsgi_app, TestResponse)


def got(client: Client, address: str, **options: Any) -> TestResponse:
    """What stands at a path with its prefix."""
    return client.open(address, base_url=HOST, buffered=True, **options)


def addresses(answer: TestResponse) -> Iterator[str]:
    """Every address of this site that an answer holds, in its headers and in whatever it is made of."""
    yield from (answer.headers[name] for name in ("Location", "Link", "Content-Location") if name in answer.headers)
    yield from (found[1] for cookie in answer.headers.getlist("Set-Cookie") if (found := _PATH.search(cookie)))
    kind = answer.mimetype
    if not (kind.startswith("text/") or kind.endswith(("json", "xml"))) or "/static/" in answer.request.path:
        return
    yield from _HOSTED.findall(answer.text)
    yield from (text for text in _texts(kind, answer.text) if re.match(r"/(?!/)[\w*?#]|/\Z", text))


_PATH = re.compile(r"; Path=([^;]*)")


def _texts(kind: str, text: str) -> Iterator[str]:
    """Whatever may be an address, in each kind of answer."""
    if kind == "text/html":
        page = BeautifulSoup(text, "html.parser")
        for tag in page.find_all(True):
            yield from _attributes(tag)
        for script in page.find_all("script", type="application/ld+json"):
            yield from _values(json.loads(script.get_text()))
        yield from (code.get_text() for code in page.find_all("code"))
    elif kind.endswith("json"):
        yield from _values(json.loads(text))
    elif kind.endswith("xml"):
        for node in ElementTree.fromstring(text).iter():
            yield from (*node.attrib.values(), node.text or "")
    elif kind == "text/plain":
        yield from (line.partition(": ")[2] for line in text.splitlines() if ": /" in line)


def _attributes(tag: Tag) -> Iterator[str]:
    for name, value in tag.attrs.items():
        if name not in _NO_ADDRESS and isinstance(value, str):
            yield value


def _values(data: Any) -> Iterator[str]:
    """Every text of a JSON document but its keys: those of OpenAPI stand below its ``servers``."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for each in data.values() if isinstance(data, dict) else data:
            yield from _values(each)


def outside(answer: TestResponse) -> list[str]:
    """The addresses of an answer that lead out of the prefix."""
    within = re.compile(rf"(?:{re.escape(HOST)})?{PREFIX}(?![\w.-])(?!{PREFIX})")
    return [address for address in addresses(answer) if not within.match(address)]


def walk(client: Client, seeds: Iterable[str]) -> Iterator[tuple[str, TestResponse]]:
    """Every answer that can be got to by following links, one for each path and each two parameters of it."""
    waiting, seen = [PREFIX + seed for seed in seeds], set[tuple[str, ...]]()
    while waiting:
        address = waiting.pop()
        parts = urlsplit(address.replace("{", "").replace("}", ""))
        names = sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)})
        shapes = {(parts.path, *two) for two in combinations(["", *names], 2)} or {(parts.path,)}
        if shapes <= seen or "*" in parts.path or not parts.path.startswith(PREFIX):
            continue
        seen |= shapes
        answer = got(client, f"{parts.path}?{parts.query}" if parts.query else parts.path)
        yield address, answer
        waiting += addresses(answer)
