"""Players: which videos have one, whose pages a policy lets in, and that no address can say more than that."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Response
from hypothesis import given
from hypothesis import strategies as st

from indexer.model.session import Session
from search_app.http.security_headers import CONTENT_SECURITY_POLICY, with_player
from search_app.shown.video import part_of_video, player

YOUTUBE = "https://www.youtube-nocookie.com/embed/abc-123_X?enablejsapi=1&playsinline=1&rel=0"
VIMEO = "https://player.vimeo.com/video/76979871?dnt=1"


@pytest.mark.parametrize(
    ("url", "kind", "address", "origin"),
    [
        ("https://www.youtube.com/watch?v=abc-123_X&t=9", "youtube", YOUTUBE, "https://www.youtube-nocookie.com"),
        ("https://youtu.be/abc-123_X?si=1", "youtube", YOUTUBE, "https://www.youtube-nocookie.com"),
        ("http://m.youtube.com/live/abc-123_X", "youtube", YOUTUBE, "https://www.youtube-nocookie.com"),
        ("https://vimeo.com/76979871#t=3s", "vimeo", VIMEO, "https://player.vimeo.com"),
        ("https://vimeo.com/76979871/0a1b2c", "vimeo", VIMEO + "&h=0a1b2c", "https://player.vimeo.com"),
        ("https://player.vimeo.com/video/76979871?h=0a1b", "vimeo", VIMEO + "&h=0a1b", "https://player.vimeo.com"),
        ("https://a.mx:8443/v/s.MP4?x=1#t=4", "archivo", "https://a.mx:8443/v/s.MP4?x=1", "https://a.mx:8443"),
    ],
)
def test_a_known_video_has_a_player(url: str, kind: str, address: str, origin: str) -> None:
    found = player(url)
    assert found is not None
    assert (found.kind, found.address, found.origin) == (kind, address, origin)


@pytest.mark.parametrize(
    "url",
    [
        None, "", "https://www.youtube.com/@canal", "https://www.youtube.com/watch?v=", "https://youtu.be/",
        "https://www.youtube.com/watch?v=a%3B%20b", "https://vimeo.com/canal", "https://facebook.com/x/videos/1",
        "javascript:alert(1)//a.mp4", "file:///a.mp4", "https://a.mx;script-src *.b/x.mp4", "https://á.mx/x.mp4",
        "https://yo:clave@a.mx/x.mp4", "https://youtube.com.evil.mx/watch?v=abc",
    ],
)  # fmt: skip
def test_what_is_not_known_or_not_safe_has_none(url: str | None) -> None:
    assert player(url) is None


@given(st.text(st.characters(codec="ascii", exclude_categories=["C"]), max_size=30), st.sampled_from(["mp4", "webm"]))
def test_no_address_adds_a_directive(middle: str, ending: str) -> None:
    found = player(f"https://{middle}.{ending}")
    if found is not None:
        assert not set(" ;,'\"") & set(found.origin)


def test_a_policy_opens_one_host_for_one_thing() -> None:
    def policy(url: str | None) -> str | None:
        return with_player(Response(), player(url)).headers.get("Content-Security-Policy")

    assert policy("https://vimeo.com/76979871") == f"{CONTENT_SECURITY_POLICY}; frame-src https://player.vimeo.com"
    assert policy("https://a.mx/v.mp4") == f"{CONTENT_SECURITY_POLICY}; media-src https://a.mx"
    assert policy(None) is None


def test_a_session_that_is_a_part_of_a_video_begins_where_it_does() -> None:
    session = Session("foro", "mesa-2", "Dos", video="https://youtu.be/abcdefghijk", video_start_s=30.5, from_s=100.0)
    address, screen = part_of_video(session)
    assert (address, screen and screen.start_s) == ("https://youtu.be/abcdefghijk?t=130", 130)
    address, screen = part_of_video(replace(session, from_s=None))
    assert (address, screen and screen.start_s) == (session.video, None)
