"""Keeps indexes in a cluster of OpenSearch; decision 0090 says what it does and what it does not."""
