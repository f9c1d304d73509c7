"""Visit: how one begins and ends. From the first touch or scan to goodbye; the next starts from a clean slate.

What outlives a visit: parked baskets, receipts not yet on paper, reversals, and the calls for staff that are about the
machine and not about the shopper.
"""

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from kiosk.checkout import timekeeping
from kiosk.checkout.basket import EMPTY, Basket, Taken
from kiosk.checkout.effects import (
    Effect,
    PrintBasketSlip,
    PublishEvent,
    PublishSale,
    PublishStock,
    RecordSale,
    ReverseCard,
    SignSale,
)
from kiosk.checkout.notice import Intervention
from kiosk.checkout.payment import Owed, Payout, Reversal
from kiosk.checkout.pricing import count_items, discounts, due, line_amount, line_deposit, totals
from kiosk.checkout.questions import is_of_a_visit
from kiosk.checkout.sale import (
    CardLoad,
    Chain,
    ClearedIntervention,
    Donation,
    FiscalMark,
    Sale,
    SaleLine,
    Tender,
    Totals,
    seal,
    short_code,
)
from kiosk.checkout.settings import Settings
from kiosk.checkout.signing import SIGNED_KINDS, Signing, Unsigned, unsigned
from kiosk.checkout.state import Parked, Phase, State
from kiosk.checkout.tuning import first_language
from kiosk.values.moment import Moment, rfc3339
from kiosk.values.money import ZERO, Money

Step = tuple[State, tuple[Effect, ...]]

_OF_THE_SHOPPER = ("age", "help", "bank", "bag", "cash", "external", "signature", "item", "audit")
_ATTEMPTS_REMEMBERED = 16
HELD_TENDERS = ("gift_card", "voucher")
"""What the store holds under the tender's id until the sale names it, or the hold is released."""


def begin(state: State, at: Moment) -> State:
    """Scanning begins, with whatever basket there is."""
    basket = state.basket
    if not basket.started_utc_ms:
        basket = replace(basket, started_utc_ms=at.utc_ms)
    return served(replace(state, phase=Phase.SCANNING, basket=basket))


def served(state: State) -> State:
    """The basket knows who serves it, if somebody does."""
    if not state.assisted or state.staff is None or state.basket.served_by == state.staff.id:
        return state
    return replace(state, basket=replace(state.basket, served_by=state.staff.id))


def first_settings(state: State) -> Settings:
    """What a visit begins with: the shop's, and the voice wherever headphones are in."""
    usual = state.lane.settings
    return replace(usual, voice=True) if state.devices.headphones else usual


def end(state: State) -> State:
    """Everything of the shopper is forgotten: the next one finds the shop's defaults."""
    closing = state.close_after
    return replace(
        state,
        phase=Phase.CLOSED if closing else Phase.WELCOME,
        closed="staff" if closing else "",
        close_after=False,
        language=first_language(state.lane.languages, state.tuning),
        basket=EMPTY,
        prompt="",
        notice=None,
        weighing=None,
        held=None,
        look=None,
        price_check=None,
        warned_tick=None,
        more_time=False,
        settings=first_settings(state),
        payment=None,
        sale=None,
        slips=(),
        receipt="",
        gift_receipt=False,
        refund=None,
        topping=None,
        standing="",
        sign_up="",
        told=(),
        asked=tuple(replace(asked, over=is_of_a_visit(asked.question)) for asked in state.asked),
        interventions=tuple(i for i in state.interventions if i.reason not in _OF_THE_SHOPPER),
    )


def sign_off(state: State) -> State:
    """Whoever was signed in is so no more, and what waited for a second person is dropped."""
    return replace(state, staff=None, badge=None, approval=None, assisted=False)


def call_staff(state: State, reason: str, at: Moment, detail: str = "") -> State:
    """Open an intervention, once per reason and detail; a call for help once, whatever it is about."""
    if any(i.reason == reason and (i.detail == detail or reason == "help") for i in state.interventions):
        return state
    call = Intervention(
        reason=reason,  # type: ignore[arg-type]  # the callers write the literals
        opened_utc_ms=at.utc_ms,
        since_tick=at.tick_ms,
        reminded_tick=at.tick_ms,
        detail=detail,
    )
    return replace(state, interventions=(*state.interventions, call))


def park(state: State, at: Moment, *, somebody: bool = True) -> Step:
    """Suspend the basket under a code and free the lane. It is never handed to the next shopper.

    `somebody`: stands there to take the slip; one that lies about is anybody's.
    """
    code = short_code("basket", state.lane.till, str(state.parkings), state.chain)
    until_tick = at.tick_ms + state.lane.time_outs.parked_ms
    kept = Parked(code, state.basket, until_tick, parked_utc_ms=at.utc_ms)
    state = replace(state, parked=(*state.parked, kept), parkings=state.parkings + 1, looked_tick=None)
    state = call_staff(end(state), "recall", at, code)
    report = PublishEvent("basket.parked", {"code": code, "items": len(kept.basket.lines)})
    if not state.lane.parking.slip or not somebody:
        return state, (report,)
    job = f"{state.lane.till}:basket:{code}"
    return state, (report, PrintBasketSlip(job, code, count_items(kept.basket), due(kept.basket)))


def void(state: State, basket: Basket, at: Moment) -> Step:
    """Give back what was paid of it, and seal an abandoned or emptied basket as kind `void`, if anything was in it."""
    state, effects = give_back(state, basket.taken, at)
    if not basket.goods:
        return state, effects
    state, more = seal_basket(state, basket, "void", (), at)
    return state, (*effects, *more)


def give_back(state: State, tenders: tuple[Taken, ...], at: Moment) -> Step:
    """Tenders that pay for nothing go back the way they came: a charge by reversal, cash out of the machine or the
    hands of staff.

    A charge that is known from staff alone has no record to reverse it with: they give it back on the terminal.
    """
    effects: list[Effect] = []
    for taken in tenders:
        tender = taken.tender
        report = {"kind": tender.kind, "attempt": tender.attempt, "amount_minor": tender.amount_minor}
        effects.append(PublishEvent("tender.cancelled", report))
        if taken.record is not None:
            state = replace(state, reversals=(*state.reversals, Reversal(tender.attempt, taken.record)))
            effects.append(ReverseCard(tender.attempt, taken.record))
        elif tender.kind in HELD_TENDERS:
            effects.append(PublishEvent("hold.released", {"id": tender.attempt}))
            state = replace(state, slips_seen=tuple(s for s in state.slips_seen if s.attempt != tender.attempt))
        elif tender.kind != "cash":
            known = tender.evidence or tender.reference or "no record"
            by_hand = Reversal(tender.attempt, None, known, Money(tender.amount_minor))
            state = replace(state, reversals=(*state.reversals, by_hand))
            state = call_staff(state, "reversal", at, tender.attempt)
        elif taken.machine:
            back = Payout(f"{tender.attempt}:back", Money(tender.amount_minor), "back")
            state = replace(state, payouts=(*state.payouts, back))
        else:
            state = replace(state, owed=(*state.owed, Owed(tender.attempt, Money(tender.amount_minor))))
            state = call_staff(state, "payback", at, tender.attempt)
    return state, tuple(effects)


def seal_basket(
    state: State, basket: Basket, kind: str, tenders: tuple[Tender, ...], at: Moment, rounding: Money = ZERO
) -> Step:
    """Make the record of this basket, and order it kept and reported; what must be signed is signed before."""
    sums = totals(basket)
    draft = Sale(
        store=state.lane.store,
        till=state.lane.till,
        business_day=timekeeping.business_day(state, at),
        sequence=state.sequence,
        kind=kind,  # type: ignore[arg-type]  # "sale" or "void"
        training=state.training is not None,
        started=rfc3339(basket.started_utc_ms),
        sealed=rfc3339(at.utc_ms),
        currency=state.lane.currency,
        language=state.language or state.lane.languages[0],
        price_book=state.price_book,
        customer=basket.customer or None,
        lines=sale_lines(basket, state.language),
        totals=Totals(
            goods_minor=sums.goods.minor,
            deposit_minor=sums.deposit.minor,
            rounding_minor=rounding.minor,
            due_minor=(sums.due + rounding).minor,
            tax=sums.tax,
            added_tax_minor=UNSET if sums.added_tax is None else sums.added_tax.minor,
        ),
        tenders=tenders,
        interventions=cleared_notes(basket),
        chain=Chain(previous=state.chain),
        served_by=basket.served_by or UNSET,
        lot=UNSET if basket.lot is None else basket.lot,
        donation=_gift(basket) if kind == "sale" else UNSET,
        loads=_loads(basket) if kind == "sale" else UNSET,
    )
    return seal_draft(state, draft, at)


def _gift(basket: Basket) -> Donation | UnsetType:
    return basket.donation if basket.donation is not None and basket.donation.amount_minor else UNSET


def _loads(basket: Basket) -> tuple[CardLoad, ...] | UnsetType:
    return tuple(CardLoad(line.load, line.item.batch, line.item.price.minor) for line in basket.loads) or UNSET


def seal_draft(state: State, draft: Sale, at: Moment) -> Step:
    """Give the record its place in the row of sales, and seal it; what must be signed is signed before."""
    paid = tuple(tender.attempt for tender in draft.tenders)
    state = replace(
        state,
        sequence=state.sequence + 1,
        attempts=0,
        paid_attempts=(*state.paid_attempts, *paid)[-_ATTEMPTS_REMEMBERED:],
    )
    if state.lane.signer and draft.kind in SIGNED_KINDS and not draft.training:
        return _sign(state, draft, at)
    return keep(state, draft)


def _sign(state: State, draft: Sale, at: Moment) -> Step:
    """The first breath of a signed sale. A signer that owes older ones is not asked: that would break its chain."""
    signatures = state.signatures
    request = unsigned(draft, signatures.count + 1, at.utc_ms)
    state = replace(state, sale=draft, signatures=replace(signatures, count=request.number))
    if signatures.owed:
        return seal_unsigned(state, draft, request, "the signer owes older signatures")
    state = replace(state, signing=Signing(draft, request, at.tick_ms))
    return state, (SignSale(request, signatures.last),)


def seal_unsigned(state: State, draft: Sale, request: Unsigned, why: str) -> Step:
    """Seal a sale as an outage: its signature comes later."""
    mark = FiscalMark(state.lane.signer, request.number)
    state, effects = keep(state, replace(draft, fiscal=mark))
    owed = (*state.signatures.owed, request)
    state = replace(state, signing=None, signatures=replace(state.signatures, owed=owed))
    return state, (*effects, PublishEvent("fiscal.outage", {"sale": draft.key, "why": why}))


def keep(state: State, draft: Sale) -> Step:
    """Seal the draft behind the sale before it, and order it kept and reported."""
    segment = state.segment if state.segment > 1 else UNSET
    sale = seal(replace(draft, chain=Chain(previous=state.chain, segment=segment)))
    state = replace(state, chain=sale.chain.hash, sale=sale if sale.kind == "sale" else state.sale)
    return state, (RecordSale(sale), PublishSale(sale), PublishStock(sale))


def sale_lines(basket: Basket, language: str) -> tuple[SaleLine, ...]:
    """The basket's lines as the record has them, numbered from 1."""
    taken = discounts(basket, language)
    return tuple(
        SaleLine(
            line=number,
            gtin=line.item.gtin,
            name=line.item.name_in(language),
            category=line.item.category,
            entry=line.entry,
            count=line.count,
            weight_g=line.weight_g,
            unit_price_minor=line.item.price.minor,
            amount_minor=line_amount(line).minor,
            discounts=taken.get(line.line, ()),
            tax_bp=line.item.tax_bp,
            deposit_minor=line_deposit(line).minor,
            price_book=line.item.price_book,
            age_limit=line.item.age_limit,
            deposit_tax_bp=UNSET if line.item.deposit_tax_bp is None else line.item.deposit_tax_bp,
            priced=line.item.priced or UNSET,
            batch=line.item.batch or UNSET,
            amount_by=UNSET if line.amount is None else "scale",
        )
        for number, line in enumerate(basket.goods, start=1)
    )


def cleared_notes(basket: Basket) -> tuple[ClearedIntervention, ...]:
    """What staff did in this visit, as the record has it."""
    return tuple(
        ClearedIntervention(
            reason=c.reason,
            opened=rfc3339(c.opened_utc_ms),
            cleared=rfc3339(c.cleared_utc_ms),
            by=c.by,
            where=c.where,
            evidence=c.evidence,
        )
        for c in basket.cleared
    )
