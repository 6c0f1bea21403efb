"""Backs an office up while it works, destroys it, restores it, and asks every address again.

Goals: searches, publications in the desk and commands go on while a backup is taken. Each backup, restored elsewhere,
is of one moment: every file that a step changed is as the last step over it says, a job that says that it is done has
its step in the history, «verificar» finds nothing. At the end corpus and index are deleted; restored from one file,
every page, every fragment and some searches answer the same, byte by byte.
"""

from __future__ import annotations

import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from checks import Checks, arguments, scratch
from commands import command, must
from corpora import office, served
from texts import mesa, talk
from visits import Browser, Server

MESAS, TURNS = 40, 30
SEARCHES = ("/", "/personas/", "/api/buscar?q=renglones&por_pagina=100", "/api/buscar?q=&por_pagina=100&pagina=3")

PUBLIC = ("--url-publica", "http://consta.example")
"""Two servers have two ports, which stand in the addresses of a page where nothing else is said."""


class Work:
    """An office where everybody works."""

    def __init__(self, root: Path, seed: int) -> None:
        self.root, self.rnd = root, random.Random(seed)
        self.corpus, self.index = office(root)
        for number in range(MESAS):
            mesa(self.corpus, f"larga-{number}", transcripcion_txt=self.speech(number))
        self.do("actualizar")
        self.failed: list[str] = []
        self.asked = self.published = 0
        self._over = threading.Event()

    def speech(self, number: int) -> str:
        return talk(self.rnd, TURNS, f"p{number}")

    def do(self, *words: str, corpus: Path | None = None, index: Path | None = None) -> dict:
        """A command, which must go well; its answer."""
        told = [] if words[0] == "actualizar" else ["--json"]
        done = must(command(*words, *told, corpus=corpus or self.corpus, index=index or self.index))
        return done.json if told else {}

    @contextmanager
    def busy(self, server: Server) -> Iterator[None]:
        """Until the block ends."""
        works = (self._search, self._search, self._replace, self._paste)
        threads = [threading.Thread(target=self._again, args=(work, server)) for work in works]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def _again(self, work: Callable[[Server, int], None], server: Server) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            try:
                work(server, number)
            except (Exception, SystemExit) as error:
                self.failed.append(f"{work.__name__}: {error!r}"[:300])

    def _search(self, server: Server, number: int) -> None:
        self.asked += 1
        status = server.get(f"/buscar?q=p{number % MESAS}+renglones").status
        if status != 200:
            raise RuntimeError(status)
        time.sleep(0.05)

    def _replace(self, _server: Server, number: int) -> None:
        text, page = self.root / "voz.txt", f"foro/larga-{number % MESAS}"
        text.write_text(self.speech(number))
        if number % 5 == 0:
            self.do("retirar", page, "--tipo=transcripcion", "--motivo=A petición")
        elif (self.corpus / page / "transcripcion.txt").exists():
            self.do("agregar", str(text), f"--mesa={page}", "--reemplazar")
        self.published += 1

    def _paste(self, server: Server, number: int) -> None:
        word = "voz" + "".join("bcdfghjklm"[int(digit)] for digit in str(number))
        browser = Browser(server.port)
        browser.enter()
        browser.publish(word)
        if not server.wait_for(word):
            raise RuntimeError(word)
        self.published += 1

    def addresses(self) -> list[str]:
        """Every page, every fragment, some searches."""
        pages = {f"/{path.parent.relative_to(self.corpus)}/" for path in self.corpus.rglob("anclas.tsv")}
        fragments = {f"/{name.replace('#', '/')}" for name in served(self.index) if "#" in name}
        return [*SEARCHES, *sorted(pages), *sorted(fragments)]

    def faults(self, backup: str, place: Path) -> list[str]:
        """What is wrong with a backup that was taken while everybody worked."""
        from indexer.durable import bytes_of, sha256
        from indexer.history.journal import Journal
        from search_app.desk.jobs.job_store import JobStore

        corpus, index = place / "corpus", place / "indice"
        self.do("restaurar", backup, corpus=corpus, index=index)
        steps = Journal(corpus).read()[0]
        wrong = []
        for path, after in {change.path: change.after for one in steps for change in one.files}.items():
            data = bytes_of(corpus / path)
            if not path.endswith("anclas.tsv") and (None if data is None else sha256(data)) != after:
                wrong.append(f"{path} is not what its last step left")
        for job in JobStore(corpus).all():
            if job.state == "hecho" and not any(one.origin.startswith(job.origin) for one in steps):
                wrong.append(f"{job.id} says that it is done and is not in the history")
        return wrong + [str(problem) for problem in self.do("verificar", corpus=corpus, index=index)["problemas"]]


def main() -> None:
    given = arguments(__doc__, trials=10, seed=15)
    check = Checks()
    with scratch() as root:
        work = Work(root, given.seed)
        taken, seconds = [], []
        with Server(work.index, corpus=work.corpus) as server, work.busy(server):
            for number in range(given.trials):
                while work.published < 2 * number and not work.failed:
                    time.sleep(0.05)
                began = time.monotonic()
                taken.append(work.do("respaldar", str(root / f"{number}.tar.gz"))["respaldo"])
                seconds.append(time.monotonic() - began)
        check(f"{work.asked} searches and {work.published} publications meanwhile", not work.failed, work.failed)
        print(f"     a backup took {sum(seconds) / len(seconds):.1f} s, at most {max(seconds):.1f} s")
        for number, backup in enumerate(taken):
            faults = work.faults(backup, root / f"r{number}")
            check(f"backup {number} is of one moment", not faults, faults)
        work.do("actualizar")
        last = work.do("respaldar", str(root / "last.tar.gz"))["respaldo"]
        with Server(work.index, *PUBLIC, corpus=work.corpus) as server:
            before = {path: server.get(path) for path in work.addresses()}
        shutil.rmtree(work.corpus)
        shutil.rmtree(work.index)
        work.do("restaurar", last)
        with Server(work.index, *PUBLIC, corpus=work.corpus) as server:
            after = {path: server.get(path) for path in before}
        other = [path for path, was in before.items() if (was.status, was.body) != (200, after[path].body)]
        check(f"destroyed and restored: {len(before)} addresses answer the same, byte by byte", not other, other)
    check.end("checks of backups hold")


if __name__ == "__main__":
    main()
