"""HTTP for every room: security headers, caching, compression, JSON answers, the server log."""
