"""The commands of staff: ``python -m indexer …``. One module a family of commands."""

from indexer.cli import (  # noqa: F401 - each puts its commands into the group
    accounts,
    adding,
    building,
    examining,
    mending,
    naming,
    past,
    reporting,
    watching,
    withdrawing,
)
from indexer.cli.group import cli

__all__ = ["cli"]
