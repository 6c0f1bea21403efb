"""Costly requests wait for each other, and threads are left for everything else meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from search_app.http.few_at_once import MOST, PATHS
from search_app.web.application import create_app
from search_app.web.task_queue import MOST_ASIDE, TaskQueue
from tests.search_app.fakes.forum import forum
from tests.waiting import PATIENCE_S, until


class Asked:
    """A connection with one request; a costly one is answered when the test says so."""

    def __init__(self, queue: TaskQueue, *, costly: bool) -> None:
        self.requests = [SimpleNamespace(costly=costly)]
        self.begun, self.may_end = threading.Event(), threading.Event()
        self._queue = queue

    def service(self) -> None:
        self.begun.set()
        if self.requests[0].costly:
            assert self.may_end.wait(PATIENCE_S)
            self._queue.answered()


@pytest.fixture
def queue() -> Iterator[TaskQueue]:
    made = TaskQueue()
    made.set_thread_count(MOST + 1)
    yield made
    made.shutdown()


def sent(queue: TaskQueue, count: int, *, costly: bool = True) -> list[Asked]:
    asked = [Asked(queue, costly=costly) for _ in range(count)]
    for each in asked:
        queue.add_task(each)
    return asked


def begun(asked: list[Asked]) -> int:
    return sum(each.begun.is_set() for each in asked)


def test_costly_ones_wait_for_each_other_and_all_are_answered(queue: TaskQueue) -> None:
    costly = sent(queue, MOST + 4)
    until(lambda: begun(costly) == MOST)
    (page,) = sent(queue, 1, costly=False)
    until(page.begun.is_set)
    assert begun(costly) == MOST
    for place, each in enumerate(costly):
        until(each.begun.is_set)
        each.may_end.set()
        until(lambda place=place: begun(costly) >= min(MOST + place + 1, len(costly)))


def test_those_for_whom_there_is_no_room_go_on_to_be_refused(queue: TaskQueue) -> None:
    costly = sent(queue, MOST + MOST_ASIDE)
    until(lambda: begun(costly) == MOST)
    (more,) = sent(queue, 1)
    until(more.begun.is_set)
    for each in (more, *costly):
        each.may_end.set()
    until(lambda: begun(costly) == len(costly))


def test_the_costly_addresses_are_ours() -> None:
    assert {rule.rule for rule in create_app(forum()).url_map.iter_rules()} >= PATHS
