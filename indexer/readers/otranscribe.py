"""oTranscribe's own format (.otr): HTML in JSON, with a time where whoever typed set one."""

from __future__ import annotations

import json

from bs4 import BeautifulSoup

from indexer.errors import ReadError
from indexer.readers.decode import clean, decode
from indexer.readers.flow import paragraphs_of
from indexer.readers.paragraphs import Prose
from indexer.readers.registry import reader


@reader(".otr")
def read_otranscribe(data: bytes) -> Prose:
    """Its paragraphs; the times stand before their words, as in a pasted panel.

    Raises:
        ReadError: It is not what oTranscribe saves.
    """
    try:
        held = json.loads(decode(data, longest_line=None))
        text = held["text"]
    except (ValueError, RecursionError, TypeError, KeyError) as error:
        raise ReadError("no es un archivo de oTranscribe", "expórtelo de nuevo desde oTranscribe") from error
    if not isinstance(text, str):
        raise ReadError("el archivo de oTranscribe no tiene texto", "expórtelo de nuevo desde oTranscribe")
    return Prose(paragraphs_of(BeautifulSoup(clean(text), "lxml")))
