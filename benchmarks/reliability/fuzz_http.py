"""Fuzzed requests to the real server, one at a time, its CPU read after each.

Every public address and parameter (from openapi.json, the sitemap and DESIGN.md), odd methods, headers, bodies, bytes
that are no HTTP. Goals: no 5xx (501 for an unknown method is an answer), always an answer, none over 1 s of the
server's CPU, no trace in page or log, the server alive at the end.
"""

from __future__ import annotations

import json
import random
import re
import socket
import urllib.parse
from collections import Counter

from checks import arguments, scratch, verdict
from corpora import dealt_corpus
from visits import Server

MOST_CPU_S = 1.0
PAGES = """
/ /buscar /temas/ /temas.jsonld /ayuda /en-contexto
/compania /claves /api/compania /api/claves /comparar /cotejar /api/cotejar /exportar /personas/
/entidades/ /api/buscar /api/sugerir /api/sugerir/opensearch /salud /opensearch.xml /api/openapi.json
/sitemap.xml /robots.txt /favicon.ico /buscar.atom /entrar /acervo/ /acervo/reportar /ayuda/acervo /temas/prep
/personas/pregunta-1 /entidades/sonora /static/consta.css
""".split()  # noqa: SIM905
PARAMETERS = """
q q q evento mesa tema persona entidad menciona tipo version desde hasta orden pagina por_pagina ampliar
corregir ficticio sin cita formato por a b id f next v antes
""".split()  # noqa: SIM905
ODD = [
    "", " ", '"', '""', '"a', "-", "--", "-a", "*", "**", "a*", "abc*", "~", '"a b"~', '"a b"~99999999999', "OR",
    "OR OR", "a OR", "a OR b OR c", "NOT", "(", ")", "((((", "a:b", ":", "mesa:", "mesa:5", "mesa:-1", 'persona:"',
    "tema:prep", "desde:2020-13-45", "\x00", "\ud7ff", "\u202e", "💩", "ﷺ", "İ", "ß", "ñ", "e\u0301", "%", "%00",
    "%2e%2e%2f", "../", "..\\", "';--", "<script>alert(1)</script>", "{{7*7}}", "${x}", "0", "-1", "1", "9" * 21,
    "1e9", "NaN", "inf", "١٢", "²", "2025-12-04", "9999-99-99", "si", "no", "json", "csv", "docx", "bibtex", "ris",
    "csl", "vtt", "txt", "relevancia", "cronologico", "//x.org", "https://x.org", "javascript:1", "\r\nX: y",
    "a" * 5000, "a " * 900, '"' + "de la " * 80 + '"', "palabra OR " * 80, "-a " * 100, "(" * 900, "abc* " * 60,
    "xyzw " * 60, '"' * 999, "~" * 999, "mesa:5 " * 100, "aeiouaeiou" * 99, "\u0301" * 900, "ab " * 330,
]  # fmt: skip
RAW = [
    b"GET\r\n\r\n", b"GET /\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
    b"GET http://e.org/ HTTP/1.1\r\nHost: e.org\r\n\r\n", b"GET //e.org/ HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /%2f%2fe.org/ HTTP/1.1\r\nHost: a\r\n\r\n", b"GET * HTTP/1.1\r\nHost: a\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    b"POST /entrar HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    b"GET /" + b"a" * 3000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /?q=" + b"a" * 40000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 2000 + b"\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n X: folded\r\n\r\n",
    b"GET /buscar?" + b"q=a&" * 5000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
]  # fmt: skip
METHODS = ("HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "BREW", "get", "CONNECT", "PROPFIND")
TYPES = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "text/plain", "")


class Fuzz:
    """Requests that nobody would make."""

    def __init__(self, rnd: random.Random, server: Server) -> None:
        self.rnd = rnd
        hits = json.loads(server.get("/api/buscar?q=de+la&por_pagina=50&ficticio=si").body)["resultados"]
        self.words = " ".join(hit["texto"] for hit in hits).split()
        inside = sorted({hit["url"].replace("/#", "/") for hit in hits} | {hit["url"].split("#")[0] for hit in hits})
        self.pages = [*inside, *{f"/{hit['evento']}/" for hit in hits}, *(hit + "correcciones" for hit in inside)]
        described = json.loads(server.get("/api/openapi.json").body)["paths"].values()
        known = [
            each.get("name", "q") for path in described for way in path.values() for each in way.get("parameters", [])
        ]
        self.parameters = [*PARAMETERS, *sorted(set(known))]

    def value(self) -> str:
        rnd, chance = self.rnd, self.rnd.random()
        if chance < 0.3:
            return " ".join(rnd.choice(self.words) for _ in range(rnd.choice((1, 1, 2, 3, 6, 20, 60))))
        if chance < 0.4:
            at = rnd.randrange(len(self.words))
            return '"' + " ".join(self.words[at : at + rnd.randint(2, 12)]) + '"' + rnd.choice(("", "~3", "~50"))
        if chance < 0.8:
            return rnd.choice(ODD)
        if chance < 0.9:
            return "".join(rnd.choice([*ODD, " "]) for _ in range(rnd.randint(2, 6)))[:3000]
        letters = list(rnd.choice(self.words))
        for _ in range(rnd.randint(1, 5)):
            letters.insert(rnd.randrange(len(letters) + 1), chr(rnd.randrange(32, 0x2FFF)))
        return "".join(letters)

    def quoted(self) -> str:
        data, chance = self.value().encode("utf-8", "surrogatepass"), self.rnd.random()
        if chance < 0.8:
            return urllib.parse.quote_from_bytes(data, safe="")
        if chance < 0.9:
            return urllib.parse.quote_from_bytes(data, safe="/:?&=+").replace("%20", "+")
        return urllib.parse.quote_from_bytes(data) + self.rnd.choice(
            ("%", "%f", "%ff", "%c3", "%zz", "&", "=", "#", ";a=b")
        )

    def target(self) -> str:
        rnd = self.rnd
        made = (
            f"{rnd.choice(self.pages)}p{rnd.choice(('0', '1', '99999', '-1', '1' * 12, 'x'))}",
            f"/temas/{self.quoted()[:300]}", f"/personas/{self.quoted()[:300]}",
            f"/entidades/{self.quoted()[:200]}", f"/static/{self.quoted()[:80]}",
            "/static/..%2f..%2fweb.py", f"/acervo/encargos/{self.quoted()[:60]}", "/acervo/historial/paso_" + "9" * 20,
        )  # fmt: skip
        path = rnd.choice(PAGES) if rnd.random() < 0.7 else rnd.choice([rnd.choice(self.pages), rnd.choice(made)])
        pairs = [f"{rnd.choice(self.parameters)}={self.quoted()}" for _ in range(rnd.choice((0, 1, 1, 1, 2, 3, 6, 40)))]
        if rnd.random() < 0.7:
            pairs.insert(0, f"{'cita' if 'cotejar' in path else 'q'}={self.quoted()}")
        if path == "/exportar":
            pairs.append(f"formato={rnd.choice(('docx', 'csv', 'json', 'bibtex', 'ris', 'csl', 'txt', 'vtt', 'x'))}")
        return path + ("?" + "&".join(pairs) if pairs else "")

    def header(self) -> str:
        value = re.sub(r"[\r\n]", "", self.value())
        return self.rnd.choice((
            f"Host: {value[:80]}", "X-Forwarded-Host: e.org", f"If-None-Match: {value[:200]}",
            "If-Modified-Since: x", "Range: bytes=0-5", "Range: bytes=-99999999999", "Accept-Encoding: gzip;q=x",
            "Accept-Encoding: gzip", "Accept-Encoding: *;q=0", f"Cookie: consta_personal={self.quoted()[:800]}",
            f"Cookie: {value[:500]}", "Accept: application/json;q=9", f"Accept-Language: {value[:100]}",
            "Origin: null", "Expect: 100-continue", "Transfer-Encoding: gzip", "Content-Length: -1",
            "Content-Length: 9999999999", "Content-Length: abc", "Upgrade: h2c",
        ))  # fmt: skip

    def request(self) -> bytes:
        rnd, chance, body, more = self.rnd, self.rnd.random(), b"", ""
        if chance > 0.95:
            return rnd.choice(RAW)
        method = rnd.choice(METHODS) if 0.82 < chance < 0.86 else "GET"
        if 0.86 < chance < 0.90:
            method, body = "POST", self.quoted().encode() * rnd.choice((1, 1, 30))
            more = f"Content-Type: {rnd.choice(TYPES)}\r\nContent-Length: {len(body)}\r\n"
        elif chance > 0.90:
            more = f"{self.header()}\r\n"
        host = "" if more.startswith("Host:") else "Host: localhost\r\n"
        return (
            f"{method} {self.target()} HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n".encode("utf-8", "replace")
            + body
        )


def ask(port: int, request: bytes) -> tuple[int, bytes]:
    """The status and all bytes of the answer; 0 where there is none within a minute."""
    data = b""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(1 << 16):
                data += piece
    except OSError:
        pass  # reset after the answer: it did not want the rest
    first = re.match(rb"HTTP/1\.[01] (\d{3})", data)
    return (int(first[1]) if first else 0), data


def main() -> None:
    given = arguments(__doc__, trials=20_000, seed=1, fragments=2000)
    statuses, bad, used = Counter(), 0, []
    with scratch() as work:
        corpus, index = dealt_corpus(work, given.fragments)
        with Server(index, corpus=corpus) as server:
            fuzz = Fuzz(random.Random(given.seed), server)
            before = server.cpu_s()
            for trial in range(1, given.trials + 1):
                request = fuzz.request()
                status, answer = ask(server.port, request)
                now = server.cpu_s()
                cpu, before = now - before, now
                statuses[status] += 1
                used = sorted([*used, (cpu, request[:160])])[-5:]
                failed = status == 0 or (status >= 500 and status != 501) or b"Traceback" in answer
                if failed or cpu > MOST_CPU_S or not server.alive:
                    bad += 1
                    print(f"BAD {status}, {cpu:.2f} s: {request[:300]!r}", flush=True)
                if trial % 1000 == 0:
                    print(f"{trial}: {now / trial * 1000:.1f} ms of CPU each, {server.memory_mb():.0f} MB", flush=True)
                if not server.alive:
                    break
            traces = server.log().count("Traceback")
            print("statuses:", dict(statuses), "| traces in the log:", traces)
            print("most CPU:", *(f"{cpu:.2f} s {request!r}" for cpu, request in reversed(used)), sep="\n   ")
    verdict(bad + traces, given.trials, "requests answered without fault")


if __name__ == "__main__":
    main()
