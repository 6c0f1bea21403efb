"""The only registry of engines."""
