"""JSON objects that bear a hash of themselves (``suma``, their last key): what a disk changed is not what was written.

An object without a hash comes from an older version of Consta and is taken as it is.
"""

import hashlib
import re

_SEAL = re.compile(rb',"suma":"([0-9a-f]{64})"\}')
_LENGTH = 75
"""Bytes of a seal."""


def sealed(text: bytes, before: str = "") -> bytes:
    """An object with its hash; ``before`` (the hash of another one) goes into it."""
    return text[:-1] + b',"suma":"' + _hash(before, text).encode() + b'"}'


def borne(text: bytes) -> str | None:
    """The hash that an object bears."""
    found = _SEAL.fullmatch(text[-_LENGTH:])
    return None if found is None else found[1].decode()


def verified(text: bytes, before: str = "") -> str:
    """The hash of an object, whether it bears it or not.

    Raises:
        ValueError: It bears another one.
    """
    said = borne(text)
    digest = _hash(before, text if said is None else text[:-_LENGTH] + b"}")
    if said not in (None, digest):
        raise ValueError(digest)
    return digest


def _hash(before: str, text: bytes) -> str:
    return hashlib.sha256(before.encode() + text).hexdigest()
