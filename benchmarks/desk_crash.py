"""``kill -9`` of the server while a form of the desk is sent or carried out: what was acknowledged is there, once.

    python benchmarks/desk_crash.py [TIMES, 100 if not said] [SEED]

Each round fills the next form of a table (``desk_forms.py``, shuffled), sends it and kills the server after a random
time (not its commands: they outlive it, as they would), up to half as long again as a form took that nobody disturbed.
The next server finishes what is left: then the history must have one step more where the form was answered, at most one
where it was not, no job may have failed, the index must serve the corpus, and taking the step back must give the first
bytes. Exit code 1 otherwise.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.desk_forms import FORMS, fill  # noqa: E402 - found once the folder above is on the path
from benchmarks.roundtrip_sequences import files_of, is_served  # noqa: E402
from search_app.desk.staff_desk import StaffDesk  # noqa: E402
from tests.search_app.desk.desk_office import furnish  # noqa: E402
from tests.search_app.desk.desk_server import Browser, free_port, server  # noqa: E402
from tests.waiting import PATIENCE_S, until  # noqa: E402


class Rounds:
    """Forms that are sent to servers that are killed."""

    def __init__(self, work: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.maker, self.work, self.port = furnish(work, minutes=1), work, free_port()
        self.first, self.steps = files_of(self.maker.corpus), 0
        self.stages: Counter[str] = Counter()
        self.answered, self._usual_s = "", PATIENCE_S
        self._usual_s = self.kill("editar", PATIENCE_S)
        assert not self.finish()
        self.stages.clear()

    def desk(self) -> StaffDesk:
        """What the files say of the desk."""
        return StaffDesk(self.maker.corpus, self.maker.settings.index)

    def kill(self, name: str, after_s: float | None = None) -> float:
        """Send a form, and kill the server meanwhile or soon after; how long after it was sent."""
        self.answered = ""
        wait_s = self.chance.uniform(0, self._usual_s * 1.5) if after_s is None else after_s
        with server(self.work, self.port) as process:
            browser = Browser(self.port)
            browser.enter()
            address, fields = fill(browser.open, name)

            def send() -> None:
                try:
                    self.answered = browser.open(address, fields)[0]
                except OSError:
                    self.stages["sin respuesta"] += 1

            sending, began = threading.Thread(target=send), time.perf_counter()
            sending.start()
            sending.join(wait_s)
            took_s = time.perf_counter() - began
            if after_s is None:
                time.sleep(max(0.0, wait_s - took_s))
            process.send_signal(signal.SIGKILL)
            process.wait()
            sending.join()
        for job in self.desk().jobs.all():
            self.stages[f"encargo: {job.state}"] += 1
        return took_s

    def finish(self) -> str:
        """Have another server finish it; what is wrong, empty where nothing is. Then everything is as at first."""
        with server(self.work, self.port):
            desk = self.desk()
            until(lambda: not any(job.waiting for job in desk.jobs.all()))
            failed = [job.error for job in desk.jobs.all() if job.state == "fallo"]
            past: list[dict[str, Any]] = desk.commands.ask("historial")["pasos"]
            new, self.steps = len(past) - self.steps, len(past)
            fault = f"failed: {failed}" if failed else ""
            if new not in ((1,) if self.answered else (0, 1)):
                fault = fault or f"{new} steps, answered: {self.answered!r}"
            if not is_served(self.maker.settings, self.work):
                fault = fault or "the index is not that of the corpus"
            for step in past[:new]:
                desk.commands.ask("deshacer", str(step["paso"]))
                self.steps += 1
            for job in desk.jobs.all():
                desk.jobs.discard(job.id)
        if files_of(self.maker.corpus) != self.first:
            self.first = files_of(self.maker.corpus)
            fault = fault or "taking it back does not give the first bytes"
        return fault


def main() -> int:
    """Kill, and look; 1 when something that was acknowledged is missing, doubled or half."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"semilla {seed}, {times} veces", flush=True)
    wrong = acknowledged = 0
    with tempfile.TemporaryDirectory() as work:
        rounds = Rounds(Path(work), seed)
        names = rounds.chance.sample([*FORMS], len(FORMS))
        for number in range(times):
            name = names[number % len(names)]
            rounds.kill(name)
            acknowledged += bool(rounds.answered)
            if fault := rounds.finish():
                wrong += 1
                print(f"{number}, {name}: {fault}", flush=True)
    print(f"{times} muertes del servidor; {dict(rounds.stages)}")
    print(f"formularios distintos {min(times, len(FORMS))}, respondidos {acknowledged}, con falla {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
