"""The shape of a row: what good bytes are, how they are fed, and what may come out.

A judge asserts what would hurt somebody: a press, a weight, a printed receipt or a payment that the bytes do not say.
It reads the stream with a means of its own, never with the parser's.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

Heard = list[Any]


def lull_of_none(one: Any) -> Heard:
    """Silence means nothing to it."""
    return []


def no_work(one: Any) -> None:
    """It does nothing before it hears something."""


class Parser(NamedTuple):
    """One kind of bytes."""

    samples: tuple[bytes, ...]
    make: Callable[[], Any]
    feed: Callable[[Any, bytes], Heard]
    judge: Callable[[bytes, Heard], None]
    lull: Callable[[Any], Heard] = lull_of_none
    """Nothing comes for a while."""
    works: Callable[[Any], None] = no_work
    """Gets it into the middle of what it does, before it hears anything damaged."""
    inputs_each: int = 1
    """Damaged streams that one of them hears before it is made anew: many, where that is dear."""
    cut_anyhow: bool = True
    """Whether it takes what makes no sense alike however it is cut: not, where that spoils all that came with it."""
    whole: bool = True
    """Whether a sample may stand undamaged in a stream. Not, where the judge knows only that nothing may come of it."""


class Ear:
    """A protocol with the time beside it, which passes only in a lull."""

    def __init__(self, protocol: Any, lull_ms: int = 1_000) -> None:
        self.protocol, self._lull_ms, self.now_ms = protocol, lull_ms, 0

    def receive(self, data: bytes) -> Heard:
        """Bytes now."""
        return list(self.protocol.receive(data, self.now_ms))

    def lull(self) -> Heard:
        """What it says when nothing has come for so long."""
        self.now_ms += self._lull_ms
        return list(self.protocol.silence(self.now_ms))


def receives(one: Any, data: bytes) -> Heard:
    """As most are fed."""
    return list(one.receive(data))


def lulls(one: Any) -> Heard:
    """As most are left alone."""
    return list(one.lull())


def only(kinds: Any) -> Callable[[bytes, Iterable[Any]], None]:
    """A judge that lets only these kinds through."""

    def judge(stream: bytes, heard: Iterable[Any]) -> None:
        assert all(isinstance(event, kinds) for event in heard)

    return judge
