"""Bagging area: what people, wind and cables do to the shelf for bags, by the phrases that stories use for it."""

from drivers.scale.simulator import SETTLE_MS, ScaleSimulator
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar

BAGGING = Grammar()
_REST_MS = SETTLE_MS + 400
"""Until the bagging scale has said what it shows at rest."""
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


@BAGGING.says("unplug the bagging scale", plugged=False)
@BAGGING.says("plug in the bagging scale", plugged=True)
def unplug(stage: Stage, plugged: bool) -> None:
    """Its cable; what lies on it stays."""
    shelf = _shelf(stage)
    stage.act(shelf.plug if plugged else shelf.unplug, _BACK_MS)
