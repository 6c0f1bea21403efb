"""Takes the screenshots of the README and of a review: every kind of page, wide and narrow, by day and by night.

    python benchmarks/screenshots.py [FOLDER]

Without FOLDER only the README's pictures are taken, into docs/img. Needs Chromium (`chromium` on the path).
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
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
DEMO = "/demostracion/mesa-1-resultados-y-tecnologia"
PAGES = {
    "inicio": "/",
    "buscar": "/buscar?q=capacitaci%C3%B3n+casilla&ficticio=si",
    "buscar-real": "/buscar?q=PREP",
    "buscar-ampliada": "/buscar?q=PREP+paridad+bodega&ficticio=si",
    "sin-resultados": "/buscar?q=zzzqqq",
    "evento": "/foro-ieem-2025/",
    "mesa": "/foro-ieem-2025/mesa-5-innovacion-tecnologica/",
    "transcripcion": f"{DEMO}/?q=prep",
    "fragmento": f"{DEMO}/p9",
    "temas": "/temas/",
    "tema": "/temas/prep",
    "en-contexto": "/en-contexto?q=casilla&ficticio=si",
    "comparar": "/comparar?q=capacitaci%C3%B3n&q=prep&por=persona&ficticio=si",
    "personas": "/personas/?ficticio=si",
    "persona": "/personas/consejera-a?ficticio=si",
    "entidades": "/entidades/?ficticio=si",
    "cotejar": "/cotejar?cita=la+capacitaci%C3%B3n+en+casilla&ficticio=si",
    "exportar": f"/exportar?f={DEMO[1:]}/p9&f={DEMO[1:]}/p10",
    "ayuda": "/ayuda",
    "no-existe": "/foro-ieem-2025/mesa-99/",
}
README_PICTURES = {
    "buscar": "/buscar?q=c%C3%B3mputos&ficticio=si",
    "comparar": "/comparar?q=capacitaci%C3%B3n&q=prep&por=persona&ficticio=si",
    "mesa": f"{DEMO}/?q=prep",
}


@contextmanager
def server() -> Iterator[str]:
    """Serve a fresh index of the shipped corpus; yields its address."""
    with tempfile.TemporaryDirectory() as work:
        corpus, index = Path(work) / "corpus", Path(work) / "indice"
        shutil.copytree(ROOT / "corpus", corpus)
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


def main() -> int:
    """Take them; says which page is wider than its window."""
    wide = 0
    with server() as address, sync_playwright() as tools:
        browser = tools.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        if len(sys.argv) < 2:
            page = browser.new_page(viewport={"width": 1100, "height": 760})
            (ROOT / "docs" / "img").mkdir(exist_ok=True)
            for name, path in README_PICTURES.items():
                page.goto(address + path)
                page.screenshot(path=ROOT / "docs" / "img" / f"{name}.png")
            return 0
        folder = Path(sys.argv[1])
        folder.mkdir(parents=True, exist_ok=True)
        for scheme in ("light", "dark"):
            for width in (1280, 360):
                context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                page = context.new_page()
                for name, path in PAGES.items():
                    page.goto(address + path)
                    if page.evaluate("document.documentElement.scrollWidth") > width:
                        print(f"más ancha que la ventana: {name} a {width}")
                        wide += 1
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                context.close()
        browser.close()
    return 1 if wide else 0


if __name__ == "__main__":
    sys.exit(main())
