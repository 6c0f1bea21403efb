"""Fixtures that every room's tests may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpora import CorpusMaker


@pytest.fixture
def maker(tmp_path: Path) -> CorpusMaker:
    """An empty corpus on a real disk."""
    return CorpusMaker(tmp_path)
