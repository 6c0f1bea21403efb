"""A model is a folder; what it says of a text is one vector of length 1."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.meaning.model import MODEL, TOKENIZER, ModelUnusable, opened
from tests.tiny_model import tiny_model

ROOT = Path(__file__).resolve().parents[3]
WORDS = {"query": (0, 0, 1), "passage": (0, 1, 0), "coche": (9, 0, 0)}


def test_a_question_and_a_text_are_told_apart_and_have_length_one(tmp_path: Path) -> None:
    model = opened(tiny_model(tmp_path, WORDS))
    asked, said = model.query("coche"), model.passage("coche")
    assert model.size == asked.size == said.size == 3
    for vector, other in ((asked, 1), (said, 2)):
        assert np.linalg.norm(vector) == pytest.approx(1)
        assert vector[0] > 0.9
        assert vector[other] < vector[3 - other]


def test_a_text_is_cut_where_the_model_ends_and_no_text_breaks_it(tmp_path: Path) -> None:
    model = opened(tiny_model(tmp_path, WORDS))
    assert model.passage("otra " * 600 + "coche").tolist() == model.passage("otra " * 600).tolist()
    for text in ("", "\ud800", "\0", "a" * 100_000):
        assert np.isfinite(model.passage(text)).all()


def test_models_of_other_files_have_another_name(tmp_path: Path) -> None:
    one = opened(tiny_model(tmp_path / "a", WORDS))
    assert opened(tiny_model(tmp_path / "b", WORDS)).name == one.name
    assert opened(tiny_model(tmp_path / "c", {**WORDS, "coche": (8, 0, 0)})).name != one.name


@pytest.mark.parametrize("lacks", [MODEL, TOKENIZER])
def test_a_folder_without_a_file_says_which_and_what_to_do(tmp_path: Path, lacks: str) -> None:
    (tiny_model(tmp_path, WORDS) / lacks).unlink()
    with pytest.raises(ModelUnusable, match=rf"no se puede leer \({lacks}: ya no está ahí\).*ponga ahí") as caught:
        opened(tmp_path)
    assert caught.value.problem.severity == "aviso"


@pytest.mark.parametrize("broken", [MODEL, TOKENIZER])
def test_a_folder_with_files_of_something_else_is_told_in_spanish(tmp_path: Path, broken: str) -> None:
    (tiny_model(tmp_path, WORDS) / broken).write_bytes(b"no es un modelo")
    with pytest.raises(ModelUnusable, match=r"no se puede usar \(\w+\); se sigue sin él, solo por las palabras: ponga"):
        opened(tmp_path)


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "onnxruntime", None)
    with pytest.raises(ModelUnusable, match=r"no está instalado \(onnxruntime\).*pip install 'consta\[sentido\]'"):
        opened(tiny_model(tmp_path, WORDS))


def test_no_other_module_imports_what_the_extra_brings_and_this_one_only_when_asked() -> None:
    found = set()
    for path in (*ROOT.glob("indexer/**/*.py"), *ROOT.glob("search_app/**/*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.partition(".")[0] in ("onnxruntime", "tokenizers", "onnx") for name in names):
                assert node not in tree.body, path
                found.add(path.relative_to(ROOT).as_posix())
    assert found == {"indexer/engines/meaning/model.py"}
