"""Cache headers: a page may be kept while it is unchanged (ETag), a static file for good, a refusal only by asking.

Where nothing is said, a browser may keep a 301, a 404 or a 410 for as long as it likes, also after an undo.

The mark of an answer is taken of its very bytes. The edition alone would not do: a page also changes with the program
that wrote it, and with the day on which a citation says that it was consulted.
"""

from flask import Request, Response

_FOR_GOOD = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_CONDITIONS = {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH"}
"""Without any of these, there is nothing to compare."""


def conditional(request: Request, answer: Response, *, current: bool) -> Response:
    """Mark an answer, and give a 304 to who has it already.

    Args:
        request: What was asked.
        answer: As it would be sent.
        current: Whether the address names the state of a file of ours, so that it never answers otherwise.
    """
    if answer.status_code not in (200, 304):
        answer.headers.setdefault("Cache-Control", _ASK_AGAIN)
    if answer.status_code != 200 or request.method not in ("GET", "HEAD"):
        return answer
    if current:
        answer.headers["Cache-Control"] = _FOR_GOOD
    if answer.direct_passthrough:
        return answer  # a file, which Flask has marked by its time
    answer.headers.setdefault("Cache-Control", _ASK_AGAIN)
    answer.add_etag(weak=True)
    if _CONDITIONS & request.environ.keys():
        answer.make_conditional(request.environ)
    return answer
