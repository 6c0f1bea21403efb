"""Commands that keep a history in memory, so that what the worker does with their answers is quick to try."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from search_app.desk.jobs.commands import CommandFailed, Commands

WRITING = ("nuevo", "agregar", "corregir", "retirar")


class Remembering(Commands):
    """Takes every step that is asked for, but where ``refuse`` says why not."""

    def __init__(self, corpus: Path) -> None:
        super().__init__(corpus, corpus / "indice")
        object.__setattr__(self, "steps", [])
        object.__setattr__(self, "refuse", lambda _command, _options: None)
        object.__setattr__(self, "publishes", True)

    steps: list[dict[str, Any]]
    refuse: Callable[[str, Mapping[str, Any]], str | None]
    publishes: bool

    def let(self, **values: Any) -> None:
        """Behave otherwise from now on."""
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def taken(self) -> list[tuple[str, str]]:
        """Each step: the command, and the page that it was about."""
        return [(step["accion"], step["pagina"]) for step in self.steps]

    def undo(self, number: int) -> None:
        """As somebody at the history does."""
        self.steps[number - 1]["deshecho_por"] = 99

    def ask(
        self,
        command: str,
        *words: str,
        options: Mapping[str, str | bool] | None = None,
        given: Any = None,
        timeout_s: float = 60.0,
        held: Sequence[int] = (),
        progress: Path | None = None,
    ) -> dict[str, Any]:
        """Take the step, or say what was taken."""
        said = dict(options or {})
        if command == "historial":
            return {"pasos": list(reversed(self.steps))}
        assert command in WRITING
        if (why := self.refuse(command, said)) is not None:
            raise CommandFailed(why, {"error": why})
        page = str(said.get("mesa") or words[0])
        number = len(self.steps) + 1
        self.steps.append(
            {"paso": number, "desde": said["desde"], "accion": command, "pagina": page, "resumen": f"Se hizo {page}",
             "deshecho_por": None}
        )  # fmt: skip
        if not self.publishes and command != "nuevo":
            raise CommandFailed("El índice no se deja.", {"paso": number, "publicado": False})
        return {"paso": number, "pagina": page, "fragmentos": 1, "avisos": [f"aviso de {page}"]}

    def publish(self, timeout_s: float, held: Sequence[int] = ()) -> bool:
        """As it was told to."""
        return self.publishes
