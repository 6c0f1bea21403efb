"""How many speaker labels of official transcripts are recognised, and whether any sentence is taken for one.

The transcripts announce each speaker with a ``---`` line: what stands on the next line is the label (or an act). The
count needs no other truth: a label that is still in the text was missed; a line of the body that is not there any
more was taken for a label.

Usage: ``python benchmarks/labels.py [FOLDER]`` (default ``../shared/data/transcripts``). Exit 0 when at least 99 % are
recognised, no body line is taken and no hostile paragraph takes 50 ms, else 1.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from indexer.model import Kind
from indexer.model.transcript import Block
from indexer.readers import read
from indexer.readers.labels.speakers import read_transcript
from indexer.readers.paragraphs import Paragraph, opens_act, tidy, why_not_speech

DEFAULT = Path(__file__).resolve().parents[2] / "shared/data/transcripts"
LEAST = 0.99


@dataclass
class Count:
    """What happened to the lines of one file, or of all."""

    labels: int = 0
    recognised: int = 0
    acts: int = 0
    acts_kept: int = 0
    body: int = 0
    taken: int = 0
    second_lines: int = 0

    def add(self, other: Count) -> None:
        """Sum up."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def count(path: Path) -> Count:
    """Walk the file's lines beside the blocks that came out of it."""
    blocks = list(read(path, Kind.TRANSCRIPT).blocks)
    lines = [tidy(line) for line in path.read_text(encoding="utf-8").split("\n")]
    result, at, after_rule, label_before = Count(), 0, False, False
    for line in lines:
        if line == "---":
            after_rule = True
            continue
        if why_not_speech(line) is not None:
            continue
        block: Block | None = blocks[at] if at < len(blocks) else None
        kept = block is not None and block.text == line
        run_in = block is not None and not kept and line.endswith(block.text) and ":" in line
        opens = block is not None and (at == 0 or blocks[at - 1].turn != block.turn)
        act = after_rule and (opens_act(line) or line.startswith("("))
        if act:
            result.acts += 1
            result.acts_kept += bool(kept and block and opens and block.speaker is None)
        elif after_rule:
            result.labels += 1
            result.recognised += bool(not kept and block and opens and block.speaker and block.speaker.shown)
            if kept:
                print(f"  no reconocida: {path.name}: {line}")
        else:
            result.body += 1
            # A post on one line and `NAME: …` on the next: what is gone must be in capitals.
            second = run_in and label_before and opens and block is not None and line[: -len(block.text)].isupper()
            result.second_lines += second
            if not kept and not second:
                result.taken += 1
                print(f"  tomada por etiqueta: {path.name}: {line[:100]}")
        at += kept or run_in
        label_before, after_rule = after_rule and not act, False
    if at != len(blocks):
        raise SystemExit(f"{path.name}: se leyeron {len(blocks)} párrafos y solo {at} están en el archivo")
    return result


HOSTILE = (
    *("A", "a ", "A, ", "Ab ", "EL A", ". LA A", "(", ") ", ":", "- ", "A:1", "1:1 ", "**", "a.- ", "—"),
    *("El presidente ", "LA CONSEJERA ", "”. LA CONSEJERA ", "de la ", "Ana "),
    *("0:05 ", "[0:05] ", "(1:02:03", "Ana (0:05): ", "0:05 - "),
)
LETTERS = 100_000
MOST_S = 0.05


def slowest() -> float:
    """Seconds that the worst paragraph of 100,000 hostile letters takes, best of three."""
    worst = 0.0
    for piece in HOSTILE:
        text = (piece * (LETTERS // len(piece) + 1))[:LETTERS].strip()
        taken = []
        for _ in range(3):
            start = time.process_time()
            read_transcript([Paragraph(text, bold=3)])
            taken.append(time.process_time() - start)
        worst = max(worst, min(taken))
    return worst


def main() -> int:
    """Print the counts of each file and in all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    files = sorted(folder.glob("estenografica-*.txt"))
    if not files:
        print(f"No hay archivos estenografica-*.txt en {folder}: indique otra carpeta; no se midió nada.")
        return 1
    total = Count()
    for path in files:
        one = count(path)
        total.add(one)
        print(f"{path.name}: {one.recognised} de {one.labels} etiquetas; {one.taken} de {one.body} líneas de más")
    share = total.recognised / total.labels if total.labels else 0.0
    print(
        f"Total: {total.recognised} de {total.labels} etiquetas ({share:.2%}); {total.acts_kept} de {total.acts} actos "
        f"conservados sin persona; {total.taken} de {total.body} líneas del cuerpo tomadas por etiqueta; "
        f"{total.second_lines} etiquetas en dos líneas"
    )
    worst = slowest()
    print(f"Peor párrafo hostil de {LETTERS:,} letras: {worst * 1000:.1f} ms (límite: {MOST_S * 1000:.0f} ms)")
    good = share >= LEAST and not total.taken and total.acts_kept == total.acts and worst < MOST_S
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
