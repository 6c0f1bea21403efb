"""Runs every reliability check with its full count, one after the other, and prints a table of their figures.

Each check runs alone as well: ``.venv/bin/python benchmarks/reliability/NAME.py --help``. Exit code 0 only when every
goal holds; a check that the machine cannot run (it says what is missing) counts as neither.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
CHECKS: dict[str, tuple[str, ...]] = {
    "power_cut": ("--trials", "280", "--seed", "1"),
    "power_cut_by_hand": ("--trials", "20"),
    "journal_flips": ("--trials", "1000", "--seed", "3"),
    "index_flips": ("--trials", "700", "--seed", "1"),
    "bit_flips": ("--trials", "300", "--seed", "1"),
    "disk_full": ("--trials", "50", "--seed", "1"),
    "fuzz_http": ("--trials", "20000", "--seed", "1"),
    "slow_clients": ("--seed", "7"),
    "rolling_restart": ("--trials", "10", "--seed", "7"),
    "load": ("--fragments", "25000", "--seed", "7"),
    "few_files": (),
    "sign_in": (),
    "rough_life": (),
    "backup": ("--trials", "10", "--seed", "15"),
    "leak": ("--requests", "20000", "--seed", "5"),
}
"""The checks in the order in which they run, with their arguments."""
NOT_RUN = 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("only", nargs="*", metavar="NAME", help=f"some of: {', '.join(CHECKS)}")
    given = parser.parse_args()
    if unknown := set(given.only) - set(CHECKS):
        parser.error(f"no check is called {', '.join(sorted(unknown))}")
    rows, failed = [], False
    for name in given.only or CHECKS:
        line = [sys.executable, str(HERE / f"{name}.py"), *CHECKS[name]]
        print(f"\n== {' '.join(line[1:])}", flush=True)
        began = time.monotonic()
        run = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        last = ""
        assert run.stdout is not None
        for said in run.stdout:
            print(said, end="", flush=True)
            last = said.strip() or last
        code = run.wait()
        failed |= code not in (0, NOT_RUN)
        mark = {0: "holds", NOT_RUN: "not run"}.get(code, "FAILS")
        rows.append(
            f"| {name} | {mark} | {last} | `{' '.join(CHECKS[name])}` | {(time.monotonic() - began) / 60:.1f} |"
        )
    print("\n| check | goal | figure | arguments | minutes |\n|---|---|---|---|---|", *rows, sep="\n")
    sys.exit(failed)


if __name__ == "__main__":
    main()
