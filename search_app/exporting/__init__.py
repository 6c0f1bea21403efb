"""Exports: chosen fragments, the results of a search or a whole page, one module per file format."""
