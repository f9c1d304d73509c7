"""Paying back: the money of a return, one way after the other, and the return sealed when all of it is back.

The pieces are kept by then. What goes onto a gift card the store books with the sealed return; cash is in the books
when the act is on disk, then the drawer opens, once; a card is `card_refund`'s. A way that fails stays: it is tried
again, or a manager pays what is left out of the drawer. When nothing is left and all is on disk (Stored), the return
is sealed, printed, and the lane is free.
"""

from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout import taking_back, timekeeping, visit
from kiosk.checkout.attempt import changed
from kiosk.checkout.brought_back import brought, pieces, ways
from kiosk.checkout.effects import Beep, Effect, OpenDrawer, PrepareCard, PublishEvent, RecordSale
from kiosk.checkout.events import ReturnConfirmed, Stored
from kiosk.checkout.finishing import order
from kiosk.checkout.payment import Payment
from kiosk.checkout.refund import GoneHere, Refund, Way
from kiosk.checkout.sale import Chain, Sale, Tender
from kiosk.checkout.state import Phase, Printing, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment, rfc3339
from kiosk.values.money import ZERO, Money, nearest, total

_REMEMBERED = 99


def start(state: State, at: Moment, in_cash: bool, slip: str = "") -> Step:
    """The pieces are kept: now the money. `slip`: number of the slip that empties are paid with."""
    refund = state.refund
    assert refund is not None
    return go(replace(state, refund=replace(refund, stage="paying", ways=ways(refund, in_cash, slip))), at)


def go_on(state: State, event: ReturnConfirmed) -> Step:
    """After a way that failed: once more, or the rest out of the drawer."""
    refund, staff = state.refund, state.staff
    assert refund is not None and staff is not None
    if not is_stuck(state):
        return state, (Beep("not-found"),)
    if not event.cash:
        return go(replace(state, payment=None), event.at)
    rest = (Way("cash", total(way.amount for way in refund.ways)),)
    state = replace(state, refund=replace(refund, ways=rest), payment=None)
    report = {"by": staff.id, "amount_minor": rest[0].amount.minor}
    state, effects = go(state, event.at)
    return state, (PublishEvent("return.in_cash", report), *effects)


def is_stuck(state: State) -> bool:
    """Whether a way has failed, or none was begun since the power was lost."""
    refund, payment = state.refund, state.payment
    waits = payment is None or payment.stage == "declined"
    return refund is not None and refund.stage == "paying" and waits


def go(state: State, at: Moment) -> Step:
    """The next way, until there is none or one takes its time."""
    effects: tuple[Effect, ...] = ()
    while (refund := state.refund) is not None and refund.ways:
        way = refund.ways[0]
        if way.kind == "cash":
            state, more = _cash(state, refund, way)
            effects = (*effects, *more)
        elif way.kind == "card":
            state, more = _card(state, way, at)
            return state, (*effects, *more)
        else:
            state = replace(state, refund=after(refund, _booked(way)))
    assert refund is not None
    return replace(state, refund=replace(refund, stage="sealing"), payment=None), effects


def _card(state: State, way: Way, at: Moment) -> Step:
    """A new attempt at the terminal (`card_refund`), named like a payment's. Without one it has failed already."""
    name = f"{state.lane.till}-{state.sequence:06d}-{state.attempts + 1}"
    charge = taking_back.charge(state, way)
    payment = Payment(name, way.amount, "preparing", at.tick_ms, can_cancel=True, charge=charge)
    state = replace(state, payment=payment, attempts=state.attempts + 1)
    if "card_terminal" in state.devices.lost:
        return failed(state, "unreachable")
    return state, (Beep("attention"), PrepareCard(name))


def failed(state: State, why: str, evidence: str = "") -> Step:
    """A definite no: nothing was given. Staff try again, or a manager pays it out."""
    calls = tuple(i for i in state.interventions if i.reason != "bank")
    state = changed(state, stage="declined", why=why, evidence=evidence, can_cancel=False)
    return replace(state, interventions=calls), (Beep("declined"),)


def after(refund: Refund, tender: Tender, rounding: Money = ZERO) -> Refund:
    """The return with its next way behind it."""
    tenders = (*refund.tenders, tender)
    return replace(refund, ways=refund.ways[1:], tenders=tenders, rounding=refund.rounding + rounding)


def _booked(way: Way) -> Tender:
    """Onto the gift card or the voucher that it was paid with: the store books it by the id of what it held then. Or
    with a new slip, which the store puts into its books."""
    return Tender(
        way.kind, -way.amount.minor, way.attempt, None, reference=way.reference or UNSET, slip=way.slip or UNSET
    )


def _cash(state: State, refund: Refund, way: Way) -> Step:
    """Out of the drawer, in the coins that there are."""
    staff = state.staff
    amount = nearest(way.amount, state.lane.cash_step_minor)
    name = f"{state.lane.till}-{state.sequence:06d}-back"
    tender = Tender("cash", -amount.minor, name, None)
    state = replace(
        state,
        refund=after(refund, tender, way.amount - amount),
        day=replace(state.day, cash_minor=state.day.cash_minor - amount.minor),
    )
    report = {"by": staff.id if staff is not None else "", "attempt": name, "amount_minor": amount.minor}
    return state, (OpenDrawer(name), PublishEvent("cash.paid_back", report), Beep("staff-ok"))


# --- sealed -----------------------------------------------------------------------------------------------------------


def stored(state: State, event: Stored) -> Step:
    """All of the money is back and on disk."""
    refund = state.refund
    if refund is None or refund.stage != "sealing" or state.signing is not None:
        return state, ()
    found = brought(refund, state.language)
    totals = replace(
        found.totals,
        rounding_minor=refund.rounding.minor,
        due_minor=found.totals.due_minor + refund.rounding.minor,
    )
    sold = refund.sale
    draft = Sale(
        store=state.lane.store,
        till=state.lane.till,
        business_day=timekeeping.business_day(state, event.at),
        sequence=state.sequence,
        kind="return",
        training=state.training is not None,
        started=rfc3339(refund.started_utc_ms),
        sealed=rfc3339(event.at.utc_ms),
        currency=state.lane.currency,
        language=sold.language if sold is not None and sold.language else state.lane.languages[0],
        price_book=state.price_book,
        customer=sold.customer if sold is not None else None,
        lines=found.lines,
        totals=totals,
        tenders=refund.tenders,
        interventions=visit.cleared_notes(state.basket),
        chain=Chain(previous=state.chain),
        served_by=refund.by or UNSET,
    )
    return visit.seal_draft(_remembered(state, refund), draft, event.at)


def _remembered(state: State, refund: Refund) -> State:
    """What came back without the store does not come back here once more."""
    if refund.proof != "signed" or refund.sale is None:
        return state
    here = GoneHere(refund.sale.key, pieces(refund))
    return replace(state, gone_here=(*state.gone_here, here)[-_REMEMBERED:])


def follow(state: State, effects: tuple[Effect, ...]) -> Step:
    """The rule of every step: a return that was sealed is printed, and the lane is free."""
    sealed = next((one.sale for one in effects if isinstance(one, RecordSale) and one.sale.kind == "return"), None)
    if sealed is None or state.phase is not Phase.RETURNING or state.refund is None:
        return state, ()
    job = Printing(f"{sealed.key}:receipt", sealed, "receipt", slips=state.refund.slips)
    jobs = (job, replace(job, job=f"{sealed.key}:shop", what="shop")) if state.lane.return_copy else (job,)
    if any(tender.slip for tender in sealed.tenders):
        jobs = (*jobs, replace(job, job=f"{sealed.key}:slip", what="slip", slips=()))
    state = replace(visit.end(state), printing=(*state.printing, *jobs))
    return state, (*(order(one) for one in jobs), Beep("paid"))
