"""The pages that are read: front page, events, sessions, fragments, corrections."""
