"""Checking a quotation: is this what was said, word by word?"""
