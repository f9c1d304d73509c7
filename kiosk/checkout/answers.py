"""Answers: every question to the store, with what its answer means and what the lane does when none comes.

One row a question (`HEARD`): `told` gets the question, its answer and the id under which the store may hold
something; `untold` gets the question and why there is no answer: it is the shop's policy for a store that is away.
Both may come in any phase, and when the visit that asked is long over: then what is held is let go.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from kiosk.checkout import (
    couponing,
    gift_card,
    joining,
    leaving,
    mailing,
    membership,
    parking,
    refunding,
    reprinting,
    unlisted,
)
from kiosk.checkout.asking import Unanswered, given_up, release, take
from kiosk.checkout.events import CopyAsked, QuestionAnswered, QuestionUnanswered
from kiosk.checkout.questions import (
    ANSWER_TO,
    BasketAsk,
    BasketsAsk,
    CouponAsk,
    EmailAsk,
    ExitAsk,
    GiftCardAsk,
    ItemAsk,
    MemberAsk,
    Question,
    SaleAsk,
    SignUpAsk,
    holds,
)
from kiosk.checkout.state import Asked, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment

Told = Callable[[State, Asked, Any, Moment], Step]
Untold = Callable[[State, Asked, Unanswered, Moment], Step]


class Heard(NamedTuple):
    """What one kind of question leads to."""

    told: Told
    untold: Untold


def _sale_told(state: State, asked: Asked, answer: Any, at: Moment) -> Step:
    if isinstance(asked.because, CopyAsked):
        return reprinting.told(state, asked, answer, at)
    return refunding.told(state, asked, answer, at)


def _sale_untold(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    if isinstance(asked.because, CopyAsked):
        return reprinting.untold(state, asked, unanswered, at)
    return refunding.untold(state, asked, unanswered, at)


HEARD: dict[type[Question], Heard] = {
    GiftCardAsk: Heard(gift_card.told, gift_card.untold),
    MemberAsk: Heard(membership.told, membership.untold),
    SignUpAsk: Heard(joining.told, joining.untold),
    CouponAsk: Heard(couponing.told, couponing.untold),
    EmailAsk: Heard(mailing.told, mailing.untold),
    ItemAsk: Heard(unlisted.told, unlisted.untold),
    SaleAsk: Heard(_sale_told, _sale_untold),
    BasketsAsk: Heard(parking.listed, parking.not_listed),
    BasketAsk: Heard(parking.told, parking.untold),
    ExitAsk: Heard(leaving.told, leaving.untold),
}


def answered(state: State, event: QuestionAnswered) -> Step:
    """The store has spoken. An answer that nobody waits for lets go of what it holds."""
    state, asked = take(state, event.id)
    if asked is None or asked.over:
        return state, (release(event.id),) if holds(event.answer) else ()
    if not isinstance(event.answer, ANSWER_TO[type(asked.question)]):
        return _without(state, asked, Unanswered("refused", "the store answers another question"), event.at)
    return HEARD[type(asked.question)].told(state, asked, event.answer, event.at)


def answered_first(state: State, event: QuestionAnswered) -> Step:
    """The same on the welcome screen: a basket that staff wait for begins its visit anew."""
    return answered(state, event)


def answered_after_paying(state: State, event: QuestionAnswered) -> Step:
    """The same; a receipt that is on its way by e-mail is chosen."""
    return answered(state, event)


def unanswered(state: State, event: QuestionUnanswered) -> Step:
    """The store is away or will not answer."""
    state, asked = take(state, event.id)
    if asked is None:
        return state, ()
    return _without(state, asked, Unanswered(event.why, event.detail), event.at)


def silent_due(state: State) -> int | None:
    """When the first open question is given up."""
    return min((asked.until_tick for asked in state.asked), default=None)


def silent_act(state: State, at: Moment) -> Step:
    """Nobody answered in time."""
    oldest = min(state.asked, key=lambda asked: asked.until_tick)
    state, _ = take(state, oldest.id)
    return _without(state, oldest, Unanswered("silent"), at)


def _without(state: State, asked: Asked, unanswered: Unanswered, at: Moment) -> Step:
    if asked.over:
        return state, given_up(asked)
    state, effects = HEARD[type(asked.question)].untold(state, asked, unanswered, at)
    return state, (*given_up(asked), *effects)
