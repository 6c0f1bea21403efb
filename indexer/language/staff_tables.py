"""Reading the tables that staff write in TOML beside the corpus: every fault is noted with its line and its cure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from indexer.errors import Problem, Severity
from indexer.language.spanish import slug
from indexer.model.vocabulary import Entity, Topic

_WHERE = re.compile(r"at line (\d+)")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
Named = TypeVar("Named", Topic, Entity)
_KEY = re.compile(r"[ \t]*[\w-]+[ \t]*=")


class StaffTables:
    """The ``[[tables]]`` of one name in a TOML file, and the faults found in them.

    Args:
        text: The file; a byte order mark is accepted.
        path: As staff know it, relative to the corpus.
        name: Of the array of tables (``temas``).
    """

    def __init__(self, text: str, path: str, name: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.rows: list[Row] = []
        text = text.removeprefix("\ufeff")
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            where = _WHERE.search(str(error))
            at = f"{path}:{where.group(1) if where else text.rstrip().count(chr(10)) + 1}"
            cure = "revise comillas, corchetes y comas cerca de ahí; cada clave se escribe una sola vez en su tabla"
            self.problems.append(Problem(at, "no es TOML válido", cure))
            return
        for key in sorted(data.keys() - {"version", name}):
            self.fault(None, f"la clave «{key}» no se conoce", f"escriba las entradas bajo [[{name}]] o quite la clave")
        tables = data.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.fault(None, f"«{name}» no es una lista de tablas", f"empiece cada entrada con [[{name}]]")
            return
        header = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]", re.MULTILINE)
        lines = text.split("\n")
        starts = [text.count("\n", 0, match.start()) + 1 for match in header.finditer(text)]
        if not starts or len(starts) != len(tables):
            self.rows = [Row(self, table, None, []) for table in tables]
            return
        ends = [*(start - 1 for start in starts[1:]), len(lines)]
        self.rows = [
            Row(self, table, start, lines[start:end]) for table, start, end in zip(tables, starts, ends, strict=True)
        ]

    def fault(self, line: int | None, fault: str, cure: str, severity: Severity = "error") -> None:
        """Note a fault at a line of the file, or of the file as a whole."""
        self.problems.append(Problem(self.path if line is None else f"{self.path}:{line}", fault, cure, severity))

    def by_id(self, read: Callable[[Row], Named | None], cure: str) -> tuple[dict[str, Named], dict[str, Row]]:
        """What the tables hold, and the table of each, by id; of two with one id the first counts.

        Args:
            read: It makes of a table what it holds; None where that cannot be used.
            cure: What to do with a repeated id.
        """
        found: dict[str, Named] = {}
        rows: dict[str, Row] = {}
        for row in self.rows:
            one = read(row)
            if one is not None and one.id in found:
                row.fault("el id está repetido", cure, key="id")
            elif one is not None:
                found[one.id], rows[one.id] = one, row
        return found, rows


class Row:
    """One table: its values by type; a value of another type is a fault and counts as absent.

    Args:
        tables: Where faults are noted.
        values: What it holds.
        line: Of its header, from 1; None where that is not known.
        written: The lines below the header, up to the next table.
    """

    def __init__(
        self, tables: StaffTables, values: Mapping[str, object], line: int | None, written: Sequence[str]
    ) -> None:
        self._tables = tables
        self._values = values
        self._line = line
        self._written = written
        self.name = "una entrada"

    def fault(
        self, fault: str, cure: str, severity: Severity = "error", *, key: str | None = None, value: str | None = None
    ) -> None:
        """Note a fault of this table: at the line of the value, else of the key, else of the header."""
        self._tables.fault(self._place(key, value), f"{self.name}: {fault}", cure, severity)

    def _place(self, key: str | None, value: str | None) -> int | None:
        if self._line is None or key is None:
            return self._line
        opens = re.compile(rf"[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*=")
        first = next((at for at, line in enumerate(self._written) if opens.match(line)), None)
        if first is None:
            return self._line
        for at in range(first, len(self._written)):
            if at > first and _KEY.match(self._written[at]):
                break
            line = " ".join(self._written[at].split())
            if value is not None and (f'"{value}"' in line or f"'{value}'" in line):
                return self._line + 1 + at
        return self._line + 1 + first

    def only(self, keys: frozenset[str]) -> None:
        """Note every key that is not among these."""
        for key in sorted(self._values.keys() - keys):
            cure = f"quítela o use una de estas: {', '.join(sorted(keys))}"
            self.fault(f"la clave «{key}» no se conoce", cure, key=key)

    def identify(self, kind: str, name: str | None, keys: frozenset[str]) -> str | None:
        """Name this table in messages, note keys that it may not have, and give its id.

        Args:
            kind: With its article (``un tema``).
            name: What it names: it stands in messages where the id is missing, and suggests one.
            keys: Those that it may have.

        Returns:
            The id; None, with a fault, where there is none or it is no id.
        """
        given = self.text("id")
        self.name = f"{kind.partition(' ')[2]} «{given or name}»" if given or name else kind
        self.only(keys)
        if given is None:
            self.fault("falta «id»", f'escriba id = "{slug(name) if name else "nombre-corto"}"')
        elif not _ID.match(given):
            fault = "el id no es solo minúsculas sin acento, cifras y guiones"
            self.fault(fault, f'escriba id = "{slug(given)}"', key="id")
        return given if given and _ID.match(given) else None

    def text(self, key: str) -> str | None:
        """A text, white space folded; None when absent or empty."""
        value = self._values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(f"«{key}» no es un texto", f'escríbalo entre comillas: {key} = "…"', key=key)
            return None
        return " ".join(value.split()) or None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty ones and repetitions left out."""
        value = self._values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault(f"«{key}» no es una lista de textos", f'escriba {key} = ["…", "…"]', key=key)
            return ()
        return tuple(dict.fromkeys(folded for item in value if (folded := " ".join(item.split()))))

    def flag(self, key: str) -> bool:
        """A yes or no; no when absent."""
        value = self._values.get(key, False)
        if not isinstance(value, bool):
            self.fault(f"«{key}» no es sí o no", f"escriba {key} = true o {key} = false, sin comillas", key=key)
            return False
        return value
