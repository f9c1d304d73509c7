"""Codes: what the single bytes of results and intermediate states mean (PA00P015 chapters 10 and 11)."""

from typing import Literal, NamedTuple

Step = Literal["card", "pin", "bank", "done", "remove"]


class Standing(NamedTuple):
    """An intermediate state: where the card holder stands, whether an abort is still taken, and plain words for it."""

    step: Step
    can_cancel: bool
    text: str


_WAIT = Standing("bank", False, "Please wait")
_PIN = Standing("pin", True, "Please look at the PIN pad")
_CURRENCY = Standing("card", True, "Please choose the currency on the terminal")
_LANGUAGE = Standing("card", True, "Please choose a language on the terminal")
_APPLICATION = Standing("card", True, "Please choose on the terminal")
_PHONE = Standing("card", True, "Please type your phone number on the terminal")

_STANDINGS: dict[int, Standing] = {
    0x00: Standing("card", True, "Please confirm the amount"),
    0x01: _PIN,
    0x02: _PIN,
    0x03: Standing("bank", False, "Not accepted"),
    0x04: Standing("bank", False, "Waiting for the bank"),
    0x05: Standing("bank", False, "Taking the payment back"),
    0x06: Standing("bank", False, "Sending earlier payments"),
    0x07: Standing("done", False, "This card is not taken here"),
    0x08: Standing("done", False, "The terminal does not know this card"),
    0x09: Standing("done", False, "The card has expired"),
    0x0A: Standing("card", True, "Please insert or tap your card"),
    0x0B: Standing("remove", False, "Please remove your card"),
    0x0C: Standing("card", True, "The card cannot be read"),
    0x0D: Standing("done", False, "Something went wrong"),
    0x0E: _WAIT,
    0x0F: Standing("bank", False, "End of day is running"),
    0x10: Standing("done", False, "The card is not valid"),
    0x11: Standing("done", False, "The balance is on the terminal"),
    0x12: Standing("done", False, "The terminal has a fault"),
    0x13: Standing("done", False, "Payment not possible"),
    0x14: Standing("done", False, "There is not enough on the card"),
    0x15: Standing("pin", True, "Wrong PIN"),
    0x16: Standing("done", False, "The card's limit is too low"),
    0x17: _WAIT,
    0x18: Standing("done", False, "Wrong PIN too many times"),
    0x19: Standing("done", False, "The card is faulty"),
    0x1A: Standing("bank", False, "The terminal is being serviced"),
    0x1B: Standing("done", False, "Approved"),
    0x1C: Standing("done", False, "Approved"),
    0x1D: Standing("done", False, "Declined"),
    0x26: _PHONE,
    0x27: _PHONE,
    0x28: _CURRENCY,
    0x29: _LANGUAGE,
    0x2A: Standing("card", True, "Please insert your card to load it"),
    0x2B: _WAIT,
    0x2C: _APPLICATION,
    0x5E: Standing("bank", False, "You can take your card away"),
    0x68: _WAIT,
    0x69: _CURRENCY,
    0xC7: Standing("card", True, "Please type the mileage on the terminal"),
    0xC8: Standing("bank", False, "Please wait for our staff"),
    0xC9: Standing("bank", False, "The terminal checks itself"),
    0xCA: Standing("bank", False, "The terminal sets itself up"),
    0xCB: Standing("done", False, "The terminal's journal is full"),
    0xCC: Standing("pin", True, "This card needs its PIN"),
    0xD2: Standing("bank", False, "Connecting"),
    0xD3: Standing("bank", False, "Connected"),
    0xE0: _APPLICATION,
    0xE1: _LANGUAGE,
    0xE2: Standing("done", False, "The terminal asks to be cleaned"),
    0xF1: _WAIT,
    0xF2: _WAIT,
    0xF3: _WAIT,
}
"""PA00P015 chapter 11. 28 and 69: the card holder chooses in which currency to pay; 5E: a card that was only held to it
is done with."""
_WITH_CARD = {*range(0x41, 0x5E), 0x66, 0x67}
"""The same states with the card still in: the base code plus 0x40."""
AUTO_REVERSAL = frozenset((0x05, 0x45))

_UPKEEP = {
    0x06: "sending_payments",
    0x0F: "end_of_day",
    0x1A: "service",
    0xC9: "diagnosis",
    0xCA: "initialisation",
    0xCB: "journal_full",
}


def upkeep(code: int) -> str:
    """What the terminal does for itself when it tells this state though nothing was ordered; empty: nothing of note."""
    return _UPKEEP.get(code, "")


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
    0xD2: "service",
    0xE0: "maintenance",
    0xE4: "activation",
    0x1E: "currency",
    0x6F: "currency",
    NOT_POSSIBLE: "not_possible",
}


def refusal(code: int) -> str:
    """A word for why the terminal does not take an order; the bare code where there is none."""
    return _REFUSALS.get(code, f"code {code:02X}")


SCHEMES = ("girocard", "JCB", "Mastercard", "American Express", "Visa", "Diners", "other")
"""The order of the counts in field 60."""
