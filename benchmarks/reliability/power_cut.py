"""Power cuts on a disk that remembers every write and flush. Goal: nothing that was acknowledged is lost.

A real ext4 lies on a loop device over logdisk.py. Commands and a desk run on it; after each acknowledgement the number
of disk events so far is noted, and what then stands in corpus, index and history. Each trial takes a moment, keeps what
was flushed by then and all, none or some of the later writes (whole or torn to sectors), and mounts that. The index
must open and be the one before or after the step; after «actualizar» corpus, numbers of fragments, history and index
must be exactly those before or after the step, and what the desk had received must come to be published. Files that a
person was writing by hand when the power went are not judged.

Needs root, mkfs.ext4 (apt: e2fsprogs), libfuse 2 (apt: libfuse2, on newer systems libfuse2t64; or apt-get download and
dpkg -x it anywhere, and name its libfuse.so.2.… in FUSE_LIBRARY_PATH) and fusepy (pip install --target FOLDER fusepy,
and FUSEPY=FOLDER; or pip install fusepy). --steps: commands recorded after the first five, --desk: texts published in
the browser. The recording is not the same twice, even with one seed: the system flushes when it likes.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import struct
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checks import NAME, PASSWORD, PYTHON, arguments, digest, need_root, not_run, scratch, verdict
from commands import Done, forked, must
from corpora import served, tree
from texts import mesa, talk
from visits import Browser, Server

DISK_MB = 48
SECTOR = 512
WORDS = ("alfajor", "budín", "cocada", "dulce", "empanada", "flan", "galleta", "helado")
Event = tuple[int, int, int] | None
"""Where on the disk, where in the log, how long; None for a flush."""


@dataclass
class Step:
    """One acknowledged step: the events before and after it, and what stands after it.

    ``by_hand``: files that were put there before the command, of which nobody had said that they were kept.
    ``received``: the event by which the desk had told a person that it would publish the text with ``word``.
    """

    label: str
    before: int
    after: int
    files: dict[str, str]
    fragments: str
    history: list[int]
    by_hand: Sequence[str]
    word: str = ""
    received: int = 0


def run(*line: object) -> str:
    return subprocess.run([str(word) for word in line], check=True, capture_output=True, text=True).stdout.strip()


def history(corpus: Path, index: Path) -> list[int]:
    return [step["paso"] for step in must(forked("historial", "--json", corpus=corpus, index=index)).json["pasos"]]


class Recording:
    """The disk while it is being recorded."""

    def __init__(self, work: Path, log: Path, seed: int) -> None:
        self.work, self.log, self.rnd, self.steps = work, log, random.Random(seed), []
        self.corpus, self.index = work / "mounted/corpus", work / "mounted/indice"

    @contextlib.contextmanager
    def mounted(self):
        fuse, mounted, loop = self.work / "fuse", self.work / "mounted", ""
        fuse.mkdir()
        mounted.mkdir()
        path = os.pathsep.join(filter(None, (os.environ.get("FUSEPY"), os.environ.get("PYTHONPATH"))))
        disk = subprocess.Popen(
            [PYTHON, str(Path(__file__).with_name("logdisk.py")), str(fuse), str(DISK_MB), str(self.log)],
            env={**os.environ, "PYTHONPATH": path},
        )
        try:
            for _ in range(100):
                if (fuse / "disk").exists():
                    break
                if disk.poll() is not None:
                    not_run("logdisk.py does not start: see how to get libfuse2 and fusepy in the docstring")
                time.sleep(0.1)
            loop = run("losetup", "-f", "--show", fuse / "disk")
            run("mkfs.ext4", "-q", "-E", "nodiscard,lazy_itable_init=0,lazy_journal_init=0", loop)
            run("mount", "-o", "noatime", loop, mounted)
            self.corpus.mkdir()
            run("sync", "-f", mounted)
            yield
        finally:
            for line in (["umount", mounted], ["losetup", "-d", loop], ["umount", fuse]):
                subprocess.run([str(word) for word in line], capture_output=True)
            disk.terminate()
            disk.wait(10)

    def events(self) -> int:
        handle = os.open(self.work / "fuse/pos", os.O_RDONLY)
        try:
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            return int(os.read(handle, 32))
        finally:
            os.close(handle)

    def acknowledged(
        self, label: str, before: int, by_hand: Sequence[str] = (), word: str = "", received: int = 0
    ) -> None:
        after = self.events()
        fragments = digest(served(self.index)) if (self.index / "actual").exists() else ""
        state = (tree(self.corpus), fragments, history(self.corpus, self.index))
        self.steps.append(Step(label, before, after, *state, by_hand, word, received))

    def do(
        self,
        *words: str,
        given: str = "",
        before: int | None = None,
        by_hand: Sequence[str] = (),
        label: str = "",
    ) -> Done:
        before = self.events() if before is None else before
        done = forked(*words, corpus=self.corpus, index=self.index, given=given)
        self.acknowledged(label or words[0], before, by_hand)
        print(
            f"{label or words[0]}: exit {done.code}, {self.steps[-1].after} events {done.err.strip()[:100]}", flush=True
        )
        return done

    def text(self, tag: str) -> str:
        path = self.work / "texto.txt"
        path.write_text(talk(self.rnd, self.rnd.randint(3, 14), tag))
        return str(path)

    def commands(self, count: int) -> None:
        """Some of everything that staff do in a terminal."""
        rnd, account = self.rnd, ("--clave-por-entrada",)
        self.do("cuenta", NAME, *account, given=f"{PASSWORD}\n")
        self.do("nuevo", "foro", "--titulo=Foro", "--fecha=2020-01-01")
        mesas = [f"foro/mesa-{n}" for n in range(3)]
        for n, page in enumerate(mesas):
            self.do("agregar", self.text(f"n{n}"), "--mesa", page, "--titulo", page)
        kinds = "replace " * 4 + "add " * 3 + "undo undo withdraw report account mend mend hand hand merge"
        for n in range(count):
            page, kind = rnd.choice(mesas), rnd.choice(kinds.split())
            if kind == "replace":
                self.do("agregar", self.text(f"r{n}"), "--mesa", page, "--reemplazar", label=kind)
            elif kind == "add":
                self.do("agregar", self.text(f"a{n}"), "--mesa", f"foro/otra-{n}", "--titulo", f"Otra {n}", label=kind)
            elif kind == "undo":
                self.do("deshacer", str(max(history(self.corpus, self.index))))
            elif kind == "withdraw":
                self.do("retirar", f"{page}#p1", "--motivo", "prueba")
            elif kind == "report":
                self.do("reporte", f"{page}#p2", given=json.dumps({"frase": "x", "texto": "y", "desde": "z"}))
            elif kind == "account":
                self.do("cuenta", f"luis{n}", *account, given="otra cosa de prueba\n")
            elif kind == "merge":
                self.do("hablantes", page, "--unir", "PONENTE 1", "--en", f"Persona Ponente{n}")
            elif kind == "mend":
                self.mend(page)
            else:
                self.by_hand(page, n)

    def mend(self, page: str) -> None:
        now = forked("corregir", page, "--sin-dudosas", "--json", corpus=self.corpus, index=self.index).json
        first = now["fragmentos"][0]
        wrong = {"numero": first["numero"], "de": first["texto"].split()[1], "a": "corregida", "vez": 1}
        self.do("corregir", page, "--escribir", given=json.dumps({"base": now["base"], "correcciones": [wrong]}))

    def by_hand(self, page: str, n: int) -> None:
        before, text = self.events(), Path(self.text(f"m{n}")).read_text()
        if self.rnd.random() < 0.5:
            put = [f"{page}/transcripcion.txt"]
            (self.corpus / put[0]).write_text(text)
        else:
            put = [f"foro/amano-{n}/mesa.toml", f"foro/amano-{n}/transcripcion.txt"]
            mesa(self.corpus, f"amano-{n}", transcripcion_txt=text)
        self.do("actualizar", before=before, by_hand=put, label="by hand")

    def desk(self, words: tuple[str, ...]) -> None:
        """Texts that are published in the browser."""
        with Server(self.index, corpus=self.corpus, env={"TMPDIR": str(self.work)}) as server:
            browser = Browser(server.port)
            browser.enter()
            for word in words:
                before = self.events()
                browser.publish(word)
                received = self.events()
                print("desk:", word, "published" if server.wait_for(word) else "NOT published", flush=True)
                time.sleep(2)  # the desk notes that it is done
                self.acknowledged("desk", before, word=word, received=received)


def read_log(data: bytes) -> list[Event]:
    events: list[Event] = []
    at = 0
    while at < len(data):
        if data[at : at + 1] == b"F":
            events.append(None)
            at += 1
        else:
            offset, length = struct.unpack_from("<QI", data, at + 1)
            events.append((offset, at + 13, length))
            at += 13 + length
    return events


def disk_after(data: bytes, events: list[Event], cut: int, kept: str, rnd: random.Random) -> bytes:
    """The disk when the power goes after ``cut`` events; ``kept``: which of the unflushed writes reached it."""
    disk = bytearray(DISK_MB << 20)
    flushed = max((n for n in range(cut) if events[n] is None), default=-1)
    for n, each in enumerate(events[:cut]):
        if each is None:
            continue
        offset, start, length = each
        piece = SECTOR if n > flushed and kept == "torn" else length
        for part in range(0, length, piece):
            if n < flushed or kept == "all" or (kept != "none" and rnd.random() < 0.5):
                end = min(part + piece, length)
                disk[offset + part : offset + end] = data[start + part : start + end]
    return bytes(disk)


def without(files: dict[str, str], put: list[str]) -> dict[str, str]:
    """Of a page that a person was writing when the power went, nothing was promised."""
    pages = {path.rpartition("/")[0] for path in put}
    return {path: value for path, value in files.items() if path.rpartition("/")[0] not in pages}


def faults(corpus: Path, index: Path, last: Step, coming: Step | None, cut: int) -> list[str]:
    """What is wrong after a cut; ``coming``: the step that was under way."""
    wrong, allowed = [], [last, *([coming] if coming else [])]
    put = coming.by_hand if coming else []
    try:
        if digest(served(index)) not in [step.fragments for step in allowed]:
            wrong.append("the index serves something else")
    except Exception as error:
        wrong.append(f"the index does not open: {error!r:.150}")
    done = forked("actualizar", corpus=corpus, index=index)
    if done.code and not (put and done.refused):
        return [*wrong, f"«actualizar»: exit {done.code} {done.err[-200:]}"]
    files, told = tree(corpus), history(corpus, index)
    same = [step for step in allowed if without(step.files, put) == without(files, put) and step.history == told]
    if not same:
        nearest = min(allowed, key=lambda step: len(set(step.files.items()) ^ set(files.items())))
        differing = {path for path, _ in set(without(nearest.files, put).items()) ^ set(without(files, put).items())}
        wrong.append(f"another corpus: {sorted(differing)[:4]}, steps {told[:3]}, not {nearest.history[:3]}")
    elif not put and digest(served(index)) not in [step.fragments for step in same]:
        wrong.append("the index is not that of the corpus after «actualizar»")
    if coming and coming.word and cut >= coming.received:
        with Server(index, corpus=corpus) as server:
            if not server.wait_for(coming.word):
                wrong.append("the desk had received a text and never published it")
    return wrong


def main() -> None:
    given = arguments(__doc__, trials=200, seed=1, steps=24, desk=4)
    need_root()
    rnd, tally, bad = random.Random(given.seed), Counter(), 0
    with scratch() as work:
        recording = Recording(work, work / "log", given.seed)
        with recording.mounted():
            recording.commands(given.steps)
            recording.desk(WORDS[: given.desk])
        data, steps = (work / "log").read_bytes(), recording.steps
        events = read_log(data)
        print(f"{len(events)} events, {events.count(None)} flushes, {len(steps)} steps", flush=True)
        image, copy = work / "image", work / "copy"
        copy.mkdir()
        for trial in range(given.trials):
            step = steps[rnd.randrange(5, len(steps))]
            cut = (
                min(step.after + rnd.randrange(3), len(events))
                if trial % 3 == 0
                else rnd.randint(step.before, step.after)
            )
            kept = rnd.choice(("all", "none", "some", "some", "torn"))
            at = max(n for n, each in enumerate(steps) if each.after <= cut)
            coming = steps[at + 1] if at + 1 < len(steps) else None
            image.write_bytes(disk_after(data, events, cut, kept, rnd))
            run("mount", "-o", "loop,noatime", image, copy)
            try:
                wrong = faults(copy / "corpus", copy / "indice", steps[at], coming, cut)
                tally["with temporary files left"] += any((copy / "corpus").rglob("*.tmp"))
            finally:
                run("umount", copy)
            tally[f"cuts with {kept} of the unflushed writes"] += 1
            tally["cuts when the desk had received a text"] += bool(coming and coming.word and cut >= coming.received)
            if wrong:
                bad += 1
                under_way = coming.label if coming else ""
                print(
                    f"BAD trial {trial}: event {cut}, {kept}, after {steps[at].label}, before {under_way}: {wrong}",
                    flush=True,
                )
    for what, count in sorted(tally.items()):
        print(f"{count} {what}")
    verdict(bad, given.trials, "power cuts without any loss")


if __name__ == "__main__":
    main()
