"""Withdraws texts from a running server and looks for them in every file that is left.

    python benchmarks/withdrawals.py [WITHDRAWALS] [KILLED]

Each one is a fragment, a transcript, a whole mesa or an announcement. Before it the text is everywhere that a text can
get: searched for by GET (in full, a phrase, a quotation, in context), corrected, named a speaker, reported by a reader,
sent to the desk as a draft that was never published, replaced by another version, and left half written by a crash.
Then it is withdrawn in the browser and searched for again. At the end the server stops, and every byte of every file of
corpus (names that begin with ``_`` or ``.`` too), index, logs and temporary folder is searched for every word of it, as
UTF-8, Latin-1 and UTF-16, in any case, and inside ZIP containers (.docx, .odt). Exit code 1 when one is found.

With KILLED, as many are withdrawn by the command first, each killed with SIGKILL: half at a random moment, half within
30 ms of the line in the history that says what is about to be done. Then comes ``actualizar``, and either the text is
there as before, with all that lies beside it, or it is in no file.
"""

from __future__ import annotations

import io
import json
import random
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from indexer import history
from indexer.model import PageId
from indexer.operations.reader_reports import report
from search_app.desk.jobs.commands import Commands
from search_app.desk.jobs.job_store import JobStore
from tests.corpora import CorpusMaker
from tests.search_app.desk.desk_office import account, token
from tests.search_app.desk.desk_server import Browser, free_port, server

USUAL = 12
SEED = 7
AT_ONCE = 10
USUAL_S = 2.0
"""Seconds that a withdrawal takes by the command, publishing included."""
FRAGMENTS = 4
WORDS = 40
KINDS = ("fragmento", "transcripcion", "mesa", "anuncio")
PLACES = ("/buscar?q={}", "/api/buscar?q={}", "/buscar?q=%22{}%22", "/en-contexto?q={}", "/comparar?q={}&q=listas",
          "/api/cotejar?cita={}", "/api/sugerir?q={}", "/buscar.atom?q={}", "/exportar?q={}&formato=json",
          "/foro-{n}/mesa/?q={}", "/foro-{n}/mesa/p2?q={}", "/foro-{n}/?q={}", "/no-hay/{n}?q={}",
          "/buscar?q={}&desde=ayer")  # fmt: skip


@dataclass(frozen=True)
class Text:
    """What is withdrawn: one of several texts of words that stand nowhere else."""

    number: int
    kind: str

    @property
    def event(self) -> str:
        """Its event."""
        return f"foro-{self.number}"

    @property
    def mesa(self) -> str:
        """Its mesa."""
        return f"{self.event}/mesa"

    def word(self, fragment: int, at: int) -> str:
        """A word of it."""
        letters = "".join("bcdfghjklmnpqrstvwxz"[int(digit)] for digit in f"{self.number:03d}{fragment}{at:02d}")
        return f"zari{letters}ña"

    def fragment(self, fragment: int) -> str:
        """One fragment, which is a turn of its own."""
        return " ".join(self.word(fragment, at) for at in range(WORDS)) + "."

    def transcript(self) -> str:
        """All of it."""
        return "".join(f"PERSONA {'ABCDEFG'[one]}: {self.fragment(one)}\n\n" for one in range(FRAGMENTS))

    def gone(self) -> tuple[str, ...]:
        """The words that must be in no file."""
        fragments = {"fragmento": [1], "anuncio": [9]}.get(self.kind, range(FRAGMENTS))
        return tuple(self.word(one, at) for one in fragments for at in range(WORDS))


class Office:
    """A corpus of such texts behind a running server."""

    def __init__(self, root: Path, kinds: Sequence[str]) -> None:
        self.root = root
        self.texts = [Text(number, kind) for number, kind in enumerate(kinds)]
        self.maker = CorpusMaker(root)
        for text in self.texts:
            self.maker.event(text.event, f"Foro {text.number}", anuncio_md=text.fragment(9))
            self.maker.mesa("mesa", text.event, f"Mesa {text.number}", transcripcion_txt=text.transcript())
        assert not self.maker.update().failed
        account(self.maker.corpus)
        self.commands = Commands(self.maker.corpus, self.maker.settings.index)
        self.log = root / "registro" / "servidor.log"

    def run(self) -> Iterator[tuple[Text, set[str]]]:
        """Withdraw each; every time the places where its words were just before."""
        port = free_port()
        with server(self.root, port, self.log) as process:
            browser = Browser(port)
            browser.enter()
            for text in self.texts:
                self._spread(text, browser)
                before = places_of(held(text.gone(), self.folders()), self.root)
                self._withdraw(text, browser)
                self._search(text, browser)
                yield text, before
            process.terminate()
            process.wait(30)

    def folders(self) -> tuple[Path, ...]:
        """Wherever a file of ours can be."""
        return self.maker.corpus, self.maker.settings.index, self.log.parent

    def _spread(self, text: Text, browser: Browser) -> None:
        fragment = 9 if text.kind == "anuncio" else 1
        page, file = (text.event, "anuncio.md") if fragment == 9 else (text.mesa, "transcripcion.txt")
        said = text.fragment(9) if fragment == 9 else text.transcript()
        self._search(text, browser)
        if fragment == 1:
            self._mend(text)
        browser.open("/acervo/agregar", {"token": self._token(browser, "/acervo/agregar"), "texto": said})
        said_of = {"frase": " ".join(said.split()[5:12]), "texto": f"Dice {text.word(fragment, 3)}"}
        report(self.maker.corpus, PageId.parse(page), self._number(page, text.word(fragment, 3)), said_of)
        (self.maker.corpus / page / f".{file}.abcd1234.tmp").write_text(said, encoding="utf-8")

    def kill(self, text: Text, chance: random.Random, usual_s: float) -> str:
        """Withdraw one by the command and kill it; ``como antes`` or ``retirado``, else what is wrong."""
        jobs = JobStore(self.maker.corpus)
        jobs.put(jobs.new("ana", "?", name="texto pegado"), text.transcript().encode(), ".txt")
        said_of = {"frase": text.fragment(1), "texto": "Está mal"}
        report(self.maker.corpus, PageId.parse(text.mesa), self._number(text.mesa, text.word(1, 3)), said_of)
        before = held(text.gone(), self.folders())
        target = text.mesa
        if text.kind == "fragmento":
            target += f"#p{self._number(text.mesa, text.word(1, 5))}"
        places = [f"--corpus={self.maker.corpus}", f"--indice={self.maker.settings.index}"]
        line = [sys.executable, "-W", "ignore", "-m", "indexer"]
        process = subprocess.Popen(
            [*line, "retirar", target, "--motivo=A petición", *places], stdout=subprocess.DEVNULL
        )
        journal = self.maker.corpus / "_historial" / "pasos.jsonl"
        deadline = time.monotonic() + (usual_s * chance.random() if text.number % 2 else 10 * usual_s)
        while time.monotonic() < deadline and process.poll() is None and text.mesa not in _read(journal):
            time.sleep(0.0005)
        time.sleep(0.03 * chance.random())
        process.kill()
        process.wait()
        subprocess.run([*line, "actualizar", *places], check=True, stdout=subprocess.DEVNULL)
        after = held(text.gone(), self.folders())
        if not after:
            return "retirado"
        whole = places_of(before, self.root) == places_of(after, self.root)
        return "como antes" if whole else f"a medias: {sorted(places_of(after, self.root))}"

    def _mend(self, text: Text) -> None:
        """A correction, and another version of the same text: the history keeps both."""
        folder = self.maker.corpus / text.mesa
        number, word = self._number(text.mesa, text.word(1, 3)), text.word(1, 3)
        table = f"numero\tde\ta\tvez\tautor\tfecha\n{number}\t{word}\t{word.upper()}\t1\tana\t2026-01-01\n"
        with history.step(self.maker.corpus, "ana", "terminal", "corregir", text.mesa) as taken:
            taken.write(folder / "correcciones.tsv", table.encode())
            newer = text.transcript() + "PERSONA G: Gracias a todas las personas.\n"
            taken.write(folder / "transcripcion.txt", newer.encode())
        self.maker.update()

    def _withdraw(self, text: Text, browser: Browser) -> None:
        page = text.event if text.kind == "anuncio" else text.mesa
        form = {"que": text.kind, "motivo": "A petición", "como": "siempre", "confirmacion": "RETIRAR"}
        if text.kind == "fragmento":
            form["fragmento"] = str(self._number(page, text.word(1, 5)))
        address = f"/acervo/{page}/retirar"
        where, answer = browser.open(address, {"token": self._token(browser, address), **form})
        for _ in range(300):
            if "/encargos/" not in where:
                break
            time.sleep(0.1)
            where, answer = browser.open(where)
        if "Hecho y publicado" not in answer:
            raise RuntimeError(f"{text}: {re.sub('<[^>]+>', ' ', answer)[:2000]}")

    def _search(self, text: Text, browser: Browser) -> None:
        for fragment in (9,) if text.kind == "anuncio" else (1,):
            words = " ".join(text.fragment(fragment).split()[:12])
            for place in PLACES:
                browser.open(place.replace("{n}", str(text.number)).replace("{}", urllib.parse.quote(words)))

    def _number(self, page: str, word: str) -> int:
        """The fragment that holds a word."""
        return next(one.number for one in self.maker.passages(page) if word in one.text.lower())

    @staticmethod
    def _token(browser: Browser, address: str) -> str:
        return token(browser.open(address)[1])


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def held(words: Iterable[str], folders: Iterable[Path]) -> dict[Path, list[str]]:
    """The files that hold any of some words, whatever the letter case and the encoding."""
    wanted = [(word, [word.lower().encode(code) for code in ("utf-8", "latin-1", "utf-16-le")]) for word in words]
    found: dict[Path, list[str]] = {}
    for path in files(folders):
        data = contents(path)
        if here := [word for word, forms in wanted if any(form in data for form in forms)]:
            found[path] = here
    return found


def files(folders: Iterable[Path]) -> list[Path]:
    """Every file below some folders, hidden ones as well."""
    return sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def contents(path: Path) -> bytes:
    """The bytes of a file, and of what is packed in it, in lower case (ñ too, in each encoding)."""
    data = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data += b"\0".join(packed.read(name) for name in packed.namelist())
    if path.suffix == ".json":  # ñ may be written as an escape
        data += data.replace(b"\\u00f1", "ñ".encode())
    data = data.replace("Ñ".encode(), "ñ".encode()).replace("Ñ".encode("latin-1"), "ñ".encode("latin-1"))
    return urllib.parse.unquote_to_bytes(data.lower()) if b"%" in data and len(data) < 1 << 22 else data.lower()


def places_of(found: dict[Path, list[str]], root: Path) -> set[str]:
    """Where files lie, in a word each: ``indice``, ``_recibidos``, ``objetos``, ``acervo``…"""
    named = ("indice", "registro", "_recibidos", "_reportes", "_retirados", "objetos")
    parts = (path.relative_to(root).parts for path in found)
    return {
        next((name for name in named if name in each), "a medias" if each[-1].endswith(".tmp") else "acervo")
        for each in parts
    }


def main() -> int:
    """Withdraw, look, and print what was seen."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    wrong = _killed(int(sys.argv[2])) if len(sys.argv) > 2 else 0
    before: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        office = Office(Path(work), [KINDS[at % len(KINDS)] for at in range(wanted)])
        for _, places in office.run():
            before.update(places)
        words = [word for text in office.texts for word in text.gone()]
        looked = files(office.folders())
        found = held(words, office.folders())
        log = len(office.log.read_bytes())
        print(f"retiros: {wanted}; palabras buscadas: {len(words)}")
        print("antes de cada retiro estaban en: " + json.dumps(dict(sorted(before.items())), ensure_ascii=False))
        print(
            f"archivos: {len(looked)}; bytes: {sum(path.stat().st_size for path in looked):,}; registro: {log:,} bytes"
        )
        print(f"encontrados después: {len(found)}")
        for path, here in found.items():
            print(f"  {path.relative_to(work)}: {' '.join(here[:5])}")
    return int(bool(found) or bool(wrong))


def _killed(trials: int) -> int:
    """Withdrawals that are killed, and what was seen; how many were left half done."""
    seen: Counter[str] = Counter()
    chance = random.Random(SEED)
    for start in range(0, trials, AT_ONCE):
        with tempfile.TemporaryDirectory() as work:
            kinds = [KINDS[at // 2 % 2 * 2] for at in range(min(AT_ONCE, trials - start))]
            office = Office(Path(work), kinds)
            (Path(work) / "registro").mkdir()
            seen.update(office.kill(text, chance, USUAL_S) for text in office.texts)
    print(f"retiros interrumpidos con kill -9: {json.dumps(dict(seen), ensure_ascii=False)}")
    return sum(count for what, count in seen.items() if what.startswith("a medias"))


if __name__ == "__main__":
    sys.exit(main())
