"""Simulated Dialog 06 scale, as bytes: it weighs at the price that it was given, and only for a till that it trusts.

Beside what every simulated scale does: `polynomial` (None: it asks for no checksums), `min_g`, `wrong_price` (it works
out another sum than weight times price), `price_step_minor` (it rounds to it). What it wants to know of the till it
asks for when it was switched on and after every `TRUSTED_FOR` weighings.
"""

from drivers.scale.dialog06_records import ACK, EOT, NAK, Challenge, checked
from drivers.scale.simulator import LoadedScale

TRUSTED_FOR = 50
"""Weighings after which it asks again (DIVA service manual, 6.1.8.4)."""
_RANDOM = (0x47, 0x00, 0xF1, 0x8C)
"""What it asks with, in turn: a simulator has no dice."""


class Dialog06Simulator(LoadedScale):
    """One scale."""

    def __init__(
        self, *, max_g: int = 15_000, step_g: int = 5, min_g: int = 100, polynomial: int | None = None
    ) -> None:
        super().__init__(max_g=max_g, step_g=step_g)
        self.min_g = min_g
        self.polynomial = polynomial
        self.wrong_price = False
        self.price_step_minor = 1
        self.checksums: list[tuple[int, int]] = []
        """CS and KW as they came, already turned back."""
        self._unit_price_minor: int | None = None
        self._tare_g = 0
        self._digits = 6
        self._status = "00"
        self._weighed_g: int | None = None
        self._trusts = 0
        self._verdict = ""
        self._asks = 0
        self._bytes = b""

    def put(self, grams: int) -> None:
        """As every scale; what has moved may be weighed again."""
        super().put(grams)
        self._weighed_g = None

    def connected(self, now_ms: int) -> None:
        """Switched on: nobody is trusted."""
        self._trusts, self._verdict, self._bytes, self._unit_price_minor = 0, "", b"", None

    def receive(self, data: bytes, now_ms: int) -> None:
        """Records, each of which begins with EOT."""
        self.advance(now_ms)
        self._bytes += bytes(byte & 0x7F for byte in data)
        while (said := self._whole()) is not None:
            reply = b"" if self.silent else self._reply(said)
            self._say(b"\x7f!\xa5" if self.garbled and reply else reply, now_ms)

    def _whole(self) -> bytes | None:
        """The next request without its EOT; None: it has not all come."""
        self._bytes = self._bytes.lstrip(EOT)
        if self._bytes[:1] == b"\x05":
            self._bytes = self._bytes[1:]
            return b"\x05"
        record, end, rest = self._bytes.partition(b"\x03")
        if not end:
            return None
        self._bytes = rest
        return record

    def _reply(self, said: bytes) -> bytes:
        kind, fields = said[1:3], said[3:].split(b"\x1b")[1:]
        if said == b"\x05":
            return self._weight()
        if kind in (b"01", b"03"):
            return self._priced(fields)
        if kind == b"08":
            return b"\x02" + b"09\x1b" + self._status.encode() + b"\x03"
        if kind == b"10":
            return self._judged(fields)
        return self._no("10")

    def _priced(self, fields: list[bytes]) -> bytes:
        if len(fields) != 2 or not all(field.isdigit() for field in fields if field):
            return self._no("11")
        self._unit_price_minor, self._digits = int(fields[0]), len(fields[0])
        self._tare_g = int(fields[1] or b"0")
        if self.polynomial is not None and not self._trusts:
            return b"\x02" + b"11\x1b2%02X\x03" % _RANDOM[self._asks % len(_RANDOM)]
        return self._no("12") if self._tare_g > self._max_g else ACK

    def _judged(self, fields: list[bytes]) -> bytes:
        assert self.polynomial is not None, "nobody was asked"
        z = _RANDOM[self._asks % len(_RANDOM)]
        self._asks += 1
        cs, kw = int(fields[0][:4], 16), int(fields[0][4:], 16)
        plain = (cs >> z // 16 | cs << 16 - z // 16) & 0xFFFF
        self.checksums.append((plain, (kw << z % 16 | kw >> 16 - z % 16) & 0xFFFF))
        right = checked(plain, self.polynomial, Challenge(*divmod(z, 16)))[-9:-1] == fields[0]
        self._verdict = "1" if right else "0"
        self._trusts = TRUSTED_FOR if right else 0
        return ACK

    def _weight(self) -> bytes:
        if self._verdict:
            verdict, self._verdict = self._verdict, ""
            return b"\x02" + b"11\x1b" + verdict.encode() + b"\x03"
        if self._unit_price_minor is None:
            return self._no("11")
        if trouble := self._not_now():
            return self._no(trouble)
        net_g = self.shown_g - self._tare_g
        self._trusts, self._weighed_g = self._trusts - 1, self.shown_g
        unit = b"1" if self.pounds else b"3"
        figures = (net_g, self._digits, self._unit_price_minor, self._sum(net_g))
        return b"\x02" + b"02\x1b" + unit + b"\x1b%05d\x1b%0*d\x1b%06d\x03" % figures

    def _sum(self, net_g: int) -> int:
        thousandths, step = net_g * (self._unit_price_minor or 0), 1_000 * self.price_step_minor
        return (2 * thousandths + step) // (2 * step) * self.price_step_minor + (7 if self.wrong_price else 0)

    def _not_now(self) -> str:
        """The status of a weighing that gives nothing; empty: it gives a weight."""
        if self.in_motion:
            return "20"
        if self.over:
            return "32"
        if self.shown_g < 0:
            return "31"
        if self.zero_lost:
            return "01"
        if self.shown_g < self.min_g or self.shown_g <= self._tare_g:
            return "30"
        return "21" if self._weighed_g == self.shown_g else ""

    def _no(self, status: str) -> bytes:
        self._status = status
        return NAK
