"""What a machine does to a service: no index, half a generation, another version's, the folder gone, a read-only
disk, signals, few files, little memory, the clock set back, eight updates at once, searches during updates, backups.

    rough_life.py [--cases "no_index half …"] [--limit 900]      --limit: seconds for each case

Goals: each is told in a sentence or survived, nothing that was served is lost, no request fails for an update, and
with a signal what is under way is ended. ``read_only`` needs root; ``clock`` a C compiler (apt: gcc);
``other_version`` a git history. What cannot be run counts as not holding.
"""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

from checks import COMMAND_S, PROJECT, PYTHON, Checks, arguments, little_memory, scratch
from commands import Done, command, must, start
from corpora import office
from few_files import few_files
from texts import mesa
from visits import Browser, Server, free_port, words_of

EXPORT = "/exportar?q=renglones&formato=docx"
FORMAT = "^FORMAT = "
CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>
int clock_gettime(clockid_t which, struct timespec *now) {
  int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
  int failed = real(which, now);
  if (!failed && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) now->tv_sec -= SHIFT;
  return failed;
}
time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return to ? (*to = now.tv_sec) : now.tv_sec;
}
int gettimeofday(struct timeval *restrict to, void *restrict zone) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  to->tv_sec = now.tv_sec, to->tv_usec = now.tv_nsec / 1000;
  return 0;
}
"""
"""The time of day, set back; what waits for so many seconds is not touched (libfaketime breaks Python's sleep)."""


class Life:
    """A corpus, its index, and what happens to them; a fresh one for each case."""

    def __init__(self, root: Path, check: Checks) -> None:
        self.root, self.check, self._changes = root, check, 0
        self.corpus, self.index = office(root)

    def do(self, *words: str, corpus: Path | None = None, index: Path | None = None, **more: object) -> Done:
        return command(*words, corpus=corpus or self.corpus, index=index or self.index, **more)

    def searched(self, word: str = "urnas", index: Path | None = None) -> Done:
        return command("buscar", word, index=index or self.index, program="search_app")

    def finds(self, word: str = "urnas", index: Path | None = None) -> bool:
        return word in self.searched(word, index).out.lower()

    def copy(self, name: str) -> Path:
        """Of the index."""
        shutil.copytree(self.index, self.root / name, symlinks=True)
        return self.root / name

    def refused_by_server(self, index: Path) -> Done:
        return command("servir", "--puerto", str(free_port()), index=index, program="search_app", timeout=120)

    def change(self) -> str:
        """Of the corpus; the new word."""
        self._changes += 1
        word = "nueva" + "".join("abcdefghij"[int(digit)] for digit in f"{self._changes:02d}")
        path = self.corpus / "foro/mesa-3/transcripcion.txt"
        path.write_text(path.read_text() + f"\nLA PRESIDENTA: cambio con la palabra {word}.\n")
        return word

    # ---- the cases

    def no_index(self) -> None:
        done = self.refused_by_server(self.root / "nada")
        self.check("serving without an index is refused in words", done.refused, (done.code, done.err[-200:]))
        done = self.searched(index=self.root / "nada")
        self.check("searching without an index is refused in words", done.refused, (done.code, done.err[-200:]))

    def half(self) -> None:
        index = self.copy("half")
        shutil.copytree((index / "actual").resolve(), index / "g000099-deadbeef")
        (index / "g000099-deadbeef/manifest.json").unlink()
        (index / "actual").unlink()
        (index / "actual").symlink_to("g000099-deadbeef")
        done = self.refused_by_server(index)
        self.check("serving half a generation is refused in words", done.refused, (done.code, done.err[-200:]))
        done = self.do("actualizar", index=index)
        self.check("an update mends it", done.code == 0 and self.finds(index=index), (done.code, done.err[-200:]))
        index = self.copy("remains")
        (index / "g000099-deadbeef").mkdir()
        (index / "g000099-deadbeef/x").write_text("y")
        (index / ".actual.abcd").symlink_to("g000099-deadbeef")
        done = self.do("actualizar", index=index)
        self.check(
            "remains of half a generation are swept",
            done.code == 0 and not (index / "g000099-deadbeef").exists(),
            done.err[-200:],
        )
        index = self.copy("folder")
        (index / "actual").unlink()
        (index / "actual").mkdir()
        done = self.do("actualizar", index=index)
        self.check("«actual» is a folder: mended or told", done.clean and done.code < 2, (done.code, done.err[-200:]))

    def other_version(self) -> None:
        git = ["git", "-C", str(PROJECT)]
        found = subprocess.run(
            [*git, "log", f"-G{FORMAT}", "--format=%h", "--", "indexer/engines"], capture_output=True, text=True
        )
        old, index = self.root / "old", self.root / "indice-old"
        old.mkdir()
        for commit in found.stdout.split():  # before each change of the format, the newest first
            subprocess.run(f"git -C '{PROJECT}' archive {commit}^ indexer | tar -x -C '{old}'", shell=True, check=True)
            line = [PYTHON, "-m", "indexer", "actualizar", f"--corpus={self.corpus}", f"--indice={index}"]
            made = subprocess.run(line, cwd=old, capture_output=True, text=True, timeout=300)
            if made.returncode == 0:
                break
        else:
            self.check("another version's index: not run (no git history of the format that still runs)", False)
            return
        done = self.refused_by_server(index)
        self.check("serving another version's index is refused in words", done.refused, (done.code, done.err[-250:]))
        done = self.do("actualizar", index=index)
        self.check("an update builds it anew", done.code == 0 and self.finds(index=index), (done.code, done.err[-200:]))

    def folder_gone(self) -> None:
        index = self.copy("gone")
        with Server(index) as server:
            server.get("/buscar?q=urnas")
            shutil.rmtree(index)
            paths = ("/buscar?q={}", "/api/buscar?q={}", "/exportar?q={}&formato=csv", "/foro/mesa-1/")
            found = {server.get(path.format(word)).status for word in ("urnas", "bodegas", "caja") for path in paths}
            self.check("the folder of the index gone: it goes on serving", found == {200}, found)
            self.do("actualizar", index=index)
            time.sleep(5)
            self.check(
                "and takes the new one",
                server.get("/buscar?q=urnas").status == 200 and self.finds(index=index),
                server.log()[-200:],
            )

    def read_only(self) -> None:
        disk = self.root / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)]).returncode:
            self.check("a read-only disk: not run (needs root)", False)
            return
        try:
            corpus, index = disk / "corpus", disk / "indice"
            shutil.copytree(self.corpus, corpus)
            must(self.do("actualizar", corpus=corpus, index=index))
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            text = str(self.corpus / "foro/mesa-3/transcripcion.txt")
            lines = (
                ("actualizar",),
                ("agregar", text, "--mesa", "foro/mesa-1", "--reemplazar"),
                ("retirar", "foro/mesa-3", "--motivo", "x"),
            )
            for words in lines:
                done = self.do(*words, corpus=corpus, index=index)
                self.check(
                    f"a read-only disk: «{words[0]}» works or is refused in words",
                    done.clean,
                    (done.code, done.err[-200:]),
                )
            done = self.do("revisar", corpus=corpus, index=index)
            self.check("a read-only disk: «revisar» works", done.clean and done.code < 2, (done.code, done.err[-200:]))
            with Server(index, corpus=corpus) as server:
                up = server.alive and server.get("/buscar?q=urnas").status == 200
                self.check("a read-only disk: it serves", up, server.log()[-200:])
                browser = Browser(server.port)
                browser.enter()
                self.check("a read-only disk: the desk opens", browser.open("/acervo/")[0] == "/acervo/")
                said = words_of(browser.send("alfajor")[1])
                self.check(
                    "a read-only disk: a text is refused with the reason",
                    "lectura" in said or "disco" in said,
                    said[:200],
                )
        finally:
            subprocess.run(["umount", str(disk)])

    def signals(self) -> None:
        for by in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            bad = []
            for delay in (0.5, 1.5, 3.0):
                word = self.change()
                update = start("actualizar", corpus=self.corpus, index=self.index)
                time.sleep(delay)
                update.send_signal(by)
                said = update.communicate(timeout=COMMAND_S)[1]
                if "Traceback" in said or not self.finds():
                    bad.append((delay, update.returncode, said[-200:]))
            done = self.do("actualizar")
            self.check(
                f"{by.name} in an update: what was served is served, the next one goes through",
                not bad and done.code == 0 and self.finds(word),
                (bad, done.err[-200:]),
            )
        turns = (f"PONENTE {n % 5}: de los renglones, el número {n} y lo que sigue de él." for n in range(400))
        mesa(self.corpus, "larga", transcripcion_txt="\n\n".join(turns) + "\n")  # so that an export takes its time
        must(self.do("actualizar"))
        with Server(self.index) as server:
            server.process.send_signal(signal.SIGHUP)
            time.sleep(0.5)
            self.check("SIGHUP to the server: it goes on", server.get("/salud").status == 200, "")
        for by in (signal.SIGTERM, signal.SIGINT):
            with Server(self.index) as server:
                statuses: list[object] = []

                def ask(server: Server = server, statuses: list[object] = statuses) -> None:
                    try:
                        statuses.append(server.get(EXPORT).status)
                    except OSError as error:
                        statuses.append(repr(error))

                asking = [threading.Thread(target=ask) for _ in range(6)]
                for thread in asking:
                    thread.start()
                time.sleep(0.1)
                code = server.stop(by)
                for thread in asking:
                    thread.join()
                self.check(f"{by.name} to the server: six exports under way are ended", statuses == [200] * 6, statuses)
                self.check(f"{by.name} to the server: it ends with 0", code == 0, code)
        with Server(self.index, corpus=self.corpus) as server:
            browser = Browser(server.port)
            browser.enter()
            browser.publish("cocada")
            server.stop()
        with Server(self.index, corpus=self.corpus) as server:
            there = server.wait_for("cocada")
        steps = [step for step in self.do("historial", "--json").json["pasos"] if "cocada" in json.dumps(step)]
        self.check("SIGTERM while the desk publishes: done after all, once", there and len(steps) == 1, (there, steps))

    def descriptors(self) -> None:
        few_files(self.check, self.corpus, self.index)

    def memory(self) -> None:
        for mb in (150, 250, 400, 700, 1000):
            self.change()
            done = self.do("actualizar", limit=little_memory(mb))
            self.check(
                f"«actualizar» with {mb} MB works or says why not",
                done.clean and done.code < 2 and self.finds(),
                (done.code, done.err[-250:]),
            )
        must(self.do("actualizar"))
        for mb in (150, 250, 400):
            server = Server(self.index, limit=little_memory(mb), wait_s=60)
            up = server.alive
            code, said = server.stop(), server.log()
            good = "Traceback" not in said and "inesperado" not in said and (up or (code == 1 and len(said) > 10))
            self.check(f"the server with {mb} MB serves or says why not", good, (code, said[-250:]))

    def clock(self) -> None:
        library, compiler = self.root / "clock.so", shutil.which("cc") or shutil.which("gcc")
        if not compiler:
            self.check("the clock set back: not run (no C compiler)", False)
            return
        line = [compiler, "-shared", "-fPIC", f"-DSHIFT={400 * 86_400}", "-x", "c", "-", "-o", str(library), "-ldl"]
        subprocess.run(line, input=CLOCK, text=True, check=True)
        back, word = {"LD_PRELOAD": str(library)}, self.change()
        done = self.do("actualizar", env=back)
        self.check("400 days back: an update", done.code == 0 and self.finds(word), (done.code, done.err[-200:]))
        for what, env, text in (("400 days back", back, "alfajor"), ("the right time again", {}, "empanada")):
            with Server(self.index, corpus=self.corpus, env=env) as server:
                browser = Browser(server.port)
                browser.enter()
                browser.publish(text)
                self.check(f"{what}: the desk publishes", server.wait_for(text), server.log()[-200:])
            dates = [step["fecha"][:10] for step in self.do("historial", "--json").json["pasos"]]
        self.check("the clock was set back", dates[1] < dates[0], dates)
        numbers = [step["paso"] for step in self.do("historial", "--json").json["pasos"]]
        self.check(
            "the steps stand in the order in which they were taken", numbers == sorted(numbers, reverse=True), numbers
        )

    def eight(self) -> None:
        word = self.change()
        updates = [start("actualizar", corpus=self.corpus, index=self.index) for _ in range(8)]
        ends = [(update.communicate(timeout=COMMAND_S)[1], update.returncode) for update in updates]
        good = all("Traceback" not in said and "inesperado" not in said and code in (0, 1) for said, code in ends)
        self.check("eight updates at once: none ends badly", good, ends)
        self.check("and one more leaves a good index", self.do("actualizar").code == 0 and self.finds(word))

    def update_while_searching(self) -> None:
        found, over = [], threading.Event()
        with Server(self.index) as server:

            def ask() -> None:
                while not over.is_set():
                    try:
                        found.append(server.get("/buscar?q=urnas").status)
                    except OSError as error:
                        found.append(repr(error))
                    time.sleep(0.02)

            asking = [threading.Thread(target=ask) for _ in range(3)]
            for thread in asking:
                thread.start()
            for _ in range(3):
                word = self.change()
                must(self.do("actualizar"))
            there = server.wait_for(word, 60)
            over.set()
            for thread in asking:
                thread.join()
        self.check("searches during updates all succeed", set(found) == {200}, (len(found), set(found)))
        self.check("and what is new shows without a restart", there)

    def backup(self) -> None:
        over, serves, mends, said = threading.Event(), 0, 0, set()

        def write() -> None:
            path, number = self.root / "texto.txt", 0
            while not over.is_set():
                number += 1
                path.write_text(f"UNO: palabra respaldo{number} " + "hola " * 200)
                self.do("agregar", str(path), "--mesa", "foro/mesa-1", "--reemplazar")

        writing = threading.Thread(target=write)
        writing.start()
        for number in range(8):
            time.sleep(1.5)
            to = self.root / f"backup-{number}"
            to.mkdir()
            how = f"cp -a corpus indice '{to}'" if number % 2 else f"tar -cf - corpus indice | tar -C '{to}' -xf -"
            subprocess.run(how, shell=True, cwd=self.root, capture_output=True)
            serves += self.finds(index=to / "indice")
            done = self.do("actualizar", corpus=to / "corpus", index=to / "indice")
            told = self.do("historial", corpus=to / "corpus", index=to / "indice")
            mends += done.code == told.code == 0 and self.finds(index=to / "indice")
            said |= {done.err[-150:], told.err[-150:]} if done.code or told.code else set()
        over.set()
        writing.join()
        print(f"     {serves} of 8 copies taken meanwhile serve as they are")
        self.check("copies taken meanwhile are good after one update", mends == 8, (mends, said))
        alone = self.root / "alone"
        shutil.copytree(self.corpus, alone / "corpus")
        done = self.do("actualizar", corpus=alone / "corpus", index=alone / "indice")
        same = self.do("historial", corpus=alone / "corpus", index=alone / "indice").out == self.do("historial").out
        self.check("the corpus alone is enough", done.code == 0 and same, done.err[-200:])
        hidden = shutil.ignore_patterns("_*")
        shutil.copytree(self.corpus, self.root / "git/corpus", ignore=hidden)
        done = self.do("actualizar", corpus=self.root / "git/corpus", index=self.root / "git/indice")
        self.check("so is what git holds", done.code == 0, done.err[-200:])
        guides = "".join(
            path.read_text() for path in (PROJECT / "README.md", PROJECT / "corpus/LEEME.md") if path.is_file()
        )
        self.check("a guide says how to restore a backup", re.search("restaur", guides, re.IGNORECASE))


CASES = (
    "no_index half other_version folder_gone read_only signals descriptors memory clock eight update_while_searching "
    "backup"
)


def too_long(*_: object) -> None:
    raise TimeoutError("the case took too long")


def main() -> None:
    given = arguments(__doc__, cases=CASES, limit=900)
    check = Checks()
    signal.signal(signal.SIGALRM, too_long)
    for name in given.cases.split():
        print(f"--- {name}", flush=True)
        began = time.monotonic()
        with scratch() as work:
            signal.alarm(given.limit)
            try:
                getattr(Life(work, check), name)()
            except Exception as error:
                check(f"{name} comes to its end", False, repr(error))
            finally:
                signal.alarm(0)
        print(f"     {time.monotonic() - began:.0f} s", flush=True)
    check.end("checks of a rough life hold")


if __name__ == "__main__":
    main()
