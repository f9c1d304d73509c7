"""Cleaning: the screen is wiped. Nothing on it can be touched, and a figure says how much longer."""

from kiosk.checkout.cleaning import LASTS_MS
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import office
from kiosk.ui.scene import Button, Element, Label, Rect, Ring, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.told import told
from kiosk.ui.view import View
from kiosk.ui.words import Words

_SECOND_MS = 1_000


def scene(state: State, view: View, words: Words) -> Scene:
    """A ring that empties, what is going on beside or below it, and `not now` where something was scanned."""
    room = office(view)
    px, say, screen = room.px, words.say, layout.inset(room.screen, room.px(48), room.px(48))
    left_ms = max(0, (state.cleaning_tick or 0) + LASTS_MS - view.now_ms)
    seconds = -(-left_ms // _SECOND_MS)
    side = px(320)
    if room.portrait:
        ring = Rect(screen.x + (screen.w - side) // 2, screen.y + px(160), side, side)
        text = Rect(screen.x, layout.below(ring) + px(60), screen.w, px(460))
    else:
        ring = Rect(screen.x + px(20), screen.y + (screen.h - side) // 2, side, side)
        text = Rect(layout.right_of(ring) + px(60), screen.y + px(110), screen.w - ring.w - px(80), screen.h - px(220))
    title, body = say("Wipe away"), say("Screen and scanner are locked. They come back by themselves.")
    shown = banner(state, view, words)
    elements: tuple[Element, ...] = (
        Ring(ring, left_ms * 1_000 // LASTS_MS, "staff", "paper", px(20)),
        Label(ring, words.number(seconds), room.font(104), 800, True, "staff", "centre", amount=True),
        *told(text, title, body, room, align="centre" if room.portrait else "start"),
    )
    if shown is not None:
        place = Rect(screen.x, layout.below(screen) - px(100), screen.w, px(100))
        noted = paint(shown, place, words, room)
        elements = (*elements, *(element for element in noted if not isinstance(element, Button)))
    return Scene("19-cleaning", room.panel.size, "staff-ground", elements, title=title)
