"""Vectors of texts and questions, by a model that an administrator may choose: what else orders the first results."""
