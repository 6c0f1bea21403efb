"""TOML as staff write it: every fault has a line or a key, a type, an example."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.page_toml import SESSION_KEYS, SessionSetting, read_event, read_session
from indexer.corpus.people_file import read_people
from indexer.corpus.redirects import read_redirects
from indexer.corpus.slugs import slug_fault
from indexer.corpus.toml_syntax import TomlFault, parse_toml, plain_text
from indexer.corpus.withdrawals_file import Withdrawn, exception_of, read_withdrawals
from indexer.errors import Problem, ReadError
from indexer.model import Certainty, Version
from indexer.model.session import Channel, Event, Session, Withdrawal

EVENT = Event("foro", "Foro", dt.date(2025, 12, 4), dt.date(2025, 12, 5))
SETTING = SessionSetting("foro", EVENT, frozenset({"prep"}))


def session_of(text: str, setting: SessionSetting = SETTING) -> tuple[Session | None, list[Problem]]:
    return read_session("mesa-1", setting, parse_toml(text), "foro/mesa-1/mesa.toml")


def event_of(text: str) -> tuple[Event | None, list[Problem]]:
    return read_event("foro", parse_toml(text), "foro/evento.toml")


def only(problems: list[Problem]) -> Problem:
    assert len(problems) == 1, problems
    return problems[0]


def test_a_whole_session_is_read() -> None:
    session, problems = session_of(
        """
        titulo = "  Innovación   tecnológica "
        numero = 5
        numero_inferido = true
        fecha = "2025-12-05"
        temas = ["prep"]
        video = "https://www.youtube.com/watch?v=abc"
        video_inicio_s = 12
        desde_s = 0
        hasta_s = 3600.5
        version = "estenografica"
        redaccion = "propia"
        [[participantes]]
        nombre = "Persona Uno"
        cargo = "Consejera"
        modera = true
        [[fuentes]]
        id = "A"
        titulo = "Boletín"
        fecha = 2025-12-04
        [[hechos]]
        texto = "Hubo mesa."
        certeza = "inferido"
        fuentes = ["A"]
        """
    )
    assert problems == []
    assert session is not None
    assert (session.title, session.number, session.date) == ("Innovación tecnológica", 5, dt.date(2025, 12, 5))
    assert (session.from_s, session.to_s, session.video_start_s) == (0.0, 3600.5, 12.0)
    assert (session.version, session.own_wording, session.topics) == (Version.OFFICIAL, True, ("prep",))
    assert session.participants[0].moderates
    assert (session.facts[0].certainty, session.facts[0].sources) == (Certainty.INFERRED, ("A",))


def test_a_whole_event_is_read_with_channels_of_both_forms() -> None:
    event, problems = event_of(
        'titulo = "Foro"\ninicio = 2025-12-04\nfin = 2025-12-05\nficticio = true\n'
        'canales = [{nombre = "YouTube", url = "https://www.youtube.com/@x"}]\n'
    )
    assert problems == []
    assert event is not None
    assert event.fictitious
    assert event.channels == (Channel("YouTube", "https://www.youtube.com/@x"),)
    plain, problems = event_of(
        'titulo = "Foro"\ninicio = 2025-12-04\nfin = 2025-12-04\ncanales = ["https://web.facebook.com/x"]'
    )
    assert problems == []
    assert plain is not None
    assert plain.channels == (Channel("web.facebook.com", "https://web.facebook.com/x"),)


@pytest.mark.parametrize(
    ("line", "fault", "cure"),
    [
        ("numero = true", "«numero» es true", "numero = 5"),
        ('numero = "7"', "número entero sin comillas", "numero = 7"),
        ("numero = -1", "entre 0 y 9999", "numero = 5"),
        (f"numero = 0x{'f' * 9000}", "un número enorme", "numero = 5"),
        ("numero_inferido = 1", "true o false", "numero_inferido = true"),
        ('fecha = "4/12/2025"', "una fecha AAAA-MM-DD", "fecha = 2025-12-04"),
        ('fecha = "2025-02-30"', "un día que no existe", "fecha = 2025-12-04"),
        ("fecha = 2025-12-05T10:00:00", "una fecha AAAA-MM-DD", "fecha = 2025-12-05"),
        ("temas = 'prep'", "una lista de textos", 'temas = ["prep", "computos"]'),
        ("temas = [1]", "una lista de textos", 'temas = ["prep", "computos"]'),
        ('video = "youtu.be/abc"', "http:// o https://", 'video = "https://'),
        ('video = "javascript:alert(1)"', "http:// o https://", 'video = "https://'),
        ('video = "https://[mal"', "http:// o https://", 'video = "https://'),
        ("video_inicio_s = -1", "0 o más", "video_inicio_s = 754.5"),
        ("video_inicio_s = nan", "0 o más", "video_inicio_s = 754.5"),
        ("video_inicio_s = inf", "0 o más", "video_inicio_s = 754.5"),
        ('desde_s = "1:02:03"', "un número de segundos", "desde_s = 3723"),
        ("desde_s = 9\nhasta_s = 9", "no es menor que", "el segundo en que empieza"),
        ('version = "estenografía"', "subtitulos_automaticos", 'version = "estenografica"'),
        ('redaccion = "ajena"', "debe ser propia", 'redaccion = "propia"'),
        ("redaccion = 3", "debe ser propia", 'redaccion = "propia"'),
        ("[participantes]\nnombre = 'X'", "una tabla por elemento", "dobles corchetes, [[participantes]]"),
        ("participantes = ['X']", "debe ser una tabla", "[[participantes]]"),
        ("[[participantes]]\ncargo = 'Consejera'", "[[participantes]] 1: falta «nombre»", "nombre = "),
        ("[[participantes]]\nnombre = 'X'\nfecha = 2025-12-04", "«fecha» no va aquí", "antes del primer [[…]]"),
        ("[[fuentes]]\nid = 'A'", "falta «titulo»", "titulo = "),
        ("[[fuentes]]\ntitulo = 'A'", "falta «id»", 'id = "A"'),
        ("[[hechos]]\ntexto = 'X'\ncerteza = 'confirmada'", "no_consta", 'certeza = "confirmado"'),
        ("[[hechos]]\ncerteza = 'confirmado'", "falta «texto»", "texto = "),
        ("[[hechos]]\ntexto='X'\ncerteza='inferido'\nfuentes=['Z']", "ninguna fuente con el id", "[[fuentes]]"),
        ('"título" = "X"', "no existe la clave «título»", "¿quiso decir «titulo»?"),
        ("Fecha = 2025-12-04", "no existe la clave «Fecha»", "¿quiso decir «fecha»?"),
        ("zzz = 1", "no existe la clave «zzz»", "las que hay son: titulo"),
    ],
)
def test_a_wrong_optional_key_is_an_error_with_an_example_and_the_session_stays(
    line: str, fault: str, cure: str
) -> None:
    session, problems = session_of(f'titulo = "Mesa"\n{line}')
    problem = only(problems)
    assert fault in problem.fault
    assert cure in problem.cure
    assert problem.severity == "error"
    assert session is not None


@pytest.mark.parametrize("line", ["", "titulo = 5", 'titulo = "  "', r'titulo = "a\u0000b"', r'titulo = "a\u202Eb"'])
def test_a_session_without_a_good_title_cannot_be_published(line: str) -> None:
    session, problems = session_of(line)
    assert session is None
    assert "titulo" in only(problems).fault


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["falta «titulo»", "falta «inicio»", "falta «fin»"]),
        ('titulo = "F"\ninicio = 2025-12-05\nfin = 2025-12-04', ["es anterior a «inicio»"]),
        ('titulo = "F"\ninicio = 5\nfin = "mañana"', ["«inicio» es 5", "«fin» es"]),
    ],
)
def test_an_event_without_title_and_days_cannot_be_published(text: str, faults: list[str]) -> None:
    event, problems = event_of(text)
    assert event is None
    assert len(problems) == len(faults)
    assert all(any(fault in problem.fault for problem in problems) for fault in faults)


def test_a_day_outside_the_event_and_an_unknown_topic_are_warnings() -> None:
    session, problems = session_of('titulo = "M"\nfecha = 2026-01-01\ntemas = ["prep", "nada"]')
    assert session is not None
    assert session.topics == ("prep",)
    assert {problem.severity for problem in problems} == {"aviso"}
    assert len(problems) == 2


def test_a_file_of_something_else_does_not_flood_the_report() -> None:
    _, problems = session_of("titulo = 'M'\n" + "\n".join(f"clave{n} = 1" for n in range(5000)))
    assert len(problems) == 21
    assert "4980 claves más" in problems[-1].fault


def test_topics_are_not_doubted_when_the_vocabulary_is_broken() -> None:
    session, problems = session_of('titulo = "M"\ntemas = ["nada"]', SessionSetting("foro", EVENT, None))
    assert session is not None
    assert (session.topics, problems) == (("nada",), [])


def test_a_repeated_source_is_an_error_and_the_first_one_stays() -> None:
    event, problems = event_of(
        'titulo="F"\ninicio=2025-12-04\nfin=2025-12-04\n'
        '[[fuentes]]\nid="A"\ntitulo="Una"\n[[fuentes]]\nid="A"\ntitulo="Otra"'
    )
    assert "ya lo tiene otra fuente" in only(problems).fault
    assert event is not None
    assert [source.title for source in event.sources] == ["Una"]


def test_a_fact_of_a_session_may_name_a_source_of_its_event() -> None:
    event, _ = event_of('titulo="F"\ninicio=2025-12-04\nfin=2025-12-04\n[[fuentes]]\nid="A"\ntitulo="Una"')
    text = "titulo='M'\n[[hechos]]\ntexto='X'\ncerteza='confirmado'\nfuentes=['A']"
    session, problems = session_of(text, SessionSetting("foro", event, frozenset()))
    assert problems == []
    assert session is not None
    assert session.facts[0].sources == ("A",)


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("titulo = Mesa 5", 1, "no se entiende el valor"),
        ("\ntitulo = “Mesa”", 2, "comillas tipográficas"),
        ('titulo = "a"\ntitulo = "b"', 2, "dos veces"),
        ('titulo = "a', 1, "comillas"),
        ('a = 1\ntitulo "x"', 2, "falta el signo ="),
        ('titulo = "a" "b"', 1, "sobra texto"),
        ("temas = [1", 1, "falta cerrar la lista"),
        ('titulo = "C:\\Mesa"', 1, "diagonal invertida"),
        ("fecha = 2025-02-30", 1, "la fecha no existe"),
        ("x = " + "[" * 5000, None, "anidados"),
    ],
)
def test_a_syntax_error_names_its_line_and_says_what_to_write(text: str, line: int | None, fault: str) -> None:
    with pytest.raises(TomlFault) as caught:
        parse_toml(text)
    assert caught.value.line == line
    assert fault in caught.value.fault
    assert caught.value.problem("a.toml").path == ("a.toml" if line is None else f"a.toml:{line}")


@pytest.mark.parametrize("key", ["fecha", "inicio", "fin"])
@pytest.mark.parametrize(
    "value", ["14-10-2026", "2026-31-12", "14 de octubre de 2026", "14/10/2026", "octubre", "2026-02-30", ""]
)
def test_a_date_written_another_way_says_how_dates_are_written(key: str, value: str) -> None:
    with pytest.raises(TomlFault) as raised:
        parse_toml(f"titulo = 'M'\n{key} = {value}\n")
    assert raised.value.line == 2
    assert "fecha" in raised.value.fault
    assert raised.value.cure == "escríbala AAAA-MM-DD, sin comillas, por ejemplo 2026-10-14"


@pytest.mark.parametrize(
    ("line", "key"), [('título = "x"', "titulo"), ("índice = 1", "indice"), ("ti\u0301tulo = 1", "titulo")]
)
def test_a_key_with_an_accent_is_told_its_name_without_it(line: str, key: str) -> None:
    with pytest.raises(TomlFault) as raised:
        parse_toml(f"a = 1\n{line}\n")
    assert raised.value.line == 2
    assert "lleva acento" in raised.value.fault
    assert raised.value.cure == f"escríbala sin acento: {key}"


@pytest.mark.parametrize(("line", "cure"), [('fecha = "2026-10-14', "comillas"), ("título x", "clave = valor")])
def test_other_faults_of_those_lines_keep_their_cure(line: str, cure: str) -> None:
    with pytest.raises(TomlFault) as raised:
        parse_toml(line)
    assert cure in raised.value.cure
    assert "acento" not in raised.value.cure


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("titulo = 'año'".encode("cp1252"), "UTF-8"),
        ("titulo = 'año'".encode("utf-16"), "UTF-16"),
        ("titulo = 'x'".encode("utf-16-le"), "nulos"),
        (b"a\0b", "nulos"),
        (b"#" * 5_000_001, "5 MB"),
    ],
)
def test_a_file_that_is_not_utf8_says_how_to_save_it(tmp_path: Path, data: bytes, fault: str) -> None:
    path = tmp_path / "mesa.toml"
    path.write_bytes(data)
    with pytest.raises(ReadError, match=fault):
        plain_text(path)


def test_a_bom_is_accepted(tmp_path: Path) -> None:
    path = tmp_path / "mesa.toml"
    path.write_bytes(b"\xef\xbb\xbftitulo = 'M'\r\n")
    assert parse_toml(plain_text(path)) == {"titulo": "M"}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.dates()
    | st.datetimes()
    | st.times(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "titulo", "texto", "certeza", "nombre", "url", "fecha", "x"]), inner)
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from((*SESSION_KEYS, "inicio", "fin", "canales", "otra")) | st.text(max_size=8), VALUES)
)
def test_no_table_whatever_makes_a_check_raise(values: dict[str, object]) -> None:
    values = {key: value for key, value in values.items() if value is not None}
    for found in (
        read_session("mesa-1", SETTING, values, "a")[1],
        read_event("foro", values, "a")[1],
        read_people({"personas": values.get("hechos", values)}, "a")[1],
        read_redirects(values, "a")[1],
        read_withdrawals(dt.date(2025, 1, 1), {"retirados": values.get("hechos", values)}, "a")[1],
    ):
        assert all(problem.fault and problem.cure for problem in found)
        assert all(len(str(problem)) < 2000 for problem in found)


@given(st.text(max_size=60))
def test_no_text_whatever_makes_the_parser_raise_anything_but_a_fault(text: str) -> None:
    with contextlib.suppress(TomlFault):
        assert isinstance(parse_toml(text), dict)


def test_messages_write_solo_without_an_accent() -> None:
    fault = slug_fault("Mesa Uno")
    entry = Withdrawal("foro/m", None, dt.date(2026, 1, 1), "x", ())
    assert fault is not None
    assert "solo puede llevar" in fault[0]
    assert exception_of(entry).startswith("solo si")


def test_people_keep_their_variants_and_a_shared_one_stays_with_the_first() -> None:
    (people, _), problems = read_people(
        parse_toml('[[personas]]\nnombre="Ana Ruiz"\nvariantes=["A. Ruiz"]\n[[personas]]\nnombre="Alma Ruiz"\n'
                   'variantes=["a. ruíz", "Almita"]'),
        "personas.toml",
    )  # fmt: skip
    assert [(person.name, person.variants) for person in people] == [
        ("Ana Ruiz", ("A. Ruiz",)),
        ("Alma Ruiz", ("Almita",)),
    ]
    assert "ya es" in only(problems).fault


def test_redirects_are_normalised_and_their_chains_resolved() -> None:
    redirects, problems = read_redirects(
        parse_toml('"/foro/a/" = "foro/b"\n[redirecciones]\n"foro/b" = "/foro/c/"\nviejo = "foro"'), "r.toml"
    )
    assert problems == []
    assert redirects == {"foro/a": "foro/c", "foro/b": "foro/c", "viejo": "foro"}


def test_redirects_in_a_circle_are_one_error_and_the_others_stay() -> None:
    redirects, problems = read_redirects(parse_toml('a = "b"\nb = "c"\nc = "b"\nx = "y"\nyo = "yo"'), "r.toml")
    assert redirects == {"x": "y"}
    assert sorted(problem.fault for problem in problems) == [
        "estas direcciones dan vueltas: b -> c -> b",
        "estas direcciones dan vueltas: yo -> yo",
    ]


@pytest.mark.parametrize("line", ['"a/b/c" = "d"', '"https://x.mx/a" = "b"', '"a#p3" = "b"', "a = 5", 'api = "b"'])
def test_a_redirect_that_is_no_page_is_an_error(line: str) -> None:
    redirects, problems = read_redirects(parse_toml(line), "r.toml")
    assert redirects == {}
    assert "no es la dirección" in only(problems).fault


def test_a_withdrawal_that_lacks_its_date_still_withdraws() -> None:
    day = dt.date(2026, 1, 2)
    entries, problems = read_withdrawals(
        day, parse_toml(f'[[retirados]]\nruta = "foro\\\\mesa-1/"\nsha256 = "{"A" * 64}"'), "retirados.toml"
    )
    assert len(problems) == 2
    withdrawn = Withdrawn(entries)
    assert withdrawn.folder("foro/mesa-1") == entries[0]
    assert withdrawn.file("otro/mesa/descripcion.txt", "a" * 64) == entries[0]
    assert withdrawn.folder("foro/mesa-12") is None
    assert entries[0].date == day


def test_an_empty_file_that_was_withdrawn_does_not_forbid_every_empty_file() -> None:
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    entries, _ = read_withdrawals(
        dt.date(2026, 1, 2),
        parse_toml(f'[[retirados]]\nruta="foro/m/descripcion.txt"\nsha256="{empty}"\nfecha=2026-01-01\nmotivo="x"'),
        "retirados.toml",
    )
    assert Withdrawn(entries).file("foro/otra/descripcion.txt", empty) is None
