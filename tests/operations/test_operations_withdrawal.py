"""A fragment that is withdrawn is in no file any more, and the others stay as they were."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import history
from indexer.cli import cli
from indexer.corpus.anchors import text_codes
from indexer.errors import CorpusError
from indexer.model import PageId
from indexer.model.passage import Passage
from indexer.operations.reader_reports import report, reports
from indexer.operations.withdrawal import withdraw_fragment
from search_app.desk.jobs.job_store import JobStore
from tests.corpora import CorpusMaker
from tests.readers.made_documents import docx, w_p

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]
MESA = PageId("foro", "mesa-1")
WORDS = ("xilocopa", "zarigüeya", "ajolote")
SPEECH = [
    ("MODERADORA", "Damos la bienvenida a quienes siguen esta mesa de trabajo."),
    ("CONSEJERA EVA PRUEBA", "La xilocopa y la zarigüeya llegan a la bodega. El ajolote también llega, y sus sellos."),
    ("CONSEJERA LUZ PRUEBA", "Las actas se digitalizan en cada uno de los centros de acopio."),
]
TEXT = "\n\n".join(f"{who}: {said}" for who, said in SPEECH) + "\n"
SENTENCES = ["Damos la bienvenida", "a quienes nos siguen", "la xilocopa y la zarigüeya", "y el ajolote con sus sellos",
             "las actas se digitalizan", "en cada centro de acopio"]  # fmt: skip
TIMES = [(4 * at, 4 * at + 4) for at in range(len(SENTENCES))]
VTT = "WEBVTT\n\n" + "\n\n".join(
    f"00:00:{a:02d}.000 --> 00:00:{b:02d}.000\n{said}" for (a, b), said in zip(TIMES, SENTENCES, strict=True)
)  # fmt: skip
# As YouTube writes them: each line is shown twice, and words have times of their own.
ROLLING = "WEBVTT\n\n" + "\n\n".join(
    f"00:00:{a:02d}.000 --> 00:00:{b:02d}.000\n{before}\n"
    + "".join(f"<00:00:{a:02d}.{n}00><c> {word}</c>" for n, word in enumerate(said.split()))
    for (a, b), before, said in zip(TIMES, ["", *SENTENCES[:-1]], SENTENCES, strict=True)
)  # fmt: skip
LISTED = json.dumps(
    [{"text": said, "start": a, "duration": b - a} for (a, b), said in zip(TIMES, SENTENCES, strict=True)]
)
# One sentence of three fragments: nothing in it says where one ends.
ENDLESS = " ".join([*(f"antes{n}" for n in range(200)), *WORDS, *(f"luego{n}" for n in range(217))])
SPEAKERS = "inicio_s\tpersona\n0\tEva\n8\tLuz\n16\tEva\n"


def made(maker: CorpusMaker, name: str, data: str | bytes, speakers: str = "") -> dict[int, Passage]:
    """A published mesa; its fragments by number."""
    maker.event()
    folder = maker.mesa()
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    if speakers:
        (folder / "hablantes.tsv").write_text(speakers, encoding="utf-8")
    maker.update()
    return {passage.number: passage for passage in maker.passages("foro/mesa-1")}


def withdrawn(maker: CorpusMaker, number: int, *, keep: bool = False) -> history.Step:
    """The fragment, withdrawn and published."""
    with history.step(maker.corpus, "ana", "terminal", "retirar", MESA) as taken:
        withdraw_fragment(taken, maker.settings, MESA, number, "A petición", keep=keep)
    maker.update()
    return taken


def holding(maker: CorpusMaker, word: str) -> list[Path]:
    """The files of corpus and index that hold a word."""
    files = [path for root in (maker.corpus, maker.settings.index) for path in root.rglob("*") if path.is_file()]
    return [path for path in files if word.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("name", "data", "speakers", "left"),
    [
        ("transcripcion.txt", TEXT, "", "transcripcion.txt"),
        ("transcripcion.txt", TEXT.replace("\n", "\r\n").encode("cp1252"), "", "transcripcion.txt"),
        ("transcripcion.txt", ENDLESS, "", "transcripcion.txt"),
        ("transcripcion.docx", docx("".join(w_p(f"{who}: {said}") for who, said in SPEECH)), "", "transcripcion.txt"),
        ("transcripcion.vtt", VTT, SPEAKERS, "transcripcion.vtt"),
        ("transcripcion.vtt", ROLLING, SPEAKERS, "transcripcion.vtt"),
        ("transcripcion.json", LISTED, SPEAKERS, "transcripcion.vtt"),
    ],
    ids=["text", "windows", "endless", "word", "captions", "rolling", "json"],
)
def test_its_words_are_in_no_file_and_the_others_are_as_they_were(
    maker: CorpusMaker, name: str, data: str | bytes, speakers: str, left: str
) -> None:
    before = made(maker, name, data, speakers)
    number = next(n for n, passage in before.items() if "xilocopa" in passage.text)
    assert len(before) == 3
    withdrawn(maker, number)
    for word in WORDS:
        assert holding(maker, word) == [], word
    after = {passage.number: passage for passage in maker.passages("foro/mesa-1")}
    (notice,) = (passage for n, passage in after.items() if n not in before)
    assert notice.text == f"[Fragmento {number} retirado]"
    for n, passage in before.items():
        if n != number:
            kept = after[n]
            assert (kept.text, kept.person, kept.start_s) == (passage.text, passage.person, passage.start_s)
    assert number not in after
    assert [path.name for path in (maker.corpus / "foro/mesa-1").glob("transcripcion.*")] == [left]


def test_the_file_as_it_was_cannot_come_back(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.txt", TEXT)
    withdrawn(maker, 2)
    (maker.corpus / "foro/mesa-1/transcripcion.txt").write_text(TEXT, encoding="utf-8")
    report = maker.update()
    assert any("A petición" in problem.fault for problem in report.problems)
    assert not [passage for passage in maker.passages("foro/mesa-1") if "xilocopa" in passage.text]


def test_versions_that_the_history_kept_go_as_well(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.txt", TEXT)
    with history.step(maker.corpus, "ana", "terminal", "reemplazar", MESA) as taken:
        taken.write(maker.corpus / "foro/mesa-1/transcripcion.txt", TEXT.replace("actas", "listas").encode())
    maker.update()
    assert holding(maker, "xilocopa")
    withdrawn(maker, 2)
    assert holding(maker, "xilocopa") == []


def test_corrections_reports_and_what_was_sent_to_the_desk_go_as_well(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.txt", TEXT)
    lines = ("numero de a vez autor fecha", "1 quienes quién 1 ana 2026-01-01", "2 xilocopa ajolota 1 ana 2026-01-01")
    table = "".join(line.replace(" ", "\t") + "\n" for line in lines)
    (maker.corpus / "foro/mesa-1/correcciones.tsv").write_text(table, encoding="utf-8")
    report(maker.corpus, MESA, 2, {"frase": "La xilocopa", "texto": "No es xilocopa"})
    other, _ = report(maker.corpus, MESA, 1, {"frase": "Damos", "texto": "Falta algo"})
    sent = maker.corpus / "_recibidos/1"
    sent.mkdir(parents=True)
    (sent / "encargo.json").write_text('{"pagina": "foro/mesa-1", "state": "hecho"}', encoding="utf-8")
    (sent / "texto.txt").write_text(TEXT, encoding="utf-8")
    withdrawn(maker, 2)
    assert holding(maker, "xilocopa") == []
    assert [one.id for one in reports(maker.corpus)] == [other.id]
    assert "quienes" in (maker.corpus / "foro/mesa-1/correcciones.tsv").read_text(encoding="utf-8")


def spread(maker: CorpusMaker) -> None:
    """Copies beside the corpus: a report, drafts without a place, what a crash left of a text and of a step."""
    report(maker.corpus, MESA, 2, {"frase": "La xilocopa", "texto": "No es xilocopa"})
    jobs = JobStore(maker.corpus)
    jobs.put(jobs.new("ana", "?", name="texto pegado"), f"De otro archivo. {SPEECH[1][1]}".encode(), ".txt")
    jobs.put(jobs.new("ana", "?", name="x.docx"), docx(w_p(SPEECH[1][1])), ".docx")
    for folder in ("foro/mesa-1", "_historial/objetos"):
        (maker.corpus / folder / ".texto.txt.k3_9zq0a.tmp").write_text(TEXT, encoding="utf-8")


@pytest.mark.parametrize("moment", ["purge", "clear", "end"])
@pytest.mark.parametrize("order", ["foro/mesa-1#p2", "foro/mesa-1"])
def test_a_withdrawal_that_is_killed_is_finished_by_the_next_command_and_leaves_no_copy(
    maker: CorpusMaker, moment: str, order: str
) -> None:
    made(maker, "transcripcion.txt", TEXT)
    with history.step(maker.corpus, "ana", "terminal", "reemplazar", MESA) as taken:
        taken.write(maker.corpus / "foro/mesa-1/transcripcion.txt", TEXT.replace("actas", "listas").encode())
    maker.update()
    spread(maker)
    places = [f"--corpus={maker.corpus}", f"--indice={maker.settings.index}"]
    program = (
        "import os, signal, sys\nfrom indexer.history.journal import Journal\nfrom indexer.cli import cli\n"
        f"Journal.{moment} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\ncli(sys.argv[1:])"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, "retirar", order, "--motivo=A petición", *places], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    if moment != "end":
        assert len(list((maker.corpus / "_recibidos").glob("2*"))) == 2
    assert CliRunner().invoke(cli, ["actualizar", *places]).exit_code == 0
    assert [path for word in WORDS for path in holding(maker, word)] == []
    assert list((maker.corpus / "_recibidos").glob("2*")) == []
    assert reports(maker.corpus) == ()


def test_drafts_of_other_texts_and_reports_of_other_fragments_stay(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.txt", TEXT)
    other, _ = report(maker.corpus, MESA, 1, {"frase": "Damos la bienvenida", "texto": "Falta algo"})
    jobs = JobStore(maker.corpus)
    kept = jobs.put(jobs.new("ana", "?", typed={"evento": "foro"}), f"{SPEECH[0][1]} Otro texto.".encode(), ".txt")
    order = ["retirar", "foro/mesa-1#p2", "--motivo=x", f"--corpus={maker.corpus}", f"--indice={maker.settings.index}"]
    assert CliRunner().invoke(cli, order).exit_code == 0
    assert [one.id for one in reports(maker.corpus)] == [other.id]
    assert [one.id for one in jobs.all()] == [kept.id]


def test_notices_of_what_was_done_elsewhere_that_quote_the_page_go(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.txt", TEXT)
    jobs = JobStore(maker.corpus)
    told = {"avisos": ["foro/mesa-1/correcciones.tsv:3: «xilocopa» no está en el fragmento 2"]}
    jobs.put(jobs.new("ana", "?", state="hecho", page="foro/mesa-2", answer=told))
    kept = jobs.put(jobs.new("ana", "?", state="hecho", page="foro/mesa-2", answer={"avisos": ["foro/mesa-12/x"]}))
    withdrawn(maker, 2)
    assert holding(maker, "xilocopa") == []
    assert [one.id for one in jobs.all()] == [kept.id]


def test_the_codes_of_its_words_stay_in_no_numbers_that_the_history_kept(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.txt", TEXT)
    with history.step(maker.corpus, "ana", "terminal", "hablantes", MESA) as taken:
        taken.write(maker.corpus / "foro/mesa-1/hablantes.tsv", SPEAKERS.encode())
    codes = text_codes("La xilocopa y la zarigüeya")
    assert holding(maker, codes)
    withdrawn(maker, 2)
    assert holding(maker, codes) == []


def test_one_that_was_kept_can_be_undone_and_is_the_same_again(maker: CorpusMaker) -> None:
    before = made(maker, "transcripcion.docx", docx("".join(w_p(f"{who}: {said}") for who, said in SPEECH)))
    data = (maker.corpus / "foro/mesa-1/transcripcion.docx").read_bytes()
    number = withdrawn(maker, 2, keep=True).number
    assert number is not None
    with history.step(maker.corpus, "ana", "terminal", "deshacer", MESA) as taken:
        history.Undoing(maker.corpus, taken.read).take_back(taken, number)
    maker.update()
    assert (maker.corpus / "foro/mesa-1/transcripcion.docx").read_bytes() == data
    assert {p.number: p.text for p in maker.passages("foro/mesa-1")} == {n: p.text for n, p in before.items()}
    assert not (maker.corpus / "retirados.toml").exists()


def test_two_fragments_one_after_the_other(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.vtt", VTT, SPEAKERS)
    numbers = [passage.number for passage in maker.passages("foro/mesa-1")]
    withdrawn(maker, numbers[0])
    withdrawn(maker, numbers[1])
    texts = [passage.text for passage in maker.passages("foro/mesa-1")]
    assert texts[:2] == [f"[Fragmento {number} retirado]" for number in numbers[:2]]
    assert texts[2] == "las actas se digitalizan en cada centro de acopio"


def test_what_cannot_be_withdrawn_so_says_what_to_do(maker: CorpusMaker) -> None:
    made(maker, "transcripcion.txt", TEXT)
    maker.event(extra='[[hechos]]\ntexto = "El foro fue aquí."\ncerteza = "confirmado"\n')
    maker.update()
    maker.mesa("mesa-2", transcripcion_vtt=f"WEBVTT\n\n00:00.000 --> 05:00.000\n{ENDLESS}\n")
    maker.update()
    before = {path: path.read_bytes() for path in (maker.corpus / "foro").rglob("*") if path.is_file()}
    for page, number, reason, match in (
        (MESA, 99, "x", "No hay un fragmento 99"),
        (MESA, 2, " ", "Falta el motivo"),
        (PageId("foro"), 1, "x", "es un hecho"),
        (PageId("foro", "mesa-2"), 1, "x", r"versión \.vtt de subtítulos más cortos"),
        (PageId("foro", "nada"), 1, "x", "No existe la mesa"),
    ):
        with (
            pytest.raises(CorpusError, match=match),
            history.step(maker.corpus, "ana", "terminal", "retirar", page) as taken,
        ):
            withdraw_fragment(taken, maker.settings, page, number, reason, keep=False)
    assert {path: path.read_bytes() for path in (maker.corpus / "foro").rglob("*") if path.is_file()} == before
