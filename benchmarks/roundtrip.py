"""Random sequences of the staff's steps and undo (``roundtrip_steps.py``): corpus and index stay as the history says.

    python benchmarks/roundtrip.py [SEQUENCES] [SEED]

Every sequence (300 of them unless told otherwise; each has the seed that follows the one before) has 6 to 14 steps over
a corpus of its own, each checked against the files as they were; then everything is undone, and the corpus must be the
first one byte for byte (``anclas.tsv``, whose numbers are never given twice, apart). Exit code 1 when one is not.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.roundtrip_sequences import Broken, Sequence


def main() -> int:
    """Run the sequences and print what was seen."""
    sequences = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"semilla {seed}, {sequences} secuencias", flush=True)
    began, broken = time.perf_counter(), 0
    steps: Counter[str] = Counter()
    for number in range(sequences):
        with tempfile.TemporaryDirectory() as folder:
            try:
                sequence = Sequence(Path(folder), seed + number)
                sequence.run(6 + (seed + number) % 9)
                steps.update(sequence.counts)
            except Exception as error:  # one that breaks off loses none of the others
                broken += 1
                print(f"secuencia {seed + number}: {error if isinstance(error, Broken) else repr(error)}", flush=True)
    for name, count in sorted(steps.items()):
        print(f"{name}: {count}")
    print(f"pasos: {steps.total()}; secuencias rotas: {broken}; {time.perf_counter() - began:.0f} s")
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
