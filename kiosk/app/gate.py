"""Gate: hardware events become shopping events. The one translator between the two vocabularies, inwards.

A driver says `Scanned(text)`, the checkout hears `ItemFound(item)`: the gate parses the code, asks the price book,
works out the tax rate of the day and puts the whole item into the event. Nothing else in the house knows both sides.
"""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import Literal, Protocol

import structlog

from drivers import events as d
from kiosk.app.codes import USUAL, Codes
from kiosk.checkout import events as e
from kiosk.checkout.item import Item
from kiosk.checkout.jurisdiction import Pack, UnknownTaxClass
from kiosk.values.barcode import parse, parse_typed
from kiosk.values.moment import Moment, local
from kiosk.values.money import Money
from kiosk.wire.price_csv import PriceRow

_SHOWN = 32


class Prices(Protocol):
    """What the gate asks of the price book."""

    @property
    def version(self) -> str:
        """The version in use."""
        ...

    def lookup(self, keys: Sequence[str]) -> PriceRow | None:
        """The row listed under the first of these spellings that is listed at all."""
        ...


class Gate:
    """Translates one lane's hardware."""

    def __init__(self, prices: Prices, pack: Pack, zone: tzinfo, codes: Codes = USUAL) -> None:
        self._codes = codes
        self._prices, self._pack, self._zone = prices, pack, zone
        self._log = structlog.get_logger("gate")

    def typed(self, text: str, now: Moment) -> e.Event:
        """A code typed on 04c."""
        label = parse_typed(text)
        return self._found(label.keys if label else (), text, "key", now)

    def scanned(self, text: str, symbology: str, now: Moment) -> e.Event:
        """A label read by a scanner."""
        label = parse(text, symbology)
        return self._found(label.keys if label else (), text, "scan", now)

    def _found(self, keys: Sequence[str], text: str, entry: e.Entry, now: Moment) -> e.Event:
        row = self._prices.lookup(keys) if keys else None
        if row is not None:
            item = self._item(row, local(now.utc_ms, self._zone).date())
            if item is not None:
                return e.ItemFound(item=item, entry=entry)
        return self._own(text.strip()) or e.ItemUnknown(text=_printable(text), entry=entry)

    def _own(self, code: str) -> e.Event | None:
        """A code that the shop prints itself."""
        match self._codes.kind_of(code):
            case "gift_card":
                return e.GiftCardScanned(number=code)
            case _:
                return None

    def _item(self, row: PriceRow, today: date) -> Item | None:
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
            tare_g=row.tare_g,
            deposit=Money(row.deposit_minor),
            deposit_tax_bp=self._pack.deposit_rate_bp(tax_bp, today) if row.deposit_minor else None,
            tax_on_top=self._pack.tax_on_top,
            picture=row.picture,
            blocked=row.blocked,
            max_quantity=row.max_quantity,
        )

    def heard(self, event: d.HardwareEvent, now: Moment) -> tuple[e.Event, ...]:
        """What a hardware event means to the shop; nothing, for some."""
        match event:
            case d.Scanned():
                return (self.scanned(event.text, event.symbology, now),)
            case d.ScanGarbled():
                return (e.ItemUnknown(text=""),)
            case d.DeviceOnline():
                return (e.DeviceFound(device=event.device),)
            case d.DeviceOffline():
                return (e.DeviceLost(device=event.device, why=event.why),)
            case d.PrinterStatus():
                return (e.PaperChanged(paper=_paper(event)),)
            case d.PrintDone():
                return (e.ReceiptPrinted(job=event.ticket),)
            case d.PrintFailed():
                return (e.ReceiptFailed(job=event.ticket, why=event.why, maybe=event.maybe),)
            case d.DrawerStatus():
                return (e.DrawerMoved(open=event.open),)
            case _:
                return _terminal(event)


def _printable(text: str) -> str:
    return "".join(c for c in text if c.isprintable())[:_SHOWN]


def _paper(status: d.PrinterStatus) -> Literal["ok", "low", "out", "cover_open", "error"]:
    if status.cover_open:
        return "cover_open"
    return "error" if status.error and status.paper != "out" else status.paper


def _terminal(event: d.HardwareEvent) -> tuple[e.Event, ...]:
    match event:
        case d.TerminalReady():
            return (e.CardReady(attempt=event.ticket, baseline=event.baseline),)
        case d.TerminalRefused():
            return (e.CardRefused(attempt=event.ticket, why=event.why),)
        case d.TerminalText():
            return (e.CardText(attempt=event.ticket, text=event.text, step=event.step, can_cancel=event.can_cancel),)
        case d.TerminalPrint():
            return (e.CardSlip(attempt=event.ticket, slip=event.copy, lines=event.lines, message=event.message),)
        case d.TerminalApproved():
            return (e.CardApproved(attempt=event.ticket, record=_record(event.record), message=event.message),)
        case d.TerminalCompleted():
            return (e.CardCompleted(attempt=event.ticket, record=_record(event.record), message=event.message),)
        case d.TerminalDeclined():
            return (e.CardDeclined(attempt=event.ticket, why=event.why, detail=event.detail, message=event.message),)
        case d.TerminalInDoubt():
            return (e.CardInDoubt(attempt=event.ticket, why=event.why),)
        case d.TerminalAsked():
            return (e.CardAsked(attempt=event.ticket, times=event.times),)
        case d.TerminalNotCharged():
            return (e.CardNotCharged(attempt=event.ticket, evidence=event.evidence),)
        case d.TerminalUnknown():
            return (e.CardUnknown(attempt=event.ticket, evidence=event.evidence),)
        case d.TerminalReversed():
            return (e.CardReversed(attempt=event.ticket, done=event.done, evidence=event.evidence),)
        case _:
            return ()


def _record(record: d.TerminalRecord) -> e.CardRecord:
    return e.CardRecord(
        amount=Money(record.amount_minor),
        terminal=record.terminal_id,
        receipt=record.receipt,
        trace=record.trace,
        scheme=record.card_name,
        masked=record.pan,
        authorization=record.authorization,
        date=record.date,
        time=record.time,
        result=record.result,
    )
