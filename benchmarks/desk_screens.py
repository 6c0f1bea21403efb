"""Every page of the desk on a phone and on a screen: how many screens it is high, targets under 24 px, axe, width.

    python benchmarks/desk_screens.py [PART OF A NAME …]

Over 2,000 mesas in twenty events and one mesa of 500 fragments, in real Chromium. Exits with 1 where a page is over
twenty screens high or wider than its window, has a target under 24 px, or axe finds a violation.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audit_axe import TAGS, source

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.search_app.browsing import opened, served, started  # noqa: E402 - found once the folder is on the path
from tests.search_app.desk.desk_office import NAME, PASSWORD, Office, captions, office, panel, sent  # noqa: E402

EVENTS, MESAS = 20, 100
MINUTES = 500
"""Of captions, which make 500 fragments."""
MOST_SCREENS = 20
LEAST_PX = 24
WINDOWS = (("phone", 360, 740, "dark"), ("screen", 1280, 800, "light"))

SMALL = """least => [...document.querySelectorAll(
    'a[href], button, summary, select, textarea, input:not([type=hidden])')].filter(e => {
  if (!e.checkVisibility({visibilityProperty: true}) || e.closest('.oculto, .salto')) return false;
  const label = e.matches('[type=checkbox], [type=radio]') && e.labels[0];  // a press on it is one on its box
  const box = (label || e).getBoundingClientRect();
  if (!box.width || (box.height >= least - .5 && box.width >= least - .5)) return false;
  const said = [...e.parentElement.childNodes].filter(n => n.nodeType === 3).map(n => n.data).join('');
  return !(e.matches('a') && /[a-záéíóúñ]{2,}/i.test(said));  // within a sentence
}).map(e => `${e.tagName.toLowerCase()} «${(e.textContent || e.name).trim().slice(0, 30)}» ` +
  `${Math.round(e.getBoundingClientRect().width)}×${Math.round(e.getBoundingClientRect().height)}`)"""


def furnished(made: Office) -> None:
    """Add twenty events with a hundred mesas each, some with a transcript, and one mesa of 500 fragments."""
    maker = made.maker
    for event in range(EVENTS):
        maker.event(f"foro-{event}", f"Foro número {event}")
        for mesa in range(MESAS):
            text = {"transcripcion_txt": f"ANA RUIZ: Se habló de la urna {mesa}.\n"} if mesa % 2 else {}
            maker.mesa(f"mesa-{mesa}", f"foro-{event}", title=f"Mesa de la urna {mesa}", **text)
    people = "".join(f'[[participantes]]\nnombre = "Persona {n} de Prueba"\n' for n in range(8))
    video = 'video = "https://www.youtube.com/watch?v=aaaaaaaaaaa"\n'
    maker.mesa("mesa-larga", title="Larga", extra=video + people, transcripcion_vtt=captions(MINUTES))
    labelled = "\n\n".join(
        f"PERSONA {n % 40}: {'Hablamos de gomez. ' + 'Hablamos de las urnas. ' * 28}" for n in range(MINUTES)
    )
    maker.mesa("mesa-rotulada", title="Rotulada", transcripcion_txt=labelled)
    assert not maker.update().failed


def pages(made: Office) -> Iterator[tuple[str, str]]:
    """The pages, by name and address."""
    client = made.client()
    draft = sent(client, "/acervo/agregar", {"texto": panel(300, "álamo"), "mesa": "foro/mesa-2"}).headers["Location"]
    over = sent(client, "/acervo/agregar", {"texto": captions(400, "sosa"), "mesa": "foro/mesa-larga"})
    failed = made.desk.jobs.new(NAME, "?", state="fallo", title="Una prueba", error="No se pudo.", retry=draft)
    made.desk.jobs.put(failed)
    yield "first page", "/acervo/"
    yield "list of what is missing", "/acervo/?lista=faltan"
    yield "list of mesas", "/acervo/?lista=mesas"
    yield "adding", "/acervo/agregar"
    yield "new event", "/acervo/nuevo"
    yield "editing an event", "/acervo/foro-1/editar"
    yield "editing a mesa", "/acervo/foro/mesa-larga/editar"
    yield "review", draft
    yield "review, replacing", over.headers["Location"]
    yield "job that failed", f"/acervo/encargos/{failed.id}"
    for mesa in ("mesa-larga", "mesa-rotulada"):
        yield f"speakers of {mesa}", f"/acervo/foro/{mesa}/hablantes"
        yield f"corrections of {mesa}", f"/acervo/foro/{mesa}/corregir"
        yield f"places of {mesa}", f"/acervo/corregir?donde=foro/{mesa}&buscar=gomez&por=G%C3%B3mez"
        yield f"withdrawing {mesa}", f"/acervo/foro/{mesa}/retirar"
    video = {"video": "https://www.youtube.com/watch?v=aaaaaaaaaaa"}
    day = {**video, "archivo": (io.BytesIO(captions(MINUTES).encode()), "dia.vtt")}
    yield "splitting a day, its file", "/acervo/foro-1/partir"
    yield "splitting a day", sent(client, "/acervo/foro/partir", day, of="/acervo/foro/partir").headers["Location"]
    yield "history", "/acervo/historial"
    yield "reports", "/acervo/reportes"
    yield "people", "/acervo/personas"
    yield "moving", "/acervo/foro/mesa-larga/mover"
    yield "topics", "/acervo/temas"
    yield "accounts", "/acervo/cuentas"
    yield "help", "/ayuda/acervo"


def look(page: Any, address: str, axe: str) -> tuple[float, int, list[str], list[str]]:
    """Screens, how much too wide, targets that are too small, violations."""
    if address:
        page.goto(address)
    screens = page.evaluate("Math.max(document.documentElement.scrollHeight, document.body.scrollHeight) / innerHeight")
    wide = page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    small = page.evaluate(SMALL, LEAST_PX)
    # What sticks to an edge covers a target only until one scrolls; axe looks at one place of the page.
    page.evaluate("document.querySelectorAll('.paleta').forEach(e => { e.style.position = 'static'; })")
    page.evaluate(axe)
    options = f"{{runOnly: {TAGS!r}, resultTypes: ['violations']}}"
    found = page.evaluate(f"axe.run(document, {options})")["violations"]
    return (
        screens,
        wide,
        small,
        [
            f"{one['id']}: {node['html'][:90]}: {node['failureSummary'].splitlines()[-1].strip()}"
            for one in found
            for node in one["nodes"][:2]
        ],
    )


def session_ended(page: Any, made: Office, base: str) -> None:
    """Save a mesa of 500 fragments after the session has ended."""
    page.goto(f"{base}/acervo/foro/mesa-rotulada/corregir")
    for summary in page.locator("article summary").all()[:5]:
        summary.click()
    for box in page.locator("article textarea:visible").all():
        box.fill(f"{box.input_value()} Y así.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Guardar y publicar").click()
    page.get_by_role("heading", name="Su sesión terminó").wait_for()


def main() -> bool:
    """Look at every page whose name holds a word of the command line; whether all is well."""
    axe, names, well = source(), sys.argv[1:] or [""], True
    with tempfile.TemporaryDirectory() as root, office(Path(root), minutes=3) as made:
        furnished(made)
        made.desk.commands.ask("historial")
        found = list(pages(made))
        with served(made.app) as base, started() as browser:
            for called, width, height, scheme in WINDOWS:
                with opened(
                    browser, refused=True, viewport={"width": width, "height": height}, color_scheme=scheme
                ) as page:
                    page.goto(f"{base}/entrar")
                    page.fill("#nombre", NAME)
                    page.fill("#clave", PASSWORD)
                    page.get_by_role("button", name="Entrar", exact=True).click()
                    for name, address in [*found, ("session ended", "")]:
                        if not any(part in name for part in names):
                            continue
                        if not address:
                            session_ended(page, made, base)
                        screens, wide, small, broken = look(page, address and base + address, axe)
                        well &= screens <= MOST_SCREENS and wide <= 0 and not small and not broken
                        print(
                            f"{called:7}{name:34}{screens:7.1f} screens{len(small):5} small  axe {len(broken)}", end=""
                        )
                        print(
                            f"  {wide} px too wide" if wide > 0 else "",
                            *sorted(set(small))[:6],
                            *broken,
                            sep="\n      ",
                        )
    return well


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
