"""A mesa in real Chromium: from hit to hit, the video beside the text, links to copy; and all of it without script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from search_app.web.application import create_app
from tests.search_app.browsing import needs_chromium, opened, served, settled, until
from tests.search_app.fakes.desk import desk

pytestmark = needs_chromium

PLAYER = """<script>
  const say = (message) => parent.postMessage(JSON.stringify(message), "*");
  addEventListener("message", (event) => {
    const said = JSON.parse(event.data);
    document.title += `${said.event}:${said.func ?? ""}:${said.args?.[0] ?? ""} `;
    if (said.event === "listening") say({event: "onReady"});
    if (said.func === "seekTo") say({event: "infoDelivery", info: {currentTime: said.args[0]}});
  });
</script>"""
"""Speaks as YouTube's player does: it waits to be spoken to, takes orders, tells the time."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    index = desk(tmp_path_factory.mktemp("lectura"))
    with served(create_app(index)) as address:
        yield address
    index.close()


def outside(page: Any, base: str) -> list[str]:
    """Every request to another host, answered by a player of our own."""
    asked: list[str] = []

    def answer(route: Any) -> None:
        if route.request.url.startswith(base):
            route.continue_()
        else:
            asked.append(route.request.url)
            route.fulfill(status=200, content_type="text/html", body=PLAYER)

    page.route("**/*", answer)
    return asked


def counts(page: Any, words: str) -> None:
    until(page, f"document.querySelector('#barra [role=status]').textContent === {words!r}")


def test_from_hit_to_hit_by_key_and_button_with_the_numbers_of_the_page(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 1280, "height": 700}) as page:
        page.goto(base + "/buscar?q=presupuesto&mesa=foro/mesa-5&tipo=transcripcion")
        assert page.locator("#suma").inner_text() == "4 fragmentos"
        page.get_by_role("link", name="Ver en su contexto el fragmento 8 ").click()
        assert page.url.endswith("#p8")
        counts(page, "3 de 4")
        page.keyboard.press("n")
        page.wait_for_url("**#p11")
        counts(page, "4 de 4")
        page.keyboard.press("j")
        counts(page, "4 de 4")
        for _ in range(3):
            page.keyboard.press("p")
        page.wait_for_url("**#p2")
        counts(page, "1 de 4")
        page.get_by_role("button", name="Siguiente").click()
        page.wait_for_url("**#p5")
        counts(page, "2 de 4")
        assert page.locator("#p5 .sigue strong").inner_text() == "2 de 4"
        assert page.locator("#p5 mark").all_inner_texts() == ["presupuesto"]
        assert page.locator("#p5").evaluate("e => e.getBoundingClientRect().top >= 0")
        page.go_back()  # not through every hit
        assert "/buscar" in page.url


def test_without_script_links_lead_from_hit_to_hit(base: str, browser: Any) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(base + "/foro/mesa-5/?q=presupuesto&tipo=transcripcion#p2")
        assert page.locator("#p2 .sigue strong").inner_text() == "1 de 4"
        page.locator("#p2").get_by_role("link", name="Siguiente coincidencia").click()
        assert page.url.endswith("#p5")
        page.locator("#p5").get_by_role("link", name="Anterior coincidencia").click()
        assert page.url.endswith("#p2")
        assert page.locator("button:visible").all_inner_texts() == ["Buscar"]
        watch = page.get_by_role("link", name="Ver el video en YouTube")
        assert watch.get_attribute("href") == "https://www.youtube.com/watch?v=abc123"
        assert page.locator("#p2 a.hora").get_attribute("href") == "https://www.youtube.com/watch?v=abc123&t=10"


def test_the_video_is_asked_for_at_a_click_and_text_and_video_follow_each_other(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 1280, "height": 700}) as page:
        asked = outside(page, base)
        page.goto(base + "/foro/mesa-5/?q=presupuesto#p5", wait_until="networkidle")
        assert asked == []
        page.get_by_role("button", name="Ver el video junto al texto").click()
        frame = page.frame_locator("#video iframe")
        frame.locator("body").wait_for(state="attached")
        [address] = asked
        assert address.startswith("https://www.youtube-nocookie.com/embed/abc123?enablejsapi=1")
        assert "&start=190" in address  # where the reader is: 180 s of the file, 10 s into the video
        assert page.locator("#video iframe").get_attribute("referrerpolicy") == "strict-origin-when-cross-origin"
        box, text = page.locator("#video iframe").bounding_box(), page.locator("#p5").bounding_box()
        assert box["x"] > text["x"] + text["width"]  # beside the text, not over it
        page.locator("#p3 a.hora").click()
        page.locator("#p3.suena").wait_for()
        assert page.locator("#p3").get_attribute("aria-current") == "time"
        page.frames[1].evaluate("say({event: 'infoDelivery', info: {currentTime: 555}})")
        page.locator("#p11.suena").wait_for()
        assert page.locator(".suena").count() == 1
        until(page, "document.getElementById('p11').getBoundingClientRect().top < innerHeight")
        page.get_by_role("button", name="Quitar el video").click()
        assert page.locator("#video iframe").count() == 0
        assert len(asked) == 1


def test_what_another_page_says_does_not_move_the_text(base: str, browser: Any) -> None:
    with opened(browser) as page:
        outside(page, base)
        page.goto(base + "/foro/mesa-5/")
        page.get_by_role("button", name="Ver el video junto al texto").click()
        page.frame_locator("#video iframe").locator("body").wait_for(state="attached")
        page.evaluate("postMessage(JSON.stringify({event: 'infoDelivery', info: {currentTime: 300}}), '*')")
        settled(page)
        assert page.locator(".suena").count() == 0


def test_a_file_is_played_by_the_browser_itself(base: str, browser: Any) -> None:
    with opened(browser, viewport={"width": 360, "height": 800}) as page:
        asked = outside(page, base)
        page.goto(base + "/foro/mesa-7/", wait_until="networkidle")
        assert asked == []
        page.locator("#p3 a.hora").click()
        page.locator("#video video").wait_for()
        until(page, "document.querySelector('#video video').error !== null")
        assert asked[0].startswith("https://videos.example.mx/sesion.mp4")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.frames[1:] == []


def test_a_link_to_a_fragment_and_to_a_sentence_are_copied_and_lead_there(base: str, browser: Any) -> None:
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(base + "/foro/mesa-5/?q=presupuesto#p5")
        page.locator("#p5").hover()
        page.get_by_role("button", name="Copiar el enlace al fragmento 5").click()
        page.get_by_text("Se copió el enlace al fragmento 5.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == base + "/foro/mesa-5/#p5"
        # From inside "alcanza" to inside "mesas": a browser looks for whole words.
        page.evaluate("""() => {
            const text = document.createTreeWalker(document.querySelector('#p5 .dicho'), NodeFilter.SHOW_TEXT);
            while (text.nextNode() && !text.currentNode.data.includes('alcanza para'));
            const node = text.currentNode, at = node.data.indexOf('alcanza para');
            getSelection().setBaseAndExtent(node, at + 2, node, at + 'alcanza para doce me'.length);
        }""")
        page.get_by_role("button", name="Copiar enlace a la frase").click()
        page.get_by_text("Se copió el enlace a la frase.").wait_for()
        link = page.evaluate("navigator.clipboard.readText()")
        assert unquote(link) == base + "/foro/mesa-5/#p5:~:text=alcanza para doce mesas"
        page.goto("about:blank")
        page.goto(link)
        until(page, "document.getElementById('p5').getBoundingClientRect().top < innerHeight")
        assert page.evaluate("scrollY") > 0


def test_a_sentence_that_stands_twice_is_told_apart_by_its_neighbours(base: str, browser: Any) -> None:
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(base + "/foro/mesa-5/#p11")
        page.evaluate("""() => {
            const node = document.querySelector('#p11 .dicho').firstChild;
            getSelection().setBaseAndExtent(node, 0, node, 'nadie pidió más carpas'.length);
        }""")
        page.keyboard.press("c")
        page.get_by_text("Se copió el enlace a la frase.").wait_for()
        link = unquote(page.evaluate("navigator.clipboard.readText()"))
        assert link.endswith("#p11:~:text=nadie pidió más carpas,-en esta sala de")


def test_a_paragraph_taken_by_a_triple_click_is_a_sentence_to_copy(base: str, browser: Any) -> None:
    with opened(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(base + "/foro/mesa-8/")
        page.locator("#p2 .dicho").click(click_count=3)
        page.get_by_role("button", name="Copiar enlace a la frase").click()
        page.get_by_text("Se copió el enlace a la frase.").wait_for()
        link = unquote(page.evaluate("navigator.clipboard.readText()"))
        assert link == base + "/foro/mesa-8/#p2:~:text=Hablo de carpetas rojas, punto 2."
