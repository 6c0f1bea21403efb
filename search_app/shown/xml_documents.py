"""XML as it goes out: UTF-8, and no letter that XML 1.0 has no place for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def lawful(text: str) -> str:
    """The text without the control characters that no XML document may hold, not even escaped."""
    return _NO_XML.sub("", text)


def put(parent: Element, tag: str, text: str | None = None, attributes: Mapping[str, str] | None = None) -> Element:
    """A child with its text and attributes."""
    child = SubElement(parent, tag, {name: lawful(value) for name, value in (attributes or {}).items()})
    if text is not None:
        child.text = lawful(text)
    return child


def document(root: Element) -> bytes:
    """The whole document, with its declaration."""
    body: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()
