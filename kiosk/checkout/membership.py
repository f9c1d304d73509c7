"""Membership: who shops here, as far as the shop needs it: an id of the store's, groups, points, a standing receipt.

A card counts from the first touch until goodbye. Before the payment it changes the prices of the whole basket, also
of what was scanned already (they are worked out from the basket); once a part is paid, or while an amount is with a
terminal, prices stay; after the payment it only collects points, which a report to the store says. What is kept of a
person on the lane ends with the visit; journal and sale have nothing of it but the store's id. While the store is away
a scanned card is written into the sale as it is, and the store finds its member when it hears of the sale; a number
that was typed cannot be, since it may be somebody's telephone.
"""

from msgspec.structs import replace

from kiosk.checkout import visit
from kiosk.checkout.asking import Unanswered, ask
from kiosk.checkout.basket import Basket
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import MemberCalled
from kiosk.checkout.notice import Notice
from kiosk.checkout.questions import MemberAnswer, MemberAsk
from kiosk.checkout.state import Asked, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

SHOWN_MS = 5_000
"""How long 09 greets, unless a scan comes first."""
BY_CARD = "card:"
"""What a sale says before a card's number when nobody could be asked whose it is."""
_TYPED = "whispered:"


def call(state: State, event: MemberCalled) -> Step:
    """Ask the store who that is."""
    return ask(state, MemberAsk(key=event.key), event.at)


def call_first(state: State, event: MemberCalled) -> Step:
    """The same on the welcome screen: it starts the visit, as every scan does."""
    return call(visit.begin(state, event.at), event)


def told(state: State, asked: Asked, answer: MemberAnswer, at: Moment) -> Step:
    """A member, or a number that is none."""
    if answer.state != "ok":
        return _said(state, Notice("member_unknown"), "not-found")
    if state.phase is Phase.RECEIPT:
        return _claimed(state, answer.member)
    if state.phase not in (Phase.SCANNING, Phase.PAYING):
        return state, ()
    basket = known_as(state.basket, answer.member, answer.groups, answer.points, fixed=bool(state.basket.taken))
    state = replace(state, basket=basket, standing=answer.receipt)
    return _said(state, Notice("member", str(answer.points)), "staff-ok")


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """The store cannot tell now: a scanned card goes into the sale, a typed number does not."""
    assert isinstance(asked.question, MemberAsk)
    key = asked.question.key
    if key.startswith(_TYPED):
        return _said(state, Notice("member_away"), "not-found")
    if state.phase is Phase.RECEIPT:
        return _claimed(state, BY_CARD + key)
    if state.phase not in (Phase.SCANNING, Phase.PAYING):
        return state, ()
    basket = known_as(state.basket, BY_CARD + key, fixed=bool(state.basket.taken))
    state = replace(state, basket=basket, standing="")
    return _said(state, Notice("member_saved"), "staff-ok")


def known_as(basket: Basket, customer: str, groups: tuple[str, ...] = (), points: int = 0, *, fixed: bool) -> Basket:
    """The basket of this customer. `fixed`: prices stay what they are, whoever it was before."""
    if not fixed:
        return replace(basket, customer=customer, groups=groups, points=points, late=False)
    late = basket.late or not basket.customer
    return replace(basket, customer=customer, points=points, late=late)


def _said(state: State, notice: Notice, cue: str) -> Step:
    """In the banner where there is one; on the payment choice the news is seen when the shopper goes back."""
    sound = Beep("staff-ok" if cue == "staff-ok" else "not-found")
    return replace(state, notice=notice) if state.phase is Phase.SCANNING else state, (sound,)


def _claimed(state: State, customer: str) -> Step:
    """After the payment: points for the sale, if it has no member yet."""
    if state.sale is None or state.sale.customer is not None:
        return state, ()
    report = PublishEvent("member.claimed", {"sale": state.sale.key, "customer": customer})
    return state, (Beep("staff-ok"), report)


def shown_due(state: State) -> int | None:
    """When 09 goes back to 02."""
    showing = state.phase is Phase.SCANNING and state.notice is not None and state.notice.kind == "member"
    return state.touched_tick + SHOWN_MS if showing else None


def shown_act(state: State, at: Moment) -> Step:
    """The greeting has been seen."""
    return replace(state, notice=None), ()
