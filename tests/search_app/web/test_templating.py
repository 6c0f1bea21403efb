"""The templates' own escaping, and what of a page is written once for all pages."""

from __future__ import annotations

import markupsafe
import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from search_app.web import templating
from search_app.web.application import create_app
from tests.search_app.fakes.forum import forum


@given(st.text(max_size=20) | st.integers() | st.none() | st.text(max_size=9).map(markupsafe.Markup))
def test_everything_is_escaped_as_markupsafe_escapes_it(value: object) -> None:
    assert templating.escape(value) == markupsafe.escape(value)


def test_what_readers_type_is_escaped_wherever_a_template_shows_it() -> None:
    app = Flask("search_app")
    templating.prepare_templates(app)
    template = (
        "{% macro m(x) %}<b>{{ x }}</b>{% endmacro %}{% set s %}<i>{{ t }}</i>{% endset %}"
        '{{ t }}{{ m(t) }}{{ s }}<a title="{{ t }}">{{ t ~ t }}{{ [t, t]|join("<") }}{{ nada }}{{ 3 if nada }}</a>'
    )
    with app.test_request_context():
        shown = render_template_string(template, t="<'&\">")
    typed = "&lt;&#39;&amp;&#34;&gt;"
    assert shown == (f'{typed}<b>{typed}</b><i>{typed}</i><a title="{typed}">{typed}{typed}{typed}&lt;{typed}</a>')


def test_the_frame_is_written_once_for_each_site(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    state = templating.state
    monkeypatch.setattr(templating, "state", lambda name: (made.append(name), state(name))[1])
    for prefix in ("", "/consta"):
        made.clear()
        client = create_app(forum(), public_url=f"https://instituto.example{prefix}").test_client()
        pages = [client.get(f"{prefix}/buscar?q=PREP").text for _ in range(3)]
        assert pages[0] == pages[2]
        assert f'<link rel="stylesheet" href="{prefix}/static/consta.css?v=' in pages[2]
        assert made.count("consta.css") == 1
