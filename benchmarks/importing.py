"""Imports a year of sessions, made up, and looks at what came of it.

    python benchmarks/importing.py              200 yt-dlp pairs: one publication, right title, date and video
    python benchmarks/importing.py --cost       500 pairs into a corpus of 18,000 fragments: CPU seconds per file
    python benchmarks/importing.py --kill       the 200 pairs again, killed at 20 random moments: nothing half, resumed

Exit code 1 where anything is not as it should be. Every text and title is made up.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from indexer.engines import open_index  # noqa: E402 - the project is run in place, not installed

WORDS = (
    "cómputo", "acta", "paquete", "casilla", "consejo", "boleta", "sistema", "captura", "voto", "distrito", "resultado",
    "funcionario", "capacitación", "elección", "municipio", "bodega", "cinta", "sello", "traslado", "recepción",
    "observador", "representante", "jornada", "escrutinio",
)  # fmt: skip
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789_-"
EVENT = "consejo-ficticio"


def clock(second: int) -> str:
    """``00:12:04.000``."""
    return f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000"


def pair(folder: Path, number: int, minutes: int) -> dict[str, Any]:
    """Captions and the data of one video, as yt-dlp lays them down; returns the data."""
    chance = random.Random(number)
    own = "".join(chance.choice(LETTERS) for _ in range(10)) + "9"
    title = f"Sesión ficticia: {' '.join(chance.sample(WORDS, 3))}"  # some are the same twice
    lines = ["WEBVTT", "Kind: captions", "Language: es", ""]
    for second in range(0, minutes * 60, 4):
        words = " ".join(chance.choice(WORDS) for _ in range(9))
        lines += [f"{clock(second)} --> {clock(second + 4)}", words, ""]
    name = f"{title.replace(':', '：')} [{own}]"
    (folder / f"{name}.es.vtt").write_text("\n".join(lines), encoding="utf-8")
    info = {
        "id": own, "title": title, "upload_date": f"2025{number % 12 + 1:02d}{number % 28 + 1:02d}",
        "webpage_url": f"https://www.youtube.com/watch?v={own}", "duration": minutes * 60,
    }  # fmt: skip
    (folder / f"{name}.info.json").write_text(json.dumps(info, ensure_ascii=False), encoding="utf-8")
    return info


def command(work: Path, *words: str) -> list[str]:
    """A command of staff over the corpus below a folder."""
    return [sys.executable, "-m", "indexer", *words, f"--corpus={work / 'corpus'}", f"--indice={work / 'indice'}"]


def run(work: Path, *words: str) -> tuple[dict[str, Any], float]:
    """Its answer, and the CPU seconds that it took, with those of its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command(work, *words), cwd=ROOT, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-2000:]
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(done.stdout.strip().splitlines()[-1]) if "--json" in words else {}, spent


def furnish(work: Path, pairs: int, minutes: int) -> list[dict[str, Any]]:
    """An empty event, and a folder of pairs beside the corpus."""
    (work / "corpus").mkdir(parents=True)
    (work / "videos").mkdir()
    days = ("--fecha", "2025-01-01", "--fin", "2025-12-31")
    run(work, "nuevo", EVENT, "--titulo", "Consejo ficticio", *days)
    return [pair(work / "videos", number, minutes) for number in range(pairs)]


def state(work: Path) -> list[tuple[str, str, str]]:
    """Title, day and video of every mesa that is published."""
    index = open_index(work / "indice")
    try:
        sessions = index.overview().catalogue.sessions
    finally:
        index.close()
    return sorted((one.title, str(one.date), one.video or "") for one in sessions)


def wanted(infos: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    """What the data of the videos say."""
    return sorted((i["title"], "-".join((i["upload_date"][:4], i["upload_date"][4:6], i["upload_date"][6:])),
                   i["webpage_url"]) for i in infos)  # fmt: skip


def steps(work: Path) -> int:
    """How many steps the history has."""
    return len(run(work, "historial", "--json")[0]["pasos"])


def whole(work: Path) -> bool:
    """Whether all of the import is in the corpus, or nothing of it: each mesa with its text, day and video."""
    run(work, "actualizar")  # what a crash broke off is brought to its end
    folders = [path for path in (work / "corpus" / EVENT).iterdir() if path.is_dir()]
    for folder in folders:
        said = tomllib.loads((folder / "mesa.toml").read_text(encoding="utf-8"))
        if not {"titulo", "fecha", "video"} <= said.keys() or not (folder / "transcripcion.vtt").is_file():
            return False
    return len(folders) in (0, 200)


def right(work: Path) -> bool:
    """200 pairs, one step, one publication."""
    infos = furnish(work, 200, 10)
    answer, spent = run(work, "importar", str(work / "videos"), "--evento", EVENT, "--json")
    good = state(work) == wanted(infos)
    count = len(set(state(work)) & set(wanted(infos)))
    print(f"200 pares: {count} con su título, fecha y video; pasos {steps(work) - 1}; {spent:.1f} s de CPU")
    return good and steps(work) == 2 and answer["paso"] == 2


def killed(work: Path) -> bool:
    """Killed 20 times, at moments spread over its run, each time from the start; then the same command once more."""
    infos = furnish(work, 200, 10)
    line = command(work, "importar", str(work / "videos"), "--evento", EVENT, "--json")
    kept = work / "antes"
    shutil.copytree(work / "corpus", kept)
    began = time.perf_counter()
    subprocess.run(line, cwd=ROOT, capture_output=True, check=True)
    lasts_s = time.perf_counter() - began
    chance = random.Random(16)
    half = resumed = stopped = with_step = late = 0
    while stopped < 20:
        for name in ("corpus", "indice"):
            shutil.rmtree(work / name, ignore_errors=True)
        shutil.copytree(kept, work / "corpus")
        child = subprocess.Popen(
            line, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:  # one that had ended by then tells nothing: the same moment is tried again
            child.wait(lasts_s * (stopped + chance.random()) / 20)
            late += 1
            continue
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        stopped += 1
        half += not whole(work)
        with_step += steps(work) == 2
        run(work, "importar", str(work / "videos"), "--evento", EVENT, "--json")
        resumed += state(work) == wanted(infos) and steps(work) == 2
    print(
        f"matada {stopped} veces ({late} más habían terminado; dura {lasts_s:.1f} s): a medias {half}, entera ya "
        f"{with_step}; siguieron y terminaron bien {resumed}"
    )
    return not half and resumed == 20


def cost(work: Path) -> bool:
    """500 pairs of an hour each beside a corpus of 18,000 fragments."""
    furnish(work, 500, 60)
    (work / "grande").mkdir()
    for number in range(1_000, 1_112):
        pair(work / "grande", number, 180)
    run(work, "importar", str(work / "grande"), "--evento", EVENT, "--json")
    answer, spent = run(work, "importar", str(work / "videos"), "--evento", EVENT, "--json")
    with_all = [row for row in answer["renglones"] if row["estado"] == "importar"]
    index = open_index(work / "indice")
    total = sum(record.passages for record in index.overview().catalogue.pages.values())
    index.close()
    print(f"{len(with_all)} archivos, {total:,} fragmentos al final: {spent / len(with_all):.3f} s de CPU por archivo")
    return spent / len(with_all) <= 0.5


def main() -> int:
    """Run what is asked for and print what was seen."""
    trial = {"--kill": killed, "--cost": cost}.get(sys.argv[1] if len(sys.argv) > 1 else "", right)
    with tempfile.TemporaryDirectory() as work:
        return 0 if trial(Path(work)) else 1


if __name__ == "__main__":
    sys.exit(main())
