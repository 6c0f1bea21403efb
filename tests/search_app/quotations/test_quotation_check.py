"""The verdict on quotations, over files and an index on a real disk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.quotations import KINDS, Maker, turns
from indexer.engines import open_index
from indexer.errors import QueryRejected
from indexer.index.protocol import SearchIndex
from search_app.quotations.answer import quotation_answer, quotation_page, read_asked
from search_app.shown.collection import Collection
from tests.corpora import CorpusMaker
from tests.search_app.quotations.quoted_forum import write_forum


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    maker = CorpusMaker(tmp_path_factory.mktemp("citas"))
    write_forum(maker)
    index = open_index(maker.settings.index)
    yield index
    index.close()


def check(index: SearchIndex, quotation: str, **more: str) -> dict[str, Any]:
    return quotation_answer(read_asked([("cita", quotation), *more.items()]), index, Collection(index.overview()))


def verdict(index: SearchIndex, quotation: str, **more: str) -> str:
    found: str = check(index, quotation, **more)["veredicto"]
    return found


def changes(place: dict[str, Any]) -> list[tuple[str, str, str, list[str]]]:
    return [(d["tipo"], d["cita"], d["texto"], d["naturaleza"]) for d in place["diferencias"] if d["tipo"] != "igual"]


TEXTUAL = [
    "El programa de resultados publicó 1,500 actas antes de las 9:30 de la noche, y ninguna llegó tarde.",
    "«el programa de resultados publicó 1500 actas antes de las 9:30 de la noche»",
    "no creo que el presupuesto alcance para quince distritos",
    "Dije que \"la capacitación empieza en marzo\"... y que nadie la había pedido",
    "Está usted segura, consejera",
    "El gasto subió 10 %",
    "trámites político-electorales",
    "trámites político–electorales.",
    "las candidatas/os del\n   distrito 12",
    "así fue en el '24 y en D´Artagnan",
    "así fue en el 24 y en D`Artagnan",
    "Gracias. Para terminar: esta mesa pide más tiempo",
    "que costó $2,500 por casilla",
    "PUES MIRE, CONSEJERA: ¿yo diría que la urna electrónica no falló?",
    "la urna electrónica no falló en tres municipios y que el personal de Toluca llegó a tiempo",
]  # fmt: skip


@pytest.mark.parametrize("quotation", TEXTUAL)
def test_what_was_said_is_textual(index: SearchIndex, quotation: str) -> None:
    found = check(index, quotation)
    assert found["veredicto"] == "textual"
    assert {place["veredicto"] for place in found["coincidencias"]} == {"textual"}
    assert all(place["palabras_distintas"] == 0 for place in found["coincidencias"])


NEARLY = [
    ("el programa de resultados publicó 1,600 actas antes de las 9:30", ("cambia", "1,600", "1,500", ["numero"])),
    ("presupuesto alcance para quince distritos, pues la comisión", ("cambia", "pues", "aunque", ["palabra"])),
    ("No creo que el presupuesto no alcance para quince distritos", ("sobra", "no", "", ["negacion"])),
    ("Yo dije que las candidatas/os del distrito 12 quedaran fuera", ("falta", "", "nunca", ["negacion"])),
    ("el presupuesto alcance para 15 distritos", ("cambia", "15", "quince", ["numero"])),
    ("la comisión esta convencida de lo contrario", ("cambia", "esta", "está", ["acento"])),
    ("la urna electronica no falló en tres municipios", ("cambia", "electronica", "electrónica", ["acento"])),
    ("la urna electrónica falló en tres municipios", ("falta", "", "no", ["negacion"])),
    ("Yo nunca dije que las candidatas", ("falta", "", "os", ["palabra"])),
    ("El gasto subió 10", ("falta", "", "%", ["numero"])),
    ("esta mesa pide más tiempo, más Personal y menos trámites", ("cambia", "Personal", "personal", ["mayusculas"])),
    ("la comisión está convencida de la mayoría", ("cambia", "la mayoría", "lo contrario", ["palabra"])),
    ("El gasto subió 10 % en dos años, eso sí preocupa", ("cambia", ",", ";", ["puntuacion"])),
    ("esta mesa pide más tiempo más personal y menos trámites", ("falta", "", ",", ["puntuacion"])),
]  # fmt: skip


@pytest.mark.parametrize(("quotation", "change"), NEARLY)
def test_what_differs_is_never_textual_and_the_difference_is_named(
    index: SearchIndex, quotation: str, change: tuple[str, str, str, list[str]]
) -> None:
    found = check(index, quotation)
    assert found["veredicto"] == "casi"
    assert change in changes(found["coincidencias"][0])


@pytest.mark.parametrize(
    "quotation",
    ["Los votos se perdieron en el río la semana pasada", "xilófono azul", "El programa de la comisión de urnas"],
)
def test_what_nobody_said_is_not_found(index: SearchIndex, quotation: str) -> None:
    found = check(index, quotation)
    assert (found["veredicto"], found["coincidencias"]) == ("no_encontrada", [])


def test_in_few_words_another_verb_is_another_statement_and_what_was_said_is_shown(index: SearchIndex) -> None:
    found = check(index, "nadie la había visto")
    assert (found["veredicto"], found["coincidencias"]) == ("no_encontrada", [])
    near = found["cercanas"][0]
    assert (near["veredicto"], changes(near)) == ("no_encontrada", [("cambia", "visto", "pedido", ["palabra"])])
    assert near["antes"] + near["texto"] + near["despues"] == "y que nadie la había pedido."
    assert verdict(index, "Acepto la del distrito 15") == "casi", "another number is told as such"


def test_the_three_nearest_places_are_shown_the_nearest_first(maker: CorpusMaker) -> None:
    maker.event()
    ends = ("siempre el pueblo", "siempre la gente", "siempre la nación", "a veces la nación", "a veces el rey")
    maker.mesa(transcripcion_txt="\n\n".join(f"PERSONA {n}: Quien manda aquí es {end}." for n, end in enumerate(ends)))
    maker.update()
    index = open_index(maker.settings.index)
    found = check(index, "Quien manda aquí es siempre la ley")
    index.close()
    places = found["coincidencias"] + found["cercanas"]
    assert [place["palabras_distintas"] for place in places] == [1, 1, 2]
    assert changes(places[2])[0][:3] == ("cambia", "la ley", "el pueblo")


def test_an_answer_says_who_where_and_at_which_second(index: SearchIndex) -> None:
    place = check(index, "la urna electrónica no falló en tres municipios")["coincidencias"][0]
    assert (place["evento"], place["mesa"], place["version"]) == ("foro", "mesa-2", "subtitulos_automaticos")
    assert (place["persona"], place["inicio_s"], place["segundo_s"]) == (None, 10.0, 14.0)
    assert place["video"] == "https://www.youtube.com/watch?v=abc123&t=19"
    assert any("Subtítulos automáticos" in warning for warning in place["advertencias"])
    spoken = check(index, "nadie la había pedido")["coincidencias"][0]
    assert (spoken["persona"], spoken["inicio_s"], spoken["video"]) == ("Luis Peña", None, None)
    assert spoken["id"].replace("#", "/") == spoken["permanente"].lstrip("/")


def test_punctuation_is_said_where_it_does_not_count(index: SearchIndex) -> None:
    place = check(index, "La urna electrónica: ¡no falló en tres municipios!")["coincidencias"][0]
    assert place["veredicto"] == "textual"
    assert place["resumen"] == ("Coincide palabra por palabra, salvo la puntuación, que en los subtítulos no cuenta")


def test_several_places_are_all_listed(index: SearchIndex) -> None:
    found = check(index, "Gracias")
    assert [place["persona"] for place in found["coincidencias"]] == ["Ana Ruiz", "Luis Peña"]
    assert found["avisos"] == [
        "La cita tiene solo 1 palabra: que esté en un texto dice poco; coteje la oración completa"
    ]


def test_two_people_do_not_say_one_sentence(index: SearchIndex) -> None:
    place = check(
        index, "quedaran fuera. Dije que la capacitación empieza en marzo y que nadie la había pedido. Gracias."
    )
    (place,) = place["coincidencias"]
    assert place["veredicto"] == "casi"
    assert any("no es dicho de una sola persona" in warning for warning in place["advertencias"])


def test_two_turns_of_one_person_are_told_as_such(index: SearchIndex) -> None:
    (place,) = check(index, "que costó $2,500 por casilla. Y acepto la del 15")["coincidencias"]
    assert place["veredicto"] == "casi"
    assert "Abarca 2 intervenciones, aunque de la misma persona" in place["advertencias"]


def test_a_quotation_in_parts_is_found_in_order_in_one_turn(index: SearchIndex) -> None:
    found = check(index, "El programa de resultados publicó 1,500 actas […] eso sí preocupa")
    (place,) = found["coincidencias"]
    assert place["veredicto"] == "textual"
    assert any("deja fuera" in warning for warning in place["advertencias"])
    assert [d["tipo"] for d in place["diferencias"]] == ["igual", "omite", "igual"]
    assert verdict(index, "eso sí preocupa […] El programa de resultados publicó 1,500 actas") != "textual"
    assert verdict(index, "ninguna llegó tarde […] Dije que la capacitación empieza en marzo") != "textual"


def test_a_bare_ellipsis_parts_a_quotation_where_the_text_has_no_pause(index: SearchIndex) -> None:
    assert verdict(index, "empieza en marzo»… y que nadie la había pedido") == "textual"
    assert verdict(index, "Buenas tardes… ninguna llegó tarde") == "textual"


def test_an_omission_cannot_take_out_a_negation(index: SearchIndex) -> None:
    (place,) = check(index, "la urna electrónica […] falló en tres municipios")["coincidencias"]
    assert place["veredicto"] == "casi"
    assert any("negación" in warning for warning in place["advertencias"])


def test_a_negation_just_before_the_quotation_is_told(index: SearchIndex) -> None:
    (place,) = check(index, "acepto esa propuesta")["coincidencias"]
    assert place["veredicto"] == "textual"
    assert any("«No»" in warning for warning in place["advertencias"])
    (other,) = check(index, "Acepto la del distrito 14")["coincidencias"]
    assert other["advertencias"] == []


def test_a_question_quoted_as_a_statement_is_told(index: SearchIndex) -> None:
    (place,) = check(index, "Está usted segura, consejera.")["coincidencias"]
    assert place["advertencias"] == ["En el texto es una pregunta"]
    (asked,) = check(index, "¿Está usted segura, consejera?")["coincidencias"]
    assert asked["advertencias"] == []


@pytest.mark.parametrize(
    "quotation",
    [
        "El foro reúne a quienes organizan las elecciones locales",
        "se describió cómo se capacita al personal de casilla",
    ],
)
def test_announcements_and_our_own_wording_are_what_nobody_said(index: SearchIndex, quotation: str) -> None:
    assert verdict(index, quotation, ficticio="si") == "no_encontrada"


def test_fictitious_texts_are_left_out_unless_asked_for_and_then_marked(index: SearchIndex) -> None:
    quotation = "los votos se cuentan con piedras de colores"
    assert verdict(index, quotation) == "no_encontrada"
    for more in ({"ficticio": "si"}, {"evento": "ensayo"}, {"mesa": "ensayo/mesa-1"}):
        (place,) = check(index, quotation, **more)["coincidencias"]
        assert place["ficticio"] is True
        assert any("ficticio" in warning for warning in place["advertencias"])


def test_filters_narrow_where_it_is_looked_for(index: SearchIndex) -> None:
    assert verdict(index, "nadie la había pedido", persona="Luis Peña") == "textual"
    assert verdict(index, "nadie la había pedido", persona="Ana Ruiz") == "no_encontrada"
    assert verdict(index, "nadie la había pedido", mesa="2") == "no_encontrada"
    assert verdict(index, "nadie la había podido", persona="Ana Ruiz") == "no_encontrada"


@pytest.mark.parametrize("empty", ["", "   ", "¿…?", "[…]"])
def test_nothing_to_check_is_a_form_and_no_answer(index: SearchIndex, empty: str) -> None:
    page = quotation_page(read_asked([("cita", empty)]), index, Collection(index.overview()))
    assert (page.verdict, page.places) == (None, ())
    with pytest.raises(QueryRejected, match="Falta la cita"):
        check(index, empty)


def test_of_quotations_made_of_the_texts_none_is_textual_that_is_not_exact(index: SearchIndex) -> None:
    maker = Maker(list(turns(index)), seed=3)
    for kind in KINDS:
        for _ in range(12):
            quotation = maker.make(kind)
            assert (verdict(index, quotation) == "textual") == (kind == "exacta"), (kind, quotation)


def test_long_quotations_over_several_fragments_are_found_and_their_changes_too(maker: CorpusMaker) -> None:
    rng = random.Random(7)
    words = [f"palabra{rng.randrange(900)}" for _ in range(420)]
    maker.event()
    maker.mesa(transcripcion_txt=f"CONSEJERA ANA RUIZ: {' '.join(words)}.\n")
    maker.update()
    assert len(maker.passages("foro/mesa-1")) > 2
    index = open_index(maker.settings.index)
    found = check(index, " ".join(words[60:400]))
    assert found["veredicto"] == "textual"
    assert len(found["coincidencias"][0]["fragmentos"]) > 2
    changed = [*words[60:200], "no", *words[200:400]]
    (place,) = check(index, " ".join(changed))["coincidencias"]
    assert (place["veredicto"], changes(place)) == ("casi", [("sobra", "no", "", ["negacion"])])
    index.close()


def test_a_phrase_that_everybody_says_is_listed_in_part_and_said_so(maker: CorpusMaker) -> None:
    maker.event()
    said = "\n\n".join(f"PERSONA {n}: Muchas gracias, presidenta, por la palabra {n}." for n in range(90))
    maker.mesa(transcripcion_txt=said)
    maker.update()
    index = open_index(maker.settings.index)
    found = check(index, "Muchas gracias, presidenta")
    assert found["veredicto"] == "textual"
    assert len(found["coincidencias"]) == 20
    assert found["avisos"] == ["Muchos fragmentos tienen estas palabras: se muestran 20 lugares"]
    index.close()


def test_among_many_fragments_the_one_that_spells_it_so_is_found(maker: CorpusMaker) -> None:
    maker.event()
    said = [f"PERSONA {n}: Todo está bien, señora, en la casilla {n}." for n in range(90)]
    said.insert(70, "PERSONA 900: Todo, esta bien señora, sigue igual.")
    maker.mesa(transcripcion_txt="\n\n".join(said))
    maker.update()
    index = open_index(maker.settings.index)
    (place,) = check(index, "esta bien señora sigue igual")["coincidencias"]
    assert place["persona"] == "PERSONA 900"
    (place,) = check(index, "esta bien señora")["coincidencias"]
    assert (place["veredicto"], place["persona"]) == ("textual", "PERSONA 900")
    index.close()
