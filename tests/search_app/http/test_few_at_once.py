"""Downloads and words in context: as many at a time as leave threads for everything else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from search_app.http.few_at_once import MOST, few_at_once
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum
from tests.waiting import PATIENCE_S

HTML = {"Accept": "text/html,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app(forum()).test_client()


@pytest.fixture
def full() -> Iterator[None]:
    """As many are being made as may be."""
    begun, may_end = threading.Barrier(MOST + 1), threading.Event()

    @few_at_once()
    def costly() -> None:
        begun.wait(PATIENCE_S)
        assert may_end.wait(PATIENCE_S)

    with ThreadPoolExecutor(MOST) as pool:
        made = [pool.submit(costly) for _ in range(MOST)]
        begun.wait(PATIENCE_S)
        yield
        may_end.set()
        assert [each.result(PATIENCE_S) for each in made] == [None] * MOST


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize(
    ("address", "accepted", "kind"),
    [
        ("/exportar?q=PREP&formato=csv", {}, "application/problem+json"),
        ("/exportar?q=PREP&formato=csv", HTML, "text/html"),
        ("/en-contexto?q=PREP", HTML, "text/html"),
    ],
)
def test_one_more_is_asked_for_again_in_a_moment_and_pages_go_on(
    client: FlaskClient, address: str, accepted: dict[str, str], kind: str
) -> None:
    answer = client.get(address, headers=accepted)
    assert (answer.status_code, answer.mimetype) == (503, kind)
    assert int(answer.headers["Retry-After"]) > 0
    assert "Pídala otra vez en 3 segundos" in answer.get_data(as_text=True)
    assert client.get("/buscar?q=PREP").status_code == 200


def test_a_turn_is_given_back_also_by_what_fails(client: FlaskClient) -> None:
    for _ in range(MOST + 1):
        assert client.get("/exportar?q=PREP&pagina=x&formato=csv").status_code == 400
        assert client.get("/en-contexto?q=PREP&pagina=x").status_code == 400
    assert client.get("/exportar?q=PREP&formato=csv").status_code == 200
