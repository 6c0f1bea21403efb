"""The Nu HTML checker over every page, the style sheet and the icon, and an Atom feed through feedparser.

python benchmarks/audit_html.py
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable
from pathlib import Path

from audit_site import EMPTY, PAGES, ROOT, TOOLS, empty_site, full_site, there

VNU = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
FEEDPARSER = """
import json, sys, feedparser
found = feedparser.parse(sys.stdin.buffer.read())
print(json.dumps({"bozo": bool(found.bozo), "version": found.version, "entries": len(found.entries)}))
"""


def main(say: Callable[[str], None] = print) -> bool:
    """Check both sites; whether there is no error."""
    if not VNU.exists() or not shutil.which("java"):
        say("vnu: no se midió: falta Java o vnu.jar (make audit los instala con npm; apt install default-jre-headless)")
        return False
    with tempfile.TemporaryDirectory() as work:
        names: dict[str, str] = {}
        for site, pages in ((full_site, PAGES), (empty_site, EMPTY)):
            with site() as address:
                present, _ = there(address, pages)
                for page, body in present:
                    path = Path(work) / f"{len(names):03}.html"
                    path.write_bytes(body)
                    names[path.name] = page.name
                if site is full_site:
                    with urllib.request.urlopen(f"{address}/buscar.atom?ficticio=si") as answer:
                        feed = answer.read()
        for file in ROOT.glob("search_app/static/*.*"):
            if file.suffix in (".css", ".svg"):
                shutil.copy(file, work)
                names[file.name] = file.name
        command = [
            "java",
            "-jar",
            VNU,
            "--format",
            "json",
            "--exit-zero-always",
            "--also-check-css",
            "--also-check-svg",
        ]
        ran = subprocess.run([*command, work], capture_output=True, text=True, timeout=600)
    messages = json.loads(ran.stderr)["messages"]
    errors = [message for message in messages if message["type"] != "info"]
    warnings = [message for message in messages if message["type"] == "info"]
    say(f"vnu: {len(names)} páginas y archivos, {len(errors)} errores, {len(warnings)} advertencias")
    places: dict[str, list[str]] = {}
    for message in [*errors, *warnings]:
        name = names.get(Path(message.get("url", "")).name, "?")
        said = f"{message['type']}: {message['message']}"
        places.setdefault(said, []).append(f"{name}, renglón {message.get('lastLine')}")
    for said, where in places.items():
        say(f"  {len(where)} × {said}")
        say(f"      {'; '.join(where[:3])}{' …' if len(where) > 3 else ''}")
    return _feed(feed, say) and not errors


def _feed(feed: bytes, say: Callable[[str], None]) -> bool:
    python = TOOLS / "venv" / "bin" / "python"
    if not python.exists():
        say("feedparser: no se midió: falta (make audit lo instala)")
        return False
    read = json.loads(subprocess.run([python, "-c", FEEDPARSER], input=feed, capture_output=True, check=True).stdout)
    say(f"feedparser: {read['version']}, {read['entries']} entradas, {'con' if read['bozo'] else 'sin'} faltas")
    return not read["bozo"] and read["entries"] > 0


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
