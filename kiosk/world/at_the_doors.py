"""At the doors: words of stories for staff key, doors, buttons, badge reader and exit gate, and for their mishaps."""

from kiosk.checkout.sale import exit_code
from kiosk.world.stage import Stage
from kiosk.world.story import Grammar

DOORS = Grammar()


@DOORS.says("turn the staff key", closed=True)
@DOORS.says("turn the staff key back", closed=False)
def turn_key(stage: Stage, closed: bool) -> None:
    """In the keylock of this lane."""
    _move(stage, "keylock", closed)


@DOORS.says("open the {name} door", closed=False)
@DOORS.says("shut the {name} door", closed=True)
def move_door(stage: Stage, name: str, closed: bool) -> None:
    """One of the kiosk's own."""
    _move(stage, f"door.{name}", closed)


@DOORS.says("press the {name} button")
def press(stage: Stage, name: str) -> None:
    """For as long as a finger does."""
    _move(stage, f"button.{name}", True)
    _move(stage, f"button.{name}", False)


@DOORS.says("cut the cable of the staff key", cut=True)
@DOORS.says("mend the cable of the staff key", cut=False)
def cut_key(stage: Stage, cut: bool) -> None:
    """Of its contact."""
    _cut(stage, "keylock", cut)


@DOORS.says("cut the cable of the {name} door", cut=True)
@DOORS.says("mend the cable of the {name} door", cut=False)
def cut_door(stage: Stage, name: str, cut: bool) -> None:
    """Of its contact."""
    _cut(stage, f"door.{name}", cut)


@DOORS.says("rattle at the {name} door")
def rattle(stage: Stage, name: str) -> None:
    """Its contact closes and opens, and stands as before."""
    stage.act(lambda: stage.top.fitted.bounce(f"door.{name}", _RATTLES))
    stage.wait(_SEEN_MS)


_RATTLES = 20


def _cut(stage: Stage, name: str, cut: bool) -> None:
    fitted = stage.top.fitted
    stage.act(lambda: fitted.cut(name) if cut else fitted.mend(name))
    stage.wait(_SEEN_MS)


def _move(stage: Stage, name: str, closed: bool) -> None:
    stage.top.fitted.move(name, closed)
    stage.wait(_SEEN_MS)


_SEEN_MS = 500
"""By then a contact that was moved is believed."""


@DOORS.says("hold badge {text} to the reader")
def hold_badge(stage: Stage, text: str) -> None:
    """What it says, before the badge reader."""
    stage.act(lambda: stage.top.fitted.badge_reader.show(text))


@DOORS.says("leave badge {text} at the reader")
def leave_badge(stage: Stage, text: str) -> None:
    """It lies there and is read again and again."""
    stage.act(lambda: stage.top.fitted.badge_reader.hold(text, _RATTLES))


@DOORS.says("the badge reader reads what is no badge")
def misread_badge(stage: Stage) -> None:
    """Bytes that are no text."""
    stage.act(stage.top.fitted.badge_reader.garbage)


@DOORS.says("hold {code} to the exit reader")
def hold_code(stage: Stage, code: str) -> None:
    """A code, at the exit gate."""
    stage.act(lambda: stage.top.fitted.show_code(code))


@DOORS.says("hold the receipt to the exit reader")
def hold_receipt(stage: Stage) -> None:
    """The code of the last sale that this lane has sealed."""
    sale = stage.lane.journal.last_sale()
    assert sale is not None, "nothing was sold yet"
    hold_code(stage, exit_code(sale))


@DOORS.says("expect the exit gate opened {count} times")
def gate_opened(stage: Stage, count: int) -> None:
    """Since the story began."""
    seen = stage.top.fitted.openings
    assert seen == count, f"the exit gate opened {seen} times, not {count}"
