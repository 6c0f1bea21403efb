"""The page beside a file that was dropped into a watched folder: what was understood of it, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from indexer.language.inferred_names import INFERRED_NAME, called

_PAGE = """\
<!doctype html>
<html lang="es-MX">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }}
body {{ color: #222; background: #fff }}
h1 {{ font-size: 1.4rem }} h2 {{ font-size: 1.1rem; margin-top: 2rem }} table {{ border-collapse: collapse }}
td, th {{ text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top }}
.no {{ color: #8a1c1c; font-weight: bold }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file.

    Attributes:
        name: Of the file.
        page: Where it belongs; None where nothing says it.
        why: Why it waits; None where it was published.
        told: What ``examinar`` says of it; None where it was not read.
    """

    name: str
    page: str | None
    why: str | None
    told: dict[str, Any] | None


def render_report(outcome: Outcome) -> str:
    """The page. It needs nothing from outside and runs nothing."""
    state = "se publicó" if outcome.why is None else "queda en espera"
    return _PAGE.format(title=escape(f"{outcome.name}: {state}"), body="\n".join(_body(outcome)))


def _body(outcome: Outcome) -> Iterator[str]:
    now = dt.datetime.now().astimezone()
    if outcome.why is None:
        page = f"<b>{escape(outcome.page or '')}</b>"
        yield f"<p>Se agregó a {page} el {now:%Y-%m-%d} a las {now:%H:%M}, y ya se encuentra.</p>"
    else:
        yield f'<p><span class="no">No se publicó:</span> {escape(outcome.why)}.</p>'
        yield "<p>Corrija lo anterior y vuelva a poner el archivo en la carpeta que se vigila.</p>"
    if outcome.told is None or outcome.told["formato"] is None:
        return
    told = outcome.told
    yield "<h2>Lo que se entendió</h2>\n<table>"
    times = "con tiempos" if told["con_tiempos"] else "sin tiempos"
    alike = "; ".join(f"{one['pagina']} ({one['parte']:.0%})" for one in told["parecidos"])
    rows = (
        ("Formato", f"{told['formato']}, {times}"),
        ("Turnos", told["turnos"]),
        ("Palabras", told["palabras"]),
        ("Quién habla", "; ".join(map(_speaker, told["hablantes"])) or "el archivo no lo dice"),
        ("Parecido a", alike or "nada del acervo"),
    )
    for name, value in rows:
        yield f"<tr><th>{name}</th><td>{escape(str(value))}</td></tr>"
    yield "</table>"
    if told["problemas"]:
        yield "<h2>Lo que conviene revisar</h2>\n<ul>"
        for problem in told["problemas"]:
            yield f"<li>{escape(problem['texto'])}</li>"
        yield "</ul>"
    if told["fragmentos"]:
        yield "<h2>Los primeros fragmentos</h2>"
        for one in told["fragmentos"]:
            speaker = called(one["persona"], one["persona_inferida"])
            who = f"<b>{escape(speaker)}:</b> " if speaker else ""
            yield f"<p>{who}{escape(one['texto'])}</p>"


def _speaker(one: dict[str, Any]) -> str:
    inferred = f"; {one['inferidos']} con {INFERRED_NAME}" if one["inferidos"] else ""
    return f"{one['persona'] or one['etiqueta']} ({one['turnos']}{inferred})"
