"""Finding: from what was scanned, typed or picked to the item that the price book has, as it is sold today.

A label may carry more than the product: its weight or its price (in GS1 element strings, or inside a number of the
shop's own scale), its batch and its last day. A number that the price book lists whole is that product, whatever its
digits could mean; only otherwise the layouts of the jurisdiction are tried. What the label says is put into the event
as it is meant today, so that the checkout needs neither price book nor calendar.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Protocol

import structlog
from msgspec.structs import replace

from kiosk.app.codes import USUAL, Codes
from kiosk.app.slip_keys import NO_KEYS, SlipKeys
from kiosk.checkout import events as e
from kiosk.checkout.day_report import DEPOSIT
from kiosk.checkout.item import Item, Label, TaxSoon
from kiosk.checkout.jurisdiction import Pack, UnknownTaxClass
from kiosk.checkout.questions import ItemAnswer, ItemAsk
from kiosk.checkout.sale import Sale, SaleLine
from kiosk.storage.price_book import StaffMember
from kiosk.values.barcode import Barcode, Plu, parse, parse_typed
from kiosk.values.deposit_slip import read
from kiosk.values.label_date import label_date
from kiosk.values.moment import Moment, local
from kiosk.values.money import ZERO, Money
from kiosk.values.variable_measure import MINOR_DIGITS, Measured, measured
from kiosk.wire.asking import ItemRow
from kiosk.wire.leaflet import Leaflet
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PRICE_LARGEST_MINOR, PriceRow
from kiosk.wire.signed_receipt import HEAD
from kiosk.wire.stock import KEYED

_SHOWN = 32
_SOON = timedelta(days=31)
"""No basket is kept longer."""
_ADDRESS = re.compile(r"https?://\S{1,300}/r/[0-9a-f]{32}")


class Prices(Protocol):
    """What is asked of the price book."""

    @property
    def version(self) -> str:
        """The version in use."""
        ...

    def lookup(self, keys: Sequence[str]) -> PriceRow | None:
        """The row listed under the first of these spellings that is listed at all."""
        ...

    def offers(self) -> Iterable[OfferRow]:
        """The offers of the version in use."""
        ...

    def by_badge(self, text: str) -> StaffMember | None:
        """Whose badge says this."""
        ...


class Finder:
    """Finds what one lane sells."""

    def __init__(
        self,
        prices: Prices,
        pack: Pack,
        zone: tzinfo,
        codes: Codes = USUAL,
        slips: SlipKeys = NO_KEYS,
        proved: Callable[[str], Sale | None] | None = None,
    ) -> None:
        """`proved`: the sale that a signed receipt tells of; None for text that is none of this shop's."""
        self._codes, self._slips, self._proved = codes, slips, proved
        self._prices, self._pack, self._zone = prices, pack, zone
        self._leaflet: tuple[str, Leaflet] | None = None
        self._log = structlog.get_logger("gate")

    def typed(self, text: str, now: Moment) -> e.Event:
        """A code typed on 04c."""
        return self._found(parse_typed(text), text, "key", now)

    def scanned(self, text: str, symbology: str, now: Moment) -> e.Event:
        """A label read by a scanner."""
        if receipt := self._receipt(text.strip()):
            return receipt
        found = self._found(parse(text, symbology), text, "scan", now)
        if isinstance(found, e.ItemUnknown) and (member := self._prices.by_badge(text)) is not None:
            return e.BadgeShown(staff=member.id, name=member.name)
        return found

    def shown(self, badge: str) -> e.Event:
        """A badge held before its reader: only whose it is goes on, never what it says."""
        member = self._prices.by_badge(badge)
        return e.BadgeUnknown() if member is None else e.BadgeShown(staff=member.id, name=member.name)

    def _receipt(self, text: str) -> e.ReceiptShown | None:
        """The code of a receipt: its address, or the receipt itself, signed."""
        if _ADDRESS.fullmatch(text):
            return e.ReceiptShown(find=text)
        sale = self._proved(text) if self._proved is not None and text.startswith(HEAD) else None
        return None if sale is None else e.ReceiptShown(find=sale.key, proved=self._with_categories(sale))

    def _with_categories(self, sale: Sale) -> Sale:
        """A signed receipt has no room for them, and perhaps none for names: as the price book has them today."""
        return replace(sale, lines=tuple(self._as_today(line) for line in sale.lines))

    def _as_today(self, line: SaleLine) -> SaleLine:
        row = self._prices.lookup((line.gtin,))
        if row is None:
            return replace(line, name=line.name or line.gtin)
        return replace(line, name=line.name or row.name, category=row.category, price_book=self._prices.version)

    def picked(self, code: str, now: Moment) -> e.Event:
        """A tile of the picker was touched; `code` is its row's."""
        return self._sold((code,), Measured(()), None, "pick", now) or e.ItemUnknown(text=code, entry="pick")

    def bags(self, codes: Sequence[str], now: Moment) -> tuple[Item, ...]:
        """The carrier bags of these codes, as they are sold today; one that is not in the price book is not sold."""
        found = (self._sold((code,), Measured(()), None, "pick", now) for code in codes)
        return tuple(one.item for one in found if isinstance(one, e.ItemFound))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The classes of tax, in the pack's order."""
        return tuple(self._pack.tax)

    def keyed(self, kind: str, names: dict[str, str], price_minor: int, now: Moment) -> e.Event:
        """Something of this class of tax at a price that staff keyed. It has no code, so no stock is counted."""
        row = PriceRow(
            plu=f"{KEYED}{kind}", name=next(iter(names.values())), names=names, price_minor=price_minor, tax_class=kind
        )
        item = self._item(row, local(now.utc_ms, self._zone))
        return e.ItemKeyed(item=replace(item, priced="staff")) if item is not None else e.ItemUnknown(text=kind)

    def empties(self, now: Moment) -> e.Event:
        """The classes of containers that come back without a barcode."""
        today, deposit = local(now.utc_ms, self._zone).date(), self._pack.deposit
        rates = [self._pack.container_rate_bp(one, today) for one in deposit.classes]
        items = (
            Item(
                gtin=f"{KEYED}container-{number}",
                name=next(iter(one.name.values())),
                names=one.name,
                price=ZERO,
                priced="staff",
                tax_class=one.tax_class or deposit.tax_class,
                tax_bp=rate_bp or 0,
                price_book=self._prices.version,
                category=DEPOSIT,
                deposit=Money(one.amount_minor),
                deposit_tax_bp=rate_bp,
                tax_on_top=self._pack.tax_on_top,
            )
            for number, (one, rate_bp) in enumerate(zip(deposit.classes, rates, strict=True), start=1)
        )
        return e.EmptiesBegan(classes=tuple(items))

    def _found(self, label: Barcode | Plu | None, text: str, entry: e.Entry, now: Moment) -> e.Event:
        found = self._labelled(label, entry, now) if label is not None else None
        return (
            found
            or self._coupon(text.strip(), now)
            or self._own(text.strip())
            or e.ItemUnknown(text=_printable(text), entry=entry, ask=self._question(label))
        )

    def _question(self, label: Barcode | Plu | None) -> ItemAsk | None:
        """What the store may be asked about a label that is not in the price book. A serial number asks nothing new."""
        if label is None:
            return None
        if isinstance(label, Plu):
            return ItemAsk(keys=label.keys)
        inside = measured(label.gtin, self._pack.variable_measure)
        return ItemAsk(
            keys=(*label.keys, *(inside.keys if inside is not None else ())), label=replace(label, serial="")
        )

    def told(self, question: ItemAsk, said: ItemRow, now: Moment) -> ItemAnswer:
        """What the store's answer means: as if its row stood in the lane's own price book."""
        label = question.label or Plu(question.keys[0])
        found = Finder(_OneRow(said), self._pack, self._zone, self._codes)._labelled(label, "scan", now)
        if not isinstance(found, e.ItemFound):
            return ItemAnswer()
        return ItemAnswer(item=found.item, weight_g=found.weight_g, label=found.label)

    def _coupon(self, code: str, now: Moment) -> e.Event | None:
        """A code that the price book lists as a coupon."""
        return self._offers().coupon(code, local(now.utc_ms, self._zone))

    def _own(self, code: str) -> e.Event | None:
        """A code that the shop prints itself. A slip whose signature is wrong is worth what the store says."""
        if (slip := read(code)) is not None and self._codes.kind_of(slip.number) == "deposit":
            return e.GiftCardScanned(number=slip.number, slip=slip if self._slips.believes(slip) else None)
        match self._codes.kind_of(code):
            case "gift_card" | "voucher" | "deposit":
                return e.GiftCardScanned(number=code)
            case "member":
                return e.MemberCalled(key=code)
            case "basket" if (basket := self._codes.basket_of(code)) is not None:
                return e.BasketScanned(till=basket[0], code=basket[1])
            case _:
                return None

    def _labelled(self, label: Barcode | Plu, entry: e.Entry, now: Moment) -> e.Event | None:
        if isinstance(label, Plu):
            return self._sold(label.keys, Measured(()), None, entry, now)
        says = Measured((), price_minor=_price_minor(label), weight_g=label.weight_g)
        if found := self._sold(label.keys, says, label, entry, now):
            return found
        inside = measured(label.gtin, self._pack.variable_measure)
        return self._sold(inside.keys, inside, label, entry, now) if inside is not None else None

    def _sold(
        self, keys: Sequence[str], says: Measured, label: Barcode | None, entry: e.Entry, now: Moment
    ) -> e.Event | None:
        row = self._prices.lookup(keys)
        here = local(now.utc_ms, self._zone)
        today = here.date()
        item = self._item(row, here) if row is not None else None
        if row is None or item is None:
            return None
        weight_g = says.weight_g if item.sold_by == "kg" and says.price_minor is None else None
        if says.price_minor is not None:
            if says.price_minor > PRICE_LARGEST_MINOR:
                return None
            item = _priced_by_label(item, says.price_minor)
        return e.ItemFound(item=item, entry=entry, weight_g=weight_g, label=_label(label, row, today))

    def _offers(self) -> Leaflet:
        """The offers of the version that priced what was just found."""
        version = self._prices.version
        if self._leaflet is None or self._leaflet[0] != version:
            self._leaflet = version, Leaflet(self._prices.offers())
        return self._leaflet[1]

    def _item(self, row: PriceRow, here: datetime) -> Item | None:
        today = here.date()
        try:
            tax_bp = row.tax_bp if row.tax_bp is not None else self._pack.rate_bp(row.tax_class, today)
        except UnknownTaxClass as error:
            self._log.error("item.no_tax_rate", code=row.code, problem=str(error))
            return None
        return Item(
            gtin=row.code,
            name=row.name,
            names=row.names,
            price=Money(row.price_minor),
            tax_class=row.tax_class,
            tax_bp=tax_bp,
            price_book=self._prices.version,
            category=row.category,
            sold_by=row.sold_by,
            age_limit=self._pack.age_limit(row.tax_class, row.age_limit),
            weight_g=row.weight_g,
            weight_seen=row.weight_seen,
            weight_mean_mg=row.weight_mean_mg,
            weight_spread_mg=row.weight_spread_mg,
            tare_g=row.tare_g,
            deposit=Money(row.deposit_minor),
            deposit_tax_bp=self._pack.deposit_rate_bp(tax_bp, today) if row.deposit_minor else None,
            tax_soon=self._tax_soon(row, today),
            tax_on_top=self._pack.tax_on_top,
            picture=row.picture,
            blocked=row.blocked,
            max_quantity=row.max_quantity,
            staff_only=row.staff_only,
            open_price=row.open_price,
            short_date=row.short_date,
            offers=self._offers().offers_on(row, here),
        )

    def _tax_soon(self, row: PriceRow, today: date) -> tuple[TaxSoon, ...]:
        soon = []
        for day in self._pack.new_rates(row.tax_class, today, today + _SOON):
            tax_bp = row.tax_bp if row.tax_bp is not None else self._pack.rate_bp(row.tax_class, day)
            deposit_bp = self._pack.deposit_rate_bp(tax_bp, day) if row.deposit_minor else None
            soon.append(TaxSoon(day.isoformat(), tax_bp, deposit_bp))
        return tuple(soon)


class _OneRow:
    """A price book that is only what the store has just told."""

    def __init__(self, said: ItemRow) -> None:
        self._said = said
        self.version = said.version

    def lookup(self, keys: Sequence[str]) -> PriceRow | None:
        row = self._said.row
        return row if row is not None and row.code in keys else None

    def offers(self) -> Iterable[OfferRow]:
        return self._said.offers

    def by_badge(self, text: str) -> StaffMember | None:
        return None


def _priced_by_label(item: Item, price_minor: int) -> Item:
    """One thing at the price on its label, whatever it weighs."""
    return replace(item, sold_by="each", price=Money(price_minor), priced="label", open_price=False)


def _price_minor(label: Barcode) -> int | None:
    """The label's own price (AI 392n) in minor units, half a unit rounded up."""
    if label.price_digits is None:
        return None
    unit: int = 10**label.price_decimals
    minor: int = (label.price_digits * 10**MINOR_DIGITS * 2 + unit) // (2 * unit)
    return minor


def _label(label: Barcode | None, row: PriceRow, today: date) -> Label | None:
    """What matters for the sale beside the product; None if there is nothing."""
    if label is None:
        return None
    use_by, best_before = (label_date(digits, today) for digits in (label.expiry, label.best_before))
    last_day = use_by or best_before
    said = Label(
        batch=label.batch,
        days_left=(last_day - today).days if last_day is not None else None,
        last_day_is="best_before" if use_by is None and best_before is not None else "use_by",
        recalled=bool(label.batch) and label.batch in row.recalled.split(),
    )
    return said if said != Label() else None


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:_SHOWN]
