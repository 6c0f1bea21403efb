"""Takes the pictures of ``/ayuda/acervo``: real pages of the desk over a small corpus of our own wording.

    python benchmarks/desk_pictures.py

Writes search_app/static/ayuda/*.png: few colours, so that the page stays light. Needs Chromium.
"""

from __future__ import annotations

import base64
import struct
import sys
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.made_recordings import yt_dlp_pair  # noqa: E402
from tests.search_app.browsing import served, started  # noqa: E402 - found once the folder above is on the path
from tests.search_app.desk.desk_office import NAME, PASSWORD, office, panel  # noqa: E402

TO = ROOT / "search_app" / "static" / "ayuda"
WIDTH = 820
COLOURS = 64
PROGRAMME = """Foro de las urnas
14 de mayo de 2026
10:00 – 11:30 Mesa 1. Las bodegas
Modera: Eva Sol, Consejera Electoral del IEEM
Participantes:
• Ana Ruiz, Consejera Electoral, IECM
• Luis Mora, UNAM
"""
PIXELS = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext("2d").drawImage(image, 0, 0);
  const data = canvas.getContext("2d").getImageData(0, 0, image.width, image.height).data;
  let text = "";
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return [image.width, image.height, btoa(text)];
}"""


def small(blank: Page, picture: bytes) -> bytes:
    """The same picture with a palette: text on paper has few colours."""
    width, height, data = blank.evaluate(PIXELS, "data:image/png;base64," + base64.b64encode(picture).decode())
    pixels = np.frombuffer(base64.b64decode(data), np.uint8).reshape(-1, 4)[:, :3]
    colours, place, counts = np.unique(pixels & 0xF8, axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-counts)[:COLOURS]].astype(int)
    nearest = np.array([np.argmin(((kept - colour) ** 2).sum(axis=1)) for colour in colours.astype(int)], np.uint8)
    rows = nearest[place.ravel()].reshape(height, width)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    palette = (kept | (kept >> 5)).astype(np.uint8).tobytes()

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"PLTE", palette), chunk(b"IDAT", zlib.compress(raw, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def main() -> int:
    """Take them all."""
    TO.mkdir(exist_ok=True)
    total = 0
    with (
        tempfile.TemporaryDirectory() as work,
        office(Path(work), minutes=6) as made,
        served(made.app) as base,
        started() as chromium,
    ):
        page = chromium.new_page(viewport={"width": WIDTH, "height": 620})
        blank = chromium.new_page()

        def take(name: str, height: int, address: str = "", **scroll: Any) -> None:
            nonlocal total
            if address:
                page.goto(base + address)
            page.set_viewport_size({"width": WIDTH, "height": height})
            if below := scroll.get("below"):
                page.locator(below).first.evaluate("(it) => scrollTo(0, it.getBoundingClientRect().top + scrollY - 16)")
            data = small(blank, page.screenshot())
            (TO / f"{name}.png").write_bytes(data)
            total += len(data)
            print(f"{name}.png: {len(data):,} bytes")

        page.goto(f"{base}/entrar")
        page.fill("#nombre", NAME)
        page.fill("#clave", PASSWORD)
        page.get_by_role("button", name="Entrar", exact=True).click()
        page.goto(f"{base}/acervo/agregar")
        page.select_option("#mesa", "foro/mesa-2")
        page.fill("#texto", panel(10, "las urnas"))
        take("agregar", 620, below="h1")
        page.get_by_role("button", name="Ver qué se entendió").click()
        take("revisar", 620, below="h1")
        page.get_by_role("button", name="Publicar", exact=True).click()
        page.get_by_role("heading", name="Publicado").wait_for(timeout=60_000)
        page.goto(f"{base}/acervo/foro/mesa-1/hablantes")
        for row, person in ((0, 0), (1, 1), (2, 2)):
            page.locator("article").nth(row).locator(".aqui-habla button").nth(person).click()
        take("hablantes", 620, below=".faltan-por")
        page.get_by_role("button", name="Guardar y publicar").click()
        page.locator("main .hecho").wait_for(timeout=60_000)
        take("lugares", 560, "/acervo/corregir?buscar=gomez&por=G%C3%B3mez", below="main [role=status]")
        page.goto(f"{base}/acervo/nuevo")
        page.fill("#programa", PROGRAMME)
        page.locator("details [value=entender]").click()
        take("programa", 620, below="#sus-mesas")
        take("editar", 620, "/acervo/foro/mesa-1/editar", below="#video")
        take("retirar", 620, "/acervo/foro/mesa-1/retirar?fragmento=1", below="h1")
        take("historial", 480, "/acervo/historial", below="h1")
        take("inicio", 560, "/acervo/", below="h1")
        videos = Path(work) / "videos"
        for number in (4, 5):
            yt_dlp_pair(videos, number)
        (videos / "Sesión sin subtítulos.mp4").touch()
        page.goto(f"{base}/acervo/importar")
        page.select_option("#evento", "foro")
        page.set_input_files("#archivos", sorted(videos.iterdir()))
        page.get_by_role("button", name="Ver qué se entendió").click()
        page.locator(".grabacion").nth(1).wait_for(timeout=60_000)
        page.locator(".grabacion summary").nth(1).click()
        take("importar", 660, below="h1")
    print(f"{total:,} bytes in all")
    return 0


if __name__ == "__main__":
    sys.exit(main())
