"""Dates of sessions in words, and the years, months and days that bound a search (``2022``, ``2022-03``)."""

import calendar
import datetime as dt

from indexer.language.spanish_dates import MONTHS
from indexer.model.session import Event, Session
from search_app.shown.formatting import day, days

BOUNDS = ("desde", "hasta")
"""The parameters that bound a search."""


def date_words(event: Event, session: Session | None) -> str:
    """The day of a session, or that it is not confirmed and when the event was; of an event, its days."""
    words = brief_date(event, session)
    return words if session is None or session.date else f"{words} (el evento fue {when(event)})"


def brief_date(event: Event, session: Session | None) -> str:
    """The day of a session, or that it is not confirmed; of an event, its days."""
    if session is None:
        return days(event.start, event.end)
    return day(session.date) if session.date else "fecha no confirmada"


def when(event: Event) -> str:
    """The days of an event, after ``fue``: ``el 4 de diciembre de 2025``, ``los días 4 y 5 de diciembre de 2025``."""
    words = days(event.start, event.end)
    if event.start == event.end:
        return f"el {words}"
    return words if words.startswith("del ") else f"los días {words}"


def period(written: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a year, a month or a day, as a search writes it.

    Raises:
        ValueError: There is no such year, month or day.
    """
    year, month, date = (*map(int, written.split("-")), 0, 0)[:3]
    last_month, first_month = month or 12, month or 1
    last = date or calendar.monthrange(year, last_month)[1]
    return dt.date(year, first_month, date or 1), dt.date(year, last_month, last)


def period_words(written: str) -> str:
    """``2022``, ``marzo de 2022``, ``15 de marzo de 2022``."""
    first, last = period(written)
    if first == last:
        return day(first)
    return str(first.year) if first.month != last.month else f"{MONTHS[first.month - 1]} de {first.year}"
