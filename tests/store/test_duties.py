"""A thread of the store takes its turns, is woken early, stops when it is told to, and never dies in silence."""

import queue
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import uvicorn
from fastapi import FastAPI
from patience import DEADLINE_S, raise_it, until
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from store.duties import Duty, Rounds, stop_all
from store.server import Pages

NOW, FAR_S = 1_700_000_000_000, 3_600


def rounds(
    turn: Callable[[], object], failed: Callable[[BaseException], None] = raise_it, *, every_s: int = FAR_S
) -> Rounds:
    return Rounds("test", turn, failed, lambda: NOW, every_s=every_s)


def test_it_goes_on_while_there_is_something_to_do_and_then_waits_to_be_woken() -> None:
    work, done = [3, 2, 1], queue.Queue[int]()

    def turn() -> bool:
        if work:
            done.put(work.pop())
        return bool(work)

    duty = rounds(turn)
    duty.start()
    assert [done.get(timeout=DEADLINE_S) for _ in range(3)] == [1, 2, 3]
    work.append(4)
    duty.wake()
    assert done.get(timeout=DEADLINE_S) == 4, "an hour is too long"
    duty.stop()
    assert not duty.alive and duty.turned_utc_ms == NOW


def test_its_time_comes_by_itself() -> None:
    turns = queue.Queue[None]()
    duty = rounds(lambda: turns.put(None), every_s=0)
    duty.start()
    for _ in range(3):
        turns.get(timeout=DEADLINE_S)
    duty.stop()


def test_a_bug_is_handed_over() -> None:
    bugs = queue.Queue[BaseException]()
    duty = rounds(lambda: 1 // 0, bugs.put)
    duty.start()
    assert isinstance(bugs.get(timeout=DEADLINE_S), ZeroDivisionError)
    duty.stop()
    assert duty.turned_utc_ms == 0


def test_books_that_are_away_are_told_once_and_tried_again() -> None:
    away = [True, True, False]

    def turn() -> None:
        if away.pop(0):
            raise OperationalError("", None, ConnectionError("no route"))

    duty = rounds(turn)
    with capture_logs() as log:
        assert [duty.take_turn() for _ in range(3)] == [False] * 3
    assert [entry["event"] for entry in log] == ["books.unreachable", "books.reachable"]


def test_one_that_never_began_is_stopped_too_and_one_that_goes_on_is_named() -> None:
    ended = queue.Queue[None]()
    stubborn = Duty("stubborn", lambda: ended.get(timeout=DEADLINE_S), raise_it)
    stubborn.join = lambda at_most_s=None: None  # type: ignore[method-assign]  # nobody waits five seconds here
    stubborn.start()
    willing = rounds(lambda: None)
    willing.start()
    assert stop_all([rounds(lambda: None), willing, stubborn]) == ["stubborn"]
    ended.put(None)
    until(lambda: not stubborn.alive and not willing.alive, "they went on")


def test_threads_begin_after_the_pages_own_start_and_before_the_first_request() -> None:
    """NiceGUI looks through every object while it starts, which threads can die of (`store.duties`)."""
    happened: list[str] = []

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        happened.append("pages start")
        yield

    app = FastAPI(lifespan=lifespan)
    pages = Pages(uvicorn.Config(app, log_config=None, lifespan="on"), lambda: happened.append("threads begin"))

    @app.get("/")
    def asked() -> None:
        happened.append("asked")
        pages.should_exit = True

    with socket.create_server(("127.0.0.1", 0)) as door, socket.create_connection(door.getsockname()) as whoever:
        whoever.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        pages.run([door])
    assert happened == ["pages start", "threads begin", "asked"]
