"""Commands that speak Spanish: click's help and its usage errors, for both programs. Exit codes: 0, 1, 2."""

import json
import os
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NoReturn

import click

from indexer.config import NAMED_BY, TABLE
from indexer.errors import ConstaError, SettingInvalid, memory_errors, reason

_HELP = "Muestra esta ayuda y termina."


class SpanishCommand(click.Command):
    """A command whose help is in Spanish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPCIONES]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option, explained in Spanish."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line that begins with «Uso»."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Uso: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options under a Spanish heading."""
        records = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx))]
        if records:
            with formatter.section("Opciones"):
                formatter.write_dl([(name, text.replace("[required]", "[obligatoria]")) for name, text in records])


class SpanishGroup(SpanishCommand, click.Group):
    """A group of such commands."""

    command_class = SpanishCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "ORDEN [ARGUMENTOS]...")
        super().__init__(*args, **kwargs)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        super().format_options(ctx, formatter)
        named = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [(name, command.get_short_help_str(90)) for name, command in named if command is not None]
        with formatter.section("Órdenes"):
            formatter.write_dl(rows)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which they were written."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Names the commands there are when one is mistyped."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            ctx.fail(f"No existe la orden «{args[0]}». Las que hay: {', '.join(self.list_commands(ctx))}.")
        return super().resolve_command(ctx, args)


def option(name: str) -> Callable[..., Any]:
    """The option of a setting; whoever takes it hands it to ``setting``."""
    row = TABLE[name]
    if row.kind == "si_no":
        return click.option(row.option, is_flag=True, default=None, help=f"{row.says} ({row.variable}).")
    metavar = row.metavar or {"carpeta": "CARPETA", "redes": "REDES"}.get(row.kind, "N")
    usual = f" [{row.default}]" if row.default else ""
    return click.option(row.option, metavar=metavar, help=f"{row.says} ({row.variable}){usual}.")


def _read_instead(_: click.Context, __: click.Parameter, file: str | None) -> None:
    """Name the file of settings for this command and for every child of it, whatever folder that works in."""
    if file:
        os.environ[NAMED_BY] = os.path.abspath(file)


config_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--config",
    metavar="ARCHIVO",
    help="Archivo de ajustes [consta.toml; si no, el de ~/.config/consta o el de /etc/consta].",
    is_eager=True,
    expose_value=False,
    callback=_read_instead,
)
"""``--config``, which every command takes."""


def run(program: click.Group, name: str) -> NoReturn:
    """Run a program to its exit code; nothing but a sentence in Spanish reaches the person.

    Args:
        program: The group of commands.
        name: How it is called (``python -m indexer``).
    """
    _speak_utf8()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing multiplies matrices, and its threads ask for memory
    if not os.environ.get("CONSTA_DEPURAR"):
        sys.unraisablehook = lambda _: None  # what Python throws away without memory, it tells with a traceback
    warnings.simplefilter("ignore", SyntaxWarning)  # Whoosh is from 2016: Python 3.12 and later warn of it once
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(_guarded(lambda: program.main(prog_name=name, standalone_mode=False)))


def _speak_utf8() -> None:
    """Start again in UTF-8 where the locale is ASCII: words typed with accents would not be the ones of the texts."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _guarded(call: Callable[[], object]) -> int:
    try:
        with memory_errors():
            code = call()
        return code if isinstance(code, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        return 2
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        return _told(f"Uso incorrecto: {_usage(error)}", 2)
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _told("Interrumpido. Lo publicado antes sigue sirviendo.", 1)
    except SettingInvalid as error:
        return _told(f"Uso incorrecto: {error}.", 2)
    except ConstaError as error:
        return _told(f"Error: {error}", 1, error.details)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        return _told(f"Error: {reason(error)}: {error.filename or ''}".rstrip(": ") + ".", 1)
    except Exception as error:
        if os.environ.get("CONSTA_DEPURAR"):
            traceback.print_exc()
        return _told(
            f"Error inesperado de Consta ({type(error).__name__}). No se perdió nada: el acervo y la última edición "
            "publicada siguen como estaban. Repita la orden con CONSTA_DEPURAR=1 y envíe lo que muestre a soporte.",
            1,
        )


def _told(message: str, code: int, details: Mapping[str, object] = MappingProxyType({})) -> int:
    """Say what went wrong: to a person on standard error, to a program that asked for JSON on standard output."""
    click.echo(message, err=True)
    if "--json" in sys.argv[1:]:
        plain = message.removeprefix("Error: ").removeprefix("Uso incorrecto: ")
        click.echo(json.dumps({"error": plain, **details}, ensure_ascii=False))
    return code


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return f"no existe la opción {error.option_name}. Vea --help."
    if isinstance(error, click.MissingParameter):
        return f"falta {_name(error)}. Vea --help."
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            return f"{_name(error)} debe ser uno de: {', '.join(map(str, kind.choices))}."
        if isinstance(kind, click.IntRange):
            return f"{_name(error)} debe ser un número entero de {kind.min} a {kind.max}."
        if isinstance(kind, click.DateTime):
            return f"{_name(error)} debe ser una fecha AAAA-MM-DD, por ejemplo 2025-12-04."
        if isinstance(kind, click.Path):
            return f"{_name(error)}: no existe ese archivo o no se puede leer. Revise la ruta."
        return f"{_name(error)}: {error.message}"
    if isinstance(error, click.BadOptionUsage):
        return f"a la opción {error.option_name} le falta su valor."
    if "unexpected extra argument" in error.message:
        return "sobran argumentos; los que llevan espacios van entre comillas. Vea --help."
    return error.message


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "un argumento"
    return (
        error.param.opts[0]
        if error.param.param_type_name == "option"
        else (error.param.metavar or error.param.name or "")
    )
