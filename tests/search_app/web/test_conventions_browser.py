"""What only a browser can tell: axe finds nothing, blocks of data are let be, paper shows addresses and no controls.

Every page in every dress is `make audit`; here a few pages, so that a fault is told before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served, violations
from tests.search_app.fakes.forum import forum

pytestmark = needs_chromium
PAGES = [
    "/", "/buscar?q=PREP", "/foro/mesa-5/?q=PREP", "/foro/mesa-5/p42", "/temas/",
    "/en-contexto?q=PREP", "/compania?q=PREP", "/claves?q=PREP",
    "/comparar?q=PREP&q=capacitaci%C3%B3n", "/cotejar?cita=el+prep+se+prob%C3%B3",
]  # fmt: skip
SHOWN = "[...document.querySelectorAll({!r})].filter(e => e.getClientRects().length).length"


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(create_app(forum())) as address:
        yield address


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing(base: str, browser: Any, axe: str, scheme: str, width: int) -> None:
    with opened(browser, viewport={"width": width, "height": 900}, color_scheme=scheme) as page:
        for address in PAGES:
            page.goto(base + address)
            assert violations(page, axe) == [], address


def test_axe_would_find_something(base: str, browser: Any, axe: str) -> None:
    with opened(browser) as page:
        page.goto(base + "/ayuda")
        page.evaluate("document.querySelector('main').append(document.createElement('img'))")
        assert [each.partition(":")[0] for each in violations(page, axe)] == ["image-alt"]


@pytest.mark.parametrize("address", ["/foro/", "/foro/mesa-5/"])
def test_the_policy_lets_blocks_of_data_be(base: str, browser: Any, address: str) -> None:
    with opened(browser) as page:  # which fails on a word in the console
        page.goto(base + address)
        data = page.evaluate("JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)")
        assert data["@type"] == "Event"


def test_on_paper_results_show_their_addresses_and_nothing_to_press(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(base + "/buscar?q=PREP")
        assert page.evaluate(SHOWN.format("form, nav, .facetas")) > 0
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(SHOWN.format("form, nav, .facetas, button, .salto")) == 0
        shown = page.evaluate(
            "getComputedStyle(document.querySelector('.acciones a[href$=\"/p42\"]'), '::after').content"
        )
        assert shown == '"/foro/mesa-5/p42"'
        assert page.locator(".impreso").inner_text() == f"{base}/buscar?q=PREP"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_on_paper_each_fragment_has_its_number(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(base + "/foro/mesa-5/")
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.querySelector('#p42'), '::before').content") == '"p42"'
        assert page.evaluate(SHOWN.format("form, nav, button, .vecinas")) == 0


def test_no_page_asks_for_an_icon_that_is_not_there(base: str, browser: Any) -> None:
    with opened(browser) as page:
        icons = []
        page.goto(base + "/")
        for address in page.evaluate("[...document.querySelectorAll('link[rel=icon]')].map(link => link.href)"):
            icons.append(page.request.get(address).status)
        assert icons == [200, 200]
