"""Fragments get their topics and the entities they name; spaCy is loaded only where rules cannot tell."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from indexer.language import annotate
from indexer.language.annotate import Annotator, analyzer_name, trained_pipeline
from indexer.language.entities import Entities, default_entities
from indexer.language.vocabulary import Vocabulary
from indexer.model import Kind
from indexer.model.passage import Passage
from indexer.model.vocabulary import Topic

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
        ("La consejera Guerrero pidió la palabra.", {"guerrero-persona"}),
        ("Laura Guerrero Gómez y Miguel Hidalgo.", {"laura-guerrero-gomez", "miguel-hidalgo"}),
        ("Sobre la avenida Morelos está la sede.", set()),
        ("El Congreso de Morelos y el OPLE Hidalgo.", {"morelos", "hidalgo"}),
        ("Un espíritu guerrero con voz sonora; comió pan.", set()),
        ("El PAN, el PRI y Morena votaron a favor.", {"pan", "pri", "morena"}),
        ("La señora Ruiz, morena y alta, habló en Puebla.", {"puebla", "ruiz"}),
        ("Vinieron de Michoacan, QUERÉTARO y la CDMX.", {"michoacan", "queretaro", "ciudad-de-mexico"}),
        ("oaxaca, guerrero y chiapas tienen sistemas normativos", {"oaxaca", "guerrero", "chiapas"}),
        ("el ople de hidalgo compró una banda sonora", {"hidalgo"}),
        ("ese guerrero no se rinde y hidalgo tampoco", set()),
        ("en sonora el ine y el ieem trabajaron con colima", {"sonora", "ine", "ieem", "colima"}),
        (
            "La UIF, el Congreso de la Unión y el OPLE Veracruz, antes IEV.",
            {"uif", "congreso-de-la-union", "ople-veracruz"},
        ),
        ("La Comisión Estatal Electoral de Nuevo León era la CEE.", {"ieepcnl"}),
        ("Con fuerza por México entero, un panal y una nueva alianza.", set()),
        ("", set()),
    ],
)
def test_what_is_named_is_told_from_what_only_looks_like_it(
    annotator: Annotator, text: str, expected: set[str]
) -> None:
    assert mentioned(annotator, text) == expected


def test_a_trained_pipeline_tells_persons_from_states(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    """One of an older spaCy too, and nobody is warned of that."""
    import spacy

    pipeline = spacy.blank("es")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Hidalgo"}])  # type: ignore[attr-defined]
    pipeline.to_disk(tmp_path / "entrenado")
    meta = tmp_path / "entrenado" / "meta.json"
    meta.write_text(meta.read_text().replace(pipeline.meta["spacy_version"], ">=3.1.0,<3.2.0"))
    text = "Lo dijo Hidalgo en Oaxaca."
    assert mentioned(Annotator(VOCABULARY, ENTITIES), text) == {"hidalgo", "oaxaca"}
    assert mentioned(Annotator(VOCABULARY, ENTITIES, str(tmp_path / "entrenado")), text) == {"oaxaca"}
    assert not recwarn.list


def test_a_trained_pipeline_is_asked_only_where_rules_cannot_tell(tmp_path: Path) -> None:
    """One that is not there raises as soon as it is loaded."""
    annotator = Annotator(VOCABULARY, ENTITIES, str(tmp_path / "ninguna"))
    assert mentioned(annotator, "El INE, el IEEM y Oaxaca.") == {"ine", "ieem", "oaxaca"}
    with pytest.raises(OSError, match="ninguna"):
        mentioned(annotator, "Lo dijo Hidalgo en Oaxaca.")


@pytest.mark.skipif(trained_pipeline() is not None, reason="a trained pipeline is installed, and is asked")
def test_what_rules_can_tell_never_loads_spacy() -> None:
    code = (
        "import sys\n"
        "from indexer.language.annotate import Annotator, analyzer_name\n"
        "from indexer.language.entities import Entities, default_entities\n"
        "from indexer.language.vocabulary import Vocabulary\n"
        "from indexer.model import Kind\nfrom indexer.model.passage import Passage\n"
        "said = Passage(1, 0, Kind.TRANSCRIPT, 0, 'Hidalgo y el INE hablaron en Oaxaca.')\n"
        "[told] = Annotator(Vocabulary(()), Entities(default_entities())).annotate([said])\n"
        "print(analyzer_name(), *told.mentions); sys.exit('spacy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.strip() == f"{analyzer_name()} hidalgo ine oaxaca"


def test_the_name_of_the_analyzer_holds_the_pipeline_and_its_spacy(monkeypatch: pytest.MonkeyPatch) -> None:
    import spacy

    monkeypatch.setattr(annotate, "_TRAINED", ("numpy",))  # a package that is there stands for a pipeline
    assert f"spacy {spacy.__version__}, numpy {metadata.version('numpy')}" in analyzer_name()
