"""Protocol: the host's end of SSP with a machine that takes notes and coins and pays out. Pure.

Each command is a talk: a generator that yields packets and pauses and reports what it learns. One packet is on the line
at a time; one that is not answered is sent again with the same sequence flag, so that the machine does not carry it out
twice (`frame`). Between talks the machine is polled.

Care with a note in escrow: the next POLL takes it in, HOLD keeps it, REJECT gives it back. A host that starts anew does
not know whether one is there, so whatever begins, begins with DISABLE and REJECT, never with POLL. What money moved is
not read from the events, which a dead host never heard, but from the machine's own counters: levels of what it can pay
out, and notes taken in. Encryption is not done yet: a real machine asks for it before it pays out.
"""

from collections import deque
from collections.abc import Generator
from typing import NamedTuple

from drivers import events as d
from drivers.cash_recycler import codes as c
from drivers.cash_recycler.frame import Packet, Unpacker, pack

ADDRESS = 0
ANSWER_MS = 1_000
TRIES = 3
ACCEPTING_POLL_MS, IDLE_POLL_MS, BUSY_POLL_MS = 200, 1_000, 200
RETRY_MS = 1_000
_MOVING = {c.READ, c.REJECTING, c.STACKING, c.DISPENSING, c.EMPTYING}
_TAKEN = {c.STACKED, c.STORED, c.COIN_CREDIT}
_NOT_ALL = {c.INCOMPLETE: "incomplete", c.JAMMED: "jammed", c.HALTED: "halted", c.TIMED_OUT: "timed out"}
_PAID = {c.DISPENSED, *_NOT_ALL}
_REFUSALS = {c.NOT_ENOUGH: "not enough", c.NOT_EXACTLY: "not exactly", c.BUSY: "busy", c.DISABLED_NOW: "disabled"}


class Pause(NamedTuple):
    """So long."""

    ms: int


Talk = Generator[bytes | Pause, bytes, None]
"""Yields the data of a packet, and is sent the data of its answer; of a pause, nothing."""


class Refused(Exception):
    """The machine does not do what it must be able to do. The text says what."""


class Host:
    """One machine's host."""

    def __init__(self, device: str, currency: str, unit_minor: int = 100) -> None:
        """`unit_minor`: what one unit of the machine's channel values is in minor units."""
        self._device, self._currency, self._unit_minor = device, currency, unit_minor
        self._unpacker = Unpacker()
        self._flag = False
        self._out = b""
        self._packet = b""
        self._due_ms: int | None = None
        self._tries = 0
        self._pausing = False
        self._talk: Talk | None = None
        self._fresh = False
        """Whether the talk has yet to say its first word."""
        self._waiting: deque[tuple[str, Talk]] = deque()
        self._ticket = ""
        self._channels: tuple[int, ...] = ()
        self._accepting = ""
        self._escrow_minor = 0
        self._held = False
        """Whether the note there waits for a word about it."""
        self._wanted = b""
        """What is to become of the note in escrow: REJECT, or POLL, which takes it in."""
        self._online: bool | None = None
        self._happened: list[d.HardwareEvent] = []

    # --- the driver's side --------------------------------------------------------------------------------------------

    def deadline_ms(self) -> int | None:
        """When an answer is too late, or a pause is over."""
        return self._due_ms

    def take(self) -> bytes:
        """What is to be sent."""
        out, self._out = self._out, b""
        return out

    def opened(self, now_ms: int) -> list[d.HardwareEvent]:
        """The line is there: nobody knows what the machine was doing."""
        self._unpacker = Unpacker()
        self._begin(self._connect(), now_ms)
        return self._told()

    def lost(self, why: str) -> list[d.HardwareEvent]:
        """The line is gone, or nobody answers: told once. What was asked is refused."""
        self._talk, self._due_ms, self._packet, self._out = None, None, b"", b""
        self._accepting, self._escrow_minor, self._held, self._wanted = "", 0, False, b""
        if self._online is not False:
            self._tell(d.DeviceOffline(device=self._device, why=why))
        self._online = False
        asked = [self._ticket, *(ticket for ticket, _ in self._waiting)]
        self._ticket, self._waiting = "", deque()
        for ticket in asked:
            if ticket:
                self._tell(d.CashRefused(device=self._device, ticket=ticket, why=why))
        return self._told()

    def received(self, data: bytes, now_ms: int) -> list[d.HardwareEvent]:
        """Bytes of answers."""
        for packet in self._unpacker.feed(data):
            expected = packet.address == ADDRESS and packet.flag == self._flag
            if self._packet and expected and packet.data:
                self._packet = b""
                self._go_on(packet.data, now_ms)
        return self._told()

    def advance(self, now_ms: int) -> list[d.HardwareEvent]:
        """Time passes."""
        if self._due_ms is None or now_ms < self._due_ms:
            return self._told()
        if self._pausing:
            self._pausing = False
            self._go_on(b"", now_ms)
        elif self._tries < TRIES:
            self._send_again(now_ms)
        else:
            happened = self.lost("it does not answer")
            self._begin(self._connect(), now_ms, RETRY_MS)
            return happened
        return self._told()

    def command(self, command: d.Command, now_ms: int) -> list[d.HardwareEvent]:
        """Begin a talk, or let it wait for its turn; what is to become of a note in escrow is done with the next turn.

        Nothing waits for a machine that is known to be away."""
        match command:
            case d.StackNote(ticket) | d.ReturnNote(ticket):
                if ticket == self._accepting and self._held:
                    self._wanted = c.POLL if isinstance(command, d.StackNote) else c.REJECT
                    self._hurry(now_ms)
                return []
            case d.CloseCash(ticket):
                talk = self._close(ticket)
            case d.AcceptCash(ticket):
                talk = self._accept(ticket)
            case d.DispenseCash(ticket, amount_minor):
                talk = self._dispense(ticket, amount_minor)
            case d.EmptyCash(ticket):
                talk = self._empty(ticket)
            case _:
                raise AssertionError(f"{self._device} takes money and no {type(command).__name__}")
        if self._online is False:
            return [d.CashRefused(device=self._device, ticket=ticket, why="it does not answer")]
        self._waiting.append((ticket, talk))
        self._hurry(now_ms)
        return self._told()

    # --- one packet at a time -----------------------------------------------------------------------------------------

    def _told(self) -> list[d.HardwareEvent]:
        happened, self._happened = self._happened, []
        return happened

    def _tell(self, event: d.HardwareEvent) -> None:
        self._happened.append(event)

    def _hurry(self, now_ms: int) -> None:
        """Whatever pauses goes on with the next turn."""
        if self._pausing:
            self._due_ms = now_ms

    def _begin(self, talk: Talk, now_ms: int, after_ms: int = 0) -> None:
        self._talk, self._fresh = talk, True
        if after_ms:
            self._pausing, self._due_ms = True, now_ms + after_ms
            return
        self._pausing = False
        self._go_on(b"", now_ms)

    def _go_on(self, answer: bytes, now_ms: int) -> None:
        """Give the talk what it waits for, until it waits again; then it is the next one's turn."""
        while True:
            if self._talk is None:
                self._ticket, self._talk = self._waiting.popleft() if self._waiting else ("", self._watch())
                self._fresh = True
            try:
                wish = next(self._talk) if self._fresh else self._talk.send(answer)
            except StopIteration:
                self._talk, self._ticket = None, ""
                continue
            except Refused as refusal:
                self._happened += self.lost(str(refusal))
                self._begin(self._connect(), now_ms, RETRY_MS)
                return
            self._fresh = False
            if isinstance(wish, Pause):
                self._pausing, self._due_ms = True, now_ms + wish.ms
                return
            self._send(wish, now_ms)
            return

    def _send(self, data: bytes, now_ms: int) -> None:
        """A new packet has a new flag; SYNC sets it."""
        self._flag = True if data == c.SYNC else not self._flag
        self._packet, self._tries = pack(Packet(ADDRESS, self._flag, data)), 0
        self._send_again(now_ms)

    def _send_again(self, now_ms: int) -> None:
        self._out += self._packet
        self._tries, self._due_ms = self._tries + 1, now_ms + ANSWER_MS

    # --- talks --------------------------------------------------------------------------------------------------------

    def _do(self, data: bytes) -> Generator[bytes | Pause, bytes, bytes]:
        """A packet that must be answered with OK; what stands behind it."""
        answer = yield data
        if answer[0] != c.OK:
            raise Refused(f"it refuses {data.hex()} with {answer.hex()}")
        return answer[1:]

    def _connect(self) -> Talk:
        yield c.SYNC
        yield from self._do(c.HOST_PROTOCOL)
        self._channels = _channels((yield from self._do(c.CHANNEL_VALUES)), self._unit_minor)
        yield from self._do(c.ENABLE_PAYOUT)
        meter = yield from self._quiet()
        if self._online is not True:
            self._online = True
            self._tell(d.DeviceOnline(device=self._device))
        self._tell(d.CashMetered(device=self._device, ticket="", meter=meter))

    def _quiet(self) -> Generator[bytes | Pause, bytes, d.CashMeter]:
        """Nothing comes in any more and nothing moves; the counters."""
        self._accepting, self._escrow_minor, self._held = "", 0, False
        yield from self._do(c.DISABLE)
        yield c.REJECT  # refused where no note is in escrow
        while True:
            told = tuple(c.events((yield from self._do(c.POLL))))
            if any(code == c.READ and data[0] for code, data in told):
                yield c.REJECT  # it was on its way in
            elif not any(code in _MOVING for code, _ in told):
                break
            yield Pause(BUSY_POLL_MS)
        return (yield from self._meter())

    def _meter(self) -> Generator[bytes | Pause, bytes, d.CashMeter]:
        levels = _levels((yield from self._do(c.ALL_LEVELS)), self._currency)
        stacked, stored = _counters((yield from self._do(c.COUNTERS)))
        coins = sum(value * count for value, count in levels if value not in self._channels)
        return d.CashMeter(levels, coins, stacked + stored)

    def _close(self, ticket: str) -> Talk:
        meter = yield from self._quiet()
        self._tell(d.CashMetered(device=self._device, ticket=ticket, meter=meter))

    def _accept(self, ticket: str) -> Talk:
        yield from self._do(c.ENABLE)
        self._accepting = ticket

    def _watch(self) -> Talk:
        """One look at the machine; while it accepts, what came in."""
        if self._held and not self._wanted:
            self._held = (yield c.HOLD)[0] == c.OK
            yield Pause(ACCEPTING_POLL_MS)
            return
        wanted, self._wanted, self._held = self._wanted or c.POLL, b"", False
        if wanted == c.REJECT:
            yield c.REJECT
            self._escrow_minor = 0
            self._tell(d.NoteReturned(device=self._device, ticket=self._accepting))
        else:
            told = yield from self._do(c.POLL)
            if self._accepting:
                yield from self._seen(tuple(c.events(told)))
        if not self._waiting:
            yield Pause(ACCEPTING_POLL_MS if self._accepting else IDLE_POLL_MS)

    def _seen(self, told: tuple[tuple[int, bytes], ...]) -> Talk:
        if any(code == c.RESET for code, _ in told):
            raise Refused("it has started anew")
        for code, data in told:
            if code == c.READ and data[0] and data[0] <= len(self._channels):
                self._escrow_minor, self._held = self._channels[data[0] - 1], True
                offered = d.CashOffered(device=self._device, ticket=self._accepting, amount_minor=self._escrow_minor)
                self._tell(offered)
            elif code in (c.REJECTED, c.SAFE_JAM) and self._escrow_minor:
                self._escrow_minor = 0
                self._tell(d.NoteReturned(device=self._device, ticket=self._accepting))
        if any(code in _TAKEN for code, _ in told):
            self._escrow_minor = 0
            meter = yield from self._meter()
            self._tell(d.CashMetered(device=self._device, ticket=self._accepting, meter=meter))

    def _dispense(self, ticket: str, amount_minor: int) -> Talk:
        order = bytes((c.PAYOUT_AMOUNT,)) + c.sum_of(amount_minor, self._currency) + c.FOR_REAL
        answer = yield order
        why = ""
        if answer[0] != c.OK:
            why = _REFUSALS.get(answer[1], "refused") if answer[0] == c.CANNOT and len(answer) > 1 else "refused"
        else:
            why = yield from self._paid()
        meter = yield from self._meter()
        self._tell(d.CashDispensed(device=self._device, ticket=ticket, meter=meter, why=why))

    def _paid(self) -> Generator[bytes | Pause, bytes, str]:
        """Polls until it has stopped; the machine's word if it was not all."""
        while True:
            yield Pause(BUSY_POLL_MS)
            told = {code for code, _ in c.events((yield from self._do(c.POLL)))}
            if c.DISPENSING not in told and told & _PAID:
                return next((word for code, word in _NOT_ALL.items() if code in told), "")
            if c.RESET in told or not told & {c.DISPENSING, *_PAID}:
                return "it stopped without a word"

    def _empty(self, ticket: str) -> Talk:
        yield from self._do(c.SMART_EMPTY)
        meter = yield from self._quiet()
        self._tell(d.CashMetered(device=self._device, ticket=ticket, meter=meter))


def _channels(told: bytes, unit_minor: int) -> tuple[int, ...]:
    """CHANNEL VALUE REQUEST, as from protocol 6 on: a value for each, its currency, and the value in 4 bytes."""
    count = told[0] if told else 0
    wide = told[1 + 4 * count : 1 + 8 * count]
    return tuple(c.number(wide[4 * n : 4 * n + 4]) * unit_minor for n in range(len(wide) // 4))


def _levels(told: bytes, currency: str) -> tuple[tuple[int, int], ...]:
    """GET ALL LEVELS: how many kinds; for each 2 bytes of level, 4 of value, 3 of currency."""
    rows = (told[1 + 9 * n : 10 + 9 * n] for n in range(told[0] if told else 0))
    found = (
        (c.number(row[2:6]), c.number(row[:2])) for row in rows if len(row) == 9 and row[6:] == currency.encode("ascii")
    )
    return tuple(sorted(found))


def _counters(told: bytes) -> tuple[int, int]:
    """GET COUNTERS: how many counters; then stacked, stored, dispensed, moved to the box, rejected, 4 bytes each."""
    return c.number(told[1:5]), c.number(told[5:9])
