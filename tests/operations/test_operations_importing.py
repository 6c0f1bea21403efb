"""Many files at once: what each is, where it goes, and why it does not where it does not."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from indexer import history
from indexer.durable import sha256
from indexer.errors import CorpusError
from indexer.model import PageId
from indexer.operations.importing.batch import planned, put_into_corpus
from indexer.operations.importing.rows import Row
from indexer.operations.importing.told import told_of
from indexer.operations.leftover_copies import WithdrawnContent, leftover_copies
from tests.corpora import CorpusMaker
from tests.made_recordings import ID, captions, yt_dlp_pair


@pytest.fixture
def folder(maker: CorpusMaker) -> Path:
    """An empty folder beside a corpus of one event."""
    maker.event()
    folder = maker.corpus.parent / "videos"
    folder.mkdir()
    return folder


def rows(maker: CorpusMaker, source: Path, event: str = "foro", **mended: Any) -> dict[str, Row]:
    """The rows of a plan, by the name of their file."""
    with planned(
        maker.settings, source, event, mended=[told_of({"archivo": name, **m}) for name, m in mended.items()]
    ) as plan:
        return {row.file: row for row in plan.rows}


def imported(maker: CorpusMaker, source: Path, event: str = "foro") -> int:
    """Import what can be; how many that was."""
    with planned(maker.settings, source, event) as plan:
        chosen = plan.of("importar")
        with history.step(maker.corpus, "ana", "terminal", "importar") as taken:
            put_into_corpus(maker.corpus, chosen, taken, lambda *_: None)
    maker.update()
    return len(chosen)


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / name.replace("__", " ").replace("_", ".")).write_text(text, encoding="utf-8")


def test_a_yt_dlp_pair_becomes_a_mesa_with_its_title_day_and_video(maker: CorpusMaker, folder: Path) -> None:
    name = yt_dlp_pair(folder, 4)
    (row,) = rows(maker, folder).values()
    assert (row.file, row.title, str(row.date), row.session) == (
        f"{name}.es.vtt", "Sesión ficticia 4", "2025-12-04", "sesion-ficticia-4",
    )  # fmt: skip
    assert imported(maker, folder) == 1
    toml = (maker.corpus / "foro/sesion-ficticia-4/mesa.toml").read_text(encoding="utf-8")
    assert f'video = "https://www.youtube.com/watch?v={ID.format(4)}"' in toml
    assert "fecha = 2025-12-04" in toml
    assert "urna 4" in maker.passages("foro/sesion-ficticia-4")[0].text


def test_what_was_imported_is_there_already_and_the_rest_is_imported(maker: CorpusMaker, folder: Path) -> None:
    yt_dlp_pair(folder, 1)
    assert imported(maker, folder) == 1
    yt_dlp_pair(folder, 2)
    assert sorted(row.state for row in rows(maker, folder).values()) == ["importar", "repetida"]
    assert imported(maker, folder) == 1
    assert imported(maker, folder) == 0


def test_of_the_formats_and_languages_of_one_recording_one_is_read_and_the_others_are_told(
    maker: CorpusMaker, folder: Path
) -> None:
    speech = '{"segments": [{"start": 0, "end": 4, "text": "La sesión empieza con el registro de las planillas."}]}'
    write(
        folder,
        Mesa_json=speech,
        Mesa_vtt=captions("hola"),
        Mesa_txt="Hola.",
        Mesa_en_vtt=captions("hello"),
        Mesa_mp4="",
    )
    (row,) = rows(maker, folder).values()
    assert (row.file, row.title, row.session) == ("Mesa.json", "Mesa", "mesa")
    assert {told.partition(":")[0] for told in row.told} == {"Mesa.vtt", "Mesa.txt", "Mesa.en.vtt"}
    (folder / "Mesa.json").write_text("{}", encoding="utf-8")
    (row,) = rows(maker, folder).values()
    assert row.file == "Mesa.vtt"
    assert "Mesa.json" in row.warnings[0]


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("2025-12-04", "Sesión del 4 de diciembre de 2025", "2025-12-04"),
        ("estenografica_20251204", "Sesión del 4 de diciembre de 2025", "2025-12-04"),
        ("Sesión ordinaria 4 de diciembre de 2025", "Sesión ordinaria", "2025-12-04"),
        ("04-12-2025 Informe de la junta", "Informe de la junta", "2025-12-04"),
        ("Junta 4_sept._2025", "Junta", "2025-09-04"),
        ("2025-13-44 Informe", "2025-13-44 Informe", "None"),
        ("Foro [transmision]", "Foro [transmision]", "None"),
    ],
)
def test_an_official_version_is_named_by_its_date(
    maker: CorpusMaker, folder: Path, name: str, title: str, date: str
) -> None:
    (folder / f"{name}.txt").write_text("CONSEJERA EVA PRUEBA: Se abre la sesión.\n", encoding="utf-8")
    (row,) = rows(maker, folder).values()
    assert (row.title, str(row.date)) == (title, date)


def test_captions_beside_an_official_text_give_it_their_seconds(maker: CorpusMaker, folder: Path) -> None:
    text = "CONSEJERA EVA PRUEBA: La urna se selló delante de todos, y otra vez la urna se selló delante de todos.\n"
    write(folder, Sesión_md=text, Sesión_vtt=captions("la urna se selló delante de todos"))
    assert imported(maker, folder) == 1
    assert sorted(path.name for path in (maker.corpus / "foro/sesion").glob("*.[mv]*")) == [
        "subtitulos.vtt", "transcripcion.md",
    ]  # fmt: skip
    assert maker.passages("foro/sesion")[0].start_s is not None


def test_a_table_of_excel_says_what_each_file_is(maker: CorpusMaker, folder: Path) -> None:
    """Semicolons, cp1252, its own first line, a title where a folder was asked for."""
    maker.mesa("mesa-7", title="La séptima", extra="numero = 7\n")
    for name, word in (
        ("a.vtt", "acta"),
        ("b ñ.vtt", "boleta"),
        ("c.vtt", "cinta"),
        ("d.vtt", "dado"),
        ("sobra.vtt", "x"),
    ):
        (folder / name).write_text(captions(f"aquí se habla de la {word} de cada casilla"), encoding="utf-8")
    table = (
        "sep=;\r\nArchivo;Foro;Mesa;Título;Fecha;Video;Versión;Personas;Notas\r\n"
        "a.vtt;foro;7;;04/12/2025;https://youtu.be/abc;Subtítulos corregidos;;n\r\n"
        "b ñ.vtt;Foro de prueba;Mesa ñu;La práctica;5 de diciembre de 2025;;;Ana Ruiz; n\r\n"
        "c.vtt;foro;;;31/02/2025;nada;rara;;\r\n"
        "d.vtt;otro;;;;;;;\r\n"
        "no-está.vtt;foro;;;;;;;\r\n"
    )
    (folder / "tabla.csv").write_bytes(table.encode("cp1252"))
    found = rows(maker, folder / "tabla.csv", event="")
    assert (found["a.vtt"].session, found["a.vtt"].is_new, found["a.vtt"].as_json()["version"]) == (
        "mesa-7",
        False,
        "subtitulos_corregidos",
    )
    assert (found["b ñ.vtt"].session, found["b ñ.vtt"].title, found["b ñ.vtt"].people) == (
        "mesa-nu", "La práctica", ("Ana Ruiz",),
    )  # fmt: skip
    for part in ("renglón 4", "31/02/2025", "«nada»", "«rara»"):
        assert part in found["c.vtt"].why
    assert "no hay un evento «otro»" in found["d.vtt"].why
    assert "no hay un archivo con ese nombre" in found["no-está.vtt"].why
    assert imported(maker, folder, event="") == 2
    assert 'nombre = "Ana Ruiz"' in (maker.corpus / "foro/mesa-nu/mesa.toml").read_text(encoding="utf-8")
    with planned(maker.settings, folder, "") as plan:
        assert [one.why for one in plan.left] == ["la tabla no lo nombra"]
        assert "Notas" in plan.notices[0]


def test_what_is_broken_among_others_is_left_out_and_the_others_are_imported(maker: CorpusMaker, folder: Path) -> None:
    """An archive, a table, and captions that were to give a text its seconds."""
    (folder / "roto.zip").write_bytes(b"PK")
    write(folder, rota_csv="archivo,archivo\n", Acta_md="SECRETARIO: Se cierra la sesión de hoy.\n", Acta_vtt="\0")
    with planned(maker.settings, folder, "foro") as plan:
        assert {one.name for one in plan.left} == {"roto.zip", "rota.csv"}
    assert "queda sin horas" in rows(maker, folder)["Acta.md"].warnings[0]
    assert imported(maker, folder) == 1


def test_another_csv_is_a_transcript(maker: CorpusMaker, folder: Path) -> None:
    (folder / "charla.csv").write_text("inicio,texto\n0,Se abre la urna\n4,Se cierra la urna\n", encoding="utf-8")
    (row,) = rows(maker, folder).values()
    assert row.state == "importar"
    with pytest.raises(CorpusError, match="no tiene una columna «archivo»"):
        rows(maker, folder / "charla.csv")


def test_the_same_title_twice_is_two_mesas_with_their_days(maker: CorpusMaker, folder: Path) -> None:
    for number in (1, 2):
        yt_dlp_pair(folder, number, title="Sesión ordinaria")
    assert [row.session for row in rows(maker, folder).values()] == [
        "sesion-ordinaria-2025-12-01", "sesion-ordinaria-2025-12-02",
    ]  # fmt: skip


def test_the_same_file_and_the_same_video_are_imported_once_and_what_is_alike_is_told(
    maker: CorpusMaker, folder: Path
) -> None:
    name = yt_dlp_pair(folder, 1)
    copy = (folder / f"{name}.es.vtt").read_text(encoding="utf-8")
    (folder / "copia.vtt").write_text(copy, encoding="utf-8")
    (folder / "parecida.vtt").write_text(copy.replace("temprano", "pronto"), encoding="utf-8")
    (folder / f"otra {name[-13:]}.vtt").write_text(captions("algo muy distinto"), encoding="utf-8")
    found = rows(maker, folder)
    assert found["copia.vtt"].why == f"es el mismo archivo que {name}.es.vtt"
    assert found[f"otra {name[-13:]}.vtt"].why == f"es el mismo video que {name}.es.vtt"
    assert f"está también en {name}.es.vtt" in found["parecida.vtt"].warnings[-1]


@pytest.mark.parametrize(
    ("info", "doubt"),
    [
        ({"id": "otro-video-9"}, "es de otro video"),
        ({"title": ["x"]}, "no dice el título"),
        ({"title": "Media letra: \ud83d"}, "está dañado"),
        ({"upload_date": "20251399"}, "no dice la fecha"),
        ({"upload_date": "29990101"}, "no dice la fecha"),
        ({"webpage_url": "javascript:alert(1)"}, "no dice la dirección del video"),
        ({"duration": 3600}, "¿faltan?"),
        ({"duration": "x", "title": "T" * 100_000}, ""),
    ],
)
def test_data_of_a_video_that_lie_are_doubted(
    maker: CorpusMaker, folder: Path, info: dict[str, Any], doubt: str
) -> None:
    yt_dlp_pair(folder, 1, **info)
    (row,) = rows(maker, folder).values()
    assert row.state == "importar"
    assert doubt in " ".join(row.warnings)
    assert len(row.title) <= 300
    assert row.video == f"https://www.youtube.com/watch?v={ID.format(1)}"


def test_a_recording_without_spanish_captions_waits_with_its_cure(maker: CorpusMaker, folder: Path) -> None:
    write(folder, Solo_en_vtt=captions("hello"), Video_mp4="", Roto_info_json="{", Foto_jpg="")
    found = rows(maker, folder)
    assert {name: row.state for name, row in found.items()} == dict.fromkeys(("Solo", "Video", "Roto"), "falta")
    assert "otro idioma (en)" in found["Solo"].why
    assert "sin subtítulos" in found["Video"].why


def test_whoever_mends_a_line_is_believed_over_all_else(maker: CorpusMaker, folder: Path) -> None:
    first, second = yt_dlp_pair(folder, 1), yt_dlp_pair(folder, 2)
    mended = {
        f"{first}.es.vtt": {"titulo": "Otro", "fecha": "2025-12-05", "mesa": "la-otra", "version": "estenografica"},
        f"{second}.es.vtt": {"omitir": "si"},
        "nada.vtt": {"titulo": "x"},
    }
    found = rows(maker, folder, **mended)
    row = found[f"{first}.es.vtt"]
    assert (row.title, str(row.date), row.session, row.version) == ("Otro", "2025-12-05", "la-otra", "estenografica")
    assert row.as_json()["version"] == "estenografica"
    assert found[f"{second}.es.vtt"].state == "omitida"
    assert found["nada.vtt"].state == "falta"


def test_what_looks_like_personal_data_is_told_and_waits_for_a_person(maker: CorpusMaker, folder: Path) -> None:
    (folder / "Acta.vtt").write_text(captions("llámeme al teléfono 55 1234 5678 por favor"), encoding="utf-8")
    (row,) = rows(maker, folder).values()
    assert row.state == "importar"
    assert row.warnings[0] == row.waits
    assert "datos personales (teléfono" in str(row.waits)


def test_a_text_that_was_withdrawn_does_not_come_back(maker: CorpusMaker, folder: Path) -> None:
    name = yt_dlp_pair(folder, 1)
    digest = sha256((folder / f"{name}.es.vtt").read_bytes())
    (maker.corpus / "retirados.toml").write_text(
        f'[[retirados]]\nruta = "foro/x/transcripcion.vtt"\nsha256 = "{digest}"\n'
        'fecha = 2025-12-06\nmotivo = "A petición"\n',
        encoding="utf-8",
    )
    (row,) = rows(maker, folder).values()
    assert "se retiró el 2025-12-06 por este motivo: A petición" in row.why


@pytest.mark.parametrize("name", ["a.vtt", "a.zip"])
def test_many_files_that_were_sent_and_hold_what_is_withdrawn_go_with_it(
    maker: CorpusMaker, folder: Path, name: str
) -> None:
    text = captions("la urna se selló delante de todos")
    many = maker.corpus / "_recibidos/20260101000000_0123456789ab/archivos"
    many.mkdir(parents=True)
    for path in (many / name, many.parent.with_name("20260101000000_0123456789ac") / "archivos/otra.vtt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text if path.name == "a.vtt" else captions("nada que ver"), encoding="utf-8")
    if name == "a.zip":
        with zipfile.ZipFile(many / name, "w") as archive:
            archive.writestr("x/a.vtt", text)
    gone = WithdrawnContent(PageId("foro", "mesa-1"), None, frozenset({sha256(text.encode())}))
    assert leftover_copies(maker.corpus, gone) == [many.parent]
