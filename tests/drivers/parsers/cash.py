"""Rows of cash machines: damaged answers in the middle of whatever a host does, and whole ones now and then.

What is fed are real answers of the machine with which the host has worked; what comes out is money that nobody has put
in or taken out, so nothing ever may. One host hears many, for what it was doing matters; then a new one goes to work.
"""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from drivers import events as d
from drivers.cash_recycler.cctalk import protocol as cctalk
from drivers.cash_recycler.cctalk.parts import Hopper
from drivers.cash_recycler.cctalk.simulator import ACCEPTOR, CoinSetSimulator
from drivers.cash_recycler.essp_simulator import EsspSimulator, HopperSimulator
from drivers.cash_recycler.protocol import HOPPER_ADDRESS, Host
from drivers.cash_recycler.seal import FACTORY_KEY, Seal
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.cash_recycler.talk import Talker
from tests.drivers.parsers.shape import Heard, Parser, lulls, receives

INPUTS_EACH = 200
HOPPERS = (Hopper(address=3, value_minor=100, path=1), Hopper(address=4, value_minor=500, path=2))


class Line:
    """A host, its machine, and the wire between them, whole or not."""

    def __init__(self, host: Talker, machine: Any) -> None:
        self.host, self.machine, self.now_ms = host, machine, 0
        self.answers: list[bytes] = []
        self.meter = d.CashMeter((), 0, 0)
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

    def works(self) -> None:
        """A coin and a note come in, change goes out; then it is open for money."""
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
        self.meter = told.meter

    def hears(self, data: bytes, ms: int) -> list[d.HardwareEvent]:
        """Bytes on the line, and so long nothing else."""
        heard = self.host.received(data, self.now_ms)
        self.now_ms += ms
        return heard + self.host.advance(self.now_ms)

    def receive(self, data: bytes) -> Heard:
        """Bytes on the line."""
        return list(self.unsound(self.host.received(data, self.now_ms)))

    def lull(self) -> Heard:
        """Time passes, and for a moment the line is whole."""
        self.now_ms += 200
        heard = self.host.advance(self.now_ms) + self.exchanges()
        return list(self.unsound(heard))

    def unsound(self, heard: list[d.HardwareEvent]) -> Iterator[d.HardwareEvent]:
        """Money that nobody has put in or taken out."""
        for event in heard:
            match event:
                case d.CashOffered():
                    yield event
                case d.CashMetered(meter=told) | d.CashDispensed(meter=told):
                    if _money(told) != _money(self.meter):
                        yield event


def _money(meter: d.CashMeter) -> tuple[object, ...]:
    return meter.coins_minor, meter.notes, meter.levels


def ssp() -> Line:
    return Line(Host("cash", "SEK"), RecyclerSimulator())


def essp() -> Line:
    return Line(Host("cash", "SEK", seal=Seal(FACTORY_KEY, Random(1).randbytes)), EsspSimulator())


def hopper() -> Line:
    seal = Seal(FACTORY_KEY, Random(2).randbytes)
    return Line(Host("cash", "SEK", address=HOPPER_ADDRESS, seal=seal), HopperSimulator())


def coins(*, wide: bool = False) -> Line:
    host = cctalk.Host("cash", "SEK", acceptor=ACCEPTOR, hoppers=HOPPERS, random=Random(3).randbytes, wide=wide)
    return Line(host, CoinSetSimulator(HOPPERS, wide=wide))


def coins_with_crc() -> Line:
    return coins(wide=True)


def no_money(stream: bytes, heard: Heard) -> None:
    assert heard == []


def row(line_of: Callable[[], Line]) -> Parser:
    line = line_of()
    line.works()
    samples = tuple(dict.fromkeys(line.answers))
    return Parser(samples, line_of, receives, no_money, lulls, Line.works, INPUTS_EACH, whole=False)


ROWS: dict[str, Parser] = {
    "ssp": row(ssp),
    "essp": row(essp),
    "hopper": row(hopper),
    "cctalk": row(coins),
    "cctalk_crc": row(coins_with_crc),
}
