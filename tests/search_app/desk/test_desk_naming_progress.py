"""Who speaks is said bit by bit: what was not said is nobody's, a draft waits, what the text announces is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from search_app.desk.forms.speakers import Change, changes_of, closed, speakers_form
from tests.search_app.browsing import needs_chromium, opened, served, until
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, office, token

pytestmark = pytest.mark.long

SPEAKERS = "/acervo/foro/mesa-1/hablantes"


def answer(*changes: Change) -> dict[str, Any]:
    """What ``hablantes`` says of three fragments of ten seconds, each of two cues."""
    cues = [[{"inicio_s": 10.0 * n, "texto": "uno"}, {"inicio_s": 10.0 * n + 5, "texto": "dos"}] for n in range(3)]
    rows = [
        {"numero": n + 1, "inicio_s": 10.0 * n, "persona": None, "texto": "uno dos", "subtitulos": said}
        for n, said in enumerate(cues)
    ]
    written = [{"inicio_s": second, "persona": person} for second, person in changes]
    proposed = [{"inicio_s": 15.0, "persona": "Eva", "texto": "tiene la palabra Eva"}]
    return {"base": "b", "cambios": written, "fragmentos": rows, "propuestas": proposed}


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ([(0.0, "Ana")], [(0.0, "Ana"), (10.0, None)]),
        ([(0.0, "Ana"), (15.0, "Eva")], [(0.0, "Ana"), (15.0, "Eva"), (20.0, None)]),
        ([(0.0, "Ana"), (20.0, "Eva")], [(0.0, "Ana"), (20.0, "Eva")]),
        ([(0.0, "Ana"), (10.0, None)], [(0.0, "Ana"), (10.0, None)]),
        ([], []),
    ],
)
def test_after_the_fragment_of_the_last_change_nobody_is_known(changes: list[Change], after: list[Change]) -> None:
    assert closed(changes, speakers_form(answer()).rows) == after


def test_one_goes_on_where_the_last_change_says_nobody() -> None:
    shown = speakers_form(answer((0.0, "Ana"), (10.0, None)))
    assert (shown.frontier.number if shown.frontier else None, shown.until_end) == (2, False)
    whole = speakers_form(answer((0.0, "Ana")))
    assert (whole.frontier, whole.until_end) == (None, True)


def test_what_the_text_announces_is_proposed_until_it_is_said() -> None:
    rows = speakers_form(answer((0.0, "Ana"))).rows
    assert [row.proposed for row in rows] == [(), ((15.0, "Eva", "tiene la palabra Eva"),), ()]
    assert changes_of(MultiDict({"f1": "Ana", "propone": "15.0|Eva"}), rows) == [(0.0, "Ana"), (15.0, "Eva")]
    assert not any(row.proposed for row in speakers_form(answer((0.0, "Eva"))).rows)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office(tmp_path_factory.mktemp("a-medias"), minutes=3) as made:
        yield made


def test_a_draft_waits_and_is_published_or_given_up(furnished: Office) -> None:
    staff = furnished.client()
    form = {"token": token(staff.get(SPEAKERS)), "base": "", "f1": "Ana Ruiz"}
    staff.post(SPEAKERS, data={**form, "accion": "borrador"})
    staff.post(SPEAKERS, data={**form, "f1": "Eva Sol", "accion": "borrador"})
    assert furnished.history() == []
    home = staff.get("/acervo/").text
    assert home.count("Quién habla en Mesa 1. Bodegas</a>") == 1
    shown = staff.get(staff.get(re.findall(r'href="(/acervo/encargos/[^"]+)"', home)[0]).location).text
    assert "Es su borrador" in shown
    assert "<option selected>Eva Sol</option>" in shown
    assert "Hecho y publicado" in staff.post(SPEAKERS, data=form, follow_redirects=True).text
    lines = (furnished.maker.corpus / "foro" / "mesa-1" / "hablantes.tsv").read_text().splitlines()
    assert (lines[1], lines[2].partition("\t")[2]) == ("0\tAna Ruiz", "-")
    drafts = [job for job in furnished.desk.jobs.all() if job.state == "borrador"]
    assert drafts == []
    staff.post(SPEAKERS, data={**form, "con_programa": "si", "accion": "borrador"})
    staff.post(SPEAKERS, data={"token": form["token"], "accion": "descartar"})
    assert not any(job.state == "borrador" for job in furnished.desk.jobs.all())


@pytest.mark.browser
@needs_chromium[1]
def test_a_closed_tab_loses_nothing(furnished: Office, browser: Any) -> None:
    with served(furnished.app) as base, opened(browser) as page:
        page.goto(f"{base}/entrar?next={SPEAKERS}")
        page.fill("[name=nombre]", NAME)
        page.fill("[name=clave]", PASSWORD)
        page.locator("main button").click()
        page.locator("article").nth(1).locator(".aqui-habla button").nth(1).click()
        until(page, "document.querySelector('.cuantos').textContent.includes('sin guardar')")
        said = page.locator(".faltan-por").inner_text()
        page.reload()
        assert page.locator(".faltan-por").inner_text() == said
        assert page.locator("article").nth(1).locator(".habla").inner_text() == "Luis Mora"
        page.get_by_role("button", name="Guardar sin publicar").click()
        page.get_by_role("button", name="Descartar el borrador").click()
        assert page.locator("article").nth(1).locator(".habla").inner_text() == "¿Quién habla?"
