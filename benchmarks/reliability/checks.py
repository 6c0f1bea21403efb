"""What every reliability check has: its arguments, a folder of its own, damage, limits, the verdict.

The project is the current folder. DATA names the folder of real transcripts (else ../shared/data/transcripts),
PORT the first port to use (else free ones). All that is written goes to temporary folders (TMPDIR; one in memory is
quicker).
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import os
import random
import resource
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

PROJECT = Path.cwd()
_PYTHON = shutil.which(os.environ.get("PYTHON") or sys.executable) or sys.executable
if os.path.abspath(_PYTHON) != os.path.abspath(sys.executable) and not os.environ.get("CHECK_STARTED"):
    os.environ["CHECK_STARTED"] = "1"
    os.execv(_PYTHON, [_PYTHON, *sys.argv])
PYTHON = sys.executable
if not (PROJECT / "indexer").is_dir():
    sys.exit("Run it from the project's root: make reliability, or .venv/bin/python benchmarks/reliability/….py")
if not importlib.util.find_spec("whoosh"):
    sys.exit(f"{PYTHON} lacks the project's requirements: name its interpreter in PYTHON")
sys.path.insert(0, str(PROJECT))
warnings.simplefilter("ignore")
DATA = Path(os.environ.get("DATA") or PROJECT.parent / "shared" / "data" / "transcripts")
NAME, PASSWORD = "ana", "una clave de prueba"
COMMAND_S = 600


def arguments(doc: str | None, **numbers: float | str) -> argparse.Namespace:
    """The arguments of a check: each has a default, whose kind it keeps."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=type(default), default=default, help=f"[{default}]")
    return parser.parse_args()


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder."""
    with tempfile.TemporaryDirectory(prefix="consta-check-", ignore_cleanup_errors=True) as folder:
        yield Path(folder).resolve()


def verdict(bad: int, total: int, what: str) -> NoReturn:
    """The figure, and the exit code: 0 only when nothing is bad and something was tried."""
    print(f"{total - bad} of {total} {what}", flush=True)
    sys.exit(1 if bad or not total else 0)


def not_run(why: str) -> NoReturn:
    """The machine lacks what the check needs."""
    print(f"not run: {why}")
    sys.exit(2)


def need_root() -> None:
    """Mounting asks for it."""
    if os.geteuid():
        not_run("it mounts file systems, which needs root")


class Checks:
    """Named checks, told as they are made."""

    def __init__(self) -> None:
        self.good: list[str] = []
        self.bad: list[str] = []

    def __call__(self, what: str, good: object, detail: object = "") -> None:
        (self.good if good else self.bad).append(what)
        print("ok  " if good else "BAD ", what, "" if good else f"| {detail!s:.400}", flush=True)

    def end(self, what: str) -> NoReturn:
        """Exit with the figure."""
        for name in self.bad:
            print("  bad:", name)
        verdict(len(self.bad), len(self.good) + len(self.bad), what)


def digest(value: object) -> str:
    """Short, to compare by."""
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def damage(data: bytes, rnd: random.Random, kinds: str = "flip flip flip cut zeros grow") -> tuple[bytes, str]:
    """Other bytes, and what was done to them."""
    kind = rnd.choice(kinds.split()) if data else "grow"
    changed, at = bytearray(data), rnd.randrange(len(data)) if data else 0
    if kind == "flip":
        changed[at] ^= 1 << rnd.randrange(8)
    elif kind == "cut":
        del changed[at:]
    elif kind == "zeros":
        end = min(len(data), at + rnd.choice((1, 512, 4096)))
        changed[at:end] = bytes(end - at)
    if kind == "grow" or changed == data:
        changed.append(rnd.randrange(256))
    return bytes(changed), f"{kind} at {at} of {len(data)}"


def few_descriptors(most: int) -> Callable[[], None]:
    """For a command or a server that may open only so many files."""
    return lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def little_memory(mb: int) -> Callable[[], None]:
    """For one that has little memory."""
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (mb << 20, mb << 20))
