"""Simulated coin set: a coin acceptor, its sorter and hoppers on one ccTalk line, as bytes, with hands. It ships.

The line is one wire: the till hears itself (`echoes`). The acceptor takes coins while it is told to and asked often
enough. What is true of the money is `taken_minor` and `paid_minor`, which no fault changes. Faults are attributes that
hold until they are changed: `silent`, `split` (one byte at a time), `damages` (so many answers from now on have a wrong
bit), `loses` (so many questions are carried out and their answers never sent), `stuck` (a coin before its sensor); a
hopper's own are the hopper's; and `unplug`, `plug`, `set_power`.
"""

from collections import Counter
from collections.abc import Sequence

from drivers.cash_recycler.cctalk import codes as c
from drivers.cash_recycler.cctalk.credits import SIZE
from drivers.cash_recycler.cctalk.frame import AROUND, LONGEST, TILL, Message, pack, size_of, unpack
from drivers.cash_recycler.cctalk.hopper_simulator import HopperSimulator
from drivers.cash_recycler.cctalk.parts import Hopper

ACCEPTOR = 2
COINS = {1: 100, 2: 200, 3: 500, 4: 1_000}
WATCHDOG_MS = 1_000
"""An acceptor that nobody asks for so long takes nothing (SR5, "Credit polling")."""
GAP_MS = 50
"""A silence in the middle of a message: it was none."""
INHIBITED, ON_A_STRING, STUCK, CREDIT_SENSOR = 2, 20, 14, 3
PIECES = 40
"""In a hopper of whose filling nobody said anything."""


class CoinSetSimulator:
    """All that is on one line."""

    def __init__(
        self,
        hoppers: Sequence[Hopper] = (),
        currency: str = "SEK",
        pieces: dict[int, int] | None = None,
        *,
        wide: bool = False,
    ) -> None:
        """`pieces`: coins in the hoppers by their value."""
        filling = pieces or {}
        self.hoppers = [
            HopperSimulator(one.address, one.value_minor, filling.get(one.value_minor, PIECES), one.order)
            for one in hoppers
        ]
        self.by_path = {(one.path, one.value_minor): hopper for one, hopper in zip(hoppers, self.hoppers, strict=True)}
        self.currency, self._wide = currency, wide
        self.box: Counter[int] = Counter()
        self.taken_minor = 0
        self.refused = 0
        """Coins that fell through."""
        self.echoes = True
        self.silent = self.split = self.stuck = False
        self.says_its_coins = True
        self.damages = self.loses = 0
        self.reachable = self.powered = True
        self._paths: dict[int, int] = {}
        self._mask, self._master = 0, False
        self._event, self._results = 0, [(0, 0)] * c.EVENTS_KEPT
        self._asked_ms: int | None = None
        self._heard, self._heard_ms = bytearray(), 0
        self._out = b""
        self._later: list[tuple[int, bytes]] = []
        self._now_ms = 0

    # --- what people do -----------------------------------------------------------------------------------------------

    @property
    def takes(self) -> bool:
        """Whether it takes coins now."""
        asked = self._asked_ms is not None and self._now_ms - self._asked_ms <= WATCHDOG_MS
        return self.powered and self._master and bool(self._mask) and asked and not self.stuck

    def insert_coin(self, minor: int) -> bool:
        """Into the slot; what it does not take falls through."""
        position = next((place for place, value in COINS.items() if value == minor), 0)
        if not self.takes or not self._mask & (1 << (position - 1) if position else 0):
            self.refused += 1
            self._happens(0, INHIBITED)
            return False
        path = self._paths.get(position, 0)
        self.taken_minor += minor
        hopper = self.by_path.get((path, minor)) if path else None
        if hopper is not None:
            hopper.pieces += 1
        else:
            self.box[minor] += 1
        self._happens(position, path)
        return True

    def pull_a_string(self) -> None:
        """Somebody has tied a coin to a string."""
        self._happens(0, ON_A_STRING)

    def stick(self, stuck: bool) -> None:
        """A coin sticks before its sensor; or somebody has taken it out."""
        self.stuck = stuck
        if stuck:
            self._happens(0, STUCK)

    def take_back(self) -> int:
        """The change from the tray, in minor units."""
        found = sum(hopper.tray * hopper.value_minor for hopper in self.hoppers)
        for hopper in self.hoppers:
            hopper.tray = 0
        return found

    def unplug(self) -> None:
        """Pull its cable; it has power and ends what it does."""
        self.reachable = False

    def plug(self) -> None:
        """Put it back."""
        self.reachable = True

    def set_power(self, on: bool) -> None:
        """Off: everything stops in the middle."""
        if on is self.powered:
            return
        self.powered = self.reachable = on
        if not on:
            self._mask, self._master, self._asked_ms = 0, False, None
            self._event, self._results = 0, [(0, 0)] * c.EVENTS_KEPT
            self._paths = {}
            for hopper in self.hoppers:
                hopper.lose_power()

    @property
    def paid_minor(self) -> int:
        """All that ever came out."""
        return sum((one.ever - 1_000 * one.address) * one.value_minor for one in self.hoppers)

    @property
    def stored_minor(self) -> int:
        """What really is in the hoppers."""
        return sum(hopper.pieces * hopper.value_minor for hopper in self.hoppers)

    @property
    def boxed_minor(self) -> int:
        """What is in its box."""
        return sum(value * count for value, count in self.box.items())

    @property
    def moves(self) -> bool:
        """Whether money is coming out."""
        return any(hopper.moves for hopper in self.hoppers)

    def _happens(self, coin: int, path: int) -> None:
        if self.powered:
            self._event = self._event % c.EVENTS_ROUND + 1
            self._results = [(coin, path), *self._results][: c.EVENTS_KEPT]

    # --- the wire -----------------------------------------------------------------------------------------------------

    def connected(self, now_ms: int) -> None:
        """As Simulator."""
        self._heard.clear()

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        self._out, self._later = b"", []

    def receive(self, data: bytes, now_ms: int) -> None:
        """Questions of the till."""
        self.advance(now_ms)
        if now_ms - self._heard_ms > GAP_MS:
            self._heard.clear()
        self._heard_ms = now_ms
        if self.echoes:
            self._say(data, now_ms)
        self._heard += data[-LONGEST:]
        while len(self._heard) >= AROUND and len(self._heard) >= (size := size_of(bytes(self._heard))):
            block = bytes(self._heard[:size])
            del self._heard[:size]
            message = unpack(block, wide=self._wide)
            if message is None:
                self._heard.clear()
            elif not self.silent and self.powered:
                self._answer(message, now_ms)

    def _answer(self, question: Message, now_ms: int) -> None:
        parts = {hopper.address: hopper for hopper in self.hoppers}
        if question.to == ACCEPTOR:
            done = self._accepts(question.header, question.data, now_ms)
        elif question.to in parts:
            done = parts[question.to].answer(question.header, question.data, now_ms)
        else:
            return
        if self.loses:
            self.loses -= 1
            return
        answer = Message(TILL, question.to, c.NO if done is None else c.DONE, done or b"")
        block = bytearray(pack(answer, wide=self._wide))
        if self.damages:
            self.damages -= 1
            block[-2] ^= 0x10
        self._say(bytes(block), now_ms)

    def _accepts(self, header: int, data: bytes, now_ms: int) -> bytes | None:
        match header:
            case c.SIMPLE_POLL:
                return b""
            case c.SELF_CHECK:
                return bytes((CREDIT_SENSOR if self.stuck else 0,))
            case c.MASTER_INHIBIT if data:
                self._master = bool(data[0] & 1)
                return b""
            case c.INHIBITS if len(data) == 2:
                self._mask = c.number(data)
                return b""
            case c.SORTER_PATHS if len(data) == 2:
                self._paths[data[0]] = data[1]
                return b""
            case c.CREDITS:
                self._asked_ms = now_ms
                rows = b"".join(bytes(row) for row in self._results)
                return (bytes((self._event,)) + rows)[:SIZE]
            case c.COIN_ID if data and self.says_its_coins:
                return self._name(COINS.get(data[0], 0))
        return None

    def _name(self, minor: int) -> bytes:
        value = f"{minor // 1_000}K{minor % 1_000 // 100}" if minor >= 1_000 else f"{minor:03d}"
        return f"{self.currency[:2]}{value}A".encode() if minor else b"......"

    def _say(self, data: bytes, now_ms: int) -> None:
        if self.split:
            start = max([now_ms, *(due for due, _ in self._later)])
            self._later += [(start + place, bytes((byte,))) for place, byte in enumerate(data, 1)]
        else:
            self._out += data

    def advance(self, now_ms: int) -> None:
        """As Simulator: motors move."""
        self._now_ms = max(now_ms, self._now_ms)
        if self.powered:
            for hopper in self.hoppers:
                hopper.advance(now_ms)
        while self._later and self._later[0][0] <= now_ms:
            self._out += self._later.pop(0)[1]

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        if self._out:
            return 0
        dues = [hopper.deadline_ms() for hopper in self.hoppers]
        dues += [self._later[0][0]] if self._later else []
        return min((due for due in dues if due is not None), default=None)

    def take(self) -> bytes:
        """As Simulator."""
        out, self._out = self._out, b""
        return out
