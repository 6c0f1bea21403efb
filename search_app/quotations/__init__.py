"""Checking a quotation (``/cotejar``): is this what was said, word by word?"""
