"""A fragment that is withdrawn from an official text is withdrawn from the captions beside it as well."""

from __future__ import annotations

import re

from indexer import history
from indexer.model import PageId
from indexer.operations.withdrawal import withdraw_fragment
from tests import clocked_session as session
from tests.corpora import CorpusMaker

MESA = PageId("foro", "mesa-1")


def withdraw(maker: CorpusMaker, number: int) -> None:
    with history.step(maker.corpus, "ana", "terminal", "retirar", MESA) as taken:
        withdraw_fragment(taken, maker.settings, MESA, number, "A petición", keep=False)


def held(maker: CorpusMaker) -> set[str]:
    """Every word of the withdrawn turn that any file of the corpus has."""
    files = [path.read_bytes().decode("utf-8", "replace") for path in maker.corpus.rglob("*") if path.is_file()]
    words = set(re.findall(r"\w+", " ".join(files).lower()))
    return words & {word for sentence in session.SAID[1] for word in sentence}


def test_its_words_are_in_no_file_and_the_others_keep_their_seconds(maker: CorpusMaker) -> None:
    maker.event()
    maker.mesa(transcripcion_txt=session.official(), subtitulos_vtt=session.vtt())
    maker.update()
    before = maker.passages(str(MESA))
    gone = before[1]
    withdraw(maker, gone.number)
    maker.update()
    after = maker.passages(str(MESA))
    assert [passage.text for passage in after] == [
        before[0].text, f"[Fragmento {gone.number} retirado]", before[2].text, before[3].text
    ]  # fmt: skip
    assert [passage.start_s for passage in after] == [0.0, None, 80.0, 120.0]
    assert held(maker) == set()
    assert (maker.corpus / "foro" / "mesa-1" / "subtitulos.vtt").is_file()
    assert "subtitulos.vtt#p2" in (maker.corpus / "retirados.toml").read_text(encoding="utf-8")


def test_captions_in_which_its_words_cannot_be_told_go_as_a_whole(maker: CorpusMaker) -> None:
    """They repeat what was withdrawn elsewhere: what is not found is not left."""
    maker.event()
    again = session.vtt() + "\n00:10:00.000 --> 00:10:40.000\n" + " ".join(word for s in session.SAID[1] for word in s)
    maker.mesa(transcripcion_txt=session.official(), subtitulos_vtt=again + "\n")
    maker.update()
    withdraw(maker, 2)
    report = maker.update()
    assert not (maker.corpus / "foro" / "mesa-1" / "subtitulos.vtt").exists()
    assert not report.failed
    assert {passage.start_s for passage in maker.passages(str(MESA))} == {None}
    assert held(maker) == set()
