"""Bad input through the commands that write what staff ask for: nothing breaks, nothing is half, undo gives it back.

    python benchmarks/fuzz_commands.py [TIMES, 400 if not said] [SEED]

Every request is a good one in which something was spoilt (``SPOILT``): taken away, of another type, huge, of another
event, with characters that nobody sees. A command may refuse, in Spanish and without changing a byte; what it takes it
must publish without a new error in the corpus, and taking that back must give the first bytes. Exit code 1 otherwise.
"""

from __future__ import annotations

import copy
import io
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.roundtrip_sequences import files_of
from indexer import history
from indexer.cli import cli
from indexer.console import run
from indexer.corpus.snapshot import read_corpus
from tests.corpora import CorpusMaker
from tests.search_app.desk.desk_office import furnish

SPOILT: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1e308, float("nan"), float("inf"), 2.5, "", " ", "\ud800", "\u202eoro", "a\0b",
    "x" * 100_000, "ñ" * 255, "\n\n", "]]\n[[temas]]", '"""', "'''", "\\", [], {}, [[]], [None], [{}], {"a": 1},
    ["", ""],
    "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2025-02-30", "-5", "1e999", "99999999999999999999",
    "٣", "../otro", "foro/../otro/mesa-9", "otro/mesa-9", "/etc/passwd", "-nuevo", "--corpus=/", "p42", "acervo",
    "http://[", "https://xn--/", "javascript:alert(1)", "https://youtu.be/" + "a" * 3_000, "1:99:99", "LA PRESIDENTA",
)  # fmt: skip
_CUE = "{0:02d}:{1:02d}.000 --> {0:02d}:{1:02d}.900\nlínea {0}-{1} del día\n"
_DAY = "WEBVTT\n\n" + "\n".join(_CUE.format(*divmod(second, 60)) for second in range(0, 600, 10))
_PERSON = {"nombre": "Ana Ruiz", "cargo": "Consejera", "institucion": "", "entidad": "", "modera": "si"}
_SOURCE = {"id": "f1", "titulo": "Nota", "url": "https://example.mx/", "fecha": "2025-12-04"}


def requests(maker: CorpusMaker, place: str) -> list[tuple[list[str], Any]]:
    """Good requests: words of a command, and what it reads."""
    fact = {"texto": "Se abrió a las diez", "certeza": "confirmado", "fuentes": ["f1"]}
    mesa = {"campos": {"titulo": "Bodegas", "numero": "1", "fecha": "2025-12-04", "video": "https://youtu.be/abcdefghijk",
                       "video_inicio_s": "1:00", "temas": []}}  # fmt: skip
    told = {"participantes": [_PERSON], "fuentes": [_SOURCE], "hechos": [fact]}
    event = {"campos": {"titulo": "Foro", "inicio": "2025-12-04", "fin": "2025-12-05", "sede": "Toluca"}}
    topic = {"id": "urna", "etiqueta": "urna", "equivalentes": ["urnas"], "signos": ["caja"], "relacionado": []}
    person = {"nombre": "Ana Ruiz", "variantes": ["Ana R."], "cargo": "Consejera"}
    programme = {"campos": {"titulo": "Nuevo", "inicio": "2025-12-04"}, "mesas": [{"campos": {"titulo": "Una"},
                 "participantes": "Modera: Ana Ruiz | Consejera"}]}  # fmt: skip
    cuts = {"cortes": [{"inicio_s": "0:10", "fin_s": "1:00", "mesa": "mesa-2", "titulo": ""},
                       {"inicio_s": "70", "fin_s": "", "mesa": "", "titulo": "La segunda"}]}  # fmt: skip
    row = {"archivo": "prueba.vtt", "titulo": "Una sesión", "fecha": "2025-12-04", "evento": "foro", "mesa": "mesa-8",
           "version": "estenografica", "omitir": "no"}  # fmt: skip
    found, _ = asked(maker, ["corregir", "--buscar=renglón", "--por=reglón"], None)
    return [
        (["editar", "foro/mesa-1", "--escribir"], {**mesa, **told}),
        (["editar", "foro", "--escribir"], {**event, **told}),
        (["temas", "--escribir"], {"antes": "", "campos": topic}),
        (["temas", "--probar"], {"antes": "", "campos": topic}),
        (["personas", "--escribir"], {"antes": "", "campos": person}),
        (["personas", "--probar"], {"antes": "", "campos": person}),
        (["programa", "nuevo", "--escribir"], programme),
        (["programa", "nuevo", "--escribir"], {"programa": "Foro\nMesa 1. Una\nModera: Ana Ruiz\n", **event}),
        (["partir", f"{place}/dia.vtt", "--evento=foro", "--escribir"], cuts),
        (["hablantes", "foro/mesa-1", "--escribir"], {"cambios": [{"inicio_s": 6, "persona": "Eva Sol"}]}),
        (["corregir", "foro/mesa-1", "--escribir"],
         {"correcciones": [{"numero": 1, "de": "caja", "a": "urna", "vez": 1}], "cotejados": [1]}),
        (["corregir", "--buscar=renglón", "--por=reglón", "--escribir"],
         {"lugares": [one["lugar"] for one in found["lugares"][:3]]}),
        (["importar", f"{place}/varios", "--evento=foro", "--con-cambios"], {"renglones": [row]}),
        (["reporte", "foro/mesa-1#p1"], {"frase": "caja", "texto": "Falta algo", "desde": "prueba"}),
        (["respuesta"], {"clave": "nada"}),
        (["cuenta", "--comprobar"], {"nombre": "ana", "clave": "x"}),
    ]  # fmt: skip


def asked(maker: CorpusMaker, words: list[str], given: Any) -> tuple[dict[str, Any], int]:
    """What a command answers, and its exit code."""
    line = ["indexer", *words, f"--corpus={maker.corpus}", f"--indice={maker.settings.index}", "--json"]
    read = io.TextIOWrapper(io.BytesIO(json.dumps(given).encode()))
    said, complained = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO(), errors="backslashreplace")
    with mock.patch.multiple(sys, argv=line, stdin=read, stdout=said, stderr=complained):
        try:
            run(cli, "python -m indexer")
        except SystemExit as ended:
            code = int(ended.code or 0)
    said.seek(0)
    told = said.read().strip().splitlines()
    return (json.loads(told[-1]) if told else {}), code


def spoilt(chance: random.Random, given: Any) -> Any:
    """The same, with something of it (or more) as it must not be."""
    given = copy.deepcopy(given)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        places = [*_places(given)]
        if not places:
            return chance.choice(SPOILT)
        holder, key = chance.choice(places)
        if chance.random() < 0.15:
            del holder[key]
        elif isinstance(holder, list) and chance.random() < 0.3:
            holder.append(copy.deepcopy(holder[key]))
        else:
            holder[key] = copy.deepcopy(chance.choice(SPOILT))
    return given


def _places(given: Any) -> Any:
    held = given.items() if isinstance(given, dict) else enumerate(given) if isinstance(given, list) else ()
    for key, value in held:
        yield given, key
        yield from _places(value)


def fault_of(maker: CorpusMaker, words: list[str], given: Any, known: set[str]) -> str:
    """What is wrong with how a request was answered; empty where nothing is."""
    before, steps = files_of(maker.corpus), len(history.Undoing(maker.corpus).past())
    answer, code = asked(maker, words, given)
    now = files_of(maker.corpus)
    past = history.Undoing(maker.corpus).past()
    if code not in (0, 1, 2) or (code and not answer.get("error")):
        return f"code {code}: {answer}"
    if "inesperado" in str(answer.get("error")):
        return str(answer["error"])
    if len(past) == steps:
        return "it changed something without a step" if now != before else ""
    if code:
        return f"it took a step and failed: {answer['error']}"
    problems = {str(one) for one in read_corpus(maker.corpus).problems if one.severity == "error"}
    asked(maker, ["deshacer", str(past[0].record.number)], None)
    if problems - known:
        return f"it left the corpus with errors: {problems - known}"
    return "" if files_of(maker.corpus) == before else "taking it back does not give the first bytes"


def main() -> int:
    """Ask, and print what was seen."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    print(f"semilla {seed}, {times} peticiones", flush=True)
    chance, wrong = random.Random(seed), 0
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        maker = furnish(Path(work) / "oficina", minutes=1)
        (Path(work) / "dia.vtt").write_text(_DAY, encoding="utf-8")
        (Path(work) / "varios").mkdir()
        (Path(work) / "varios" / "prueba.vtt").write_text(_DAY.replace("día", "mes"), encoding="utf-8")
        good = requests(maker, work)
        known = {str(one) for one in read_corpus(maker.corpus).problems}
        for number in range(times):
            words, given = good[number % len(good)]
            tried = given if number < len(good) else spoilt(chance, given)
            steps = len(history.Undoing(maker.corpus).past())
            fault = fault_of(maker, words, tried, known)
            taken = "como paso" if len(history.Undoing(maker.corpus).past()) > steps else "sin paso"
            counts[f"{words[0]}, {taken}"] += 1
            if fault:
                wrong += 1
                print(f"{number}: {' '.join(words)[:90]}\n  {json.dumps(tried)[:700]}\n  {fault[:600]}", flush=True)
    print(f"{dict(counts)}; con falla: {wrong}")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
