"""Words of the receipt's page, and how each language writes money and rates (CLDR, through Babel).

They are the words of the paper, and a test compares them. Languages are BCP 47; one that we have no words for gets
English ones.
"""

from datetime import datetime, tzinfo
from decimal import Decimal

import msgspec
from babel import Locale
from babel.numbers import format_decimal, get_currency_precision

from kiosk.checkout.receipt import Wording


class PageWords(msgspec.Struct, frozen=True):
    """What only the page says."""

    title: str
    not_here: str
    not_here_yet: str


_RECEIPT: dict[str, dict[str, str]] = {
    "en": {
        "receipt": "Receipt",
        "total": "Total",
        "deposit": "Deposit",
        "vat": "VAT",
        "net": "excl. VAT",
        "card": "Card",
        "rounding": "Cash rounding",
        "donation": "Gift to",
        "to_pay": "To pay",
        "given": "Given",
        "change": "Change",
        "cash": "Cash",
        "gift_card": "Gift card",
        "voucher": "Voucher",
        "qr": "QR payment",
        "demo": "DEMO - not a receipt",
        "thanks": "Thank you. See you soon!",
        "exit_code": "Your exit code",
        "kept_online": "Your receipt on your phone",
        "sales_tax": "Sales tax",
        "signature": "Signature",
        "signed_later": "The signature follows.",
        "signed_here": "This receipt, signed",
        "returned": "RETURN",
        "original": "Bought with receipt",
        "paid_back": "Paid back",
        "card_reversed": "Card payment reversed",
        "shop_copy": "FOR THE SHOP",
        "sign_here": "Name and signature",
        "gift": "GIFT RECEIPT",
        "gift_note": "Keep this with the gift: it can be exchanged.",
    },
    "sv": {
        "receipt": "Kvitto",
        "total": "Summa",
        "deposit": "Pant",
        "vat": "Moms",
        "net": "exkl. moms",
        "card": "Kort",
        "rounding": "Öresavrundning",
        "donation": "Gåva till",
        "to_pay": "Att betala",
        "given": "Mottaget",
        "change": "Växel",
        "cash": "Kontant",
        "gift_card": "Presentkort",
        "voucher": "Värdebevis",
        "qr": "QR-betalning",
        "demo": "DEMO - inte ett kvitto",
        "thanks": "Tack! Välkommen åter!",
        "exit_code": "Din utpasseringskod",
        "kept_online": "Ditt kvitto i mobilen",
        "sales_tax": "Försäljningsskatt",
        "signature": "Signatur",
        "signed_later": "Signaturen kommer senare.",
        "signed_here": "Detta kvitto, signerat",
        "returned": "RETUR",
        "original": "Köpt med kvitto",
        "paid_back": "Återbetalt",
        "card_reversed": "Kortköpet makulerat",
        "shop_copy": "FÖR BUTIKEN",
        "sign_here": "Namn och underskrift",
        "gift": "PRESENTKVITTO",
        "gift_note": "Lägg det i presenten: den kan bytas.",
    },
}
_PAGE = {
    "en": PageWords(
        "Your receipt",
        "There is no receipt here yet",
        "The checkout may still be sending it. Try again in a minute.",
    ),
    "sv": PageWords(
        "Ditt kvitto",
        "Här finns inget kvitto än",
        "Kassan kanske fortfarande skickar det. Försök igen om en minut.",
    ),
}


_BEST_FORM = {"en": "en_150"}
"""English as Europe writes it."""


def known_language(language: str) -> str:
    """The language of our words for whoever speaks this one."""
    base = language.split("-")[0].lower()
    return base if base in _RECEIPT else "en"


def page_words(language: str) -> PageWords:
    """What the page says in this language."""
    return _PAGE[known_language(language)]


def wording(language: str, currency: str) -> Wording:
    """The receipt's words in this language, with money of this currency (ISO 4217)."""
    known = known_language(language)
    locale = Locale.parse(_BEST_FORM.get(known, known))
    digits = get_currency_precision(currency)

    def money(minor: int) -> str:
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(Decimal(minor).scaleb(-digits), pattern, locale).replace("-", "−")

    def rate(rate_bp: int) -> str:
        return format_decimal(Decimal(rate_bp).scaleb(-2), locale=locale) + " %"

    return Wording(**_RECEIPT[known], money=money, rate=rate)


def local_time(sealed: str, zone: tzinfo) -> str:
    """When the sale was sealed, on the shop's clock; as it came if that is no time."""
    try:
        return f"{datetime.fromisoformat(sealed).astimezone(zone):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return sealed
