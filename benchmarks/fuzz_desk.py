"""Bad input through the forms of the desk: every page answers in Spanish, no job stays stuck, nothing is half.

    python benchmarks/fuzz_desk.py [TIMES, 300 if not said] [SEED]

A form is sent as its page shows it, but for fields that are spoilt (``SPOILT``), missing or there twice, and files of
any kind. No answer may be an error 500 or a page that is not ours, the log may hold no traceback, every job must end,
and what became a step must go back to the first bytes. Exit code 1 otherwise.
"""

from __future__ import annotations

import functools
import io
import logging
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.desk_forms import says
from benchmarks.fuzz_commands import SPOILT as VALUES
from benchmarks.roundtrip_sequences import files_of
from tests.search_app.desk.desk_office import Office, office, token

SPOILT = (
    *(one.encode("utf-8", "replace").decode() for one in VALUES if isinstance(one, str)), "1e400", "nan", "-1", "0",
    "9" * 5_000, "foro", "foro/mesa-1", "\r\nSet-Cookie: a=b", "<script>alert(1)</script>", "=1+1", "%00", "{{7*7}}",
)  # fmt: skip
PLACES = ("foro", "foro/mesa-1", "foro/mesa-2", "foro/mesa-3")
LEFT = ("/salir", "/cuentas", "/mi-cuenta", "/entrar", "/reportar")
"""Forms that end the session, change who may enter, or are counted."""
_WAIT_S = 120


def zipped(*files: tuple[str, bytes]) -> bytes:
    """An archive of these files."""
    with zipfile.ZipFile(data := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()


_VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nhola\n"
_LIES = b'{"title": 7, "upload_date": "20259999", "webpage_url": ["x"], "duration": "mucho", "id": null}'


@functools.cache
def files() -> tuple[tuple[str, bytes], ...]:
    """Names and bytes that no form should be given; made once, and not where a child imports this."""
    return (
        ("", b""), ("vacio.vtt", b""), ("texto.vtt", _VTT), ("x.txt", b"\xff\xfe\0\0" * 99), ("../../x.vtt", _VTT),
        ("C:\\a\\b.vtt", _VTT), ("a" * 400 + ".vtt", _VTT), ("\u202ettv.exe", _VTT), ("nul\0.vtt", _VTT),
        (".vtt", _VTT),
        ("malo.zip", b"PK\3\4" + b"\0" * 60), ("rutas.zip", zipped(("../../a.vtt", _VTT), ("/etc/b.vtt", _VTT))),
        ("bomba.zip", zipped(("b.txt", b"\0" * 200_000_000))), ("dos.zip", zipped(("d.zip", zipped(("a.vtt", _VTT))))),
        ("10000.zip", zipped(*((f"{n}.vtt", _VTT) for n in range(10_000)))),
        ("miente.zip", zipped(("V [abcdefghijk].es.vtt", _VTT), ("V [abcdefghijk].info.json", _LIES))),
        ("lista.csv", "archivo;título;fecha\r\nx.vtt;Sesión;4/12/2025\r\n".encode("cp1252")),
        ("otra.csv", b"a,b\n1,2\n"),
        ("tabla.csv", b"archivo\n" + b"x.vtt\n" * 3), ("info.json", b"[" * 100_000), ("data.pdf", b"%PDF-1.4\n"),
        ("v.mp4", b"\0\0\0\x18ftypmp42" + b"\0" * 99), ("dia.docx", zipped(("word/document.xml", b"<a>" * 9_999))),
    )  # fmt: skip


class Tries:
    """Forms that are sent spoilt, to one office."""

    def __init__(self, made: Office, seed: int) -> None:
        self.office, self.chance = made, random.Random(seed)
        self.client = made.client()
        self.counts: Counter[str] = Counter()
        self.log = logging.StreamHandler(io.StringIO())
        logging.getLogger().addHandler(self.log)
        self.client.post("/acervo/reportar", data={"pagina": "foro/mesa-1", "fragmento": "1", "texto": "Algo"})
        self.first, self.known = files_of(made.maker.corpus), 0
        self.pages = self._pages()

    def _pages(self) -> list[str]:
        """Every page of the desk that its url map has."""
        found = []
        for rule in self.office.app.url_map.iter_rules():
            if rule.rule.startswith("/acervo") and "GET" in (rule.methods or ()) and "encargo" not in rule.arguments:
                for place in PLACES if "evento" in rule.arguments else ("foro",):
                    event, _, mesa = place.partition("/")
                    if bool(mesa) == ("mesa" in rule.arguments):
                        values = {"evento": event, "mesa": mesa, "cual": "-nuevo", "paso": 1}
                        found += [self.office.app.url_map.bind("localhost").build(rule.endpoint, values)]
        return sorted({page for page in found if not page.endswith("respuesta")})

    def run(self) -> str:
        """Send one; what is wrong, empty where nothing is."""
        drafts = [one.retry for one in self.office.desk.jobs.all() if one.state in ("borrador", "fallo") and one.retry]
        at = self.chance.choice(drafts if drafts and self.chance.random() < 0.5 else self.pages)
        page = self.client.get(at)
        if page.status_code == 404 or "text/html" not in page.content_type:
            return ""
        forms = [one for one in BeautifulSoup(page.text, "html.parser").find_all("form") if one.get("method") == "post"]
        forms = [one for one in forms if not str(one.get("action") or at).endswith(LEFT)]
        if not forms:
            return fault_of_page(page, at)
        form = self.chance.choice(forms)
        address, data = str(form.get("action") or at), self._spoilt(form)
        data["token"] = token(page)
        said = f"{address} {[(name, str(value)[:40]) for name, value in data.items(multi=True)][:40]}"
        answer = self.client.post(address, data=data, content_type="multipart/form-data")
        self.counts[f"{answer.status_code}"] += 1
        fault = fault_of_page(answer, said) or self._ended(said)
        if not fault and answer.status_code == 303:
            fault = fault_of_page(
                self.client.get(answer.headers["Location"]), f"{said} -> {answer.headers['Location']}"
            )
        if (seen := self.log.stream.getvalue()) and "Traceback" in seen:
            fault = fault or f"{said}: {seen[-1_500:]}"
        self.log.setStream(io.StringIO())
        return fault or self._taken_back(said)

    def _spoilt(self, form: Tag) -> MultiDict[str, Any]:
        data: list[tuple[str, Any]] = []
        for field in form.find_all(["input", "textarea", "select"]):
            name, kind = str(field.get("name") or ""), field.get("type")
            if not name or name == "token" or (kind in ("radio", "checkbox") and self.chance.random() < 0.5):
                continue
            if kind == "file":
                data += [(name, self._file()) for _ in range(self.chance.choice((1, 1, 2)))]
            elif field.name == "select":
                data.append(
                    (name, self.chance.choice([str(one.get("value")) for one in field.find_all("option")] or [""]))
                )
            else:
                data += [(name, value) for value in says(field)] or [(name, str(field.get("value") or ""))]
        buttons = [one for one in form.find_all("button") if one.get("name")]
        if buttons:
            pressed = self.chance.choice(buttons)
            data.append((str(pressed["name"]), str(pressed.get("value") or "")))
        for _ in range(self.chance.choice((0, 1, 1, 2, 5)) if data else 0):
            place = self.chance.randrange(len(data))
            name, value = data[place]
            chosen = self.chance.random()
            if chosen < 0.15:
                data.pop(place)
            elif chosen < 0.3:
                data.append((name, value if isinstance(value, str) else self._file()))
            elif isinstance(value, str):
                data[place] = name, self.chance.choice(SPOILT)
            if not data:
                break
        return MultiDict(data)

    def _file(self) -> tuple[io.BytesIO, str]:
        name, content = self.chance.choice(files())
        return io.BytesIO(content), name

    def _ended(self, said: str) -> str:
        end = time.monotonic() + _WAIT_S
        for job in [one for one in self.office.desk.jobs.all() if one.waiting]:
            self.office.desk.worker.wait(job.id, max(0.0, end - time.monotonic()))
        stuck = [one for one in self.office.desk.jobs.all() if one.waiting]
        odd = [one.error for one in self.office.desk.jobs.all() if "inesperado" in one.error or "falló al" in one.error]
        return f"{said}: {stuck[:1]} {odd[:1]}" if stuck or odd else ""

    def _taken_back(self, said: str) -> str:
        """What the form did is undone: the next one finds the first corpus."""
        corpus, desk = self.office.maker.corpus, self.office.desk
        steps = self.office.history()
        for step in steps[: len(steps) - self.known]:  # an undo as well
            self.counts[f"paso: {step['accion']}"] += 1
            desk.commands.ask("deshacer", str(step["paso"]))
        self.known = len(self.office.history())
        if files_of(corpus) != self.first:
            self.first = files_of(corpus)
            return f"{said}: taking it back does not give the first bytes"
        if len(list(desk.jobs.all())) > 12:
            for job in desk.jobs.all():
                desk.jobs.discard(job.id)
        return ""


def fault_of_page(answer: Any, said: str) -> str:
    """Whether it is an answer of ours."""
    if answer.status_code >= 500:
        return f"{said}: {answer.status_code}"
    if answer.status_code >= 400 and 'lang="es' not in answer.text:
        return f"{said}: {answer.status_code} {answer.text[:200]}"
    return ""


def main() -> int:
    """Send, and print what was seen."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"semilla {seed}, {times} formularios", flush=True)
    wrong = 0
    with tempfile.TemporaryDirectory() as work, office(Path(work) / "oficina", minutes=1) as made:
        tries = Tries(made, seed)
        for number in range(times):
            if fault := tries.run():
                wrong += 1
                print(f"{number}: {fault[:1_500]}", flush=True)
    print(f"{dict(sorted(tries.counts.items()))}; con falla: {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
