"""``agregar --tiempos`` and ``--reemplazar``: captions stay beside an official text, in a step that is undone whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from tests import clocked_session as session
from tests.corpora import CorpusMaker

pytestmark = pytest.mark.long

MESA = "foro/mesa-1"


@pytest.fixture
def office(maker: CorpusMaker, tmp_path: Path) -> CorpusMaker:
    """An event with an empty mesa; beside the corpus, the files that staff have."""
    maker.event()
    maker.mesa()
    (tmp_path / "oficial.txt").write_text(session.official(), encoding="utf-8")
    (tmp_path / "video.es.vtt").write_text(session.vtt(), encoding="utf-8")
    return maker


def order(maker: CorpusMaker, *words: str | Path, code: int = 0) -> Any:
    """Run a command; its answer."""
    places = [f"--corpus={maker.corpus}", f"--indice={maker.settings.index}", "--json"]
    result = CliRunner().invoke(cli, [str(words[0]), *places, *map(str, words[1:])])
    assert result.exit_code == code, result.output
    return {"error": str(result.exception)} if code else json.loads(result.stdout)


def files(maker: CorpusMaker) -> list[str]:
    return sorted(path.name for path in (maker.corpus / MESA).iterdir() if path.name not in ("anclas.tsv", "mesa.toml"))


def starts(maker: CorpusMaker) -> list[float | None]:
    return [passage.start_s for passage in maker.passages(MESA)]


def test_text_and_captions_are_added_as_one_step(office: CorpusMaker, tmp_path: Path) -> None:
    """The answer says which share of the words has its second; undoing takes both files away."""
    answer = order(
        office, "agregar", tmp_path / "oficial.txt", f"--mesa={MESA}", f"--tiempos={tmp_path / 'video.es.vtt'}"
    )
    assert answer["alineado"] == 1.0
    assert files(office) == ["subtitulos.vtt", "transcripcion.txt"]
    assert starts(office) == [session.second(turn) for turn in range(4)]
    steps = order(office, "historial")["pasos"]
    assert [step["resumen"] for step in steps] == ["Se agregó transcripcion.txt; sus horas, de subtitulos.vtt"]
    order(office, "deshacer", "1")
    assert files(office) == []


def test_an_official_text_that_takes_the_place_of_captions_keeps_them_for_their_clock(
    office: CorpusMaker, tmp_path: Path
) -> None:
    """What would be is told before; the answer says what is; undone, the captions are the transcript again."""
    order(office, "agregar", tmp_path / "video.es.vtt", f"--mesa={MESA}")
    seen = order(office, "examinar", tmp_path / "oficial.txt", f"--mesa={MESA}")
    assert (seen["con_tiempos"], seen["alineado"]) == (True, 1.0)
    compared = order(office, "comparar", tmp_path / "oficial.txt", f"--mesa={MESA}")
    assert compared["alineado"] == 1.0
    answer = order(office, "agregar", tmp_path / "oficial.txt", f"--mesa={MESA}", "--reemplazar")
    assert answer["alineado"] == 1.0
    assert files(office) == ["subtitulos.vtt", "transcripcion.txt"]
    assert (office.corpus / MESA / "subtitulos.vtt").read_text(encoding="utf-8") == session.vtt()
    assert starts(office)[0] == 0.0
    order(office, "deshacer", "2")
    assert files(office) == ["transcripcion.vtt"]
    order(office, "deshacer", "3")
    assert files(office) == ["subtitulos.vtt", "transcripcion.txt"]


def test_another_official_text_keeps_the_captions_and_captions_alone_need_none(
    office: CorpusMaker, tmp_path: Path
) -> None:
    clock = f"--tiempos={tmp_path / 'video.es.vtt'}"
    order(office, "agregar", tmp_path / "oficial.txt", f"--mesa={MESA}", clock)
    (tmp_path / "otra.md").write_text(session.official().replace("enmienda", "corrección"), encoding="utf-8")
    order(office, "agregar", tmp_path / "otra.md", f"--mesa={MESA}", "--reemplazar")
    assert files(office) == ["subtitulos.vtt", "transcripcion.md"]
    assert starts(office)[1] == session.second(1)
    order(office, "agregar", tmp_path / "video.es.vtt", f"--mesa={MESA}", "--reemplazar")
    assert files(office) == ["transcripcion.vtt"]


def test_captions_can_be_added_to_the_text_that_is_there(office: CorpusMaker, tmp_path: Path) -> None:
    """Once; others only with ``--reemplazar``."""
    clock = f"--tiempos={tmp_path / 'video.es.vtt'}"
    order(office, "agregar", clock, f"--mesa={MESA}", code=1)  # to what?
    order(office, "agregar", tmp_path / "oficial.txt", f"--mesa={MESA}")
    assert starts(office) == [None] * 4
    assert order(office, "agregar", clock, f"--mesa={MESA}")["alineado"] == 1.0
    assert starts(office)[3] == session.second(3)
    assert "ya tiene subtitulos.vtt" in order(office, "agregar", clock, f"--mesa={MESA}", code=1)["error"]
    (tmp_path / "video.es.vtt").write_text(session.vtt(late_s=3), encoding="utf-8")
    order(office, "agregar", clock, f"--mesa={MESA}", "--reemplazar")
    assert starts(office)[0] == 3.0


def test_what_cannot_give_or_have_seconds_is_refused(office: CorpusMaker, tmp_path: Path) -> None:
    """Nothing is written, and the message says what to do."""
    text, track = tmp_path / "oficial.txt", tmp_path / "video.es.vtt"
    said = order(office, "agregar", text, f"--mesa={MESA}", f"--tiempos={text}", code=1)
    assert "oficial.txt no trae tiempos: elija los subtítulos" in said["error"]
    said = order(office, "agregar", track, f"--mesa={MESA}", f"--tiempos={track}", code=1)
    assert "ya trae sus propios tiempos: quite --tiempos" in said["error"]
    said = order(office, "agregar", text, f"--mesa={MESA}", "--tipo=descripcion", f"--tiempos={track}", code=1)
    assert "--tiempos es de una transcripción" in said["error"]
    order(office, "agregar", f"--mesa={MESA}", code=2)
    order(office, "agregar", "--evento=foro", f"--tiempos={track}", code=2)
    assert files(office) == []


def test_withdrawing_the_transcript_takes_its_captions_along(office: CorpusMaker, tmp_path: Path) -> None:
    """They say the same words; neither comes back by accident."""
    clock = tmp_path / "video.es.vtt"
    order(office, "agregar", tmp_path / "oficial.txt", f"--mesa={MESA}", f"--tiempos={clock}")
    order(office, "retirar", MESA, "--tipo=transcripcion", "--motivo=A petición")
    assert files(office) == []
    kept = [path for path in (office.corpus / "_historial").rglob("*") if path.is_file()]
    word = session.SAID[2][3][4]
    assert not any(word.encode() in path.read_bytes() for path in kept)
    order(office, "agregar", clock, f"--mesa={MESA}", code=1)
    (office.corpus / MESA / "subtitulos.vtt").write_text(session.vtt(), encoding="utf-8")
    assert "se retiró" in " ".join(map(str, office.update().problems))


def test_the_share_is_said_to_people_as_well(office: CorpusMaker, tmp_path: Path) -> None:
    """On the terminal, after publishing."""
    places = [f"--corpus={office.corpus}", f"--indice={office.settings.index}"]
    words = ["agregar", str(tmp_path / "oficial.txt"), f"--mesa={MESA}", f"--tiempos={tmp_path / 'video.es.vtt'}"]
    said = CliRunner().invoke(cli, [words[0], *places, *words[1:]]).output
    assert f"{MESA}: 100 % de las palabras con su hora, tomada de los subtítulos." in said
