"""``/metricas``: what a server did and how its index is, as text that Prometheus reads.

Answers, times and errors are counted in this process, from its start: where several serve one index, each is asked.
What is told of the edition and of the desk's jobs stands on the disk, and is the same from each.
"""

import datetime as dt
import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import get_args

from flask import Flask, Response, current_app, g, request

from indexer.errors import ConstaError
from search_app.desk.jobs.job import State
from search_app.http.answers import current_index

_BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, float("inf"))
_MIMETYPE = "text/plain; version=0.0.4; charset=utf-8"
_SEARCHES = ("/buscar", "/api/buscar", "/buscar.atom")
"""The addresses that search."""

Labels = tuple[tuple[str, object], ...]
Rows = Iterable[tuple[str, Labels, float]]
"""Of each: what stands behind the name of its family, its labels, its value."""


class Metrics:
    """What this process has answered. Safe to use from several threads."""

    def __init__(self, app: Flask) -> None:
        """Count what an application answers from now on, and tell it at ``/metricas``."""
        self._lock = threading.Lock()
        self._searches = 0
        self._answers: Counter[tuple[str, int]] = Counter()
        self._times: dict[str, list[int]] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)
        app.before_request(self._begin)
        app.after_request(self._end)
        app.add_url_rule("/metricas", view_func=self.tell)

    def _begin(self) -> None:
        g.began_s = time.perf_counter()

    def _end(self, answer: Response) -> Response:
        took_s, route = time.perf_counter() - g.began_s, str(request.url_rule or "")
        with self._lock:
            self._searches += route in _SEARCHES and answer.status_code == 200
            self._answers[route, answer.status_code] += 1
            self._times.setdefault(route, [0] * len(_BOUNDS_S))[bisect_left(_BOUNDS_S, took_s)] += 1
            self._seconds[route] += took_s
        return answer

    def tell(self) -> Response:
        """The whole of it."""
        with self._lock:
            counted = list(self._of_this_process())
        lines = [*counted, *_of_the_index(), *_of_the_desk(), ""]
        return Response("\n".join(lines), mimetype=_MIMETYPE, headers={"Cache-Control": "no-store"})

    def _of_this_process(self) -> Iterator[str]:
        yield from _family("busquedas_total", "counter", "Búsquedas respondidas", [("", (), self._searches)])
        rows = [("", (("ruta", route), ("codigo", code)), n) for (route, code), n in sorted(self._answers.items())]
        yield from _family("respuestas_total", "counter", "Respuestas, por ruta y código", rows)
        errors = sum(n for (_, code), n in self._answers.items() if code >= 500)
        yield from _family("errores_total", "counter", "Respuestas con código 500 o mayor", [("", (), errors)])
        said = "Segundos hasta que la respuesta está lista, sin contar su envío"
        yield from _family("respuesta_segundos", "histogram", said, self._histogram())

    def _histogram(self) -> Iterator[tuple[str, Labels, float]]:
        for route, counted in sorted(self._times.items()):
            for bound, n in zip(_BOUNDS_S, accumulate(counted), strict=True):
                yield "_bucket", (("ruta", route), ("le", "+Inf" if bound == _BOUNDS_S[-1] else bound)), n
            yield "_sum", (("ruta", route),), self._seconds[route]
            yield "_count", (("ruta", route),), sum(counted)


def _of_the_index() -> Iterator[str]:
    try:
        health = current_index().health()
    except ConstaError:
        health = None
    told: list[tuple[str, str, Labels, float]] = [
        ("indice_disponible", "Si hay un índice que se pueda consultar", (), int(health is not None))
    ]
    if health is not None:
        published_s = dt.datetime.fromisoformat(health.built_at).timestamp()
        told += [
            ("edicion_info", "La edición que se sirve", (("edicion", health.edition),), 1),
            ("generacion_publicada_segundos", "Cuándo se publicó, en tiempo Unix", (), published_s),
            ("fragmentos", "Fragmentos de la edición", (), health.passages),
            ("avisos", "Avisos de la edición; /salud los dice", (), len(health.warnings)),
        ]
    for name, says, labels, value in told:
        yield from _family(name, "gauge", says, [("", labels, value)])


def _of_the_desk() -> Iterator[str]:
    if (desk := current_app.extensions.get("consta_desk")) is not None:
        states = Counter(job.state for job in desk.jobs.all())
        rows = [("", (("estado", state),), states[state]) for state in get_args(State)]
        yield from _family("encargos", "gauge", "Encargos del escritorio que se conservan, por estado", rows)


def _family(name: str, kind: str, says: str, rows: Rows) -> Iterator[str]:
    yield f"# HELP consta_{name} {says}."
    yield f"# TYPE consta_{name} {kind}"
    for behind, labels, value in rows:
        told = ",".join(f'{label}="{text}"' for label, text in labels)
        yield f"consta_{name}{behind}{{{told}}} {value}" if told else f"consta_{name}{behind} {value}"
