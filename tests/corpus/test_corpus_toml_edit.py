"""Changing TOML that people wrote: every type of value, rows of tables, and what must not change."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.toml_edit import with_keys
from indexer.errors import ReadError

MESA = """# La mesa 5, como la dejó el programa.
titulo = "Innovación"   # sin acentos en el cartel
numero = 5
temas = [
    "prep",     # por el título
    "computos",
]

# Quien modera va primero.
[[participantes]]
nombre = "Ana Ruiz"
cargo = "Consejera"     # desde 2024
modera = true

[[participantes]]
nombre = "Luis Mora"

# Las fuentes son del boletín.
[[fuentes]]
id = "A"
titulo = "Boletín"
"""


def test_a_value_of_each_type_is_set_and_its_comment_stays() -> None:
    values = {"titulo": 'La "otra"', "numero": 6, "fecha": dt.date(2025, 12, 4), "desde_s": 12.5, "inferido": True}
    changed = with_keys(MESA, values)
    assert tomllib.loads(changed) == tomllib.loads(MESA) | values
    assert 'titulo = "La \\"otra\\""   # sin acentos en el cartel\nnumero = 6\n' in changed
    assert changed.index("desde_s") < changed.index("# Quien modera")


def test_what_is_empty_takes_its_key_away_and_nothing_else() -> None:
    changed = with_keys(MESA, {"numero": None, "fecha": None, "temas": []})
    assert "numero" not in changed
    assert "prep" not in changed
    assert changed.endswith(MESA[MESA.index("\n# Quien modera") :])


def test_in_a_list_of_texts_what_stays_keeps_its_comment() -> None:
    changed = with_keys(MESA, {"temas": ["prep", "paridad"]})
    assert tomllib.loads(changed)["temas"] == ["prep", "paridad"]
    assert '"prep",     # por el título' in changed


def test_a_row_that_changes_keeps_its_comments_and_the_others_their_bytes() -> None:
    rows = [{"nombre": "Ana Ruiz", "cargo": "Presidenta", "modera": True}, {"nombre": "Luis Mora"}]
    assert with_keys(MESA, {"participantes": rows}) == MESA.replace('"Consejera"', '"Presidenta"')
    named = [tomllib.loads(MESA)["participantes"][0], {"nombre": "Luis Mora Paz"}]
    assert with_keys(MESA, {"participantes": named}) == MESA.replace("Luis Mora", "Luis Mora Paz")


def test_rows_come_and_go_in_the_order_that_is_asked_for() -> None:
    rows = [{"nombre": "Eva Sol", "modera": False}, {"nombre": "Luis Mora"}]
    changed = with_keys(MESA, {"participantes": rows})
    assert tomllib.loads(changed)["participantes"] == rows
    assert changed.endswith(MESA[MESA.index("# Las fuentes") :])
    assert "participantes" not in with_keys(MESA, {"participantes": []})
    facts = [{"texto": "Fue en Toluca.", "fuentes": ["A"]}]
    added = with_keys(MESA, {"hechos": facts})
    assert added == MESA + '\n[[hechos]]\ntexto = "Fue en Toluca."\nfuentes = ["A"]\n'


def test_a_list_of_tables_in_one_line_can_be_changed_too() -> None:
    text = "titulo = 'F'\ncanales = [{ nombre = 'a', url = 'b' }]\n"
    channels = [{"nombre": "a", "url": "c"}]
    assert tomllib.loads(with_keys(text, {"canales": channels})) == {"titulo": "F", "canales": channels}
    assert with_keys(text, {"canales": []}) == "titulo = 'F'\n"
    assert with_keys(text, {"canales": [{"url": "b", "nombre": "a"}], "titulo": "F"}) == text


def test_a_number_that_stood_for_yes_becomes_yes() -> None:
    assert with_keys("modera = 1\n", {"modera": True}) == "modera = true\n"


def test_what_cannot_be_changed_without_risk_is_refused() -> None:
    with pytest.raises(ReadError, match="a mano"):
        with_keys('[[hechos]]\ntexto = """\n[[hechos]]\n"""\n', {"hechos": [{"texto": "otro"}, {"texto": "más"}]})


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
_ROWS = st.lists(
    st.fixed_dictionaries(
        {"nombre": _WORDS}, optional={"modera": st.booleans(), "variantes": st.lists(_WORDS, min_size=1)}
    ),
    max_size=4,
)
_VALUES = st.fixed_dictionaries(
    {},
    optional={
        "titulo": _WORDS, "numero": st.none() | st.integers(0, 9999), "fecha": st.none() | st.dates(),
        "desde_s": st.floats(0, 1e6), "modera": st.booleans(), "temas": st.lists(_WORDS),
        "participantes": _ROWS, "hechos": _ROWS, "fuentes": _ROWS,
    },
)  # fmt: skip


@given(st.lists(_VALUES, min_size=1, max_size=3), st.sampled_from(["\n", "\r\n"]))
def test_whatever_is_asked_for_is_there_and_the_rest_as_it_was(changes: list[dict[str, Any]], newline: str) -> None:
    text = MESA.replace("\n", newline)
    for values in changes:
        before = tomllib.loads(text)
        text = with_keys(text, values)
        kept = {key: value for key, value in before.items() if key not in values}
        assert tomllib.loads(text) == kept | {key: one for key, one in values.items() if one not in (None, [])}
        assert with_keys(text, values) == text
