"""The commands of staff, ``python -m indexer …``. ``homes``, here, names each command with its module."""

from indexer.cli.group import cli

cli.homes = {
    "actualizar": "building",
    "revisar": "building",
    "pendientes": "building",
    "nuevo": "adding",
    "editar": "editing",
    "programa": "editing",
    "examinar": "inspection",
    "agregar": "adding",
    "importar": "importing",
    "comparar": "inspection",
    "hablantes": "speakers",
    "personas": "registers",
    "temas": "registers",
    "corregir": "corrections",
    "mover": "moving",
    "unir": "moving",
    "partir": "splitting",
    "retirar": "withdrawal",
    "historial": "history",
    "deshacer": "history",
    "reporte": "reporting",
    "reportes": "reporting",
    "respuesta": "reporting",
    "vigilar": "watching",
    "cuenta": "accounts",
    "respaldar": "backups",
    "restaurar": "backups",
    "verificar": "backups",
}

__all__ = ["cli"]
