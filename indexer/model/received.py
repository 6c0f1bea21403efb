"""What the desk keeps of what was sent to it: a folder per job, with its record and its files."""

FOLDER = "_recibidos"
RECORD = "encargo.json"
VERSION = 2
"""Of the format of a record."""
MANY = "archivos"
"""The folder of the files of a job that came with many."""
