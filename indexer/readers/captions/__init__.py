"""Timed captions, whatever wrote them: lines, JSON, XML, tables, pasted panels."""
