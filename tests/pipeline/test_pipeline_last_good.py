"""What a table beside the texts cannot say any more keeps its last good version; what was withdrawn does not."""

from __future__ import annotations

import hashlib

import pytest

from indexer.model import Kind
from tests.corpora import CorpusMaker

CAPTIONS = "WEBVTT\n\n" + "".join(
    f"00:00:{second:02d}.000 --> 00:00:{second + 9:02d}.000\npalabra {second} de la sesión\n\n"
    for second in (0, 10, 20)
)
SPEAKERS = "inicio_s\tpersona\n0\tJosé Ñandú Prueba\n20\tInés Prueba López\n"
WHO = ["José Ñandú Prueba", "Inés Prueba López"]


def people(maker: CorpusMaker) -> list[str | None]:
    """Who speaks, in order."""
    return [passage.person for passage in maker.passages("foro/mesa-1")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_speakers_are_read_as_a_spreadsheet_saves_them(maker: CorpusMaker, encoding: str) -> None:
    """Excel writes cp1252 or UTF-16."""
    maker.event()
    maker.mesa(transcripcion_vtt=CAPTIONS, hablantes_tsv=SPEAKERS.encode(encoding))
    assert not maker.update().problems
    assert people(maker) == WHO


@pytest.mark.parametrize("content", [b"\x00\x01\x02\xff" * 90, b"0;Ana Prueba\n20;Luz Prueba\n"])
def test_speakers_that_cannot_be_read_stay_as_they_were(maker: CorpusMaker, content: bytes) -> None:
    """An error each time; without an older version the transcript is published without them."""
    maker.event()
    folder = maker.mesa(transcripcion_vtt=CAPTIONS, hablantes_tsv=SPEAKERS)
    maker.update()
    (folder / "hablantes.tsv").write_bytes(content)
    for _ in range(2):
        report = maker.update()
        assert report.failed
        assert report.problems[0].path.startswith("foro/mesa-1/hablantes.tsv")
        assert people(maker) == WHO
    (folder / "hablantes.tsv").unlink()
    assert not maker.update().failed
    assert set(people(maker)) == {None}
    (folder / "hablantes.tsv").write_bytes(content)
    (folder / "transcripcion.vtt").rename(folder / "_transcripcion.vtt")
    maker.update()
    assert people(maker) == []
    (folder / "_transcripcion.vtt").rename(folder / "transcripcion.vtt")
    assert maker.update().failed
    assert set(people(maker)) == {None}


@pytest.mark.parametrize("name", ["hablantes.tsv.txt", "Hablantes.tsv"])
def test_speakers_under_a_wrong_name_or_twice_stay_as_they_were(maker: CorpusMaker, name: str) -> None:
    """Windows hides an extension; or two files say who speaks."""
    maker.event()
    folder = maker.mesa(transcripcion_vtt=CAPTIONS, hablantes_tsv=SPEAKERS)
    maker.update()
    if name.endswith(".txt"):
        (folder / "hablantes.tsv").rename(folder / name)
    else:
        (folder / name).write_text("0\tOtra Persona\n", encoding="utf-8")
    assert maker.update().failed
    assert people(maker) == WHO


def test_a_part_that_holds_no_text_keeps_the_last_good_one(maker: CorpusMaker) -> None:
    """A slip in ``desde_s`` must not publish the other mesas of the stream as this one."""
    maker.event()
    maker.mesa(transcripcion_vtt=CAPTIONS, extra="desde_s = 10\nhasta_s = 20\n")
    maker.update()
    maker.mesa(extra="desde_s = 1000\nhasta_s = 2000\n")
    for _ in range(2):
        assert maker.update().failed
        assert [passage.text for passage in maker.passages("foro/mesa-1")] == ["palabra 10 de la sesión"]


@pytest.mark.parametrize("other", ["transcripcion_md", "transcripcion_xyz"])
def test_what_was_withdrawn_is_not_kept_as_a_last_good_version(maker: CorpusMaker, other: str) -> None:
    """An entry written by hand holds also while the folder has a second file, or one that nobody can read."""
    maker.event()
    folder = maker.mesa(transcripcion_txt="MODERADORA: La palabra es xilocopa.\n")
    maker.update()
    maker.mesa(**{other: "MODERADORA: Otra cosa.\n"})
    digest = hashlib.sha256((folder / "transcripcion.txt").read_bytes()).hexdigest()
    (maker.corpus / "retirados.toml").write_text(
        '[[retirados]]\nruta = "foro/mesa-1/transcripcion.txt"\n'
        f'sha256 = "{digest}"\nfecha = 2026-01-02\nmotivo = "A petición"\n',
        encoding="utf-8",
    )
    assert maker.update().failed
    assert maker.search("xilocopa").total_full == 0
    kept = [passage.text for passage in maker.passages("foro/mesa-1") if passage.kind is Kind.TRANSCRIPT]
    assert kept == (["Otra cosa."] if other == "transcripcion_md" else [])


def test_a_fault_in_the_list_of_withdrawals_gives_nothing_back(maker: CorpusMaker) -> None:
    """What was withdrawn stays so until the list is without errors and does not name it."""
    maker.event()
    maker.mesa(transcripcion_txt="MODERADORA: La palabra es xilocopa.\n")
    entry = '[[retirados]]\nruta = "foro/mesa-1"\nfecha = 2026-01-02\nmotivo = "A petición"\n'
    listed = maker.corpus / "retirados.toml"
    listed.write_text(entry, encoding="utf-8")
    maker.update()
    listed.write_text(entry.replace("retirados", "retirado"), encoding="utf-8")
    assert maker.update().failed
    assert maker.passages("foro/mesa-1") == ()
    listed.write_text("", encoding="utf-8")
    assert not maker.update().failed
    assert maker.search("xilocopa").total_full == 1


@pytest.mark.parametrize("value", ['"si"', '"true"', "1"])
def test_an_event_that_tries_to_say_that_it_is_fictitious_is(maker: CorpusMaker, value: str) -> None:
    """Texts made up for a trial must not be published as real over a slip in the TOML."""
    maker.event(extra=f"ficticio = {value}\n")
    maker.mesa(transcripcion_txt="MODERADORA: La palabra es xilocopa.\n")
    assert maker.update().failed
    assert maker.search("xilocopa").total_full == 0


def test_a_wording_that_is_misspelt_counts_as_ours(maker: CorpusMaker) -> None:
    """What we wrote must not be quoted as speech over a slip in the TOML."""
    maker.event()
    maker.mesa(descripcion_txt="Un resumen nuestro.", extra='redaccion = "Propio"\n')
    assert maker.update().failed
    assert [passage.own_wording for passage in maker.passages("foro/mesa-1")] == [True]
