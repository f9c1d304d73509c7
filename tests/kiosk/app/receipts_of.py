"""Receipts of: sales that were sealed at one moment in one shop, for tests of what is printed of them."""

from datetime import date
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from kiosk.checkout.basket import Basket, Cleared, Line
from kiosk.checkout.item import Item
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank
from kiosk.checkout.pricing import totals
from kiosk.checkout.sale import CardSlipData, FiscalMark, Sale, Tender
from kiosk.checkout.visit import seal_basket
from kiosk.values.moment import Moment
from kiosk.values.money import Money
from kiosk.world.shops import pack_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")
AT = Moment(1_795_425_220_002, 0, "2026-11-23")
LANE = Lane(
    store="s001",
    till="k01",
    store_name="Hörnans livs",
    receipt_legal=("Hörnans livs AB, org.nr 556000-0000", "Storgatan 1, 111 22 Stockholm"),
)
CARD = CardSlipData("Visa", "************4021", "29001234", "0175", "000312", "123456")
SLIPS = ("     *** Customer copy ***", "Visa          ************4021", "Total                  321,18")
BREAD = Item(gtin="9520000000011", name="Råg & frö", price=Money(3290), tax_class="food", tax_bp=600, price_book="1")
WATER = replace(BREAD, gtin="9520000000028", name="Källvatten 50 cl", price=Money(1190), deposit=Money(100))
WINE = replace(BREAD, gtin="9520000000035", name="Rött vin", price=Money(9990), tax_class="alcohol", tax_bp=2500)
BANANAS = replace(BREAD, gtin="4011", name="Bananer", price=Money(2490), sold_by="kg")
LONG = replace(BREAD, name="Ekologisk surdegslimpa med rågsikt, linfrö, solrosfrö och pumpakärnor från Östergötland")
UNBROKEN = replace(BREAD, name="Specialsurdegslimpapumpakärneknäckebrödspaket" * 2, price=Money(100_000_000))
BASKET = (
    Line(line=1, item=BREAD),
    Line(line=2, item=WATER, count=12),
    Line(line=3, item=WINE),
    Line(line=4, item=BANANAS, weight_g=412),
)


def sold(*lines: Line, language: str = "sv", card: CardSlipData | None = CARD, evidence: str = "") -> Sale:
    cleared = (Cleared("bank", AT.utc_ms, AT.utc_ms, "u7", evidence=evidence),) if evidence else ()
    basket = Basket(lines=lines, started_utc_ms=AT.utc_ms - 60_000, cleared=cleared)
    due = totals(basket).due.minor
    tenders = (Tender("card", due, "k01-000042-1", card, evidence),) if due else ()
    state = replace(blank(LANE), sequence=42, chain="0" * 64, language=language)
    sale = seal_basket(state, basket, "sale", tenders, AT)[0].sale
    assert sale is not None
    return sale


def in_(country: str) -> Lane:
    """The same shop in another country."""
    return replace(LANE, jurisdiction=country, currency=pack_of(country).currency)


def abroad(country: str, *lines: Line) -> Sale:
    """The same things sold there, at its rates, to a shopper whose language its receipts are not written in."""
    pack, day = pack_of(country), date(2026, 11, 23)

    def taxed(item: Item) -> Item:
        bp = pack.rate_bp(item.tax_class, day)
        inside = pack.deposit_rate_bp(bp, day) if item.deposit else None
        return replace(item, tax_bp=bp, deposit_tax_bp=inside, tax_on_top=pack.tax_on_top)

    sale = sold(*(replace(line, item=taxed(line.item)) for line in lines), language="uk")
    sale = replace(sale, currency=pack.currency)
    if not pack.fiscal.signer:
        return sale
    signature = "iHh68DWCU3G42eL/7vOGUMSkvMM=" * 6
    return replace(sale, fiscal=FiscalMark(pack.fiscal.signer, 42, "2026-11-23", "10:13:40", signature, "1"))
