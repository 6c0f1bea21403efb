"""An office whose commands, children of the server, read with the reader that guesses (``tests.guesses``)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tests.guesses import SAID, guessing
from tests.search_app.desk.desk_office import ROOT, Office, office

TIMED, UNTIMED = "/foro/mesa-4", "/foro/mesa-5"


@contextmanager
def guessing_office(root: Path) -> Iterator[Office]:
    """The office with two mesas more: one with times and guesses, the same without times."""
    site = root / "sitio"
    site.mkdir()
    (site / "sitecustomize.py").write_text(
        "from tests.guesses import guessing\n\nkept = guessing()\nkept.__enter__()\n"
    )
    with (
        mock.patch.dict(os.environ, PYTHONPATH=f"{site}{os.pathsep}{ROOT}"),
        office(root / "oficina", minutes=1) as made,
    ):
        maker = made.maker
        maker.mesa("mesa-4", title="Carpas", extra="numero = 4\n", transcripcion_txt=SAID)
        untimed = "\n".join(line.partition("] ")[2] for line in SAID.splitlines())
        maker.mesa("mesa-5", title="Carpas otra vez", extra="numero = 5\n", transcripcion_txt=untimed)
        with guessing():
            (maker.corpus / "foro" / "mesa-3" / "transcripcion.txt").unlink()
            assert not maker.update().failed
        yield made
