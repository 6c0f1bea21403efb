"""Write what stands in pages of ``docs/`` from the code: the list of rooms, and the table of settings.

``docs/architecture.md`` lists each module, its first sentence, its public names; ``docs/ajustes.md`` each setting.

python docs/architecture.py           writes them
python docs/architecture.py --check   exits 1 where they and the code differ (``make test`` does so)
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("indexer", "search_app")
MARK = "<!-- Below: written by docs/architecture.py from the code. -->\n"
sys.path.insert(0, str(ROOT))

from indexer.config import TABLE  # noqa: E402
from search_app.__main__ import cli  # noqa: E402


def rooms() -> Iterator[str]:
    """The lines of the list, room by room."""
    modules = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    by_room = sorted(modules, key=lambda path: (path.parent.parts, path.name))
    for folder, members in groupby(by_room, key=lambda path: path.parent):
        yield f"\n## `{folder.relative_to(ROOT)}/`\n"
        for path in members:
            said, names = described(path)
            if path.name == "__init__.py":
                yield f"{said}\n" + (f"\nDoors: {names}\n" if names else "")
                yield "| module | what it does | public names |\n|---|---|---|"
            else:
                yield f"| `{path.name}` | {said} | {names} |"
        if templates := sorted(path.name for path in folder.glob("templates/*/*.html")):
            yield "\nTemplates: " + ", ".join(f"`{name}`" for name in templates)
    yield "\n## `search_app/static/`\n\nScripts and styles.\n\n| file | what it does |\n|---|---|"
    for path in sorted((ROOT / "search_app" / "static").glob("*.*s")):
        comment = re.match(r"\s*/\*(.*?)\*/", path.read_text(encoding="utf-8"), re.DOTALL)
        yield f"| `{path.name}` | {' '.join(comment[1].replace('*', ' ').split()) if comment else ''} |"


def described(path: Path) -> tuple[str, str]:
    """What a module says of itself in its first paragraph, and the names that others may use."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    first = (ast.get_docstring(tree) or "").partition("\n\n")[0]
    said = " ".join(first.split()).replace("|", "\\|")
    names = [
        node.name
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    ]
    return said, ", ".join(f"`{name}`" for name in names)


def settings() -> Iterator[str]:
    """The lines of the table of settings."""
    yield "\n| `consta.toml` | variable | opción | qué dice | si no se dice |\n|---|---|---|---|---|"
    options = {option for each in cli.commands["servir"].params for option in each.opts}
    for row in TABLE.values():
        written = f"`{row.name} = {json.dumps(row.example, ensure_ascii=False)}`"
        usual = f"`{json.dumps(row.default, ensure_ascii=False)}`" if row.default not in (None, [], False) else ""
        option = f"`{row.option}`" if row.option in options else ""
        yield f"| {written} | `{row.variable}` | {option} | {row.says} | {usual} |"


PAGES: dict[str, Callable[[], Iterator[str]]] = {"architecture.md": rooms, "ajustes.md": settings}


def page(path: Path, lines: Iterator[str]) -> str:
    """A whole page: what people wrote above the mark, and the list."""
    written, mark, _ = path.read_text(encoding="utf-8").partition(MARK)
    return written + (mark or MARK) + "\n".join(lines) + "\n"


def main() -> None:
    """Write the lists, or check them."""
    for name, lines in PAGES.items():
        path = ROOT / "docs" / name
        if "--check" not in sys.argv[1:]:
            path.write_text(page(path, lines()), encoding="utf-8")
        elif page(path, lines()) != path.read_text(encoding="utf-8"):
            sys.exit(f"docs/{name} is not what the code is: run python docs/architecture.py")


if __name__ == "__main__":
    main()
