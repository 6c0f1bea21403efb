"""Generations of the index: published whole, verified, held while they serve. Neutral to the engine."""

from indexer.generations.disk import disk_errors
from indexer.generations.manifest import verify
from indexer.generations.store import Generations, Lease, Update

__all__ = ["Generations", "Lease", "Update", "disk_errors", "verify"]
