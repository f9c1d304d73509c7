"""Refunding: staff take goods back at the lane. Which sale, which pieces of it, why, and where to.

The sale is the store's to know: it is asked for it, and before any money moves it is asked to *keep* the pieces, so
that no other lane takes them back too. A return that is given up lets them go. While the store is away a receipt with
this shop's own signature proves what was sold, and goods without a receipt are worth what they cost today: both only
up to the shop's limit and with a manager. Empties need no receipt and have a limit of their own (`containers`). How the
money goes back is `paying_back`'s.

    begin -> show a receipt -> [asked] -> choose -> confirm -> [kept] -> paying_back -> sealed
"""

from msgspec import UNSET
from msgspec.structs import replace

from kiosk.checkout import paying_back, visit
from kiosk.checkout.asking import Unanswered, ask, is_asking, release
from kiosk.checkout.basket import Cleared, Line
from kiosk.checkout.brought_back import how_many, left_of, pieces, worth
from kiosk.checkout.containers import empty_of, prints_slips, slip_number
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import (
    EmptiesBegan,
    ItemFound,
    ItemUnknown,
    NoReceipt,
    PieceReturned,
    ReceiptShown,
    ReturnBegan,
    ReturnConfirmed,
    ReturnDropped,
)
from kiosk.checkout.notice import Notice
from kiosk.checkout.questions import LineUnits, SaleAnswer, SaleAsk, Wanted
from kiosk.checkout.refund import Chosen, Refund, can_be_dropped
from kiosk.checkout.returning import NotInTheSale, returned
from kiosk.checkout.sale import Chain, Sale
from kiosk.checkout.state import Asked, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment
from kiosk.values.money import ZERO

MOST_PIECES = 999
MOST_OF_A_LINE = 9_999
"""A sale with more of one thing is none that a lane has sealed."""
_LATEST_LINES = 99


def begin(state: State, event: ReturnBegan) -> Step:
    """From the welcome screen: nobody's basket is open."""
    staff = state.staff
    if staff is None:
        return state, ()
    refund = Refund(event.at.utc_ms, staff.id)
    state = replace(state, phase=Phase.RETURNING, refund=refund, prompt="", notice=None)
    return state, (Beep("staff-ok"), PublishEvent("return.began", {"by": staff.id}))


def show(state: State, event: ReceiptShown) -> Step:
    """Look the sale up. Only before anything is paid."""
    refund = state.refund
    if state.staff is None or refund is None or not _is_open(refund) or not event.find:
        return state, (Beep("not-found"),)
    if is_asking(state, SaleAsk):
        return state, (Beep("not-found"),)
    state = replace(state, refund=Refund(refund.started_utc_ms, refund.by), notice=None)
    return ask(state, SaleAsk(find=event.find[:400], loads=True), event.at, because=event)


def elsewhere(state: State, event: ReceiptShown) -> Step:
    """A receipt before the scanner while nobody takes goods back: it is no product."""
    return replace(state, notice=Notice("unknown_code")), (Beep("not-found"),)


def without_receipt(state: State, event: NoReceipt) -> Step:
    """The goods are scanned instead."""
    refund = state.refund
    if state.staff is None or refund is None or not _is_open(refund):
        return state, ()
    if not state.lane.staff_limits.unproved_refund_minor:
        return _refused(state, "receipt_needed")
    fresh = Refund(refund.started_utc_ms, refund.by, stage="choosing", proof="none")
    return replace(state, refund=fresh, notice=None), (Beep("touch"),)


def empties(state: State, event: EmptiesBegan) -> Step:
    """Containers are counted by their class, or scanned."""
    refund = state.refund
    if state.staff is None or refund is None or not _is_open(refund) or not state.lane.containers_most_minor:
        return state, (Beep("not-found"),)
    classes = [empty_of(item) for item in event.classes if item.deposit > ZERO][:_LATEST_LINES]
    goods = tuple(Line(number, item, "key", 1) for number, item in enumerate(classes, start=1))
    fresh = Refund(
        refund.started_utc_ms,
        refund.by,
        stage="choosing",
        proof="containers",
        goods=goods,
        chosen=tuple(_chosen_empty(line.line, 0) for line in goods),
    )
    return replace(state, refund=fresh, notice=None), (Beep("touch"),)


def _chosen_empty(line: int, count: int) -> Chosen:
    """Nothing that is sold again: it moves no stock."""
    return Chosen(line, count, "container", waste=True)


def _is_open(refund: Refund) -> bool:
    return refund.stage in ("finding", "choosing")


def _refused(state: State, kind: str, detail: str = "") -> Step:
    return replace(state, notice=Notice(kind, detail)), (Beep("not-found"),)  # type: ignore[arg-type]  # a notice's name


# --- which pieces -----------------------------------------------------------------------------------------------------


def choose(state: State, event: PieceReturned) -> Step:
    """So many of a line. More than are left is refused, and so is what the shop does not take back."""
    refund = state.refund
    if state.staff is None or refund is None or refund.stage != "choosing" or event.count < 0:
        return state, ()
    most = most_of(refund, event.line)
    if most is None:
        return state, ()
    if event.count > most:
        return _refused(state, "come_back_already" if refund.sale is not None else "too_many_back", str(most))
    fresh = Chosen(event.line, event.count, event.reason, event.waste)
    if refund.proof == "containers":
        fresh = _chosen_empty(event.line, event.count)
    others = tuple(one for one in refund.chosen if one.line != event.line)
    chosen = (*others, fresh) if event.count or refund.sale is None else others
    goods = tuple(_counted(line, event) for line in refund.goods)
    return replace(state, refund=replace(refund, chosen=_sorted(chosen), goods=goods), notice=None), (Beep("touch"),)


def most_of(refund: Refund, number: int) -> int | None:
    """How many of this line may come back now; None: there is no such line."""
    if refund.sale is not None:
        return next((left_of(refund, line) for line in refund.sale.lines if line.line == number), None)
    line = next((line for line in refund.goods if line.line == number), None)
    if line is None:
        return None
    return MOST_PIECES if line.weight_g is None else 1


def _counted(line: Line, event: PieceReturned) -> Line:
    return replace(line, count=max(1, event.count)) if line.line == event.line else line


def _sorted(chosen: tuple[Chosen, ...]) -> tuple[Chosen, ...]:
    return tuple(sorted(chosen, key=lambda one: one.line))


def scan(state: State, event: ItemFound) -> Step:
    """Without a receipt: one more of the thing, at the price of today and without any offer; or one more empty."""
    refund = state.refund
    if state.staff is None or refund is None or refund.sale is not None or refund.stage != "choosing":
        return state, (Beep("not-found"),)
    if refund.proof == "containers":
        if event.item.deposit <= ZERO:
            return _refused(state, "no_deposit", event.item.name_in(state.language))
        return _one_more(state, refund, replace(event, item=empty_of(event.item), weight_g=None))
    item = replace(event.item, offers=())
    if item.open_price or (item.sold_by == "kg" and not event.weight_g):
        return _refused(state, "no_price_today", item.name_in(state.language))
    return _one_more(state, refund, replace(event, item=item))


def _one_more(state: State, refund: Refund, event: ItemFound) -> Step:
    item = event.item
    same = next((one for one in refund.goods if one.item == item and event.weight_g is None), None)
    if same is not None:
        was = how_many(refund, same.line)
        again = PieceReturned(line=same.line, count=was.count + 1, reason=was.reason, waste=was.waste, at=event.at)
        return choose(state, again)
    if len(refund.goods) >= _LATEST_LINES:
        return _refused(state, "full")
    number = len(refund.goods) + 1
    line = Line(number, item, event.entry, 1, event.weight_g)
    one = _chosen_empty(number, 1) if refund.proof == "containers" else Chosen(number, 1)
    fresh = replace(refund, goods=(*refund.goods, line), chosen=(*refund.chosen, one))
    return replace(state, refund=fresh, notice=None), (Beep("scan-ok"),)


def unknown(state: State, event: ItemUnknown) -> Step:
    """Nothing that anybody knows."""
    return _refused(state, "unknown_code", event.text)


# --- confirmed --------------------------------------------------------------------------------------------------------


def confirm(state: State, event: ReturnConfirmed) -> Step:
    """The right was asked for before. What the store knows it keeps first; what it cannot be asked for has a limit."""
    refund, staff = state.refund, state.staff
    if staff is None or refund is None:
        return state, ()
    if refund.stage == "paying":
        return paying_back.go_on(state, event)
    if refund.stage != "choosing" or not is_complete(refund):
        return state, (Beep("not-found"),)
    if event.slip and not (refund.proof == "containers" and prints_slips(state)):
        return state, (Beep("not-found"),)
    if why := _too_much(state, refund):
        return _refused(state, why, str(state.lane.containers_most_minor))
    report = {"by": staff.id, "amount_minor": worth(refund).minor, "proof": refund.proof, "cash": event.cash}
    noted = PublishEvent("return.confirmed", report if refund.proof != "containers" else report | _counted_up(refund))
    slip = slip_number(state, refund) if event.slip else ""
    state = _noted(state, refund, event.at)
    if refund.proof == "store":
        assert refund.sale is not None
        take = tuple(Wanted(one.line, one.count) for one in refund.chosen if one.count)
        state = replace(state, refund=replace(refund, stage="taking"), notice=None)
        state, effects = ask(state, SaleAsk(find=refund.sale.key, take=take, loads=True), event.at, because=event)
        return state, (noted, *effects)
    state, effects = paying_back.start(state, event.at, event.cash, slip)
    return state, (noted, *effects)


def _too_much(state: State, refund: Refund) -> str:
    """Why so much is not paid back; empty: it is."""
    minor, lane = worth(refund).minor, state.lane
    if refund.proof == "containers":
        return "too_much_back" if minor > lane.containers_most_minor else ""
    return "too_much_unproved" if refund.proof != "store" and minor > lane.staff_limits.unproved_refund_minor else ""


def _counted_up(refund: Refund) -> dict[str, int]:
    return {"containers": sum(one.count for one in refund.chosen)}


def _noted(state: State, refund: Refund, at: Moment) -> State:
    """Who confirmed it, beside the record."""
    assert state.staff is not None
    note = Cleared("return", refund.started_utc_ms, at.utc_ms, state.staff.id, evidence=refund.proof)
    return replace(state, basket=replace(state.basket, cleared=(*state.basket.cleared, note)))


def _choosing_again(state: State, refund: Refund) -> State:
    """What was confirmed is not done."""
    others = tuple(note for note in state.basket.cleared if note.reason != "return")
    basket = replace(state.basket, cleared=others)
    return replace(state, refund=replace(refund, stage="choosing"), basket=basket)


def is_complete(refund: Refund) -> bool:
    """Whether something is chosen, and every line of it has its reason."""
    chosen = [one for one in refund.chosen if one.count]
    return bool(chosen) and all(one.reason for one in chosen)


def told(state: State, asked: Asked, answer: SaleAnswer, at: Moment) -> Step:
    """What the store knows of the sale, or that it keeps the pieces now."""
    question, refund = asked.question, state.refund
    assert isinstance(question, SaleAsk)
    if question.take:
        return _kept(state, asked, answer, at)
    if refund is None or refund.stage != "finding":
        return state, ()
    if answer.state == "unknown":
        return _refused(state, "receipt_unknown")
    if answer.sale is None or answer.state != "ok" or not _is_sound(state, answer.sale, answer.gone):
        return _refused(state, "receipt_no_sale")
    state = replace(state, refund=_found(refund, answer.sale, answer.gone), notice=None)
    if all(left_of(state.refund, line) == 0 for line in answer.sale.lines if state.refund is not None):
        return replace(state, notice=Notice("come_back_already")), (Beep("not-found"),)
    return state, (Beep("scan-ok"),)


def _is_sound(state: State, sale: Sale, gone: tuple[LineUnits, ...]) -> bool:
    """Whether something can come back of it: a sale of our money whose lines and pieces are what they say."""
    if sale.kind != "sale" or sale.currency != state.lane.currency or not sale.lines:
        return False
    if any(not 0 < line.count <= MOST_OF_A_LINE for line in sale.lines):
        return False
    try:
        returned(sale, [(line.line, tuple(range(line.count))) for line in sale.lines])
        returned(sale, [(one.line, one.units) for one in gone])
    except NotInTheSale:
        return False
    return True


def _found(refund: Refund, sale: Sale, gone: tuple[LineUnits, ...]) -> Refund:
    """Only what a return needs of it."""
    small = replace(sale, interventions=(), fiscal=UNSET, chain=Chain(previous=""))
    return replace(refund, stage="choosing", sale=small, gone=gone)


def _kept(state: State, asked: Asked, answer: SaleAnswer, at: Moment) -> Step:
    refund = state.refund
    if refund is None or refund.sale is None or refund.stage != "taking":
        return state, (release(asked.id),) if answer.held else ()
    ours = answer.sale is not None and answer.sale.key == refund.sale.key
    sound = ours and answer.sale is not None and _is_sound(state, answer.sale, answer.gone)
    refund = replace(refund, gone=answer.gone) if sound else refund
    if answer.state != "ok" or not sound or not _are_ours(refund, answer.held):
        state, effects = _refused(_choosing_again(state, replace(refund, chosen=())), "come_back_already")
        return state, (*((release(asked.id),) if answer.held else ()), *effects)
    kept = replace(refund, held=answer.held, hold=asked.id)
    in_cash = isinstance(asked.because, ReturnConfirmed) and asked.because.cash
    return paying_back.start(replace(state, refund=kept), at, in_cash)


def _are_ours(refund: Refund, held: tuple[LineUnits, ...]) -> bool:
    """Whether the store keeps as many pieces as were asked for, and pieces that there are."""
    assert refund.sale is not None
    counts = {line.line: line.count for line in refund.sale.lines}
    wanted = {one.line: one.count for one in refund.chosen if one.count}
    kept = {one.line: len({unit for unit in one.units if 0 <= unit < counts.get(one.line, 0)}) for one in held}
    return kept == wanted and len(held) == len(wanted)


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """The store is away: a receipt that proves itself is enough for a look, and for what the shop's limit allows."""
    refund, shown = state.refund, asked.because
    if refund is None or refund.stage not in ("finding", "taking"):
        return state, ()
    if refund.stage == "taking":
        return _refused(_choosing_again(state, refund), "store_away")
    proved = shown.proved if isinstance(shown, ReceiptShown) else None
    if proved is None or unanswered.why == "refused" or not state.lane.staff_limits.unproved_refund_minor:
        return _refused(state, "receipt_away")
    gone = tuple(one for here in state.gone_here if here.sale == proved.key for one in here.pieces)
    found = replace(_found(refund, proved, _by_line(gone)), proof="signed")
    return replace(state, refund=found, notice=Notice("receipt_signed")), (Beep("scan-ok"),)


def _by_line(all_: tuple[LineUnits, ...]) -> tuple[LineUnits, ...]:
    units: dict[int, tuple[int, ...]] = {}
    for one in all_:
        units[one.line] = (*units.get(one.line, ()), *one.units)
    return tuple(LineUnits(line, found) for line, found in units.items())


# --- given up ---------------------------------------------------------------------------------------------------------


def drop(state: State, event: ReturnDropped) -> Step:
    """Nothing was paid: the lane is free, and what the store keeps is let go."""
    if state.staff is None or not is_droppable(state):
        return state, (Beep("not-found"),)
    return give_up(state)


def is_droppable(state: State) -> bool:
    """Whether no money is on its way, or back already."""
    payment, refund = state.payment, state.refund
    still = payment is None or payment.stage in ("preparing", "declined")
    return refund is not None and can_be_dropped(refund) and still and state.signing is None


def give_up(state: State) -> Step:
    """End it without a trace but the report."""
    refund = state.refund
    assert refund is not None
    loose = (release(refund.hold),) if refund.hold else ()
    return visit.end(state), (*loose, PublishEvent("return.given_up", {"pieces": len(pieces(refund))}))


def follow(state: State) -> Step:
    """The rule of every step: who took it back is signed in no more, and nothing was paid."""
    if state.phase is not Phase.RETURNING or state.staff is not None or not is_droppable(state):
        return state, ()
    return give_up(state)
