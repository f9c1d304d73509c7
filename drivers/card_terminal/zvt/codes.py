"""Codes: what the single bytes of results and intermediate states mean (PA00P015 chapters 10 and 11)."""

from typing import Literal, NamedTuple

Step = Literal["card", "pin", "bank", "done", "remove"]


class Standing(NamedTuple):
    """An intermediate state: where the card holder stands, whether an abort is still taken, and plain words for it."""

    step: Step
    can_cancel: bool
    text: str


_STANDINGS: dict[int, Standing] = {
    0x00: Standing("card", True, "Please confirm the amount"),
    0x01: Standing("pin", True, "Please look at the PIN pad"),
    0x02: Standing("pin", True, "Please look at the PIN pad"),
    0x03: Standing("bank", False, "Not accepted"),
    0x04: Standing("bank", False, "Waiting for the bank"),
    0x05: Standing("bank", False, "Taking the payment back"),
    0x06: Standing("bank", False, "Sending earlier payments"),
    0x0A: Standing("card", True, "Please insert or tap your card"),
    0x0B: Standing("remove", False, "Please remove your card"),
    0x0C: Standing("card", True, "The card cannot be read"),
    0x0E: Standing("bank", False, "Please wait"),
    0x0F: Standing("bank", False, "End of day is running"),
    0x13: Standing("done", False, "Payment not possible"),
    0x15: Standing("pin", True, "Wrong PIN"),
    0x17: Standing("bank", False, "Please wait"),
    0x18: Standing("done", False, "Wrong PIN too many times"),
    0x1C: Standing("done", False, "Approved"),
    0x1D: Standing("done", False, "Declined"),
    0xD2: Standing("bank", False, "Connecting"),
    0xD3: Standing("bank", False, "Connected"),
    0xE0: Standing("card", True, "Please choose on the terminal"),
    0xE1: Standing("card", True, "Please choose a language on the terminal"),
}
_WITH_CARD = range(0x41, 0x68)
"""The same states with the card still in: the base code plus 0x40."""
AUTO_REVERSAL = frozenset((0x05, 0x45))


def standing(code: int) -> Standing:
    """The meaning of an intermediate state; an unknown one is a wait."""
    if code == 0x4B:
        return _STANDINGS[0x0B]
    if code in _WITH_CARD:
        base = _STANDINGS.get(code - 0x40)
        return Standing("remove", False, f"{base.text}. Please remove your card" if base else "Please remove your card")
    return _STANDINGS.get(code, Standing("bank", False, ""))


APPROVED = "00"
_CANCELLED = frozenset(("6C",))
_CARD_ERRORS = frozenset(("64", "65", "72", "73", "78", "79", "7A", "7B", "7C", "7E"))


def decline_reason(result: str) -> Literal["declined", "card_error", "cancelled"]:
    """Why a payment ended without a charge, from its result code in hexadecimal."""
    if result in _CANCELLED:
        return "cancelled"
    return "card_error" if result in _CARD_ERRORS else "declined"


SIGNED = frozenset((0x01, 0x05, 0x06, 0x07))
"""How the card holder proves it (tag 1F10 of a status): by signature, alone or after a PIN. All else is done with the
terminal alone."""

READY, BUSY, CARD_IN = 0x00, 0x9C, 0xDC
NOT_POSSIBLE, OPEN_END_OF_DAY, DIAGNOSIS = 0x83, 0xF0, 0xC2
ALREADY_REVERSED, PRINTER_NOT_READY, SYSTEM_ERROR = 0xB4, 0xCC, 0xFF

_REFUSALS = {
    BUSY: "busy",
    CARD_IN: "card_in",
    OPEN_END_OF_DAY: "reconcile",
    DIAGNOSIS: "diagnose",
    0x51: "initialise",
    0x1E: "currency",
    0x6F: "currency",
    NOT_POSSIBLE: "not_possible",
}


def refusal(code: int) -> str:
    """A word for why the terminal does not take an order; the bare code where there is none."""
    return _REFUSALS.get(code, f"code {code:02X}")


SCHEMES = ("girocard", "JCB", "Mastercard", "American Express", "Visa", "Diners", "other")
"""The order of the counts in field 60."""
