"""Simulated scale: what all of them do under a hand that puts things on them, and the Mettler Toledo 8217. It ships.

`put` and `take_off` move the load; it settles for `settle_ms`, during which the scale only says that it moves. Faults
are attributes that hold until they are changed: `restless` (never settles), `silent`, `garbled`, `split` (one byte at a
time), `zero_lost` (outside its zero range), `pounds` (set to the wrong unit); and the cable: `unplug`, `plug`.
"""

SETTLE_MS = 400
SLOW_MS = 20
"""Between the bytes of a reply that comes in pieces."""
OVER_STEPS = 9
"""An indicator goes blank when the load is so many steps above Max (EN 45501, 4.2.3: Max + 9 e)."""


class LoadedScale:
    """One scale with `max_g` and `step_g` (e) on its plate; a protocol adds `receive` and maybe more to `advance`."""

    def __init__(self, *, max_g: int = 15_000, step_g: int = 5) -> None:
        self._max_g, self._step_g = max_g, step_g
        self.load_g = 0
        """What lies on it; negative when it was zeroed with something on it."""
        self.settle_ms = SETTLE_MS
        self.restless = self.silent = self.garbled = self.split = self.zero_lost = self.pounds = False
        self.reachable = True
        self._moved_ms: int | None = None
        self._moving = False
        self._out = b""
        self._later: list[tuple[int, bytes]] = []

    def put(self, grams: int) -> None:
        """Now this lies on it, instead of whatever did."""
        if grams != self.load_g:
            self.load_g = grams
            self._moving, self._moved_ms = True, None

    def take_off(self) -> None:
        """Nothing lies on it."""
        self.put(0)

    def unplug(self) -> None:
        """Pull the cable."""
        self.reachable = False

    def plug(self) -> None:
        """Put it back."""
        self.reachable = True

    def connected(self, now_ms: int) -> None:
        """As Simulator."""

    def disconnected(self, now_ms: int) -> None:
        """As Simulator."""
        self._out, self._later = b"", []

    def advance(self, now_ms: int) -> None:
        """As Simulator. Time moves the load to rest, and bytes onto the wire."""
        if self._moving:
            self._moved_ms = now_ms if self._moved_ms is None else self._moved_ms
            self._moving = now_ms - self._moved_ms < self.settle_ms
        while self._later and self._later[0][0] <= now_ms:
            self._out += self._later.pop(0)[1]

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        if self._out:
            return 0
        return self._later[0][0] if self._later else None

    def take(self) -> bytes:
        """As Simulator."""
        out, self._out = self._out, b""
        return out

    @property
    def in_motion(self) -> bool:
        """Whether it has no weight at rest to show."""
        return self._moving or self.restless

    @property
    def over(self) -> bool:
        """Whether more lies on it than it shows."""
        return self.load_g > self._max_g + OVER_STEPS * self._step_g

    @property
    def shown_g(self) -> int:
        """The load in whole steps."""
        return (2 * self.load_g + self._step_g) // (2 * self._step_g) * self._step_g

    def _zero(self) -> None:
        """At rest, and within this model's own capture range: 1/25 of Max. What a real scale takes is on its plate."""
        if not self.in_motion and abs(self.load_g) * 25 <= self._max_g:
            self.load_g, self.zero_lost = 0, False

    def _say(self, reply: bytes, now_ms: int) -> None:
        """Onto the wire, at once or byte by byte."""
        if self.split:
            self._later += [(now_ms + SLOW_MS * place, bytes((byte,))) for place, byte in enumerate(reply, 1)]
        else:
            self._out += reply


class ScaleSimulator(LoadedScale):
    """A Mettler Toledo 8217 as bytes."""

    def receive(self, data: bytes, now_ms: int) -> None:
        """Questions. Anything but `W` and `Z` is no command of this model's."""
        self.advance(now_ms)
        for byte in data:
            letter = bytes((byte & 0x7F,))
            if letter == b"W" and not self.silent:
                self._say(b"\x02" + (b"\x7f!\xa5" if self.garbled else self._weight()) + b"\r", now_ms)
            elif letter == b"Z" and not self.silent:
                self._zero()
                self._out += b"\x02?" + bytes((0x40 | (1 if self._moving else 0),)) + b"\r"

    def _weight(self) -> bytes:
        status = 0x40
        status |= 1 if self.in_motion else 0
        status |= 2 if self.over else 0
        status |= 4 if self.shown_g < 0 else 0
        status |= 8 if self.zero_lost else 0
        if status != 0x40:
            return b"?" + bytes((status,))
        if self.pounds:
            return b"%02d.%02d" % divmod(self.shown_g * 100 // 454, 100)
        return b"%02d.%03d" % divmod(self.shown_g, 1000)
