"""Joining: somebody becomes a member at the lane, by agreeing to it.

Membership and marketing are two consents, neither given by silence nor chosen for anybody beforehand (Regulation (EU)
2016/679, article 7 and recital 32): `I agree` is the one, a box that is empty until it is touched is the other. The
store keeps which words were agreed to, when and where. It makes the member, so a lane without it stores nothing and
says so; the lane has only a word that stands for the number or address (`kiosk.app.whispers`).

Before the payment the member's prices follow at once. After it nothing is priced anew: the sale collects points, which
the question itself asks for, so that they come also when the shopper has left before the answer.
"""

from msgspec.structs import replace

from kiosk.checkout.asking import Unanswered, ask
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import SignUpOpened, SignUpPressed
from kiosk.checkout.membership import known_as
from kiosk.checkout.notice import Notice
from kiosk.checkout.questions import SignUpAnswer, SignUpAsk
from kiosk.checkout.state import Asked, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def offered(state: State) -> bool:
    """Whether this shopper can become a member now."""
    if state.phase is Phase.SCANNING:
        return state.lane.sign_up == "before" and not state.basket.customer
    paid = state.phase is Phase.THANKS and state.sale is not None and state.sale.customer is None
    return paid and state.lane.sign_up == "after" and state.sign_up != "done"


def begin(state: State, event: SignUpOpened) -> Step:
    """The page for it is open."""
    return (replace(state, sign_up="begun") if offered(state) else state), ()


def join(state: State, event: SignUpPressed) -> Step:
    """Ask the store to make a member."""
    if not offered(state):
        return state, (Beep("not-found"),)
    question = SignUpAsk(
        contact=event.contact,
        text=event.text,
        language=state.language,
        marketing=event.marketing,
        receipt=event.receipt,
        sale=state.sale.key if state.sale is not None else "",
    )
    return ask(state, question, event.at)


def told(state: State, asked: Asked, answer: SignUpAnswer, at: Moment) -> Step:
    """A new member; or somebody is one already, or must type it again."""
    assert isinstance(asked.question, SignUpAsk)
    match answer.state:
        case "ok":
            return _joined(state, asked.question, answer)
        case "known":
            return _said(state, "joined_already", "points" if answer.member and asked.question.sale else "")
        case "bad":
            return _said(state, "join_bad")
    return _said(state, "join_again")


def _joined(state: State, question: SignUpAsk, answer: SignUpAnswer) -> Step:
    sale = state.sale.key if state.sale is not None else question.sale
    report = PublishEvent("member.joined", {"customer": answer.member, "sale": sale})
    if state.phase in (Phase.SCANNING, Phase.PAYING, Phase.CARD, Phase.DOUBT):
        fixed = state.phase in (Phase.CARD, Phase.DOUBT) or bool(state.basket.taken)
        basket = known_as(state.basket, answer.member, answer.groups, fixed=fixed)
        state = replace(state, basket=basket, standing=question.receipt)
    state, effects = _said(replace(state, sign_up="done"), "joined")
    return state, (*effects, report)


def untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    """The store cannot do it now. Nothing of the person stays here."""
    return _said(state, "join_away")


def _said(state: State, kind: str, detail: str = "") -> Step:
    """In the banner where there is one."""
    sound = Beep("staff-ok" if kind == "joined" else "not-found")
    if state.phase not in (Phase.SCANNING, Phase.THANKS):
        return state, (sound,)
    return replace(state, notice=Notice(kind, detail)), (sound,)  # type: ignore[arg-type]  # the callers write the literals
