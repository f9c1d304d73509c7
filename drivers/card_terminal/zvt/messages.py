"""Messages: what the till says and what it hears, typed (PA00P015 chapters 2 and 3).

Building is a function for each order of the till. Parsing turns any message of the terminal into one of the structs
below; what is unknown is `Unknown` and gets the answer that ZVT has for it, `84 83 00`. Order and presence of fields
are the terminal maker's choice, so every field may be missing.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from drivers.card_terminal.zvt import bcd, bmp, codes, tlv
from drivers.card_terminal.zvt.apdu import Apdu
from drivers.card_terminal.zvt.seven_bit import seven_bit
from drivers.events import TerminalRecord

# --- orders of the till ----------------------------------------------------------------------------------------------

REGISTRATION, AUTHORIZATION, REPEAT, END_OF_DAY = 0x0600, 0x0601, 0x0620, 0x0650
REVERSAL, REFUND = 0x0630, 0x0631
STATUS_ENQUIRY, ABORT, LOG_OFF = 0x0501, 0x06B0, 0x0602
DIAGNOSIS, DISPLAY_TEXT = 0x0670, 0x06E0

CONFIGURATION = 0xBE
"""Both receipts are printed by the till, end of day and administration too; intermediate states are wanted; the
terminal's own menus are locked (section 2.1, bits 02 04 08 10 20 and 80)."""
NO_SERVICE_MENU = 0x01
"""Service byte (field 03): no key of the terminal opens its service menu, since nobody watches the shopper."""
STATUS_ONLY = 0x03
DISPLAY_LINES = 8
FOR_EVER = 0x00
SHOWN_AT_MOST = 10
"""Digits of a card number that a masked one may show."""

POSITIVE = Apdu(0x8000)
UNKNOWN_COMMAND = Apdu(0x8483)
NOT_KEPT = Apdu(0x84FF)
CANNOT_PRINT = Apdu(0x84CC)


def registration(password: str, currency: int, *, unattended: bool = False, columns: int = 0) -> Apdu:
    """Log on: who prints, what is shown, and which commands of the terminal's own are welcome: text blocks (06 D3) and
    no other, so none that asks somebody to type (a tip, a choice of the cashier's).

    `columns`: characters on a line of our printer, at most 99; 0 leaves it to the terminal.
    """
    tags = tlv.build(tlv.LINE_WIDTH, bcd.pack(columns, 1)) if columns else b""
    tags += tlv.build(tlv.PERMITTED_COMMANDS, tlv.build(tlv.COMMAND, b"\x06\xd3"))
    head = bcd.pack_text(password, 3) + bytes((CONFIGURATION,)) + bcd.pack(currency, 2)
    if unattended:
        head += bmp.build(bmp.SERVICE_BYTE, bytes((NO_SERVICE_MENU,)))
    return Apdu(REGISTRATION, head + bmp.build(bmp.CONTAINER, tags))


def authorization(amount_minor: int, currency: int) -> Apdu:
    """Pay."""
    amount = bmp.build(bmp.AMOUNT, bcd.pack(amount_minor, 6))
    return Apdu(AUTHORIZATION, amount + bmp.build(bmp.CURRENCY, bcd.pack(currency, 2)))


def reversal(password: str, receipt: str, amount_minor: int) -> Apdu:
    """Take back the transaction with this receipt number."""
    what = bmp.build(bmp.RECEIPT, bcd.pack_text(receipt, 2)) + bmp.build(bmp.AMOUNT, bcd.pack(amount_minor, 6))
    return Apdu(REVERSAL, bcd.pack_text(password, 3) + what)


def refund(password: str, amount_minor: int, currency: int) -> Apdu:
    """Give this amount to the card that is presented."""
    amount = bmp.build(bmp.AMOUNT, bcd.pack(amount_minor, 6))
    return Apdu(REFUND, bcd.pack_text(password, 3) + amount + bmp.build(bmp.CURRENCY, bcd.pack(currency, 2)))


def repeat_receipt(password: str) -> Apdu:
    """Say the last transaction again, as status only, without paper."""
    return Apdu(REPEAT, bcd.pack_text(password, 3) + bmp.build(bmp.SERVICE_BYTE, bytes((STATUS_ONLY,))))


def end_of_day(password: str) -> Apdu:
    """Close the terminal's day."""
    return Apdu(END_OF_DAY, bcd.pack_text(password, 3))


def diagnosis() -> Apdu:
    """Ask the network operator whether all is well, and what time it is."""
    return Apdu(DIAGNOSIS)


def log_off() -> Apdu:
    """Let the terminal go: its own menus open again, and it may do what it has put off."""
    return Apdu(LOG_OFF)


def display_text(lines: tuple[str, ...]) -> Apdu:
    """Show these lines, at most DISPLAY_LINES, until something else is to be shown (fields F0 and F1 to F8)."""
    texts = (bmp.build(0xF1 + number, seven_bit(line)) for number, line in enumerate(lines[:DISPLAY_LINES]))
    return Apdu(DISPLAY_TEXT, bmp.build(0xF0, bytes((FOR_EVER,))) + b"".join(texts))


def status_enquiry() -> Apdu:
    """How are you?"""
    return Apdu(STATUS_ENQUIRY)


def abort() -> Apdu:
    """Please stop."""
    return Apdu(ABORT)


# --- what the terminal says ------------------------------------------------------------------------------------------


class Accepted(msgspec.Struct, frozen=True):
    """`80 00 00`, or `84 00 00`, which is positive too."""


class Refused(msgspec.Struct, frozen=True):
    """`84 xx`: the last message is not accepted."""

    code: int


class Standing(msgspec.Struct, frozen=True):
    """`04 FF`: how far it is. `timeout_ms`: a new patience for the end, if it names one. `text` may be empty."""

    code: int
    timeout_ms: int | None
    text: str


class Status(msgspec.Struct, frozen=True):
    """`04 0F`: a transaction. `result` in hexadecimal, empty if it did not say; `currency` 0: that was no number."""

    result: str
    record: TerminalRecord
    has_amount: bool
    currency: int | None
    text: str
    fields: bmp.Fields
    error: str = ""
    """The terminal's own words for what went wrong, or its own number."""


class Lines(msgspec.Struct, frozen=True):
    """`06 D1` or `06 D3`: please print."""

    copy: Literal["customer", "merchant", "admin"]
    lines: tuple[str, ...]


class Clock(msgspec.Struct, frozen=True):
    """`04 01`: the terminal tells the time."""


class Completed(msgspec.Struct, frozen=True):
    """`06 0F`: the order is done, whatever came of it. `status` is the terminal's state after an enquiry."""

    status: int
    terminal_id: str
    version: str = ""
    """Of the terminal's software, in its own words; only an enquiry is told."""


class Aborted(msgspec.Struct, frozen=True):
    """`06 1E`: the order ended without success. `error`: as in a status."""

    code: int
    error: str = ""


class Unknown(msgspec.Struct, frozen=True):
    """Any other command."""

    control: int


Message = Accepted | Refused | Standing | Status | Lines | Clock | Completed | Aborted | Unknown


def parse(apdu: Apdu) -> Message:
    """One message of the terminal. Never raises."""
    if apdu.control >> 8 in (0x80, 0x84):
        code = apdu.control & 0xFF
        return Refused(code) if apdu.control >> 8 == 0x84 and code else Accepted()
    reader = _READERS.get(apdu.control)
    return reader(apdu.data) if reader is not None else Unknown(apdu.control)


def _standing(data: bytes) -> Standing:
    minutes = data[1:2].hex()
    timeout_ms = int(minutes) * 60_000 if minutes.isdigit() and int(minutes) else None
    return Standing(data[0] if data else 0x0E, timeout_ms, _text(bmp.parse(data[2:])))


def _text(fields: bmp.Fields) -> str:
    try:
        return "\n".join(line.strip() for line in tlv.text_lines(fields.tags())).strip()
    except tlv.BadTlv:
        return ""


def _status(data: bytes) -> Status:
    fields = bmp.parse(data)
    result = fields.values.get(bmp.RESULT, b"").hex().upper()
    amount = fields.number(bmp.AMOUNT)
    record = TerminalRecord(
        amount_minor=amount or 0,
        terminal_id=fields.digits(bmp.TERMINAL_ID),
        receipt=fields.digits(bmp.RECEIPT),
        trace=_trace(fields),
        original_trace=_set(fields.digits(bmp.ORIGINAL_TRACE)),
        date=fields.digits(bmp.DATE),
        time=fields.digits(bmp.TIME),
        card_name=fields.text(bmp.CARD_NAME),
        pan=_masked(fields.digits(bmp.PAN)),
        authorization=fields.text(bmp.AUTHORIZATION),
        result=result,
        signature=(tlv.find(fields.tags(), tlv.AUTHENTICATION) or b"\0")[-1] in codes.SIGNED,
    )
    currency = (fields.number(bmp.CURRENCY) or 0) if bmp.CURRENCY in fields.values else None
    text, error = fields.text(bmp.TEXT), _error(fields.tags())
    return Status(result, record, amount is not None, currency, text, fields, error)


def _error(tags: list[tlv.Tag]) -> str:
    """Tags 1F17 and 1F16, of which a code of 'other error' (FF) makes much use."""
    text = (tlv.find(tags, tlv.ERROR_TEXT) or b"").decode(tlv.charset(tags), "replace").strip("\0 ")
    return text or (tlv.find(tags, tlv.ERROR_CODE) or b"").hex()


def _trace(fields: bmp.Fields) -> str:
    """The trace; terminals with long ones leave field 0B at zero and put it into tag 1F2B."""
    long_trace = tlv.find(fields.tags(), tlv.LONG_TRACE)
    return bcd.digits(long_trace) if long_trace else fields.digits(bmp.TRACE)


def _set(digits: str) -> str:
    """A reference that is all zeros refers to nothing."""
    return digits if digits.strip("0") else ""


def _masked(pan: str) -> str:
    """The card number as the terminal masked it (with E), in stars; F pads at the end.

    Should a terminal show more than the first six and the last four digits, all but the last four are covered here: it
    goes no further.
    """
    shown = pan.rstrip("F").replace("E", "*")
    if len(shown) <= 4 or ("*" in shown and len(shown) - shown.count("*") <= SHOWN_AT_MOST):
        return shown
    return "*" * (len(shown) - 4) + shown[-4:]


_COPIES: dict[int, Literal["customer", "merchant", "admin"]] = {1: "merchant", 2: "customer", 3: "admin"}


def _line(data: bytes) -> Lines:
    """`06 D1`: an attribute byte, then one line; which receipt it belongs to is not said."""
    return Lines("customer", (data[1:].decode(tlv.CHARSET),))


def _block(data: bytes) -> Lines:
    tags = bmp.parse(data).tags()
    kind = tlv.find(tags, tlv.RECEIPT_TYPE) or b"\x02"
    try:
        lines = tuple(tlv.text_lines(tags))
    except tlv.BadTlv:
        lines = ()
    return Lines(_COPIES.get(kind[-1], "admin"), lines)


def _completed(data: bytes) -> Completed:
    """The registration's answer is fields, the enquiry's is a version text (LLLVAR, maybe) and one status byte."""
    if data[:1] and data[0] & 0xF0 == 0xF0 and len(data) > 3:
        size = int("".join(str(byte & 0x0F) for byte in data[:3]))
        if 3 + size > len(data):  # garbled, and no proof that it is ready
            return Completed(status=codes.SYSTEM_ERROR, terminal_id="")
        version = "".join(char for char in data[3 : 3 + size].decode(tlv.CHARSET) if char.isprintable())
        return Completed(status=(data[3 + size : 4 + size] or b"\0")[0], terminal_id="", version=version.strip())
    if len(data) == 1 or data[1:2] == bytes((bmp.CONTAINER,)):
        return Completed(status=data[0], terminal_id="")
    fields = bmp.parse(data)
    status = fields.values.get(bmp.STATUS_BYTE, b"\0")[0]
    return Completed(status, fields.digits(bmp.TERMINAL_ID))


def _clock(data: bytes) -> Clock:
    return Clock()


def _aborted(data: bytes) -> Aborted:
    return Aborted(data[0] if data else 0x6C, _error(bmp.parse(data[1:]).tags()))


_READERS: dict[int, Callable[[bytes], Message]] = {
    0x04FF: _standing,
    0x040F: _status,
    0x0401: _clock,
    0x06D1: _line,
    0x06D3: _block,
    0x060F: _completed,
    0x061E: _aborted,
}
