"""Codes: the headers of ccTalk that this house speaks, and what coins and troubles are called.

Sources: ccTalk Generic Specification, parts 2 and 3; Money Controls SR3 and SR5 (TSP005, TSP073), SCH2 (TSP016);
Azkoyen Modular X6; Suzohapp Flow.
"""

import re

DONE, NO = 0, 5

RESET_DEVICE, SIMPLE_POLL, SERIAL_NUMBER = 1, 254, 242
SELF_CHECK, INHIBITS, CREDITS, MASTER_INHIBIT, SORTER_PATHS, COIN_ID = 232, 231, 229, 228, 210, 184
LEVEL_STATUS, EMERGENCY_STOP, DISPENSE_COUNT, DISPENSE = 217, 172, 168, 167
HOPPER_STATUS, ENABLE_HOPPER, TEST_HOPPER, PUMP_RNG, CIPHER_KEY = 166, 164, 163, 161, 160

ENABLED, DISABLED = b"\xa5", b"\x00"
POSITIONS = 16
"""Kinds of coins that an acceptor knows at most."""
EVENTS_KEPT = 5
EVENTS_ROUND = 255
"""Its event counter goes from 255 to 1; 0 is an acceptor that has just started."""

NOT_PAID_OUT, OVERLOADED, IDLE_BLOCKED, IDLE_LIGHT, PAYING_BLOCKED = 0x02, 0x01, 0x08, 0x10, 0x20
NO_PAYOUT = OVERLOADED | IDLE_BLOCKED | IDLE_LIGHT | PAYING_BLOCKED
"""TEST HOPPER, first byte: while one of these is set, it pays nothing. NOT_PAID_OUT: it ran until it gave up."""
PAYING_LIGHT = 0x01
"""Its second byte, where there is one: somebody shone a light at its exit."""
HIGH, HIGH_KNOWN = 0x02, 0x20
"""PAYOUT HIGH/LOW STATUS: it is full; and it has a sensor for that."""

TROUBLES = {
    14: "a coin is stuck in it",
    15: "its sorter is blocked",
    17: "a coin went backwards in it",
    20: "somebody pulled at a coin",
}
"""Error codes of CREDITS that a person should look into. None of them is a coin."""
FAULTS = {2: "a fault of its inductive sensor", 3: "a fault of its credit sensor", 8: "a fault of its sorter's sensor"}
"""Of SELF CHECK; 0 is none."""

_COIN = re.compile(r"([A-Z]{2})(\d*)(K?)(\d*)[A-Z0-9]")


def request(address: int, header: int, data: bytes = b"") -> bytes:
    """A question as the talks yield it."""
    return bytes((address, header)) + data


def coin_minor(name: bytes, currency: str) -> int:
    """What a coin's identifier says that it is worth, in minor units: `SE1K0A` is 10.00 in SEK; 0: no coin of it."""
    found = _COIN.fullmatch(name.decode("ascii", "replace"))
    if found is None or found[1] != currency[:2] or len(name) != 6:
        return 0
    if not found[3]:
        return int(found[2] or 0)
    return int(found[2] or 0) * 1_000 + int((found[4] + "000")[:3])


def number(data: bytes) -> int:
    """Least significant byte first."""
    return int.from_bytes(data, "little")
