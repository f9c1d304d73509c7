"""Codes: commands, replies and poll events of SSP that this house speaks (SSP Protocol Manual GA138_2_2_222A).

An event is one byte and what belongs to it. Sums are 4 bytes, least significant first, in minor units, each with its
currency's three letters; sums of something that pays out are told per currency, behind a byte that counts them.
"""

from collections.abc import Iterator

SYNC, POLL, REJECT, DISABLE, ENABLE, HOLD = b"\x11", b"\x07", b"\x08", b"\x09", b"\x0a", b"\x18"
HOST_PROTOCOL, SETUP = b"\x06\x06", b"\x05"
ALL_CHANNELS = b"\x02\xff\xff"
"""SET CHANNEL INHIBITS: at power-up no note is let in."""
CHANNEL_VALUES, ALL_LEVELS, COUNTERS = b"\x0e", b"\x22", b"\x58"
ENABLE_PAYOUT, SMART_EMPTY = b"\x5c", b"\x52"
COINS_OUT, COINS_IN = b"\x49\x00", b"\x49\x01"
"""COIN MECH GLOBAL INHIBIT."""
SET_GENERATOR, SET_MODULUS, KEY_EXCHANGE = b"\x4a", b"\x4b", b"\x4c"
NEVER_SEALED = {SYNC, SET_GENERATOR, SET_MODULUS, KEY_EXCHANGE}
STEX = 0x7E
"""Begins what is sealed."""
PAYOUT_AMOUNT, FOR_REAL = 0x33, b"\x58"

VALIDATOR, HOPPER, SMART_PAYOUT, TEBS_PAYOUT = b"\x00", b"\x03", b"\x06", b"\x0e"
NOTES_THAT_PAY = {SMART_PAYOUT, TEBS_PAYOUT}
"""What kind of machine it is: the first byte of the answer to SETUP REQUEST. Any other takes notes and pays none. The
next four are its firmware's version, as ASCII."""

OK, CANNOT, UNKNOWN, NO_KEY = 0xF0, 0xF5, 0xF2, 0xFA
NOT_ENOUGH, NOT_EXACTLY, BUSY, DISABLED_NOW = 1, 2, 3, 4
"""What a refused PAYOUT AMOUNT says behind its F5."""

RESET, READ, CREDIT, REJECTING, REJECTED, STACKING, STACKED = 0xF1, 0xEF, 0xEE, 0xED, 0xEC, 0xCC, 0xEB
STORED, DISABLED, UNSAFE_JAM, SAFE_JAM, STACKER_FULL = 0xDB, 0xE8, 0xE9, 0xEA, 0xE7
COIN_CREDIT = 0xDF
DISPENSING, DISPENSED, INCOMPLETE, JAMMED, HALTED, TIMED_OUT = 0xDA, 0xD2, 0xDC, 0xD5, 0xD6, 0xD9
EMPTYING, EMPTIED = 0xB3, 0xB4

_FIXED = {READ: 1, CREDIT: 1, COIN_CREDIT: 7}
_PER_CURRENCY = {
    DISPENSING: 7, DISPENSED: 7, JAMMED: 7, HALTED: 7, TIMED_OUT: 7, EMPTYING: 7, EMPTIED: 7, INCOMPLETE: 11,
}  # fmt: skip


def events(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The events of a reply to POLL, behind its F0; what is cut short is left out."""
    at = 0
    while at < len(data):
        code, at = data[at], at + 1
        size = _FIXED.get(code, 0)
        if code in _PER_CURRENCY:
            size = 1 + _PER_CURRENCY[code] * (data[at] if at < len(data) else 0)
        if at + size > len(data):
            return
        yield code, data[at : at + size]
        at += size


def sum_of(minor: int, currency: str) -> bytes:
    """A sum and its currency."""
    return minor.to_bytes(4, "little") + currency.encode("ascii")


def number(data: bytes) -> int:
    """Least significant byte first."""
    return int.from_bytes(data, "little")
