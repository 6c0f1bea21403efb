"""The group of commands, and the options that several of them take."""

import functools
import getpass
import importlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from indexer import history
from indexer.config import Settings
from indexer.console import SpanishGroup, config_option, option
from indexer.corpus.toml_edit import one_line
from indexer.folder_owner import act_as_owner
from indexer.model import Kind, PageId

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
KIND = click.Choice([kind.value for kind in Kind])
TERMINAL = "terminal"
_LONGEST_NAME = 200


class Families(SpanishGroup):
    """Commands whose modules (``homes``) are read once they are asked for: many import longer than they run."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.homes: dict[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """See ``homes``."""
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; its module puts it into the group."""
        if cmd_name in self.homes:
            importlib.import_module(f"indexer.cli.{self.homes[cmd_name]}")
        return super().get_command(ctx, cmd_name)


@click.group(cls=Families)
def cli() -> None:
    """Construye y cuida el índice de Consta a partir de los textos del acervo."""


@dataclass(frozen=True, slots=True)
class Call:
    """What every command is told.

    Attributes:
        as_json: Whether the answer is one JSON object.
        author, origin, publisher: Who, from where, and who let it pass; for the history.
    """

    settings: Settings
    as_json: bool = False
    author: str = ""
    origin: str = TERMINAL
    publisher: str = ""

    def step(self, action: str, page: PageId | None, summary: str = "") -> AbstractContextManager[history.Step]:
        """A step of the history, by whoever asks."""
        return history.step(self.settings.corpus, self.author, self.origin, action, page, summary, self.publisher)


def places(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every command takes; the command gets ``settings``."""

    @functools.wraps(command)
    def with_settings(corpus: str | None, indice: str | None, **rest: Any) -> Any:
        settings = Settings.make(corpus, indice)
        act_as_owner(settings.corpus, settings.index)
        return command(settings=settings, **rest)

    decorated: Callable[..., Any] = option("corpus")(option("indice")(config_option(with_settings)))
    return decorated


def reading(command: Callable[..., Any]) -> Callable[..., Any]:
    """For a command that only reads: the places and ``--json``; the command gets ``call``."""

    @functools.wraps(command)
    def with_asked(settings: Settings, as_json: bool, **rest: Any) -> Any:
        return command(call=Call(settings, as_json), **rest)

    as_object = click.option("--json", "as_json", is_flag=True, help="La respuesta, como un objeto JSON.")
    return places(as_object(with_asked))


def writing(command: Callable[..., Any]) -> Callable[..., Any]:
    """For a command that takes a step: the places, ``--json`` and who does it; the command gets ``call``."""

    @functools.wraps(command)
    def with_author(call: Call, autor: str | None, desde: str | None, publica: str | None, **rest: Any) -> Any:
        author = one_line(autor or "")[:_LONGEST_NAME] or _account()
        origin = one_line(desde or "")[:_LONGEST_NAME] or TERMINAL
        publisher = one_line(publica or "")[:_LONGEST_NAME]
        return command(call=replace(call, author=author, origin=origin, publisher=publisher), **rest)

    origin = click.option("--desde", metavar="TEXTO", help="Desde dónde, para el historial (si no, terminal).")
    publisher = click.option("--publica", metavar="NOMBRE", help="Quién lo revisó y lo publica, para el historial.")
    author = click.option("--autor", metavar="NOMBRE", help="Quién lo hace, para el historial (si no, su usuario).")
    return reading(author(origin(publisher(with_author))))


def _account() -> str:
    """The account of the system that runs this."""
    try:
        return one_line(getpass.getuser()) or "?"
    except (KeyError, OSError):
        return "?"


def page_of(text: str, *, session: bool = True) -> PageId:
    """``EVENTO/MESA`` as typed. Raises ``UsageError``: a mesa is needed, and it is not one."""
    page = PageId.parse(text.strip("/"))
    if session and page.session is None:
        raise click.UsageError(f"«{text}» no es una mesa: escriba EVENTO/MESA, por ejemplo foro-ieem-2025/mesa-1.")
    return page
