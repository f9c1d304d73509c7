"""Simulated hopper: one motor, one kind of coin, and counters that outlive its power. It ships.

Nobody has told it how many coins are in it. It stops when it is paid, or when none has come out for `GIVES_UP_MS`: it
was empty, or jammed (`jams_after`: so many more coins, and then none). `blocked` is a coin in its exit.
"""

from drivers.cash_recycler.cctalk import codes as c

PIECE_MS = 150
GIVES_UP_MS = 2_000


class HopperSimulator:
    """One hopper."""

    def __init__(self, address: int, value_minor: int, pieces: int, order: str = "serial") -> None:
        self.address, self.value_minor, self.pieces, self.order = address, value_minor, pieces, order
        self.serial = bytes((0xDF, 0xD7, address))
        self.tray = 0
        """Coins that came out and that nobody has taken yet."""
        self.jams_after: int | None = None
        self.blocked = self.is_full = False
        self.event = self.remaining = self.paid = self.unpaid = 0
        self.ever = 1_000 * address
        """Coins that it has ever paid."""
        self._enabled = self._gave_up = self._asked = False
        self._due_ms: int | None = None

    # --- its motor ----------------------------------------------------------------------------------------------------

    @property
    def moves(self) -> bool:
        """Whether its motor runs."""
        return self._due_ms is not None

    def deadline_ms(self) -> int | None:
        """When the next coin comes, or it gives up."""
        return self._due_ms

    def advance(self, now_ms: int) -> None:
        """Coins come out."""
        while self._due_ms is not None and self._due_ms <= now_ms:
            due = self._due_ms
            if not self.pieces or self.jams_after == 0:
                self._gave_up = True
                self._stop()
                return
            self.jams_after = None if self.jams_after is None else self.jams_after - 1
            self.pieces, self.tray, self.ever = self.pieces - 1, self.tray + 1, self.ever + 1
            self.paid, self.remaining = self.paid + 1, self.remaining - 1
            self._due_ms = due + (PIECE_MS if self.pieces and self.jams_after != 0 else GIVES_UP_MS)
            if not self.remaining:
                self._stop()

    def _stop(self) -> None:
        self._due_ms = None
        self.unpaid, self.remaining = self.remaining, 0

    def lose_power(self) -> None:
        """In the middle of whatever it does: what it paid and did not pay stays written down."""
        if self.moves:
            self._stop()
        self.event = 0
        self._enabled = self._gave_up = self._asked = False

    # --- what it answers ----------------------------------------------------------------------------------------------

    def answer(self, header: int, data: bytes, now_ms: int) -> bytes | None:
        """The data of "done"; None: "no"."""
        match header:
            case c.SIMPLE_POLL:
                return b""
            case c.RESET_DEVICE:
                self.lose_power()
                return b""
            case c.SERIAL_NUMBER:
                return self.serial
            case c.ENABLE_HOPPER:
                self._enabled = data == c.ENABLED
                return b""
            case c.TEST_HOPPER:
                return bytes((self._flags, 0))
            case c.LEVEL_STATUS:
                return bytes((c.HIGH_KNOWN | (c.HIGH if self.is_full else 0),))
            case c.HOPPER_STATUS:
                return bytes((self.event, self.remaining, self.paid, self.unpaid))
            case c.DISPENSE_COUNT:
                return self.ever.to_bytes(3, "little")
            case c.EMERGENCY_STOP:
                self._stop()
                return bytes((self.unpaid,))
            case c.PUMP_RNG | c.CIPHER_KEY:
                self._asked = self._asked or header == c.CIPHER_KEY
                return b"" if header == c.PUMP_RNG else bytes(range(8))
            case c.DISPENSE:
                return self._order(data, now_ms)
        return None

    @property
    def _flags(self) -> int:
        blocked = c.IDLE_BLOCKED if self.blocked else 0
        return blocked | (c.NOT_PAID_OUT if self._gave_up else 0) | (0 if self._enabled else 0x80)

    def _order(self, data: bytes, now_ms: int) -> bytes | None:
        """The event counter rises with an order that is refused, too (Flow, "Dispense Coins")."""
        self.event = self.event % c.EVENTS_ROUND + 1
        key, allowed = data[:-1], self._enabled and not self.blocked and not self.moves and bool(data)
        fits = key == self.serial if self.order == "serial" else self._asked and len(key) == 8
        self._asked = False
        if not allowed or not fits:
            return None
        self.remaining, self.paid, self.unpaid, self._gave_up = data[-1], 0, 0, False
        if self.remaining:
            self._due_ms = now_ms + (PIECE_MS if self.pieces and self.jams_after != 0 else GIVES_UP_MS)
        return bytes((self.event,))
