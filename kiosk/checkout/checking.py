"""Checking a price: a mode in which what is scanned or typed is shown and not added, until the shopper leaves it."""

from msgspec.structs import replace

from kiosk.checkout import scanning
from kiosk.checkout.effects import Beep
from kiosk.checkout.events import PriceCheckBought, PriceCheckClosed, PriceCheckOpened
from kiosk.checkout.state import PriceCheck, State
from kiosk.checkout.visit import Step


def begin(state: State, event: PriceCheckOpened) -> Step:
    """Nothing has been shown yet."""
    return replace(state, price_check=PriceCheck(), prompt=""), (Beep("touch"),)


def end(state: State, event: PriceCheckClosed) -> Step:
    """Scans add again."""
    return replace(state, price_check=None), (Beep("touch"),)


def buy(state: State, event: PriceCheckBought) -> Step:
    """What is shown is added after all, as if it were scanned now."""
    shown = state.price_check.found if state.price_check is not None else None
    state = replace(state, price_check=None)
    return scanning.item(state, replace(shown, at=event.at)) if shown is not None else (state, ())
