"""The forms of the desk that take a step, filled as a person does: a table, and what fills one of its rows.

``FORMS`` says of each what is opened and what is typed there; the last one of a row is sent for good. An address that
is empty is the page to which the one before led. ``EVERY`` stands for all that a list of boxes offers.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import FileStorage, MultiDict

from tests.search_app.desk.desk_office import captions, panel

EVERY = "*"
_PUBLISH = ("", {"accion": "publicar"})
_PROGRAMME = "Mesa 7. Los folios\nModera: Eva Sol\n\nMesa 8. Los sellos\nAna Ruiz\n"
_SOURCE = {"fuentes.0.id": "f1", "fuentes.0.titulo": "Nota", "fuentes.0.url": "https://example.mx/"}
FORMS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "agregar": (
        ("/acervo/agregar", {"titulo_mesa": "Mesa nueva", "evento": "foro", "texto": panel(1, "magnolia")}), _PUBLISH),
    "reemplazar": (("/acervo/agregar", {"mesa": "foro/mesa-1", "texto": captions(1, "roa")}),
        ("", {"tipo": "transcripcion", "accion": "revisar"}), _PUBLISH),
    "importar": (
        ("/acervo/importar", {"evento": "foro", "archivos": [(f"2025-12-04 {name}.vtt", captions(1, name)) for name in
                              ("sosa", "luna")]}), _PUBLISH),
    "partir": (
        ("/acervo/foro/partir", {"archivo": ("dia.vtt", captions(3, "paz"))}),
        ("", {"mesa": ["mesa-2", ""], "titulo": ["Lo que viene", "La tarde"], "inicio": ["0:10", "1:00"],
              "fin": ["0:50", ""], "accion": "publicar"})),
    "nuevo": (
        ("/acervo/nuevo", {"programa": f"Congreso\n\n{_PROGRAMME}", "accion": "entender"}),
        ("", {"titulo": "Congreso", "inicio": "2025-12-04", "accion": "guardar"})),
    "programa": (
        ("/acervo/nuevo?evento=foro", {"programa": _PROGRAMME, "accion": "entender"}), ("", {"accion": "guardar"})),
    "editar": (("/acervo/foro/mesa-2/editar", {"titulo": "Otro título", **_SOURCE, "accion": "guardar"}),),
    "editar evento": (("/acervo/foro/editar", {"titulo": "Otro foro", "sede": "Toluca", "accion": "guardar"}),),
    "mover": (("/acervo/foro/mesa-1/mover?que=mover&evento=foro&nombre=mesa-9", {"nombre": "mesa-9"}),),
    "mover evento": (("/acervo/foro/mover?que=mover&nombre=otro", {"nombre": "otro"}),),
    "mover texto": (("/acervo/foro/mesa-1/mover?que=transcripcion&mesa=foro/mesa-2", {"mesa": "foro/mesa-2"}),),
    "unir": (("/acervo/foro/mesa-1/mover?que=unir&mesa=foro/mesa-2", {"mesa": "foro/mesa-2"}),),
    "hablantes": (("/acervo/foro/mesa-1/hablantes", {"f1": "Ana Ruiz", "final": "si"}),),
    "nombre": (("/acervo/foro/mesa-3/hablantes", {"de": "LA PRESIDENTA", "a": "Ana Ruiz"}),),
    "corregir": (("/acervo/foro/mesa-3/corregir", {"t2": "Traje las listas de Gómez.", "c2": "si"}),),
    "corregir en todo": (("/acervo/corregir?buscar=caja&por=urna", {"lugar": EVERY, "accion": "corregir"}),),
    "tema": (("/acervo/temas/-nuevo", {"id": "caja", "etiqueta": "caja", "signos": "listas", "accion": "guardar"}),),
    "persona": (("/acervo/personas/-nuevo", {"nombre": "Ana Ruiz", "variantes": "Anita", "accion": "guardar"}),),
    "retirar": (
        ("/acervo/foro/mesa-1/retirar?que=mesa",
         {"como": "conservar", "motivo": "A petición", "confirmacion": "RETIRAR"}),),
    "retirar fragmento": (
        ("/acervo/foro/mesa-3/retirar?que=fragmento&fragmento=1",
         {"como": "conservar", "motivo": "A petición", "confirmacion": "RETIRAR"}),),
}  # fmt: skip

Ask = Callable[[str, MultiDict[str, Any] | None], tuple[str, str]]
"""Opens an address, or sends a form there: where one ends, and what is there."""


def fill(ask: Ask, name: str) -> tuple[str, MultiDict[str, Any]]:
    """Send all of a row but its last form; the address and the fields of that one."""
    *before, last = FORMS[name]
    at = page = ""
    for place, fields in before:
        at, page = ask(place, None) if place else (at, page)
        at, page = ask(*filled(page, at, fields))
        while "/acervo/encargos/" in at and 'http-equiv="refresh"' in page:  # it is being looked at
            time.sleep(0.2)
            at, page = ask(at, None)
    at, page = ask(last[0], None) if last[0] else (at, page)
    return filled(page, at, last[1])


def filled(page: str, at: str, fields: dict[str, Any]) -> tuple[str, MultiDict[str, Any]]:
    """Where the form of a page is sent that has these fields, and what it says then."""
    forms = [one for one in BeautifulSoup(page, "html.parser").find_all("form") if one.get("method") == "post"]
    forms = [one for one in forms if not str(one.get("action")).endswith("/salir")]
    form = next((one for one in forms if fields.keys() <= {field.get("name") for field in _fields(one)}), None)
    assert form is not None, f"{at} has no form with {[*fields]}: {told(page)}"
    data: MultiDict[str, Any] = MultiDict()
    for field in _fields(form):
        if field.get("name") not in {None, *fields}:
            data.setlistdefault(str(field["name"])).extend(says(field))
    for key, typed in fields.items():
        offered = [str(field.get("value")) for field in _fields(form) if field.get("name") == key]
        for value in offered if typed == EVERY else typed if isinstance(typed, list) else [typed]:
            data.add(key, FileStorage(io.BytesIO(value[1].encode()), value[0]) if isinstance(value, tuple) else value)
    return urljoin(at, str(form.get("action") or at)), data


def told(page: str) -> str:
    """What the main part of a page says, in short."""
    main = BeautifulSoup(page, "html.parser").select_one("main")
    marked = [one.get_text(" ", strip=True) for one in main.select("h1, .error, .aviso, .falla")] if main else []
    return " | ".join(marked)[:300]


def _fields(form: Tag) -> list[Tag]:
    return form.find_all(["input", "textarea", "select", "button"])


def says(field: Tag) -> list[str]:
    """What a browser would send of it, untouched."""
    kind = field.get("type")
    if field.name == "button" or kind == "file" or (kind in ("radio", "checkbox") and not field.has_attr("checked")):
        return []
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        options = field.find_all("option")
        return [str(one.get("value", one.text)) for one in options if one.has_attr("selected")] or [
            str(one.get("value", one.text)) for one in options[:1]
        ]
    return [str(field.get("value") or "")]
