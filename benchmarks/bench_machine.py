"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def machine() -> dict[str, str]:
    """Processor, cores, memory, kernel, Python, load."""
    kilobytes = int(_found("/proc/meminfo", r"^MemTotal:\s+(\d+)") or 0)
    return {
        "processor": _found("/proc/cpuinfo", r"^model name\s*:\s*(.+)$") or platform.processor() or "unknown",
        "cores": str(os.cpu_count()),
        "memory": f"{kilobytes / 1024 / 1024:.0f} GB",
        "system": _found("/etc/os-release", r'^PRETTY_NAME="?([^"\n]+)') or platform.system(),
        "kernel": platform.release(),
        "Python": platform.python_version(),
    }


def load() -> float:
    """Processes that wanted to run, over the last minute."""
    return os.getloadavg()[0]


def revision() -> str:
    """The commit, and whether files differ from it."""
    try:
        told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    except OSError:
        return "unknown"
    return told.stdout.strip() or "unknown"


def _found(path: str, pattern: str) -> str | None:
    try:
        match = re.search(pattern, Path(path).read_text(encoding="utf-8"), re.M)
    except OSError:
        return None
    return match[1].strip() if match else None
