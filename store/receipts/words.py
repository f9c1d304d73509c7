"""Words of the receipt's page, and how each language writes money and rates (CLDR, through Babel).

They are the words of the paper, from the same catalogues (`config/words/*.po`, whose keys are the English sentences),
and a test compares them. Languages are BCP 47; one that we have no words for gets English ones.
"""

import re
from collections.abc import Callable
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, get_currency_precision

from kiosk.checkout.receipt import Wording
from store.packs import config_path

_BEST_FORM = {"en": "en_150"}
"""English as Europe writes it."""
_WEIGHT = re.compile(r"[01](\.[0-9]{0,3})?")
_LTR = "\u200e"
"""Among words that are read from the right an amount begins with this mark, which keeps it in one piece."""


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """All that we have words for, by their tags."""
    return ("en", *sorted(path.stem for path in config_path("words").glob("*.po")))


def known_language(language: str) -> str:
    """The language of our words for whoever speaks this one."""
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in languages() else "en"


def accepted(header: str) -> str:
    """The first language of an Accept-Language header that we have words for (RFC 9110, 12.5.4); English if none."""
    wanted = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.partition(";")
        q = weight.strip().removeprefix("q=") or "1"
        wanted.append((-Decimal(q) if _WEIGHT.fullmatch(q) else Decimal(0), place, tag.strip()))
    tags = [tag for weight, _, tag in sorted(wanted) if weight < 0]
    return next((known for tag in tags if (known := known_language(tag)) != "en" or tag[:2].lower() == "en"), "en")


def own_name(language: str) -> str:
    """What a language calls itself: `svenska`."""
    return str(Locale.parse(language).get_display_name() or language)


def direction(language: str) -> str:
    """Where reading begins: `ltr` or `rtl` (CLDR)."""
    return str(Locale.parse(known_language(language)).text_direction)


@lru_cache(maxsize=16)
def _catalogue(language: str) -> dict[str, str]:
    if language == "en":
        return {}
    with config_path(f"words/{language}.po").open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if isinstance(message.id, str)}


def sayer(language: str) -> Callable[[str], str]:
    """English sentence -> the same in this language."""
    catalogue = _catalogue(known_language(language))
    return lambda text: catalogue.get(text) or text


def wording(language: str, currency: str) -> Wording:
    """The receipt's words in this language, with money of this currency (ISO 4217)."""
    known = known_language(language)
    say, locale = sayer(known), Locale.parse(_BEST_FORM.get(known, known))
    digits = get_currency_precision(currency)
    mark = _LTR if locale.text_direction == "rtl" else ""

    def money(minor: int) -> str:
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return mark + format_decimal(Decimal(minor).scaleb(-digits), pattern, locale).replace("-", "−")

    def rate(rate_bp: int) -> str:
        return format_decimal(Decimal(rate_bp).scaleb(-2), locale=locale) + " %"

    def weight(weight_g: int) -> str:
        return f"{mark}{format_decimal(Decimal(weight_g).scaleb(-3), '#,##0.000', locale)} kg"

    return Wording(
        receipt=say("Receipt"),
        total=say("Total"),
        deposit=say("Deposit"),
        vat=say("VAT"),
        net=say("excl. VAT"),
        card=say("Card"),
        rounding=say("Cash rounding"),
        donation=say("Gift to"),
        card_note=say("On the card when the store has this sale."),
        to_pay=say("To pay"),
        given=say("Given"),
        change=say("Change"),
        cash=say("Cash"),
        gift_card=say("Gift card"),
        voucher=say("Voucher"),
        qr=say("QR payment"),
        demo=say("DEMO - not a receipt"),
        thanks=say("Thank you. See you soon!"),
        exit_code=say("Your exit code"),
        kept_online=say("Your receipt on your phone"),
        sales_tax=say("Sales tax"),
        signature=say("Signature"),
        signed_later=say("The signature follows."),
        signed_here=say("This receipt, signed"),
        returned=say("RETURN"),
        original=say("Bought with receipt"),
        paid_back=say("Paid back"),
        card_reversed=say("Card payment reversed"),
        shop_copy=say("FOR THE SHOP"),
        sign_here=say("Name and signature"),
        gift=say("GIFT RECEIPT"),
        gift_note=say("Keep this with the gift: it can be exchanged."),
        money=money,
        rate=rate,
        weight=weight,
    )


def local_time(sealed: str, zone: tzinfo) -> str:
    """When the sale was sealed, on the shop's clock; as it came if that is no time."""
    try:
        return f"{datetime.fromisoformat(sealed).astimezone(zone):%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return sealed
