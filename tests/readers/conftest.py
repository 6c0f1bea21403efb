"""Settings of the readers' property tests."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no fault of a parser; what takes too long is measured in benchmarks/.
settings.register_profile("readers", deadline=None)
settings.load_profile("readers")
