"""From a reader's guess to what is published, what is kept of it, and what staff are told to confirm."""

from __future__ import annotations

from indexer.engines import open_index
from indexer.pipeline import pending
from tests.corpora import CorpusMaker
from tests.guesses import guessing, write_guesses

WHO = [("Ana Ruiz", False), ("Eva Paz", True), ("Ana Ruiz", True), ("PREGUNTA", False)]


def published(maker: CorpusMaker) -> list[tuple[str | None, bool]]:
    """Who speaks, and whether that is a guess."""
    return [(passage.person, passage.inferred) for passage in maker.passages("foro/mesa-1")]


def test_a_guess_is_published_as_one_and_counted_in_the_record_of_its_page(maker: CorpusMaker) -> None:
    write_guesses(maker)
    assert published(maker) == WHO
    index = open_index(maker.settings.index)
    record = index.overview().catalogue.pages["foro/mesa-1"]
    index.close()
    assert (record.transcript_passages, record.speakers, record.inferred) == (4, 4, 2)


def test_the_last_good_version_of_a_text_keeps_its_guesses(maker: CorpusMaker) -> None:
    write_guesses(maker)
    (maker.corpus / "foro" / "mesa-1" / "transcripcion.txt").write_bytes(b"\x00\x01\x02\xff" * 90)
    assert maker.update().failed
    assert published(maker) == WHO


def test_what_staff_write_by_hand_confirms_what_it_names(maker: CorpusMaker) -> None:
    """A form of the name in ``mesa.toml``; then a table of seconds, which holds from there on."""
    write_guesses(maker)
    extra = 'numero = 1\nfecha = 2025-12-04\n[[participantes]]\nnombre = "Eva Paz"\nvariantes = ["Eva Paz"]\n'
    folder = maker.mesa(title="Bodegas", extra=extra)
    with guessing():
        maker.update()
        assert published(maker) == [("Ana Ruiz", False), ("Eva Paz", False), ("Ana Ruiz", True), ("PREGUNTA", False)]
        (folder / "hablantes.tsv").write_text("20\tAna Ruiz\n30\tPregunta\n", encoding="utf-8")
        maker.update()
    assert [inferred for _, inferred in published(maker)] == [False] * 4


def test_turns_to_confirm_are_told_with_their_first_words(maker: CorpusMaker) -> None:
    write_guesses(maker)
    with guessing():
        (row,) = [row for row in pending(maker.settings)[0] if row.page == "foro/mesa-1"]
    (told,) = [lack for lack in row.lacks if "inferido" in lack]
    assert told == (
        "confirmar quién habla en 2 intervenciones (nombre inferido): "
        "Eva Paz, «La bodega guarda doscientas urnas y…»; Ana Ruiz, «Sigo yo con el presupuesto de la bodega.»"
    )


def test_of_many_turns_to_confirm_the_first_are_named_and_the_others_counted(maker: CorpusMaker) -> None:
    write_guesses(maker, "".join(f"LUZ GIL?: Punto {n}.\n" for n in range(1, 8)))
    with guessing():
        lacks = pending(maker.settings)[0][-1].lacks
    assert any("en 7 intervenciones" in lack and lack.endswith("«Punto 5.»; y 2 más") for lack in lacks)
