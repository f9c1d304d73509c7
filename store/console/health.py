"""Health: how the machines of each lane are, in words. Pure."""

import msgspec
from msgspec import UnsetType

from kiosk.wire.messages import Health
from store.console import words
from store.lanes import Lane

_LIFE = {
    "": "",
    "opening": "starting",
    "absent": "not there",
    "ready": "ready",
    "degraded": "works, with something amiss",
    "faulty": "out of order",
    "recovering": "coming back",
}
_PAPER = {
    "ok": "enough",
    "low": "running out",
    "out": "none",
    "cover_open": "cover open",
    "error": "printer in trouble",
}
_LOW_PIECES = 10
"""Fewer pieces of one kind than this: change may run out soon."""


class Row(msgspec.Struct, frozen=True):
    """One thing of a lane: what, how it is, more about it, and whether somebody should see to it."""

    what: str
    how: str
    more: str = ""
    bad: bool = False


class Machine(msgspec.Struct, frozen=True):
    """One lane."""

    till: str
    title: str
    online: bool
    rows: tuple[Row, ...]

    @property
    def bad(self) -> int:
        """How many things somebody should see to."""
        return sum(row.bad for row in self.rows) if self.online else 1


def machine_of(lane: Lane, now_utc_ms: int) -> Machine:
    """A lane's machines, what is in trouble first."""
    number = lane.state.number if lane.state is not None else ""
    rows = _rows(lane.health, lane.state.currency if lane.state is not None else "", now_utc_ms) if lane.health else []
    rows.sort(key=lambda row: not row.bad)
    return Machine(lane.till, f"Checkout {number or lane.till}", lane.online, tuple(rows))


def _rows(health: Health, currency: str, now_utc_ms: int) -> list[Row]:
    rows = []
    for name, device in sorted(health.devices.items()):
        lost = device.status == "lost" or device.life == "faulty"
        how = _LIFE[device.life] or ("lost" if lost else "ready")
        since = f"for {words.ago(device.since, now_utc_ms)}" if device.since else ""
        rows.append(Row(words.device(name), how, ", ".join(filter(None, (device.why, since))), lost))
    if health.paper:
        rows.append(Row("Paper", _PAPER.get(health.paper, health.paper), "", health.paper != "ok"))
    rows += _cash(health, currency)
    if health.disk_free_mib is not None:
        rows.append(Row("Disk", f"{words.mebibytes(health.disk_free_mib)} free", "", health.disk_free_mib < 500))
    if health.temperature_c is not None:
        rows.append(Row("Temperature", f"{health.temperature_c} °C", "", health.temperature_c >= 80))
    if health.clock_unsure is True:
        rows.append(Row("Clock", "not set yet", "what asks for a date or an hour waits for staff", True))
    troubles = () if isinstance(health.troubles, UnsetType) else health.troubles
    rows += [Row("Machine", "trouble", trouble, True) for trouble in troubles]
    if health.clock_offset_ms is not None:
        rows.append(Row("Clock", f"{health.clock_offset_ms} ms off", "", abs(health.clock_offset_ms) > 5_000))
    refused = f"{health.outbox_refused} refused by the store" if health.outbox_refused else ""
    rows.append(Row("Waiting to be sent", str(health.outbox), refused, bool(health.outbox_refused)))
    return rows


def _cash(health: Health, currency: str) -> list[Row]:
    if isinstance(health.cash_minor, UnsetType):
        return []
    levels = () if isinstance(health.cash_levels, UnsetType) else health.cash_levels
    pieces = [f"{count} × {words.amount(minor, currency)}" for minor, count in sorted(levels, reverse=True)]
    low = [words.amount(minor, currency) for minor, count in sorted(levels) if count < _LOW_PIECES]
    how = words.money(health.cash_minor, currency) + (f", few of {', '.join(low)}" if low else "")
    return [Row("Cash to pay out", how, ", ".join(pieces), bool(low))]
