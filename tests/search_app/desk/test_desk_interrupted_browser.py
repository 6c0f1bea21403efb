"""A session that ends while somebody types, in real Chromium: what was typed is read, then sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.search_app.browsing import needs_chromium, opened, served, violations
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, office

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("termina"), minutes=1) as made:
        yield made


def enter(page: Any) -> None:
    page.fill("#nombre", NAME)
    page.fill("#clave", PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (360, "dark")])
def test_what_was_typed_is_read_and_sent_after_signing_in_again(
    furnished: Office, browser: Any, axe: str, width: int, scheme: str
) -> None:
    furnished.forget_tries()
    size = {"width": width, "height": 768}
    with served(furnished.app) as base, opened(browser, refused=True, viewport=size, color_scheme=scheme) as page:
        page.goto(f"{base}/entrar?next=/acervo/foro/mesa-3/hablantes")
        enter(page)
        page.wait_for_url("**/hablantes")
        field = page.locator(".renombrar input[name=a]").first
        was, to = field.input_value(), f"Rosa Vega {width}"
        field.fill(to)
        page.context.clear_cookies()
        page.locator(".renombrar button").first.click()
        assert page.inner_text("h1") == "Su sesión terminó"
        assert "Cambiar el nombre de quien habla en «Mesa 3. Urnas»" in page.inner_text("main")
        assert page.locator("dd").all_inner_texts() == [was, to]
        seen = [violations(page, axe), page.evaluate("document.body.scrollWidth <= innerWidth")]
        page.get_by_role("button", name="Entrar y seguir").click()
        enter(page)
        assert page.inner_text("h1") == "Siga donde estaba"
        assert page.locator("dd").all_inner_texts() == [was, to]
        seen += [violations(page, axe), page.evaluate("document.body.scrollWidth <= innerWidth")]
        page.get_by_role("button", name="Enviar lo que había escrito").click()
        page.locator("main .hecho[role=status]").wait_for()
        assert to in page.inner_text("main")
        assert seen == [[], True, [], True]
