"""``revisar``: reports every fault of corpus and index. Writes nothing."""

from indexer.config import Settings
from indexer.corpus.anchors import Anchors
from indexer.corpus.snapshot import read_corpus
from indexer.engines import engine
from indexer.errors import IndexDamaged, IndexMissing, Problem
from indexer.language.entities import Entities, default_entities
from indexer.pipeline.anchor_files import anchors_path
from indexer.pipeline.last_good import LastGood
from indexer.pipeline.pages import build, read_texts
from indexer.pipeline.plan import plan
from indexer.pipeline.update import Progress, Report, cycles_seldom_looked_for
from indexer.program import STAFF


@cycles_seldom_looked_for()
def review(settings: Settings, *, progress: Progress | None = None) -> Report:
    """Validate the corpus, read every file that was not published as it is now, and verify the published index.

    Raises:
        CorpusError: There is no corpus at that place.
    """
    snapshot = read_corpus(settings.corpus)
    problems = [*snapshot.problems, *engine().faults()]
    last = LastGood()
    try:
        last = LastGood.published(settings.index, anchors=True)
    except IndexMissing:
        cure = f"constrúyalo con: {STAFF} actualizar"
        problems.append(Problem(str(settings.index), "todavía no hay un índice publicado", cure, "aviso"))
    except IndexDamaged as error:
        problems.append(Problem(str(settings.index), "el índice está dañado", str(error)))
    entities = Entities(snapshot.entities or default_entities())
    works = plan(snapshot, LastGood())
    for done, work in enumerate(works):
        if progress:
            progress(done, len(works), str(work.page))
        record = last.unchanged(work.page, work.fingerprint)
        if record is not None:  # what was wrong with its files, warnings all of them, is so still
            problems += record.problems
        elif work.files.corrections is not None:  # whether they still fit is known once there are fragments
            problems += build(work, snapshot.people, LastGood(), entities).problems
        else:
            problems += read_texts(work, snapshot.people)[1]
        if work.files.anchors is not None and (record is None or work.files.anchors != record.anchors):
            problems += Anchors.parse(work.files.anchors, anchors_path(work))[1]
    if last.catalogue is not None and last.catalogue.edition != snapshot.edition:
        cure = f"publíquelo con: {STAFF} actualizar"
        fault = "el acervo cambió desde la última edición publicada"
        problems.append(Problem(str(settings.index), fault, cure, "aviso"))
    return Report(tuple(sorted(set(problems))), last.catalogue)
