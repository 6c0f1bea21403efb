"""What was done to the corpus, step by step: written ahead, finished after a crash, undone byte for byte."""

from indexer.history.changes import Conflict, Step
from indexer.history.journal import FileChange, Journal, StepRecord
from indexer.history.lock import corpus_lock
from indexer.history.steps import recover, step

__all__ = ["Conflict", "FileChange", "Journal", "Step", "StepRecord", "corpus_lock", "recover", "step"]
