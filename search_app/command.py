"""The command ``consta`` of an installed package: the orders of ``search_app``, then those of ``indexer``."""

import os
import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run one order of either program; see ``indexer.console.run``."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C among the imports ends it without a traceback
    os.environ["CONSTA_PROGRAMA"] = "consta"  # before ``indexer.program`` reads it

    import click

    from indexer.cli import cli as staff
    from indexer.console import SpanishGroup, run
    from search_app.__main__ import cli as readers

    class Both(SpanishGroup):
        """The orders of both programs."""

        def list_commands(self, ctx: click.Context) -> list[str]:
            return [*readers.list_commands(ctx), *staff.list_commands(ctx)]

        def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
            return readers.get_command(ctx, cmd_name) or staff.get_command(ctx, cmd_name)

    run(Both(help="Busca en lo que se dijo en sesiones grabadas, y cuida el acervo y su índice."), "consta")
