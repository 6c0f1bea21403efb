"""An edited text as corrections, and who speaks as changes: what a form says and what a command is told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.corpus.apply_corrections import corrected_passage
from indexer.corpus.corrections_file import Correction
from indexer.model import Kind
from indexer.model.passage import Passage
from search_app.desk.forms.corrections import CorrectionsForm, as_edited, corrections_form
from search_app.desk.forms.edits import Edit, edits_of, kept
from search_app.desk.forms.form_fields import InvalidInput, folder_name, pasted_suffix, shown_name, suffix_of
from search_app.desk.forms.speakers import as_given, as_typed, changes_of, speakers_form
from search_app.desk.forms.upload_limits import typed_before_file
from search_app.desk.forms.word_changes import WordChange, word_changes

WORDS = st.sampled_from(
    ["la", "mesa", "Gómez", "gomez,", "(Inaudible)", "PREP.", "del", "del", "25", "año", "¿qué?", "«sí»"]
)
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


def laid(original: str, changes: list[WordChange]) -> str:
    """The original with the corrections laid over it, by whom lays them."""
    passage = Passage(1, 0, Kind.TRANSCRIPT, 0, original)
    asked = [Correction(1, one.was, one.reads, one.time) for one in changes]
    found, notes = corrected_passage(passage, asked)
    assert not notes
    return found.text


@given(LINES, LINES)
def test_the_corrections_of_an_edited_text_make_that_text(original: str, edited: str) -> None:
    try:
        changes = word_changes(original, edited)
    except InvalidInput:
        return
    assert laid(original, changes).split() == edited.split()


@given(LINES)
def test_what_was_not_edited_needs_no_correction(text: str) -> None:
    assert word_changes(text, text) == []


def test_a_correction_is_as_short_as_whole_words_allow() -> None:
    text = "habló la consejera Gomez y la consejera Gomez otra vez"
    edited = "habló la consejera Gomez y la consejera Gómez otra vez"
    assert word_changes(text, edited) == [WordChange("Gomez", "Gómez", 2)]
    assert word_changes("hola mundo", "hola gran mundo") == [WordChange("hola", "hola gran", 1)]
    assert word_changes("eh hola mundo", "hola mundo") == [WordChange("eh", "", 1)]
    assert word_changes("a\nb c", "a\nb d") == [WordChange("c", "d", 1)]


@pytest.mark.parametrize("edited", ["una dos", "una\ndos\ntres", " ", ""])
def test_lines_are_neither_joined_nor_parted_nor_emptied(edited: str) -> None:
    with pytest.raises(InvalidInput):
        word_changes("una\ndos", edited)


ANSWER: dict[str, Any] = {
    "base": "b" * 64,
    "correcciones": [{"numero": 2, "de": "gomez", "a": "Gómez", "vez": 1, "autor": "eva", "fecha": "2025-01-02"}],
    "cotejados": [1],
    "dudosas": [],
    "fragmentos": [
        {
            "numero": 1,
            "inicio_s": 0.0,
            "persona": None,
            "texto": "hola a todas",
            "cotejado": {"autor": "eva", "fecha": None},
        },
        {"numero": 2, "inicio_s": 9.0, "persona": "Eva", "texto": "dijo Gómez", "texto_original": "dijo gomez"},
    ],
}


def written(form: dict[str, str], now: dict[str, Any] = ANSWER) -> list[dict[str, Any]]:
    """What a form of the page ``ANSWER`` asks to write, sent when the state is ``now``."""
    edits = edits_of({"vistos": corrections_form(ANSWER).seen, **form})
    given_now = as_edited(edits, corrections_form(now, edits))
    assert set(given_now) == {"fragmentos"}
    return list(given_now["fragmentos"])


BOXES = {"t1": "hola a todas", "c1": "si", "t2": "dijo Gómez"}
"""What a browser sends when nobody touched anything."""


def test_only_what_was_edited_is_written() -> None:
    assert written(BOXES) == []
    assert written({**BOXES, "t1": "hola a todos", "c1": "", "c2": "si"}) == [
        {
            "numero": 1,
            "antes": "hola a todas",
            "correcciones": [{"de": "todas", "a": "todos", "vez": 1}],
            "cotejado": False,
        },
        {"numero": 2, "antes": "dijo Gómez", "cotejado": True},
    ]


def test_an_edit_back_to_the_original_takes_the_correction_away() -> None:
    assert written({**BOXES, "t2": "dijo gomez"}) == [{"numero": 2, "antes": "dijo Gómez", "correcciones": []}]


def test_what_could_not_be_written_is_still_in_its_box() -> None:
    shown = corrections_form(ANSWER, [Edit(1, "hola\na todas", None, "")])
    assert shown.fragments[0].shown == "hola\na todas"
    assert shown.fragments[0].open
    assert not shown.fragments[1].open


def changed(number: int, **values: Any) -> dict[str, Any]:
    """The state after somebody else changed one fragment."""
    fragments = [{**one, **values} if one["numero"] == number else one for one in ANSWER["fragmentos"]]
    return {**ANSWER, "base": "d" * 64, "fragmentos": fragments}


def test_boxes_that_nobody_touched_follow_what_another_person_wrote() -> None:
    theirs = changed(2, texto="dijo Gámez", cotejado={"autor": "ana", "fecha": None})
    form = {**BOXES, "t1": "hola a todos"}
    edits = edits_of({"vistos": corrections_form(ANSWER).seen, **form})
    page = corrections_form(theirs, edits)
    assert [(one.shown, one.checked, one.open) for one in page.fragments] == [
        ("hola a todos", True, True),
        ("dijo Gámez", True, False),
    ]
    assert not page.both
    assert [one["numero"] for one in as_edited(edits, page)["fragmentos"]] == [1]


@pytest.mark.parametrize(
    ("form", "both"),
    [
        ({"t2": "dijo Gomis"}, (2,)),  # each wrote another thing
        ({"c2": "si"}, (2,)),  # what was compared with the video is not what stands there now
        ({"t2": "dijo Gámez"}, ()),  # both wrote the same
        ({"t2": "dijo Gámez", "c2": "si"}, ()),
        ({"t1": "hola", "c1": ""}, ()),
        ({"t2": "dijo Gomis", "d2": "si"}, ()),  # what the other person wrote stays
    ],
)
def test_a_fragment_that_two_people_changed_is_told_and_no_other_is(form: dict[str, str], both: tuple[int]) -> None:
    sent = {"vistos": corrections_form(ANSWER).seen, **BOXES, **form}
    edits = edits_of(sent)
    page = corrections_form(changed(2, texto="dijo Gámez"), edits)
    assert page.both == both
    assert edits_of(kept(sent, edits)) == edits
    if both:
        again = edits_of({**sent, "vistos": page.seen})
        assert corrections_form(changed(2, texto="dijo Gámez"), again).both == (), "it was seen now"


def test_what_was_typed_for_a_fragment_that_is_gone_is_shown() -> None:
    gone = {**ANSWER, "fragmentos": ANSWER["fragmentos"][:1]}
    edits = edits_of({"vistos": corrections_form(ANSWER).seen, **BOXES, "t2": "dijo Gomis"})
    assert corrections_form(gone, edits).lost == ((2, "dijo Gomis"),)


@given(st.lists(st.tuples(st.sampled_from(("ana", "beto")), st.integers(1, 2), LINES), max_size=6))
def test_whoever_sends_a_form_changes_no_fragment_that_they_did_not_touch(
    sendings: list[tuple[str, int, str]],
) -> None:
    """Each has a page open and sends all of its boxes, one of them edited."""
    texts = {1: "hola a todas", 2: "dijo gomez"}

    def state() -> dict[str, Any]:
        return {"fragmentos": [{"numero": n, "texto": t, "texto_original": t} for n, t in texts.items()]}

    pages = {"ana": corrections_form(state()), "beto": corrections_form(state())}
    for who, number, line in sendings:
        page = pages[who]
        boxes = {f"t{one.number}": one.shown for one in page.fragments}
        edits = edits_of({"vistos": page.seen, **boxes, f"t{number}": line})
        shown = corrections_form(state(), edits)
        asked = {one["numero"]: one for one in as_edited_where_it_can_be(edits, shown)}
        assert set(asked) <= {number} | {one.number for one in page.fragments if one.open}
        stood = {one.number: one.text for one in page.fragments}
        assert set(shown.both) == {n for n in asked if stood[n] != texts[n]}, "what was not seen is told"
        if not shown.both:
            texts |= {edit.number: edit.text for edit in edits if edit.number in asked and edit.text}
            shown = corrections_form(state())
        pages[who] = shown


def as_edited_where_it_can_be(edits: tuple[Edit, ...], shown: CorrectionsForm) -> list[dict[str, Any]]:
    try:
        return list(as_edited(edits, shown)["fragmentos"])
    except InvalidInput:
        return []


NAMES: dict[str, Any] = {
    "base": "c" * 64,
    "participantes": [{"nombre": "Ana"}, {"nombre": "Luis"}],
    "cambios": [{"inicio_s": 0.0, "persona": "Ana"}, {"inicio_s": 15.0, "persona": "Eva"}],
    "etiquetas": [],
    "fragmentos": [
        {
            "numero": n + 1,
            "inicio_s": 20.0 * n,
            "fin_s": 20.0 * (n + 1),
            "persona": "Ana" if n == 0 else "Eva",
            "texto": "uno dos",
            "subtitulos": [{"inicio_s": 20.0 * n, "texto": "uno"}, {"inicio_s": 20.0 * n + 15, "texto": "dos"}],
        }
        for n in range(3)
    ],
}


def test_the_page_without_script_sent_as_it_is_changes_nothing() -> None:
    page = speakers_form(NAMES)
    form = MultiDict(
        {"f1": "Ana", "desde1": "15.0", "luego1": "Eva", "f2": "", "f3": "", "desde3": "55.0", "luego3": ""}
    )
    assert as_given("b", changes_of(form, page.rows))["cambios"] == NAMES["cambios"]
    assert page.people == ("Ana", "Luis", "Eva")
    assert page.rows[0].cues[1].change == "Eva"


def test_with_script_every_change_is_said() -> None:
    form = MultiDict(
        [("con_programa", "si"), ("cambio", "20.0|Luis"), ("cambio", "0.0|Ana | López"), ("cambio", "35.0|-")]
    )
    changes = changes_of(form, ())
    assert changes == [(0.0, "Ana | López"), (20.0, "Luis"), (35.0, None)]
    assert as_typed(as_given("b", changes)) == changes


def test_what_somebody_else_changed_is_told_and_what_was_typed_is_shown() -> None:
    page = speakers_form(NAMES, [(0.0, "Luis"), (15.0, "Eva")])
    assert page.others == (("0:00", "Ana", "Luis"),)
    assert [row.person for row in page.rows] == ["Luis", "Eva", "Eva"]
    assert page.base == NAMES["base"]


@pytest.mark.parametrize("change", ["x|Ana", "|Ana", f"1|{'x' * 201}"])
def test_a_change_that_cannot_be_read_is_refused(change: str) -> None:
    with pytest.raises(InvalidInput):
        changes_of(MultiDict([("con_programa", "si"), ("cambio", change)]), ())


def test_names_and_formats_are_read_without_trusting_them() -> None:
    assert suffix_of("ACTA.VTT") == ".vtt"
    assert suffix_of("a/b.txt/c") == ""
    assert shown_name("\u202eabc\n.txt") == "�abc�.txt"
    assert len(shown_name("x" * 300 + ".vtt")) == 120
    assert shown_name("") == "(sin nombre)"
    assert pasted_suffix("WEBVTT\n\n") == ".vtt"
    assert pasted_suffix("1\n00:00:01,000 --> 00:00:02,000\nhola") == ".srt"
    assert pasted_suffix("0:00\nhola") == ".txt"
    assert folder_name("Mesa 5: Ñandú", frozenset(), "mesa") == "mesa-5-nandu"
    assert folder_name("Mesa 5", frozenset({"mesa-5", "mesa-5-2"}), "mesa") == "mesa-5-3"
    assert folder_name("p42", frozenset(), "mesa") == "mesa-p42"
    assert folder_name("¡¡!!", frozenset(), "mesa") == "mesa"
    assert typed_before_file(
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b\r\n', "x; boundary=b"
    ) == {"a": "1"}
    assert typed_before_file(b"", "x") == {}
