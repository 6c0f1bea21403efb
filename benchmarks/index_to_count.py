"""The index that ``counts``, ``trends`` and ``company`` count again: one that is there, or one of real transcripts."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.build import DEFAULT, ROOT, make_corpus
from indexer.config import Settings
from indexer.engines import open_index
from indexer.index.protocol import SearchIndex
from indexer.pipeline import update

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@contextmanager
def opened(arguments: list[str]) -> Iterator[tuple[SearchIndex | None, int]]:
    """What ``[FOLDER | INDEX] [HOW MANY]`` name, opened; None where there is no such folder, which is said.

    Of a folder of transcripts an index is built, with the shipped vocabulary; a mesa has the day that its file names.
    """
    source, wanted = Path(arguments[0]) if arguments else DEFAULT, int(arguments[1]) if len(arguments) > 1 else 200
    if not source.is_dir():
        print(f"sin datos: {source} no existe; no se midió nada")
        yield None, wanted
        return
    with tempfile.TemporaryDirectory() as work:
        settings = Settings(Path(work) / "corpus", source)
        if not (source / "actual").is_symlink():
            settings = Settings(settings.corpus, Path(work) / "indice")
            make_corpus(source, settings.corpus)
            for toml in settings.corpus.glob("*/*/mesa.toml"):
                if day := _DAY.search(toml.parent.name):
                    toml.write_text(f"{toml.read_text(encoding='utf-8')}fecha = {day[0]}\n", encoding="utf-8")
            shutil.copy(ROOT / "corpus" / "vocabulario.toml", settings.corpus)
            update(settings)
        index = open_index(settings.index)
        try:
            yield index, wanted
        finally:
            index.close()
