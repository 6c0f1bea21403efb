"""What Word and LibreOffice documents have in common: XML parts, styles laid one over the other, and a walk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from indexer.errors import ReadError
from indexer.readers.document_tables import paragraphs_of_table
from indexer.readers.paragraphs import Paragraph, tidy

_MAX_DEPTH = 200
_MAX_BASES = 50


class DocumentFormat(NamedTuple):
    """How a format is named in messages (``el documento de Word``), and what to do with a faulty file of it."""

    name: str
    cure: str

    def parsed(self, xml: bytes) -> Element:
        """The root of a part; raises ``ReadError``."""
        try:
            root: Element = fromstring(xml, forbid_dtd=True)
        except DefusedXmlException as error:
            raise ReadError(f"{self.name} contiene entidades XML, que no se admiten", self.cure) from error
        except (ParseError, ValueError, LookupError) as error:
            raise ReadError(f"{self.name} está dañado por dentro", self.cure) from error
        return root

    def check_depth(self, depth: int) -> None:
        """Refuse what nests deeper than any document does; raises ``ReadError``."""
        if depth > _MAX_DEPTH:
            raise ReadError(f"{self.name} tiene demasiados niveles anidados", self.cure)


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its text; None where it does not say."""

    bold: bool | None = None
    hidden: bool | None = None
    heading: bool | None = None

    def over(self, other: Style) -> Style:
        """This style laid over another."""
        return Style(
            other.bold if self.bold is None else self.bold,
            other.hidden if self.hidden is None else self.hidden,
            other.heading if self.heading is None else self.heading,
        )


def with_bases(own: Mapping[str, Style], based: Mapping[str, str]) -> dict[str, Style]:
    """Each style with what it takes from those that it is based on."""
    whole: dict[str, Style] = {}
    for name in own:
        found, at, steps = Style(), name, 0
        while at in own and steps <= _MAX_BASES:
            found, at, steps = found.over(own[at]), based.get(at, ""), steps + 1
        whole[name] = found
    return whole


class Walk:
    """Goes through a document once; ``done`` are its paragraphs, ``out`` what is not said, with why."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.done: list[Paragraph] = []
        self.out: list[tuple[str, str]] = []
        self._styles = styles
        self._hidden: list[str] = []
        self._boxes: list[Element] = []

    def blocks(self, parent: Element, depth: int) -> None:
        """Paragraphs, tables, and whatever wraps them."""
        raise NotImplementedError

    def _table(self, rows: Iterable[Element], depth: int) -> None:
        before = self.done
        cells: list[list[list[Paragraph]]] = []
        for row in rows:
            cells.append([])
            for cell in row:
                self.done = []
                self.blocks(cell, depth + 1)
                cells[-1].append(self.done)
        self.done = [*before, *paragraphs_of_table(cells)]

    def _read_boxes(self, depth: int) -> None:
        """The text boxes of a paragraph, below it."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks(box, depth + 1)

    def _keep(self, text: str, why: str) -> None:
        text = tidy(text)
        if any(c.isalnum() for c in text):
            self.out.append((text, why))
