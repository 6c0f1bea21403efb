"""Backs an office up while it works, destroys it, restores it, and asks every address again.

    python benchmarks/backup.py [BACKUPS] [SEED]

A server with the desk answers searches without a pause; texts are published in the browser and by the command, replaced
and withdrawn. Meanwhile the backups are taken. Each is then restored elsewhere and looked at: every file that a step
changed is as the last step over it says; a job that says that it is done has its step in the history; ``verificar``
finds nothing. When all have stopped, one more is taken, and every address of every fragment, every page and some
searches are asked. Then corpus and index are deleted, the backup is restored, a new server is asked the same, and the
answers are compared byte by byte. Exit code 1 when anything differs, a request failed, or a command did.
"""

from __future__ import annotations

import functools
import json
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from indexer.corpus.folders import ANCHORS
from indexer.durable import bytes_of
from indexer.history import Journal
from indexer.history.journal import sha256
from search_app.desk.jobs.job_store import JobStore
from tests.corpora import CorpusMaker
from tests.search_app.desk.desk_office import account
from tests.search_app.desk.desk_server import Browser, free_port, server
from tests.waiting import until

USUAL, SEED = 10, 15
MESAS, TURNS = 40, 30
WORDS = ["acta", "acuerdo", "boleta", "casilla", "censo", "cómputo", "conteo", "distrito", "lista", "mampara", "ñandú",
         "paquete", "padrón", "pregunta", "quórum", "recuento", "registro", "sesión", "tinta", "urna"]  # fmt: skip


class Office:
    """A corpus of made-up texts, its index, and those who work there."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance = root, chance
        self.maker = CorpusMaker(root)
        self.maker.event(anuncio_txt="Habrá mesas.")
        for number in range(MESAS):
            self.maker.mesa(f"mesa-{number}", title=f"Mesa {number}", transcripcion_txt=self.speech())
        account(self.maker.corpus)
        self.command("actualizar")
        self.failed: list[str] = []
        self.asked = 0
        self.published = 0
        self._over = threading.Event()

    def speech(self, word: str = "apertura") -> str:
        """A transcript of turns of random length."""
        turns = (" ".join(self.chance.choices(WORDS, k=self.chance.randint(5, 90))) for _ in range(TURNS))
        return "\n\n".join(f"PERSONA {'ABC'[n % 3]}: Dijo {word} {n}, {turn}." for n, turn in enumerate(turns)) + "\n"

    def command(self, *words: str, corpus: Path | None = None, index: Path | None = None) -> dict[str, Any]:
        """Run one, which must go well; what it answers a program."""
        places = [f"--corpus={corpus or self.maker.corpus}", f"--indice={index or self.maker.settings.index}"]
        asked = [] if words[0] in ("actualizar",) else ["--json"]
        line = [sys.executable, "-W", "ignore", "-m", "indexer", *words, *places, *asked]
        done = subprocess.run(line, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[1])
        if done.returncode:
            raise RuntimeError(f"{words[0]}: {done.stderr}")
        answer: dict[str, Any] = json.loads(done.stdout) if asked else {}
        return answer

    @contextmanager
    def busy(self, port: int) -> Iterator[None]:
        """Everybody works until the block ends."""
        works = (self._search, self._search, self._replace, self._paste)
        threads = [threading.Thread(target=self._again, args=(work, port)) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def has_done(self, published: int) -> bool:
        """Whether so many texts were published, or something failed."""
        return self.published >= published or bool(self.failed)

    def _again(self, work: Callable[[int, int], None], port: int) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            try:
                work(port, number)
            except Exception as error:
                self.failed.append(f"{work.__name__}: {error!r}"[:300])

    def _search(self, port: int, number: int) -> None:
        self.asked += 1
        ask(port, f"/buscar?q={WORDS[number % len(WORDS)].encode().hex() if number % 9 == 0 else 'urna+acta'}")
        time.sleep(0.05)

    def _replace(self, _port: int, number: int) -> None:
        text = self.root / "voz.txt"
        text.write_text(self.speech(f"respaldo{number}"), encoding="utf-8")
        mesa = f"foro/mesa-{number % MESAS}"
        if number % 5 == 0:
            self.command("retirar", mesa, "--tipo=transcripcion", "--motivo=A petición")
        elif (self.maker.corpus / mesa / "transcripcion.txt").exists():
            self.command("agregar", str(text), f"--mesa={mesa}", "--reemplazar")
        self.published += 1

    def _paste(self, port: int, number: int) -> None:
        browser = Browser(port)
        browser.enter()
        browser.ended(browser.publish("voz" + "".join("bcdfghjklm"[int(digit)] for digit in str(number))))
        self.published += 1

    def addresses(self) -> list[str]:
        """Every page, every fragment, some searches."""
        pages = ["foro", *(f"foro/{path.parent.name}" for path in self.maker.corpus.glob("foro/*/mesa.toml"))]
        found = ["/", "/api/buscar?q=urna&por_pagina=100", "/api/buscar?q=&por_pagina=100&pagina=3", "/personas/"]
        for page in sorted(pages):
            found.append(f"/{page}/")
            found += (f"/{page}/p{one.number}" for one in self.maker.passages(page))
        return found

    def faults(self, backup: Path, place: Path) -> list[str]:
        """What is wrong with a backup that was taken while everybody worked."""
        corpus, index = place / "corpus", place / "indice"
        self.command("restaurar", str(backup), corpus=corpus, index=index)
        steps = Journal(corpus).read()[0]
        last = {change.path: change.after for one in steps for change in one.files}
        wrong = []
        for path, after in last.items():
            data = bytes_of(corpus / path)
            if not path.endswith(ANCHORS) and (None if data is None else sha256(data)) != after:
                wrong.append(f"{path} no es lo que dejó su último paso")
        origins = {one.origin for one in steps}
        for job in JobStore(corpus).all():
            if job.state == "hecho" and not any(origin.startswith(job.origin) for origin in origins):
                wrong.append(f"{job.id} dice que se hizo y no está en el historial")
        verified = self.command("verificar", corpus=corpus, index=index)
        return wrong + [problem["texto"] for problem in verified["problemas"]]


def ask(port: int, address: str) -> tuple[int, bytes]:
    """Status and body of a page."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise
        return error.code, error.read()


def main() -> int:
    """Work, back up, destroy, restore, compare; print what was seen."""
    backups, seed = (int(given) for given in (*sys.argv[1:3], *(str(USUAL), str(SEED))[len(sys.argv[1:3]) :]))
    with tempfile.TemporaryDirectory() as work:
        office = Office(Path(work), random.Random(seed))
        port, taken, times = free_port(), [], []
        with server(office.root, port) as process, office.busy(port):
            for number in range(backups):
                until(functools.partial(office.has_done, 2 * number))
                start = time.monotonic()
                taken.append(Path(office.command("respaldar", str(office.root / f"{number}.tar.gz"))["respaldo"]))
                times.append(time.monotonic() - start)
        wrong = [fault for number, one in enumerate(taken) for fault in office.faults(one, office.root / f"r{number}")]
        print(f"semilla {seed}: {backups} respaldos en {sum(times) / len(times):.1f} s cada uno (el más largo "
              f"{max(times):.1f} s), mientras {office.asked} búsquedas y {office.published} publicaciones; "
              f"fallaron {len(office.failed)}")  # fmt: skip
        print(f"faltas en los respaldos: {len(wrong)}")
        office.command("actualizar")
        last = office.command("respaldar", str(office.root / "final.tar.gz"))
        with server(office.root, port) as process:
            before = {address: ask(port, address) for address in office.addresses()}
            process.terminate()
            process.wait(60)
        shutil.rmtree(office.maker.corpus)
        shutil.rmtree(office.maker.settings.index)
        office.command("restaurar", last["respaldo"])
        with server(office.root, port):
            after = {address: ask(port, address) for address in before}
        other = [address for address, answer in before.items() if after[address] != answer]
        print(f"destruido y restaurado: {len(before) - len(other)} de {len(before)} direcciones responden lo mismo, "
              f"byte por byte ({sum(status == 200 for status, _ in before.values())} con 200)")  # fmt: skip
        for line in (*office.failed[:5], *wrong[:5], *other[:5]):
            print(f"  {line}")
    return int(bool(office.failed or wrong or other))


if __name__ == "__main__":
    sys.exit(main())
