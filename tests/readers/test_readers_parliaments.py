"""Labels as parliaments, councils and minutes of the Spanish-speaking world write them. Every name is invented."""

from __future__ import annotations

import pytest

from indexer.readers.labels.speakers import read_transcript
from indexer.readers.paragraphs import Paragraph
from tests.readers.made_transcripts import blocks, said

ONCE = [
    ("El señor ARRAYÁN, don Óscar (Presidente).- Se abre.", "Óscar Arrayán", "Presidente"),
    ("El señor ARRAYÁN (don Óscar Luis).- Gracias.", "Óscar Luis Arrayán", None),
    ("La señora QUILLAY (Ministra de Hacienda).- Gracias.", "Quillay", "Ministra de Hacienda"),
    ("La señora VON BOLDO, doña Elvira.- Gracias.", "Elvira von Boldo", None),
    ("El señor DE LA BARCA.- Gracias.", "De la Barca", None),
    ("Sr. de la Barca.- Gracias.", "de la Barca", None),
    ("Sr. Presidente (Barcas).- Tiene la palabra.", "Barcas", "Presidente"),
    ("SEÑORA PRESIDENTA (BARCAS).- Tiene la palabra.", "Barcas", "Presidenta"),
    ("El señor PRESIDENTE (Óscar Nieto Vela).— Se abre.", "Óscar Nieto Vela", "Presidente"),
    ("La señora QUILLAY BOLDO (FP).— Gracias.", "Quillay Boldo", None),
    (
        "El señor MINISTRO DE PESCA Y PUERTOS, Óscar Nieto Vela.— Gracias.",
        "Óscar Nieto Vela",
        "Ministro de Pesca y Puertos",
    ),
    ("Intervino la concejala Elvira Prado Luna: “Gracias”.", "Elvira Prado Luna", "Concejala"),
    ("Intervino nuevamente el presidente, Óscar Nieto Vela: “Gracias”.", "Óscar Nieto Vela", "Presidente"),
    ("Hace uso de la palabra la concejala Elvira Prado: “Gracias”.", "Elvira Prado", "Concejala"),
    (
        "Con la venia de la Presidencia interpela el honorable Senador Óscar Nieto Vela: Gracias.",
        "Óscar Nieto Vela",
        "Senador",
    ),
    (
        "La Presidencia concede el uso de la palabra al honorable Senador Óscar Nieto Vela: Gracias.",
        "Óscar Nieto Vela",
        "Senador",
    ),
    ("-EL SENADOR ÓSCAR NIETO VELA: Gracias.", "Óscar Nieto Vela", "Senador"),
    ("– La C. Senadora Elvira Prado:– Gracias.", "Elvira Prado", "Senadora"),
    ("Dª. Elvira Prado Luna: Gracias.", "Elvira Prado Luna", None),
    (
        "Portavoz del Grupo Municipal de la Costa, Sra. Quillay: Gracias.",
        "Quillay",
        "Portavoz del Grupo Municipal de la Costa",
    ),
    ("SEÑOR MINISTRO NIETO VELA: Con el proyecto.", "Nieto Vela", "Ministro"),
    ("MADRE DE ALUMNA DE PRIMARIA, ELVIRA PRADO LUNA: Gracias.", "Elvira Prado Luna", "Madre de Alumna de Primaria"),
    ("MÉDICA CIRUJANA PEDIATRA ELVIRA PRADO: Gracias.", "Elvira Prado", "Médica Cirujana Pediatra"),
    ("ELVIRA PRADO LUNA, GEÓLOGA.: Gracias.", "Elvira Prado Luna", "Geóloga"),
    ("ELVIRA PRADO LUNA DIRECTORA DE ACTAS (IDA): Gracias.", "Elvira Prado Luna", "Directora de Actas"),
    ("ELVIRA PRADO LUNA., DIRECTORA DE ACTAS: Gracias.", "Elvira Prado Luna", "Directora de Actas"),
    ("ELVIRA PRADO, CAPITANA DEL “LA BRISA”: Gracias.", "Elvira Prado", "Capitana del la Brisa"),
    ("ELVIRA PRADO, REPRESENTANTE DE OPS/OMS: Gracias.", "Elvira Prado", "Representante de OPS/OMS"),
    ("ELVIRA PRADO LUNA. DIRECTORA DE ACTAS: Gracias.", "Elvira Prado Luna", "Directora de Actas"),
    ("ÓSCAR ‘CHATO’ NIETO, PERIODISTA: Gracias.", "Óscar Chato Nieto", "Periodista"),
    ("Prado Luna, Elvira: Gracias.", "Elvira Prado Luna", None),
]


@pytest.mark.parametrize(("line", "name", "post"), ONCE, ids=[line[:40] for line, *_ in ONCE])
def test_a_label_of_each_house_is_read_once_and_alone(line: str, name: str, post: str | None) -> None:
    """Post and name the right way round, and nothing of the label in the text."""
    (block,) = blocks(line)
    assert block.speaker is not None
    assert (block.speaker.name, block.speaker.post, block.speaker.inferred) == (name, post, False)
    assert block.text in line.split(":")[-1] or block.text in line.split("—")[-1] or block.text in line.split(".-")[-1]


CALLED = [
    "Señores Parlamentarios: Vengo aquí.",
    "Honorables Consejeras y Consejeros: Vengo aquí.",
    "Honorable Asamblea: Vengo aquí.",
    "Compañeras y compañeros: Vengo aquí.",
    "Estimada doctora Quillay: Gracias.",
    "Ciudadanos magistrados: Vengo aquí.",
    "Diputadas y diputados: Vengo aquí.",
    "Tiene la palabra la senadora Elvira Prado: Adelante.",
    "Muchas gracias, Elvira Prado: Adelante.",
    "Palabras de bienvenida: Gracias.",
]


@pytest.mark.parametrize("line", CALLED)
def test_those_who_are_called_or_given_the_floor_do_not_speak(line: str) -> None:
    """However often."""
    assert {who for who, _ in said("Moderadora: Buenas tardes.", line, "Moderadora: Sigo.", line)} == {"Moderadora"}


def test_an_officer_who_is_called_on_a_line_of_its_own_does_not_speak() -> None:
    """By name or not."""
    for call in ("Señor presidente de la República, licenciado Óscar Nieto Vela:", "Ciudadana gobernadora:"):
        assert [who for who, _ in said("Elvira Prado Luna: Buenos días.", call, "Vengo aquí.")] == [
            "Elvira Prado Luna"
        ] * 3


def test_in_a_file_whose_labels_are_in_capitals_mixed_case_calls_somebody() -> None:
    """``Óscar Nieto:`` alone on its line is whom a speech is addressed to."""
    labels = ("MODERADORA: Uno.", "PONENTE 1: Dos.") * 6
    assert [who for who, _ in said(*labels, "Óscar Nieto:", "Vengo aquí.")][-2:] == ["PONENTE 1", "PONENTE 1"]
    calls = ("Presidente:", "Vengo aquí.", "MODERADORA: Ya.") * 3
    assert "Presidente" not in {who for who, _ in said(*labels, *calls)}


def test_a_question_to_somebody_is_not_hers() -> None:
    """However often it is put."""
    found = blocks(*("Pregunta a la consejera Elvira Prado: ¿Cuándo?", "Moderadora: Adelante.") * 2)
    assert all(block.speaker is None or block.speaker.name is None for block in found)


def test_many_at_once_are_a_role() -> None:
    """A crowd is no person; in capitals, a plural courtesy answers for all, as an inference."""
    assert said("Sra. Presidenta.- Bien.", "Varios señores diputados.- ¡Bravo!")[1] == (
        "Varios señores diputados",
        "¡Bravo!",
    )
    judges = blocks(*("SEÑOR MINISTRO NIETO: Sí.", "SEÑORA MINISTRA PRADO: No.") * 2, "SEÑORES MINISTROS: Sí.")
    assert judges[-1].speaker is not None
    assert (judges[-1].speaker.role, judges[-1].speaker.inferred) == ("SEÑORES MINISTROS", True)


def test_a_voice_of_a_man_or_a_woman_is_no_name() -> None:
    """``INTERVENCIÓN MUJER`` names nobody."""
    for label in ("INTERVENCIÓN MUJER", "VOZ HOMBRE", "PREGUNTA HOMBRE"):
        (block,) = blocks(f"{label}: Gracias.")
        assert block.speaker is not None
        assert (block.speaker.name, block.speaker.role) == (None, label)


def test_a_post_of_two_words_with_a_hyphen_is_no_name() -> None:
    """``Alcalde-Presidente``."""
    (block,) = blocks("El Sr. Alcalde-Presidente: Se abre la sesión.")
    assert block.speaker is not None
    assert (block.speaker.name, block.speaker.role) == (None, "El Sr. Alcalde-Presidente")


def test_a_party_that_speaks_among_capitals_is_an_inference() -> None:
    """Its words are of headings as well."""
    labels = ("CONSEJERA PRESIDENTA", "SECRETARIO EJECUTIVO", "CONSEJERA PRESIDENTA", "MOVIMIENTO DE LA COSTA")
    speaker = blocks(*(f"{label}: Gracias." for label in labels))[-1].speaker
    assert speaker is not None
    assert (speaker.role, speaker.inferred) == ("MOVIMIENTO DE LA COSTA", True)


def test_a_party_beside_a_post_is_no_name() -> None:
    """``Diputada (Morena)``."""
    (block,) = blocks("DIPUTADA (Morena): Gracias.")
    assert block.speaker is not None
    assert block.speaker.name is None


def test_which_of_two_unknown_parts_is_the_person_is_not_guessed() -> None:
    """A name in capitals with a comma that no list knows is given as it is printed."""
    lines = ("PRESIDENTA: Adelante.", "SECRETARIO: Gracias.", "XUNKA TZOTZ, IKAL BALAM: Gracias.")
    speaker = blocks(*lines)[-1].speaker
    assert speaker is not None
    assert (speaker.name, speaker.role, speaker.inferred) == (None, "XUNKA TZOTZ, IKAL BALAM", True)


def test_a_telephone_is_nobody() -> None:
    """Its name is a role as printed."""
    found = blocks("iPhone de Elvira: Hola.", "Óscar Nieto: Hola.", "iPhone de Elvira: Sí.")
    assert [b.speaker and (b.speaker.name, b.speaker.role) for b in found] == [
        (None, "iPhone de Elvira"),
        ("Óscar Nieto", None),
        (None, "iPhone de Elvira"),
    ]


BROKEN = [
    ("ELVIRA PRADO LUNA, TITULAR DE LA DIRECCIÓN GENERAL DEL", "INSTITUTO ÓSCAR NIETO: Gracias.", False),
    ("ELVIRA PRADO LUNA, DIRECTORA DEL INSTITUTO DE ACTAS", "ÓSCAR NIETO: Gracias.", True),
    ("ELVIRA PRADO LUNA, TITULAR DEL INSTITUTO NACIONAL DE ACTAS", "(INA): Gracias.", True),
]


@pytest.mark.parametrize(("first", "second", "continues"), BROKEN)
def test_a_label_over_two_lines_is_one_and_its_end_no_person(first: str, second: str, continues: bool) -> None:
    """Whether the file is known to be wrapped, or the line cannot be all of a label."""
    found = read_transcript([Paragraph(first), Paragraph(second, continues=continues), Paragraph("Sigo.")]).blocks
    assert [(b.speaker and b.speaker.name, b.text) for b in found] == [
        ("Elvira Prado Luna", "Gracias."),
        ("Elvira Prado Luna", "Sigo."),
    ]
