"""What a file holds and nobody said is told before it is taken in, and stays out of the corpus's fragments."""

from __future__ import annotations

from indexer.model import Kind
from indexer.operations.inspection import examine
from tests.corpora import CorpusMaker
from tests.readers.made_documents import docx, w_p


def test_a_note_is_told_apart_from_what_was_said(maker: CorpusMaker) -> None:
    maker.event()
    path = maker.corpus.parent / "sesion.docx"
    path.write_bytes(
        docx(w_p("MODERADORA: Buenas tardes."), footnotes=f'<w:footnote w:id="2">{w_p("Artículo 9.")}</w:footnote>')
    )
    told = examine(maker.settings, path, Kind.TRANSCRIPT, None, None)
    assert told["aparte"] == [{"texto": "Artículo 9.", "que_es": "nota al pie", "veces": 1}]
    assert [one["texto"] for one in told["fragmentos"]] == ["Buenas tardes."]
    assert any("«Artículo 9.»" in one["texto"] and one["gravedad"] == "aviso" for one in told["problemas"])
