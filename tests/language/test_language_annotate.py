"""Fragments get their topics and the entities they name; spaCy is loaded only when there is work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from indexer.language.annotate import Annotator, analyzer_name
from indexer.language.entities import Entities, default_entities
from indexer.language.vocabulary import Vocabulary
from indexer.model import Kind, Passage, Topic

VOCABULARY = Vocabulary(
    [
        Topic("prep", "Programa de Resultados Electorales Preliminares", acronyms=("PREP",)),
        Topic("documentacion", "Documentación electoral", signs=("boletas",)),
    ]
)
ENTITIES = Entities(default_entities())


def fragment(text: str, number: int = 1) -> Passage:
    return Passage(number=number, order=number, kind=Kind.TRANSCRIPT, turn=0, text=text)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(VOCABULARY, ENTITIES)


def mentioned(annotator: Annotator, text: str) -> set[str]:
    [passage] = annotator.annotate([fragment(text)])
    return set(passage.mentions)


def test_topics_and_mentions_are_filled_and_nothing_else_changes(annotator: Annotator) -> None:
    given = fragment("Las boletas y el PREP de Sonora, según el INE y el IEEM.")
    [passage] = annotator.annotate([given])
    assert passage.topics == ("documentacion", "prep")
    assert passage.mentions == ("ieem", "ine", "sonora")
    assert (passage.text, passage.number, passage.kind) == (given.text, given.number, given.kind)


def test_spacy_learns_no_word_of_the_texts(annotator: Annotator) -> None:
    assert mentioned(annotator, "Habla el INE") == {"ine"}
    assert annotator._engine is not None
    known = len(annotator._engine._nlp.vocab)
    assert mentioned(annotator, "El INE y la palabra ornitorrinco, el verbo desoxirribonucleico") == {"ine"}
    assert len(annotator._engine._nlp.vocab) == known


def test_a_name_with_other_words_in_it_is_not_that_name(annotator: Annotator) -> None:
    assert mentioned(annotator, "Baja la California y el Instituto de verdad Nacional Electoral") == set()


def test_many_fragments_keep_their_order(annotator: Annotator) -> None:
    texts = [f"Fragmento {n} de {'Oaxaca' if n % 3 else 'Jalisco'}." for n in range(150)]
    found = list(annotator.annotate(fragment(text, n) for n, text in enumerate(texts)))
    assert [passage.text for passage in found] == texts
    assert [passage.mentions for passage in found] == [("oaxaca",) if n % 3 else ("jalisco",) for n in range(150)]
    assert list(annotator.annotate([])) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("El Estado de México y la Ciudad de México.", {"estado-de-mexico", "ciudad-de-mexico"}),
        ("Ni Nuevo México ni México son el Edomex.", {"estado-de-mexico"}),
        ("Baja California Sur participó.", {"baja-california-sur"}),
        ("El Instituto Electoral del Estado de México resolvió.", {"ieem"}),
        ("En Guerrero y en Hidalgo hubo elecciones.", {"guerrero", "hidalgo"}),
        ("La consejera Guerrero pidió la palabra.", set()),
        ("Laura Guerrero Gómez y Miguel Hidalgo.", set()),
        ("Sobre la avenida Morelos está la sede.", set()),
        ("El Congreso de Morelos y el OPLE Hidalgo.", {"morelos", "hidalgo"}),
        ("Un espíritu guerrero con voz sonora; comió pan.", set()),
        ("El PAN, el PRI y Morena votaron a favor.", {"pan", "pri", "morena"}),
        ("La señora Ruiz, morena y alta, habló en Puebla.", {"puebla"}),
        ("Vinieron de Michoacan, QUERÉTARO y la CDMX.", {"michoacan", "queretaro", "ciudad-de-mexico"}),
        ("oaxaca, guerrero y chiapas tienen sistemas normativos", {"oaxaca", "guerrero", "chiapas"}),
        ("el ople de hidalgo compró una banda sonora", {"hidalgo"}),
        ("ese guerrero no se rinde y hidalgo tampoco", set()),
        ("en sonora el ine y el ieem trabajaron con colima", {"sonora", "ine", "ieem", "colima"}),
        ("", set()),
    ],
)
def test_what_is_named_is_told_from_what_only_looks_like_it(
    annotator: Annotator, text: str, expected: set[str]
) -> None:
    assert mentioned(annotator, text) == expected


def test_a_trained_pipeline_tells_persons_from_states(tmp_path: Path) -> None:
    import spacy

    pipeline = spacy.blank("es")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Hidalgo"}])  # type: ignore[attr-defined]
    pipeline.to_disk(tmp_path / "entrenado")
    text = "Lo dijo Hidalgo en Oaxaca."
    assert mentioned(Annotator(VOCABULARY, ENTITIES), text) == {"hidalgo", "oaxaca"}
    assert mentioned(Annotator(VOCABULARY, ENTITIES, str(tmp_path / "entrenado")), text) == {"oaxaca"}


def test_an_annotator_without_work_and_its_name_never_load_spacy() -> None:
    code = (
        "import sys\n"
        "from indexer.language.annotate import Annotator, analyzer_name\n"
        "from indexer.language.entities import Entities\n"
        "from indexer.language.vocabulary import Vocabulary\n"
        "print(analyzer_name()); list(Annotator(Vocabulary(()), Entities(())).annotate([]))\n"
        "sys.exit('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.strip() == analyzer_name()


def test_the_name_of_the_analyzer_holds_the_version_of_spacy() -> None:
    import spacy

    assert f"spacy {spacy.__version__}" in analyzer_name()
