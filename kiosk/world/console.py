"""Console: what staff want of a lane from the back room, by the phrases that stories use for it."""

from typing import Any

from kiosk.wire.codec import decode
from kiosk.wire.messages import ActAsked, LaneState
from kiosk.wire.topics import till_topic
from kiosk.world.expectations import Missed
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar

CONSOLE = Grammar()
_PEOPLE = {"Anna": "u1", "Bo": "u2", "Eva": "u3", "nobody": "u9"}


@CONSOLE.says("{who} at the console approves {reason}", kind="approve")
@CONSOLE.says("{who} at the console denies {reason}", kind="deny")
def about(stage: Stage, who: str, reason: str, kind: str) -> None:
    """An intervention of the lane, by its reason."""
    _order(stage, kind, who, {"reason": reason, "sees": reason == "age" and kind == "approve"})


@CONSOLE.says("{who} at the console lets {whom} do it because {text}", kind="approve")
@CONSOLE.says("{who} at the console does not let {whom} do it because {text}", kind="deny")
def second_person(stage: Stage, who: str, whom: str, text: str, kind: str) -> None:
    """What waits for a second person, as the console was shown it."""
    facts = stage.shop.facts
    said = decode(stage.shop.wire.retained[till_topic(facts.store, facts.till, "state")]).data
    assert isinstance(said, LaneState)
    asked = [need for need in said.staff_needed if need.reason == "approval"]
    if not asked or not isinstance(asked[0].act, ActAsked) or asked[0].act.name != whom:
        raise NotThere(f"the console sees nothing that {whom} asks for")
    _order(stage, kind, who, {"reason": "approval", "detail": asked[0].detail, "text": text})


@CONSOLE.says("{who} at the console opens the lane", kind="open")
@CONSOLE.says("{who} at the console closes the lane", kind="close")
@CONSOLE.says("{who} at the console opens the drawer", kind="drawer")
@CONSOLE.says("{who} at the console is coming", kind="coming")
@CONSOLE.says("{who} at the console begins training", kind="training")
@CONSOLE.says("{who} at the console ends training", kind="training", on=False)
@CONSOLE.says("{who} at the console restarts the lane", kind="restart")
@CONSOLE.says("{who} at the console looks into the basket", kind="basket")
def plain(stage: Stage, who: str, kind: str, on: bool = True) -> None:
    """What needs no more words."""
    _order(stage, kind, who, {} if on else {"on": on})


@CONSOLE.says("{who} at the console sells {text} at {money} because it is {reason}")
def price(stage: Stage, who: str, text: str, money: int, reason: str) -> None:
    """A line of the basket as the console was shown it."""
    basket = stage.office.basket(stage.shop.facts.till)
    found = [one for one in (basket.lines if basket is not None else ()) if one.name == text]
    if basket is None or not found:
        raise NotThere(f"the console sees no {text}")
    which = {"line": found[0].line, "detail": found[0].gtin, "started_utc_ms": basket.started_utc_ms}
    data = {**which, "price_minor": money, "reason": reason}
    _order(stage, "price", who, data)


@CONSOLE.says("the console sees {count} of {text} at {money}")
def sees(stage: Stage, count: int, text: str, money: int) -> None:
    """What a line of the basket costs, as it was shown last."""
    basket = stage.office.basket(stage.shop.facts.till)
    found = [(one.count, one.name, one.amount_minor) for one in (basket.lines if basket is not None else ())]
    if (count, text, money) not in found:
        raise Missed(f"the console sees {found}")


@CONSOLE.says("the console lists {count} possible losses")
@CONSOLE.says("the console lists {count} possible loss")
def possible_losses(stage: Stage, count: int) -> None:
    """What the store thinks may have gone with a machine that was replaced."""
    found = stage.office.losses()
    if len(found) != count:
        raise Missed(f"the store knows of {found}")


@CONSOLE.says("the console lists a possible loss with {text}")
def possible_loss(stage: Stage, text: str) -> None:
    """In its own words."""
    found = stage.office.losses()
    if not any(text in one for one in found):
        raise Missed(f"the store knows of {found}")


@CONSOLE.says("expect the lane started {count} times")
def started(stage: Stage, count: int) -> None:
    """Since the shop opened, the first time included."""
    if stage.lane.starts != count:
        raise Missed(f"it was started {stage.lane.starts} times")


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
