"""Answers a person. Reads only the index."""
