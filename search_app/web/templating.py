"""The templates of every room: where they are, what they may call, and how they escape what they show."""

import hashlib
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

import markupsafe
from flask import Flask
from flask.templating import Environment
from jinja2 import FileSystemLoader, nodes
from jinja2.compiler import CodeGenerator, Frame

from indexer import program
from indexer.formats import FORMATS
from indexer.language.inferred_names import INFERRED_NAME, INFERRED_NAME_MEANS
from search_app.finding import trend
from search_app.shown import formatting
from search_app.shown.addresses import address, fragment_address, page_address, topic_address
from search_app.shown.collection import topic_name
from search_app.shown.dates import brief_date, date_words, period_words

HERE = Path(__file__).parents[1]
"""The folder of ``search_app``: each room keeps its templates in a folder of its own name."""


def escape(value: object) -> str:
    """Escape as ``markupsafe.escape`` does; a plain string, as most are, is not wrapped to say that it is safe now."""
    if type(value) is str:
        escaped: str = markupsafe._escape_inner(value)  # type: ignore[attr-defined]
        return escaped
    return value if type(value) is markupsafe.Markup else markupsafe.escape(value)


class _Compiler(CodeGenerator):
    """Compiles templates that escape with ``escape``: a page does it hundreds of times.

    A block gathers its parts, as macros do, and hands them on together: else each of a thousand parts goes through
    three generators. An attribute is read as in Python where templates show models alone, and no dictionaries: a page
    of results reads a thousand.
    """

    def visit_Template(self, *visited: Any) -> None:
        super().visit_Template(*visited)
        self.writeline(f"from {__name__} import escape; from operator import call")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if not (self.name or "").startswith("finding/"):
            return super().visit_Getattr(node, frame)
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        self.write("call(")  # nothing of ours asks for the context, for which Jinja would look each time
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.block_frame:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        if frame.block_frame:
            self.writeline(f"yield concat({frame.buffer})")
        super().leave_frame(frame, with_python_scope)


class _Environment(Environment):
    """Gives templates its globals as they are, not behind a ``ChainMap``, which each page would walk name by name."""

    code_generator_class = _Compiler

    def make_globals(self, more: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(more) if more else self.globals


def prepare_templates(app: Flask) -> None:
    """Set up the templates of an application."""
    app.jinja_loader = FileSystemLoader(sorted(HERE.glob("*/templates")))
    app.jinja_environment = _Environment
    environment = app.jinja_env
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters.update(
        dia=formatting.day, dicha=period_words, numero=formatting.number, cuenta=formatting.count,
        lista=formatting.listed, sitio=formatting.site, rangos=formatting.ranges, reloj=formatting.clock,
        tema=topic_name, dibujo=trend.drawn, eje=trend.axis, periodo=lambda unit: trend.CALLED[unit][0],
    )  # fmt: skip
    environment.globals.update(
        direccion=address,
        direccion_fragmento=fragment_address,
        direccion_pagina=page_address,
        direccion_tema=topic_address,
        estatico=_static,
        fecha=date_words,
        fecha_breve=brief_date,
        formatos=FORMATS,
        nombre_inferido=INFERRED_NAME,
        nombre_inferido_es=INFERRED_NAME_MEANS,
        orden=program.STAFF,
        orden_del_sitio=program.SERVER,
    )


def _static(name: str) -> str:
    """The address of a file of ours, another one for each of its states."""
    return address(f"/static/{name}", ("v", state(name)))


@cache
def state(name: str) -> str:
    """The mark of what a file of ours holds; kept without its address, which has the prefix of one application."""
    return hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:8]
