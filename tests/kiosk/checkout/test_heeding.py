"""Who was asked by ear to look and has not is asked once more; a card that was left behind is called out."""

from shopping import BREAD, Checkout

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.settings import Settings


def cues(shop: Checkout) -> list[str]:
    return [beep.cue for beep in shop.of(f.Beep)]


def at_the_terminal(step: str = "card") -> Checkout:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.PayPressed())
    payment = shop.state.payment
    assert payment is not None
    shop.tell(e.CardReady(attempt=payment.attempt, baseline="{}"))
    shop.effects.clear()
    if step == "card":
        return shop
    text = e.CardText(attempt=payment.attempt, text="x", step=step, can_cancel=False)  # type: ignore[arg-type]  # a step
    return shop.tell(text)


def test_attention_is_heard_again_after_fifteen_seconds_and_then_it_is_silent() -> None:
    shop = at_the_terminal("pin")
    assert cues(shop) == ["attention"]
    assert cues(shop.wait(14_999)) == ["attention"]
    assert cues(shop.wait(1)) == ["attention"] * 2
    assert cues(shop.wait(45_000)) == ["attention"] * 2


def test_who_asked_for_calm_hears_it_once() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.SettingsChosen(settings=Settings(calm=True)), e.PayPressed())
    assert shop.of(f.Beep)[-1] == f.Beep("attention", calm=True)
    heard = cues(shop)
    assert cues(shop.wait(45_000)) == heard


def test_the_next_step_begins_anew() -> None:
    shop = at_the_terminal("pin").wait(10_000)
    assert shop.state.payment is not None
    shop.tell(e.CardText(attempt=shop.state.payment.attempt, text="x", step="bank", can_cancel=False))
    assert cues(shop.wait(60_000)) == ["attention"] * 2, "while the bank is asked there is nothing to do"


def test_a_card_in_the_terminal_is_called_out_every_three_seconds_until_it_is_taken() -> None:
    shop = at_the_terminal("remove")
    assert cues(shop) == ["attention"]
    assert cues(shop.wait(9_000)) == ["attention"] * 4
    assert shop.state.payment is not None
    shop.tell(e.CardText(attempt=shop.state.payment.attempt, text="x", step="done", can_cancel=False))
    heard = cues(shop)
    assert cues(shop.wait(30_000)) == heard


def test_a_call_for_staff_is_heard_once() -> None:
    shop = Checkout().tell(e.ItemFound(item=BREAD), e.HelpCalled())
    heard = cues(shop)
    assert heard[-1] == "attention"
    assert cues(shop.wait(60_000)) == heard


def test_a_restart_calls_nobody() -> None:
    shop = at_the_terminal("remove").tell(e.Restarted(lane=Checkout().state.lane))
    assert shop.state.prompted_tick is None


def test_a_loudspeaker_that_is_away_is_told_and_calls_nobody() -> None:
    shop = Checkout().tell(e.DeviceLost(device="speaker", why="No sound: pulled out."))
    assert shop.state.devices.lost["speaker"][0] == "No sound: pulled out."
    assert shop.state.interventions == ()
    told = shop.of(f.PublishEvent)[-1]
    assert (told.kind, told.data["device"]) == ("device.lost", "speaker")
    shop.tell(e.DeviceFound(device="speaker"))
    assert shop.state.devices.lost == {}
    assert shop.of(f.PublishEvent)[-1].kind == "device.found"
