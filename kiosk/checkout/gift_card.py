"""Gift card: what is on one. The store alone knows; a lane that cannot ask says so and takes no card's word for it.

A gift card scanned while shopping tells its balance in the banner. Scanned on the payment choice it pays (11d): the
store *holds* what is left to pay, or what there is, under the question's id; the answer is on disk before it counts as
taken; the sealed sale names the id, and with it the store spends what it holds. Given back, the hold is released. So
a card on two lanes at once is never spent twice, and a lane that dies in between asks again under the same id. Where
gift cards are sold, one that is scanned while shopping can be topped up (`card_loading`); none pays for another.

A voucher of the shop and a slip of the bottle machine are the same thing under another name: bearer paper whose worth
is in the store's books. They are tenders (POSLog: Voucher), so no price and no tax moves: the deposit was charged when
the bottle was sold, and the slip pays it back. (Where deposits bear tax, what was paid back lowers the taxable amount
in the books, by rates in proportion to the sales: in Germany UStAE 10.1 (8).) What a slip is worth beyond the basket
stays on it. None of them is taken while the store is away: only the store can tell whether it was used. A signed slip
may be an exception (`trusting`).
"""

from msgspec.structs import replace

from kiosk.checkout import card_loading, trusting, visit
from kiosk.checkout.asking import Unanswered, ask, is_asking, release
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import GiftCardScanned
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_settling, tender_blocked
from kiosk.checkout.payment import Payment
from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk, holds
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import Asked, Phase, State, Topping
from kiosk.checkout.taking_cash import no_longer_waiting
from kiosk.checkout.tenders import left, loaded, to_take
from kiosk.checkout.visit import Step
from kiosk.values.deposit_slip import DepositSlip
from kiosk.values.moment import Moment
from kiosk.values.money import Money


def balance(state: State, event: GiftCardScanned) -> Step:
    """Ask what is on it."""
    return _asked(state, event, 0)


def balance_first(state: State, event: GiftCardScanned) -> Step:
    """The same on the welcome screen: it starts the visit, as every scan does."""
    return balance(visit.begin(state, event.at), event)


def pay(state: State, event: GiftCardScanned) -> Step:
    """On the payment choice: hold what is left to pay, or what there is on it."""
    blocked = tender_blocked(state, "gift_card")
    if blocked == "store" and event.slip is None:
        return replace(state, notice=Notice("store_away")), (Beep("not-found"),)
    wanted = min(to_take(state), left(state.basket) - loaded(state.basket)).minor
    if wanted <= 0 and state.basket.loads:
        return replace(state, notice=Notice("gift_card_refused", "load")), (Beep("not-found"),)
    taken_here = "gift_card" in state.lane.tenders and blocked in ("", "store") and wanted > 0
    if is_settling(state) or not taken_here or is_asking(state, GiftCardAsk):
        return state, (Beep("not-found"),)
    return _asked(state, event, wanted)


def _asked(state: State, event: GiftCardScanned, hold_minor: int) -> Step:
    slip, currency = event.slip, state.lane.currency
    question = GiftCardAsk(
        number=event.number, currency=currency, hold_minor=hold_minor, slip=slip.code if slip is not None else ""
    )
    return ask(state, question, event.at, because=event if slip is not None else None)


def _paid(state: State, asked: Asked, answer: GiftCardAnswer, at: Moment) -> Step:
    """The store holds it for us: on disk first, then it is taken (`tendering.stored`)."""
    loose = (release(asked.id),) if holds(answer) else ()
    if state.phase is not Phase.PAYING or is_settling(state):
        return state, loose
    if answer.state != "ok":
        return replace(state, notice=Notice("gift_card_refused", answer.state)), (*loose, Beep("not-found"))
    if not 0 < answer.held_minor <= left(state.basket).minor:
        return replace(state, notice=Notice("gift_card", str(answer.balance_minor))), (*loose, Beep("not-found"))
    assert isinstance(asked.question, GiftCardAsk)
    held, slip = Money(answer.held_minor), _slip_of(asked)
    found, ending = held + Money(answer.balance_minor), f"··{asked.question.number[-2:]}"
    if slip is not None and found.minor > slip.amount_minor - trusting.trusted_minor(state, slip):
        return replace(state, notice=Notice("slip_refused", "used")), (*loose, Beep("not-found"))
    state = no_longer_waiting(state)
    kind: TenderKind = "gift_card" if answer.kind == "gift_card" else "voucher"
    payment = Payment(asked.id, held, "completed", at.tick_ms, text=ending, kind=kind, given=found, slip=slip)
    return replace(state, payment=payment), ()


def _slip_of(asked: Asked) -> DepositSlip | None:
    return asked.because.slip if isinstance(asked.because, GiftCardScanned) else None


def told(state: State, asked: Asked, answer: GiftCardAnswer, at: Moment) -> Step:
    """The balance, or why the card is worth nothing."""
    assert isinstance(asked.question, GiftCardAsk)
    if asked.question.hold_minor:
        return _paid(state, asked, answer, at)
    if asked.question.load_minor:
        return card_loading.promised(state, asked, answer)
    loose = (release(asked.id),) if holds(answer) else ()
    if state.phase is not Phase.SCANNING:
        return state, loose
    if answer.state != "ok":
        return replace(state, notice=Notice("gift_card_refused", answer.state)), (*loose, Beep("not-found"))
    if answer.kind == "gift_card" and card_loading.is_sold(state):
        balance = Money(answer.balance_minor)
        return replace(state, topping=Topping(asked.question.number, balance)), (*loose, Beep("scan-ok"))
    notice = Notice("gift_card" if answer.kind == "gift_card" else "voucher", str(answer.balance_minor))
    return replace(state, notice=notice), (*loose, Beep("scan-ok"))


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """Nobody can tell now, unless the slip can."""
    state = replace(state, topping=None)
    if state.phase not in (Phase.SCANNING, Phase.PAYING):
        return state, ()
    slip = _slip_of(asked)
    if slip is None or unanswered.why == "refused":
        return replace(state, notice=Notice("store_away")), (Beep("not-found"),)
    return _on_trust(state, asked, slip, at)


def _on_trust(state: State, asked: Asked, slip: DepositSlip, at: Moment) -> Step:
    """By the shop's rule: like a held one, but the sale names the slip instead of a hold."""
    assert isinstance(asked.question, GiftCardAsk)
    worth, due = Money(slip.amount_minor), to_take(state)
    amount = min(worth, due) if asked.question.hold_minor else worth
    if why := trusting.distrust(state, slip, amount.minor, at):
        return replace(state, notice=Notice("slip_refused", why)), (Beep("not-found"),)
    if not asked.question.hold_minor:
        return replace(state, notice=Notice("voucher", str(slip.amount_minor))), (Beep("scan-ok"),)
    if state.phase is not Phase.PAYING or is_settling(state) or amount.minor <= 0:
        return state, ()
    state = no_longer_waiting(state)
    payment = Payment(
        asked.id,
        amount,
        "completed",
        at.tick_ms,
        text=f"··{slip.number[-2:]}",
        kind="voucher",
        given=worth,
        slip=slip,
        on_trust=True,
    )
    data = {"number": slip.number, "attempt": asked.id, "amount_minor": amount.minor}
    return replace(state, payment=payment), (PublishEvent("deposit_slip.unchecked", data),)
