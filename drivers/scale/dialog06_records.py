"""Dialog 06 records: what till and scale say to each other, as bytes, and the checksums of the handshake. Pure.

Facts: Mettler Toledo, DIVA service manual for the PSC Magellan 8500, 6.1.8 (the same text in OHAUS, Aviator 7000
service manual, 6.1.3). In ASCII, 7 bits:

    till   EOT STX 01 ESC price ESC ETX                 unit price, 6 (or 5) digits, minor units per kilogram
           EOT STX 03 ESC price ESC tare ETX            the same and a tare, 4 digits, grams
           EOT STX 08 ETX                               what was wrong?
           EOT STX 10 ESC CS KW ETX                     checksums, hexadecimal, capital letters, 4 digits each
           EOT ENQ                                      the weight, please
    scale  ACK, NAK
           STX 02 ESC X ESC weight ESC price ESC sum ETX    5 digits, 6 (or 5), 6; X `3`: kilograms with three decimals
           STX 09 ESC status ETX                            the table `STATUS`
           STX 11 ESC 2 Z ETX                               answer with record 10, Z is the random number (2 digits)
           STX 11 ESC 1 ETX, STX 11 ESC 0 ETX               the checksums were right, or wrong

Every answer of the scale is answered with EOT. Nothing protects a record but the parity of its bytes; yet record 02 has
the weight, the unit price and their product, so one that was damaged multiplies wrong.

Checksums. The parts of the till that a notified body has approved are protected with a checksum CS (16 bits, "for
instance CRC16"); CS is protected with KW, the rest of CS times x^16 divided by a polynomial P that only the makers of
scale and till know. On the wire CS is rotated left by the random number's first digit, KW right by its second. (Which
way round, and that one pair is enough though a scale may take one to five, is as the open drivers for these scales do
it, e.g. Coop IT Easy's hw_dialog06_scale for Odoo: the manual's own example could not be found.)
"""

import re
from typing import Literal, NamedTuple

from drivers.events import WeightTrouble

EOT, ENQ, ACK, NAK = b"\x04", b"\x05", b"\x06", b"\x15"
_STX, _ETX, _ESC = b"\x02", b"\x03", b"\x1b"
LONGEST = 64
"""Bytes of a record; the longest that a scale sends, record 02, has 29."""
MOST_TARE_G = 9_999
WEIGH = EOT + ENQ
ASK_STATUS = EOT + _STX + b"08" + _ETX

STATUS: dict[str, WeightTrouble] = {
    "01": "fault", "10": "refused", "11": "refused", "12": "refused", "13": "refused",
    "21": "unmoved", "30": "light", "31": "under", "32": "over",
}  # fmt: skip
"""What a status means that is a trouble. 00 no error; 02 parity error or buffer overflow: said again; 20 in motion, 22
not yet finished: asked again; 01 general error; 10 to 13 invalid record, unit price, tare, text."""
WAIT = ("20", "22")
"""The weight may simply be asked for again."""
UNMOVED = "21"
SAY_AGAIN = ("00", "02")
KILOGRAMS, POUNDS = "3", ("0", "1", "2")
"""Units of record 02."""


class Weighed(NamedTuple):
    """Record 02."""

    unit: str
    net_g: int
    unit_price_minor: int
    sales_price_minor: int

    def multiplies(self, step_minor: int) -> bool:
        """Whether the sum is weight times price, to the nearest `step_minor`."""
        return abs(self.sales_price_minor * 1_000 - self.net_g * self.unit_price_minor) * 2 <= 1_000 * step_minor


class Challenge(NamedTuple):
    """Record 11 with `2`: the random number's two digits."""

    z1: int
    z2: int


class Verdict(NamedTuple):
    """Record 11 without: whether the checksums were right."""

    right: bool


class Status(NamedTuple):
    """Record 09."""

    code: str


Answer = Weighed | Challenge | Verdict | Status | Literal["ack", "nak"]

_WEIGHED = re.compile(rb"02\x1b(.)\x1b(\d{5})\x1b(\d{5,6})\x1b(\d{6})", re.DOTALL)
_STATUS = re.compile(rb"09\x1b(\d\d)")
_CHALLENGE = re.compile(rb"11\x1b2([0-9A-Fa-f])([0-9A-Fa-f])")
_VERDICT = re.compile(rb"11\x1b([01])")


def priced(unit_price_minor: int, tare_g: int, digits: int) -> bytes:
    """Record 01, or 03 where something is taken off."""
    price = b"%0*d" % (digits, unit_price_minor)
    if not tare_g:
        return EOT + _STX + b"01" + _ESC + price + _ESC + _ETX
    return EOT + _STX + b"03" + _ESC + price + _ESC + b"%04d" % tare_g + _ETX


def checked(checksum: int, polynomial: int, challenge: Challenge) -> bytes:
    """Record 10."""
    cs = rotated(checksum, challenge.z1)
    kw = rotated(remainder(checksum, polynomial), 16 - challenge.z2)
    return EOT + _STX + b"10" + _ESC + b"%04X%04X" % (cs, kw) + _ETX


def remainder(checksum: int, polynomial: int) -> int:
    """The rest of `checksum` times x^16 divided by the polynomial, whose highest set bit is its leading one."""
    register, divisor = checksum << 16, polynomial << (32 - polynomial.bit_length())
    for _ in range(16):
        if register & 0x8000_0000:
            register ^= divisor
        register = register << 1 & 0xFFFF_FFFF
    return register >> 16


def rotated(word: int, left: int) -> int:
    """Sixteen bits, rotated to the left."""
    left %= 16
    return (word << left | word >> 16 - left) & 0xFFFF


def read(record: bytes) -> Answer | None:
    """What stands between STX and ETX; None: nothing that a scale says."""
    if found := _WEIGHED.fullmatch(record):
        return Weighed(found[1].decode("latin-1"), int(found[2]), int(found[3]), int(found[4]))
    if found := _STATUS.fullmatch(record):
        return Status(found[1].decode())
    if found := _CHALLENGE.fullmatch(record):
        return Challenge(int(found[1], 16), int(found[2], 16))
    if found := _VERDICT.fullmatch(record):
        return Verdict(found[1] == b"1")
    return None


class Ear:
    """From bytes in any pieces to answers; what makes no sense is passed over."""

    def __init__(self) -> None:
        self._record: bytearray | None = None

    def hear(self, byte: int) -> Answer | None:
        """One byte; the answer that it completes. The eighth bit is the parity that a serial server may leave on."""
        byte &= 0x7F
        letter = bytes((byte,))
        if letter == _STX:
            self._record = bytearray()
        elif self._record is None:
            return {ACK: "ack", NAK: "nak"}.get(letter)  # type: ignore[return-value]
        elif letter == _ETX:
            record, self._record = bytes(self._record), None
            return read(record)
        elif len(self._record) == LONGEST:
            self._record = None
        else:
            self._record.append(byte)
        return None

    def forget(self) -> None:
        """What is half heard."""
        self._record = None
