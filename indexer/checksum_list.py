"""Lists of SHA-256 by path, as ``sha256sum`` writes them and ``sha256sum -c`` checks them."""

import re
from collections.abc import Mapping

_LINE = re.compile(r"(\\?)([0-9a-f]{64})  (.+)")
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_MEANT = {escape[1]: letter for letter, escape in _ESCAPES.items()}


def render(sums: Mapping[str, str]) -> bytes:
    """Return the list, sorted by path. A name that breaks the line is escaped as ``sha256sum`` does."""
    lines = []
    for path, digest in sorted(sums.items()):
        escaped = re.sub(r"[\\\n\r]", lambda found: _ESCAPES[found[0]], path)
        lines.append(f"{'' if escaped == path else chr(92)}{digest}  {escaped}\n")
    return "".join(lines).encode("utf-8", "surrogateescape")


def parse(data: bytes) -> dict[str, str]:
    """Read a list.

    Raises:
        ValueError: A line of it is none, or the last one is not whole.
    """
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    if lines.pop():
        raise ValueError("the last line has no end")
    sums = {}
    for line in lines:
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(f"not a line of a list of sums: {line[:80]!r}")
        path = re.sub(r"\\(.)", lambda escape: _MEANT[escape[1]], found[3]) if found[1] else found[3]
        sums[path] = found[2]
    return sums
