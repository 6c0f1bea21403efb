"""Page models of the page that checks a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.quotations.differences import Difference
from search_app.quotations.place import Verdict
from search_app.shown.page_parts import Link


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """One place where the quotation stands, or nearly so.

    Attributes:
        title: Mesa, and event where there are several.
        date: When it was, in words.
        speaker, post: Who says it; ``inferred`` where that, or who says a part of it, is.
        verdict: Of this place.
        summary: In what the quotation agrees with it and in what it does not.
        changes: Each change in words.
        more_changes: How many there are beyond those.
        differences: The text with the changes in it.
        warnings: What a reader must know before quoting it.
        version: Kind of transcript.
        clock: When the words begin; None without times.
        context: The fragment on its page, marked.
        lasting: Its lasting address, with its citation.
        number: Of the fragment.
        video, video_clock: Where it can be watched.
        fictitious: Whether nobody said it.
    """

    title: str
    date: str
    speaker: str | None
    post: str | None
    verdict: Verdict
    summary: str
    changes: tuple[str, ...]
    more_changes: int
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...]
    version: str | None
    clock: str | None
    context: str
    lasting: str
    number: int
    video: str | None
    video_clock: str | None
    fictitious: bool
    inferred: bool = False


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
        address: Of this answer, to share.
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
