"""The only place that chains the steps: corpus files -> readers -> layers -> segments -> annotate -> engine."""

from indexer.pipeline.pending import Pending, pending
from indexer.pipeline.report import Report
from indexer.pipeline.review import review
from indexer.pipeline.update import update

__all__ = ["Pending", "Report", "pending", "review", "update"]
