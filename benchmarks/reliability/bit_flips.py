"""Flipped bits and cuts in the files of a corpus. Goals, each trial one file:

- what programs write (anclas.tsv, cuentas.json, objects of the history): it is said, or nothing is told differently;
- what people write (TOML, TSV, transcripts): no trace, whatever it then says, and the index still opens;
- always: with the good file back, one «actualizar» serves again exactly what was served before.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter, defaultdict
from pathlib import Path

from checks import NAME, PASSWORD, arguments, damage, digest, scratch, verdict
from commands import Done, forked, must
from corpora import office, served, tree

WRITTEN_BY_PROGRAMS = ("anclas.tsv", "cuentas.json", "objetos")
ODD = b'\xff\x00"[\n\t='


def furnished(work: Path) -> tuple[Path, Path]:
    """A corpus with every kind of file, and its index."""
    corpus, index = office(work)

    def do(*words: str, given: str = "") -> Done:
        return must(forked(*words, corpus=corpus, index=index, given=given))

    text = work / "texto.txt"
    text.write_text("PONENTE: hablamos de cómputos y de paquetes.\n\nMARÍA LÓPEZ: de acuerdo con el cómputo.\n")
    do("agregar", str(text), "--mesa", "foro/mesa-9", "--titulo", "Nueve")
    now = do("corregir", "foro/mesa-3", "--sin-dudosas", "--json").json
    first = now["fragmentos"][0]
    wrong = {"numero": first["numero"], "de": first["texto"].split()[0], "a": "Corregida", "vez": 1}
    do("corregir", "foro/mesa-3", "--escribir", given=json.dumps({"base": now["base"], "correcciones": [wrong]}))
    base = do("hablantes", "foro/mesa-1", "--json").json["base"]
    spoken = {"base": base, "cambios": [{"inicio_s": 0, "persona": "Ana Ruiz"}, {"inicio_s": 24, "persona": "Eva Sol"}]}
    do("hablantes", "foro/mesa-1", "--escribir", given=json.dumps(spoken))
    do("hablantes", "foro/mesa-9", "--unir", "MARÍA LÓPEZ", "--en", "María López")
    do("retirar", "foro/mesa-9#p1", "--motivo", "prueba")
    (corpus / "redirecciones.toml").write_text('"foro/vieja" = "foro/mesa-9"\n')
    (corpus / "vocabulario.toml").write_text(
        '[[temas]]\nid = "urnas"\netiqueta = "Urnas"\nequivalentes = ["casillas"]\n'
    )
    do("actualizar")
    return corpus, index


def kind_of(path: str) -> str:
    """What is told apart in the figures."""
    if "/objetos/" in path:
        return "objetos"
    name = path.rpartition("/")[2]
    return name if name.endswith((".toml", ".tsv", ".json")) else "texts"


class Trial:
    """A copy of the corpus and its index, one file of which is damaged."""

    def __init__(self, corpus: Path, index: Path, path: str, data: bytes) -> None:
        self.corpus, self.index = corpus, index
        (corpus / path).write_bytes(data)

    def do(self, *words: str, given: str = "") -> Done:
        return forked(*words, corpus=self.corpus, index=self.index, given=given)

    def served(self) -> tuple[Done, str]:
        """What is served after «actualizar»; and what that said."""
        done = self.do("actualizar")
        return done, digest(served(self.index))

    def accounts(self) -> tuple[Done, str]:
        """Who may enter."""
        first = self.do("cuenta", "--lista", "--json")
        known = self.do("cuenta", "--comprobar", "--json", given=json.dumps({"nombre": NAME, "clave": PASSWORD}))
        return (first if first.code else known), digest((first.out, known.out))

    def undone(self, number: int) -> tuple[Done, str]:
        """The corpus after a step was taken back."""
        done = self.do("deshacer", str(number))
        return done, digest(tree(self.corpus))


def main() -> None:
    given = arguments(__doc__, trials=300, seed=1)
    rnd, tally, bad = random.Random(given.seed), defaultdict(Counter), 0
    with scratch() as work:
        corpus, index = furnished(work)

        def fresh(path: str = "redirecciones.toml", data: bytes = b"") -> Trial:
            shutil.rmtree(work / "copy", ignore_errors=True)
            shutil.copytree(corpus, work / "copy/corpus", symlinks=True)
            shutil.copytree(index, work / "copy/indice", symlinks=True)
            return Trial(work / "copy/corpus", work / "copy/indice", path, data or (corpus / path).read_bytes())

        said, good = fresh().served()
        print("what is served:", len(served(index)) - 1, "fragments", said.err.strip()[:200])
        people = fresh().accounts()[1]
        past = must(forked("historial", "--json", corpus=corpus, index=index)).json["pasos"]
        undoable = {step["paso"]: fresh().undone(step["paso"])[1] for step in past if step["se_puede_deshacer"]}
        groups = defaultdict(list)
        for file in sorted(corpus.rglob("*")):
            path = file.relative_to(corpus).as_posix()
            if (
                file.is_file()
                and file.name not in ("clave", "pasos.jsonl", ".gitignore")
                and "/bloqueo" not in f"/{path}"
            ):
                groups[kind_of(path)].append(path)
        names = sorted(groups)
        for number in range(given.trials):
            kind = names[number % len(names)]
            path = rnd.choice(groups[kind])
            data, how = damage((corpus / path).read_bytes(), rnd)
            if kind not in WRITTEN_BY_PROGRAMS and rnd.random() < 0.3:
                at = rnd.randrange(len(data))
                data, how = data[:at] + bytes([rnd.choice(ODD)]) + data[at:], f"odd byte at {at}"
            trial, wrong = fresh(path, data), []
            try:
                if kind == "objetos":
                    some = rnd.sample(sorted(undoable), min(2, len(undoable)))
                    results = [(fresh(path, data).undone(each), undoable[each]) for each in some]
                elif kind == "cuentas.json":
                    results = [(trial.accounts(), people)]
                else:
                    results = [(trial.served(), good)]
                traces = [done.err[-200:] or done.code for (done, _), _ in results if not done.clean]
                other = [done for (done, now), same in results if now != same and not done.refused]
                mentioned = any(path.rpartition("/")[2] in done.err for done in other)
                result = (
                    "trace" if traces else "no effect" if all(now == same for (_, now), same in results) else "said"
                )
                if other and not mentioned and not traces:
                    result = "silent" if kind in WRITTEN_BY_PROGRAMS else "served as it says"
                wrong += [f"{result} {traces}"] if result in ("trace", "silent") else []
                (trial.corpus / path).write_bytes((corpus / path).read_bytes())
                if kind not in WRITTEN_BY_PROGRAMS or kind == "anclas.tsv":
                    done, now = trial.served()
                    if done.code or now != good:
                        wrong.append(f"not as before with the good file back: exit {done.code} {done.err[-200:]}")
            except Exception as error:
                result = "the index does not open"
                wrong.append(f"{result}: {error!r:.200}")
            tally[kind][result] += 1
            if wrong:
                bad += 1
                print(f"BAD {path}, {how}: {wrong}", flush=True)
    for kind in names:
        print(kind, dict(tally[kind]))
    verdict(bad, given.trials, "damaged files of the corpus dealt with as they should be")


if __name__ == "__main__":
    main()
