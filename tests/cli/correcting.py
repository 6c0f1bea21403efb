"""``corregir`` as tests ask it, and the captions with faults that it corrects."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner

from indexer.cli import cli
from tests.corpora import CorpusMaker

MESA = "foro/mesa-1"
CAPTIONS = """WEBVTT

00:01.000 --> 00:03.000
la consejera Ramires opina que OPINE el INE

00:03.000 --> 00:06.000
y el ine de Ramires con los o ples
"""


def run(maker: CorpusMaker, *words: str, given: Any = None) -> dict[str, Any]:
    """The command with ``--json``; refusals are raised."""
    places = ["--corpus", str(maker.settings.corpus), "--indice", str(maker.settings.index)]
    result = CliRunner().invoke(
        cli, ["corregir", *words, *places, "--json", "--autor", "ana"],
        input=None if given is None else json.dumps(given), catch_exceptions=False, standalone_mode=False,
    )  # fmt: skip
    return dict(json.loads(result.stdout))
