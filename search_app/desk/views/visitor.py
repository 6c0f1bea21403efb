"""Who asks: by the cookie of a session, or as a trusted proxy says in a header (``encabezado_de_usuario``)."""

from flask import current_app, g, request

from search_app.desk.forms.form_fields import line
from search_app.desk.forms.upload_limits import COOKIE
from search_app.desk.login.accounts import Account
from search_app.desk.staff_desk import StaffDesk
from search_app.http.trusted_proxies import PEER

_BY_PROXY = "proxy "
"""Before the seal of a session that holds only as long as a proxy says whose it is."""

_BROWSERS = (("Edg", "Firefox", "OPR", "Chrome", "Safari"), ("Windows", "Android", "iPhone", "iPad", "Mac", "Linux"))
"""What a browser says of itself, the one that the others claim to be last."""


def recognize(desk: StaffDesk) -> None:
    """Note whose session and account it is, if anybody's."""
    said, accounts = said_by_proxy(), desk.accounts
    found = desk.sessions.read(request.cookies.get(COOKIE))
    if said is None:
        account = accounts.all().get(found.name) if found else None
    else:
        account = next((one for one in accounts.all().values() if one.name.casefold() == said.casefold()), None)
    if account is None or not account.enabled:
        return
    seal = account.seal if said is None else _BY_PROXY + account.seal
    if found and (found.name, found.seal) == (account.name, seal):
        g.visit, g.account = found, account
    elif said is not None:
        begin(desk, account, seal)


def begin(desk: StaffDesk, account: Account, seal: str) -> None:
    """Begin a session, with a key of its own."""
    said = request.user_agent.string
    browser = " en ".join(filter(None, (next((one for one in names if one in said), "") for names in _BROWSERS)))
    place = f"{browser or 'Un programa'}, desde {request.remote_addr or '?'}"
    g.visit, g.account, g.entered = desk.sessions.enter(account.name, seal, place), account, True


def said_by_proxy() -> str | None:
    """The name that a trusted proxy gives; of anybody else the header is not read."""
    header = current_app.config["CONSTA_USER_HEADER"]
    if not header or not request.environ.get(PEER):
        return None
    name = request.headers.get(header, "").encode("latin-1", "replace").decode("utf-8", "replace")
    return line({"": name}, "", 100_000)[:60] or None
