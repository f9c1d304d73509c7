"""Keys: what a movement of the keypad means on the screen that is seen. Pure, as `touch` is for fingers.

OK acts when it is let go, on the same control that it was pressed on; held for three seconds it opens the accessibility
panel (20a) instead, and Back held for one second asks to hear the last sentence again. Help held is Call staff held
(`holding`), where that stands on the screen. The ring appears with the first key, at the screen's main action: OK takes
it. A locked button says why as soon as the ring is there.
"""

from typing import Literal, NamedTuple

import msgspec

from kiosk.checkout.events import Event, HelpCalled
from kiosk.ui import focus
from kiosk.ui.holding import HELD_MS, held_says
from kiosk.ui.scene import Button, Scene, buttons
from kiosk.ui.view import Look, OpenPage, SayAgain, ShowWhy, StepVolume, TypeKey

OK_HELD_MS = 3_000
BACK_HELD_MS = 1_000
_ARROWS = ("up", "down", "left", "right")
_VOLUME = {"louder": 1, "softer": -1}


class KeyPressed(msgspec.Struct, frozen=True):
    """A key of the keypad moved; `lost` (of no key): what was held must not act any more."""

    key: str
    way: Literal["down", "up", "lost"]


class Hand(msgspec.Struct, frozen=True):
    """The key that is held, since when, and on which place of the screen it came down."""

    held: str = ""
    since_ms: int = 0
    on: str = ""
    says: Look | None = None
    """What holding it says; None: it only waits to be let go."""
    wait_ms: int = 0

    def deadline_ms(self) -> int | None:
        """The tick at which holding it means something."""
        return None if self.says is None else self.since_ms + self.wait_ms


class Meant(NamedTuple):
    """The hand and the focus after a key, and what is said by it."""

    hand: Hand
    focus: str
    says: tuple[Event | Look, ...] = ()


def feel_key(hand: Hand, moved: KeyPressed, scene: Scene, place: str, back: tuple[str, ...], now_ms: int) -> Meant:
    """Follow one movement. `place` has the focus, empty: no ring is seen; `back` are the names of the ways back."""
    if moved.way == "lost":
        return Meant(Hand(), place)
    if moved.way == "down":
        return _down(moved.key, scene, place, now_ms)
    if moved.key != hand.held:
        return Meant(hand, place)
    if (rested := held(hand, place, now_ms)).says:
        return rested
    if moved.key == "ok" and hand.on == place:
        return Meant(Hand(), place, _says(focus.places(scene).get(place)))
    if moved.key == "help":
        return Meant(Hand(), place, (HelpCalled(),))
    return Meant(Hand(), place, _says(_way_back(scene, back)) if moved.key == "back" else ())


def _down(key: str, scene: Scene, place: str, now_ms: int) -> Meant:
    if key in _ARROWS:
        there = focus.moved(scene, place, key) if place else focus.first(scene)
        return Meant(Hand(), there, _why(scene, there))
    place = place or focus.first(scene)
    if key == "ok":
        return Meant(Hand(key, now_ms, place, OpenPage("settings"), OK_HELD_MS), place)
    if key == "back":
        return Meant(Hand(key, now_ms, "", SayAgain(), BACK_HELD_MS), place)
    if key == "help":
        door = next((says for button in buttons(scene) if (says := held_says(button))), None)
        return Meant(Hand(key, now_ms, "", door, HELD_MS), place)
    if key in _VOLUME:
        return Meant(Hand(), place, (StepVolume(_VOLUME[key]),))
    types = any(isinstance(button.says, TypeKey) for button in buttons(scene))
    return Meant(Hand(), place, (TypeKey(key),) if types else ())


def held(hand: Hand, place: str, now_ms: int) -> Meant:
    """What a key says that has been held long enough; it says nothing more when it is let go."""
    due = hand.deadline_ms()
    if hand.says is None or due is None or due > now_ms:
        return Meant(hand, place)
    return Meant(Hand(), place, (hand.says,))


def is_looking(moved: KeyPressed, hand: Hand) -> bool:
    """Whether a key that said nothing only looks about: an arrow, OK on its way, Back that is still held or was."""
    if moved.way != "down" and moved.key == "back":
        return hand.held != "back"
    return moved.way == "lost" or moved.key in (*_ARROWS, "ok", "back", "help")


def _way_back(scene: Scene, names: tuple[str, ...]) -> Button | None:
    """The one that is called so; of a sheet without a cross, whatever closes it."""
    there = buttons(scene)[::-1]
    named = (button for button in there if button.name in names)
    return next(named, None) or next((button for button in there if button.says == OpenPage("")), None)


def _why(scene: Scene, place: str) -> tuple[Look, ...]:
    button = focus.places(scene).get(place)
    return (ShowWhy(button.why_not),) if button is not None and button.why_not else ()


def _says(button: Button | None) -> tuple[Event | Look, ...]:
    if button is None:
        return ()
    said = ShowWhy(button.why_not) if button.why_not else button.says
    return () if said is None else (said,)
