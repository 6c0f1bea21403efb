"""The edition names a state of the corpus, and nothing else."""

from __future__ import annotations

import hashlib
import inspect
import os
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.folders import CorpusTree, edition


def edition_of(root: Path) -> str:
    return edition(CorpusTree(root).files())


def write(root: Path, name: str, data: bytes = b"x") -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_it_is_the_hash_of_sorted_lines_of_paths_and_hashes(tmp_path: Path) -> None:
    write(tmp_path, "foro/mesa-1/transcripcion.txt", b"uno")
    write(tmp_path, "LEEME.md", b"dos")
    write(tmp_path, "foro/evento.toml", b"tres")
    lines = "".join(
        f"{name}\t{hashlib.sha256(data).hexdigest()}\n"
        for name, data in [
            ("LEEME.md", b"dos"),
            ("foro/evento.toml", b"tres"),
            ("foro/mesa-1/transcripcion.txt", b"uno"),
        ]
    )
    assert edition_of(tmp_path) == hashlib.sha256(lines.encode()).hexdigest()[:12]


def test_anchors_and_skipped_names_do_not_change_it(tmp_path: Path) -> None:
    write(tmp_path, "foro/evento.toml")
    before = edition_of(tmp_path)
    for name in ("foro/anclas.tsv", "anclas.tsv", "_plantilla/mesa.toml", "foro/.git/x", "foro/_a.txt", ".gitignore"):
        write(tmp_path, name)
    assert edition_of(tmp_path) == before


def test_a_byte_or_a_name_changes_it(tmp_path: Path) -> None:
    write(tmp_path, "foro/evento.toml", b"a")
    seen = {edition_of(tmp_path)}
    write(tmp_path, "foro/evento.toml", b"b")
    seen.add(edition_of(tmp_path))
    (tmp_path / "foro").rename(tmp_path / "faro")
    seen.add(edition_of(tmp_path))
    assert len(seen) == 3


def test_links_out_of_the_corpus_and_pipes_are_left_out_and_links_inside_count(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    write(corpus, "foro/evento.toml")
    write(tmp_path, "secreto.txt")
    before = edition_of(corpus)
    (corpus / "foro/fuera.txt").symlink_to(tmp_path / "secreto.txt")
    (corpus / "foro/roto.txt").symlink_to("nada.txt")
    (corpus / "foro/circulo").symlink_to("circulo")
    (corpus / "carpeta").symlink_to(tmp_path)
    (corpus / "foro/arriba").symlink_to("..")
    os.mkfifo(corpus / "foro/tubo.txt")
    assert edition_of(corpus) == before
    (corpus / "foro/dentro.toml").symlink_to("evento.toml")
    assert edition_of(corpus) != before


def test_a_name_that_is_not_utf8_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xf1o.txt")).write_bytes(b"x")
    assert len(edition_of(tmp_path)) == 12


@given(st.dictionaries(st.text(max_size=5), st.text("0123456789abcdef", min_size=64, max_size=64), max_size=5))
def test_the_order_in_which_files_are_met_does_not_matter(files: dict[str, str]) -> None:
    try:
        "".join(files).encode()
    except UnicodeEncodeError:
        return
    assert edition(files.items()) == edition(reversed(files.items()))


def test_folders_in_one_another_take_no_recursion(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a"] * 300)
    deep.mkdir(parents=True)
    (deep / "texto.txt").write_text("Hola.")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        found = list(CorpusTree(tmp_path).files())
    finally:
        sys.setrecursionlimit(limit)
    assert [name for name, _ in found] == ["a/" * 300 + "texto.txt"]
