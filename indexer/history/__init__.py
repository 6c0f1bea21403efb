"""What was done to the corpus, step by step: written ahead, finished after a crash, undone byte for byte."""

from indexer.history.changes import Conflict, Step
from indexer.history.journal import FileChange, Journal, StepRecord
from indexer.history.lock import corpus_lock
from indexer.history.steps import let_go, recover, step
from indexer.history.undoing import PastStep, Undoing, objects_of, pages_led_to

__all__ = [
    "Conflict", "FileChange", "Journal", "PastStep", "Step", "StepRecord", "Undoing", "corpus_lock", "let_go",
    "objects_of", "pages_led_to", "recover", "step",
]  # fmt: skip
