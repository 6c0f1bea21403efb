"""``cuenta``: who may sit at the desk."""

from __future__ import annotations

import sys

import click

from indexer.cli.group import Call, cli, reading
from indexer.cli.output import print_json, read_json
from indexer.errors import CorpusError
from indexer.operations.accounts import SHORTEST, Accounts


@cli.command()
@click.argument("nombre", required=False, metavar="NOMBRE")
@click.option("--quitar", is_flag=True, help="Quita la cuenta.")
@click.option("--lista", is_flag=True, help="Dice qué cuentas hay.")
@click.option("--comprobar", is_flag=True, help='Lee {"nombre", "clave"} de la entrada y dice si la clave es la suya.')
@click.option("--clave-por-entrada", "from_input", is_flag=True, help="Lee la clave de la entrada: un renglón.")
@reading
def cuenta(nombre: str | None, quitar: bool, lista: bool, comprobar: bool, from_input: bool, call: Call) -> int:
    """Crea una cuenta para el escritorio del acervo, o le da otra clave. El escritorio está apagado sin cuentas."""
    if not call.settings.corpus.is_dir():
        raise CorpusError(f"El acervo {call.settings.corpus} no existe. Indique la carpeta del acervo con --corpus")
    accounts = Accounts(call.settings.corpus)
    if sum((lista, comprobar, nombre is not None)) != 1:
        raise click.UsageError("diga una sola cosa: el NOMBRE de la cuenta, --lista o --comprobar.")
    if comprobar:
        values = read_json()
        seals = accounts.seals()  # read before: a password that is changed meanwhile ends this session too
        name = accounts.check(str(values.get("nombre", "")), str(values.get("clave", "")))
        if call.as_json:
            print_json({"bien": name is not None, "nombre": name, "sello": seals.get(name or "")})
        else:
            click.echo("La clave es la suya." if name else "El nombre o la clave no son correctos.")
        return 0 if name or call.as_json else 1
    if nombre is not None and quitar:
        accounts.remove(nombre)
        done = f"Se quitó la cuenta {nombre}."
    elif nombre is not None:
        done = f"La cuenta {accounts.put(nombre, _password(from_input))} está lista."
    else:
        done = "\n".join(accounts.names()) or "Todavía no hay cuentas."
    if call.as_json:
        print_json({"cuentas": list(accounts.names()), "sellos": accounts.seals()})
    else:
        click.echo(done)
    return 0


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    first: str = click.prompt(f"Clave ({SHORTEST} caracteres o más)", hide_input=True, err=True)
    if click.prompt("Otra vez", hide_input=True, err=True) != first:
        raise CorpusError("Las dos claves no son iguales: vuelva a intentarlo")
    return first
