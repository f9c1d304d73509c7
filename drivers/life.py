"""Life: how a device is, by one state machine for all of them, from what its driver reports.

    opening     named in the configuration, and not heard of yet
    absent      asked for, and nothing is there: it was never seen since the lane started
    ready       it does what it is there for
    degraded    it does, and somebody should see to it: paper that ends, a scale that wants its zero
    faulty      it answers and cannot do its work: no paper, an open cover, a jam
    recovering  it was there and is lost; its line is tried again (250 ms, doubling up to 5 s: `ports/line`)

A device that is not configured has no life and is no fault. Pure; the driver's back-off is the port's.
"""

from typing import Literal, NamedTuple

from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, PrinterStatus, WeightSeen

Stage = Literal["opening", "absent", "ready", "degraded", "faulty", "recovering"]
Word = Literal["online", "offline", "well", "look", "fault"]

_THERE: tuple[Stage, ...] = ("ready", "degraded", "faulty")
_OF_ITS_WORK: tuple[Word, ...] = ("well", "look", "fault")
TABLE: dict[tuple[Stage, Word], Stage] = {
    **{(stage, "online"): "ready" for stage in ("opening", "absent", "recovering", *_THERE)},
    ("opening", "offline"): "absent",
    ("absent", "offline"): "absent",
    ("recovering", "offline"): "recovering",
    **{(stage, "offline"): "recovering" for stage in _THERE},
    **{(stage, "well"): "ready" for stage in _THERE},
    **{(stage, "look"): "degraded" for stage in _THERE},
    **{(stage, "fault"): "faulty" for stage in _THERE},
    # What it says of its work before it has said that it is there changes nothing.
    **{(stage, word): stage for stage in ("opening", "absent", "recovering") for word in _OF_ITS_WORK},
}


class Life(NamedTuple):
    """`since_ms`: the tick of the last change; `why`: in the driver's words, while something is wrong."""

    stage: Stage = "opening"
    why: str = ""
    since_ms: int = 0

    def after(self, event: HardwareEvent, now_ms: int) -> "Life":
        """What this device's event makes of it."""
        said = _word(event)
        if said is None:
            return self
        word, why = said
        stage = TABLE[self.stage, word]
        if stage not in _THERE and word in _OF_ITS_WORK:
            return self
        if (stage, why) == (self.stage, self.why):
            return self
        return Life(stage, why, self.since_ms if stage == self.stage else now_ms)


def _word(event: HardwareEvent) -> tuple[Word, str] | None:
    match event:
        case DeviceOnline():
            return "online", ""
        case DeviceOffline(why=why):
            return "offline", why
        case PrinterStatus():
            return _of_the_printer(event)
        case WeightSeen(trouble="zero" | "unit" as trouble):
            return "look", trouble
        case WeightSeen(trouble="", grams=int()):
            return "well", ""
    return None


def _of_the_printer(status: PrinterStatus) -> tuple[Word, str]:
    if status.error:
        return "fault", status.error
    if status.cover_open:
        return "fault", "cover open"
    if status.paper == "out":
        return "fault", "no paper"
    return ("look", "paper low") if status.paper == "low" else ("well", "")
