"""What the terminal shows and prints, in its own language."""

from drivers.card_terminal.zvt.simulated.journal import Entry
from drivers.card_terminal.zvt.simulated.wire import field, message, tag

_SHOWN = {
    "en": {
        0x0A: "Insert or tap card",
        0x01: "Enter PIN",
        0x15: "Wrong PIN",
        0x0E: "Please wait",
        0x05: "Reversing",
        0x1C: "Approved",
        0x1D: "Declined",
        0x0B: "Remove card",
        0x0F: "End of day",
        0x17: "End of day",
    },
    "sv": {
        0x0A: "Sätt in eller blippa kort",
        0x01: "Slå PIN",
        0x15: "Fel PIN",
        0x0E: "Vänta",
        0x05: "Återför",
        0x1C: "Godkänt",
        0x1D: "Medges ej",
        0x0B: "Ta ut kortet",
        0x0F: "Dagsavslut",
        0x17: "Dagsavslut",
    },
    "de": {
        0x0A: "Karte einstecken oder vorhalten",
        0x01: "PIN eingeben",
        0x15: "PIN falsch",
        0x0E: "Bitte warten",
        0x05: "Storno läuft",
        0x1C: "Zahlung erfolgt",
        0x1D: "Abgelehnt",
        0x0B: "Karte entnehmen",
        0x0F: "Kassenschnitt",
        0x17: "Kassenschnitt",
    },
}
_REFUND = {"en": "Refund", "sv": "Retur", "de": "Gutschrift"}
LANGUAGES = tuple(_SHOWN)
SCHEMES = ("girocard", "JCB", "Mastercard", "American Express", "Visa", "Diners", "other")
MASKED = "************4021"


def shown(language: str, code: int, *, refund: bool = False) -> str:
    """The text for an intermediate state; of a refund it says so first."""
    text = _SHOWN[language].get(code, "")
    return f"{_REFUND[language]}: {text}" if refund else text


def standing(code: int, text: str, *, minutes: int = 0, extended: bool = False) -> bytes:
    """`04 FF` with its text."""
    lines = tag("24", tag("07", text.encode("cp437")))
    return message("04ff", bytes([code, minutes]) + field(0x06, lines), extended=extended)


def _money(amount_minor: int) -> str:
    return f"{amount_minor // 100},{amount_minor % 100:02d}"


def slip(entry: Entry, copy: str, terminal_id: str) -> list[str]:
    """The lines of a receipt."""
    title = {"customer": "CUSTOMER COPY", "merchant": "MERCHANT COPY"}[copy]
    what = "REVERSAL" if entry.original_trace else "REFUND" if entry.refund else "PAYMENT"
    return [
        title.center(24).rstrip(),
        f"{what} {SCHEMES[entry.scheme]}",
        MASKED,
        f"Total {_money(entry.amount_minor):>18}",
        f"Terminal {terminal_id:>15}",
        f"Receipt {entry.receipt:>16}",
        f"Trace {entry.trace:>18}",
        "APPROVED" if entry.result == 0 else "DECLINED",
        *(["", "SIGNATURE", "", "_" * 24] if entry.signed and copy == "merchant" else []),
    ]


def day(entries: list[Entry], terminal_id: str) -> list[str]:
    """The lines of the end of day."""
    total, refunds = sum(entry.moved_minor for entry in entries), sum(entry.refund for entry in entries)
    counts = [f"Payments {len(entries) - refunds}", *([f"Refunds {refunds}"] if refunds else [])]
    return ["END OF DAY", f"Terminal {terminal_id}", *counts, f"Total {'-' * (total < 0)}{_money(abs(total))}"]


def paper(lines: list[str], kind: int, *, extended: bool = False) -> bytes:
    """`06 D3`: all lines of one paper; `kind` 1 merchant, 2 customer, 3 administration."""
    text = b"".join(tag("07", line.encode("cp437")) for line in lines) + tag("09", b"\x81")
    return message("06d3", field(0x06, tag("1f07", bytes([kind])) + tag("25", text)), extended=extended)


def line(text: str, *, last: bool, extended: bool = False) -> bytes:
    """`06 D1`: one line, for tills that do not take whole papers."""
    return message("06d1", bytes([0x81 if last else 0x00]) + text.encode("cp437"), extended=extended)
