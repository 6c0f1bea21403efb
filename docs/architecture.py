"""Write the list of rooms in ``docs/architecture.md`` from the code: each module, its first sentence, its public names.

python docs/architecture.py           writes the list
python docs/architecture.py --check   exits 1 where the list and the code differ (``make test`` does so)
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
PACKAGES = ("indexer", "search_app")
MARK = "<!-- Below: written by docs/architecture.py from the code. -->\n"


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


def page() -> str:
    """The whole page: what people wrote above the mark, and the list."""
    written, mark, _ = PAGE.read_text(encoding="utf-8").partition(MARK)
    return written + (mark or MARK) + "\n".join(rooms()) + "\n"


def main() -> None:
    """Write the list, or check it."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif page() != PAGE.read_text(encoding="utf-8"):
        sys.exit("docs/architecture.md is not what the code is: run python docs/architecture.py")


if __name__ == "__main__":
    main()
