"""Where an address that changed leads: a page to a page, a fragment that went to other numbers to its own."""

import re
from collections.abc import Mapping

from indexer.model import PageId

REDIRECTS_FILE = "redirecciones.toml"
RANGE = re.compile(r"(.+)#p([1-9][0-9]{0,8})-p([1-9][0-9]{0,8})")
"""Fragments of a page, from one to another, as ``redirecciones.toml`` names them."""
PLACE = re.compile(r"(.+)#p([1-9][0-9]{0,8})")
"""Where the first of them is now."""


def page_now(redirects: Mapping[str, str], page: PageId) -> PageId | None:
    """Where one redirect leads from a page, its own or that of its event; None where there is none."""
    if (to := redirects.get(str(page))) is not None:
        return PageId.parse(to)
    to = redirects.get(page.event)
    return None if to is None else PageId(to, page.session)


def led_to(redirects: Mapping[str, str], typed: str) -> str:
    """What an old address of an event or a mesa, or the old folder of a mesa alone, is called now; else itself."""
    alone = typed not in redirects and "/" not in typed
    at = PageId.parse(next((old for old in redirects if alone and old.endswith(f"/{typed}")), typed))
    seen = {at}
    while (to := page_now(redirects, at)) is not None and to not in seen:
        seen.add(at := to)
    return str(at)


def handed_on(redirects: Mapping[str, str], page: PageId, number: int) -> tuple[PageId, int] | None:
    """The page and the number to which a range of fragments leads; None where the fragment is in none."""
    for key, target in redirects.items():
        if key.startswith(f"{page}#") and (of_range := RANGE.fullmatch(key)):
            first, last = int(of_range[2]), int(of_range[3])
            place = PLACE.fullmatch(target)
            if first <= number <= last and place:
                return PageId.parse(place[1]), number - first + int(place[2])
    return None
