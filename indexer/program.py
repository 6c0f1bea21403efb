"""How a person calls the commands here: ``consta`` where the package is installed, else through Python."""

import os
import sys
from pathlib import Path


def _python() -> str:
    """The interpreter as it is typed here: that of a checkout's own environment is not on the path."""
    try:
        return str(Path(sys.executable).relative_to(Path.cwd()))
    except (ValueError, OSError):
        return "python"


_NAME = os.environ.get("CONSTA_PROGRAMA")  # set by the installed command, inherited by the desk's children
INSTALLED = bool(_NAME)
"""Whether this is the command ``consta``, which may be run anywhere, not ``python -m`` in the project's folder."""
STAFF = _NAME or f"{_python()} -m indexer"
SERVER = _NAME or f"{_python()} -m search_app"
