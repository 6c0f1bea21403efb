"""The grammar: what each form means, and that no text is ever an error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import QueryRejected
from indexer.index.query import AnyOf, Clause, Phrase, Prefix, Term, Word
from indexer.language.spanish import fold, tokens
from search_app.asking.grammar import LONGEST, MOST_WORDS, parse
from search_app.asking.typed_text import clean


def words(*texts: str) -> tuple[Word, ...]:
    return tuple(map(Word, texts))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", ()),
        ("PREP cómputos", words("PREP", "cómputos")),
        ('"buenas prácticas" hoy', (Phrase(("buenas", "prácticas")), Word("hoy"))),
        ('"a b"~5', (Phrase(("a", "b"), 5),)),
        ('"a"~5', (Phrase(("a",)),)),
        ('"a b"~', (Phrase(("a", "b")),)),
        ("a b OR c", (Word("a"), AnyOf(words("b", "c")))),
        ("a O b O c", (AnyOf(words("a", "b", "c")),)),
        ('x OR "dos tres" OR cua*', (AnyOf((Word("x"), Phrase(("dos", "tres")), Prefix("cua"))),)),
        ("a or b", words("a", "or", "b")),
        ("¿a? O b", words("a", "O", "b")),
        ("lo presentó. O sea", words("lo", "presentó", "O", "sea")),
        ("¿a? OR b", (AnyOf(words("a", "b")),)),
        ("EE. UU. O México", (Word("EE"), AnyOf(words("UU", "México")))),
        ("lo -perdón- dijo", words("lo", "perdón", "dijo")),
        ("-como dijo ayer-, lo hizo", words("como", "dijo", "ayer", "lo", "hizo")),
        ("PREP AND cómputos", words("PREP", "cómputos")),
        ("verdad Y justicia", words("verdad", "justicia")),
        ("SUFRAGIO EFECTIVO NO REELECCIÓN", words("SUFRAGIO", "EFECTIVO", "NO", "REELECCIÓN")),
        ("VERDAD Y JUSTICIA mesa:5", words("VERDAD", "Y", "JUSTICIA")),
        ("NO discriminación", words("NO", "discriminación")),
        ("lo presentó. NO pasó", words("lo", "presentó", "NO", "pasó")),
        ("SÍ O NO pasó", (AnyOf(words("SÍ", "NO")), Word("pasó"))),
        ("dijo NO a la reforma", words("dijo", "NO", "a", "la", "reforma")),
        ("votar por el NO", words("votar", "por", "el", "NO")),
        ("lo —perdón— dijo —no", words("lo", "perdón", "dijo", "no")),
        ("lo –perdón– dijo", words("lo", "perdón", "dijo")),
        ("qué se dijo de la urna", words("de", "la", "urna")),
        ("¿Quién habló acerca del PREP?", words("del", "PREP")),
        ("qué dijo", words("qué", "dijo")),
        ("qué dijo que haría", words("qué", "dijo", "que", "haría")),
        ("como dijo ayer", words("como", "dijo", "ayer")),
        ("PREP OR", words("PREP")),
        ("OR PREP", words("PREP")),
        ("a OR OR b", (AnyOf(words("a", "b")),)),
        ("(a OR b) c", (AnyOf(words("a", "b")), Word("c"))),
        ("político-electoral OR x", (AnyOf((Phrase(("político", "electoral")), Word("x"))),)),
        ("político-electoral", words("político", "electoral")),
        ("capacit*", (Prefix("capacit"),)),
        ("ab* *", words("ab")),
        ("pre*fijo", words("pre", "fijo")),
        ("- palabra --otra", words("palabra", "otra")),
        ("“uno dos” «tres»", (Phrase(("uno", "dos")), Phrase(("tres",)))),
        ('"sin cerrar', words("sin", "cerrar")),
        ('"uno" dos" tres', (Phrase(("uno",)), Word("dos"), Word("tres"))),
        ("otro:valor", words("otro", "valor")),
        ("mesa: 5", words("mesa", "5")),
        ("prep~5", words("prep", "5")),
        ("[a TO z]", words("a", "TO", "z")),
        ("consejero(a)s", words("consejero")),
        ("educacio\u0301n", words("educación")),
        ("a\x00b\ud800c", words("a", "b", "c")),
        ("\u202eprep\u200f", words("prep")),
        ("🤖" * 50, ()),
    ],
)
def test_a_text_means(text: str, clauses: tuple[Clause, ...]) -> None:
    assert parse(text).clauses == clauses


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("a -b", (Word("b"),)),
        ('a -"b c"', (Phrase(("b", "c")),)),
        ("-capacit*", (Prefix("capacit"),)),
        ("a -político-electoral", (Phrase(("político", "electoral")),)),
        ("(-b)", (Word("b"),)),
        ("a OR -b c", (Word("b"),)),
        ("-", ()),
        ("- b", ()),
        ("--b", ()),
        ("a-b", ()),
        ("a –b −c", (Word("b"), Word("c"))),
        ("a —b", ()),
        ("a NOT b NO c", (Word("b"), Word("c"))),
        ("INE NOT PREP", (Word("PREP"),)),
        ("a AND NOT b", (Word("b"),)),
        ("NOT b", (Word("b"),)),
        ('a NOT "b c" NO b-c', (Phrase(("b", "c")),)),
        ("a NOT (b OR c) d", (Word("b"), Word("c"))),
        ('a NOT "b', ()),
        ("a NOT", ()),
        ("a -b- c", ()),
        ("a -b -c- d", (Word("b"),)),
        ('a -b "c- d"', (Word("b"),)),
        ("a -b - c", (Word("b"),)),
        ("-b-c d-e", (Phrase(("b", "c")),)),
        ('-"', ()),
    ],
)
def test_a_hyphen_before_a_word_excludes_it(text: str, excluded: tuple[Term, ...]) -> None:
    assert parse(text).excluded == excluded


def test_an_exclusion_never_joins_an_or_group() -> None:
    assert parse("a OR -b c").clauses == words("a", "c")


def test_fields_become_filters_and_the_same_field_twice_means_any() -> None:
    parsed = parse(
        'mesa:5 mesa:6 persona:"Ana Ruiz" tema:prep, entidad:sonora menciona:ine tipo:anuncio Versión:x evento:y'
    )
    assert parsed.clauses == ()
    assert parsed.filters.values == {
        "mesa": ("5", "6"), "persona": ("Ana Ruiz",), "tema": ("prep",), "entidad": ("sonora",),
        "menciona": ("ine",), "tipo": ("anuncio",), "version": ("x",), "evento": ("y",),
    }  # fmt: skip


def test_a_field_whose_quote_never_closes_is_read_as_words() -> None:
    assert parse('persona:"Ana Ruiz').clauses == words("persona", "Ana", "Ruiz")


def test_excluding_a_field_is_not_silently_something_else() -> None:
    parsed = parse("PREP -mesa:5")
    assert parsed.clauses == words("PREP")
    assert not parsed.excluded
    assert "-mesa:5" in parsed.notices[0]


def test_operators_alone_are_read_as_words() -> None:
    assert parse("OR OR").clauses == words("OR", "OR")


def test_more_than_32_content_words_are_cut_with_a_notice() -> None:
    parsed = parse("de la " * 20 + " ".join(f"palabra{n}" for n in range(40)))
    content = [c for c in parsed.clauses if isinstance(c, Word) and c.text.startswith("palabra")]
    assert len(content) == MOST_WORDS
    assert str(MOST_WORDS) in parsed.notices[0]


def test_function_words_do_not_count_against_the_limit() -> None:
    parsed = parse("de " * 200 + "PREP")
    assert parsed.clauses[-1] == Word("PREP")
    assert not parsed.notices


def test_a_phrase_is_cut_to_eight_words_with_a_notice() -> None:
    parsed = parse('"' + " ".join("abcdefghij") + '"')
    assert parsed.clauses == (Phrase(tuple("abcdefgh")),)
    assert "8 palabras" in parsed.notices[0]


def test_a_text_without_a_word_says_so() -> None:
    assert "ninguna palabra" in parse("¿?").notices[0]
    assert parse("   ").notices == ()


@pytest.mark.parametrize("text", ["x" * 1_001, "x" * 1_000_000, "ñ" * 5_000])
def test_over_a_thousand_characters_is_refused_in_spanish(text: str) -> None:
    with pytest.raises(QueryRejected, match="1,000 caracteres"):
        parse(text)


def test_length_is_counted_in_composed_letters() -> None:
    assert parse("o\u0301" * LONGEST).text == "ó" * LONGEST


@settings(max_examples=300)
@given(
    st.text(alphabet=st.characters(), max_size=1_200)
    | st.text(alphabet='ab"-*~5:() ORmesa«»\x00\u0301', max_size=1_000)
)
def test_no_text_is_an_error(text: str) -> None:
    try:
        parsed = parse(text)
    except QueryRejected:
        assert len(text) > LONGEST
        return
    parsed.text.encode()  # what is shown again can be sent
    assert all(fold(word) for clause in parsed.clauses if isinstance(clause, Word) for word in [clause.text])


plain_words = st.lists(st.text(alphabet="aábcñprtuü", min_size=1, max_size=8), min_size=1, max_size=20)


@given(plain_words)
def test_every_word_of_a_plain_query_survives_in_order(typed: list[str]) -> None:
    parsed = parse(" ".join(typed))
    assert [clause.text for clause in parsed.clauses if isinstance(clause, Word)] == [clean(word) for word in typed]


@given(st.text(max_size=300))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert [token.form for token in tokens(once)] == [token.form for token in tokens(clean(once))]


@pytest.mark.parametrize(
    "piece", ['"', "(", 'persona:"', "-", "a OR ", "mesa:", "*", '-"', '"a"~9', "a-b", "\u0301", "-a- ", "a. O "]
)
def test_the_densest_texts_are_read_to_their_end(piece: str) -> None:
    parsed = parse((piece * LONGEST)[: LONGEST - 6] + " final")
    last = parsed.clauses[-1] if parsed.clauses else None
    assert parsed.notices or last == Word("final") or (isinstance(last, AnyOf) and Word("final") in last.terms)
