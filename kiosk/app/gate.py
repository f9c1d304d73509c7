"""Gate: hardware events become shopping events. The one translator between the two vocabularies, inwards.

A driver says `Scanned(text)`, the checkout hears `ItemFound(item)`: what lies between, the code, the price book and the
tax of the day, is `finding`'s. Nothing else in the house knows both sides.
"""

import re
from collections.abc import Callable
from datetime import tzinfo
from typing import Literal

from drivers import events as d
from kiosk.app.codes import USUAL, Codes
from kiosk.app.finding import Finder, Prices
from kiosk.app.slip_keys import NO_KEYS, SlipKeys
from kiosk.checkout import events as e
from kiosk.checkout.bagging import DEVICE as BAGGING_SCALE
from kiosk.checkout.item import Item
from kiosk.checkout.jurisdiction import Pack
from kiosk.checkout.meter import Meter
from kiosk.checkout.questions import ItemAnswer, ItemAsk
from kiosk.checkout.sale import Sale
from kiosk.checkout.scale import SCALE, Priced
from kiosk.ui.keys import KeyPressed
from kiosk.ui.touch import OnPanel
from kiosk.values.moment import Moment
from kiosk.values.money import Money
from kiosk.values.quantity import Weight
from kiosk.wire.asking import ItemRow

CARD_TERMINAL = "card_terminal"
EXIT_READER = "scanner.exit"
"""The scanner at the exit gate, by its name in the configuration: what it reads is an exit code and nothing else."""
CODE_LONGEST = 40


class Gate:
    """Translates one lane's hardware."""

    def __init__(
        self,
        prices: Prices,
        pack: Pack,
        zone: tzinfo,
        codes: Codes = USUAL,
        slips: SlipKeys = NO_KEYS,
        proved: Callable[[str], Sale | None] | None = None,
    ) -> None:
        """`proved`: the sale that a signed receipt tells of, if this shop has signed it."""
        self._finder = Finder(prices, pack, zone, codes, slips, proved)

    def typed(self, text: str, now: Moment) -> e.Event:
        """A code typed on 04c."""
        return self._finder.typed(text, now)

    def scanned(self, text: str, symbology: str, now: Moment) -> e.Event:
        """A label read by a scanner."""
        return self._finder.scanned(text, symbology, now)

    def picked(self, code: str, now: Moment) -> e.Event:
        """A tile of the picker was touched."""
        return self._finder.picked(code, now)

    def bags(self, codes: tuple[str, ...], now: Moment) -> tuple[Item, ...]:
        """The carrier bags that the shop sells now."""
        return self._finder.bags(codes, now)

    def told(self, question: ItemAsk, said: ItemRow, now: Moment) -> ItemAnswer:
        """The store has answered about a code that the price book does not have."""
        return self._finder.told(question, said, now)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of goods that staff may key a price for: the classes of tax."""
        return self._finder.kinds

    def keyed(self, kind: str, names: dict[str, str], price_minor: int, now: Moment) -> e.Event:
        """Staff keyed a price for a kind of goods."""
        return self._finder.keyed(kind, names, price_minor, now)

    def empties(self, now: Moment) -> e.Event:
        """Staff take back empties: those that have no barcode, as the law has their deposit today."""
        return self._finder.empties(now)

    def pressed(self, event: d.KeyMoved) -> KeyPressed:
        """A key of the keypad: what it means depends on what is seen."""
        return KeyPressed(event.key, event.way)

    def touched(self, event: d.FingerMoved) -> OnPanel:
        """The finger on the touch screen: what it means depends on what is seen."""
        return OnPanel(event.way, event.x, event.y)

    def heard(self, event: d.HardwareEvent, now: Moment) -> tuple[e.Event, ...]:
        """What a hardware event means to the shop; nothing, for some."""
        match event:
            case d.Scanned(device=device, text=text) if device == EXIT_READER:
                return (e.ExitCodeShown(code=text[:CODE_LONGEST]),)
            case d.ScanGarbled(device=device) if device == EXIT_READER:
                return ()
            case d.Scanned():
                return (self.scanned(event.text, event.symbology, now),)
            case d.WeightSeen() if event.device == SCALE:
                return (_on_the_scale(event),)
            case d.ScanGarbled():
                return (e.ItemUnknown(text=""),)
            case d.WeightSeen(device=device) if device == BAGGING_SCALE:
                return _on_the_shelf(event)
            case d.DeviceOnline():
                return (e.DeviceFound(device=event.device),)
            case d.DeviceOffline():
                return (e.DeviceLost(device=event.device, why=event.why),)
            case d.HeadphonesMoved():
                return (e.HeadphonesMoved(plugged=event.plugged),)
            case d.PrinterStatus():
                return (e.PaperChanged(paper=_paper(event)),)
            case d.PrintDone():
                return (e.ReceiptPrinted(job=event.ticket),)
            case d.PrintFailed():
                return (e.ReceiptFailed(job=event.ticket, why=event.why, maybe=event.maybe),)
            case d.DrawerStatus():
                return (e.DrawerMoved(open=event.open),)
            case d.BadgeRead():
                return (self._finder.shown(event.text),)
            case _:
                return _access(event) or _cash(event) or _refund(event) or _terminal(event)


def _on_the_scale(event: d.WeightSeen) -> e.Event:
    said, priced = event.priced, None
    if said is not None:
        priced = Priced(said.unit_price_minor, said.tare_g, said.sales_price_minor)
    return e.WeightShown(grams=event.grams, stable=event.stable, trouble=event.trouble, priced=priced)


def _on_the_shelf(event: d.WeightSeen) -> tuple[e.Event, ...]:
    """Only a weight at rest is believed."""
    if event.grams is None or not event.stable or event.trouble:
        return ()
    return (e.BagWeightSeen(weight=Weight(event.grams)),)


def _paper(status: d.PrinterStatus) -> Literal["ok", "low", "out", "cover_open", "error"]:
    if status.cover_open:
        return "cover_open"
    return "error" if status.error and status.paper != "out" else status.paper


def _access(event: d.HardwareEvent) -> tuple[e.Event, ...]:
    """What tells a person of the house from others; a badge that was read is the finder's."""
    match event:
        case d.BadgeGarbled():
            return (e.BadgeUnknown(),)
        case d.KeylockTurned():
            return (e.KeylockTurned(turned=event.position == "supervisor"),)
        case d.DoorMoved():
            return (e.DoorMoved(door=event.device, open=event.open),)
        case _:
            return ()


def _cash(event: d.HardwareEvent) -> tuple[e.Event, ...]:
    """What a machine that takes cash and pays it out says."""
    match event:
        case d.CashMetered():
            return (e.CashMetered(attempt=event.ticket, meter=_meter(event.meter)),)
        case d.CashOffered():
            return (e.CashOffered(attempt=event.ticket, amount=Money(event.amount_minor)),)
        case d.NoteReturned():
            return (e.NoteReturned(attempt=event.ticket),)
        case d.CashDispensed():
            return (e.CashDispensed(attempt=event.ticket, meter=_meter(event.meter), why=event.why),)
        case d.CashRefused():
            return (e.CashRefused(attempt=event.ticket, why=event.why),)
        case _:
            return ()


def _meter(meter: d.CashMeter) -> Meter:
    return Meter(meter.levels, meter.coins_minor, meter.notes, meter.lost, meter.mark)


def _refund(event: d.HardwareEvent) -> tuple[e.Event, ...]:
    """What the terminal says of money that goes the other way: never to be taken for a charge."""
    match event:
        case d.TerminalApproved(refund=True):
            return (e.RefundApproved(attempt=event.ticket, record=_record(event.record), message=event.message),)
        case d.TerminalCompleted(refund=True):
            return (e.CardRefunded(attempt=event.ticket, record=_record(event.record), message=event.message),)
        case d.TerminalDeclined(refund=True):
            return (e.RefundDeclined(attempt=event.ticket, why=event.why, detail=event.detail, message=event.message),)
        case d.TerminalNotCharged(refund=True):
            return (e.RefundDeclined(attempt=event.ticket, why="not_given", detail=event.evidence),)
        case d.TerminalInDoubt(refund=True):
            return (e.RefundInDoubt(attempt=event.ticket, why=event.why),)
        case d.TerminalUnknown(refund=True):
            return (e.RefundUnknown(attempt=event.ticket, evidence=event.evidence),)
        case _:
            return ()


def _terminal(event: d.HardwareEvent) -> tuple[e.Event, ...]:
    match event:
        case d.TerminalReady():
            return (e.CardReady(attempt=event.ticket, baseline=event.baseline),)
        case d.TerminalRefused():
            return (e.CardRefused(attempt=event.ticket, why=event.why),)
        case d.TerminalText():
            return (e.CardText(attempt=event.ticket, text=event.text, step=event.step, can_cancel=event.can_cancel),)
        case d.TerminalCode():
            return (e.PhoneCodeShown(attempt=event.ticket, code=event.code),)
        case d.TerminalPrint():
            return (e.CardSlip(attempt=event.ticket, slip=event.copy, lines=event.lines, message=event.message),)
        case d.TerminalApproved():
            return (
                e.CardApproved(attempt=event.ticket, record=_record(event.record, event.device), message=event.message),
            )
        case d.TerminalCompleted():
            return (
                e.CardCompleted(
                    attempt=event.ticket, record=_record(event.record, event.device), message=event.message
                ),
            )
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
        case d.TerminalSettled():
            return (_settled(event),)
        case d.TerminalCardLeft():
            return (e.CardLeft(there=event.there),)
        case d.TerminalReversed():
            return (e.CardReversed(attempt=event.ticket, done=event.done, evidence=event.evidence),)
        case _:
            return ()


_SCHEME = re.compile(r"(.+): (\d+), (\d+)")


def _settled(event: d.TerminalSettled) -> e.CardsSettled:
    """Lines are `Visa: 3, 4590`: how many, minor units; of a settlement that was not made they say why."""
    found = [match for line in event.lines if (match := _SCHEME.fullmatch(line))]
    return e.CardsSettled(
        job=event.ticket,
        done=event.done,
        total=Money(event.total_minor),
        schemes=tuple(e.SchemeSum(match[1], int(match[2]), int(match[3])) for match in found),
        why="" if event.done else " ".join(event.lines),
    )


def _record(record: d.TerminalRecord, device: str = CARD_TERMINAL) -> e.CardRecord:
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
        by="" if device == CARD_TERMINAL else device,
        signature=record.signature,
    )
