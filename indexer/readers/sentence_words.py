"""The words that make of what stands before a colon a sentence."""

from __future__ import annotations

from indexer.readers.names import fold
from indexer.readers.posts import COURTESIES, role_or_post
from indexer.readers.wordlist import words

# Words (folded) of sentences: no label holds them.
_SENTENCE = words(
    """
    que dijo dice decia digo dicen senalo se lo le les me nos te es son era fue ha han hay esta estan estaba como
    cuando donde porque pero siguiente siguientes si tambien usted ustedes su sus mi mis nuestro nuestra este estos
    estas esto ese esa eso ya no muy mas gracias tiene tienen va van vamos quiero quisiera preguntarle preguntar
    decir dado segun hoy ayer ahora entonces favor pregunto comento informa explica refiere plantea sera seria hace
    """
)


def is_sentence(text: str) -> bool:
    """Whether a text in mixed case holds a word, or a full stop, that no label holds."""
    for word in text.replace(",", " ").split():
        if word.endswith(".") and len(word) > 4 and not role_or_post(word) and fold(word).strip(".") not in COURTESIES:
            return True
        if word[0].islower() and (fold(word) in _SENTENCE or (word.endswith("ó") and len(word) > 2)):
            return True
    return False
