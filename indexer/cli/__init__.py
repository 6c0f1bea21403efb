"""The commands of staff: ``python -m indexer …``. One module a family of commands."""

from indexer.cli.group import cli

cli.homes = {
    "actualizar": "building",
    "revisar": "building",
    "pendientes": "building",
    "nuevo": "adding",
    "examinar": "examining",
    "agregar": "adding",
    "comparar": "examining",
    "hablantes": "naming",
    "personas": "naming",
    "corregir": "mending",
    "retirar": "withdrawing",
    "historial": "past",
    "deshacer": "past",
    "reporte": "reporting",
    "reportes": "reporting",
    "vigilar": "watching",
    "cuenta": "accounts",
}

__all__ = ["cli"]
