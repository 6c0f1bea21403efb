"""What a file holds and was not said, gathered so that nothing of it goes without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from indexer.model.transcript import LeftOut
from indexer.readers.paragraphs import shortened

HEAD = "encabezado o pie de página"
PAGE_NUMBER = "número de página"
LINE_NUMBER = "números de renglón"
TURNED = "texto girado o marca de agua"
NOTE = "nota al pie"
SURROUNDS = "menú, pie o aviso de la página web"
HIDDEN = "texto oculto"
LINKS = "enlaces de la página web"
CONTENTS = "índice del documento"
COMMENT = "comentario al margen"
DOCUMENT_HEAD = "encabezado o pie del documento"
PROGRAM = "línea de un programa, no de la sesión"
CREDIT = "créditos de quien hizo el documento"
"""Why something is left out."""

_QUIET = frozenset({PAGE_NUMBER, LINE_NUMBER, LINKS, CONTENTS, DOCUMENT_HEAD})
"""What nobody can take for speech: it is listed, and no warning is due."""
_FEW_WORDS = 40
"""A menu or a notice of a page has fewer; it is listed, and told of only where it may hold speech."""
_SHOWN = 3
_LETTERS = 70


def gathered(lines: Iterable[tuple[str, str]]) -> tuple[LeftOut, ...]:
    """Texts with why they are left out, the same one once with how often; in the order in which they first stand."""
    return tuple(LeftOut(text, why, times) for (text, why), times in Counter(lines).items())


def said(left_out: Iterable[LeftOut]) -> tuple[tuple[str, str], ...]:
    """The warnings of it: one a reason."""
    by_reason: dict[str, list[str]] = {}
    for one in left_out:
        if one.why not in _QUIET and not (one.why == SURROUNDS and len(one.text.split()) < _FEW_WORDS):
            by_reason.setdefault(one.why, []).append(one.text)
    return tuple((_fault(why, texts), _CURES.get(why, _CURE)) for why, texts in by_reason.items())


_CURE = "si se dijo en la sesión, póngalo en el texto de quien lo dijo"
_CURES = {NOTE: "se conserva aparte; si se leyó en voz alta, póngala en el texto de quien la leyó"}


def _fault(why: str, texts: list[str]) -> str:
    shown = ", ".join(f"«{shortened(text, _LETTERS)}»" for text in texts[:_SHOWN])
    more = f" y {len(texts) - _SHOWN} más" if len(texts) > _SHOWN else ""
    return f"se dejó fuera de lo dicho ({why}): {shown}{more}"
