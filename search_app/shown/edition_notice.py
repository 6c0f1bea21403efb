"""The notice that the corpus changed since the edition that an address names (``edicion=``)."""

import re

from search_app.shown.addresses import address

_EDITION = re.compile(r"[0-9a-f]{12}")


def changed(asked: str | None, served: str) -> tuple[str, ...]:
    """The notice, when the edition that an address names (``edicion=``) is not the one that answers."""
    asked = (asked or "").strip().lower()
    if not asked or asked == served:
        return ()
    named = f"la edición {asked}" if _EDITION.fullmatch(asked) else "otra edición"
    was = f"El acervo cambió desde que se guardó esta dirección: era {named} y ahora es la {served}"
    kept = f"; si aquella se conserva, está en {address(f'/descargas/{asked}')}" if _EDITION.fullmatch(asked) else ""
    return (f"{was}. Lo que se encuentra puede ser otro{kept}",)
