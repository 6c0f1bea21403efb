"""The commands of staff: ``python -m indexer …``. One module a family of commands."""

from indexer.cli import accounts, adding, building, examining, naming, past, withdrawing  # noqa: F401 - each puts its commands into the group
from indexer.cli.group import cli

__all__ = ["cli"]
