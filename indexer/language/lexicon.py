"""What a word typed without its accents, or said by captions without them, may stem to.

Snowball needs accents: ``secretaría`` is ``secret``, ``secretaria`` is ``secretari``. The lexicon remembers, for each
folded form of the collection, the stems of the words that fold to it, so that both spellings meet at query time and
the index itself keeps one stem a word. Folding never touches ``ñ``, so that ``año`` and ``ano`` stay apart.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Self

from indexer.language.folding import fold
from indexer.language.stemming import related, stem

_LOST_ACCENT = re.compile(r"(?<=[^aeiou])i(?=(?:a|as|an|amos)$)")
"""Where a word that the collection lacks may have lost its accent (``garantia``). Of the productive endings this is the
only one whose stem changes: ``-cion``, ``-sion``, ``-ico`` stem alike with and without."""

_SHORTEST_RESTORED = 4
"""Letters of a stem got so; shorter ones are too many words' (``materia`` would become ``mat``)."""


class Lexicon:
    """Folded forms of a collection with the stems that Snowball alone would keep apart from them.

    Grows by ``add`` while an index is built; once built it only answers, and is safe to share between threads.

    Args:
        forms: Folded form to stems, as ``to_json`` writes them.
    """

    def __init__(self, forms: Mapping[str, Iterable[str]] | None = None) -> None:
        self.forms: dict[str, set[str]] = {form: set(stems) for form, stems in (forms or {}).items()}
        self._seen: set[str] = set()

    @staticmethod
    def index_stem(word: str) -> str:
        """The one stem under which a word of a text is indexed; it never depends on the other texts."""
        return stem(word)

    def add(self, word: str) -> None:
        """Take note of a word of the collection, as written."""
        if word in self._seen:
            return
        self._seen.add(word)
        form = fold(word)
        own = stem(word)
        if own != stem(form) or form in self.forms or _restored(form) is not None:
            self.forms.setdefault(form, {stem(form)}).add(own)

    def stems(self, word: str) -> frozenset[str]:
        """Every stem under which a typed word may be indexed: its own, those of words that differ by accents, and those
        of forms that belong to one of its families and to another."""
        form = fold(word)
        found = {stem(word), stem(form)}
        known = self.forms.get(form)
        if known is not None:
            found |= known
        elif word.lower() == form and (restored := _restored(form)) is not None:
            found.add(restored)
        return frozenset().union(*map(related, found))

    def to_json(self) -> str:
        """The same text for the same forms, whatever the order they came in."""
        return json.dumps({form: sorted(self.forms[form]) for form in sorted(self.forms)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what ``to_json`` wrote.

        Raises:
            ValueError: It is not of that form.
        """
        data = json.loads(text)
        if not isinstance(data, dict) or not all(isinstance(stems, list) for stems in data.values()):
            raise ValueError("a lexicon is an object of lists")
        return cls({str(form): [str(item) for item in stems] for form, stems in data.items()})


def _restored(form: str) -> str | None:
    """The stem of the word with the accent that its ending may have lost, or None."""
    restored, changed = _LOST_ACCENT.subn("í", form)
    if not changed:
        return None
    found = stem(restored)
    return found if len(found) >= _SHORTEST_RESTORED and found != stem(form) else None
