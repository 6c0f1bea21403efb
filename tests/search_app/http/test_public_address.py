"""Under which address the world sees the site, and who asks: by ``--url-publica``, a trusted proxy, or the request."""

from __future__ import annotations

import functools
import http.client
from ipaddress import ip_network

import pytest
from flask import request
from flask.testing import FlaskClient

from search_app.web.application import create_app
from tests.search_app.browsing import served
from tests.search_app.fakes.forum import forum

PROXY, CDN, READER, OTHER = "10.0.0.1", "10.9.9.9", "203.0.113.9", "198.51.100.7"
TRUSTED = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
SAID = {
    "X-Forwarded-For": READER,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "consta.example",
    "X-Forwarded-Prefix": "/consta/",
}


@functools.cache
def site(**about: str) -> FlaskClient:
    app = create_app(forum(), proxies=TRUSTED, **about)
    app.add_url_rule("/quien", view_func=lambda: {"quien": request.remote_addr, "segura": request.is_secure})
    return app.test_client()


def asking(client: FlaskClient, sender: str, **headers: str) -> str | None:
    """Who asks, as the application sees it."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    found: str | None = client.get("/quien", headers=sent, environ_base={"REMOTE_ADDR": sender}).get_json()["quien"]
    return found


def test_a_trusted_proxy_says_scheme_host_and_prefix() -> None:
    answer = site().get("/foro/mesa-5/p42", headers=SAID, environ_base={"REMOTE_ADDR": PROXY})
    assert '<link rel="canonical" href="https://consta.example/consta/foro/mesa-5/p42">' in answer.text
    assert 'href="/consta/static/consta.css' in answer.text
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize("sender", [OTHER, "", "no es una dirección"])
def test_nobody_else_is_believed(sender: str) -> None:
    client = site()
    answer = client.get("/foro/mesa-5/p42", headers=SAID, environ_base={"REMOTE_ADDR": sender})
    assert '<link rel="canonical" href="http://localhost/foro/mesa-5/p42">' in answer.text
    assert "Strict-Transport-Security" not in answer.headers
    assert asking(client, sender, X_Forwarded_For=READER) == sender


@pytest.mark.parametrize(
    ("through", "who"),
    [
        (READER, READER),
        (f"{OTHER}, {READER}", READER),
        (f"{READER}, {CDN}", READER),
        (f"{OTHER}, {READER},{CDN}, fd00::1", READER),
        (CDN, CDN),
        (f"{READER}, cualquiera, {CDN}", CDN),
        ("", PROXY),
        ("2001:db8::7", "2001:db8::7"),
    ],
)
def test_who_asks_is_the_last_address_that_is_no_proxy_of_ours(through: str, who: str) -> None:
    assert asking(site(), PROXY, X_Forwarded_For=through) == who


def test_a_proxy_of_version_4_is_known_where_the_server_listens_on_both() -> None:
    assert asking(site(), f"::ffff:{PROXY}", X_Forwarded_For=READER) == READER


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-Host", 'evil"><script>'),
        ("X-Forwarded-Host", "consta.example/otra"),
        ("X-Forwarded-Prefix", "/../otra"),
        ("X-Forwarded-Prefix", "//evil.example"),
        ("X-Forwarded-Prefix", "/buscar"),
        ("X-Forwarded-Proto", "javascript"),
    ],
)
def test_what_cannot_be_is_not_believed_of_a_trusted_proxy_either(name: str, value: str) -> None:
    answer = site().get("/foro/mesa-5/p42", headers={name: value}, environ_base={"REMOTE_ADDR": PROXY})
    assert '<link rel="canonical" href="http://localhost/foro/mesa-5/p42">' in answer.text


def test_the_public_address_goes_before_what_a_proxy_says() -> None:
    client = site(public_url="https://foros.example/sitio")
    for headers in (SAID, {**SAID, "X-Forwarded-Proto": "http"}, {"Host": "otro.example"}):
        answer = client.get("/foro/mesa-5/p42", headers=headers, environ_base={"REMOTE_ADDR": PROXY})
        assert '<link rel="canonical" href="https://foros.example/sitio/foro/mesa-5/p42">' in answer.text
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert client.get("/quien", headers=headers).get_json()["segura"], "so that every cookie is for https alone"
    plain = site(public_url="http://foros.example").get("/", headers=SAID, environ_base={"REMOTE_ADDR": PROXY})
    assert "Strict-Transport-Security" not in plain.headers


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:9000", "127.0.0.1:8000", "127.9.9.9", "[::1]:8000", "10.1.1.1"]
)
def test_this_machine_and_the_address_it_listens_on_are_hosts_of_the_site(host: str) -> None:
    client = site(host="10.1.1.1")
    answer = client.get("/foro/mesa-5/p42", headers={"Host": host})
    assert f'<link rel="canonical" href="http://{host}/foro/mesa-5/p42">' in answer.text
    assert 'href="http://10.1.1.1/foro/mesa-5/p42"' in client.get("/foro/mesa-5/p42", headers={"Host": ""}).text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", 'evil"><script>', "otro sitio", "[::1",
        "10.1.1.2", "[::1]x", "evil.",
    ],
)  # fmt: skip
def test_any_other_host_is_refused_and_reaches_no_address(host: str) -> None:
    client = site(host="0.0.0.0")
    for path in ("/foro/mesa-5/p42", "/sitemap.xml", "/buscar.atom?q=PREP", "/api/buscar?q=PREP"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert "Este sitio no se llama así" in answer.text
        assert host not in answer.text
    assert client.get("/", headers={"Host": "0.0.0.0:8000"}).status_code == 200, "the address that servir says"


def test_a_name_without_a_dot_is_answered_and_reaches_no_address() -> None:
    answer = site().get("/foro/mesa-5/p42", headers={"Host": "servidor:8000"})
    assert '<link rel="canonical" href="http://localhost/foro/mesa-5/p42">' in answer.text
    assert "servidor" not in answer.text


def test_a_real_server_hands_on_what_the_proxy_says_and_guards_what_it_refuses_itself() -> None:
    app = create_app(forum(), public_url="https://foros.example", proxies=(ip_network("127.0.0.1"),))
    app.add_url_rule("/quien", view_func=lambda: request.remote_addr or "")
    with served(app) as base:
        line = http.client.HTTPConnection(base.removeprefix("http://"))
        line.request("GET", "/quien", headers={"X-Forwarded-For": READER})
        assert line.getresponse().read().decode() == READER
        line.request("GET", "/", headers={"Transfer-Encoding": "rara"})
        refused = line.getresponse()
        assert (refused.status, refused.headers["Strict-Transport-Security"]) == (501, "max-age=31536000")
        line.close()
