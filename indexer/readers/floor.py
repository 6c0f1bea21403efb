"""The sentences with which minutes and gazettes announce who speaks: ``Intervino la concejala Ana Prado:``."""

from __future__ import annotations

import re

_FLOOR = r"(?:el )?uso de (?:la|su) (?:palabra|voz)(?: [^:,.]{1,40}?)?"
# «Pregunta a la consejera …» is put to her: each verb has its own particle.
_ANNOUNCES = re.compile(
    r"(?:(?:acto seguido|a continuaci[óo]n|enseguida|seguidamente|con la venia de [^:.]{3,80}?),? )?"
    rf"(?:(?:(?:hace|hizo|(?:retom|recobr|recuper|reanud|ejerc)[aeóo]|en|toma|tom[óo]|contin[úu]a (?:con|en)) {_FLOOR}"
    r"|(?:re)?tom(?:a|[óo]) la (?:palabra|voz)"
    r"|(?:vuelve a )?interv(?:ino|iene|enir)(?: (?:nuevamente|de nuevo|otra vez|en primer lugar|a continuaci[óo]n),?)?"
    r"|interpel(?:a|[óo])|replic(?:a|[óo])|respond(?:e|i[óo])|contest(?:a|[óo])|pregunt(?:a|[óo])"
    r"|contin(?:[úu]a|u[óo])|prosigu(?:e|i[óo])|interrump(?:e|i[óo])) (?:el|la)"
    r"|(?:palabras|intervenci[óo]n|(?:contra)?r[ée]plica|a cargo|por parte) (?:del|de la|de)"
    rf"|(?:la presidencia|el presidente|la presidenta|la mesa|se) (?:le )?(?:concede|otorga|cede) {_FLOOR}"
    r" (?:al|a la|a)"
    r") (?=[^\W\d_])",
    re.IGNORECASE,
)


def announced(text: str) -> str | None:
    """Who is announced, with the post; None where it is no such sentence (``Tiene la palabra …`` says the chair).

    Args:
        text: What stands before a colon, at most ``MAX_LABEL`` letters.
    """
    found = _ANNOUNCES.match(text)
    return text[found.end() :] if found else None
