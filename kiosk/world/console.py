"""Console: what staff want of a lane from the back room, by the phrases that stories use for it."""

from typing import Any

from kiosk.world.expectations import Missed
from kiosk.world.stage import Stage
from kiosk.world.story import Grammar

CONSOLE = Grammar()
_PEOPLE = {"Anna": "u1", "Bo": "u2", "Eva": "u3", "nobody": "u9"}


@CONSOLE.says("{who} at the console approves {reason}", kind="approve")
@CONSOLE.says("{who} at the console denies {reason}", kind="deny")
def about(stage: Stage, who: str, reason: str, kind: str) -> None:
    """An intervention of the lane, by its reason."""
    _order(stage, kind, who, {"reason": reason})


@CONSOLE.says("{who} at the console opens the lane", kind="open")
@CONSOLE.says("{who} at the console closes the lane", kind="close")
@CONSOLE.says("{who} at the console opens the drawer", kind="drawer")
@CONSOLE.says("{who} at the console begins training", kind="training")
def plain(stage: Stage, who: str, kind: str) -> None:
    """What needs no more words."""
    _order(stage, kind, who, {})


@CONSOLE.says("{who} at the console pauses the lane for {count} minutes")
def pause(stage: Stage, who: str, count: int) -> None:
    """The lane opens by itself."""
    _order(stage, "pause", who, {"minutes": count})


@CONSOLE.says("{who} at the console says {text}")
def say(stage: Stage, who: str, text: str) -> None:
    """A sentence for the shopper."""
    _order(stage, "message", who, {"text": text})


def _order(stage: Stage, kind: str, who: str, data: dict[str, Any]) -> None:
    def tell() -> None:
        for topic, payload in stage.office.order(stage.shop.facts.till, kind, _PEOPLE[who], data):
            stage.shop.wire.tell(topic, payload)

    stage.act(tell)


@CONSOLE.says("the console hears done", state="done")
@CONSOLE.says("the console hears nothing", state="waiting")
@CONSOLE.says("the console hears {text}", state="refused")
def hears(stage: Stage, state: str, text: str = "") -> None:
    """What became of the last command."""
    found = stage.office.last_order(stage.shop.facts.till)
    if (found.state, found.why if text else "") != (state, text):
        raise Missed(f"the console hears: {found.state} {found.why}")
