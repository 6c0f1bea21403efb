"""A text put into the corpus by hand, «actualizar» acknowledged, the power cut. Goal: the text is in the corpus.

ext4 on a loop file; right after the acknowledgement its backing file is copied while mounted, which is what a disk
without the unwritten pages holds, and the copy is mounted. Needs root and mkfs.ext4 (apt: e2fsprogs).
"""

from __future__ import annotations

import shutil
import subprocess

from checks import arguments, need_root, scratch, verdict
from commands import forked, must
from corpora import served
from texts import event, mesa


def run(*line: object) -> None:
    subprocess.run([str(word) for word in line], check=True, capture_output=True)


def main() -> None:
    given = arguments(__doc__, trials=10)
    need_root()
    lost = 0
    with scratch() as work:
        disk, cut, mounted, copy = (work / name for name in ("disk", "cut", "mounted", "copy"))
        mounted.mkdir()
        copy.mkdir()
        with disk.open("wb") as file:
            file.truncate(48 << 20)
        run("mkfs.ext4", "-q", disk)
        run("mount", "-o", "loop", disk, mounted)
        try:
            corpus, index = mounted / "corpus", mounted / "indice"
            mesa(event(corpus), "mesa-0", transcripcion_txt="UNO: hola a todos.\n")
            must(forked("actualizar", corpus=corpus, index=index))
            for trial in range(given.trials):
                run("sync", "-f", mounted)
                text = f"UNO: palabra irrepetible{trial} puesta a mano.\n"
                mesa(corpus, f"nueva-{trial}", transcripcion_txt=text)
                must(forked("actualizar", corpus=corpus, index=index))
                shutil.copy(disk, cut)
                run("mount", "-o", "loop", cut, copy)
                try:
                    kept = copy / f"corpus/foro/nueva-{trial}/transcripcion.txt"
                    there = kept.exists() and kept.read_text() == text
                    again = forked("actualizar", corpus=copy / "corpus", index=copy / "indice")
                    still = f"foro/nueva-{trial}#p1" in served(copy / "indice")
                finally:
                    run("umount", copy)
                lost += not (there and still)
                print(
                    f"in the corpus: {there}; served after another «actualizar»: {still} {again.err.strip()[:160]}",
                    flush=True,
                )
        finally:
            run("umount", mounted)
    verdict(lost, given.trials, "texts put by hand and acknowledged are there after a power cut")


if __name__ == "__main__":
    main()
