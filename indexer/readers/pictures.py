"""Pictures in Markdown: neither their address nor what stands in for them was said."""

from __future__ import annotations

import re

_PICTURE = re.compile(
    r"\[?!\[[^\[\]]{0,1000}\](?:\([^()]*(?:\([^()]{0,200}\)[^()]*)?\)|\[[^\[\]]{0,100}\])(?:\]\([^()\s]{0,2000}\))?"
)
_TAG = re.compile(r"<(?:img|picture|source|figure)(?:\s[^<>]*)?/?>|</(?:picture|figure)>", re.IGNORECASE)
_DEFINED = re.compile(
    r"^ {0,3}\[[^\[\]^]{1,100}\]: {0,3}<?(?:https?:|data:|\.{0,2}/|#)\S*>?(?: .{0,300})?$", re.MULTILINE
)
_MARK = re.compile(r"\[\^[^\[\]\s]{1,40}\](?!:)")


def without_pictures(text: str) -> str:
    """Markdown without its pictures, the addresses it defines, and the marks of its footnotes."""
    for pattern in (_PICTURE, _TAG, _DEFINED, _MARK):
        text = pattern.sub("", text)
    return text
