"""What staff are told of a file before it is taken in, and of what it would replace."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import CorpusError, ReadError
from indexer.history import Journal
from indexer.model import Kind, PageId
from indexer.operations.inspection import examine
from indexer.operations.replacement import compare
from tests.corpora import CorpusMaker

MESA = PageId("foro", "mesa-1")
SPEECH = (
    "MODERADORA: Buenas tardes a todas las personas que nos acompañan en esta mesa de trabajo.\n\n"
    "CONSEJERA EVA PRUEBA: Los paquetes llegan a la bodega con sus cintas y sus sellos completos.\n\n"
    "CONSEJERA LUZ PRUEBA: Las actas se digitalizan en cada uno de los centros de acopio del estado.\n"
)
CAPTIONS = (
    "WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nbuenas tardes a todas las personas\n\n"
    "00:00:04.000 --> 00:00:09.000\nhablaremos de los cómputos distritales\n"
)


@pytest.fixture
def corpus(maker: CorpusMaker) -> CorpusMaker:
    """A mesa with a transcript, and one without."""
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=SPEECH, extra='[[participantes]]\nnombre = "Eva Prueba"\n')
    maker.mesa("mesa-2")
    maker.update()
    return maker


def examined(corpus: CorpusMaker, path: Path, **more: Any) -> dict[str, Any]:
    kind = more.get("kind", Kind.TRANSCRIPT)
    return examine(corpus.settings, path, kind, more.get("page"), more.get("name"))


def file(corpus: CorpusMaker, name: str, text: str | bytes) -> Path:
    path = corpus.corpus.parent / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_how_long_it_lasts_and_how_it_ends_are_told(corpus: CorpusMaker) -> None:
    told = examined(corpus, file(corpus, "nueva.vtt", CAPTIONS))
    assert (told["empieza_s"], told["termina_s"]) == (0.0, 9.0)
    assert told["ultimo"]["texto"].endswith("hablaremos de los cómputos distritales")
    told = examined(corpus, file(corpus, "nueva.txt", SPEECH))
    assert (told["empieza_s"], told["termina_s"], told["ultimo"]["persona"]) == (None, None, "Luz Prueba")


def test_a_transcript_is_told_with_its_speakers_and_first_fragments(corpus: CorpusMaker) -> None:
    told = examined(
        corpus, file(corpus, "nueva.txt", SPEECH.replace("sellos", "candados")), page=PageId("foro", "mesa-1")
    )
    assert (told["formato"], told["con_tiempos"], told["turnos"]) == ("texto", False, 3)
    speaker = {"etiqueta": "Eva Prueba", "persona": "Eva Prueba", "turnos": 1}
    assert speaker | {"persona_inferida": False, "inferidos": 0} in told["hablantes"]
    assert [one["persona"] for one in told["fragmentos"]][1:] == ["Eva Prueba", "Luz Prueba"]
    assert told["fragmentos"][0]["texto"].startswith("Buenas tardes")
    assert any("ya tiene transcripción" in problem["texto"] for problem in told["problemas"])


def test_captions_are_told_with_their_times_and_that_nobody_is_named(corpus: CorpusMaker) -> None:
    told = examined(corpus, file(corpus, "s.vtt", CAPTIONS))
    assert (told["formato"], told["con_tiempos"], told["bloques"]) == ("subtítulos WebVTT", True, 2)
    assert told["fragmentos"] == [
        {
            "persona": None,
            "persona_inferida": False,
            "inicio_s": 0.0,
            "texto": "buenas tardes a todas las personas hablaremos de los cómputos distritales",
        }
    ]
    assert [problem["gravedad"] for problem in told["problemas"]] == ["aviso"]


def test_a_pasted_panel_is_told_from_a_text(corpus: CorpusMaker) -> None:
    pasted = "0:00\nbuenas tardes a todas\n0:04\nhablaremos de los cómputos\n0:09\ny de las casillas\n0:15\ngracias\n"
    assert examined(corpus, file(corpus, "panel.txt", pasted))["formato"] == "panel de subtítulos pegado"


def test_the_same_file_and_nearly_the_same_text_are_told_with_where_they_are(corpus: CorpusMaker) -> None:
    (same,) = examined(corpus, file(corpus, "igual.txt", SPEECH))["parecidos"]
    assert same == {"pagina": "foro/mesa-1", "parte": 1.0, "igual": True}
    (near,) = examined(corpus, file(corpus, "casi.txt", SPEECH.replace("cintas", "etiquetas")))["parecidos"]
    assert (near["pagina"], near["igual"]) == ("foro/mesa-1", False)
    assert 0.6 <= near["parte"] < 1
    assert examined(corpus, file(corpus, "otro.vtt", CAPTIONS))["parecidos"] == []


def test_what_cannot_be_read_is_a_problem_with_its_cure_and_no_traceback(corpus: CorpusMaker) -> None:
    for name, data in (("a.pdf", b"\0\1\2"), ("a.mp4", b"x"), ("a", b"x"), ("a.txt", b""), ("a.vtt.txt", b"WEBVTT")):
        told = examined(corpus, file(corpus, name, data))
        (problem,) = told["problemas"]
        assert problem["gravedad"] == "error", name
        assert told["bloques"] == 0


def test_the_name_that_the_sender_gave_says_the_format_and_nothing_else(corpus: CorpusMaker) -> None:
    sent = file(corpus, "encargo", CAPTIONS)
    assert examined(corpus, sent, name="../../etc/Sesión \u202efinal.VTT")["con_tiempos"]
    assert examined(corpus, sent, name="a" * 300 + ".vtt")["con_tiempos"]


def test_what_was_withdrawn_says_so(corpus: CorpusMaker) -> None:
    path = file(corpus, "retirado.txt", SPEECH)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    (corpus.corpus / "retirados.toml").write_text(
        f'[[retirados]]\nruta = "foro/x/a.txt"\nsha256 = "{digest}"\nfecha = 2026-01-01\nmotivo = "Orden"\n',
        encoding="utf-8",
    )
    assert any("Orden" in problem["texto"] for problem in examined(corpus, path)["problemas"])


def test_examining_and_comparing_write_nothing(corpus: CorpusMaker) -> None:
    before = {path: path.read_bytes() for path in corpus.corpus.rglob("*") if path.is_file()}
    path = file(corpus, "otro.txt", SPEECH.replace("actas", "listas"))
    examined(corpus, path)
    compare(corpus.settings, path, Kind.TRANSCRIPT, MESA, None)
    assert {path: path.read_bytes() for path in corpus.corpus.rglob("*") if path.is_file()} == before
    assert Journal(corpus.corpus).read() == ((), None)


def test_replacing_is_told_fragment_by_fragment_and_comes_true(corpus: CorpusMaker) -> None:
    new = SPEECH.replace("sus cintas", "las cintas").replace(
        "Las actas se digitalizan en cada uno de los centros de acopio del estado", "El conteo rápido no sustituye nada"
    )
    told = compare(corpus.settings, file(corpus, "nueva.txt", new), Kind.TRANSCRIPT, MESA, None)
    assert [told[key] for key in ("iguales", "cambian", "nuevos", "desaparecen")] == [1, 1, 1, 1]
    assert [(one["numero"], one["sigue_en"]) for one in told["diferencias"]] == [(2, None), (3, 4), (4, None)]
    assert told["diferencias"][2]["antes"] is None
    (corpus.corpus / "foro/mesa-1/transcripcion.txt").write_text(new, encoding="utf-8")
    report = corpus.update()
    assert [passage.number for passage in corpus.passages("foro/mesa-1")] == [1, 2, 4]
    assert report.catalogue is not None
    assert report.catalogue.pages["foro/mesa-1"].moved_numbers == {3: 4}


def test_the_text_that_was_compared_has_a_name_of_its_own(corpus: CorpusMaker) -> None:
    path = file(corpus, "otro.txt", SPEECH.replace("actas", "listas"))
    present = hashlib.sha256((corpus.corpus / "foro/mesa-1/transcripcion.txt").read_bytes()).hexdigest()
    assert compare(corpus.settings, path, Kind.TRANSCRIPT, MESA, None)["base"] == present
    assert examined(corpus, path, page=MESA)["base"] == present
    assert examined(corpus, path, page=PageId("foro", "mesa-2"))["base"] == ""
    assert examined(corpus, path)["base"] == ""
    (corpus.corpus / "foro/mesa-1/transcripcion.vtt").write_text(CAPTIONS)
    assert examined(corpus, path, page=MESA)["base"] not in ("", present)


def test_what_cannot_be_compared_is_refused(corpus: CorpusMaker) -> None:
    with pytest.raises(CorpusError, match="no tiene transcripción que reemplazar"):
        compare(corpus.settings, file(corpus, "n.txt", SPEECH), Kind.TRANSCRIPT, PageId("foro", "mesa-2"), None)
    with pytest.raises(CorpusError, match="No existe la mesa"):
        compare(corpus.settings, file(corpus, "n.txt", SPEECH), Kind.TRANSCRIPT, PageId("foro", "mesa-9"), None)
    with pytest.raises(ReadError):
        compare(corpus.settings, file(corpus, "n.pdf", b"x"), Kind.TRANSCRIPT, MESA, None)
