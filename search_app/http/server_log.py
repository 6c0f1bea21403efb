"""The server log: it records where something failed, never what a reader searched for or what a text says.

A withdrawn text must be in no log, and a query is nobody's business. So no address keeps its query, a failure is told
by its kind and the places of the program it passed through, without the values in its message, and of a command that
failed the same.
"""

import logging
import re
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType

_FRAME = re.compile(r'\s+File "(.+)", line (\d+), in (\S+)')
_KIND = re.compile(r"([A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Exit|Warning|Missing|Damaged|Rejected))\b")
_MOST = 40


class WithoutTexts(logging.Formatter):
    """Formats records; of an exception its kinds and frames alone."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(message)s")

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """The kinds and frames of an exception and of what it came from."""
        return "\n".join(_told(ei[1]))


def _told(error: BaseException | None) -> Iterator[str]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        for frame in traceback.extract_tb(error.__traceback__)[-_MOST:]:
            yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def kinds_and_frames(complained: str) -> str:
    """Of what a command said on its standard error: the frames of a traceback and the kind of its exception."""
    lines = complained.splitlines()
    if not any(line.startswith("Traceback") for line in lines):
        return "sin traza; lo que dijo se mostró a quien la pidió"
    found = [f"{match[1]}:{match[2]} {match[3]}" for line in lines if (match := _FRAME.match(line))]
    kinds = [match[1] for line in lines if not line.startswith(" ") and (match := _KIND.match(line))]
    return " < ".join([*(kinds[-1:] or ["?"]), *reversed(found[-8:])])


class OnceAMinute(logging.Filter):
    """Lets each complaint of waitress through once a minute: its clients can bring about as many as they like.

    A complaint is known by where waitress makes it: some messages hold what the client sent.
    """

    def __init__(self) -> None:
        super().__init__()
        self._again_at: dict[tuple[str, int], float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is written."""
        if not record.name.startswith("waitress"):
            return True
        made_at = (record.pathname, record.lineno)
        due = record.created >= self._again_at.get(made_at, 0)
        if due:
            self._again_at[made_at] = record.created + 60
        return due


def keep_log() -> None:
    """Have everything that is logged go to standard error, without texts. The server keeps no log of requests."""
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutTexts())
    handler.addFilter(OnceAMinute())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    threading.excepthook = _thread_failed


def _thread_failed(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread else "?"
    logging.getLogger(__name__).error("Falló el hilo %s\n%s", name, "\n".join(_told(args.exc_value)))
