"""11 Card: says what the terminal says. The dark box repeats its text unchanged; title and steps are ours.

Kassa never asks for a PIN. Cancel is offered only while the terminal still takes it.
"""

from typing import NamedTuple

from kiosk.checkout.events import CancelPressed
from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width, wrap
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button, fits
from kiosk.ui.screens.practice import practice
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.to_pay import to_pay
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

_STEPS = ("card", "pin", "bank", "done")


class _Said(NamedTuple):
    title: str
    text: str


def scene(state: State, view: View, words: Words) -> Scene:
    """The terminal at work. From below: Cancel, the steps, what the terminal shows, and our words above."""
    payment = state.payment
    assert payment is not None
    room = room_in(state, view).prompting
    px, said, shown = room.px, _title(payment, words), banner(state, view, words)
    panel = room.zones.prompt_under_banner if shown else room.zones.prompt
    if room.large and not room.portrait and not shown:
        panel = Rect(panel.x, px(16), panel.w, layout.below(panel) - px(16))
    inner = layout.inset(panel, px(32), 0)
    cancel = Rect(inner.x, layout.below(panel) - px(10) - room.touch(88), inner.w, room.touch(88))
    steps_h = max(px(52), room.lines(26))
    steps = Rect(inner.x, cancel.y - px(40 if not room.large else 14) - steps_h, inner.w, steps_h)
    display_h = max(px(112), room.lines(24) + room.lines(26, 2, 1.15) + px(8))
    display = Rect(inner.x, steps.y - px(20 if not room.large else 10) - display_h, inner.w, display_h)
    stage = Rect(panel.x, panel.y + px(6), panel.w, display.y - px(10) - panel.y - px(6))
    box = practice(display, state, words, room) or _display(display, payment, words, room)
    return Scene(
        "11-card-progress",
        room.panel.size,
        "ground",
        (
            *(() if room.large else brand(state, words, room=room)),
            *(paint(shown, room.zones.banner, words, room) if shown else ()),
            Box(panel, "paper", radius=px(28)),
            *_stage(stage, said, room),
            *box,
            *_progress(steps, _STEPS.index(payment.step) if payment.step in _STEPS else len(_STEPS), words, room),
            *_cancel(cancel, payment, words, room),
            *utility(state, words, room),
            *sums(state, words, room),
            *to_pay(words.say("To pay"), words.money(payment.amount), room),
        ),
        title=said.title,
        aloud=(words.say("Use the keys on the card terminal."),) if payment.step == "pin" else (),
    )


def _stage(place: Rect, said: _Said, room: Room) -> tuple[Element, ...]:
    """The picture and our words beside it; where there is no room for both, the words."""
    px = room.px
    for pictured, title in ((True, layout.TITLE), (False, layout.TITLE), (False, 36), (False, 28)):
        if pictured and (room.large or place.h < px(150)):
            continue
        left = place.x + (px(302) if pictured else px(32))
        wide = layout.right_of(place) - px(16) - left
        title_px, text_px = room.font(title), room.font(layout.BODY)
        title_h = round(len(wrap(said.title, wide, title_px, 700, True)) * title_px * 1.1) + 2
        text_h = round(len(wrap(said.text, wide, text_px)) * text_px * 1.25) + 2
        if title_h + px(8) + text_h <= place.h and fits(said.title, wide, 3, title_px, 700, True):
            break
    if title_h > place.h + px(10):
        return ()  # under a banner, in the largest type: the terminal's own words say it too
    told = title_h + px(8) + text_h <= place.h
    top = place.y + max(0, (place.h - title_h - (px(8) + text_h if told else 0)) // 2)
    high = min(px(200), place.h - px(12))
    return (
        *(
            (Picture(Rect(place.x - 2, place.y + (place.h - high) // 2, px(300), high), "svg:terminal"),)
            if pictured else ()
        ),
        Label(Rect(left, top, wide, title_h), said.title, title_px, 700, True, max_lines=3, line_height=1.1,
              valign="top"),
        *(
            (Label(Rect(left, top + title_h + px(8), wide, text_h), said.text, text_px, max_lines=3,
                   line_height=1.25, valign="top"),)
            if told else ()
        ),
    )  # fmt: skip


def _title(payment: Payment, words: Words) -> _Said:
    say = words.say
    if payment.cancelling:
        return _Said(say("Cancelling the payment"), say("One moment, please."))
    if payment.stage == "preparing":
        return _Said(say("Starting the card terminal"), say("One moment, please."))
    match payment.step:
        case "card":
            return _Said(say("Tap or insert your card"), say("Use the card terminal."))
        case "pin":
            return _Said(say("Type your PIN on the card terminal"), say("Then press the green key."))
        case "bank":
            return _Said(say("Talking to your bank"), say("This takes a few seconds."))
        case "remove":
            return _Said(say("Take your card"), say("It is still in the terminal."))
        case "done":
            return _Said(say("Almost done"), say("One moment, please."))


def _display(place: Rect, payment: Payment, words: Words, room: Room) -> tuple[Element, ...]:
    px, small = room.px, room.font(layout.CAPTION)
    head_h = round(small * 1.35)
    room_h = place.h - head_h - px(16)
    wide = place.w - 2 * px(24)
    head = words.say("The terminal shows")
    shown = payment.text or "…"
    # All of it: a long one takes two lines of a smaller kind.
    size = next((s for s in (38, 32, 26) if text_width(shown, room.font(s), 700) <= wide), 26)
    lines = len(wrap(shown, wide, room.font(size), 700))
    return (
        Box(place, "ink", radius=px(20)),
        *(
            (Label(Rect(place.x + px(24), place.y + px(8), wide, head_h), head, small, colour="on-ink2"),)
            if fits(head, wide, 1, small, 500)
            else ()
        ),
        Label(
            Rect(place.x + px(24), place.y + px(8) + head_h, wide, room_h),
            shown,
            room.font(size),
            700,
            colour="primary-soft",
            max_lines=max(2, lines),
            line_height=1.12,
            plain=True,
        ),
    )


def _progress(place: Rect, at: int, words: Words, room: Room) -> tuple[Element, ...]:
    """Four circles with their words and dashes between them; where the words have no room, the circles alone."""
    px, font = room.px, room.font(layout.UTILITY_TEXT)
    names = (words.say("Card"), words.say("PIN"), words.say("Bank"), words.sense("step", "Done"))
    side, gap = min(place.h, max(px(52), round(font * 1.6))), px(12)
    widths = [text_width(name, font, 700 if i == at else 500) for i, name in enumerate(names)]
    worded = sum(widths) + len(names) * (side + gap) + (len(names) - 1) * (2 * gap + px(8)) <= place.w
    if not worded:
        widths = [widths[i] if i == at else 0 for i in range(len(names))]
    if sum(widths) + len(names) * (side + gap) + (len(names) - 1) * (2 * gap + px(8)) > place.w:
        widths = [0] * len(names)
    taken = sum(width + gap if width else 0 for width in widths) + len(names) * side
    dash = max(px(8), (place.w - taken) // (len(names) - 1) - 2 * gap)
    painted: list[Element] = []
    x, y = place.x, place.y + (place.h - side) // 2
    for i, name in enumerate(names):
        painted += _step(Rect(x, y, side, side), i, at, room)
        x += side + gap
        if widths[i]:
            word = Rect(x, place.y, widths[i] + 4, place.h)
            painted.append(Label(word, name, font, 700 if i == at else 500))
            x += widths[i] + gap
        if i < len(names) - 1:
            painted.append(Box(Rect(x, place.y + place.h // 2 - 2, dash, 4), "line"))
            x += dash + gap
    return tuple(painted)


def _step(circle: Rect, number: int, at: int, room: Room) -> tuple[Element, ...]:
    half = circle.h // 2
    if number < at:
        return Box(circle, "primary", radius=half), Icon(circle, "check-bold", "on-primary", room.icon(32))
    face = ("sun", "ink") if number == at else ("paper", "line")
    ink = "on-sun" if number == at else "ink"
    return (
        Box(circle, face[0], face[1], 3, half),
        Label(circle, str(number + 1), room.font(24), 700, colour=ink, align="centre", amount=True),
    )


def _cancel(place: Rect, payment: Payment, words: Words, room: Room) -> tuple[Element, ...]:
    why = (
        ""
        if payment.can_cancel and not payment.cancelling
        else words.say("The terminal is busy. Please wait a moment.")
    )
    text = words.say("Cancel payment")
    return button(place, CancelPressed(), text, room=room, icon="close", why_not=why)
