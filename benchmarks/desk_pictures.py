"""Takes the pictures of ``/ayuda/acervo``: real pages of the desk over a small corpus of our own wording.

    python benchmarks/desk_pictures.py [NAME…]

Writes search_app/static/ayuda/*.png: few colours, so that the page stays light. Needs Chromium.
"""

from __future__ import annotations

import base64
import struct
import sys
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, TimeoutError

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from search_app.desk.jobs.job import CommandCall  # noqa: E402 - found once the folder above is on the path
from tests.search_app.browsing import served, started  # noqa: E402
from tests.search_app.desk.desk_office import NAME, PASSWORD, captions, office, panel  # noqa: E402

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
OFFICIAL = "LA PRESIDENTA: Aquí la consejera Gómez anota la caja cero, y el equipo revisa las listas.\n" * 40
PROPOSED = {"campos": {"fecha": "2026-05-14", "video": "https://www.youtube.com/watch?v=abcdefghijk"}}
REPORT = {"frase": "aquí la consejera gomez anota la caja 0", "texto": "Se apellida Gómez, con acento.", "desde": ""}
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


@dataclass(frozen=True)
class Picture:
    """One picture of the help.

    Attributes:
        name: Of the file.
        address: The page; empty to stay on the one of the picture before.
        steps: What is done there first: ``press`` a button, ``click``, ``fill`` or ``choose`` at a locator, ``send``
            captions there under some names, ``wait``.
        below: What stands at the top of the picture.
        height: In pixels.
        after: What is done once it is taken, for those that follow.
    """

    name: str
    address: str = ""
    steps: tuple[tuple[str, ...], ...] = ()
    below: str = "h1"
    height: int = 620
    after: tuple[tuple[str, ...], ...] = ()


PICTURES = (
    Picture(
        "agregar", "/acervo/agregar",
        (("choose", "#mesa", "foro/mesa-2"), ("fill", "#texto", panel(10, "las urnas"))),
        after=(("press", "Ver qué se entendió"),),
    ),
    Picture("revisar", after=(("press", "Publicar"), ("wait", "h1:text('Publicado')"))),
    Picture(
        "personales", "/acervo/agregar",
        (
            ("choose", "#mesa", "foro/mesa-3"),
            ("fill", "#texto", "ANA RUIZ: Mi teléfono es 55 1234 5678, y el de la oficina está en la lista.\n" * 2),
            ("press", "Ver qué se entendió"),
        ),
        ".personales", 420,
    ),
    Picture(
        "direccion", "/acervo/agregar",
        (("fill", "#texto", "https://www.youtube.com/watch?v=abcdefghijk"), ("press", "Ver qué se entendió")),
        height=460,
    ),
    Picture(
        "reemplazar", "/acervo/foro/mesa-1/reemplazar",
        (
            ("fill", "#texto", OFFICIAL), ("press", "Ver qué se entendió"),
            ("click", "summary:has-text('Ver la diferencia')"),
        ),
        "h2:text('Qué cambiaría')",
    ),
    Picture(
        "hablantes", "/acervo/foro/mesa-1/hablantes",
        tuple(
            ("click", f"article >> nth={n} >> .aqui-habla button >> nth={n}") for n in range(3)
        ),
        ".faltan-por", after=(("press", "Guardar y publicar"), ("wait", "main .hecho")),
    ),
    Picture("lugares", "/acervo/corregir?buscar=gomez&por=G%C3%B3mez", below="main [role=status]", height=560),
    Picture(
        "importar", "/acervo/importar",
        (
            ("click", "summary:has-text('El evento no está')"), ("fill", "#titulo_evento", "Sesiones de 2025"),
            ("send", "#archivos", "Sesión 2025-12-04.es.vtt", "Sesión 2025-12-11.es.vtt"),
            ("press", "Ver qué se entendió"), ("wait", "h1:text('Qué se entendió de')"),
        ),
    ),
    Picture(
        "partir", "/acervo/foro/partir",
        (
            ("send", "#archivo", "foro.vtt"), ("press", "Ver el texto con sus horas"),
            ("fill", "#nueva", "Mesa 4. Las cajas"), ("press", "Añadir, o guardar las horas"),
            ("click", "article >> nth=1 >> button[name=empieza]"), ("wait", "article .nota"),
        ),
    ),
    Picture(
        "programa", "/acervo/nuevo",
        (("fill", "#programa", PROGRAMME), ("click", "details [value=entender]")), "#sus-mesas",
    ),
    Picture("editar", "/acervo/foro/mesa-1/editar", below="#video"),
    Picture("mover", "/acervo/foro/mesa-1/mover"),
    Picture(
        "temas", "/acervo/temas/-nuevo",
        (
            ("fill", "#id", "listas"), ("fill", "#etiqueta", "Listas nominales"), ("fill", "#equivalentes", "listas"),
            ("fill", "#signos", "caja"), ("press", "Ver qué etiquetaría"), ("wait", "#prueba"),
        ),
        "#prueba",
    ),
    Picture("personas", "/acervo/personas", height=500),
    Picture(
        "reportes", "/acervo/reportes",
        (("click", "main .pasos summary"), ("fill", "#r1", "Gracias: ya se corrigió. La consejera se apellida Gómez.")),
    ),
    Picture("proponer", "/acervo/", (("click", "#por-publicar ~ ul a"),), height=560),
    Picture("cuentas", "/acervo/cuentas"),
    Picture("retirar", "/acervo/foro/mesa-1/retirar?fragmento=1"),
    Picture("historial", "/acervo/historial", height=480),
    Picture("inicio", "/acervo/", height=560),
)  # fmt: skip


def do(page: Page, step: tuple[str, ...]) -> None:
    """One step on the page."""
    action, what, *value = step
    if action == "press":
        page.get_by_role("button", name=what, exact=True).first.click()
    elif action == "wait":
        page.locator(what).first.wait_for(timeout=60_000)
    elif action == "choose":
        page.select_option(what, value[0])
    elif action == "send":
        made = zip(value, ("Mora", "Ruiz"))  # noqa: B905 - no more files than names
        files = [{"name": name, "mimeType": "text/vtt", "buffer": captions(6, who).encode()} for name, who in made]
        page.set_input_files(what, files)
    elif action == "fill":
        page.fill(what, value[0])
    else:
        page.locator(what).click()


def take(page: Page, blank: Page, base: str, one: Picture) -> bytes | None:
    """One picture; None where the page is not there, or not as its row says."""
    if one.address and (answer := page.goto(base + one.address)) and answer.status != 200:
        return None
    try:
        for step in one.steps:
            do(page, step)
        page.set_viewport_size({"width": WIDTH, "height": one.height})
        page.locator(one.below).first.evaluate("(it) => { it.style.scrollMarginTop = '16px'; it.scrollIntoView(); }")
        picture = small(blank, page.screenshot())
        for step in one.after:
            do(page, step)
    except TimeoutError:
        return None
    return picture


def main() -> int:
    """Take them all."""
    TO.mkdir(exist_ok=True)
    total, missing = 0, 0
    with (
        tempfile.TemporaryDirectory() as work,
        office(Path(work), minutes=6) as made,
        served(made.app) as base,
        started() as chromium,
    ):
        call = CommandCall("editar", ("foro/mesa-1",), {"escribir": True}, PROPOSED)
        title = "Editar los datos de «Bodegas»"
        made.desk.jobs.put(
            made.desk.jobs.new("luis", "?", state="por_revisar", title=title, page="foro/mesa-1", calls=(call,))
        )
        made.desk.commands.ask("reporte", "foro/mesa-1#p1", given=REPORT)
        page = chromium.new_page(viewport={"width": WIDTH, "height": 620}, locale="es-MX")
        page.set_default_timeout(20_000)
        blank = chromium.new_page()
        page.goto(f"{base}/entrar")
        page.fill("#nombre", NAME)
        page.fill("#clave", PASSWORD)
        page.get_by_role("button", name="Entrar", exact=True).click()
        for one in PICTURES:
            if sys.argv[1:] and one.name not in sys.argv[1:]:
                continue
            if (data := take(page, blank, base, one)) is None:
                missing += 1
                print(f"{one.name}.png: {one.address or 'the page before'} is not as its row says")
                continue
            (TO / f"{one.name}.png").write_bytes(data)
            total += len(data)
            print(f"{one.name}.png, {one.height} pixels high: {len(data):,} bytes")
    print(f"{total:,} bytes in all; {missing} missing")
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main())
