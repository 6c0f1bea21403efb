"""Flipped bits and cuts in the journal of the history (_historial/pasos.jsonl). Goal: each is said, or tells the same.

A corpus with some steps; each trial damages one byte of the journal, or cuts it (never within the last step, where half
a line is what a crash leaves). «historial» then has to refuse with a sentence, or tell every step and what it changed.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from pathlib import Path

from checks import arguments, damage, digest, scratch, verdict
from commands import Done, forked, must
from texts import talk


def steps(work: Path, rnd: random.Random) -> tuple[Path, Path]:
    """A corpus with some steps of several kinds."""
    corpus, index, text = work / "corpus", work / "indice", work / "texto.txt"
    for n in range(3):
        text.write_text(talk(rnd, 4, f"m{n}"))
        if not n:
            must(forked("nuevo", "foro", "--titulo=Foro", "--fecha=2020-01-01", corpus=corpus, index=index))
        must(
            forked(
                "agregar", str(text), "--mesa", f"foro/mesa-{n}", "--titulo", f"Mesa {n}", corpus=corpus, index=index
            )
        )
    must(forked("retirar", "foro/mesa-0#p1", "--motivo", "prueba", corpus=corpus, index=index))
    must(forked("hablantes", "foro/mesa-1", "--unir", "PONENTE 1", "--en", "Ana Ruiz", corpus=corpus, index=index))
    must(forked("deshacer", "4", corpus=corpus, index=index))
    return corpus, index


def told(corpus: Path, index: Path, numbers: list[int]) -> tuple[Done, str]:
    """The whole history and each step with its files; the first answer that is not well, else the last one."""
    said = []
    for more in ([], *(["--paso", str(number)] for number in numbers)):
        done = forked("historial", "--json", *more, corpus=corpus, index=index)
        said.append(done.out)
        if done.code:
            break
    return done, digest(said)


def main() -> None:
    given = arguments(__doc__, trials=1000, seed=3)
    rnd, tally, examples = random.Random(given.seed), Counter(), defaultdict(list)
    with scratch() as work:
        (work / "corpus").mkdir()
        corpus, index = steps(work, rnd)
        journal = corpus / "_historial" / "pasos.jsonl"
        good = journal.read_bytes()
        numbers = [
            step["paso"] for step in must(forked("historial", "--json", corpus=corpus, index=index)).json["pasos"]
        ]
        done, same = told(corpus, index, numbers)
        must(done)
        last_step = good.rfind(b"\n", 0, good.rfind(b"\n", 0, -1)) + 1
        for trial in range(given.trials):
            if trial % 4:
                bad, how = damage(good, rnd, "flip")
            else:
                at = rnd.randrange(last_step)
                bad, how = good[:at], f"cut at {at} of {len(good)}"
            journal.write_bytes(bad)
            done, now = told(corpus, index, numbers)
            result = "said" if done.refused else "trace" if done.code else "no effect" if now == same else "silent"
            tally[f"{how.split()[0]}: {result}"] += 1
            if result in ("silent", "trace"):
                at = int(how.split()[2])
                examples[result].append(f"{how}: {good[max(0, at - 20) : at + 8]!r} {done.err.strip()[:100]}")
    for what, count in sorted(tally.items()):
        print(f"{count} {what}")
    for result, found in examples.items():
        print(f"{result}, for example:", *rnd.sample(found, min(4, len(found))), sep="\n   ")
    verdict(sum(map(len, examples.values())), given.trials, "faults of the journal said or without effect")


if __name__ == "__main__":
    main()
