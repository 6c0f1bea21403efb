"""What every answer of the server shares: headers, caching, compression, JSON, the log."""
