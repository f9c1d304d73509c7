"""Duties: what a country asks of a sale besides its tax: deposit, receipt, rights of return, a signer. Data only."""

from typing import Literal

import msgspec

Part = Literal[
    "shop", "legal", "date", "number", "till", "heading", "goods", "quantity", "discount", "deposit", "tax", "net",
    "total", "rounding", "tenders", "signature",
]  # fmt: skip
"""What can be owed on a receipt."""

SignerKind = Literal["", "rsa-sha1-1024", "control-unit", "tse"]
"""Who must sign or record a live sale: nobody; software with a key of its own; a device that this house cannot be."""


class DepositClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of container that staff take back without its barcode, by its deposit; `name` by language."""

    name: dict[str, str]
    amount_minor: int
    tax_class: str = ""
    """Whose rate is inside the deposit, where that is the rate of the goods; empty: `Deposit.tax_class`."""


class Deposit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The deposit of containers and its name by language.

    `taxed`: whether it is part of the taxable amount, at the rate of the goods, or at that of `tax_class`.
    """

    taxed: bool = False
    tax_class: str = ""
    name: dict[str, str] = {}
    classes: tuple[DepositClass, ...] = ()


class ReceiptDuties(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a receipt owes to the law. Headings are printed as they are, whatever the shopper's language."""

    languages: tuple[str, ...] = ()
    """Languages (BCP 47) that a receipt may be written in, the fallback first; empty: any."""
    must: tuple[Part, ...] = ()
    """What must stand on it."""
    sale_heading: str = ""
    """Heads every receipt of a sale where the law wants the word; empty: nothing."""
    return_heading: str = ""
    copy_heading: str = "COPY"
    training_heading: str = "TRAINING"
    electronic_heading: str = ""
    """Heads a receipt that is handed over without paper; empty: nothing."""
    words: dict[str, dict[str, str]] = {}
    """The receipt's words in languages that the lane's screens need not speak: by language, then by the name of the
    word (`kiosk.checkout.receipt.Wording`)."""
    report_words: dict[str, dict[str, str]] = {}
    """The same of X and Z reports (`kiosk.checkout.day_slip.DayWording`); means of payment by their kinds."""


class Returns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a shopper may bring back by law. A shop may be kinder."""

    regret_days: int = 0
    """Days in which faultless goods may be returned; 0: only what the shop allows of its own will."""
    fault_months: int = 0
    """Months in which a fault can be complained of; 0: the law names no fixed time."""


class Fiscal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must vouch for a live lane's sales. Demo and training are no sales, and need nothing."""

    signer: SignerKind = ""
    name: str = ""
    """What the law calls it, for the screen and the operator."""
