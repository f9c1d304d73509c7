"""Simulated cash recycler: SSP as bytes, with a hand that puts notes and coins in and takes what comes out. It ships.

One machine at one address that takes notes into escrow and coins at once, and pays out of both; Innovative Technology
sells the two halves as two slaves. Its counters and its store outlive the line and its power. What is true of the money
is `taken_minor` and `paid_minor`, which no fault changes. Faults are attributes that hold until they are changed:
`jams_after_minor` (pays so much and then jams), `note_jams` (the next note is stuck until that is mended), `silent`,
`split` (one byte at a time), `miscounts` (so many of its smallest coins it believes to have and has not); and `unplug`,
`plug`, `set_power`.
"""

from collections import Counter

from drivers.cash_recycler import codes as c
from drivers.cash_recycler.frame import Packet, Unpacker, pack

READING_MS, STACKING_MS, REJECTING_MS, PIECE_MS = 300, 400, 300, 300
ESCROW_MS = 10_000
"""A host that says nothing for so long does not want the note: it goes back."""
NOTES = (2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
COINS = (100, 200, 500, 1_000)
RECYCLED_MOST_MINOR = 20_000
"""Notes up to this are stored to be paid out again, larger ones go to the box."""
STORE_HOLDS = 60
FILLED = {100: 20, 200: 20, 500: 20, 1_000: 20, 2_000: 10, 5_000: 10, 10_000: 10, 20_000: 0}
UNIT_MINOR = 100


class RecyclerSimulator:
    """One machine, filled with some change."""

    kind = c.SMART_PAYOUT
    address = 0

    def __init__(self, currency: str = "SEK", store: dict[int, int] | None = None) -> None:
        self.currency = currency
        self.store: Counter[int] = Counter(FILLED if store is None else store)
        """What it can pay out: pieces by their value."""
        self.box: Counter[int] = Counter()
        self.taken_minor = self.paid_minor = 0
        """All that ever went in from people's hands, and all that ever came out into them."""
        self.filled_minor = self.emptied_minor = 0
        """All that staff ever put in with the key, and all that they ever took out in boxes."""
        self.mouth: list[int] = []
        """Notes that were given back and nobody has taken yet."""
        self.tray: list[int] = []
        """What was paid out and nobody has taken yet."""
        self.jams_after_minor: int | None = None
        self.note_jams = self.silent = self.split = False
        self.miscounts = 0
        self.counters = [0, 0, 0, 0, 0]
        self.reachable = True
        self.powered = True
        self._enabled = False
        self._channels_open = 0
        self._doing = ""
        self._note = 0
        self._due_ms: int | None = None
        self._paying = 0
        self._ordered = self._out_so_far = 0
        self._events: list[bytes] = [bytes((c.RESET,))]
        self._unpacker = Unpacker()
        self._flag: bool | None = None
        self._reply = b""
        self._out = b""
        self._later: list[tuple[int, bytes]] = []
        self._now_ms = 0

    # --- what people do -----------------------------------------------------------------------------------------------

    @property
    def takes(self) -> bool:
        """Whether its lamp says that it takes money now."""
        return self._enabled and self.powered

    def insert_note(self, minor: int) -> bool:
        """Into the mouth; False: it stays in the hand."""
        if not self.takes or self._doing or self.mouth or minor not in NOTES or not self._lets_in(minor):
            return False
        self._do("reading", READING_MS)
        self._note = minor
        return True

    def _lets_in(self, minor: int) -> bool:
        return bool(self._channels_open >> NOTES.index(minor) & 1)

    def insert_coin(self, minor: int) -> bool:
        """Into the slot; what it does not take falls through."""
        if not self.takes or minor not in COINS:
            return False
        self.store[minor] += 1
        self.taken_minor += minor
        self._events.append(bytes((c.COIN_CREDIT,)) + c.sum_of(minor, self.currency))
        return True

    def take_back(self) -> int:
        """The notes from its mouth and the change from its tray, in minor units."""
        found = sum(self.mouth) + sum(self.tray)
        self.mouth, self.tray = [], []
        return found

    def empty_box(self) -> int:
        """Somebody with the key takes the box out, and puts an empty one in."""
        found = self.boxed_minor
        self.box.clear()
        self.emptied_minor += found
        return found

    def fill(self, pieces: dict[int, int]) -> None:
        """Somebody with the key puts change in."""
        self.store.update(pieces)
        self.filled_minor += sum(value * count for value, count in pieces.items())

    def unplug(self) -> None:
        """Pull its cable; it has power and ends what it does."""
        self.reachable = False

    def plug(self) -> None:
        """Put it back."""
        self.reachable = True

    def set_power(self, on: bool) -> None:
        """Off: it stops in the middle. On: it starts anew, and a note that was in its way comes back out."""
        if on is self.powered:
            return
        self.powered = self.reachable = on
        if on:
            self._events = [bytes((c.RESET,))]
            return
        if self._note:
            self.mouth.append(self._note)
        self._enabled, self._doing, self._note, self._paying, self._due_ms = False, "", 0, 0, None
        self._channels_open = 0

    @property
    def stored_minor(self) -> int:
        """What it could pay out."""
        return sum(value * count for value, count in self.store.items())

    @property
    def boxed_minor(self) -> int:
        """What is in its box."""
        return sum(value * count for value, count in self.box.items())

    @property
    def moves(self) -> bool:
        """Whether a note is on its way or money is coming out: who wants to know what came of it waits."""
        return bool(self._doing)

    @property
    def paying(self) -> bool:
        """Whether money is coming out."""
        return self._doing == "paying"

    @property
    def notes_taken(self) -> int:
        """Notes that it has ever taken in."""
        return self.counters[0] + self.counters[1]

    # --- the wire -----------------------------------------------------------------------------------------------------

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        self._unpacker, self._flag = Unpacker(), None

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        self._out, self._later = b"", []

    def receive(self, data: bytes, now_ms: int) -> None:
        """Packets of the host."""
        self.advance(now_ms)
        for packet in self._unpacker.feed(data):
            if self.silent or not self.powered or packet.address != self.address or not packet.data:
                continue
            if self._doing == "escrow":
                self._due_ms = now_ms + ESCROW_MS
            if packet.flag != self._flag or packet.data == c.SYNC:
                said = self._answer(packet.data)
                if not said:
                    continue
                self._flag = packet.flag
                self._reply = pack(Packet(self.address, packet.flag, said))
            self._say(self._reply, now_ms)

    def _say(self, reply: bytes, now_ms: int) -> None:
        if self.split:
            self._later += [(now_ms + 5 * place, bytes((byte,))) for place, byte in enumerate(reply, 1)]
        else:
            self._out += reply

    def advance(self, now_ms: int) -> None:
        """As Simulator: motors move."""
        self._now_ms = max(now_ms, self._now_ms)
        if self._doing == "jammed" and not self.note_jams:
            self._do("rejecting", REJECTING_MS)
        while self._due_ms is not None and self._due_ms <= now_ms:
            due, self._due_ms = self._due_ms, None
            self._done(due)
        while self._later and self._later[0][0] <= now_ms:
            self._out += self._later.pop(0)[1]

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        if self._out:
            return 0
        dues = [due for due in (self._due_ms, self._later[0][0] if self._later else None) if due is not None]
        return min(dues, default=None)

    def take(self) -> bytes:
        """As Simulator."""
        out, self._out = self._out, b""
        return out

    # --- what it answers ----------------------------------------------------------------------------------------------

    def _answer(self, data: bytes) -> bytes:
        ok = bytes((c.OK,))
        match data[:1]:
            case c.SYNC | b"\x06" | c.ENABLE_PAYOUT:
                return ok
            case b"\x02":
                self._channels_open = c.number(data[1:3])
                return ok
            case c.SETUP:
                return ok + self.kind + b"0100" + self.currency.encode("ascii")
            case c.ENABLE | c.DISABLE:
                self._enabled = data[:1] == c.ENABLE
                return ok
            case c.CHANNEL_VALUES:
                return ok + self._channels()
            case c.ALL_LEVELS:
                return ok + self._levels()
            case c.COUNTERS:
                return ok + bytes((5,)) + b"".join(count.to_bytes(4, "little") for count in self.counters)
            case c.POLL:
                return ok + self._polled()
            case c.HOLD | c.REJECT if self._doing == "escrow":
                if data[:1] == c.REJECT:
                    self._do("rejecting", REJECTING_MS)
                return ok
            case c.SMART_EMPTY if not self._doing:
                return ok + self._emptied()
            case b"\x33":
                return self._payout(data)
            case _:
                return bytes((c.CANNOT,))

    def _channels(self) -> bytes:
        count = len(NOTES)
        units = [minor // UNIT_MINOR for minor in NOTES]
        small = bytes(min(unit, 255) for unit in units)
        return (
            bytes((count,))
            + small
            + self.currency.encode("ascii") * count
            + b"".join(unit.to_bytes(4, "little") for unit in units)
        )

    def _levels(self) -> bytes:
        kinds = [*COINS, *NOTES]
        return bytes((len(kinds),)) + b"".join(
            (self.store[value] + (self.miscounts if value == COINS[0] else 0)).to_bytes(2, "little")
            + c.sum_of(value, self.currency)
            for value in kinds
        )

    def _polled(self) -> bytes:
        """What has happened since the last time, and what is going on. The poll after a note was read takes it in."""
        told = b"".join(self._events)
        self._events = []
        match self._doing:
            case "reading":
                told += bytes((c.READ, 0))
            case "read":
                self._do("escrow", ESCROW_MS)
                told += bytes((c.READ, NOTES.index(self._note) + 1))
            case "escrow":
                self._do("stacking", STACKING_MS)
                told += bytes((c.STACKING,))
            case "stacking":
                told += bytes((c.STACKING,))
            case "rejecting":
                told += bytes((c.REJECTING,))
            case "jammed":
                told += bytes((c.UNSAFE_JAM,))
            case "paying":
                told += bytes((c.DISPENSING, 1)) + c.sum_of(self._out_so_far, self.currency)
        return told + (b"" if self._enabled else bytes((c.DISABLED,)))

    def _emptied(self) -> bytes:
        self.box.update(self.store)
        self.store.clear()
        self._events.append(bytes((c.EMPTIED, 1)) + c.sum_of(0, self.currency))
        return b""

    # --- what it does -------------------------------------------------------------------------------------------------

    def _do(self, what: str, ms: int) -> None:
        self._doing, self._due_ms = what, self._now_ms + ms

    def _done(self, now_ms: int) -> None:
        match self._doing:
            case "reading" if self.note_jams:
                self._doing = "jammed"
            case "reading" if not self._enabled:
                self._do("rejecting", REJECTING_MS)
            case "reading":
                self._do("read", ESCROW_MS)
            case "read" | "escrow":
                self._do("rejecting", REJECTING_MS)
            case "rejecting":
                self.mouth.append(self._note)
                self._doing, self._note = "", 0
                self.counters[4] += 1
                self._events.append(bytes((c.REJECTED,)))
            case "stacking":
                self._take_in()
            case "paying":
                self._next_piece(now_ms)

    def _take_in(self) -> None:
        note, self._note, self._doing = self._note, 0, ""
        recycled = self._recycles(note)
        (self.store if recycled else self.box)[note] += 1
        self.counters[1 if recycled else 0] += 1
        self.taken_minor += note
        channel = NOTES.index(note) + 1
        self._events.append(bytes((c.CREDIT, channel, c.STORED if recycled else c.STACKED)))

    def _recycles(self, minor: int) -> bool:
        return minor <= RECYCLED_MOST_MINOR and self.store[minor] < STORE_HOLDS

    def _payout(self, data: bytes) -> bytes:
        amount = c.number(data[1:5])
        if self._doing:
            return bytes((c.CANNOT, c.BUSY))
        if amount > self.stored_minor:
            return bytes((c.CANNOT, c.NOT_ENOUGH))
        if not pieces_for(amount, self.store):
            return bytes((c.CANNOT, c.NOT_EXACTLY))
        self._ordered = self._paying = amount
        self._out_so_far = 0
        self._do("paying", PIECE_MS)
        return bytes((c.OK,))

    def _next_piece(self, now_ms: int) -> None:
        if self.jams_after_minor is not None and self._out_so_far >= self.jams_after_minor:
            self._doing, self._paying = "", 0
            self._events.append(bytes((c.JAMMED, 1)) + c.sum_of(self._out_so_far, self.currency))
            return
        piece = pieces_for(self._paying, self.store)[0]
        self.store[piece] -= 1
        self.tray.append(piece)
        self.paid_minor += piece
        self.counters[2] += piece in NOTES
        self._paying -= piece
        self._out_so_far += piece
        if self._paying:
            self._doing, self._due_ms = "paying", now_ms + PIECE_MS
            return
        self._doing = ""
        self._events.append(bytes((c.DISPENSED, 1)) + c.sum_of(self._ordered, self.currency))


def pieces_for(amount: int, store: Counter[int]) -> list[int]:
    """The pieces that make the amount, the largest first as far as they go; none if that does not come out."""
    pieces: list[int] = []
    for value in sorted(store, reverse=True):
        count = min(amount // value, store[value])
        pieces += [value] * count
        amount -= value * count
    return [] if amount else pieces
