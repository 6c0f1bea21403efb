"""The results of a search: as a page, as JSON, as a feed."""
