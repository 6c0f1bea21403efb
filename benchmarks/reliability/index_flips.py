"""Flipped bits, cuts, zeroed blocks, missing files in an index. Goal: it is refused in words, or answers the same.

A small index of several generations' segments; each trial damages one file of the generation that serves, opens the
index in this process and compares some searches and every page. Every 20th trial the next «actualizar» has to build the
same again. At the end, only printed: the same flips under an index that is already open (a disk that goes bad while it
serves), which no checksum at opening can see.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

from checks import arguments, damage, scratch, verdict
from commands import forked, must
from corpora import answers, office
from texts import mesa, talk

WORDS = ("urnas", "bodegas", "numero", "caja", "px7", "presidenta")


def answer(index: Path) -> str:
    """What it says once it was opened anew."""
    from indexer.engines import open_index

    opened = open_index(index)
    try:
        return answers(opened, WORDS)
    finally:
        opened.close()


def put(path: Path, data: bytes) -> None:
    """As a new file: those of a generation are hard links to the one before."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)
    path.chmod(0o600)


def while_open(index: Path, files: list[Path], good: str, trials: int, rnd: random.Random) -> Counter[str]:
    """Twenty bits of a file, changed in place under an open index."""
    from indexer.engines import open_index
    from indexer.errors import ConstaError

    found: Counter[str] = Counter()
    for trial in range(trials):
        path = files[trial % len(files)]
        data = path.read_bytes()
        if not data:
            continue
        opened, bad = open_index(index), bytearray(data)
        for _ in range(20):
            bad[rnd.randrange(len(bad))] ^= 1 << rnd.randrange(8)
        with path.open("r+b") as file:
            file.write(bad)
        try:
            found["the same" if answers(opened, WORDS) == good else "another answer, not said"] += 1
        except ConstaError:
            found["said"] += 1
        except Exception as error:
            found[type(error).__name__] += 1
        finally:
            with path.open("r+b") as file:
                file.write(data)
            opened.close()
    return found


def main() -> None:
    given = arguments(__doc__, trials=1000, seed=1)
    from indexer.errors import ConstaError

    rnd, tally, bad = random.Random(given.seed), Counter(), []
    with scratch() as work:
        corpus, index = office(work)
        for n in range(2):  # more segments
            mesa(corpus, f"otra-{n}", transcripcion_txt=talk(rnd, 12))
            must(forked("actualizar", corpus=corpus, index=index))
        good = answer(index)
        current = (index / "actual").resolve()
        files = sorted(path for path in current.rglob("*") if path.is_file())
        for trial in range(given.trials):
            path = files[trial % len(files)]
            data = path.read_bytes()
            changed, how = damage(data, rnd, "flip flip flip cut zeros grow gone")
            put(path, changed)
            if how.startswith("gone"):
                path.unlink()
            try:
                result = "no effect" if answer(index) == good else "another answer"
            except ConstaError:
                result = "said"
            except Exception as error:
                result = f"trace {type(error).__name__}"
            tally[result] += 1
            wrong = [] if result in ("said", "no effect") else [result]
            if trial % 20 == 0:
                copy = work / "copy"
                shutil.copytree(index, copy, symlinks=True)
                done = forked("actualizar", corpus=corpus, index=copy)
                tally["built again"] += 1
                if done.code or answer(copy) != good:
                    wrong.append(f"not built again: {done.err[-200:]}")
                shutil.rmtree(copy)
            put(path, data)
            if wrong:
                bad.append(path.name)
                print(f"BAD {path.relative_to(current)}, {how}: {wrong}", flush=True)
        for what, count in sorted(tally.items()):
            print(f"{count} {what}")
        print("twenty flips under an open index:", dict(while_open(index, files, good, given.trials // 5, rnd)))
    verdict(len(bad), given.trials, "faults of the index said or without effect")


if __name__ == "__main__":
    main()
