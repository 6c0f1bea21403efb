"""Corpora that are published, and what stands in them and in their index."""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from pathlib import Path

from checks import DATA, NAME, PASSWORD, PROJECT, digest, not_run
from commands import command, must
from texts import captions, event, mesa


def office(root: Path) -> tuple[Path, Path]:
    """A small corpus with an account and its index, for what the desk and the commands do."""
    corpus, index = root / "corpus", root / "indice"
    event(corpus, anuncio_md="El foro habla de urnas y de bodegas.")
    mesa(corpus, "mesa-1", 'numero = 1\n[[participantes]]\nnombre = "Ana Ruiz"\n', transcripcion_vtt=captions())
    mesa(corpus, "mesa-2", "numero = 2\n")
    text = "LA PRESIDENTA: Buenos días, hablamos de las urnas.\n\nEL SECRETARIO: Traje las listas de Gomez.\n"
    mesa(corpus, "mesa-3", "numero = 3\n", transcripcion_txt=text)
    must(command("actualizar", corpus=corpus, index=index))
    must(command("cuenta", NAME, "--clave-por-entrada", corpus=corpus, index=index, given=f"{PASSWORD}\n"))
    return corpus, index


def transcripts() -> dict[str, bytes]:
    """The real transcripts and captions, by name."""
    if not DATA.is_dir():
        not_run(f"no real transcripts in {DATA}: name their folder in DATA")
    return {path.name: path.read_bytes() for path in sorted(DATA.iterdir()) if path.is_file()}


def sentences() -> list[str]:
    """What was really said, a sentence each."""
    texts = (
        data.decode("utf-8", "replace") for name, data in transcripts().items() if name.startswith("estenografica")
    )
    parts = (" ".join(part.split()) for text in texts for part in re.split(r"(?<=[.?!])\s", text))
    return [part for part in parts if 4 <= len(part.split()) <= 60]


def dealt_corpus(root: Path, fragments: int, seed: int = 7) -> tuple[Path, Path]:
    """A corpus of about that many fragments, dealt from real sentences, with its index."""
    rnd, said = random.Random(seed), sentences()
    corpus, index = root / "corpus", root / "indice"
    turns = [f"PREGUNTA {n % 40 + 1}: {' '.join(rnd.choice(said) for _ in range(5))}" for n in range(fragments)]
    for first in range(0, fragments, 100):
        of = f"evento-{first // 1000 + 1}"
        event(corpus, of)
        mesa(
            corpus, f"mesa-{first // 100 + 1}", of=of, transcripcion_txt="\n\n".join(turns[first : first + 100]) + "\n"
        )
    if (PROJECT / "corpus" / "vocabulario.toml").is_file():
        shutil.copy(PROJECT / "corpus" / "vocabulario.toml", corpus)
    must(command("actualizar", corpus=corpus, index=index, timeout=3600))
    return corpus, index


def tree(corpus: Path) -> dict[str, str]:
    """The files of a corpus with their hashes; without what begins with ``_`` or ``.``."""
    found = {}
    for path in sorted(corpus.rglob("*")):
        parts = path.relative_to(corpus).parts
        if path.is_file() and not any(part[0] in "_." for part in parts):
            found["/".join(parts)] = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return found


def served(index: Path) -> dict[str, list]:
    """Every fragment that an index holds: its text and who says it; and its edition."""
    from indexer.engines import open_index
    from indexer.model import PageId

    opened = open_index(index)
    try:
        catalogue = opened.overview().catalogue
        pages = {name: opened.session(PageId.parse(name)) for name in catalogue.pages}
        texts = {f"{n}#p{each.number}": [each.text, each.person] for n, page in pages.items() for each in page.passages}
        return {"": [catalogue.edition], **texts}
    finally:
        opened.close()


def answers(opened: object, words: tuple[str, ...]) -> str:
    """What an open index says to some searches, in which order, and on every page; as a digest."""
    from indexer.index.query import Query, Word
    from indexer.model import PageId

    said: list[object] = []
    for word in words:
        found = opened.search(Query(clauses=(Word(word),), limit=20))
        said.append((found.total_full, [(str(hit.page), hit.passage.number, hit.passage.text) for hit in found.hits]))
    overview = opened.overview()
    said.append([(each.title, str(each.date)) for each in overview.catalogue.sessions])
    said.append(sorted(overview.catalogue.redirects.items()))
    for name in sorted(overview.catalogue.pages):
        page = opened.session(PageId.parse(name))
        said.append((name, [(each.number, each.text, each.person, each.start_s) for each in page.passages]))
    return digest(said)
