"""After a withdrawal no file holds the text: corpus with its private folders, index, logs, temporary files."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from flask import Flask

from benchmarks.withdrawals import Office, contents, files, held, places_of
from indexer.engines.live import LiveIndex
from search_app.http.server_log import WithoutTexts, kinds_and_frames
from search_app.web.application import create_app
from tests.corpora import CorpusMaker

pytestmark = pytest.mark.long

KEPT_FOR_UNDO: tuple[str, ...] = ("_retirados",)
"""The one folder that may hold it, and only where staff asked to keep a copy (``--conservar``)."""
SECRET = "zarigüeya en la bodega"


def test_no_file_holds_a_withdrawn_fragment_that_was_in_all_of_them(tmp_path: Path) -> None:
    office = Office(tmp_path, ["fragmento"])
    for text, before in office.run():
        assert before == {"acervo", "indice", "_recibidos", "_reportes", "objetos", "a medias"}
        assert held(text.gone(), office.folders()) == {}
    looked = {path.relative_to(tmp_path).parts[:2] for path in files(office.folders())}
    assert {("registro", "servidor.log"), ("corpus", "_historial"), ("corpus", "_recibidos")} <= looked
    assert b"Consta" in office.log.read_bytes()
    kept = [text.word(0, at) for text in office.texts for at in range(5)]
    assert places_of(held(kept, office.folders()), tmp_path) == {"acervo", "indice", "objetos"}


def test_what_was_kept_lies_in_one_folder_and_nowhere_else(tmp_path: Path) -> None:
    office = Office(tmp_path, ["transcripcion"])
    (text,) = office.texts
    office.commands.ask("retirar", text.mesa, options={"motivo": "A petición", "conservar": True})
    assert places_of(held(text.gone(), office.folders()), tmp_path) == set(KEPT_FOR_UNDO)


@pytest.mark.parametrize("code", ["utf-8", "latin-1", "utf-16-le"])
def test_the_search_sees_a_word_in_any_encoding_and_case(tmp_path: Path, code: str) -> None:
    (tmp_path / ".oculto").mkdir()
    (tmp_path / ".oculto/x").write_bytes("Una ZARIGÜEÑA más".lower().encode(code))
    assert list(held(["Zarigüeña"], [tmp_path])) == [tmp_path / ".oculto/x"]
    assert held(["ajolote"], [tmp_path]) == {}
    assert contents(tmp_path / ".oculto/x")


def failing(root: Path) -> tuple[Flask, LiveIndex]:
    """An application that fails over what it was asked."""
    maker = CorpusMaker(root)
    maker.event(anuncio_md="Hola.")
    maker.update()
    index = LiveIndex(maker.settings.index)
    app = create_app(index)

    def fail() -> str:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"no se entiende {SECRET}") from error

    app.add_url_rule("/falla/<texto>", view_func=lambda texto: fail(), endpoint="falla")
    return app, index


def test_a_failure_is_logged_by_its_place_and_never_by_what_was_asked(tmp_path: Path) -> None:
    app, index = failing(tmp_path)
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Kept()
    handler.setFormatter(WithoutTexts())
    app.logger.addHandler(handler)
    try:
        assert app.test_client().get(f"/falla/{SECRET}?q={SECRET}").status_code == 500
    finally:
        app.logger.removeHandler(handler)
        index.close()
    (said,) = lines
    assert "builtins.ValueError" in said
    assert "builtins.KeyError" in said
    assert "in fail" in said
    assert "GET /falla/<texto>" in said
    assert not any(word in said for word in SECRET.split() if len(word) > 3)


def test_of_a_command_that_fails_only_kinds_and_frames_are_logged() -> None:
    said = (
        'Traceback (most recent call last):\n  File "/x/indexer/a.py", line 3, in read\n'
        f"    raise ValueError(text)\nValueError: {SECRET}\n"
    )
    assert kinds_and_frames(said) == "ValueError < /x/indexer/a.py:3 read"
    assert SECRET not in kinds_and_frames(f"Error: foro/mesa-1: «{SECRET}» ya no está")
