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

_ORDER = (
    "actualizar", "revisar", "pendientes", "nuevo", "examinar", "agregar", "comparar", "hablantes", "corregir",
    "retirar", "historial", "deshacer", "reporte", "reportes", "vigilar", "cuenta",
)  # fmt: skip
"""As a person meets them; help lists them so."""
cli.commands = {name: cli.commands[name] for name in (*_ORDER, *sorted(set(cli.commands) - set(_ORDER)))}

__all__ = ["cli"]
