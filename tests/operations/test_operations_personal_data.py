"""What looks like personal data is shown before a text is published, and taken out where staff say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import CorpusError
from indexer.model import Kind, PageId
from indexer.model.passage import Passage
from indexer.operations.inspection import examine
from indexer.operations.personal_data import personal_data, without_personal_data
from indexer.readers import read
from tests.corpora import CorpusMaker
from tests.readers.made_documents import docx, w_p


def found(text: str) -> list[tuple[str, str]]:
    places = personal_data([Passage(1, 0, Kind.TRANSCRIPT, 0, text)])
    return [(one.what, one.passage.text[one.start : one.end]) for one in places]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("CURP", "SABC560626MDFLRN01"),
        ("CURP", "sabc560626mdflrn01"),
        ("RFC", "GODE561231GR8"),
        ("clave de elector", "GMVLMR80070501M100"),
        ("correo electrónico", "ana.ruiz+foro@correo.ejemplo.mx"),
        ("teléfono", "55 1234 5678"),
        ("teléfono", "722-123-45-67"),
        ("teléfono", "(722) 275 73 00"),
        ("teléfono", "+52 722 275 7300"),
        ("teléfono", "5512345678"),
        ("teléfono", "55 12 34 56 78"),
        ("domicilio", "calle Hidalgo número 123, colonia Centro"),
        ("domicilio", "Avenida de los Pinos 12 B, C.P. 50000"),
    ],
)
def test_personal_data_are_found_with_their_place(what: str, said: str) -> None:
    assert found(f"Escriba a {said}, por favor.") == [(what, said)]


@pytest.mark.parametrize(
    "text",
    [
        "SABC560626MDFLRN02 y GODE561231GR7 tienen mal su dígito.",
        "Hubo 1 234 567 890 votos y 5,512,345,678 pesos, $5512345678.",
        "El expediente INE/CG1234567890/2021 y el 5512345678/2021.",
        "Llame al 800 433 2000, del 2021-2022 y de 10:30 a 12:45.",
        "La calle Hidalgo tiene 123 casillas. En la colonia no hay.",
        "Arroba es @ en ana@x y en @anaruiz.",
    ],
)
def test_what_only_resembles_them_is_no_alarm(text: str) -> None:
    assert found(text) == []


NOTICE = "[Dato personal retirado]"
SPOKEN = ("ANA RUIZ: Mi correo es ana@ejemplo.mx, y mi teléfono, 55 1234 5678.", "LUIS MORA: El mío es luis@ejemplo.mx")
CUES = "WEBVTT\n\n00:01.000 --> 00:03.000\nmi teléfono es 55 12\n\n00:03.000 --> 00:06.000\n34 56 78 para todo\n"


@pytest.mark.parametrize(
    ("name", "data", "chosen", "left"),
    [
        (
            "acta.txt",
            "\n\n".join(SPOKEN).encode(),
            "1,3",
            [
                "Mi correo es [Dato personal retirado] y mi teléfono, 55 1234 5678.",
                "El mío es [Dato personal retirado]",
            ],
        ),
        (
            "acta.docx",
            docx("".join(map(w_p, SPOKEN))),
            "2",
            [f"Mi correo es ana@ejemplo.mx, y mi teléfono, {NOTICE}", "El mío es luis@ejemplo.mx"],
        ),
        ("sub.vtt", CUES.encode(), "1", [f"mi teléfono es {NOTICE}", "para todo"]),
    ],
)
def test_what_is_chosen_goes_and_every_other_word_stays_with_who_said_it(
    tmp_path: Path, name: str, data: bytes, chosen: str, left: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    before = read(path, Kind.TRANSCRIPT)
    with without_personal_data(path, Kind.TRANSCRIPT, chosen) as redacted:
        after = read(redacted, Kind.TRANSCRIPT)
        assert [block.text for block in after.blocks] == left
        assert [block.speaker for block in after.blocks] == [block.speaker for block in before.blocks]
        assert [block.start_s for block in after.blocks] == [block.start_s for block in before.blocks]
    assert path.read_bytes() == data


@pytest.mark.parametrize("chosen", ["0", "4", "x", "1,9"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, chosen: str) -> None:
    path = tmp_path / "acta.txt"
    path.write_text("\n\n".join(SPOKEN))
    with (
        pytest.raises(CorpusError, match="no es de este archivo"),
        without_personal_data(path, Kind.TRANSCRIPT, chosen),
    ):
        pass


def test_staff_see_each_place_before_they_add_a_text(maker: CorpusMaker, tmp_path: Path) -> None:
    maker.event()
    maker.mesa("mesa-1")
    path = tmp_path / "acta.txt"
    path.write_text("\n\n".join(SPOKEN))
    told = examine(maker.settings, path, Kind.TRANSCRIPT, PageId("foro", "mesa-1"), None)["personales"]
    assert [(one["testar"], one["que_es"], one["fragmento"], one["texto"]) for one in told] == [
        (1, "correo electrónico", 1, "ana@ejemplo.mx"),
        (2, "teléfono", 1, "55 1234 5678"),
        (3, "correo electrónico", 2, "luis@ejemplo.mx"),
    ]
    assert told[0]["izquierda"] == "Mi correo es "
