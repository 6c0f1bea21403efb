"""The only place that chains the steps: corpus files -> readers -> layers -> segments -> annotate -> engine."""

from indexer.pipeline.pending import Pending, pending
from indexer.pipeline.review import review
from indexer.pipeline.update import Progress, Report, update, update_in_turn

__all__ = ["Pending", "Progress", "Report", "pending", "review", "update", "update_in_turn"]
