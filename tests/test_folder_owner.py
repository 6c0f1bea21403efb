"""What root types is done as the owner of the corpus: the service can read and write afterwards whatever was made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVICE = 65533
"""The user of the service: a number without a name, as of a volume."""


@pytest.fixture
def folder_of_the_service() -> Iterator[Path]:
    """Like ``/var/lib/consta``, outside the folders of pytest, into which only root may look."""
    made = Path(tempfile.mkdtemp(prefix="consta-"))
    os.chown(made, SERVICE, SERVICE)
    yield made
    shutil.rmtree(made)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as somebody else")
def test_an_event_that_root_makes_belongs_to_the_owner_of_the_folder(folder_of_the_service: Path) -> None:
    places = ["--corpus", f"{folder_of_the_service}/corpus", "--indice", f"{folder_of_the_service}/indice"]
    words = [sys.executable, "-m", "indexer", "nuevo", "foro-2026", "--titulo", "Foro de 2026", "--fecha", "2026-10-14"]
    done = subprocess.run([*words, *places], capture_output=True, text=True, check=False)

    made = list(folder_of_the_service.rglob("*"))
    assert done.returncode == 0, done.stderr
    assert {path.name for path in made} >= {"evento.toml", "_historial", "ultimo.json"}
    assert {(path.stat().st_uid, path.stat().st_gid) for path in made} == {(SERVICE, SERVICE)}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may act as somebody else")
def test_root_stays_root_where_the_owner_could_not_write_the_index(folder_of_the_service: Path, tmp_path: Path) -> None:
    places = ["--corpus", f"{folder_of_the_service}/corpus", "--indice", f"{tmp_path}/indice"]
    words = [sys.executable, "-m", "indexer", "nuevo", "foro-2026", "--titulo", "Foro de 2026", "--fecha", "2026-10-14"]
    done = subprocess.run([*words, *places], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (folder_of_the_service / "corpus" / "foro-2026" / "evento.toml").stat().st_uid == 0
