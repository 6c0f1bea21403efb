"""Connections: a client that is too slow is given up, and who has kept us waiting longest makes room for others.

Waitress closes a connection that moves nothing for a while. One that sends or takes a byte now and then it holds for
ever, beyond its limit it accepts nobody, without file descriptors it spins, and a thread waits for a client that takes
no answers. No address has a limit of its own: behind a proxy all of them are one.
"""

import errno
import time
from socket import SHUT_WR
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

GRACE_S = 20.0
"""Seconds that a request may take to come and an answer to be taken, whatever its length."""
SLOWEST = 2_000
"""Bytes a second beyond that, on average: a modem brings 4,000, and 32 MB may take over four hours."""
HEAD_S = 40.0
"""Seconds for a whole head, however long, and for what still comes of a request that was refused."""
PAUSE_S = 1.0
"""Seconds in which nobody is accepted, where the system has no room for one connection more."""
_AT_ONCE = 1 / 32
"""Of the connections there may be, how many are accepted, or make room, at a look: a look goes through all of them."""
_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)


class Channel(HTTPChannel):  # type: ignore[misc]
    """A connection that knows for how long its client keeps it waiting, and how many bytes it moved meanwhile."""

    close_when_flushed: bool

    def __init__(self, *given: Any, **named: Any) -> None:
        self._begin()
        self._answered = self._refused = self._lets_go = False
        super().__init__(*given, **named)

    def _begin(self) -> None:
        self.since, self.moved = time.monotonic(), 0

    def received(self, data: bytes) -> bool:
        """Take in some more; the first bytes after an answer begin another request."""
        if self._answered:
            self._answered = False
            self._begin()
        self.moved += len(data)
        return self._lets_go or bool(super().received(data))

    def write_soon(self, data: Any) -> int:
        """Send some of an answer; the client begins to take it when all that came before is gone."""
        if not self.total_outbufs_len:
            self._begin()
        return int(super().write_soon(data))

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Hand some of it to the system."""
        sent = int(super().send(data, do_close=do_close))
        self.moved += sent
        return sent

    def service(self) -> None:
        """Answer one request."""
        request = self.requests[0]
        self._refused = request.error is not None
        try:
            super().service()
        finally:
            self._answered = True
            if request.costly:
                self.server.task_dispatcher.answered()

    def handle_write(self) -> None:
        """Send, or close. After a refusal, what still comes is taken first: else the client loses the answer."""
        if self._refused and self.close_when_flushed and not self.total_outbufs_len:
            self._lets_go, self.close_when_flushed = True, False
            self._begin()
            self.socket.shutdown(SHUT_WR)
        else:
            super().handle_write()

    def readable(self) -> bool:
        """Whether more is taken in."""
        return self.socket is not None and (self._lets_go or bool(super().readable()))

    def writable(self) -> bool:
        """Whether something is to be sent. One that was closed is not looked at: its number may be another's."""
        return self.socket is not None and bool(super().writable())

    def _flush_outbufs_below_high_watermark(self) -> None:
        """Give up who asks for more and more and takes none of it: here a thread would wait for the client."""
        if self.total_outbufs_len > self.adj.outbuf_high_watermark:
            self.will_close, self.connected = True, False

    @property
    def waits(self) -> bool:
        """Whether it is the client's turn: to send a request or to take an answer."""
        return not self.requests or self.total_outbufs_len > 0

    @property
    def makes_room(self) -> tuple[bool, float]:
        """The smaller, the sooner it is closed for others: who signed in goes last, for an upload may take an hour."""
        return getattr(self.request, "known", False), self.since

    def late(self, now: float) -> bool:
        """Whether the client has had its time."""
        if self.will_close:
            return True  # waitress closes it once something can be sent, which a client can put off for ever
        if not self.waits:
            return False
        if self._lets_go:
            return now - self.since > HEAD_S
        if self._answered and not self.total_outbufs_len:
            return bool(time.time() - self.last_activity > self.adj.channel_timeout)
        allowed = GRACE_S + self.moved / SLOWEST
        if not self.total_outbufs_len and not getattr(self.request, "headers_finished", False):
            allowed = min(allowed, HEAD_S)
        return now - self.since > allowed


class Listener(TcpWSGIServer):  # type: ignore[misc]
    """Accepts connections, and closes those that are late or that make room."""

    channel_class = Channel
    _no_room = False
    _resume_at = 0.0

    def readable(self) -> bool:
        """Whether one more is accepted. Others are closed here, before anything is looked at: not while it is."""
        if self._no_room or len(self._map) >= self.adj.connection_limit:
            self._no_room = False
            waiting = sorted((each for each in self._channels() if each.waits), key=lambda each: each.makes_room)
            for channel in waiting[: self._at_once]:
                channel.handle_close()
        return bool(super().readable()) and time.monotonic() >= self._resume_at

    def handle_accept(self) -> None:
        """Accept those that wait, as far as they are sure to have room."""
        for _ in range(min(self._at_once, self.adj.connection_limit - len(self._map))):
            before = len(self._map)
            super().handle_accept()
            if len(self._map) == before:
                break

    def maintenance(self, now: float) -> None:
        """Close those that are late."""
        now = time.monotonic()
        for channel in self._channels():
            if channel.late(now):
                channel.handle_close()

    def accept(self) -> Any:
        """One connection; none where the system has no room for it, which is no reason to ask again at once."""
        try:
            return super().accept()
        except OSError as error:
            if error.errno not in _NO_ROOM:
                raise
            self._no_room, self._resume_at = True, time.monotonic() + PAUSE_S
            self.logger.warning("No cabe otra conexión (%s): se espera %g s", errno.errorcode[error.errno], PAUSE_S)
            return None

    @property
    def _at_once(self) -> int:
        return max(1, int(self.adj.connection_limit * _AT_ONCE))

    def _channels(self) -> list[Channel]:
        return [each for each in self._map.values() if isinstance(each, Channel)]
