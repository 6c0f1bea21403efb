"""What matches and ranks passages over arrays, from whatever store they come.

In this room ``fragment`` is the number of a passage (``passages``), and ``fragments`` an ascending array of them.
"""
