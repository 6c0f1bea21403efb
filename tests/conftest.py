"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.corpora import CorpusMaker

# Hundreds of children are started: none compiles the project anew, whatever the environment says of bytecode.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Random tests are seeded: the same examples every time. `HYPOTHESIS_PROFILE=search` looks for new ones (and prints how
# to repeat what it finds). A busy machine is no fault of a parser: what takes too long is measured in benchmarks/.
settings.register_profile("repeat", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What hypothesis makes up is long as well."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.long)


@pytest.fixture
def maker(tmp_path: Path) -> CorpusMaker:
    """An empty corpus on a real disk."""
    return CorpusMaker(tmp_path)
