"""Speakers' labels: where a line holds one, whom it names, when it opens a turn."""
