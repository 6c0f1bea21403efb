"""The neutral face of an index: query tree, results, protocol."""
