"""Memory over many different requests to one server. Goal: in the second half it grows by less than 5 %, none fails.

Searches, suggestions, contexts, quotations and exports, most of them never asked before, so that whatever is kept for
each shows; caches with a bound are full by the half of 20,000.
"""

from __future__ import annotations

import random
import urllib.parse

from checks import arguments, scratch
from corpora import dealt_corpus, sentences
from visits import Server

PATHS = ("/buscar?q=", "/buscar?q=", "/api/sugerir?q=", "/en-contexto?q=", "/cotejar?cita=", "/exportar?formato=csv&q=")
MOST_GROWTH = 0.05


def main() -> None:
    given = arguments(__doc__, requests=20_000, fragments=2000, seed=5)
    rnd = random.Random(given.seed)
    words = [word for sentence in sentences() for word in sentence.split() if word.isalpha() and len(word) > 3]
    failed, marks = 0, []
    with scratch() as work:
        _, index = dealt_corpus(work, given.fragments, given.seed)
        with Server(index) as server:
            for number in range(given.requests + 1):
                if number % max(1, given.requests // 10) == 0:
                    marks.append(server.memory_mb())
                    print(f"after {number}: {marks[-1]:.0f} MB", flush=True)
                one, two = rnd.choice(words), rnd.choice(words)
                text = rnd.choice(
                    (one, f"{one[:-1]}{rnd.choice('aeiou')}{one[-1]}", f"{one[:4]}*", f"{one} {two}", f"{one}x{number}")
                )
                failed += server.get(rnd.choice(PATHS) + urllib.parse.quote(text)).status >= 500
    growth = marks[-1] / marks[len(marks) // 2] - 1
    print(
        f"{given.requests - failed} of {given.requests} requests answered; {marks[0]:.0f} to {marks[-1]:.0f} MB, "
        f"{growth:+.1%} in the second half"
    )
    raise SystemExit(bool(failed or growth >= MOST_GROWTH))


if __name__ == "__main__":
    main()
