"""The papers name what there is: files, modules, rooms."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAPERS = ("README.md", "CONTRIBUTING.md", "corpus/LEEME.md", "Makefile", "pyproject.toml", *(
    str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))
))  # fmt: skip
PATH = re.compile(r"(?<![\w./-])((?:indexer|search_app|tests|benchmarks|docs)/[\w./-]*\w)(?![\w*<])")
MODULE = re.compile(r"(?<![\w./-])((?:indexer|search_app)(?:\.[a-z_]+)+)")


def is_there(name: str) -> bool:
    """Whether a dotted name is a module, or something that a module holds."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:end])
        if path.with_suffix(".py").exists() or path.is_dir():
            source = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
            rest = parts[end:]
            return not rest or (len(rest) <= 2 and re.search(rf"\b{rest[0]}\b", source.read_text("utf-8")) is not None)
    return False


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_and_module_that_a_paper_names_is_there(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    paths = set(PATH.findall(text))
    assert [path for path in sorted(paths) if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()] == []
    assert [name for name in sorted(set(MODULE.findall(text))) if not is_there(name)] == []


def test_the_list_of_rooms_is_what_the_code_is() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "architecture.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_room_that_is_not_in_the_list_is_seen(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("architecture", ROOT / "docs" / "architecture.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "new_room.py").write_text('"""What it does."""\n\ndef act() -> None: ...\n', encoding="utf-8")
    assert module.described(tmp_path / "new_room.py") == ("What it does.", "`act`")


def test_every_picture_of_the_help_is_there_as_high_as_the_page_says() -> None:
    page = (ROOT / "search_app/desk/templates/desk/help.html").read_text(encoding="utf-8")
    shown = {name: int(height) for name, height in re.findall(r"imagen\('(\w+)', (\d+)", page)}
    folder = ROOT / "search_app/static/ayuda"
    heights = {path.stem: int.from_bytes(path.read_bytes()[20:24]) for path in folder.glob("*.png")}
    assert len(shown) > 5
    assert shown.items() <= heights.items()


def test_no_command_has_two_rows() -> None:
    rows = (ROOT / "docs" / "desk-commands.md").read_text(encoding="utf-8").splitlines()
    commands = [row.partition(" | ")[0] for row in rows if row.startswith("| `")]
    assert [one for one in commands if commands.count(one) > 1] == []


def test_no_file_of_the_program_is_longer_than_it_may_be() -> None:
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for room in ("indexer", "search_app")
        for path in (ROOT / room).rglob("*.py")
    }
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}
