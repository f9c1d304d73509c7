"""Card loading: a gift card is sold or topped up with the shopping. Both are one thing: money is put on a card.

A card that is scanned while shopping tells its balance; where the shop sells them (`[gift_cards]`) the shopper chooses
an amount, and the store is asked to keep a place for it: it knows the card, and the card can bear it. The answer puts a
line into the basket that is no goods: no offer, tax, discount or turnover has part in it (a multi-purpose voucher bears
none, Directive 2006/112/EC, article 30b (2)), but the tenders pay for it, gift cards excepted.

The money is on the card when the *sealed* sale reaches the store, which the outbox sees to, and once, for it goes by
the name of the question. So nothing has to be undone: what is taken out, voided or never paid is only let go, and two
lanes that top up one card do no harm. While the store is away none is sold: nobody could tell whether the card is ours.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.checkout.asking import ask, is_asking, release
from kiosk.checkout.basket import Line
from kiosk.checkout.effects import Beep, Effect
from kiosk.checkout.events import CardLoadChosen
from kiosk.checkout.item import Item
from kiosk.checkout.notice import Notice
from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk, holds
from kiosk.checkout.state import Asked, Phase, State
from kiosk.checkout.visit import Step
from kiosk.values.money import Money

CODE = "gift-card"
"""Stands for the number of a line that is none of the price book's."""


def is_sold(state: State) -> bool:
    """Whether money can be put on a card here and now."""
    return (
        bool(state.lane.card_loads) and state.training is None and state.look is None and state.phase is Phase.SCANNING
    )


def choose(state: State, event: CardLoadChosen) -> Step:
    """So much, if the store keeps a place for it; or rather not."""
    topping = state.topping
    if topping is None or is_asking(state, GiftCardAsk):
        return state, ()
    if event.amount.minor not in state.lane.card_loads:
        return replace(state, topping=None), (Beep("touch"),)
    if len(state.basket.lines) >= state.lane.max_lines:
        return replace(state, topping=None, notice=Notice("full")), (Beep("not-found"),)
    question = GiftCardAsk(number=topping.number, currency=state.lane.currency, load_minor=event.amount.minor)
    return ask(state, question, event.at)


def promised(state: State, asked: Asked, answer: GiftCardAnswer) -> Step:
    """The store keeps a place: it is in the basket. A store of before only tells the balance."""
    assert isinstance(asked.question, GiftCardAsk)
    loose = (release(asked.id),) if holds(answer) else ()
    state = replace(state, topping=None)
    if state.phase is not Phase.SCANNING:
        return state, loose
    if answer.state != "ok" or answer.load_minor != asked.question.load_minor:
        why = "full" if answer.state == "ok" else answer.state
        return replace(state, notice=Notice("gift_card_refused", why)), (*loose, Beep("not-found"))
    basket, digits = state.basket, f"··{asked.question.number[-2:]}"
    item = Item(
        gtin=CODE,
        name=f"Gift card {digits}",
        names={language: f"{name} {digits}" for language, name in state.lane.card_names.items()},
        price=Money(answer.load_minor),
        tax_class="",
        tax_bp=0,
        price_book=state.price_book,
        max_quantity=1,
        batch=digits,
    )
    line = Line(line=basket.next_line, item=item, load=asked.id)
    basket = replace(basket, lines=(*basket.lines, line), next_line=line.line + 1, newest=line.line)
    return replace(state, basket=basket), (Beep("scan-ok"),)


def follow(before: State, after: State) -> State:
    """Whoever scans on or pays does not want to choose an amount any more."""
    if after.topping is None or (after.phase is Phase.SCANNING and after.basket.lines == before.basket.lines):
        return after
    return replace(after, topping=None)


def let_go(before: State, after: State) -> Iterator[Effect]:
    """What the store keeps for a line that is in no basket of the lane any more, and in no sale."""
    if before.basket.lines is after.basket.lines and before.parked is after.parked:
        return
    gone = _kept(before) - _kept(after)
    sale = after.sale if after.sale is not before.sale else None
    sold = {load.hold for load in sale.loads or ()} if sale is not None else set()
    yield from (release(hold) for hold in sorted(gone - sold))


def _kept(state: State) -> set[str]:
    baskets = (state.basket, *(parked.basket for parked in state.parked))
    return {line.load for basket in baskets for line in basket.loads}
