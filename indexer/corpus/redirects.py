"""``redirecciones.toml``: addresses that changed. A page leads to a page, ``"ev/a" = "ev/b"``; fragments that went to a
page with numbers of its own lead there by their range, ``"ev/a#p4-p40" = "ev/b#p25"``."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from indexer.corpus.page_folders import Writer
from indexer.corpus.slugs import is_slug
from indexer.corpus.toml_syntax import decoded, parse_toml
from indexer.corpus.toml_validation import shown
from indexer.errors import Problem, ReadError, refuse
from indexer.index.redirects import PLACE, RANGE, REDIRECTS_FILE
from indexer.model import PageId

_TABLE = "redirecciones"
_HEADER = "# Direcciones que cambiaron: cada una lleva a la de ahora, para los enlaces y las citas de antes.\n"


def read_redirects(values: Mapping[str, Any], path: str) -> tuple[dict[str, str], list[Problem]]:
    """Check ``redirecciones.toml``: ``"vieja" = "nueva"``, at the top or under ``[redirecciones]``.

    Returns:
        Old address to the last one of its chain, as ``evento`` or ``evento/mesa``, circles left out; and ranges of
        fragments, as they stand.
    """
    problems: list[Problem] = []
    pairs, nested = _pairs(values), values.get(_TABLE)
    if nested is not None and not isinstance(nested, dict):
        problems.append(Problem(path, "«redirecciones» debe ser una tabla", "escriba [redirecciones] en una línea"))
    steps: dict[str, str] = {}
    ranges: dict[str, str] = {}
    for written, target in pairs.items():
        of_range, place = RANGE.fullmatch(written), PLACE.fullmatch(target) if isinstance(target, str) else None
        if of_range and place and page_address(of_range[1]) and page_address(place[1]):
            ranges[written] = str(target)
            continue
        old = page_address(written)
        new = page_address(target) if isinstance(target, str) else None
        if old is None or new is None:
            wrong = written if old is None else target
            cure = 'escriba "evento/carpeta-vieja" = "evento/carpeta-nueva", entre comillas'
            problems.append(Problem(path, f"{shown(wrong)} no es la dirección de un evento o de una mesa", cure))
        elif steps.setdefault(old, new) != new:
            problems.append(Problem(path, f"«{old}» está dos veces con destinos distintos", "deje una sola línea"))
    return _resolved(steps, path, problems) | ranges, problems


def page_address(text: str) -> str | None:
    """``/evento/mesa/`` as ``evento/mesa``; None when it is no address of a page."""
    parts = text.strip().strip("/").split("/")
    return "/".join(parts) if len(parts) <= 2 and all(is_slug(part) for part in parts) else None


def refuse_redirected(root: Path, page: PageId, to: Writer, but: PageId | None = None) -> None:
    """Refuse an address that leads to a page that is not ``but``: an old link must not find something else."""
    held = to.read(root / REDIRECTS_FILE)
    try:
        redirects = {} if held is None else read_redirects(parse_toml(decoded(held)), REDIRECTS_FILE)[0]
    except ReadError as error:
        raise refuse(f"{REDIRECTS_FILE} no se puede leer ({error})", "corríjalo con un editor de texto") from error
    target = redirects.get(str(page))
    if target is not None and target != str(but):
        raise refuse(f"{page} es la dirección de antes de {target}, y hay enlaces que la usan", "elija otro nombre")


def redirect(
    root: Path, old: PageId, new: PageId, to: Writer, *, ranges: Iterable[tuple[int, int, int]] = (), page: bool = True
) -> None:
    """Have an address lead to where its page, or some fragments of it, went.

    What led to it leads on to the new one at once, so that there are no chains; what stands at the new address leads
    nowhere.

    Args:
        old, new: The address until now, and the one from now on.
        ranges: First and last number of fragments, and the first one's new number.
        page: Whether the page itself went; else only the fragments did.

    Raises:
        CorpusError: The file cannot be changed without risk.
    """
    path = root / REDIRECTS_FILE
    held = to.read(path)
    try:
        document = tomlkit.parse(_HEADER if held is None else decoded(held))
        before = _pairs(parse_toml(document.as_string()))
        after = _led_on(before, old, new, tuple(ranges)) if page else dict(before)
        for first, last, number in ranges:
            after[f"{old}#p{first}-p{last}"] = f"{new}#p{number}"
        pairs: Any = document.get(_TABLE, document)
        for key in before:
            place = pairs if key in pairs else document
            if key not in after:
                del place[key]
            elif place[key] != after[key]:
                place[key] = after[key]
        for key in after.keys() - before.keys():
            pairs[key] = after[key]
        changed = tomlkit.dumps(document)
        if _pairs(parse_toml(changed)) != after:
            raise ReadError("no se pudo cambiar sin riesgo", "escriba la línea a mano")
    except (TOMLKitError, ReadError, ValueError) as error:
        raise refuse(f"{REDIRECTS_FILE} no se puede cambiar sin riesgo ({error})", "corríjalo con un editor") from error
    to.write(path, changed.encode())


def pairs_of(data: bytes | None) -> dict[str, Any]:
    """What a file says, line by line; raises ``ReadError``."""
    return {} if data is None else _pairs(parse_toml(decoded(data)))


def _pairs(values: Mapping[str, Any]) -> dict[str, Any]:
    nested = values.get(_TABLE)
    pairs = {key: value for key, value in values.items() if key != _TABLE}
    return pairs | nested if isinstance(nested, dict) else pairs


def _led_on(
    pairs: Mapping[str, Any], old: PageId, new: PageId, ranges: tuple[tuple[int, int, int], ...]
) -> dict[str, Any]:
    """The redirects once a page is called otherwise."""

    def renamed(address: str) -> str:
        page, _, numbers = address.strip("/").partition("#")
        if page != str(old) and not (old.session is None and page.startswith(f"{old}/")):
            return address
        shift = ranges[0][2] - ranges[0][0] if ranges else 0
        moved = re.sub("[0-9]+", lambda found: str(int(found[0]) + shift), numbers)
        return f"{new}{page.removeprefix(str(old))}{f'#{moved}' if moved else ''}"

    after: dict[str, Any] = {}
    for key, value in pairs.items():
        target = renamed(value) if isinstance(value, str) else value
        gone = key.partition("#")[0] in pairs  # its page is at another address: nothing stands here to be renamed
        twin = renamed(key)
        if "#" in key and not gone:
            key = twin
        elif twin != key and str(new) in pairs:  # an old name of the event: its own addresses go on from there
            after[twin] = target
        after[key] = target
        if value == str(old) and "#" not in key:
            after |= {f"{key}#p{first}-p{last}": f"{new}#p{number}" for first, last, number in ranges}
    after[str(old)] = str(new)
    for key in (str(new), *(key for key, value in after.items() if key == value)):
        after.pop(key, None)
    return after


def _resolved(steps: dict[str, str], path: str, problems: list[Problem]) -> dict[str, str]:
    """Follow the chains to their ends, in linear time; each circle is reported once."""
    ends: dict[str, str | None] = {}
    for first in steps:
        trail: dict[str, None] = {}
        here = first
        while here in steps and here not in ends and here not in trail:
            trail[here] = None
            here = steps[here]
        if here in trail:
            names = list(trail)
            circle = names[names.index(here) :]
            listed = " -> ".join(circle[:6]) + (" -> …" if len(circle) > 6 else f" -> {here}")
            problems.append(Problem(path, f"estas direcciones dan vueltas: {listed}", "quite una de esas líneas"))
            end = None
        else:
            end = ends.get(here, here)
        ends.update(dict.fromkeys(trail, end))
    return {old: end for old in steps if (end := ends[old]) is not None}
