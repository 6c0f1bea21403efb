"""What the desk's pages of one session share: its title, and its text beside its video."""

from flask import Response, g, render_template

from indexer.model import PageId
from search_app.desk.forms.destination import EventChoices, choices
from search_app.desk.views.guard import desk
from search_app.http.answers import current_index
from search_app.http.security_headers import with_player
from search_app.shown.video import part_of_video


@desk.app_template_global("titulo_de_pagina")
def title_of(page: PageId | str) -> str:
    """How the page is called."""
    with current_index().now() as (_, collection):
        return collection.title(PageId.parse(str(page)))


@desk.app_template_global("eventos_propios")
def own_events() -> list[EventChoices]:
    """The events that whoever asks may choose from."""
    with current_index().now() as (_, collection):
        return [one for one in choices(collection) if g.account.covers(frozenset([one.slug]))]


def beside_video(template: str, page: PageId, notice: str, **shown: object) -> Response:
    """A page of the desk on which the text of a mesa stands beside its video; ``notice`` is said above the text."""
    with current_index().now() as (_, collection):
        session = collection.sessions[page]
    video, screen = part_of_video(session)
    html = render_template(
        template,
        pagina={"player": screen, "video": video, "title": title_of(page), "id": page},
        desfase=session.video_start_s,
        aviso=notice,
        **shown,
    )
    return with_player(Response(html), screen)
