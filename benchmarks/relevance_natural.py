"""Questions as people ask them ("¿qué dijo X sobre Y?"), over real transcripts: ``natural_questions.tsv`` has ours.

    python benchmarks/relevance_natural.py [--each]

Prints the graded nDCG@10 of the first answers of ``/api/buscar``, of questions about a person and of the others; with
``--each``, that of every question too. No text of the transcripts is kept (see ``relevance_short_turns``).
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.relevance_measures import graded_ndcg, mean  # noqa: E402
from benchmarks.relevance_short_turns import built, load  # noqa: E402
from search_app.web.application import create_app  # noqa: E402

QUESTIONS = Path(__file__).with_name("natural_questions.tsv")
TRANSCRIPTS = ROOT.parent / "shared" / "data" / "transcripts"
_ABOUT_A_PERSON = re.compile(r"¿Qué (?!se )")


def main() -> int:
    """Build the transcripts, ask every question, print the figures."""
    if not TRANSCRIPTS.is_dir():
        print(f"sin transcripciones: {TRANSCRIPTS} no existe")
        return 0
    figures: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as work:
        index, pages = built(TRANSCRIPTS, Path(work))
        by_file = {page.file: page for page in pages.values()}
        by_page = {str(page): held for page, held in pages.items()}
        client = create_app(index).test_client()
        for query in load(QUESTIONS):
            grades: dict[str, int] = {}
            for (file, word), grade in query.grades.items():
                fragment = by_file[file].fragment(word)
                grades[fragment] = max(grade, grades.get(fragment, 0))
            answer = client.get("/api/buscar", query_string={"q": query.text}).get_json()
            ids = (result["id"].partition("#p") for result in answer["resultados"])
            ndcg = graded_ndcg([f"{by_page[page].file}#{number}" for page, _, number in ids], grades)
            figures["sobre una persona" if _ABOUT_A_PERSON.match(query.text) else "sobre un tema"].append(ndcg)
            if "--each" in sys.argv:
                print(f"{ndcg:.3f}  {query.text}")
        index.close()
    for kind, found in figures.items():
        print(f"Preguntas {kind}: {len(found)}; nDCG@10 {mean(found):.4f}")
    every = [ndcg for found in figures.values() for ndcg in found]
    print(f"Todas: {len(every)}; nDCG@10 {mean(every):.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
