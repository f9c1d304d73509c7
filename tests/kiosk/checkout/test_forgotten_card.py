"""A card that is still in the terminal when all is paid: its owner is called every three seconds, a minute long."""

from kiosk.checkout import events as e
from kiosk.checkout.effects import Beep
from kiosk.checkout.state import Phase
from tests.kiosk.checkout.shopping import BREAD, Checkout, record

CALLS_S, GOODBYE_S = 3, 60


def paid() -> Checkout:
    checkout = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed())
    assert checkout.state.payment is not None
    attempt = checkout.state.payment.attempt
    checkout.tell(e.CardReady(attempt=attempt, baseline=""))
    checkout.tell(e.CardCompleted(attempt=attempt, record=record(3290), message=1), e.Stored())
    return checkout.tell(e.ReceiptChosen(kind="none"))


def calls(checkout: Checkout) -> int:
    return sum(isinstance(effect, Beep) and effect.cue == "attention" for effect in checkout.effects)


def test_it_is_called_out_until_it_is_taken() -> None:
    checkout = paid()
    before = calls(checkout)
    checkout.tell(e.CardLeft(there=True)).wait(4 * CALLS_S * 1_000)
    assert calls(checkout) == before + 5
    checkout.tell(e.CardLeft(there=False)).wait(4 * CALLS_S * 1_000)
    assert calls(checkout) == before + 5 and checkout.state.phase is Phase.THANKS


def test_goodbye_waits_for_it_but_not_for_ever() -> None:
    checkout = paid().tell(e.CardLeft(there=True)).wait((GOODBYE_S - 1) * 1_000)
    assert checkout.state.phase is Phase.THANKS
    assert checkout.wait(2_000).state.phase is Phase.WELCOME


def test_a_restart_knows_of_no_card() -> None:
    checkout = paid().tell(e.CardLeft(there=True))
    assert not checkout.tell(e.Restarted(lane=checkout.state.lane)).state.devices.card_left


def test_while_somebody_pays_a_card_is_where_it_should_be() -> None:
    checkout = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed())
    before = calls(checkout)
    assert calls(checkout.tell(e.CardLeft(there=True))) == before
