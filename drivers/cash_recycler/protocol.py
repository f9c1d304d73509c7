"""Protocol: the till's end of SSP with a machine that takes notes, or coins, or both, and pays out. Pure.

`talk` says how it talks; here is what is said. Every new packet has a new sequence flag, and one that is sent again has
the same, so that the machine does not carry it out twice (`frame`). Where the machine wants it, all that is said after
SYNC is sealed (`seal`).

Care with a note in escrow: the next POLL takes it in, HOLD keeps it, REJECT gives it back. A host that starts anew does
not know whether one is there, so whatever begins, begins with DISABLE and REJECT, never with POLL. What money moved is
not read from the events, which a dead host never heard, but from the machine's own counters: levels of what it can pay
out, and notes taken in.

A machine that says that a note is stuck in it (SAFE JAM, where nobody's fingers reach; UNSAFE JAM, where a shopper's
might) counts as away until it says so no more: staff are called at once, and its counters then tell what came of it.

A hopper (`codes.HOPPER`) takes no notes; it pays only while it is enabled, and its coins are let in and kept out at
its coin mechanism. A plain validator pays nothing.
"""

from collections.abc import Generator, Iterator

from drivers import events as d
from drivers.cash_recycler import codes as c
from drivers.cash_recycler.frame import Packet, Unpacker, pack
from drivers.cash_recycler.seal import Seal
from drivers.cash_recycler.talk import Pause, Refused, Talk, Talker, Wish

NOTES_ADDRESS, HOPPER_ADDRESS = 0x00, 0x10
"""Where machines are as they leave the factory."""
ACCEPTING_POLL_MS, IDLE_POLL_MS, BUSY_POLL_MS = 200, 1_000, 200
_MOVING = {c.READ, c.REJECTING, c.STACKING, c.DISPENSING, c.EMPTYING}
_STUCK = {c.SAFE_JAM, c.UNSAFE_JAM}
_TAKEN = {c.STACKED, c.STORED, c.COIN_CREDIT}
_NOT_ALL = {c.INCOMPLETE: "incomplete", c.JAMMED: "jammed", c.HALTED: "halted", c.TIMED_OUT: "timed out"}
_PAID = {c.DISPENSED, *_NOT_ALL}
_REFUSALS = {c.NOT_ENOUGH: "not enough", c.NOT_EXACTLY: "not exactly", c.BUSY: "busy", c.DISABLED_NOW: "disabled"}


class Host(Talker):
    """One machine's host."""

    def __init__(
        self,
        device: str,
        currency: str,
        unit_minor: int = 100,
        *,
        address: int = NOTES_ADDRESS,
        seal: Seal | None = None,
    ) -> None:
        """`unit_minor`: what one unit of the machine's channel values is in minor units. `seal`: its encryption."""
        super().__init__(device)
        self._currency, self._unit_minor, self._address = currency, unit_minor, address
        self._seal = seal
        self._unpacker = Unpacker()
        self._flag = False
        self._kind: bytes = c.SMART_PAYOUT
        self.identity = ""
        """Its firmware, as it names it."""
        self._channels: tuple[int, ...] = ()
        self._accepting = ""
        self._escrow_minor = 0
        self._held = False
        """Whether the note there waits for a word about it."""
        self._wanted = b""
        """What is to become of the note in escrow: REJECT, or POLL, which takes it in."""

    # --- packets ------------------------------------------------------------------------------------------------------

    def _pack(self, data: bytes) -> bytes:
        """A new packet has a new flag; SYNC sets it."""
        self._flag = True if data == c.SYNC else not self._flag
        if self._seal is not None and self._seal.is_closed and data[:1] not in c.NEVER_SEALED:
            data = self._seal.close(data)
        return pack(Packet(self._address, self._flag, data))

    def _answers(self, data: bytes) -> Iterator[bytes]:
        for packet in self._unpacker.feed(data):
            if packet.address == self._address and packet.flag == self._flag and packet.data:
                said = packet.data if self._seal is None else self._seal.open(packet.data)
                if said:
                    yield said

    def _forget(self) -> None:
        self._accepting, self._escrow_minor, self._held, self._wanted = "", 0, False, b""

    # --- talks --------------------------------------------------------------------------------------------------------

    def _talk_of(self, command: d.Command) -> tuple[str, Talk] | None:
        match command:
            case d.StackNote(ticket) | d.ReturnNote(ticket):
                if ticket == self._accepting and self._held:
                    self._wanted = c.POLL if isinstance(command, d.StackNote) else c.REJECT
                return None
            case d.RememberCash():
                return None  # it counts for itself
            case d.CloseCash(ticket) | d.FillCash(ticket):
                return ticket, self._close(ticket)
            case d.AcceptCash(ticket):
                return ticket, self._accept(ticket)
            case d.DispenseCash(ticket, amount_minor):
                return ticket, self._dispense(ticket, amount_minor)
            case d.EmptyCash(ticket):
                return ticket, self._empty(ticket)
            case _:
                raise AssertionError(f"{self._device} takes money and no {type(command).__name__}")

    def _do(self, data: bytes) -> Generator[Wish, bytes, bytes]:
        """A packet that must be answered with OK; what stands behind it."""
        answer = yield data
        if answer[0] != c.OK:
            raise Refused(f"it refuses {data.hex()} with {answer.hex()}")
        return answer[1:]

    def _connect(self) -> Talk:
        self._unpacker = Unpacker()
        if self._seal is not None:
            self._seal.forget()
        yield c.SYNC
        if self._seal is not None:
            yield from self._agree(self._seal)
        yield from self._do(c.HOST_PROTOCOL)
        told = yield from self._do(c.SETUP)
        self._kind, self.identity = told[:1], f"firmware {told[1:5].decode('ascii', 'replace')}"
        if self._kind == c.HOPPER:
            self._channels = ()
            yield from self._do(c.ENABLE)
        else:
            self._channels = _channels((yield from self._do(c.CHANNEL_VALUES)), self._unit_minor)
            yield from self._do(c.ALL_CHANNELS)
        if self._kind in c.NOTES_THAT_PAY:
            yield from self._do(c.ENABLE_PAYOUT)
        meter = yield from self._quiet()
        self._tell_online()
        self._tell(d.CashMetered(device=self._device, ticket="", meter=meter))

    def _agree(self, key: Seal) -> Talk:
        """A new key."""
        generator, modulus, half = key.begin()
        yield from self._do(c.SET_GENERATOR + generator.to_bytes(8, "little"))
        yield from self._do(c.SET_MODULUS + modulus.to_bytes(8, "little"))
        told = yield from self._do(c.KEY_EXCHANGE + half.to_bytes(8, "little"))
        if len(told) < 8:
            raise Refused("it agrees on no key")
        key.agree(c.number(told[:8]))

    def _quiet(self) -> Generator[Wish, bytes, d.CashMeter]:
        """Nothing comes in any more and nothing moves; the counters."""
        self._accepting, self._escrow_minor, self._held = "", 0, False
        if self._kind == c.HOPPER:
            yield from self._do(c.COINS_OUT)
        else:
            yield from self._do(c.DISABLE)
            yield c.REJECT  # refused where no note is in escrow
        while True:
            told = yield from self._poll()
            if any(code == c.READ and data[0] for code, data in told):
                yield c.REJECT  # it was on its way in
            elif not any(code in _MOVING for code, _ in told):
                break
            yield Pause(BUSY_POLL_MS)
        return (yield from self._meter())

    def _poll(self) -> Generator[Wish, bytes, tuple[tuple[int, bytes], ...]]:
        """What it has to tell. A note that is stuck in it needs a person, and nobody knows whose it will be."""
        told = tuple(c.events((yield from self._do(c.POLL))))
        if any(code in _STUCK for code, _ in told):
            raise Refused("a note is stuck in it: open it and take the note out")
        return told

    def _meter(self) -> Generator[Wish, bytes, d.CashMeter]:
        takes_notes = self._kind != c.HOPPER
        pays = not takes_notes or self._kind in c.NOTES_THAT_PAY
        levels = _levels((yield from self._do(c.ALL_LEVELS)), self._currency) if pays else ()
        stacked, stored = _counters((yield from self._do(c.COUNTERS))) if takes_notes else (0, 0)
        coins = sum(value * count for value, count in levels if value not in self._channels)
        return d.CashMeter(levels, coins, stacked + stored)

    def _close(self, ticket: str) -> Talk:
        meter = yield from self._quiet()
        self._tell(d.CashMetered(device=self._device, ticket=ticket, meter=meter))

    def _accept(self, ticket: str) -> Talk:
        yield from self._do(c.COINS_IN if self._kind == c.HOPPER else c.ENABLE)
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
            told = yield from self._poll()
            if self._accepting:
                yield from self._seen(told)
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
            elif code == c.REJECTED and self._escrow_minor:
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

    def _paid(self) -> Generator[Wish, bytes, str]:
        """Polls until it has stopped; the machine's word if it was not all."""
        while True:
            yield Pause(BUSY_POLL_MS)
            told = {code for code, _ in c.events((yield from self._do(c.POLL)))}
            if c.DISPENSING not in told and told & _PAID:
                return next((word for code, word in _NOT_ALL.items() if code in told), "")
            if c.RESET in told or not told & {c.DISPENSING, *_PAID}:
                return "it stopped without a word"

    def _empty(self, ticket: str) -> Talk:
        if self._kind == c.HOPPER or self._kind in c.NOTES_THAT_PAY:
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
