"""A full disk of many sizes, for commands and for the desk. Corpus and index on a small tmpfs, filled but for some KB.

Goals at each size: exit 0 or 1, with 1 a sentence that names the disk or its space; the index opens; with room again
one «actualizar» mends everything: what was acknowledged is there, what was refused left nothing behind, and every word
of the corpus is served. In the desk: no error of the server, searches go on. Needs root (it mounts a tmpfs).
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
from collections import Counter
from pathlib import Path

from checks import NAME, PASSWORD, arguments, need_root, scratch, verdict
from commands import Done, forked, must
from corpora import served, tree
from texts import panel, talk
from visits import Browser, Server, token, words_of

KINDS = ("agregar", "actualizar", "retirar", "agregar", "actualizar", "retirar", "agregar", "actualizar", "deshacer")
WORDS = ("alfajor", "budín", "cocada", "dulce", "empanada", "flan")


class Disk:
    """A corpus on a file system that can be filled."""

    def __init__(self, work: Path, rnd: random.Random) -> None:
        self.rnd, self.root, self.text = rnd, work / "disk", work / "texto.txt"
        self.corpus, self.index, self._filler = self.root / "corpus", self.root / "indice", self.root / "filler"

    def do(self, *words: str, given: str = "") -> Done:
        return forked(*words, corpus=self.corpus, index=self.index, given=given)

    def leave(self, kb: int | None) -> None:
        """Fill it but for so many KB; None: make room."""
        self._filler.unlink(missing_ok=True)
        room = os.statvfs(self.root)
        if kb is not None and (size := room.f_bavail * room.f_frsize - kb * 1024) > 0:
            self._filler.write_bytes(bytes(size))

    def say(self) -> str:
        """Another text, in a file; its words are in no other one."""
        self.text.write_text(talk(self.rnd, 60, f"p{self.rnd.randrange(10**6)}"))
        return str(self.text)

    def add(self, page: str, *more: str) -> Done:
        return self.do("agregar", self.say(), "--mesa", page, *more)

    def steps(self) -> list[dict]:
        return must(self.do("historial", "--json")).json["pasos"]

    def missing(self) -> set[str]:
        """Words of the corpus that are not served."""
        texts = [path.read_text() for path in self.corpus.glob("foro/*/transcripcion.txt")]
        said = {word for text in texts for word in text.split() if "x" in word}
        return said - {word for text, *_ in served(self.index).values() for word in text.split()}


def plain(files: dict[str, str]) -> dict[str, str]:
    """Without the numbers: they may be written before a step is refused."""
    return {path: value for path, value in files.items() if not path.endswith("anclas.tsv")}


def faults(disk: Disk, kind: str, trial: int, kb: int, tally: Counter[str]) -> list[str]:
    """One command with so many KB left; what is wrong then."""
    page, wrong, other = f"foro/mesa-{trial % 3}", [], f"foro/fuera-{trial}"
    if kind == "retirar":
        must(disk.add(other, "--titulo", "Fuera"))
    elif kind == "actualizar":
        (disk.corpus / page / "transcripcion.txt").write_text(Path(disk.say()).read_text())
    before, steps = plain(tree(disk.corpus)), disk.steps()
    disk.leave(kb)
    if kind == "agregar":
        done = disk.add(page, "--reemplazar")
    elif kind == "retirar":
        done = disk.do("retirar", other, "--motivo", "prueba")
    else:
        done = disk.do(kind, *([str(steps[0]["paso"])] if kind == "deshacer" else []))
    tally[f"{kind}: exit {done.code}"] += 1
    if not done.clean:
        wrong.append(f"exit {done.code}: {done.err[-250:]}")
    elif done.code and not any(word in done.err for word in ("disco", "espacio")):
        wrong.append(f"it does not say that it is the disk: {done.err[-200:]}")
    try:
        served(disk.index)
    except Exception as error:
        wrong.append(f"the index does not open: {error!r:.200}")
    disk.leave(None)
    mended = disk.do("actualizar")
    if mended.code:
        wrong.append(f"not mended with room: {mended.err[-200:]}")
    left = [path.name for path in disk.corpus.rglob("*.tmp")]
    after, taken = plain(tree(disk.corpus)), len(disk.steps()) - len(steps)
    if left:
        wrong.append(f"left behind: {left[:3]}")
    if kind != "actualizar" and done.code == 0 and taken != 1:
        wrong.append("acknowledged, and no step was taken")
    if kind != "actualizar" and not taken and after != before:
        wrong.append("no step was taken, and the corpus is another one")
    if kind == "agregar" and taken and (disk.corpus / page / "transcripcion.txt").read_text() != disk.text.read_text():
        wrong.append("the text is not the one that was added")
    if missing := disk.missing():
        wrong.append(f"{len(missing)} words of the corpus are not served")
    return wrong


def in_the_desk(disk: Disk, sizes: list[int]) -> list[str]:
    """Publishing in a browser with so little room."""
    wrong = []
    with Server(disk.index, corpus=disk.corpus) as server:
        browser = Browser(server.port)
        browser.enter()
        for word, kb in zip(WORDS, sizes, strict=False):
            _, form = browser.open("/acervo/agregar")
            disk.leave(kb)
            try:
                typed = {
                    "token": token(form),
                    "titulo_mesa": f"Mesa {word}",
                    "evento": "foro",
                    "texto": panel(word),
                }
                address, page = browser.open("/acervo/agregar", typed)
                if address.startswith("/acervo/agregar/"):
                    address, page = browser.open(address, {"token": token(page), "accion": "publicar"})
                said = words_of(page)
                print(f"{kb} KB: {address}: {said[:120]}", flush=True)
                if "Falló el servidor" in said or "inesperado" in said:
                    wrong.append(f"{kb} KB: {said[:200]}")
                if server.get("/buscar?q=hola").status != 200:
                    wrong.append(f"{kb} KB: searches fail")
                if address.startswith("/acervo/encargos/") and "disco" not in said and "espacio" not in said:
                    disk.leave(None)
                    if not server.wait_for(word):
                        wrong.append(f"{kb} KB: received, and not published with room again: {said[:200]}")
            except Exception as error:
                wrong.append(f"{kb} KB: {error!r:.200}")
            disk.leave(None)
        if "Traceback" in server.log():
            wrong.append("a trace in the log")
    return wrong


def main() -> None:
    given = arguments(__doc__, trials=50, seed=1, desk=6)
    need_root()
    tally, bad = Counter(), 0
    with scratch() as work, contextlib.ExitStack() as last:
        disk = Disk(work, random.Random(given.seed))
        disk.root.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk.root)], check=True)
        last.callback(subprocess.run, ["umount", str(disk.root)])
        disk.corpus.mkdir()
        must(disk.do("cuenta", NAME, "--clave-por-entrada", given=f"{PASSWORD}\n"))
        must(disk.do("nuevo", "foro", "--titulo=Foro", "--fecha=2020-01-01"))
        for n in range(3):
            must(disk.add(f"foro/mesa-{n}", "--titulo", f"Mesa {n}"))
        current = (disk.index / "actual").resolve()
        one = sum(path.stat().st_size for path in current.rglob("*") if path.is_file()) // 1024
        most = 2 * one + 200
        print(f"a generation takes {one} KB; sizes from 0 to {most} KB", flush=True)
        for trial in range(given.trials):
            kb, kind = most * trial // given.trials, KINDS[trial % len(KINDS)]
            if wrong := faults(disk, kind, trial, kb, tally):
                bad += 1
                print(f"BAD {kb} KB, {kind}: {wrong}", flush=True)
        for what, count in sorted(tally.items()):
            print(f"{count} {what}")
        desk = in_the_desk(disk, [0, 8, 40, one // 2, one, most][: given.desk])
        for each in desk:
            print("BAD in the desk:", each)
    verdict(bad + len(desk), given.trials + given.desk, "full disks dealt with as they should be")


if __name__ == "__main__":
    main()
