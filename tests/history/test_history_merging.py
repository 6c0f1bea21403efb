"""An unrelated step never blocks an undo: what two steps wrote apart in one file is taken back apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import history
from indexer.errors import CorpusError
from tests.corpora import CorpusMaker

SPEAKERS, HEAD = "foro/mesa-1/hablantes.tsv", "inicio_s\tpersona\n"
CORRECTIONS, COLUMNS = "foro/mesa-1/correcciones.tsv", "numero\tde\ta\tvez\tautor\tfecha\n"
TOML, MESA = "foro/mesa-1/mesa.toml", 'titulo = "Mesa"\n'
ANA, EVA = '[[personas]]\nnombre = "Ana Ruiz"\n', '[[personas]]\nnombre = "Eva Sol"\n'
CHAIR, PANELIST = ANA.replace("personas", "participantes"), EVA.replace("personas", "participantes")
PREP, URNAS = '[[temas]]\nid = "prep"\netiqueta = "PREP"\n', '[[temas]]\nid = "urnas"\netiqueta = "Urnas"\n'

APART = {
    "rows of speakers": (SPEAKERS, "", "0\tAna\n", "24\tEva\n", HEAD),
    "rows of speakers among others": (SPEAKERS, f"{HEAD}0\tAna\n", "12\tLuz\n", "14\tInés\n", ""),
    "corrections": (CORRECTIONS, "", "1\tcasila\tcasilla\t1\tana\t\n", "1\tacta\tactas\t1\teva\t\n", COLUMNS),
    "people": ("personas.toml", "", ANA, EVA, ""),
    "topics": ("vocabulario.toml", "", PREP, URNAS, ""),
    "keys of a mesa": (TOML, MESA, "numero = 1\n", "fecha = 2025-12-04\n", ""),
    "a key of a mesa and who takes part": (TOML, MESA, "numero = 1\n", f"\n{CHAIR}", ""),
}


class Steps:
    """Steps that are not published."""

    def __init__(self, maker: CorpusMaker) -> None:
        maker.event()
        maker.mesa("mesa-1", title="Otra", transcripcion_txt="CONSEJERA ANA PRUEBA: El cómputo se transmite.\n")
        self.root: Path = maker.corpus

    def write(self, name: str, text: str) -> int:
        with history.step(self.root, "ana", "terminal", "editar", "foro/mesa-1", "Lo dicho") as taken:
            taken.write(self.root / name, text.encode() or None)
        assert taken.number is not None
        return taken.number

    def undo(self, number: int) -> int:
        with history.step(self.root, "ana", "terminal", "deshacer") as taken:
            history.Undoing(self.root, taken.read).take_back(taken, number)
        assert taken.number is not None
        return taken.number


@pytest.fixture
def steps(maker: CorpusMaker) -> Steps:
    """Over one mesa."""
    return Steps(maker)


@pytest.mark.parametrize("pair", APART)
def test_of_two_steps_in_one_file_either_is_taken_back_and_the_other_stays(steps: Steps, pair: str) -> None:
    name, before, one, other, head = APART[pair]
    path = steps.root / name
    if before:
        steps.write(name, before)
    head = before or head
    done = [steps.write(name, head + one), steps.write(name, head + one + other)]
    for number, left in zip(done, (other, one), strict=True):
        undone = steps.undo(number)
        assert path.read_text("utf-8") == head + left
        steps.undo(undone)
        assert sorted(path.read_text("utf-8").splitlines()) == sorted((head + one + other).splitlines())
    for number in done:
        steps.undo(number)
    assert (path.read_text("utf-8") if path.exists() else "") == before


def test_where_both_changed_the_same_line_the_message_names_the_step_to_undo_first(steps: Steps) -> None:
    name = SPEAKERS
    first = steps.write(name, f"{HEAD}0\tAna\n")
    steps.write(name, f"{HEAD}0\tAna\n30\tEva\n")
    second = steps.write(name, f"{HEAD}0\tLuz\n30\tEva\n")
    third = steps.write(name, f"{HEAD}0\tInés\n30\tEva\n")
    steps.write(name, f"{HEAD}0\tInés\n30\tEva\n50\tAna\n")
    for number in (third, second, first):
        for earlier in (first, second):
            if earlier < number:
                with pytest.raises(CorpusError, match=rf"el paso {number} \(«Lo dicho»\) cambió después {SPEAKERS}"):
                    steps.undo(earlier)
        steps.undo(number)
    assert (steps.root / name).read_text("utf-8") == f"{HEAD}30\tEva\n50\tAna\n"


CONTRADICT = {
    "another begins at that second": (SPEAKERS, *(f"{HEAD}0\tAna\n{row}" for row in ("9\tEva\n", "", "9\tLuz\n"))),
    "the word reads otherwise": (
        CORRECTIONS,
        *(f"{COLUMNS}{row}2\ta\tb\t1\t\t\n" for row in ("1\ta\tb\t1\t\t\n", "", "1\ta\tc\t1\t\t\n")),
    ),
    "the key has another value": (TOML, f"{MESA}numero = 1\n", MESA, f"{MESA}numero = 2\n"),
    "the person has a form since": ("personas.toml", EVA, EVA + ANA, f'{EVA}{ANA}variantes = ["Ana R."]\n'),
    "who takes part has a post since": (TOML, MESA, MESA + CHAIR + PANELIST, f'{MESA}{CHAIR}cargo = "A"\n{PANELIST}'),
}


@pytest.mark.parametrize("case", CONTRADICT)
def test_what_would_contradict_a_later_step_is_never_merged(steps: Steps, case: str) -> None:
    name, *texts = CONTRADICT[case]
    _, second, third = (steps.write(name, text) for text in texts)
    with pytest.raises(CorpusError, match=rf"el paso {third} \(«Lo dicho»\) cambió después {name}"):
        steps.undo(second)
    assert (steps.root / name).read_text("utf-8") == texts[-1]


def test_a_hand_that_wrote_elsewhere_in_the_file_blocks_no_undo(steps: Steps) -> None:
    number = steps.write(TOML, f"{MESA}numero = 1\n")
    (steps.root / TOML).write_text(f"# A mano\n{MESA}numero = 1\nversion = 'estenografica'", "utf-8")
    steps.undo(number)
    assert (steps.root / TOML).read_text("utf-8") == "# A mano\ntitulo = \"Otra\"\nversion = 'estenografica'\n"


def test_a_text_does_not_come_back_to_a_mesa_that_has_become_part_of_a_day(steps: Steps) -> None:
    text = "foro/mesa-1/transcripcion.txt"
    gone = steps.write(text, "")
    part = steps.write(TOML, f'{MESA}jornada = "jornada-1.vtt"\n')
    with pytest.raises(CorpusError, match=rf"tendría dos textos .*; deshaga antes el paso {part}"):
        steps.undo(gone)
    back = steps.undo(part)
    steps.undo(gone)
    with pytest.raises(CorpusError, match="tendría dos textos"):
        steps.undo(back)
