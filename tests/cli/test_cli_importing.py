"""Many files at once, and a watched folder: what is put into it is imported, or waits for a person with a report."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.cli import cli
from indexer.cli.watching import REPORT
from indexer.errors import CorpusError
from indexer.history import Journal
from indexer.operations.leftover_copies import forget_withdrawn
from tests.corpora import CorpusMaker
from tests.made_recordings import captions, yt_dlp_pair

SPEECH = "CONSEJERA EVA PRUEBA: Los paquetes llegan a la bodega con sus cintas y sus sellos completos.\n"
OTHER = "CONSEJERA LUZ PRUEBA: Las actas se digitalizan en cada uno de los centros de acopio del estado.\n"


@pytest.fixture
def folder(maker: CorpusMaker) -> Path:
    """An empty folder beside a corpus of two mesas, one of them with a transcript."""
    maker.event()
    maker.mesa("mesa-1", transcripcion_txt=SPEECH)
    maker.mesa("mesa-2")
    maker.update()
    folder = maker.corpus.parent / "buzon"
    folder.mkdir()
    return folder


def order(maker: CorpusMaker, *words: str) -> dict[str, Any]:
    places = [f"--corpus={maker.corpus}", f"--indice={maker.settings.index}", "--json"]
    done = CliRunner().invoke(cli, [*words, *places], catch_exceptions=False, standalone_mode=False)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def looked(maker: CorpusMaker, folder: Path, *options: str) -> dict[str, str | None]:
    """Each file with why it waits, or where it is; None where it was published."""
    answer = order(maker, "vigilar", str(folder), "--una-vez", "--quieto=0", "--autor=ana", *options)
    return {one["nombre"]: one["motivo"] for one in answer["archivos"]}


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_would_be_done_is_shown_first_and_done_in_one_step(maker: CorpusMaker, folder: Path) -> None:
    for number in (1, 2):
        yt_dlp_pair(folder, number)
    without = order(maker, "importar", str(folder), "--simular")
    assert [row["motivo"][:25] for row in without["renglones"]] == ["no dice de qué evento es:"] * 2
    shown = order(maker, "importar", str(folder), "--evento=foro", "--simular")
    assert ([row["estado"] for row in shown["renglones"]], Journal(maker.corpus).read()[0]) == (["importar"] * 2, ())
    done = order(maker, "importar", str(folder), "--evento=foro")
    assert (done["paso"], done["pagina"], done["fragmentos"], done["renglones"]) == (1, "foro", 2, shown["renglones"])
    again = order(maker, "importar", str(folder), "--evento=foro")
    assert ([row["estado"] for row in again["renglones"]], again["paso"]) == (["repetida"] * 2, None)
    assert order(maker, "deshacer", "1")["paso"] == 2
    assert not list(maker.corpus.glob("foro/sesion*"))


@pytest.mark.parametrize("options", [["--evento=nada"], []])
def test_where_nothing_can_be_imported_the_order_fails_and_says_what_it_needs(
    maker: CorpusMaker, folder: Path, options: list[str]
) -> None:
    yt_dlp_pair(folder, 1)
    with pytest.raises(
        CorpusError, match=r"No hay nada que importar:\n- no (dice de qué|hay un) evento.*los que hay: foro"
    ):
        order(maker, "importar", str(folder), *options)


def test_what_says_its_place_is_published_in_one_step_and_put_away(maker: CorpusMaker, folder: Path) -> None:
    name = yt_dlp_pair(folder / "foro", 4)
    (folder / "foro--mesa-2.txt").write_text(OTHER, encoding="utf-8")
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("foro/En un zip.vtt", captions("esto vino en un zip"))
    names = {f"{name}.es.vtt", f"{name}.info.json", "foro--mesa-2.txt", "z.zip"}
    assert looked(maker, folder) == dict.fromkeys(names)
    assert (maker.corpus / "foro/mesa-2/transcripcion.txt").read_text(encoding="utf-8") == OTHER
    assert len(maker.passages("foro/sesion-ficticia-4")) == len(maker.passages("foro/en-un-zip")) == 1
    assert set(files(folder)) == {f"_publicados/{one}{end}" for one in names for end in ("", REPORT)}
    (record,) = Journal(maker.corpus).read()[0]
    assert (record.author, record.action) == ("ana", "importar")
    assert looked(maker, folder) == {}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("entrevista.txt", OTHER, "no dice de qué evento es"),
        ("foro--mesa-9.txt", OTHER, "no existe la mesa foro/mesa-9"),
        ("foro--mesa-1.txt", OTHER, "ya tiene ese texto"),
        ("foro--mesa-2.txt", SPEECH + "Gracias.", "está también en foro/mesa-1"),
        ("foro--mesa-2.pdf", "\0", "PDF"),
        ("foro--mesa-2.mp4", "x", "sin subtítulos"),
        ("ñ" * 120 + ".txt", OTHER, "no dice de qué evento es"),
    ],
)
def test_what_cannot_be_published_waits_with_a_report(
    maker: CorpusMaker, folder: Path, name: str, data: str, why: str
) -> None:
    (folder / name).write_text(data, encoding="utf-8")
    ((_, said),) = looked(maker, folder).items()
    assert why in str(said)
    assert not Journal(maker.corpus).read()[0]
    (report,) = (folder / "_en-espera").glob(f"*{REPORT}")
    assert why in report.read_text(encoding="utf-8")
    assert report.with_name(report.name.removesuffix(REPORT)).read_text(encoding="utf-8") == data


def test_a_file_that_is_still_written_waits_with_those_of_its_recording(maker: CorpusMaker, folder: Path) -> None:
    name = yt_dlp_pair(folder, 5)
    with (folder / f"{name}.info.json").open("a", encoding="utf-8"), pytest.MonkeyPatch.context() as clock:
        clock.setattr("indexer.cli.watching.time.monotonic", iter(range(0, 10**6, 1_000)).__next__)
        (why,) = looked(maker, folder, "--evento=foro").values()
    assert "todavía se está escribiendo" in str(why)
    assert files(folder) == [f"{name}.es.vtt", f"{name}.info.json"]
    assert set(looked(maker, folder, "--evento=foro").values()) == {None}


def test_what_is_there_already_is_put_away_and_not_called_published(maker: CorpusMaker, folder: Path) -> None:
    (folder / "foro--mesa-2.txt").write_text(SPEECH, encoding="utf-8")
    (folder / "z.zip").write_bytes(b"PK\5\6" + bytes(18))
    told = order(maker, "vigilar", str(folder), "--una-vez", "--quieto=0")["archivos"]
    for one, why in zip(told, ("el mismo archivo ya está en foro/mesa-1", "nada que importar"), strict=True):
        assert (one["pagina"], one["publicado"]) == (None, False)
        assert why in one["motivo"]
    assert not Journal(maker.corpus).read()[0]
    report = (folder / "_publicados/foro--mesa-2.txt.informe.txt").read_text(encoding="utf-8")
    assert report.startswith("Ya estaba: foro--mesa-2.txt\n")


def test_one_that_cannot_be_moved_is_told_and_the_others_are_put_away(
    maker: CorpusMaker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved = shutil.move

    def refused(source: Path, target: Path) -> object:
        if source.name == "nada.txt":
            raise PermissionError(13, os.strerror(13))
        return moved(source, target)

    monkeypatch.setattr(shutil, "move", refused)
    for name in ("nada.txt", "foro--mesa-2.txt"):
        (folder / name).write_text(OTHER, encoding="utf-8")
    told = looked(maker, folder)
    assert told["foro--mesa-2.txt"] is None
    assert "no se puede mover" in str(told["nada.txt"])


def test_what_is_withdrawn_is_taken_out_of_what_was_published(maker: CorpusMaker, folder: Path) -> None:
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.writestr("foro/mesa-2/x.txt", OTHER)
    assert looked(maker, folder) == {"z.zip": None}
    order(maker, "retirar", "foro/mesa-2", "--tipo=transcripcion", "--motivo=A petición")
    forget_withdrawn(maker.corpus, folder / "_publicados", REPORT, None)
    assert files(folder) == []
    (folder / "foro--mesa-2.txt").write_text(OTHER.replace("actas", "listas"), encoding="utf-8")
    (why,) = looked(maker, folder).values()
    assert "A petición" in str(why)  # another text, where one was withdrawn: a person decides


def test_a_folder_within_the_corpus_is_not_watched(maker: CorpusMaker, folder: Path) -> None:
    for inside in (maker.corpus / "foro", maker.corpus.parent, maker.settings.index):
        done = CliRunner().invoke(cli, ["vigilar", str(inside), "--una-vez", f"--corpus={maker.corpus}",
                                        f"--indice={maker.settings.index}"])  # fmt: skip
        assert "no pueden estar una dentro de otra" in str(done.exception)
