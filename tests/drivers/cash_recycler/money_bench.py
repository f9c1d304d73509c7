"""A bench for whatever takes money and pays it out: a driver, its machine, and time that passes as they want it."""

from typing import Any

from drivers import events as d
from drivers.device import Device


class Bench:
    """Time passes in steps of whatever the two wait for."""

    def __init__(self, device: Device, machine: Any, mark: str = "", tick_ms: int = 0) -> None:
        self.device, self.machine, self.tick_ms = device, machine, tick_ms
        device.command(d.RememberCash(mark), tick_ms)
        self.begun = self.wait(4_000)

    def wait(self, ms: int) -> list[d.HardwareEvent]:
        until, heard = self.tick_ms + ms, []
        while (due := self.device.deadline_ms()) is not None and due <= until:
            self.tick_ms = max(self.tick_ms, due)
            heard += self.device.service(self.tick_ms)
        self.tick_ms = until
        return heard

    def tell(self, command: d.Command, ms: int = 3_000) -> list[d.HardwareEvent]:
        return [*self.device.command(command, self.tick_ms), *self.wait(ms)]

    def meter(self) -> d.CashMeter:
        (told,) = self.tell(d.CloseCash("m"))
        assert isinstance(told, d.CashMetered)
        return told.meter

    def opened(self) -> "Bench":
        self.tell(d.AcceptCash("a"))
        return self

    def paid(self, amount_minor: int, ms: int = 60_000) -> tuple[int, str]:
        """By its counters, and its word."""
        before = self.meter()
        heard = self.tell(d.DispenseCash("p", amount_minor), ms)
        (told,) = [event for event in heard if isinstance(event, d.CashDispensed)]
        return stored(before) - stored(told.meter), told.why


def stored(meter: d.CashMeter) -> int:
    return sum(value * count for value, count in meter.levels)


def metered(events: list[d.HardwareEvent]) -> list[d.CashMeter]:
    return [event.meter for event in events if isinstance(event, d.CashMetered)]
