"""Files of ours say the version of their format (``version``): an older program refuses what a newer one wrote."""

from typing import TypeVar

import msgspec

from indexer.errors import ConstaError
from indexer.sealed_json import borne, verified

Form = TypeVar("Form")


class NewerFormat(ConstaError):
    """A newer version of Consta wrote it."""


class _Head(msgspec.Struct):
    version: int = 1


def decode(data: bytes, form: type[Form], known: int, place: object) -> Form:
    """Read a JSON file of ours.

    Args:
        data: Its bytes. Without ``version`` it is of the first one.
        form: What it holds.
        known: The newest version that this program knows.
        place: Of the file, for the message.

    Raises:
        NewerFormat: A newer version of Consta wrote it.
        ValueError: It is damaged.
    """
    if borne(data) is not None:
        verified(data)
    found = msgspec.json.decode(data, type=_Head).version
    if found > known:
        raise newer(place, found, known)
    return msgspec.json.decode(data, type=form)


def newer(place: object, found: int, known: int) -> NewerFormat:
    """What to say of a file of a newer format."""
    return NewerFormat(
        f"{place}: lo escribió una versión más nueva de Consta (formato {found}; aquí se conoce hasta el {known}): "
        "actualice Consta. No se cambió nada."
    )
