"""The door of the desk: sessions, forged cookies, CSRF, where it leads, uploads and paths, addresses without a session,
tries at passwords, timing of unknown names, headers behind a TLS proxy (as Mozilla's Observatory counts them).

Goal: every check holds. Two processes over one corpus, as behind a balancer. --tries: measurements of the timing.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import tempfile
import time
import urllib.parse
from pathlib import Path

from checks import NAME, PASSWORD, Checks, arguments, scratch
from commands import command, forked, must
from corpora import office
from texts import panel
from visits import Server, token

OTHER, OTHER_PASSWORD = "luis", "otra cosa de prueba"
ELSEWHERE = (
    "https://malo.example",
    "//malo.example",
    "/\\malo.example",
    "/acervo/../..//malo.example",
    "/acervo/\r\nX: y",
    "javascript:alert(1)",
    "/acervo//malo.example",
)
NAMES = (
    f"../../../..{tempfile.gettempdir()}/malo.txt",
    "/etc/malo.txt",
    "..\\..\\malo.txt",
    "malo\x00.txt",
    "malo.txt/../../y.vtt",
    "." * 300 + ".txt",
    "con:aux.txt",
    "-rf.txt",
    "--corpus=malo.txt",
)
SLUGS = ("..", "%2e%2e", "a/../../b", "_historial", "_personal", "A", "é", "acervo", "p1", "x" * 300)
PATHS = (
    "/acervo/encargos/../../x",
    "/acervo/encargos/..%2f..%2f_personal",
    "/acervo/agregar/20200101000000_aaaaaaaaaaaa",
    "/acervo/foro/..%2f..%2f/corregir",
    "/static/..%2f..%2fweb.py",
    "/static/%2e%2e/web.py",
    "/_personal/cuentas.json",
    "/foro/mesa-1/../../_personal/clave",
)
OPEN = ("/acervo/reportar",)
"""Addresses that begin as those of the desk and are for everybody."""


class Visitor:
    """A browser whose cookies and headers can be seen and changed."""

    def __init__(self, port: int, cookies: dict[str, str] | None = None, **headers: str) -> None:
        self.port, self.cookies = port, dict(cookies or {})
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.set_cookies: list[str] = []

    def ask(
        self, method: str, path: str, form: dict[str, str] | bytes | None = None, **headers: str
    ) -> tuple[int, str, http.client.HTTPMessage]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        sent = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if isinstance(form, dict):
            form = urllib.parse.urlencode(form).encode()
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, form, sent)
            answer = line.getresponse()
            page = answer.read().decode("utf-8", "replace")
        except (BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
            return 413, "", http.client.HTTPMessage()
        finally:
            line.close()
        self.set_cookies = answer.headers.get_all("Set-Cookie") or []
        for each in self.set_cookies:
            name, _, value = each.split(";")[0].partition("=")
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return answer.status, page, answer.headers

    def form(self, path: str) -> str:
        """The token of a form."""
        return token(self.ask("GET", path)[1])

    def enter(self, name: str = NAME, password: str = PASSWORD, patient: bool = True, **more: str) -> tuple[int, str]:
        """Sign in, however long one has to wait for it: the status, and where it leads. Not ``patient``: one try."""
        for _ in range(4):
            form = {"token": self.form("/entrar"), "nombre": name, "clave": password, **more}
            status, _, headers = self.ask("POST", "/entrar", form)
            if status != 429 or not patient:
                break
            time.sleep(61)
        return status, headers.get("Location", "")

    def signed_in(self) -> bool:
        return self.ask("GET", "/acervo/")[0] == 200

    def leave(self) -> None:
        self.ask("POST", "/entrar/salir", {"token": self.form("/acervo/")})


def entered(port: int, *who: str) -> Visitor:
    visitor = Visitor(port)
    visitor.enter(*who)
    return visitor


def session_cookie(visitor: Visitor) -> str:
    """The name of the one without which one is not signed in."""
    for name in visitor.cookies:
        if not Visitor(
            visitor.port, {other: value for other, value in visitor.cookies.items() if other != name}
        ).signed_in():
            return name
    raise SystemExit("no cookie is needed to be signed in")


def sessions(check: Checks, port: int) -> None:
    ana = Visitor(port)
    status, _ = ana.enter()
    flags = [each for each in ana.set_cookies if "Max-Age=0" not in each]
    check("one can sign in", status == 303 and ana.signed_in(), status)
    check(
        "cookies are HttpOnly and SameSite",
        flags and all("HttpOnly" in each and "SameSite" in each for each in flags),
        flags,
    )
    name = session_cookie(ana)
    value = ana.cookies[name]
    fixed = Visitor(port, {name: "x" * 40})
    fixed.enter()
    check("another session, another key (fixation)", fixed.cookies[name] not in (value, "x" * 40))
    other = entered(port, OTHER, OTHER_PASSWORD).cookies[name]
    content, mark, signature = value.rpartition(".")
    forged = {
        "changed": value[:-2] + ("aa" if value[-2:] != "aa" else "bb"),
        "no signature": content,
        "an empty one": content + mark,
        "another's signature": content + mark + other.rpartition(".")[2],
        "another's content": other.rpartition(".")[0] + mark + signature,
    }
    for how, each in forged.items():
        check(f"a forged cookie does not open the door: {how}", not Visitor(port, {name: each}).signed_in())
    for there in ELSEWHERE:
        _, place = Visitor(port).enter(next=there)
        check(f"signing in does not lead away by {there!r}", place.startswith("/acervo/") and "\n" not in place, place)


def csrf(check: Checks, port: int) -> None:
    ana, luis = entered(port), entered(port, OTHER, OTHER_PASSWORD)
    good = ana.form("/acervo/agregar")
    text = {"titulo_mesa": "Mesa x", "evento": "foro", "texto": panel("x")}
    tokens = {
        "no token": "",
        "a made one": "abc",
        "that of another account": luis.form("/acervo/agregar"),
        "that of the door": Visitor(port).form("/entrar"),
    }
    for what, each in tokens.items():
        status, *_ = ana.ask("POST", "/acervo/agregar", {**text, "token": each})
        check(f"CSRF: {what} is refused", status == 403, status)
    for headers in (
        {"Origin": "https://malo.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ):
        status, *_ = ana.ask("POST", "/acervo/agregar", {**text, "token": good}, **headers)
        check(f"CSRF: a good token from {headers} is refused", status == 403, status)


def files_of(work: Path) -> set[Path]:
    """Those that may appear nowhere: all but what was sent and the history."""
    return {path for path in work.rglob("*") if path.is_file() and not {"_recibidos", "_historial"} & set(path.parts)}


def uploads(check: Checks, port: int, work: Path) -> None:
    ana, before = entered(port), files_of(work)
    good = ana.form("/acervo/agregar")

    def send(name: str, data: bytes, visitor: Visitor) -> tuple[int, str]:
        fields = {"token": good, "titulo_mesa": "Mesa y", "evento": "foro"}
        parts = [
            f'Content-Disposition: form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()
        ]
        head = f'Content-Disposition: form-data; name="archivo"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
        body = b"".join(b"--x\r\n" + part + b"\r\n" for part in [*parts, head.encode() + data]) + b"--x--\r\n"
        status, page, _ = visitor.ask("POST", "/acervo/agregar", body, Content_Type="multipart/form-data; boundary=x")
        return status, page

    for name in NAMES:
        status, page = send(name, panel("z").encode(), ana)
        stray = files_of(work) - before | set(Path(tempfile.gettempdir()).glob("malo*"))
        check(
            f"a file named {name[:30]!r} goes nowhere else",
            status < 500 and "Traceback" not in page and not stray,
            (status, stray),
        )
    for slug in SLUGS:
        form = {"token": good, "titulo_mesa": "M", "evento": slug, "mesa": f"{slug}/x", "texto": panel("q")}
        status, page, _ = ana.ask("POST", "/acervo/agregar", form)
        check(f"an event named {slug[:20]!r} goes nowhere", status < 500 and files_of(work) == before, status)
    status, page = send("x.txt", b"a" * (33 << 20), ana)
    check("33 MB are refused", status == 413 and "Traceback" not in page, status)
    status, _ = send("x.txt", b"a" * (2 << 20), Visitor(port))
    check("2 MB without a session are refused", status in (303, 403, 413), status)


def addresses(check: Checks, port: int) -> None:
    ana = entered(port)
    for path in PATHS:
        status, page, _ = ana.ask("GET", path)
        check(f"{path} shows nothing", status in (301, 303, 308, 404) and "argon2" not in page, status)
    known, new = set(), {"/acervo/"}
    while new and len(known) < 200:  # every page of the desk that links lead to
        path = new.pop()
        known.add(path)
        found = re.findall(r'href="(/acervo/[^"#?]*)', ana.ask("GET", path)[1])
        new |= set(found) - known
    shown = [
        path for path in sorted(known) if path not in OPEN and Visitor(port).ask("GET", path)[0] not in (303, 403, 404)
    ]
    check(f"none of the {len(known)} pages of the desk shows without a session", not shown, shown)


def timing(check: Checks, corpus: Path, index: Path, tries: int) -> None:
    """CPU of the command that looks at a password."""

    def cost(name: str) -> float:
        given = json.dumps({"nombre": name, "clave": "una clave que no es"})
        used = [
            forked("cuenta", "--comprobar", "--json", corpus=corpus, index=index, given=given).cpu_s
            for _ in range(tries)
        ]
        return statistics.median(used)

    known, unknown, long = cost(NAME), cost("nadie"), cost("x" * 59)
    told = f"known {known * 1000:.1f} ms, unknown {unknown * 1000:.1f} ms, long {long * 1000:.1f} ms"
    print("     CPU of a wrong password:", told)
    check(
        "an unknown name takes as long as a known one",
        0.85 < unknown / known < 1.18 and 0.85 < long / known < 1.18,
        told,
    )


def headers(check: Checks, port: int) -> None:
    """Behind a proxy that ends TLS, with the public address given."""
    ana = Visitor(port, X_Forwarded_Proto="https", X_Forwarded_For="203.0.113.9", Host="consta.example")
    ana.enter()
    flags = [each for each in ana.set_cookies if "Max-Age=0" not in each]
    check("with a public https address cookies are Secure", flags and all("Secure" in each for each in flags), flags)
    found = {name.lower(): value for name, value in ana.ask("GET", "/")[2].items()}
    policy, referrer = found.get("content-security-policy", ""), found.get("referrer-policy", "")
    strict = "default-src 'none'" in policy and "unsafe" not in policy
    holds = {
        "HSTS": "strict-transport-security" in found,
        "a strict policy": strict,
        "no frames": "frame-ancestors" in policy,
        "no sniffing": found.get("x-content-type-options") == "nosniff",
        "a referrer policy": referrer
        in ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"),
        "CORP": found.get("cross-origin-resource-policy") in ("same-origin", "same-site"),
    }
    for what, good in holds.items():
        check(f"behind TLS: {what}", good, found)
    lost = 20 * (not holds["HSTS"]) + 25 * (not strict) + 20 * (not holds["no frames"]) + 5 * (not holds["no sniffing"])
    gained = 10 * strict + 5 * holds["a referrer policy"] + 5 * holds["no frames"] + 10 * holds["CORP"]
    score = 100 - lost + (gained if lost <= 10 else 0)
    print(f"     Observatory, by its table: {score}")
    check("the Observatory would give 100 or more", score >= 100, score)


def left(check: Checks, port: int, other_port: int) -> dict[str, str]:
    """Signing out; the cookies of somebody who did."""
    ana = entered(port)
    kept = dict(ana.cookies)
    check("a session counts in a second process", Visitor(other_port, kept).signed_in())
    ana.leave()
    check("signing out ends the session", not Visitor(port, kept).signed_in())
    check("signing out ends it in a second process", not Visitor(other_port, kept).signed_in())
    return kept


def wrong_tries(port: int, count: int, **headers: str) -> list[int]:
    return [Visitor(port, **headers).enter(NAME, f"clave mala {n}", patient=False)[0] for n in range(count)]


def main() -> None:
    given = arguments(__doc__, tries=15)
    check = Checks()
    with scratch() as work:
        corpus, index = office(work)
        made = command("cuenta", OTHER, "--clave-por-entrada", corpus=corpus, index=index, given=f"{OTHER_PASSWORD}\n")
        must(made)
        timing(check, corpus, index, given.tries)
        with Server(index, "--url-publica", "https://consta.example", corpus=corpus) as server:
            headers(check, server.port)
        with Server(index, corpus=corpus) as server, Server(index, corpus=corpus) as second:
            sessions(check, server.port)
            csrf(check, server.port)
            uploads(check, server.port, work)
            addresses(check, server.port)
            kept = left(check, server.port, second.port)
            first = wrong_tries(server.port, 7)
            check("five tries a minute", first.count(401) <= 5, first)
            both = first + wrong_tries(second.port, 5)
            check("five tries a minute over all processes", both.count(401) <= 5, both)
            status, _ = Visitor(server.port).enter(OTHER, OTHER_PASSWORD, patient=False)
            check(
                "wrong tries at one account do not shut out another from the same address (a proxy)",
                status == 303,
                status,
            )
            traces = (server.log() + second.log()).count("Traceback")
        with Server(index, corpus=corpus) as server:
            again = wrong_tries(server.port, 3)
            check("a restart forgets no tries", again.count(401) == 0, again)
            check("signing out outlives a restart", not Visitor(server.port, kept).signed_in())
        check("no trace in the logs", not traces, traces)
    check.end("checks of the desk's door hold")


if __name__ == "__main__":
    main()
