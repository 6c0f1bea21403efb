"""Events, mesas and texts to put into a corpus."""

from __future__ import annotations

import random
from pathlib import Path


def event(corpus: Path, slug: str = "foro", extra: str = "", **files: str) -> Path:
    """An event; files as ``anuncio_md="…"``. Returns the corpus."""
    folder = corpus / slug
    folder.mkdir(parents=True, exist_ok=True)
    text = f'titulo = "Foro de prueba"\ninicio = 2020-01-01\nfin = 2020-01-02\n{extra}'
    (folder / "evento.toml").write_text(text, encoding="utf-8")
    for name, content in files.items():
        (folder / ".".join(name.rsplit("_", 1))).write_text(content, encoding="utf-8")
    return corpus


def mesa(corpus: Path, slug: str, extra: str = "", of: str = "foro", **files: str) -> Path:
    """A mesa; files as ``transcripcion_txt="…"``. Returns its folder."""
    folder = corpus / of / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mesa.toml").write_text(f'titulo = "Mesa {slug}"\n{extra}', encoding="utf-8")
    for name, content in files.items():
        (folder / ".".join(name.rsplit("_", 1))).write_text(content, encoding="utf-8")
    return folder


def panel(word: str, lines: int = 10) -> str:
    """A transcript as it is copied from a panel of captions."""
    return "\n".join(
        f"{6 * n // 60}:{6 * n % 60:02d}\nhablamos de {word} y de la bodega del renglón {n}" for n in range(lines)
    )


def captions(lines: int = 10) -> str:
    """Captions that name nobody."""
    at = [f"00:{6 * n // 60:02d}:{6 * n % 60:02d}.000" for n in range(lines + 1)]
    cues = (f"{at[n]} --> {at[n + 1]}\nla consejera anota la caja {n}\n" for n in range(lines))
    return "WEBVTT\n\n" + "\n".join(cues)


def talk(rnd: random.Random, turns: int, tag: str = "p") -> str:
    """Turns of words that occur nowhere else."""
    said = (" ".join(f"{tag}x{rnd.randrange(900)}" for _ in range(rnd.randint(30, 90))) for _ in range(turns))
    return "\n\n".join(f"PONENTE {n % 3 + 1}: {text}" for n, text in enumerate(said)) + "\n"
