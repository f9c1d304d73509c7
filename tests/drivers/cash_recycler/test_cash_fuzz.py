"""Damaged answers, by the thousand: no exception, no money, no memory that grows, whatever is on the line.

Each protocol hears real answers of its machine with something broken in them, in the middle of whatever it does. Now
and then the line is whole for a while, so that the next ones fall upon a host that is at work. `KASSA_FUZZ` sets how
many there are of each.
"""

import os
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import events as d
from drivers.cash_recycler.cctalk import protocol as cctalk
from drivers.cash_recycler.cctalk.parts import Hopper
from drivers.cash_recycler.cctalk.simulator import ACCEPTOR, CoinSetSimulator
from drivers.cash_recycler.essp_simulator import EsspSimulator, HopperSimulator
from drivers.cash_recycler.protocol import HOPPER_ADDRESS, Host
from drivers.cash_recycler.seal import FACTORY_KEY, Seal
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.cash_recycler.talk import Talker

INPUTS = int(os.environ.get("KASSA_FUZZ", "20000"))
WHOLE_AGAIN = 200
HOPPERS = (Hopper(address=3, value_minor=100, path=1), Hopper(address=4, value_minor=500, path=2))
MOST_HELD = 64 * 1024


class Line:
    """A host, its machine, and the wire between them, whole or not."""

    def __init__(self, host: Talker, machine: Any) -> None:
        self.host, self.machine, self.now_ms = host, machine, 0
        self.answers: list[bytes] = []
        machine.connected(0)
        self.host.opened(0)

    def runs_whole(self, ms: int) -> list[d.HardwareEvent]:
        until, heard = self.now_ms + ms, []
        while self.now_ms < until:
            heard += self.exchanges()
            self.now_ms += 50
            heard += self.host.advance(self.now_ms)
        return heard

    def exchanges(self) -> list[d.HardwareEvent]:
        """Whatever the two have to say to each other at this moment."""
        heard: list[d.HardwareEvent] = []
        while out := self.host.take():
            self.machine.receive(out, self.now_ms)
            self.machine.advance(self.now_ms)
            if answer := self.machine.take():
                self.answers = [*self.answers, answer][-300:]
                heard += self.host.received(answer, self.now_ms)
        return heard

    def tells(self, command: d.Command, ms: int) -> list[d.HardwareEvent]:
        return self.host.command(command, self.now_ms) + self.runs_whole(ms)

    def works(self) -> d.CashMeter:
        """A coin and a note come in, change goes out; then it is open for money. Its counters."""
        self.runs_whole(4_000)
        self.tells(d.FillCash("", 1_000), 1_500)
        self.tells(d.AcceptCash("a"), 200)
        self.machine.insert_coin(500)
        if not isinstance(self.machine, CoinSetSimulator) and self.machine.insert_note(2_000):
            self.runs_whole(700)
            self.tells(d.StackNote("a"), 800)
        self.tells(d.DispenseCash("p", 500), 2_500)
        heard = self.tells(d.CloseCash("m"), 1_500)
        (told,) = [event for event in heard if isinstance(event, d.CashMetered)]
        self.tells(d.AcceptCash("a"), 200)
        return told.meter

    def hears(self, data: bytes, ms: int) -> list[d.HardwareEvent]:
        heard = self.host.received(data, self.now_ms)
        self.now_ms += ms
        return heard + self.host.advance(self.now_ms)


def ssp() -> Line:
    return Line(Host("cash", "SEK"), RecyclerSimulator())


def essp() -> Line:
    return Line(Host("cash", "SEK", seal=Seal(FACTORY_KEY, Random(1).randbytes)), EsspSimulator())


def hopper() -> Line:
    seal = Seal(FACTORY_KEY, Random(2).randbytes)
    return Line(Host("cash", "SEK", address=HOPPER_ADDRESS, seal=seal), HopperSimulator())


def coins() -> Line:
    host = cctalk.Host("cash", "SEK", acceptor=ACCEPTOR, hoppers=HOPPERS, random=Random(3).randbytes)
    return Line(host, CoinSetSimulator(HOPPERS))


def coins_with_crc() -> Line:
    host = cctalk.Host("cash", "SEK", acceptor=ACCEPTOR, hoppers=HOPPERS, random=Random(3).randbytes, wide=True)
    return Line(host, CoinSetSimulator(HOPPERS, wide=True))


LINES = [ssp, essp, hopper, coins, coins_with_crc]


def damaged(chance: Random, answer: bytes) -> bytes:
    """Something in it is wrong."""
    data = bytearray(answer)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data)) if data else 0
        match chance.randrange(6):
            case 0 | 1 if data:
                data[at] ^= 1 << chance.randrange(8)
            case 2 if data:
                del data[at]
            case 3:
                data.insert(at, chance.randrange(256))
            case 4:
                del data[at:]
            case _:
                data[at : at + 4] = chance.randbytes(chance.randint(0, 6))
    return bytes(data) if bytes(data) != answer else bytes(data[:-1])


def _money(meter: d.CashMeter) -> tuple[object, ...]:
    return meter.coins_minor, meter.notes, meter.levels


def _unsound(heard: list[d.HardwareEvent], meter: d.CashMeter) -> Iterator[d.HardwareEvent]:
    """Money that nobody has put in or taken out."""
    for event in heard:
        match event:
            case d.CashOffered():
                yield event
            case d.CashMetered(meter=told) | d.CashDispensed(meter=told):
                if _money(told) != _money(meter):
                    yield event


@pytest.mark.parametrize("line_of", LINES)
def test_nothing_that_is_damaged_is_money(line_of: Callable[[], Line]) -> None:
    """Between two of them the line is whole for a moment or not, so that the host goes on with what it does."""
    chance, line = Random(7), line_of()
    meter = line.works()
    for n in range(1, INPUTS + 1):
        if n % WHOLE_AGAIN == 0:
            meter = line.works()
        heard = line.hears(damaged(chance, chance.choice(line.answers)), chance.choice((0, 0, 0, 0, 50, 200, 1_000)))
        if chance.random() < 0.5:
            heard += line.exchanges()
        assert not list(_unsound(heard, meter))


@pytest.mark.parametrize("line_of", LINES)
@settings(max_examples=500, deadline=None)
@given(pieces=st.lists(st.tuples(st.binary(max_size=60), st.integers(0, 2_000)), max_size=12))
def test_any_bytes_at_all_stop_nobody(line_of: Callable[[], Line], pieces: list[tuple[bytes, int]]) -> None:
    line = line_of()
    line.host.received(b"", 0)
    heard = [event for data, ms in pieces for event in line.hears(data, ms)]
    assert not [event for event in heard if isinstance(event, d.CashOffered | d.CashMetered | d.CashDispensed)]


@pytest.mark.parametrize("line_of", LINES)
def test_a_flood_is_not_kept(line_of: Callable[[], Line]) -> None:
    line = line_of()
    for flood in (b"\x7f" * 1_000_000, b"\x7f\x80\xff" + bytes(1_000_000), b"\x01\xff\x02\x00" * 250_000):
        line.hears(flood, 0)
        assert all(len(value) < MOST_HELD for value in _held(line.host))


def _held(thing: object, depth: int = 3) -> Iterator[bytes | bytearray]:
    """All the bytes that it and what it has hold."""
    for value in vars(thing).values():
        if isinstance(value, bytes | bytearray):
            yield value
        elif depth and hasattr(value, "__dict__"):
            yield from _held(value, depth - 1)
