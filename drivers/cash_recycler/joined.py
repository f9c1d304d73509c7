"""Joined: several machines as one: notes in by one, coins in by another, change out of a third; `driver = "joined"`.

To the lane it is one machine with one set of counters, the sum of all. It is there while all of them are: a part that
is away would take its counters with it, and money would seem to have moved. Every command goes to all of them, and the
answer is told when all have answered; a note's fate goes to the one that has it. Only one note is told at a time: that
of another part goes back. What is to be paid is shared out over all that can be paid of it, the largest first, so that
each part, which does the same with its own share, pays what it was counted on for. A part that cannot say what it paid
leaves the whole in doubt.

What one counts while another is away is told all the same, beside what the other told last: a coin that only this
process knows of is a coin that a power cut takes. So the mark has the last counters of every part.

The parts are devices of their own (`[devices.cash_recycler.parts.NAME]`); one epoll waits for all their lines.
"""

import select
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from drivers import events as d
from drivers.device import Device, DeviceError
from drivers.registry import make_device

PARTS_LEAST = 2


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[devices.cash_recycler]`. `parts`: the machines by their names, each with its own driver and settings."""

    parts: dict[str, dict[str, Any]]
    currency: str = ""


class _Filling(NamedTuple):
    """Change that was put in: what of it the parts that count for themselves have not found is in `blind`."""

    ticket: str
    blind: str
    amount_minor: int
    before_minor: int
    """What the others held."""


class _Asked(NamedTuple):
    """What was asked of all, by the ticket: who has yet to answer, and what the others said."""

    paying: bool
    waiting: frozenset[str]
    why: str = ""


_Order = d.AcceptCash | d.DispenseCash | d.FillCash | d.CloseCash | d.EmptyCash


class Joined:
    """Several machines as one."""

    def __init__(self, name: str, parts: list[Device]) -> None:
        self.name = name
        self._parts = {part.name: part for part in parts}
        self._online: bool | None = None
        self._here: set[str] = set()
        self._fresh: set[str] = set()
        """Parts that answer; and those that have told their counters since they do."""
        self._meters: dict[str, d.CashMeter] = {}
        """What each has told last, to this lane or the one before it."""
        self._asked: dict[str, _Asked] = {}
        self._filling: _Filling | None = None
        self._early: list[_Order] = []
        """What was asked before anybody knew whether all are there."""
        self._accepting = ""
        self._offering = ""
        """The part whose note in escrow was told."""
        self._epoll: select.epoll | None = None

    # --- as Device ----------------------------------------------------------------------------------------------------

    def fileno(self) -> int | None:
        """One that is readable when any part's line is ready. Made anew: a line may have got another number."""
        self._let_go()
        lines = {fd: part.wants_write for part in self._parts.values() if (fd := part.fileno()) is not None}
        if not lines:
            return None
        self._epoll = select.epoll()
        for fd, writes in lines.items():
            self._epoll.register(fd, select.EPOLLIN | (select.EPOLLOUT if writes else 0))
        return self._epoll.fileno()

    @property
    def wants_write(self) -> bool:
        """False: the epoll is readable when a part's line can be written to."""
        return False

    def deadline_ms(self) -> int | None:
        """The earliest of the parts'."""
        return min((due for part in self._parts.values() if (due := part.deadline_ms()) is not None), default=None)

    def service(self, now_ms: int) -> list[d.HardwareEvent]:
        """Every part in turn."""
        told: list[d.HardwareEvent] = []
        for name, part in self._parts.items():
            for event in part.service(now_ms):
                told += self._heard(name, event, now_ms)
        return told

    def command(self, command: d.Command, now_ms: int) -> list[d.HardwareEvent]:
        """To all, or to the one that is meant."""
        match command:
            case d.RememberCash(mark):
                self._meters = {name: meter for name, meter in _meters(mark).items() if name in self._parts}
                for name, meter in self._meters.items():
                    self._parts[name].command(d.RememberCash(meter.mark), now_ms)
                return []
            case d.StackNote() | d.ReturnNote():
                return self._tell(self._offering, command, now_ms) if self._offering else []
            case d.AcceptCash() | d.DispenseCash() | d.FillCash() | d.CloseCash() | d.EmptyCash():
                return self._order(command, now_ms)
            case _:
                raise AssertionError(f"{self.name} takes money and no {type(command).__name__}")

    def _order(self, command: _Order, now_ms: int) -> list[d.HardwareEvent]:
        if self._online is None:
            self._early.append(command)
            return []
        if self._online is False:
            return [d.CashRefused(device=self.name, ticket=command.ticket, why="it does not answer")]
        match command:
            case d.AcceptCash(ticket):
                self._accepting = ticket
                return [event for name in self._parts for event in self._tell(name, command, now_ms)]
            case d.DispenseCash(ticket, amount_minor):
                return self._dispense(ticket, amount_minor, now_ms)
            case d.FillCash(ticket, amount_minor):
                return self._fill(ticket, amount_minor, now_ms)
            case d.CloseCash(ticket) | d.EmptyCash(ticket):
                return self._ask(ticket, dict.fromkeys(self._parts, command), now_ms)

    def close(self) -> None:
        """Every part, and what waited for them."""
        self._let_go()
        for part in self._parts.values():
            part.close()

    def _let_go(self) -> None:
        if self._epoll is not None:
            self._epoll.close()
            self._epoll = None

    # --- orders -------------------------------------------------------------------------------------------------------

    def _tell(self, name: str, command: d.Command, now_ms: int) -> list[d.HardwareEvent]:
        told: list[d.HardwareEvent] = []
        for event in self._parts[name].command(command, now_ms):
            told += self._heard(name, event, now_ms)
        return told

    def _ask(
        self, ticket: str, commands: Mapping[str, d.Command], now_ms: int, *, paying: bool = False
    ) -> list[d.HardwareEvent]:
        if not paying:
            self._accepting = self._offering = ""
        self._asked[ticket] = _Asked(paying, frozenset(commands))
        return [event for name, command in commands.items() for event in self._tell(name, command, now_ms)]

    def _fill(self, ticket: str, amount_minor: int, now_ms: int) -> list[d.HardwareEvent]:
        """First those that count for themselves are asked what they have found; of the others, one is told the rest."""
        blind = next((name for name, meter in self._meters.items() if meter.mark), "")
        others = dict.fromkeys((name for name in self._parts if name != blind), d.CloseCash(ticket))
        if blind:
            self._filling = _Filling(ticket, blind, amount_minor, self._held_by(others))
        return self._ask(ticket, others, now_ms)

    def _held_by(self, names: Iterable[str]) -> int:
        """What they can pay out, in minor units."""
        return sum(value * count for name in names for value, count in self._meters[name].levels)

    def _dispense(self, ticket: str, amount_minor: int, now_ms: int) -> list[d.HardwareEvent]:
        orders = shared_out(amount_minor, self._meters)
        if not orders:
            why = "not exactly" if amount_minor else ""
            return [d.CashDispensed(device=self.name, ticket=ticket, meter=self._meter, why=why)]
        commands = {name: d.DispenseCash(ticket, minor) for name, minor in orders.items()}
        return self._ask(ticket, commands, now_ms, paying=True)

    # --- what the parts say -------------------------------------------------------------------------------------------

    def _heard(self, name: str, event: d.HardwareEvent, now_ms: int) -> list[d.HardwareEvent]:
        match event:
            case d.DeviceOnline():
                self._here.add(name)
                return []
            case d.DeviceOffline(why=why):
                return self._lost(name, why, now_ms)
            case d.CashMetered(ticket=ticket, meter=meter):
                return self._metered(name, ticket, meter, now_ms)
            case d.CashDispensed(ticket=ticket, meter=meter, why=why):
                self._meters[name] = meter
                return self._answered(name, ticket, why, now_ms)
            case d.CashOffered():
                return self._offered(name, event, now_ms)
            case d.NoteReturned() if name == self._offering:
                self._offering = ""
                return [msgspec.structs.replace(event, device=self.name)]
            case d.CashRefused(ticket=ticket, why=why) if ticket in self._asked or ticket == self._accepting:
                self._asked.pop(ticket, None)
                return [d.CashRefused(device=self.name, ticket=ticket, why=why)]
        return []

    def _lost(self, name: str, why: str, now_ms: int) -> list[d.HardwareEvent]:
        """One is away, so the whole is; the others take nothing more."""
        self._here.discard(name)
        self._fresh.discard(name)
        told: list[d.HardwareEvent] = []
        if self._online is not False:
            told.append(d.DeviceOffline(device=self.name, why=f"{name.rpartition('.')[2]}: {why}"))
        self._online = False
        self._accepting = self._offering = ""
        asked, self._asked, self._filling = self._asked, {}, None
        early, self._early = self._early, []
        tickets = [*asked, *(command.ticket for command in early)]
        told += [d.CashRefused(device=self.name, ticket=ticket, why=why) for ticket in tickets if ticket]
        for other in self._here:
            self._parts[other].command(d.CloseCash(""), now_ms)
        return told + self._all_the_same()

    def _metered(self, name: str, ticket: str, meter: d.CashMeter, now_ms: int) -> list[d.HardwareEvent]:
        before, self._meters[name] = self._meters.get(name), meter
        if name == self._offering and before is not None and meter.notes != before.notes:
            self._offering = ""
        self._fresh.add(name)
        if self._online is not True:
            if min(len(self._here), len(self._fresh)) < len(self._parts):
                return self._all_the_same() if meter != before else []
            self._online = True
            told: list[d.HardwareEvent] = [d.DeviceOnline(device=self.name)]
            told.append(d.CashMetered(device=self.name, ticket="", meter=self._meter))
            early, self._early = self._early, []
            return told + [event for command in early for event in self._order(command, now_ms)]
        if ticket in self._asked:
            return self._answered(name, ticket, "", now_ms)
        if ticket in ("", self._accepting):
            return [d.CashMetered(device=self.name, ticket=ticket, meter=self._meter)]
        return []

    def _all_the_same(self) -> list[d.HardwareEvent]:
        """While one is known to be away: what the others count, beside what that one told last."""
        if self._online is not False or len(self._meters) < len(self._parts):
            return []
        return [d.CashMetered(device=self.name, ticket="", meter=self._meter)]

    def _answered(self, name: str, ticket: str, why: str, now_ms: int) -> list[d.HardwareEvent]:
        asked = self._asked.get(ticket)
        if asked is None:
            return []
        asked = asked._replace(waiting=asked.waiting - {name}, why=asked.why or why)
        if asked.waiting:
            self._asked[ticket] = asked
            return []
        filling, self._filling = self._filling, None
        if filling is not None and filling.ticket == ticket:
            found = self._held_by(part for part in self._parts if part != filling.blind) - filling.before_minor
            rest = d.FillCash(ticket, max(0, filling.amount_minor - found))
            return self._ask(ticket, {filling.blind: rest}, now_ms)
        del self._asked[ticket]
        if asked.paying:
            return [d.CashDispensed(device=self.name, ticket=ticket, meter=self._meter, why=asked.why)]
        return [d.CashMetered(device=self.name, ticket=ticket, meter=self._meter)]

    def _offered(self, name: str, event: d.CashOffered, now_ms: int) -> list[d.HardwareEvent]:
        if event.ticket != self._accepting or self._offering not in ("", name):
            return self._tell(name, d.ReturnNote(event.ticket), now_ms)
        self._offering = name
        return [msgspec.structs.replace(event, device=self.name)]

    @property
    def _meter(self) -> d.CashMeter:
        """The sum of all."""
        meters = self._meters.values()
        levels: Counter[int] = Counter()
        for meter in meters:
            for value, count in meter.levels:
                levels[value] += count
        return d.CashMeter(
            tuple(sorted(levels.items())),
            sum(meter.coins_minor for meter in meters),
            sum(meter.notes for meter in meters),
            sum(meter.lost for meter in meters),
            msgspec.json.encode(self._meters).decode(),
        )


def shared_out(amount_minor: int, meters: Mapping[str, d.CashMeter]) -> dict[str, int]:
    """What each part pays of it, by all that they hold, the largest pieces first; nothing if it does not come out."""
    pieces = [(value, count, name) for name, meter in meters.items() for value, count in meter.levels]
    orders: Counter[str] = Counter()
    for value, count, name in sorted(pieces, key=lambda piece: -piece[0]):
        taken = value * min(amount_minor // value, count) if value else 0
        orders[name] += taken
        amount_minor -= taken
    return {} if amount_minor else {name: minor for name, minor in orders.items() if minor}


def _meters(mark: str) -> dict[str, d.CashMeter]:
    try:
        return msgspec.json.decode(mark, type=dict[str, d.CashMeter]) if mark else {}
    except msgspec.MsgspecError:
        return {}


def make(name: str, settings: Settings) -> Device:
    """All the parts. Raises DeviceError."""
    if len(settings.parts) < PARTS_LEAST:
        raise DeviceError(
            f"{name}: name at least two parts, [devices.{name}.parts.notes] and another, or its driver itself"
        )
    lane = {"currency": settings.currency} if settings.currency else None
    return Joined(name, [make_device(f"{name}.parts.{part}", table, lane) for part, table in settings.parts.items()])
