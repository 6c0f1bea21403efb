"""A job of the desk: what somebody asked for, the commands that do it, and how far it is."""

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from indexer.model import received

State = Literal["borrador", "por_revisar", "espera", "en_curso", "hecho", "fallo"]


class CommandCall(msgspec.Struct, frozen=True):
    """One run of a command that a job asks for.

    ``with_file``, the job's file, or the folder with its files, is its first argument; ``with_clock``, the captions
    that came with it are its ``--tiempos``.
    """

    command: str
    words: tuple[str, ...] = ()
    options: Mapping[str, str | bool] = {}
    given: Any = None
    with_file: bool = False
    with_clock: bool = False


class Job(msgspec.Struct, frozen=True, kw_only=True, rename={"calls": "orders"}):
    """What somebody asked for.

    Attributes:
        id: The name of its folder; begins with when it was made, so that names sort as they came.
        state: ``borrador`` (being prepared), ``por_revisar`` (until a responsable publishes it), ``espera``,
            ``en_curso``, ``hecho``, ``fallo``.
        author, origin: Who, and from where; the origin carries the id, which is how its steps are found again.
        made_s: When, seconds of the epoch.
        title: What it is, for a person.
        page: What it is about, ``evento/mesa``.
        calls: The commands to run, in this order; ``orders`` in the file on the disk.
        done: How many of them were noted as done since it was last sent.
        runs: How often they were begun: above 0, the history is asked which were done (``completed_steps.py``).
        name: What the sender's file was called; only ever shown.
        file: What it is called here; of many files, the folder with all of them.
        clock: What the captions that came with it, for its seconds, are called here.
        sums: SHA-256 of each of its files, by its name here.
        typed: What was typed in the form, by field.
        examined: What ``examinar`` understood.
        answer: Of the last command that was run.
        error: Why it failed.
        reviewer, note: The responsable who published it or gave it back, when that is another one; and why back.
        after: Where to go when it is done, without the prefix of the site.
        retry: Where what was typed can be taken up again when it failed, without the prefix either.
    """

    id: str
    state: State = "borrador"
    author: str
    origin: str
    made_s: float
    title: str = ""
    page: str = ""
    calls: tuple[CommandCall, ...] = ()
    done: int = 0
    runs: int = 0
    name: str = ""
    file: str = ""
    clock: str = ""
    sums: dict[str, str] = {}
    typed: dict[str, str] = {}
    examined: dict[str, Any] | None = None
    answer: dict[str, Any] | None = None
    error: str = ""
    reviewer: str = ""
    note: str = ""
    after: str = ""
    retry: str = ""
    version: int = received.VERSION

    @property
    def is_text(self) -> bool:
        """Whether it brings a text to its page, and nothing else: its own page shows what was understood of that."""
        return bool(self.file) and all(call.command in ("nuevo", "agregar") for call in self.calls)

    @property
    def says(self) -> str:
        """A hash of all that its commands say: what somebody read is what they publish."""
        return hashlib.sha256(msgspec.json.encode(self.calls)).hexdigest()

    @property
    def waiting(self) -> bool:
        """Whether there is still something to be done without the person."""
        return self.state in ("espera", "en_curso")
