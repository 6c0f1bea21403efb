"""Builds every file of a folder of real transcripts as one event, through the commands, and prints what it cost.

    python benchmarks/build.py [FOLDER]

FOLDER defaults to ../shared/data/transcripts; its files are linked into a temporary corpus, nothing is copied into the
project. Exit code 1 when a file fails or a figure of the issue is missed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEFAULT = ROOT.parent / "shared" / "data" / "transcripts"


def make_corpus(folder: Path, corpus: Path) -> int:
    """One mesa a file. Returns how many."""
    event = corpus / "reales"
    event.mkdir(parents=True)
    (event / "evento.toml").write_text(
        'titulo = "Transcripciones reales"\ninicio = 2020-01-01\nfin = 2026-12-31\n', encoding="utf-8"
    )
    files = sorted(path for path in folder.iterdir() if path.is_file())
    for number, path in enumerate(files, 1):
        slug = "".join(c if c.isalnum() else "-" for c in path.name.lower())
        mesa = event / f"mesa-{number}-{slug}".rstrip("-")
        mesa.mkdir()
        (mesa / "mesa.toml").write_text(f'titulo = "{path.name}"\nnumero = {number}\n', encoding="utf-8")
        (mesa / f"transcripcion{path.suffix}").write_bytes(path.read_bytes())
    return len(files)


def update(corpus: Path, index: Path) -> tuple[subprocess.CompletedProcess[str], float, float, float]:
    """Run ``actualizar``. Returns the process, its wall and CPU seconds and its peak memory in MB."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "indexer", "actualizar", "--corpus", str(corpus), "--indice", str(index)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    return subprocess.CompletedProcess(command, process.returncode, output), wall, cpu, usage.ru_maxrss / 1024


def import_of_spacy_s(corpus: Path, index: Path) -> float:
    """Seconds that a publication spends on importing spaCy; 0 where nothing needs it."""
    command = [sys.executable, "-X", "importtime", "-m", "indexer", "actualizar"]
    command += ["--corpus", str(corpus), "--indice", str(index)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stderr
    rows = [line.split("|") for line in told.splitlines() if line.startswith("import time:")]
    return sum(int(row[1]) for row in rows if row[2].strip() == "spacy") / 1_000_000


def main() -> int:
    """Build twice, print the figures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    if not folder.is_dir():
        print(f"sin datos: {folder} no existe; no se midió nada")
        return 0
    with tempfile.TemporaryDirectory() as work:
        corpus, index = Path(work) / "corpus", Path(work) / "indice"
        files = make_corpus(folder, corpus)
        done, wall, cpu, peak = update(corpus, index)
        print(done.stdout.strip())
        from indexer.index.catalogue import load

        pages = load(index / "actual").pages
        mesas = {name: record for name, record in pages.items() if "/" in name}
        empty = [name for name, record in mesas.items() if not record.passages]
        passages = sum(record.passages for record in pages.values())
        words = sum(record.words for record in pages.values())
        again, wall_again, _, _ = update(corpus, index)
        print(
            f"archivos: {files}; con fragmentos: {len(mesas) - len(empty)}; palabras: {words}; fragmentos: {passages}"
        )
        print(
            f"construir: {wall:.1f} s de reloj, {cpu:.1f} s de CPU, {passages / cpu:.0f} fragmentos por segundo de CPU"
        )
        print(
            f"memoria máxima: {peak:.0f} MB; segunda vez sin cambios: {wall_again:.2f} s ({again.stdout.strip()[-60:]})"
        )
        print(f"importar spaCy en una publicación: {import_of_spacy_s(corpus, Path(work) / 'otro'):.2f} s")
        good = done.returncode == again.returncode == 0 and not empty and len(mesas) == files
        return 0 if good and passages / cpu >= 250 and wall_again <= 2 and peak < 600 else 1


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
