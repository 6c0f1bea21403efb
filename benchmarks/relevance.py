"""Measures the search through the project's own pipeline and service, and prints the tables of docs/relevance.md.

    python benchmarks/relevance.py [--sets squad,dist] [--sample N] [--seed N] [--variants …] [--failures N] [--pairs]

Always: the shipped judged queries, the pairs of words. With ../shared/data: the short turns and the collection, beside
stock Whoosh over the same documents. The two big indexes are kept in .indice-relevancia.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import relevance_answers, relevance_judged, relevance_pairs, relevance_short_turns  # noqa: E402
from benchmarks.relevance_collection import Consta, cached, load_documents  # noqa: E402
from benchmarks.relevance_measures import Figures, Outcome, difference  # noqa: E402
from benchmarks.relevance_questions import (  # noqa: E402
    SEED,
    SETS,
    VARIANTS,
    Question,
    load_questions,
    sample,
    variant,
)
from benchmarks.relevance_stock import StockWhoosh  # noqa: E402

SHARED = ROOT.parent / "shared" / "data"
GOALS = {
    ("squad", "tal cual"): 0.80,
    ("xquad", "tal cual"): 0.87,
    ("dist", "tal cual"): 0.945,
    ("manan", "tal cual"): 0.105,
    ("squad", "una errata"): 0.77,
    ("xquad", "una errata"): 0.84,
}
"""MRR@10 that the issue asks for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was asked for."""
    options = _options(arguments)
    if options.pairs:
        _print_pairs(every=True)
        return 0
    if not options.failures:
        _print_judged()
        _print_pairs(every=False)
        _print_transcripts(SHARED / "transcripts")
    folder = SHARED / "retrieval"
    if not folder.is_dir():
        print(f"sin colección: {folder} no existe; se midió sólo lo que trae el repositorio")
        return 0
    start, cpu = time.perf_counter(), time.process_time()
    documents = load_documents(folder)
    consta = cached(documents, _progress)
    if options.failures:
        texts = {document.id: document.text for document in documents}
        for name in options.sets:
            _print_failures(
                consta, name, sample(load_questions(folder, name), options.sample, options.seed), options, texts
            )
        consta.close()
        return 0
    stock = StockWhoosh(documents, _progress)
    print(f"\nColección: {len(documents):,} documentos, {time.perf_counter() - start:.0f} s en prepararla")
    _print_sets(consta, stock, folder, options)
    print(f"Semilla de muestras y erratas: {options.seed}. Preguntas nuevas a Whoosh: {stock.asked:,}")
    stock.close()
    consta.close()
    print(f"Tiempo: {time.process_time() - cpu:.0f} s de CPU, {time.perf_counter() - start:.0f} s de reloj")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Mide la búsqueda.")
    parser.add_argument("--sets", default=",".join(SETS), help="conjuntos, con comas (squad,xquad,dist,manan)")
    parser.add_argument("--variants", default=",".join(VARIANTS), help="variantes, con comas")
    parser.add_argument("--sample", type=int, help="tantas preguntas de cada conjunto, siempre las mismas")
    parser.add_argument("--seed", type=int, default=SEED, help="semilla de muestras y erratas")
    parser.add_argument("--failures", type=int, help="imprime tantas preguntas cuyo documento no queda primero")
    parser.add_argument("--pairs", action="store_true", help="sólo los pares de palabras, con los que fallan")
    options = parser.parse_args(arguments)
    options.sets, options.variants = options.sets.split(","), options.variants.split(",")
    if unknown := [*set(options.sets) - set(SETS), *set(options.variants) - set(VARIANTS)]:
        parser.error(f"no existe: {', '.join(unknown)}")
    return options


def _progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _print_judged() -> None:
    with tempfile.TemporaryDirectory() as work:
        given = relevance_judged.answers(Path(work) / "indice")
    ndcg, mrr = relevance_judged.ndcg_and_mrr(given)
    print(f"Consultas juzgadas del repositorio: {len(given)}; nDCG@10 {ndcg:.4f}; MRR@10 {mrr:.4f}")


def _print_transcripts(folder: Path) -> None:
    if not folder.is_dir():
        print(f"Turnos breves y respuestas: sin transcripciones ({folder} no existe)")
        return
    with tempfile.TemporaryDirectory() as work:
        index, pages = relevance_short_turns.built(folder, Path(work))
        relevance_short_turns.report(index, pages, print)
        relevance_answers.report(index, pages, print)
        index.close()


def _print_pairs(*, every: bool) -> None:
    pairs = relevance_pairs.load_pairs()
    with tempfile.TemporaryDirectory() as work:
        faults = relevance_pairs.check(pairs, Path(work) / "indice")
    met = len(pairs.meet) - len(faults.meet)
    print(
        f"Pares: juntas {met} de {len(pairs.meet)} ({met / len(pairs.meet):.1%}); "
        f"aparte {len(pairs.apart) - len(faults.apart)} de {len(pairs.apart)}; "
        f"sin acentos {len(pairs.accented) - len(faults.accented)} de {len(pairs.accented)}"
    )
    if every:
        for group in dict.fromkeys(group for group, _, _ in faults.meet):
            print(f"  no se juntan, {group}: " + ", ".join(f"{a} = {b}" for g, a, b in faults.meet if g == group))
        print("  no quedan aparte: " + (", ".join(f"{a} / {b}" for a, b in faults.apart) or "ninguno"))
        print("  sin acentos no se hallan: " + (", ".join(faults.accented) or "ninguna"))


def _print_sets(consta: Consta, stock: StockWhoosh, folder: Path, options: argparse.Namespace) -> None:
    heads = ("conjunto", "variante", "n", "MRR@10", "meta", "nDCG@10", "R@10", "R@100")
    print("| " + " | ".join((*heads, "Whoosh: MRR@10", "nDCG@10", "R@10", "R@100", "diferencia [95 %]", "ms")) + " |")
    print("|" + "---|" * (len(heads) + 6))
    for name in options.sets:
        questions = sample(load_questions(folder, name), options.sample, options.seed)
        for kind in options.variants:
            texts = [variant(question, kind, options.seed) for question in questions]
            start = time.process_time()
            ours = [consta.outcome(t, q.relevant) for t, q in zip(texts, questions, strict=True)]
            spent_ms = 1000 * (time.process_time() - start) / len(questions)
            theirs = [stock.outcome(t, q.relevant) for t, q in zip(texts, questions, strict=True)]
            stock.save()
            _print_row(name, kind, ours, theirs, spent_ms, options.seed)


def _print_row(name: str, kind: str, ours: list[Outcome], theirs: list[Outcome], spent_ms: float, seed: int) -> None:
    our, their = Figures.of(ours), Figures.of(theirs)
    goal = GOALS.get((name, kind))
    wanted = "" if goal is None else f"{goal:.3f} {'✓' if our.mrr_10 >= goal else '✗'}"
    mean, low, high = difference(ours, theirs, seed)
    cells = [name, kind, f"{len(ours):,}", f"{our.mrr_10:.4f}", wanted]
    cells += [f"{value:.4f}" for value in (our.ndcg_10, our.recall_10, our.recall_100)]
    cells += [f"{value:.4f}" for value in (their.mrr_10, their.ndcg_10, their.recall_10, their.recall_100)]
    cells += [f"{mean:+.4f} [{low:+.4f}, {high:+.4f}]", f"{spent_ms:.1f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def _print_failures(
    consta: Consta, name: str, questions: list[Question], options: argparse.Namespace, texts: dict[str, str]
) -> None:
    """Questions whose right document is not the first: rank, what came first and what should have."""
    kind, shown = options.variants[0], 0
    for question in questions:
        if shown == options.failures:
            return
        text = variant(question, kind, options.seed)
        answer = list(islice(consta.hits(text, 100), 100))
        rank = next((rank for rank, (document, _) in enumerate(answer, 1) if document in question.relevant), None)
        if rank == 1:
            continue
        shown += 1
        print(f"\n{shown}. {name} {question.id} · lugar {rank or 'fuera de 100'} · {text}")
        if answer:
            document, hit = answer[0]
            marked = dict.fromkeys(hit.passage.text[start:end] for start, end in hit.marks)
            print(f"   primero {document} {hit.score:.2f}{'' if hit.full else ' (parcial)'} {list(marked)}")
            print(f"     {hit.passage.text}")
        for document in sorted(question.relevant):
            placed = next(((d, hit) for d, hit in answer if d == document), None)
            if placed:
                marked = dict.fromkeys(placed[1].passage.text[start:end] for start, end in placed[1].marks)
                print(f"   correcto {document} {placed[1].score:.2f} {list(marked)}")
            else:
                print(f"   correcto {document}")
            print(f"     {texts[document]}")


if __name__ == "__main__":
    sys.exit(main())
