"""``python -m indexer``."""

from indexer.cli import cli
from indexer.console import run

if __name__ == "__main__":
    run(cli, "python -m indexer")
