"""``/metricas``: text that Prometheus reads, of this process and of what stands on the disk."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NoReturn

import pytest

from indexer.errors import IndexMissing
from search_app.desk.staff_desk import StaffDesk
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum

LINE = re.compile(r'(consta_[a-z_]+)(?:\{((?:[a-z]+="[^"\\\n]*",?)+)\})? (\S+)')


def told(text: str) -> dict[str, float]:
    """Every series with its value; a line that is none fails, and so does a family that is told twice."""
    series: dict[str, float] = {}
    families: list[str] = []
    for line in text.splitlines():
        if line.startswith("#"):
            families += [line.split()[2]] if line.startswith("# TYPE") else []
            continue
        found = LINE.fullmatch(line)
        assert found, line
        assert found[1].startswith(families[-1])
        key = f"{found[1]}{{{found[2]}}}" if found[2] else found[1]
        assert key not in series
        series[key] = float(found[3])
    assert len(families) == len(set(families))
    return series


def test_there_are_none_until_they_are_asked_for() -> None:
    assert create_app(forum()).test_client().get("/metricas").status_code == 404


def test_searches_times_errors_and_the_edition_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    index = forum()
    app = create_app(index, metrics=True)
    client = app.test_client()
    for path in (
        "/buscar?q=PREP",
        "/buscar?q=PREP",
        "/api/buscar?q=x",
        "/api/buscar?pagina=x",
        "/nada/de/eso",
        "/foro/",
    ):
        client.get(path)
    monkeypatch.setattr(type(index), "search", lambda *_: 1 / 0)
    client.get("/buscar?q=PREP")
    answer = client.get("/metricas")
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    series = told(answer.text)
    assert series["consta_busquedas_total"] == 3
    assert series['consta_respuestas_total{ruta="/buscar",codigo="200"}'] == 2
    assert series['consta_respuestas_total{ruta="/api/buscar",codigo="400"}'] == 1
    assert series['consta_respuestas_total{ruta="",codigo="404"}'] == 1, "what has no address is one series"
    assert series["consta_errores_total"] == series['consta_respuestas_total{ruta="/buscar",codigo="500"}'] == 1
    buckets = [
        value for name, value in series.items() if name.startswith('consta_respuesta_segundos_bucket{ruta="/buscar"')
    ]
    assert buckets == sorted(buckets)
    assert buckets[-1] == series['consta_respuesta_segundos_count{ruta="/buscar"}'] == 3
    assert series['consta_respuesta_segundos_sum{ruta="/buscar"}'] > 0
    health = index.health()
    assert series[f'consta_edicion_info{{edicion="{health.edition}"}}'] == series["consta_indice_disponible"] == 1
    assert series["consta_generacion_publicada_segundos"] == dt.datetime.fromisoformat(health.built_at).timestamp()
    assert not any(name.startswith("consta_encargos") for name in series)


def test_the_jobs_of_the_desk_are_told_by_state(tmp_path: Path) -> None:
    desk = StaffDesk(tmp_path, tmp_path / "indice")
    desk.jobs.put(desk.jobs.new("ana", "10.0.0.1"))
    client = create_app(forum(), desk=desk, metrics=True).test_client()
    series = told(client.get("/metricas").text)
    assert series['consta_encargos{estado="borrador"}'] == 1
    assert series['consta_encargos{estado="fallo"}'] == 0


def test_without_an_index_that_is_what_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> NoReturn:
        raise IndexMissing("no está")

    index = forum()
    monkeypatch.setattr(type(index), "health", missing)
    series = told(create_app(index, metrics=True).test_client().get("/metricas").text)
    assert series["consta_indice_disponible"] == 0
    assert "consta_fragmentos" not in series
