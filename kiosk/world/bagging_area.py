"""Bagging area: what people, wind and cables do to the shelf for bags, by the phrases that stories use for it."""

from drivers.scale.simulator import SETTLE_MS, ScaleSimulator
from kiosk.values.moment import rfc3339
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from kiosk.wire.topics import till_topic
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar

BAGGING = Grammar()
_REST_MS = SETTLE_MS + 400
"""Until the bagging scale has said what it shows at rest."""
_BESIDE = "k09"
_BACK_MS = 2_000
"""Until a scale that was plugged in again has been found."""


@BAGGING.says("bag {count} g", sign=1)
@BAGGING.says("take {count} g off the shelf", sign=-1)
@BAGGING.says("the scale drifts {count} g", sign=1)
def bag(stage: Stage, count: int, sign: int) -> None:
    """Put so much on the shelf, and let it come to rest."""
    _load(stage, sign * count)


@BAGGING.says("empty the shelf")
def empty_the_shelf(stage: Stage) -> None:
    """Everything that lies there."""
    _load(stage, -_shelf(stage).load_g)


@BAGGING.says("a gust of {count} g shakes the shelf for {time}")
def gust(stage: Stage, count: int, time: int) -> None:
    """Wind presses on it, or a hand."""
    _load(stage, count, time)
    _load(stage, -count)


@BAGGING.says("the shelf swings", swings=True)
@BAGGING.says("the shelf is still", swings=False)
def swing(stage: Stage, swings: bool) -> None:
    """Somebody leans on it: no reading can be believed."""
    stage.act(lambda: setattr(_shelf(stage), "restless", swings), _REST_MS)


def _load(stage: Stage, grams: int, then_ms: int = _REST_MS) -> None:
    shelf = _shelf(stage)
    stage.act(lambda: shelf.put(shelf.load_g + grams), then_ms)


def _shelf(stage: Stage) -> ScaleSimulator:
    if stage.top.shelf is None:
        raise NotThere("this shop has no bagging scale; begin the story with: shop has a bagging scale")
    return stage.top.shelf


@BAGGING.says("the bagging scales have seen {code} weigh {count} g {times} times")
def other_lanes_have_seen(stage: Stage, code: str, count: int, times: str) -> None:
    """On the lane beside ours; and the store takes it into the price book."""
    store, at = stage.shop.facts.store, rfc3339(stage.clock.now().utc_ms)

    def report() -> None:
        for n in range(1, int(times) + 1):
            message = event_message(store, _BESIDE, n, "bagging.weights", {"seen": [[code, count]]}, at)
            stage.office.hear(till_topic(store, _BESIDE, "event"), encode(message))
        for topic, payload in stage.office.learn_weights():
            stage.shop.wire.tell(topic, payload)

    stage.act(report, _BACK_MS)


@BAGGING.says("unplug the bagging scale", plugged=False)
@BAGGING.says("plug in the bagging scale", plugged=True)
def unplug(stage: Stage, plugged: bool) -> None:
    """Its cable; what lies on it stays."""
    shelf = _shelf(stage)
    stage.act(shelf.plug if plugged else shelf.unplug, _BACK_MS)
