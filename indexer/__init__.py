"""The index: how it is written and how it is asked."""
