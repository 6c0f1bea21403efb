"""The readers: one module a family of formats."""
