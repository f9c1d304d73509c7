"""Staffed lane: what staff do at a lane that they serve, train at or pause, by the phrases that stories use for it."""

from kiosk.app.audit_proof import proofs_of
from kiosk.checkout.sale import Sale
from kiosk.world.expectations import Missed
from kiosk.world.stage import Stage
from kiosk.world.story import Grammar

STAFFED = Grammar()


@STAFFED.says("staff serve with pin {digits}")
def serve(stage: Stage, digits: str) -> None:
    """The mark, the pad, and the one touch."""
    stage.tap(stage.say("Staff sign-in"))
    stage.type_on_pad(digits, "Sign in")
    stage.tap(stage.say("Serve here"))


@STAFFED.says("staff key {money} as {text}")
def key_price(stage: Stage, money: int, text: str) -> None:
    """On the form for goods without a price: the kind of goods, the price, Sell."""
    stage.tap(text)
    stage.type_on_pad(str(money), "Sell")


@STAFFED.says("expect the lots of {day} proved: {count} visits, {drawn} drawn")
def proved(stage: Stage, day: str, count: int, drawn: str) -> None:
    """By `kiosk audit` from the lane's journal, and by the store from what it was told; both say the same."""
    for proofs in (stage.office.proofs(stage.shop.facts.till), list(proofs_of(stage.lane.journal))):
        found = [(one.is_over, one.visits, str(len(one.drawn)), one.problem) for one in proofs if one.day == day]
        if found != [(True, count, drawn, "")]:
            raise Missed(f"the proof says {found}")


@STAFFED.says("expect served by {who}")
def served_by(stage: Stage, who: str) -> None:
    """The last sale on the lane's disk; `nobody` for self-service."""
    last = _last(stage)
    found = last.served_by or "nobody"
    if found != who:
        raise Missed(f"it was served by {found}")


def _last(stage: Stage) -> Sale:
    return max(stage.promises.sealed.values(), key=lambda sale: sale.sequence)
