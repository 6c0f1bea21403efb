"""Names of folders that become addresses: what they may be, and what to write instead."""

import re

from indexer.language.spanish import slug as slug_of
from indexer.model import RESERVED

_SLUG = re.compile(r"[a-z0-9-]+")
_FRAGMENT = re.compile(r"p[0-9]+")


def is_skipped(name: str) -> bool:
    """Names that begin with ``_`` or ``.`` are no part of the corpus."""
    return name.startswith(("_", "."))


def slug_fault(name: str) -> tuple[str, str] | None:
    """What keeps a folder's name from being an address, as ``(fault, cure)`` in Spanish; None when it is good."""
    if name in RESERVED:
        return (
            f"el nombre «{name}» está reservado para una dirección del sitio",
            f"cambie el nombre de la carpeta, por ejemplo a foro-{slug_of(name)}",
        )
    if _FRAGMENT.fullmatch(name):
        return (
            f"el nombre «{name}» se confunde con el de un fragmento (p y un número)",
            f"cambie el nombre de la carpeta, por ejemplo a panel-{name[1:]}",
        )
    if not _SLUG.fullmatch(name):
        better = slug_of(name)
        named = f"cámbiele el nombre a {better}" if is_slug(better) else "cámbiele el nombre, por ejemplo a mesa-1"
        return (
            "el nombre de la carpeta solo puede llevar minúsculas sin acento, números y guiones",
            f"{named} (o antepóngale _ si no es parte del acervo)",
        )
    return None


def is_slug(name: str) -> bool:
    """True when a folder of this name can be an event or a session."""
    return bool(_SLUG.fullmatch(name)) and name not in RESERVED and not _FRAGMENT.fullmatch(name)
