"""``kill -9`` of the server at random moments of a publish from the browser: what was acknowledged is there, once.

    python benchmarks/desk_crash.py [TIMES, 100 if not said]

Each round starts the server, signs in, pastes a text and publishes it, and kills the server after a random time (not
its commands: they outlive it, as they would). In the end a last server finishes what is left, and every text that was
acknowledged as received must be found, in one step of the history.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from search_app.desk.staff_desk import StaffDesk  # noqa: E402 - found once the folder above is on the path
from tests.search_app.desk.desk_office import furnish  # noqa: E402
from tests.search_app.desk.desk_server import Browser, free_port, server  # noqa: E402

SEED = 7
LONGEST_S = 4.0
WAIT_S = 600


def main() -> int:
    """Kill, and look; 1 when something that was acknowledged is missing or doubled."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    chance = random.Random(SEED)
    acknowledged: dict[str, str] = {}
    stages: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        maker = furnish(Path(work), minutes=1)
        port = free_port()
        for number in range(times):
            word = f"palabra{'abcdefghij'[number // 10 % 10]}{'abcdefghij'[number % 10]}"
            with server(Path(work), port) as process:
                browser = Browser(port)
                browser.enter()
                address = browser.publish(word)
                if "/acervo/encargos/" in address:
                    acknowledged[word] = address
                time.sleep(chance.uniform(0, LONGEST_S))
                job = StaffDesk(maker.corpus, maker.settings.index).jobs.get(address.rpartition("/")[2])
                stages[job.state if job else "?"] += 1
                process.send_signal(signal.SIGKILL)
                process.wait(10)
        with server(Path(work), port):
            browser = Browser(port)
            browser.enter()
            end = time.monotonic() + WAIT_S
            jobs = StaffDesk(maker.corpus, maker.settings.index).jobs
            while any(one.waiting for one in jobs.all()) and time.monotonic() < end:
                time.sleep(0.5)
            total = {w: json.loads(browser.open(f"/api/buscar?q={w}")[1])["total"] for w in acknowledged}
            missing = [word for word, found in total.items() if not found]
        steps = Counter(
            step["pagina"] for step in StaffDesk(maker.corpus, maker.settings.index).commands.ask("historial")["pasos"]
        )
        doubled = [word for word in acknowledged if steps[f"foro/mesa-{word}"] != 1]
        failed = [one.error for one in jobs.all() if one.state == "fallo"]
    print(f"{times} kills; the job then: {dict(stages)}")
    print(f"acknowledged {len(acknowledged)}, missing {len(missing)}, not in one step {len(doubled)}, failed {failed}")
    return int(bool(missing or doubled or failed))


if __name__ == "__main__":
    sys.exit(main())
