"""Whims: any event at all, filled with what this state speaks of, or with nonsense.

An event's fields are filled by their types, so an event that is new in the union takes part without a word here. What
must fit to do any harm (the attempt that is being paid, the question that is open, the load on the scale) is found in
the state by its field's name: half of the time it is that, otherwise something else.
"""

import typing
from collections.abc import Sequence
from datetime import date
from random import Random
from types import UnionType
from typing import Any, Literal, Union

import msgspec
from msgspec import UNSET, UnsetType
from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, WINE, Checkout, record

from kiosk.checkout import carrier_bags
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.item import Item, Label
from kiosk.checkout.lane import AuditRule, BaggingLimits, Charity, DepositRule, Lane, ParkingRule
from kiosk.checkout.payment import Payment
from kiosk.checkout.questions import ANSWER_TO, GiftCardAnswer, GiftCardAsk, LineUnits, Question, SaleAnswer, SaleAsk
from kiosk.checkout.sale import Sale
from kiosk.checkout.scale import Plate
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import to_round_up
from kiosk.values.deposit_slip import DepositSlip
from kiosk.values.money import Money

EVENTS: tuple[type[e.Event], ...] = typing.get_args(e.Event)
BUSY = replace(
    LANE,
    scale=Plate(),
    bagging=BaggingLimits(),
    signer="simulated",
    parking=ParkingRule(slip=True, recall="shopper"),
    tenders=("card", "gift_card", "cash"),
    deposits=DepositRule("signed"),
    charity=Charity("Red Cross", 1_000),
    card_loads=(10_000,),
    slip_begins="KD-",
    audit=AuditRule(rate_permille=100),
    exit_codes=True,
    fitted=("keylock", "door.service", "badge_reader", "gate"),
)
"""A lane that has everything."""

_TOMATOES = replace(BREAD, gtin="4664", name="Tomatoes", sold_by="kg", tare_g=5)
ITEMS: tuple[Item, ...] = (
    BREAD, WATER, WINE, _TOMATOES,
    replace(BREAD, gtin="1", name="Free", price=Money(0)),
    replace(BREAD, gtin="2", name="Dear", price=Money(99_999_999)),
    replace(BREAD, gtin="3", name="Blocked", blocked=True),
    replace(BREAD, gtin="4", name="Open", price=Money(0), open_price=True),
    replace(BREAD, gtin="5", name="Marked down", short_date="3:20 1:50", weight_g=400),
    replace(BREAD, gtin="6", name="Two of it", max_quantity=2, weight_g=1_000),
    replace(_TOMATOES, gtin="7", name="For the staff", staff_only=True),
)  # fmt: skip
BAGS = (replace(BREAD, gtin="8", name="Paper bag", weight_g=55), replace(BREAD, gtin="9", name="Bag", max_quantity=2))


def _sold() -> tuple[Sale, ...]:
    shop = Checkout().tell(e.ItemFound(item=BREAD, count=3), e.ItemFound(item=WATER)).pay_card()
    sold: Sale = shop.of(f.RecordSale)[-1].sale
    huge = replace(sold, lines=tuple(replace(line, count=10**18) for line in sold.lines))
    return sold, sold, sold, replace(sold, currency="NOK"), replace(sold, kind="void"), replace(sold, lines=()), huge


SALES = _sold()
_LABELS = (None, None, Label(batch="L1"), Label(days_left=0), Label(days_left=-3), Label(recalled=True, batch="L2"))
SLIPS = tuple(
    DepositSlip(f"KD-{day}", 1_200, currency, date(2026, 11, day), f"KD-{day}")
    for day in (1, 23)
    for currency in ("SEK", "EUR")
)
_NUMBERS = (-(10**9), -1, 0, 1, 1, 1, 2, 3, 5, 99, 100, 500, 505, 1_000, 16_000, 10**9, 10**18)
_TEXTS = ("", "?", "0175", "k01-000001-1", "7QF2", "KG-1000001", "scanner", "card_terminal", "scale", "x" * 32)


def whim(chance: Random, state: State, counter: bool = False) -> e.Event:
    """Something that happens, or is said to have happened; at a `counter` goods are taken back all day."""
    if state.training is not None and chance.random() < 0.2:  # or the rest of the history would be practised
        return e.TrainingEnded() if state.staff is not None else _STAFF[0]
    if state.phase is Phase.WELCOME and counter and chance.random() < 0.8:
        return _STAFF[0] if state.staff is None else e.ReturnBegan()
    if chance.random() < (0.95 if state.phase is Phase.RETURNING else 0.6):
        return _fitting(chance, state)
    return _filled(chance, state, chance.choice(EVENTS))


def _fitting(chance: Random, state: State) -> e.Event:
    """What people and devices really say here, so that histories come far."""
    if chance.random() < (0.04 if state.phase is Phase.RETURNING else 0.3):
        return chance.choice((e.TimePassed(), e.StaffSignedOut(), e.LaneOpened(), *_STAFF, *_MENDED))
    answers = [e.QuestionAnswered(id=asked.id, answer=_answer(chance, state, asked.question)) for asked in state.asked]
    said = [*answers, *answers, *_shopper(chance, state)]
    return chance.choice(said) if said else e.TimePassed()


_STAFF = (e.StaffSignedIn(staff="u7", name="Alex", role="manager"), e.AgeApproved(), e.BagAccepted())
_MENDED = (*(e.DeviceFound(device=device) for device in LANE.needs), e.DiskFine(), e.PaperChanged(paper="ok"))


def _shopper(chance: Random, state: State) -> Sequence[e.Event]:
    """At the screen and at the terminal."""
    match state.phase:
        case Phase.WELCOME | Phase.SCANNING:
            on_scale = e.WeightShown(grams=chance.choice((0, 505, 1_000)), stable=True)
            pays = e.PayPressed(bags=BAGS if chance.random() < 0.3 else ())
            if state.topping is not None:
                return (e.CardLoadChosen(amount=Money(10_000)),)
            if state.lane.card_loads and chance.random() < 0.3:
                return (e.GiftCardScanned(number="KG-1000034"),)
            return e.ItemFound(item=chance.choice(ITEMS)), pays, e.PayPressed(), on_scale
        case Phase.PAYING:
            part = e.PartChosen(amount=Money(chance.choice((1, 500, 1_000))))
            if carrier_bags.is_asking(state):
                return (e.BagsChosen(counts=tuple(chance.choice((0, 1, 2)) for _ in state.basket.bags)),)
            return (e.DonationChosen(give=True),) if to_round_up(state) else (e.CardChosen(), e.CardChosen(), part)
        case Phase.RETURNING:
            return _counter(chance, state)
        case Phase.CARD | Phase.DOUBT if state.payment is not None:
            return _terminal(chance, state.payment)
        case Phase.RECEIPT if state.signing is not None:
            number = state.signing.request.number
            return (e.SaleSigned(number=number, date="2026-11-24", time="10:00:00", signature="s", key="1"),)
        case Phase.RECEIPT | Phase.THANKS:
            return e.ReceiptChosen(kind="print"), e.DonePressed()
        case _:
            return ()


def _counter(chance: Random, state: State) -> Sequence[e.Event]:
    """Staff who take goods back, and the terminal that gives money."""
    if state.signing is not None:
        number = state.signing.request.number
        return (e.SaleSigned(number=number, date="2026-11-24", time="10:00:00", signature="s", key="1"),)
    if state.payment is not None:
        attempt, given = state.payment.attempt, record(state.payment.amount.minor)
        return (
            e.CardReady(attempt=attempt, baseline="b"), e.RefundApproved(attempt=attempt, record=given, message=1),
            e.CardRefunded(attempt=attempt, record=given, message=2), e.RefundInDoubt(attempt=attempt, why="cut"),
            e.RefundDeclined(attempt=attempt, why="declined"), e.ReturnConfirmed(cash=chance.random() < 0.3),
        )  # fmt: skip
    one = e.PieceReturned(line=1, count=chance.choice((1, 2)), reason="other", waste=chance.random() < 0.3)
    begun = (e.ReceiptShown(find="k01/1"), e.NoReceipt(), e.ItemFound(item=chance.choice(ITEMS)))
    if state.refund is not None and state.refund.proof == "containers":
        return one, e.ItemFound(item=WATER), e.ReturnConfirmed(slip=chance.random() < 0.5), e.Stored()
    if state.refund is not None and state.refund.stage == "finding" and state.sequence % 3 == 0:
        return (e.EmptiesBegan(classes=(WATER,)),)
    return (*begun[: 1 if state.refund is not None and state.refund.sale is None else 0], *begun[1:2], one, one,
            e.ItemFound(item=BREAD), e.ReturnConfirmed(), e.ReturnConfirmed(), e.Stored())  # fmt: skip


def _terminal(chance: Random, payment: Payment) -> Sequence[e.Event]:
    if payment.stage == "signature":
        return _STAFF[0], e.SignatureChecked(attempt=payment.attempt, right=True)
    charge = replace(record(payment.amount.minor), signature=chance.random() < 0.1)
    return (
        e.CardReady(attempt=payment.attempt, baseline="b"),
        e.CardApproved(attempt=payment.attempt, record=charge, message=1),
        e.CardCompleted(attempt=payment.attempt, record=charge, message=2), e.Stored(),
        e.CardDeclined(attempt=payment.attempt, why="declined", message=3),
    )  # fmt: skip


def _answer(chance: Random, state: State, question: Question) -> Any:
    if isinstance(question, SaleAsk) and chance.random() < 0.8:
        sold = chance.choice(SALES[:3])
        held = tuple(LineUnits(one.line, tuple(range(one.count))) for one in question.take)
        return SaleAnswer(state="ok", sale=sold, held=held)
    if isinstance(question, GiftCardAsk) and not question.hold_minor and chance.random() < 0.8:
        return GiftCardAnswer(state="ok", balance_minor=500, load_minor=question.load_minor)
    return _struct(chance, state, ANSWER_TO[type(question)])


def _filled(chance: Random, state: State, kind: type[e.Event]) -> e.Event:
    event: e.Event = _struct(chance, state, kind)
    if isinstance(event, e.Restarted):
        return replace(event, lane=chance.choice((state.lane, state.lane, LANE, BUSY)), genesis="0" * 64)
    return event


def _struct(chance: Random, state: State, kind: type) -> Any:
    hints = typing.get_type_hints(kind)
    fields = msgspec.structs.fields(kind)
    values = {
        field.name: _value(chance, state, field.name, hints[field.name])
        for field in fields
        if field.name != "at" and (field.required or chance.random() < 0.7)
    }
    return kind(**values)


def _value(chance: Random, state: State, name: str, hint: Any) -> Any:
    known = _known(state, name)
    if known and chance.random() < 0.5:
        return chance.choice(known)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return chance.choice(arguments)
    if origin in (Union, UnionType):
        return _value(chance, state, name, chance.choice(arguments))
    if origin is tuple and len(arguments) > 1 and arguments[1] is not ...:
        return tuple(_value(chance, state, name, each) for each in arguments)
    if origin is tuple:
        return tuple(_value(chance, state, name, arguments[0]) for _ in range(chance.randrange(3)))
    if origin is dict:
        return {}
    return _plain(chance, state, hint)


def _plain(chance: Random, state: State, hint: Any) -> Any:
    pools: dict[Any, Sequence[Any]] = {
        Item: ITEMS, Label: _LABELS[2:], Lane: (state.lane,), int: _NUMBERS, str: _TEXTS, bool: (False, True),
        type(None): (None,), Sale: SALES, UnsetType: (UNSET,), Money: [Money(minor) for minor in _NUMBERS],
        DepositSlip: SLIPS,
    }  # fmt: skip
    return chance.choice(pools[hint]) if hint in pools else _struct(chance, state, hint)


def _known(state: State, name: str) -> list[Any]:
    """What a field of this name would be called after, in this state."""
    payment = state.payment
    known: dict[str, list[Any]] = {
        "attempt": [*_of(payment, "attempt"), *state.paid_attempts, *(each.attempt for each in state.reversals)],
        "record": [record(payment.amount.minor)] if payment else [],
        "id": [asked.id for asked in state.asked],
        "code": [parked.code for parked in state.parked],
        "job": [printing.job for printing in state.printing],
        "line": [line.line for line in state.basket.lines],
        "gross_g": [grams for grams in (state.devices.scale.grams,) if grams is not None],
        "number": [each.number for each in (*_of(state.signing, "request"), *state.signatures.owed)],
        "device": ["scanner", "card_terminal", "scale", "bagging_scale", "pos_printer"],
        "staff": ["u1", "u7"],
        "language": list(state.lane.languages),
    }  # fmt: skip
    return known.get(name, [])


def _of(thing: object, name: str) -> list[Any]:
    return [] if thing is None else [getattr(thing, name)]
