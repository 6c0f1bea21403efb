"""``_personal/``: the accounts of the staff, and what each may do.

Passwords are kept as argon2id hashes and one-time links as SHA-256, so nobody can read one back.
"""

import contextlib
import datetime as dt
import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import HashingError, InvalidHashError, VerificationError

from indexer.corpus.redirects import read_redirects
from indexer.corpus.slugs import is_slug
from indexer.corpus.toml_syntax import decoded, parse_toml
from indexer.durable import bytes_of, private_folder, write_atomic
from indexer.errors import CorpusError, ReadError
from indexer.format_version import decode
from indexer.history import corpus_lock
from indexer.index.redirects import REDIRECTS_FILE
from indexer.language.collation import alphabetical
from indexer.sealed_json import sealed

FOLDER = "_personal"
FILE = "cuentas.json"
VERSION = 2
SECRET = "clave"
EDITOR, RESPONSIBLE = ROLES = ("editor", "responsable")
"""An editor makes drafts; a responsable publishes, withdraws and manages accounts. Before version 2 all did."""
LINK_HOURS = 48
SHORTEST = 12
LONGEST = 1_000
"""Letters of a password; argon2 itself takes any number."""

_NAME = re.compile(r"[^\W_](?:[ .'’_-]?[^\W_]){1,59}")
_NO_MEMORY = ("Memory allocation error", "Threading failure")
_HASHER = PasswordHasher()  # argon2id, by RFC 9106's second recommendation: 64 MiB, 3 rounds, 4 lanes


class _Account(
    msgspec.Struct,
    frozen=True,
    rename={
        "name": "nombre", "password": "clave", "since": "desde", "seal": "sello", "role": "papel", "events": "eventos",
        "enabled": "activa", "link": "enlace", "link_until": "enlace_hasta",
    },
):  # fmt: skip
    """One account.

    Attributes:
        password: Its hash; empty until somebody chose one.
        since, seal: When it got its password; and what ends its sessions when it changes.
        role, events: What it may do, and at which events; none means at all of them.
        enabled: Whether it may sign in.
        link, link_until: SHA-256 of its one-time link, and when that ends.
    """

    name: str
    password: str = ""
    since: str = ""
    seal: str = ""
    role: str = RESPONSIBLE
    events: tuple[str, ...] = ()
    enabled: bool = True
    link: str = ""
    link_until: str = ""

    @property
    def manages_all(self) -> bool:
        return self.enabled and self.role == RESPONSIBLE and not self.events


class _File(msgspec.Struct, frozen=True, rename={"accounts": "cuentas", "decoy": "senuelo"}):
    """The decoy is the hash of a password that nobody has: an unknown name takes as long as a known one."""

    decoy: str
    accounts: tuple[_Account, ...] = ()
    version: int = VERSION


class Accounts:
    """The accounts of one corpus. What a method cannot accept it refuses with a ``CorpusError``."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / FOLDER / FILE

    def knows(self, name: str) -> bool:
        """Whether there is an account of this name."""
        return _find(self._read(), name) is not None

    def told(self) -> list[dict[str, Any]]:
        """Each account without its secrets, its events by their present names. Its seal tells no password."""
        named = sorted(self._read().accounts, key=lambda one: alphabetical(one.name))
        moved: dict[str, str] = {}
        with contextlib.suppress(ReadError):
            moved = read_redirects(parse_toml(decoded(bytes_of(self._root / REDIRECTS_FILE) or b"")), REDIRECTS_FILE)[0]
        return [
            msgspec.to_builtins(one)
            | {"clave": "", "enlace": "", "sello": one.seal or one.since, "con_clave": bool(one.password)}
            | {"eventos": [moved.get(event, event) for event in one.events]}
            for one in named
        ]

    def put(self, name: str, password: str, role: str | None = None, events: Sequence[str] | None = None) -> str:
        """Make an account, or give one another password; returns its name as it is written down."""
        return self._changed(name, role, events, make=True, **_with_password(name, password))

    def link(self, name: str, role: str | None = None, events: Sequence[str] | None = None) -> str:
        """Make an account without a password, or let somebody choose another one: the secret of a link, used once."""
        secret = secrets.token_urlsafe(32)
        until = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=LINK_HOURS)).isoformat(timespec="seconds")
        self._changed(name, role, events, make=True, link=_digest(secret), link_until=until)
        return secret

    def redeem(self, secret: str, password: str) -> str:
        """Choose the password of the account of a link; the link ends. Returns the account's name."""
        name = self._linked(secret)
        return self._changed(name, None, None, secret=secret, **_with_password(name, password))

    def change(
        self, name: str, role: str | None, events: Sequence[str] | None, *, enabled: bool | None = None, end: bool
    ) -> str:
        """Change what an account may do; None leaves what it has. ``end``: whether its sessions end."""
        given: dict[str, Any] = {} if enabled is None else {"enabled": enabled}
        if enabled is False:
            given |= {"link": "", "link_until": ""}
        if end or enabled is False:
            given["seal"] = secrets.token_hex(8)
        return self._changed(name, role, events, **given)

    def remove(self, name: str) -> None:
        """Take an account away, unless nobody would be left to manage the others."""
        with corpus_lock(self._root):
            held = self._read()
            gone = _of(held, name)
            self._write(held, tuple(one for one in held.accounts if one is not gone))

    def _changed(
        self, name: str, role: str | None, events: Sequence[str] | None, *, make: bool = False, secret: str = "",
        **given: Any,
    ) -> str:  # fmt: skip
        name = _clean(name)
        if make and not _NAME.fullmatch(name):
            fault = f"«{name[:60]}» no sirve como nombre: use de 2 a 60 letras y números, por ejemplo ana.ruiz"
            raise CorpusError(fault)
        for event in events or ():
            if not is_slug(event) or not (self._root / event / "evento.toml").is_file():
                raise CorpusError(f"No hay un evento «{event[:60]}»: escriba el nombre de su carpeta")
        asked = {
            "name": name if make else None,
            "role": role,
            "events": None if events is None else (*dict.fromkeys(events),),
        }
        given |= {key: value for key, value in asked.items() if value is not None}
        with corpus_lock(self._root):
            held = self._read()
            if secret:
                self._linked(secret)  # two at once: the second finds it used
            before = _find(held, name) if make else _of(held, name)
            if make and before and role is not None and "password" not in given:
                raise CorpusError(f"Ya hay una cuenta «{before.name}»: dele otro enlace, o cambie lo que puede hacer")
            first = not held.accounts
            account = before or _Account(name, role=RESPONSIBLE if first else EDITOR)
            account = msgspec.structs.replace(account, **given)
            if first and (account.role != RESPONSIBLE or account.events):
                raise CorpusError("La primera cuenta publica y hace las demás: hágala sin --papel editor ni --eventos")
            self._write(held, (*(one for one in held.accounts if one is not before), account))
            if not (self._root / FOLDER / SECRET).exists():
                renew_secret(self._root)
        return account.name

    def check(self, name: str, password: str) -> str | None:
        """Return the account's name if the password is right, else None. An unknown name takes equally long."""
        held = self._read()
        account = _find(held, name)
        hashed = account.password if account is not None and account.enabled else ""
        try:
            with _enough_memory():
                _HASHER.verify(hashed or held.decoy, _same(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return None
        return account.name if account is not None and hashed and len(password) <= LONGEST else None

    def _read(self) -> _File:
        try:
            return decode(self._path.read_bytes(), _File, VERSION, f"{FOLDER}/{FILE}")
        except FileNotFoundError:
            return _File(_HASHER.hash(secrets.token_hex()))
        except (OSError, ValueError) as error:
            cure = "recupérelo de su respaldo, o bórrelo y vuelva a crear las cuentas"
            raise CorpusError(f"{FOLDER}/{FILE} está dañado o no se puede leer: {cure}") from error

    def _linked(self, secret: str) -> str:
        """Whose link it is."""
        now, digest = dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), _digest(secret)
        for one in self._read().accounts:
            if secrets.compare_digest(one.link, digest) and one.enabled and now < one.link_until:
                return one.name
        raise CorpusError("Este enlace ya se usó, venció o no está completo: pida otro a un responsable")

    def _write(self, held: _File, accounts: tuple[_Account, ...]) -> None:
        before, after = ([one for one in each if one.manages_all] for each in (held.accounts, accounts))
        lost = (before and not after) or (
            any(one.password for one in before) and not any(one.password for one in after)
        )
        if accounts and lost:
            cure = "haga responsable a otra persona, y que elija su clave, antes"
            raise CorpusError(f"Es el último responsable de todos los eventos que puede entrar: {cure}")
        file = _File(held.decoy, accounts)
        private_folder(self._root, FOLDER)
        write_atomic(self._path, sealed(msgspec.json.format(msgspec.json.encode(file))), mode=0o600)


def renew_secret(root: Path) -> None:
    """Have the sessions of the desk be signed with another key: those that there were have ended."""
    write_atomic(root / FOLDER / SECRET, secrets.token_hex(32).encode(), mode=0o600)


def _with_password(name: str, password: str) -> dict[str, Any]:
    """What an account gets with a password: it ends its link and its sessions."""
    if len(password) < SHORTEST:
        fault = f"La clave tiene {len(password)} caracteres: use {SHORTEST} o más, por ejemplo cuatro palabras"
        raise CorpusError(fault)
    if len(password) > LONGEST:
        raise CorpusError(f"La clave pasa de {LONGEST} caracteres: use una más corta")
    if (plain := _plain(_clean(name))) and plain in _plain(password):
        raise CorpusError("La clave lleva el nombre dentro: elija otra")
    with _enough_memory():
        hashed = _HASHER.hash(_same(password))
    today = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"password": hashed, "since": today, "seal": secrets.token_hex(8), "link": "", "link_until": ""}


def _find(held: _File, name: str) -> _Account | None:
    return next((one for one in held.accounts if _plain(one.name) == _plain(_clean(name))), None)


def _of(held: _File, name: str) -> _Account:
    if (found := _find(held, name)) is not None:
        return found
    there = ", ".join(one.name for one in held.accounts) or "ninguna"
    raise CorpusError(f"No hay una cuenta «{name[:60]}»: las que hay son {there}")


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


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
