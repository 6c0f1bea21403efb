"""Everything by keyboard in real Chromium: to the box and out of it, through a search and a mesa, the list of keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served
from tests.search_app.fakes.forum import forum

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(create_app(forum())) as address:
        yield address


@pytest.fixture
def page(base: str, browser: Any) -> Iterator[Any]:
    with opened(browser) as page:
        page.goto(base + "/foro/mesa-5/?q=PREP")
        yield page


def focused(page: Any) -> str:
    name: str = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
    return name


@pytest.mark.parametrize("key", ["/", "Shift+Slash", "Control+k"])
def test_the_box_is_one_key_away_and_its_text_is_ready_to_be_replaced(page: Any, key: str) -> None:
    page.keyboard.press("/" if key == "Shift+Slash" else key)
    assert focused(page) == "q"
    page.keyboard.type("otro")
    assert page.get_by_role("combobox").input_value() == "otro"


def test_no_key_is_taken_from_who_types_or_from_the_browser(page: Any) -> None:
    before = page.url
    page.get_by_role("combobox").fill("")
    page.keyboard.type("n/p?jkc")
    assert page.get_by_role("combobox").input_value() == "n/p?jkc"
    page.evaluate("document.activeElement.blur()")
    for key in ("Control+/", "Alt+n", "Meta+j", "Control+Shift+k"):
        page.keyboard.press(key)
    assert focused(page) != "q"
    assert page.url == before
    assert page.locator("dialog").count() == 0


def test_a_question_mark_shows_the_keys_of_the_help_and_escape_closes_them(page: Any, base: str) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Con el teclado")
    dialog.wait_for()
    shown = dialog.locator("dl").inner_text()
    page.keyboard.press("/")  # the dialog is modal: nothing behind it moves
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    page.keyboard.press("?")
    dialog.get_by_role("button", name="Cerrar").click()
    assert not dialog.is_visible()
    page.goto(base + "/ayuda")
    assert page.locator("#teclado dl").inner_text() == shown


def test_keys_of_one_letter_can_be_turned_off_and_on_again(page: Any, base: str) -> None:
    page.goto(base + "/ayuda")
    choice = page.get_by_label("Usar las teclas de una sola letra")
    choice.uncheck()
    page.goto(base + "/foro/mesa-5/?q=PREP")
    for key in ("/", "?", "n"):
        page.keyboard.press(key)
    assert focused(page) != "q"
    assert page.locator("dialog").count() == 0
    assert page.url.endswith("?q=PREP")
    page.keyboard.press("Control+k")
    assert focused(page) == "q"
    page.goto(base + "/ayuda")
    assert not choice.is_checked()
    choice.check()
    page.keyboard.press("/")
    assert focused(page) == "q"


def test_the_combobox_counts_aloud_and_gives_the_caret_back(page: Any) -> None:
    box = page.get_by_role("combobox")
    box.fill("")
    box.press_sequentially("pre")
    page.get_by_role("option").first.wait_for()
    said = page.locator(".buscador [role=status]").inner_text()
    n = page.get_by_role("option").count()
    assert said == ("1 sugerencia" if n == 1 else f"{n} sugerencias")
    assert page.locator(".sugerencias strong").first.inner_text() == "P"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "sugerencia-0"
    page.keyboard.press("Home")
    assert box.get_attribute("aria-activedescendant") is None
    assert box.evaluate("e => e.selectionStart") == 0
    assert box.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Alt+ArrowUp")
    assert box.get_attribute("aria-expanded") == "false"


def test_a_whole_search_needs_no_mouse_and_focus_is_always_seen(base: str, browser: Any) -> None:
    with opened(browser) as page:
        page.goto(base)
        page.keyboard.press("/")
        page.keyboard.type("tres veces")
        page.keyboard.press("Enter")
        page.wait_for_url("**/buscar?q=tres+veces")
        page.keyboard.press("Tab")
        assert focused(page) == "Ir al contenido"
        page.keyboard.press("Enter")
        for _ in range(30):
            page.keyboard.press("Tab")
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring == "solid", focused(page)
            if focused(page).startswith("Ver en su contexto"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/foro/mesa-5/?q=tres+veces#p42")
