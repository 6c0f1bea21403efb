"""Which events a job touches, by all that its commands say: not by the address that a form was sent to."""

from collections.abc import Iterable

from indexer.model import PageId
from search_app.desk.jobs.commands import Commands
from search_app.desk.jobs.job import CommandCall, Job

Events = frozenset[str] | None
"""Names of events; None where it may be the whole collection."""

_NAMED_IN = dict.fromkeys(
    ("agregar", "editar", "hablantes", "mover", "nuevo", "partir", "programa", "reportes", "retirar", "unir"), ""
)
_NAMED_IN["corregir"] = "lugares"
"""Commands that change no page but those of their words, of ``--mesa`` and ``--evento``, and of a list on standard
input, here by its name (``evento/mesa|…``). Any other may touch the whole collection."""
_NAMES_PAGE = ("mesa", "evento")


def touched_events(commands: Commands, job: Job) -> Events:
    """Of a job; of one that is not sent yet, where its form would have it go.

    Raises:
        CommandFailed: A step is to be undone, and the history cannot be read.
    """
    if not job.calls:
        return _events([*filter(None, (job.typed.get(name) for name in _NAMES_PAGE))] or [job.page])
    each = [_undone(commands, call) if call.command == "deshacer" else _of_call(call) for call in job.calls]
    return None if None in each else frozenset().union(*filter(None, each))


def _of_call(call: CommandCall) -> Events:
    if call.command not in _NAMED_IN and not call.options.get("solo"):
        return None
    options = (str(call.options[name]) for name in _NAMES_PAGE if call.options.get(name))
    given = (call.given or {}).get(_NAMED_IN.get(call.command, ""), [])
    return _events([*call.words, *options, *(str(one).partition("|")[0] for one in given)])


def _undone(commands: Commands, call: CommandCall) -> Events:
    """The events whose files a step changed; a file of the root is everybody's."""
    steps = commands.ask("historial", options={"paso": call.words[0]}).get("pasos", [])
    paths = [str(file["ruta"]) for step in steps for file in step.get("archivos") or ()]
    return None if not paths or any("/" not in path for path in paths) else _events(paths)


def _events(pages: Iterable[str]) -> Events:
    """The events of pages, paths or fragments; None where there is none, or one names no event."""
    found = frozenset(PageId.parse(page.partition("#")[0]).event for page in pages)
    return found if found and "" not in found else None
