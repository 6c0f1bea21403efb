"""What only a browser can tell: nothing overflows a phone, nothing is blocked, facets fold and unfold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served
from tests.search_app.fakes.forum import forum

pytestmark = needs_chromium
PAGES = [
    "/", "/buscar?q=PREP+capacitacion&mesa=foro/mesa-5", "/buscar?q=nada-de-esto", "/foro/", "/foro/mesa-5/?q=PREP",
    "/foro/mesa-5/p42", "/temas/", "/temas/prep", "/ayuda",
]  # fmt: skip


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(create_app(forum())) as address:
        yield address


def test_no_page_overflows_a_phone_or_meets_the_policy(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}, color_scheme="dark") as page:
        for address in PAGES:
            page.goto(base + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, address


def test_facets_are_folded_on_a_phone_and_open_beside_the_results_on_a_desk(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        page.goto(base + "/buscar?q=PREP")
        facet = page.get_by_role("link", name="Ana Ruiz")
        assert not facet.is_visible()
        page.locator(".facetas > details > summary").click()
        assert facet.is_visible()
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(base + "/buscar?q=PREP")
        assert facet.is_visible()
        assert facet.bounding_box()["x"] > page.locator(".resultado").first.bounding_box()["width"]


def test_a_search_goes_from_the_box_to_the_marked_turn(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        page.goto(base + "/")
        page.get_by_label("Buscar en lo que se dijo").fill("tres veces")
        page.get_by_role("button", name="Buscar").click()
        page.get_by_role("link", name="Ver en su contexto").first.click()
        assert page.url.endswith("/foro/mesa-5/?q=tres+veces#p42")
        assert page.locator("#p42 mark").all_inner_texts() == ["tres", "veces"]


@pytest.fixture
def typing(base: str, browser: Any) -> Iterator[Any]:
    """The front page with the caret in the box; what the policy or the script complains of fails the test."""
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        page.goto(base + "/")
        page.get_by_label("Buscar en lo que se dijo").click()
        yield page


def options(page: Any) -> list[str]:
    page.get_by_role("option").first.wait_for()
    return [text.split("\n")[0] for text in page.get_by_role("option").all_inner_texts()]


def test_suggestions_are_a_combobox_that_arrows_enter_and_escape_work(typing: Any) -> None:
    box = typing.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "false"
    typing.keyboard.type("pre")
    assert options(typing)[0].strip() == "PREP"
    assert box.get_attribute("aria-expanded") == "true"
    assert typing.evaluate("document.documentElement.scrollWidth") <= 360
    typing.keyboard.press("ArrowDown")
    marked = typing.get_by_role("option", selected=True)
    assert marked.count() == 1
    assert box.get_attribute("aria-activedescendant") == marked.get_attribute("id")
    typing.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    typing.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert not typing.get_by_role("listbox").is_visible()
    assert box.input_value() == "pre"
    typing.keyboard.press("ArrowDown")
    options(typing)
    typing.keyboard.press("ArrowDown")
    typing.keyboard.press("Enter")
    typing.wait_for_url("**/temas/prep")


def test_enter_without_a_chosen_suggestion_searches_what_was_typed(typing: Any) -> None:
    typing.keyboard.type("pre")
    options(typing)
    typing.keyboard.press("Enter")
    typing.wait_for_url("**/buscar?q=pre")


def test_tab_leaves_the_suggestions_behind(typing: Any) -> None:
    typing.keyboard.type("pre")
    options(typing)
    typing.keyboard.press("Tab")
    assert not typing.get_by_role("listbox").is_visible()
    assert typing.evaluate("document.activeElement.textContent") == "Buscar"


def test_a_suggested_word_is_searched_with_the_filters_in_force(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(base + "/buscar?q=PREP&mesa=foro/mesa-5")
        page.get_by_label("Buscar en lo que se dijo").fill("PREP capac")
        page.get_by_role("option", name="PREP capacitación").click()
        page.wait_for_url("**/buscar?q=PREP+capacitaci%C3%B3n&mesa=foro%2Fmesa-5")


def test_without_script_the_box_is_a_search_box_and_its_form_works(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(base + "/")
        assert page.get_by_role("combobox").count() == 0
        page.get_by_role("searchbox").fill("PREP")
        page.get_by_role("button", name="Buscar").click()
        assert page.url.endswith("/buscar?q=PREP")
        assert page.locator(".resultado mark").count() > 0
