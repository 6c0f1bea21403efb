"""Settings: an option, else ``CONSTA_KEY``, else ``consta.toml``, else a default; all keys stand in ``config.toml``."""

import difflib
import functools
import ipaddress
import json
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.errors import SettingInvalid, reason
from indexer.program import INSTALLED
from indexer.word_lists import beside

FILE = "consta.toml"
NAMED_BY = "CONSTA_CONFIG"
"""The variable that says which file is read, instead of the first of ``_places``."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Setting:
    """A row of the table.

    Attributes:
        name: The key in the file, after which the variable and the option are called.
        kind: What its value is, one of ``_KINDS``.
        says: What it is for, in Spanish, without a full stop.
        example: A value that can be written.
        default: The value where nothing is said; None where there is none, or it is worked out.
        least, most: Of a number.
        metavar: What help calls its value.
    """

    name: str
    kind: str
    says: str
    example: Any
    default: Any = None
    least: int = 0
    most: int = 0
    metavar: str = ""

    @property
    def variable(self) -> str:
        """Its name in the environment."""
        return f"CONSTA_{self.name.upper()}"

    @property
    def option(self) -> str:
        """Its name on a command line."""
        return f"--{self.name.replace('_', '-')}"


TABLE = {name: Setting(name, **row) for name, row in beside(__file__).items()}

_KINDS = {
    "carpeta": "una carpeta",
    "texto": "un texto",
    "encabezado": "el nombre de un encabezado",
    "entero": "un número entero de {0.least} a {0.most}",
    "segundos": "un número de segundos de {0.least} a {0.most}",
    "si_no": "«sí» ni «no»",
    "redes": "una lista de direcciones o redes",
}
_YES_OR_NO = {"sí": True, "si": True, "true": True, "1": True, "no": False, "false": False, "0": False}


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a setting.

    Attributes:
        value: As written; None where nothing was said.
        place: Where that was: an option, a variable, or a file and its key.
        instead: How an example of it is written there.
        folder: What a relative path starts from.
    """

    value: Any
    place: str
    instead: str
    folder: Path


def said(name: str, option: Any = None, environment: Mapping[str, str] = os.environ) -> Said:
    """What was said of a setting, by the first that said anything: option, variable, file. Empty is nothing."""
    row, here = TABLE[name], Path()
    plain = ",".join(row.example) if isinstance(row.example, list) else str(row.example)
    if option not in (None, ""):
        return Said(option, row.option, f"{row.option} {plain}", here)
    if value := environment.get(row.variable):
        return Said(value, row.variable, f"{row.variable}={'si' if row.example is True else plain}", here)
    file = config_file(environment)
    value = _read(file).get(name) if file else None
    written = f"{name} = {json.dumps(row.example, ensure_ascii=False)}"
    return Said(None if value == "" else value, f"{file}: {name}", written, file.parent if file else here)


def setting(name: str, option: Any = None, environment: Mapping[str, str] = os.environ) -> Any:
    """The value of a setting, in its type.

    Raises:
        SettingInvalid: It is none, or the file cannot be read.
    """
    row, found = TABLE[name], said(name, option, environment)
    value = row.default if found.value is None else found.value
    try:
        return value if value is None else _typed(row, value, found.folder)
    except (ValueError, TypeError, KeyError) as error:
        wanted = _KINDS[row.kind].format(row)
        raise SettingInvalid(
            f"{found.place}: «{value}» no es {wanted}. Escriba, por ejemplo: {found.instead}"
        ) from error


def _typed(row: Setting, value: Any, folder: Path) -> Any:
    match row.kind, value:
        case "carpeta", str() | Path():
            return (folder / value).absolute()
        case "texto", str():
            return value.strip()
        case "encabezado", str() if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", value.strip()):
            return value.strip()
        case "si_no", bool():
            return value
        case "si_no", str():
            return _YES_OR_NO[value.strip().lower()]
        case "redes", str() | list():
            parts = value.split(",") if isinstance(value, str) else value
            return tuple(ipaddress.ip_network(part.strip(), strict=False) for part in parts)
        case "entero" | "segundos", bool():
            raise TypeError
        case "entero" | "segundos", str() | int() | float():
            number = int(str(value)) if row.kind == "entero" else float(value)
            if row.least <= number <= row.most:
                return number
    raise ValueError


def config_file(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file that is read: the one that is named, else the first that is there; None where there is none."""
    if named := environment.get(NAMED_BY):
        return Path(named).absolute()
    return next((path.absolute() for path in _places(environment) if os.path.isfile(path)), None)


def _places(environment: Mapping[str, str]) -> Iterator[Path]:
    yield Path(FILE)
    if own := _xdg("XDG_CONFIG_HOME", ".config", environment):
        yield own / FILE
    yield Path("/etc/consta", FILE)


def _xdg(variable: str, below_home: str, environment: Mapping[str, str]) -> Path | None:
    """Consta's folder among those of a user; None for who has no home."""
    named = (Path(environment.get(variable, "")), Path(environment.get("HOME", ""), below_home))
    return next((path / "consta" for path in named if path.is_absolute()), None)  # relative ones are to be ignored


@functools.cache
def _read(file: Path) -> dict[str, Any]:
    """What a file says, read once: a server goes on with what it began with."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise SettingInvalid(
            f"No se puede leer {file} ({reason(error)}). Dé permiso de lectura, o diga otro archivo con --config"
        ) from error
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{file}:{line[1]}" if line else str(file)
        raise SettingInvalid(
            f"{place}: no se entiende como TOML. Escriba en UTF-8 un ajuste por línea, con los textos entre comillas "
            "rectas; por ejemplo: " + said("direccion", environment={NAMED_BY: os.devnull}).instead
        ) from error
    engine = str(found.get("motor", TABLE["motor"].default)).lower()
    for name in found:
        if name not in (*TABLE, engine):
            meant = difflib.get_close_matches(name, TABLE, 1)
            cure = f"¿Quiso escribir «{meant[0]}»?" if meant else f"Los que hay: {', '.join(TABLE)}"
            raise SettingInvalid(f"{file}: no hay un ajuste que se llame «{name}». {cure}")
    return found


@dataclass(frozen=True, slots=True)
class Settings:
    """Places, as absolute paths."""

    corpus: Path
    index: Path

    @classmethod
    def make(
        cls,
        corpus: str | Path | None = None,
        index: str | Path | None = None,
        *,
        installed: bool = INSTALLED,
        environment: Mapping[str, str] = os.environ,
    ) -> "Settings":
        """Take the settings ``corpus`` and ``indice``.

        Where they say nothing, the places are ``corpus`` and ``.indice`` of the working folder; of the command
        ``consta`` (``installed``), where there is no ``corpus``, they are the user's own.

        Raises:
            SettingInvalid: There is no place for them, or a setting cannot be read.
        """
        places = [setting("corpus", corpus, environment), setting("indice", index, environment)]
        own: tuple[Path, ...] = (Path("corpus"), Path(".indice"))
        if None in places and installed and not own[0].is_dir():
            if data := _xdg("XDG_DATA_HOME", ".local/share", environment):
                own = (data / "corpus", data / "indice")
            elif places[1] is None:
                raise SettingInvalid(
                    "No se sabe dónde están el acervo y el índice: aquí no hay carpeta «corpus», ni hay HOME. Dígalo "
                    "con --corpus y --indice, con CONSTA_CORPUS y CONSTA_INDICE, o en /etc/consta/consta.toml"
                )
        return cls(*(said or usual.absolute() for said, usual in zip(places, own, strict=True)))


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Which engine keeps the index, and its options.

    Attributes:
        name: One of those that ``indexer.engines`` knows.
        options: What the engine must be told (addresses, keys), by name in lower case. Whoosh needs nothing.
    """

    name: str = "whoosh"
    options: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def make(cls, environment: Mapping[str, str] = os.environ) -> "EngineSettings":
        """Take the setting ``motor``; its options from the table of its name, and from ``CONSTA_<ENGINE>_<OPTION>``."""
        name = setting("motor", environment=environment).lower()
        file, own = config_file(environment), f"CONSTA_{name.upper()}_"
        options = dict(_read(file).get(name, {})) if file else {}
        options |= {key.removeprefix(own).lower(): value for key, value in environment.items() if key.startswith(own)}
        return cls(name, options)
