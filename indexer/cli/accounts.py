"""``cuenta``: who may sit at the desk, and what each may do there."""

import sys
from typing import Any

import click

from indexer.cli.group import Call, cli, reading
from indexer.cli.output import answer, read_json
from indexer.errors import CorpusError
from indexer.operations.accounts import LINK_HOURS, ROLES, SHORTEST, Accounts


@cli.command()
@click.argument("nombre", required=False, metavar="NOMBRE")
@click.option("--papel", type=click.Choice(ROLES), help="editor: propone cambios; responsable: publica y hace cuentas.")
@click.option("--eventos", metavar="A,B", help="Solo en esos eventos; vacío, en todos.")
@click.option("--enlace", is_flag=True, help=f"Da el enlace, de un solo uso y {LINK_HOURS} h, con que elige su clave.")
@click.option(
    "--desactivar/--activar", "disable", default=None, help="Deja fuera la cuenta, o la deja entrar otra vez."
)
@click.option("--cerrar-sesiones", "end", is_flag=True, help="Termina sus sesiones abiertas.")
@click.option("--quitar", is_flag=True, help="Quita la cuenta.")
@click.option("--lista", is_flag=True, help="Dice qué cuentas hay.")
@click.option(
    "--comprobar", is_flag=True, help='Lee {"nombre", "clave"}: si es la suya; con "nueva", la cambia por esa.'
)
@click.option("--canjear", is_flag=True, help='Lee {"enlace", "clave"}: la cuenta de ese enlace tiene esa clave.')
@click.option("--clave-por-entrada", "from_input", is_flag=True, help="Lee la clave de la entrada: un renglón.")
@reading
def cuenta(
    nombre: str | None, papel: str | None, eventos: str | None, enlace: bool, disable: bool | None, end: bool,
    quitar: bool, lista: bool, comprobar: bool, canjear: bool, from_input: bool, call: Call,
) -> int:  # fmt: skip
    """Crea una cuenta para el escritorio del acervo, le da otra clave o cambia lo que puede hacer."""
    if not call.settings.corpus.is_dir():
        raise CorpusError(f"El acervo {call.settings.corpus} no existe. Indique la carpeta del acervo con --corpus")
    accounts = Accounts(call.settings.corpus)
    if sum((lista, comprobar, canjear, nombre is not None)) != 1:
        raise click.UsageError("diga una sola cosa: el NOMBRE de la cuenta, --lista, --comprobar o --canjear.")
    if comprobar:
        return _checked(accounts, call)
    events = None if eventos is None else [part.strip() for part in eventos.split(",") if part.strip()]
    secret = None
    if canjear:
        values = read_json()
        done = f"La cuenta {accounts.redeem(str(values.get('enlace', '')), str(values.get('clave', '')))} tiene clave."
    elif nombre is None:
        done = "\n".join(map(_line, accounts.told())) or "Todavía no hay cuentas."
    elif quitar:
        accounts.remove(nombre)
        done = f"Se quitó la cuenta {nombre}."
    elif enlace:
        secret = accounts.link(nombre, papel, events)
        done = f"La clave se elige en la dirección del sitio más: /entrar/enlace?llave={secret}"
    elif disable is not None or end or (not from_input and accounts.knows(nombre) and (papel or events is not None)):
        enabled = None if disable is None else not disable
        done = f"La cuenta {accounts.change(nombre, papel, events, enabled=enabled, end=end)} se cambió."
    else:
        done = f"La cuenta {accounts.put(nombre, _password(from_input), papel, events)} está lista."
    told = accounts.told()
    seals = {one["nombre"]: one["sello"] for one in told if one["activa"]}
    names = {"cuentas": [one["nombre"] for one in told], "sellos": seals, "detalle": told}
    return answer(call, names if secret is None else {**names, "enlace": secret}, [done])


def _checked(accounts: Accounts, call: Call) -> int:
    """``--comprobar``: whether a password is that of an account; another one is put in its place where it is."""
    values = read_json()
    before = accounts.told()  # read before: a password that is changed meanwhile ends this session too
    name = accounts.check(str(values.get("nombre", "")), str(values.get("clave", "")))
    if name is not None and "nueva" in values:
        accounts.put(name, str(values["nueva"]))
        before = accounts.told()
    seal = next((one["sello"] for one in before if one["nombre"] == name), None)
    told = {"bien": name is not None, "nombre": name, "sello": seal}
    answer(call, told, ["La clave es la suya." if name else "El nombre o la clave no son correctos."])
    return 0 if name or call.as_json else 1


def _line(one: dict[str, Any]) -> str:
    where = f" de {', '.join(one['eventos'])}" if one["eventos"] else ""
    return f"{one['nombre']} · {one['papel']}{where}{'' if one['activa'] else ' · desactivada'}"


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    first: str = click.prompt(f"Clave ({SHORTEST} caracteres o más)", hide_input=True, err=True)
    if click.prompt("Otra vez", hide_input=True, err=True) != first:
        raise CorpusError("Las dos claves no son iguales: vuelva a intentarlo")
    return first
