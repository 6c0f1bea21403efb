"""Page models of the page that checks a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.quotations.place import Place, Verdict
from search_app.shown.page_parts import Link


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """One place where the quotation stands, or nearly so.

    Attributes:
        place: What was found there.
        title: Mesa, and event where there are several.
        date: When it was, in words.
        inferred: Whether who says it, or a part of it, is inferred.
        summary: In what the quotation agrees with it and in what it does not.
        changes: Each change in words.
        more_changes: How many there are beyond those.
        warnings: What a reader must know before quoting it.
        clock: When the words begin; None without times.
        context: The fragment on its page, marked.
        lasting: Its lasting address, with its citation.
        video, video_clock: Where it can be watched.
    """

    place: Place
    title: str
    date: str
    inferred: bool
    summary: str
    changes: tuple[str, ...]
    more_changes: int
    warnings: tuple[str, ...]
    clock: str | None
    context: str
    lasting: str
    video: str | None
    video_clock: str | None


@dataclass(frozen=True, slots=True)
class QuotationPage:
    """What came of a quotation; without one, the form alone.

    Attributes:
        text: The quotation, as it is shown again.
        verdict: None where nothing was asked.
        headline, explained: The verdict in words.
        places: The best first.
        notices: What was cut or passed over.
        chosen: Filters in force, each with the address without it.
        kept: Parameters that the form keeps.
        fictitious: Whether fictitious texts are asked for.
        search: The same words among the results.
    """

    text: str
    coverage: str
    verdict: Verdict | None = None
    headline: str = ""
    explained: str = ""
    places: tuple[QuotedPlace, ...] = ()
    notices: tuple[str, ...] = ()
    chosen: tuple[Link, ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    fictitious: bool = False
    search: Link | None = None
