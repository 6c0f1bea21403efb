"""The site that the audits look at, and the one list of its addresses.

The index is built, in a temporary folder, of the shipped corpus, of a copy of its fictitious event that does not say
so (``sesiones``: pages full of speech, with a video, as real ones will be), and of a withdrawn mesa. A second site is
empty.
To have a new page audited, add a line to ``PAGES``; a page that is not there yet is said and passed over.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".auditoria"
"""What `make audit` installs: axe-core, lighthouse and vnu from npm, schemathesis in an environment of its own."""


@dataclass(frozen=True)
class Audited:
    """One state of one page.

    Attributes:
        status: That it must answer.
        search: A page of results: weighed.
        swift: Looked at by Lighthouse as well.
        typed: Put into the search box first, and waited for what is suggested.
    """

    name: str
    path: str
    status: int = 200
    search: bool = False
    swift: bool = False
    typed: str = ""


EVENT = "/sesiones"
MESA = f"{EVENT}/mesa-1-resultados-y-tecnologia"
SPOKEN = f"{EVENT}/mesa-3-inclusion-y-coordinacion"
PAGES = (
    Audited("inicio", "/", swift=True),
    Audited("inicio, sugerencias", "/", typed="pre"),
    Audited("resultados", "/buscar?q=PREP", search=True, swift=True),
    Audited("resultados, varias palabras", "/buscar?q=capacitaci%C3%B3n+casilla+acta", search=True),
    Audited(
        "resultados, ficticios", "/buscar?q=capacitaci%C3%B3n&ficticio=si&tema=capacitacion-electoral", search=True
    ),
    Audited("resultados, ampliados y corregidos", "/buscar?q=PREP+presupesto+bodega", search=True),
    Audited("resultados, todos", "/buscar", search=True),
    Audited("resultados, última página", "/buscar?q=PREP&por_pagina=5&pagina=2&orden=cronologico", search=True),
    Audited("resultados, más allá de la última", "/buscar?q=PREP&pagina=999", search=True),
    Audited("resultados, ninguno", "/buscar?q=zzzqqq", search=True),
    Audited("resultados, ninguno con filtros", "/buscar?q=PREP&persona=Nadie&mesa=99", search=True),
    Audited("resultados, parámetro malo", "/buscar?pagina=x", 400),
    Audited("evento", "/foro-ieem-2025/", swift=True),
    Audited("evento con habla", f"{EVENT}/"),
    Audited("evento ficticio", "/demostracion/"),
    Audited("mesa sin transcripción", "/foro-ieem-2025/mesa-1-buenas-practicas/"),
    Audited("mesa con video", f"{MESA}/", swift=True),
    Audited("mesa con video, marcada", f"{MESA}/?q=prep"),
    Audited("mesa con hablantes", f"{SPOKEN}/?q=paridad"),
    Audited("mesa ficticia", "/demostracion/mesa-2-organizacion-y-presupuesto/?q=acta"),
    Audited("fragmento", f"{MESA}/p9", swift=True),
    Audited("fragmento de un hecho", "/foro-ieem-2025/mesa-5-innovacion-tecnologica/p5"),
    Audited("fragmento ficticio", "/demostracion/mesa-1-resultados-y-tecnologia/p9?q=prep"),
    Audited("temas", "/temas/", swift=True),
    Audited("tema", "/temas/prep", swift=True),
    Audited("tema sin fragmentos", "/temas/encuestas"),
    Audited("ayuda", "/ayuda", swift=True),
    Audited("contexto, vacío", "/en-contexto"),
    Audited("contexto", "/en-contexto?q=PREP", swift=True),
    Audited("contexto, por persona", "/en-contexto?q=acta&orden=persona"),
    Audited("contexto, tres posiciones", "/en-contexto?q=acta&orden=d1,d2,i1"),
    Audited("compañía", "/compania?q=acta"),
    Audited("claves", "/claves?q=acta"),
    Audited("contexto, nada", "/en-contexto?q=zzzqqq"),
    Audited("comparar, vacío", "/comparar"),
    Audited("comparar", "/comparar?q=PREP&q=capacitaci%C3%B3n&q=paridad", swift=True),
    Audited("comparar, nada", "/comparar?q=zzzqqq"),
    Audited("personas", "/personas/"),
    Audited("persona", "/personas/consejera-a", swift=True),
    Audited("persona, con textos ficticios", "/personas/consejera-a?ficticio=si"),
    Audited("persona que no hay", "/personas/nadie", 404),
    Audited("entidades", "/entidades/"),
    Audited("entidad", "/entidades/ine", swift=True),
    Audited("entidad, con textos ficticios", "/entidades/ine?ficticio=si"),
    Audited("entidad que no hay", "/entidades/nada", 404),
    Audited("seguir", "/seguir"),
    Audited("seguir una búsqueda", "/seguir?q=PREP"),
    Audited("cotejar, vacío", "/cotejar"),
    Audited("cotejar", "/cotejar?cita=los+resultados+preliminares", swift=True),
    Audited("cotejar, nada", "/cotejar?cita=esto+no+lo+dijo+nadie+nunca+en+ninguna+parte"),
    Audited("exportar, vacío", "/exportar"),
    Audited("exportar", f"/exportar?f={MESA[1:]}/p9&f={MESA[1:]}/p10"),
    Audited("exportar un evento", f"/exportar?todo_de={MESA[1:].partition('/')[0]}"),
    Audited("exportar una búsqueda", "/exportar?q=PREP"),
    Audited("ediciones guardadas", "/descargas/"),
    Audited("no existe", "/foro-ieem-2025/mesa-99/", 404),
    Audited("retirada", "/sesiones/mesa-9-retirada/", 410),
    Audited("dirección demasiado larga", "/" + "a" * 3000, 414),
)
EMPTY = (
    Audited("vacío: inicio", "/"),
    Audited("vacío: resultados", "/buscar?q=PREP"),
    Audited("vacío: temas", "/temas/"),
    Audited("vacío: contexto", "/en-contexto?q=PREP"),
    Audited("vacío: comparar", "/comparar?q=PREP"),
    Audited("vacío: cotejar", "/cotejar?cita=los+resultados"),
)


@contextmanager
def full_site() -> Iterator[str]:
    """The shipped corpus and more; yields its address."""
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus"
        shutil.copytree(ROOT / "corpus", corpus)
        shutil.copytree(corpus / "demostracion", corpus / "sesiones")
        _replace(
            corpus / "sesiones" / "evento.toml",
            ("ficticio = true", ""),
            ("Demostración (textos ficticios)", "Sesiones"),
        )
        for mesa in sorted((corpus / "sesiones").glob("mesa-*/mesa.toml")):
            _replace(mesa, (" (texto ficticio)", ""), (" (papel ficticio)", ""))
        first = corpus / "sesiones" / MESA.rpartition("/")[2] / "mesa.toml"
        _replace(first, ("numero = 1", 'numero = 1\nvideo = "https://www.youtube.com/watch?v=aaaaaaaaaaa"'))
        with (corpus / "retirados.toml").open("a", encoding="utf-8") as file:
            file.write('[[retirados]]\nruta = "sesiones/mesa-9-retirada"\nfecha = 2026-01-15\n')
            file.write('motivo = "Se publicó por error"\n')
        with _served(corpus, Path(work) / "indice") as address:
            yield address


@contextmanager
def empty_site() -> Iterator[str]:
    """A site whose corpus has no event yet."""
    with tempfile.TemporaryDirectory() as work:
        corpus = Path(work) / "corpus"
        corpus.mkdir()
        with _served(corpus, Path(work) / "indice") as address:
            yield address


def _replace(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@contextmanager
def _served(corpus: Path, index: Path) -> Iterator[str]:
    build = [sys.executable, "-m", "indexer", "actualizar", "--corpus", corpus, "--indice", index]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "search_app", "servir", "--indice", index, "--puerto", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/salud", timeout=2).read()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def there(address: str, pages: tuple[Audited, ...]) -> tuple[list[tuple[Audited, bytes]], list[str]]:
    """The pages that answer as they must, with what they answer; and the others, in words."""
    found, others = [], []
    for page in pages:
        try:
            with urllib.request.urlopen(address + page.path, timeout=20) as answer:
                status, body = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, body = error.code, error.read()
        if status == page.status:
            found.append((page, body))
        else:
            others.append(f"{page.name} ({page.path[:60]}): respondió {status}, no {page.status}; no se revisó")
    return found, others
