"""Small corpora, written to a real disk by the tests that use them."""

from __future__ import annotations

from pathlib import Path

from indexer.config import Settings
from indexer.engines import open_index
from indexer.index.query import Query, Word
from indexer.index.results import Results
from indexer.model import PageId
from indexer.model.passage import Passage
from indexer.pipeline import Report, update


class CorpusMaker:
    """Writes a corpus below a folder, builds it, and asks it."""

    def __init__(self, root: Path) -> None:
        self.settings = Settings(root / "corpus", root / "indice")
        self.corpus = self.settings.corpus
        self.corpus.mkdir(exist_ok=True)

    def event(self, slug: str = "foro", title: str = "Foro de prueba", extra: str = "", **files: str | bytes) -> Path:
        """Write an event; files as ``anuncio_md="…"``."""
        folder = self.corpus / slug
        folder.mkdir(exist_ok=True)
        text = f'titulo = "{title}"\ninicio = 2025-12-04\nfin = 2025-12-05\n{extra}'
        (folder / "evento.toml").write_text(text, encoding="utf-8")
        return self._files(folder, files)

    def mesa(
        self, slug: str = "mesa-1", event: str = "foro", title: str = "Mesa", extra: str = "", **files: str | bytes
    ) -> Path:
        """Write a mesa; files as ``transcripcion_txt="…"``."""
        folder = self.corpus / event / slug
        folder.mkdir(exist_ok=True)
        (folder / "mesa.toml").write_text(f'titulo = "{title}"\n{extra}', encoding="utf-8")
        return self._files(folder, files)

    def _files(self, folder: Path, files: dict[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = folder / ".".join(name.rsplit("_", 1))
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    def update(self) -> Report:
        """``actualizar``."""
        return update(self.settings)

    def search(self, words: str, **options: object) -> Results:
        """Search loose words."""
        index = open_index(self.settings.index)
        try:
            return index.search(Query(clauses=tuple(map(Word, words.split())), limit=100, **options))  # type: ignore[arg-type]
        finally:
            index.close()

    def passages(self, page: str) -> tuple[Passage, ...]:
        """The fragments of a page; empty where there is none."""
        index = open_index(self.settings.index)
        try:
            found = index.session(PageId.parse(page))
            return found.passages if found else ()
        finally:
            index.close()
