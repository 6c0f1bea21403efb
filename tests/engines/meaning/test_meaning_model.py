"""A model is a folder; what it says of a text is one vector of length 1."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pytest

from indexer.engines.meaning.model import MODEL, TOKENIZER, Model, opened
from indexer.errors import Problem
from tests.tiny_model import tiny_model

ROOT = Path(__file__).resolve().parents[3]
WORDS = {"query": (0, 0, 1), "passage": (0, 1, 0), "coche": (9, 0, 0)}


def model_in(folder: Path) -> Model:
    """The model of a folder that has one."""
    found = opened(folder)
    assert isinstance(found, Model)
    return found


def test_a_question_and_a_text_are_told_apart_and_have_length_one(tmp_path: Path) -> None:
    model = model_in(tiny_model(tmp_path, WORDS))
    asked, said = model.query("coche"), model.passage("coche")
    assert model.size == asked.size == said.size == 3
    for vector, other in ((asked, 1), (said, 2)):
        assert np.linalg.norm(vector) == pytest.approx(1)
        assert vector[0] > 0.9
        assert vector[other] < vector[3 - other]


def test_a_text_is_cut_where_the_model_ends_and_no_text_breaks_it(tmp_path: Path) -> None:
    model = model_in(tiny_model(tmp_path, WORDS))
    assert model.passage("otra " * 600 + "coche").tolist() == model.passage("otra " * 600).tolist()
    for text in ("", "\ud800", "\0", "a" * 100_000):
        assert np.isfinite(model.passage(text)).all()


def test_models_of_other_files_have_another_name(tmp_path: Path) -> None:
    one = model_in(tiny_model(tmp_path / "a", WORDS))
    assert model_in(tiny_model(tmp_path / "b", WORDS)).name == one.name
    assert model_in(tiny_model(tmp_path / "c", {**WORDS, "coche": (8, 0, 0)})).name != one.name


def refused(folder: Path) -> str:
    """What staff are told of a folder."""
    found = opened(folder)
    assert isinstance(found, Problem)
    assert (found.path, found.severity) == (str(folder), "aviso")
    assert "se sigue sin él, solo por las palabras" in found.fault
    return str(found)


@pytest.mark.parametrize("lacks", [MODEL, TOKENIZER])
def test_a_folder_without_a_file_says_which_and_what_to_do(tmp_path: Path, lacks: str) -> None:
    (tiny_model(tmp_path, WORDS) / lacks).unlink()
    assert f"no se puede leer ({lacks}: ya no está ahí)" in refused(tmp_path)
    assert "ponga ahí model.onnx y tokenizer.json de un mismo modelo" in refused(tmp_path)


@pytest.mark.parametrize("broken", [MODEL, TOKENIZER])
def test_a_folder_with_files_of_something_else_is_told_in_spanish(tmp_path: Path, broken: str) -> None:
    (tiny_model(tmp_path, WORDS) / broken).write_bytes(b"no es un modelo")
    assert "no se puede usar (" in refused(tmp_path)


def test_without_the_package_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    told = refused(tiny_model(tmp_path, WORDS))
    assert "necesita un paquete que no está instalado (onnxruntime)" in told
    assert "pip install 'consta[sentido]'" in told


def test_no_other_module_imports_what_the_extra_brings_and_this_one_only_when_asked() -> None:
    files = [*ROOT.glob("indexer/**/*.py"), *ROOT.glob("search_app/**/*.py")]
    imports = re.compile(r"^( *)(?:import|from) (?:onnxruntime|tokenizers|onnx)\b", re.MULTILINE)
    found = {path.relative_to(ROOT).as_posix(): imports.findall(path.read_text(encoding="utf-8")) for path in files}
    assert {name: told for name, told in found.items() if told} == {
        "indexer/engines/meaning/model.py": [" " * 8, " " * 8]
    }
