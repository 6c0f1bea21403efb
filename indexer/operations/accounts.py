"""``_personal/``: the accounts of the staff. Passwords are kept as argon2id hashes, so nobody can read one back."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import secrets
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import HashingError, InvalidHashError, VerificationError

from indexer.durable import private_folder, write_atomic
from indexer.errors import CorpusError
from indexer.format_version import decode
from indexer.history import corpus_lock
from indexer.sealed_json import sealed

FOLDER = "_personal"
FILE = "cuentas.json"
VERSION = 1
SECRET = "clave"
SHORTEST = 12
LONGEST = 1_000
"""Letters of a password; argon2 itself takes any number."""

_NAME = re.compile(r"[^\W_](?:[ .'’_-]?[^\W_]){1,59}")
_NO_MEMORY = ("Memory allocation error", "Threading failure")
_HASHER = PasswordHasher()  # argon2id, by RFC 9106's second recommendation: 64 MiB, 3 rounds, 4 lanes


class _Account(
    msgspec.Struct, frozen=True, rename={"name": "nombre", "password": "clave", "since": "desde", "seal": "sello"}
):
    name: str
    password: str
    since: str
    seal: str = ""


class _File(msgspec.Struct, frozen=True, rename={"accounts": "cuentas", "decoy": "senuelo"}):
    """The decoy is the hash of a password that nobody has: an unknown name takes as long as a known one."""

    decoy: str
    accounts: tuple[_Account, ...] = ()
    version: int = VERSION


class Accounts:
    """The accounts of one corpus."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / FOLDER / FILE

    def names(self) -> tuple[str, ...]:
        """The names of all accounts, sorted."""
        return tuple(sorted((one.name for one in self._read().accounts), key=str.casefold))

    def seals(self) -> dict[str, str]:
        """One value per account. It changes when the password changes, is no secret, and reveals nothing of it."""
        return {one.name: one.seal or one.since for one in self._read().accounts}

    def put(self, name: str, password: str) -> str:
        """Make an account, or give one another password.

        Returns:
            The name as it is written down.

        Raises:
            CorpusError: The name or the password is not accepted.
        """
        name = _clean(name)
        if not _NAME.fullmatch(name):
            fault = f"«{name[:60]}» no sirve como nombre: use de 2 a 60 letras y números, por ejemplo ana.ruiz"
            raise CorpusError(fault)
        if len(password) < SHORTEST:
            fault = f"La clave tiene {len(password)} caracteres: use {SHORTEST} o más, por ejemplo cuatro palabras"
            raise CorpusError(fault)
        if len(password) > LONGEST:
            raise CorpusError(f"La clave pasa de {LONGEST} caracteres: use una más corta")
        if _plain(name) in _plain(password):
            raise CorpusError("La clave lleva el nombre dentro: elija otra")
        with _enough_memory():
            hashed = _HASHER.hash(_same(password))
        with corpus_lock(self._root):
            held = self._read()
            others = tuple(one for one in held.accounts if _plain(one.name) != _plain(name))
            today = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            self._write(_File(held.decoy, (*others, _Account(name, hashed, today, secrets.token_hex(8)))))
            if not (self._root / FOLDER / SECRET).exists():
                renew_secret(self._root)
        return name

    def remove(self, name: str) -> None:
        """Take an account away.

        Raises:
            CorpusError: There is no such account.
        """
        with corpus_lock(self._root):
            held = self._read()
            left = tuple(one for one in held.accounts if _plain(one.name) != _plain(_clean(name)))
            if len(left) == len(held.accounts):
                there = ", ".join(one.name for one in held.accounts) or "ninguna"
                raise CorpusError(f"No hay una cuenta «{name[:60]}»: las que hay son {there}")
            self._write(_File(held.decoy, left))

    def check(self, name: str, password: str) -> str | None:
        """Return the account's name if the password is right, else None. An unknown name takes equally long."""
        held = self._read()
        account = next((one for one in held.accounts if _plain(one.name) == _plain(_clean(name))), None)
        try:
            with _enough_memory():
                _HASHER.verify(account.password if account else held.decoy, _same(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return None
        return account.name if account is not None and len(password) <= LONGEST else None

    def _read(self) -> _File:
        try:
            return decode(self._path.read_bytes(), _File, VERSION, f"{FOLDER}/{FILE}")
        except FileNotFoundError:
            return _File(_HASHER.hash(secrets.token_hex()))
        except (OSError, ValueError) as error:
            cure = "recupérelo de su respaldo, o bórrelo y vuelva a crear las cuentas"
            raise CorpusError(f"{FOLDER}/{FILE} está dañado o no se puede leer: {cure}") from error

    def _write(self, file: _File) -> None:
        private_folder(self._root, FOLDER)
        write_atomic(self._path, sealed(msgspec.json.format(msgspec.json.encode(file))), mode=0o600)


def renew_secret(root: Path) -> None:
    """Have the sessions of the desk be signed with another key: those that there were have ended."""
    write_atomic(root / FOLDER / SECRET, secrets.token_hex(32).encode(), mode=0o600)


@contextlib.contextmanager
def _enough_memory() -> Iterator[None]:
    """A block in which argon2 may lack its 64 MiB: that is no wrong password."""
    try:
        yield
    except (HashingError, VerificationError) as error:
        if str(error) in _NO_MEMORY:
            raise MemoryError from error
        raise


def _clean(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _same(password: str) -> str:
    """One password, however the keyboard composes its accents; lone surrogates can be typed nowhere."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "replace").decode()
