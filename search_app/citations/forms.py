"""Every form of a citation, in one table: pages, records and the help page are made from it."""

from collections.abc import Callable
from dataclasses import dataclass

from search_app.citations import bibtex, csl, ris
from search_app.citations.cited import Cited
from search_app.citations.prose import Prose, apa, apa_in_text, footnote


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a citation: ``prose`` for people, or ``source`` for programs.

    Attributes:
        label: What pages call it.
        help: How the help page says that a citation is in it.
        in_text: What stands in the text that cites, where the form has rules for it.
        key: The key of a record that holds it; empty where no record does.
    """

    label: str
    help: str
    prose: Callable[[Cited], Prose] | None = None
    source: Callable[[Cited], str] | None = None
    in_text: Callable[[Cited], str] | None = None
    key: str = ""


FORMS: dict[str, Form] = {
    "nota": Form("Nota al pie", "como nota al pie, al modo de las revistas jurídicas mexicanas", footnote, key="cita"),
    "apa": Form("APA 7", "en APA 7", apa, in_text=apa_in_text, key="apa"),
    "bibtex": Form("BibTeX", "BibTeX", source=bibtex.entry),
    "ris": Form("RIS", "RIS", source=lambda cited: ris.record(cited).replace("\r\n", "\n")),
    "csl": Form("CSL-JSON", "CSL-JSON", source=lambda cited: csl.written(csl.item(cited))),
}
"""By name, which is also the anchor on the page of a fragment; those for people first."""
