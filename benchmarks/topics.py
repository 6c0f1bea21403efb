"""How many of the fragments that bear a topic speak of it, and how many of those that hold a form of it go without.

    python benchmarks/topics.py [FOLDER] [--pending]

FOLDER holds the press conferences in Markdown of the public ``roicort/ConferenciasMatutinasAMLO`` (``corpus`` there):
with the official versions of ../shared/data, every sixteenth of them makes the large collection. Without it, only the
shipped corpus is measured. ``topics.tsv`` has our judgements, by file and position (see ``relevance_short_turns``):
30 fragments, drawn with a seed, of each of the 20 largest topics, 50 of those that go without, every shipped one.
``--pending`` shows what is drawn and was not judged yet. Exit 1 where a topic of the large collection is below 90 %.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.relevance_short_turns import built, load  # noqa: E402
from indexer.config import Settings  # noqa: E402
from indexer.engines import open_index  # noqa: E402
from indexer.index.protocol import SearchIndex  # noqa: E402
from indexer.language.vocabulary import spans_in_passing, vocabulary_of  # noqa: E402
from indexer.model import PageId  # noqa: E402
from indexer.pipeline import update  # noqa: E402

JUDGED = Path(__file__).with_name("topics.tsv")
TRANSCRIPTS = ROOT.parent / "shared" / "data" / "transcripts"
EVERY, CONFERENCES = 16, 96
TOPICS, DRAWN, WITHOUT = 20, 30, 50
SEED = 20261130
LEAST = 0.9


@dataclass(frozen=True, slots=True, order=True)
class Fragment:
    """A fragment: its file, its first word among all words of the page, what it says, its topics, those it hints at."""

    file: str
    word: int
    text: str
    topics: tuple[str, ...]
    without: tuple[str, ...]


def fragments(index: SearchIndex) -> Iterator[Fragment]:
    """Every fragment of an index; a transcript under the name of its file, which is the title of its mesa."""
    catalogue = index.overview().catalogue
    vocabulary = vocabulary_of(catalogue.topics)
    titles = {PageId(session.event, session.slug): session.title for session in catalogue.sessions}
    for page in [PageId(event.slug, None) for event in catalogue.events] + list(titles):
        shown, word = index.session(page), 0
        for passage in shown.passages if shown else ():
            forms = {span.topic for span in spans_in_passing(vocabulary, passage.text)}
            title = titles.get(page, "")
            name = title if title.endswith((".md", ".txt")) else str(page)
            without = tuple(sorted(forms.difference(passage.topics)))
            yield Fragment(name, word, passage.text, passage.topics, without)
            word += len(passage.text.split())


def large(folder: Path, work: Path) -> list[Fragment]:
    """The official versions and the press conferences, built."""
    chosen = work / "chosen"
    chosen.mkdir()
    files = [*sorted(folder.glob("*.md"))[::EVERY][:CONFERENCES], *TRANSCRIPTS.glob("estenografica-*.txt")]
    for path in files:
        (chosen / path.name).symlink_to(path.resolve())
    index, _ = built(chosen, work)
    found = sorted(fragments(index))
    index.close()
    return found


def shipped(work: Path) -> list[Fragment]:
    """The corpus of the project, built of a copy."""
    shutil.copytree(ROOT / "corpus", work / "shipped")
    update(Settings(work / "shipped", work / "indice-shipped"))
    index = open_index(work / "indice-shipped")
    found = sorted(fragments(index))
    index.close()
    return found


def table(of: list[Fragment], judged: dict[str, dict[tuple[str, int], int]], most: int | None, pending: bool) -> bool:
    """Print the precision of each topic. Returns whether all reach the goal."""
    bearing = defaultdict(list)
    for one in of:
        for topic in one.topics:
            bearing[topic].append(one)
    largest = sorted(bearing, key=lambda topic: (-len(bearing[topic]), topic))[: TOPICS if most else None]
    reached, right, seen = True, 0, 0
    print("| tema | fragmentos | juzgados | hablan de él | precisión |\n|---|---|---|---|---|")
    for topic in largest:
        drawn = bearing[topic]
        if most and len(drawn) > most:
            drawn = sorted(random.Random(f"{SEED} {topic}").sample(drawn, most))
        grades = [grade for one in drawn if (grade := judged[topic].get((one.file, one.word))) is not None]
        if pending:
            show(topic, [one for one in drawn if (one.file, one.word) not in judged[topic]])
        right, seen = right + sum(grades), seen + len(grades)
        share = sum(grades) / len(grades) if grades else 0.0
        reached &= share >= LEAST
        print(f"| {topic} | {len(bearing[topic])} | {len(grades)} | {sum(grades)} | {share:.2f} |")
    print(f"| todos | {sum(map(len, bearing.values()))} | {seen} | {right} | {right / max(1, seen):.3f} |")
    return reached


def show(topic: str, of: list[Fragment]) -> None:
    """Print fragments that are to be judged."""
    for one in of:
        print(f"  {topic}\t{one.file}:{one.word}:?\t{' '.join(one.text.split())}")


def main() -> int:
    """Build what is there, print both tables."""
    pending = "--pending" in sys.argv
    given = [Path(argument) for argument in sys.argv[1:] if argument != "--pending"]
    judged: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    judged.update({query.text: query.grades for query in load(JUDGED)})
    reached = True
    with tempfile.TemporaryDirectory() as work:
        if given and TRANSCRIPTS.is_dir():
            of = large(given[0], Path(work))
            print(f"Colección grande: {len(of):,} fragmentos")
            reached = table(of, judged, DRAWN, pending)
            pairs = [(one, topic) for one in of for topic in one.without]
            drawn = sorted(random.Random(str(SEED)).sample(pairs, WITHOUT))
            grades = [judged[topic].get((one.file, one.word)) for one, topic in drawn]
            for (one, topic), grade in zip(drawn, grades, strict=True):
                if pending and grade is None:
                    show(topic, [one])
            known = [grade for grade in grades if grade is not None]
            print(f"{len(pairs):,} con una forma y sin el tema; de {len(known)} juzgados {sum(known)} hablan de él")
        print("\nAcervo del proyecto")
        table(shipped(Path(work)), judged, None, pending)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
