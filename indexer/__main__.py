"""``python -m indexer``."""

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C among the imports ends it without a traceback

from indexer.cli import cli  # noqa: E402
from indexer.console import run  # noqa: E402

if __name__ == "__main__":
    run(cli, "python -m indexer")
