"""The family of caption files: importing it registers the readers of .vtt, .srt, .sbv and .json."""

from __future__ import annotations

from indexer.readers.caption_json import read_caption_json
from indexer.readers.sbv import read_sbv
from indexer.readers.srt import read_srt
from indexer.readers.vtt import read_vtt

__all__ = ["read_caption_json", "read_sbv", "read_srt", "read_vtt"]
