"""All addresses of the desk: every module of this folder registers its own on the blueprint when it is imported."""

import importlib
import pkgutil
from pathlib import Path

from search_app.desk.views.guard import desk

for _module in pkgutil.iter_modules([str(Path(__file__).parent)]):
    importlib.import_module(f"search_app.desk.views.{_module.name}")

__all__ = ["desk"]
