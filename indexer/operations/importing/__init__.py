"""Many files at once: which recordings they are, where each belongs, and all of them into the corpus as one step."""
