"""11 Card: says what the terminal says. The dark box repeats its text unchanged; title and steps are ours.

Kassa never asks for a PIN. Cancel is offered only while the terminal still takes it.
"""

from typing import NamedTuple

from kiosk.checkout.events import CancelPressed
from kiosk.checkout.payment import Payment
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens.banner import Banner, banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button
from kiosk.ui.screens.practice import practice
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words

_STEPS = ("card", "pin", "bank", "done")
_ROW = Rect(64, 470, 648, 52)
_CIRCLE_PX, _GAP_PX = 52, 12


class _Said(NamedTuple):
    title: str
    text: str


def scene(state: State, view: View, words: Words) -> Scene:
    """The terminal at work."""
    payment = state.payment
    assert payment is not None
    said = _title(payment, words)
    shown = banner(state, view, words)
    return Scene(
        "11-card-progress",
        layout.SIZE,
        "ground",
        (
            *brand(state, words),
            Box(layout.PROMPT, "paper", radius=28),
            *(_under_banner(said, shown, words) if shown else _stage(said)),
            *(practice(Rect(64, 338, 648, 112), state, words) or _display(payment, words)),
            *_progress(_STEPS.index(payment.step) if payment.step in _STEPS else len(_STEPS), words),
            *_cancel(payment, words),
            *utility(state, words),
            *sums(state, words),
            Box(layout.PAY, "primary-soft", radius=24),
            *to_pay(words.say("To pay"), words.money(payment.amount)),
        ),
        title=said.title,
    )


def _stage(said: _Said) -> tuple[Element, ...]:
    return (
        Picture(Rect(30, 118, 300, 200), "svg:terminal"),
        Label(Rect(334, 151, 394, 97), said.title, layout.TITLE, 700, True, max_lines=2, line_height=1.1, valign="top"),
        Label(Rect(334, 259, 394, 72), said.text, layout.BODY, max_lines=2, line_height=1.25, valign="top"),
    )


def _under_banner(said: _Said, shown: Banner, words: Words) -> tuple[Element, ...]:
    """Without the picture: the words keep their size."""
    return (
        *paint(shown, layout.BANNER, words),
        Label(Rect(64, 196, 648, 97), said.title, layout.TITLE, 700, True, max_lines=2, line_height=1.1, valign="top"),
        Label(Rect(64, 296, 648, 36), said.text, layout.BODY, line_height=1.25, valign="top"),
    )


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


def _display(payment: Payment, words: Words) -> tuple[Element, ...]:
    return (
        Box(Rect(64, 338, 648, 112), "ink", radius=20),
        Label(Rect(88, 352, 600, 34), words.say("The terminal shows"), layout.CAPTION, colour="on-ink2"),
        *_terminals_text(payment.text or "…"),
    )


def _terminals_text(text: str) -> tuple[Element, ...]:
    """All of it: a long one takes two lines of a smaller kind."""
    room = Rect(88, 386, 600, 48)
    if text_width(text, 38, 700) <= room.w:
        return (Label(room, text, 38, 700, colour="primary-soft", plain=True),)
    room = Rect(88, 382, 600, 64)
    return (Label(room, text, 26, 700, colour="primary-soft", max_lines=2, line_height=1.15, plain=True),)


def _progress(at: int, words: Words) -> tuple[Element, ...]:
    names = (words.say("Card"), words.say("PIN"), words.say("Bank"), words.sense("step", "Done"))
    widths = [text_width(name, layout.UTILITY_TEXT, 700 if i == at else 500) for i, name in enumerate(names)]
    taken = sum(widths) + len(names) * (_CIRCLE_PX + _GAP_PX)
    dash = max(8, (_ROW.w - taken) // (len(names) - 1) - 2 * _GAP_PX)
    painted: list[Element] = []
    x = _ROW.x
    for i, name in enumerate(names):
        painted += _step(x, i, at)
        x += _CIRCLE_PX + _GAP_PX
        painted.append(
            Label(Rect(x, _ROW.y, widths[i] + 4, _ROW.h), name, layout.UTILITY_TEXT, 700 if i == at else 500)
        )
        x += widths[i] + _GAP_PX
        if i < len(names) - 1:
            painted.append(Box(Rect(x, _ROW.y + 24, dash, 4), "line"))
            x += dash + _GAP_PX
    return tuple(painted)


def _step(x: int, number: int, at: int) -> tuple[Element, ...]:
    circle = Rect(x, _ROW.y, _CIRCLE_PX, _CIRCLE_PX)
    if number < at:
        return Box(circle, "primary", radius=26), Icon(circle, "check-bold", "on-primary", 32)
    face = ("sun", "ink") if number == at else ("paper", "line")
    ink = "on-sun" if number == at else "ink"
    return (
        Box(circle, face[0], face[1], 3, 26),
        Label(circle, str(number + 1), 24, 700, colour=ink, align="centre", amount=True),
    )


def _cancel(payment: Payment, words: Words) -> tuple[Element, ...]:
    why = (
        ""
        if payment.can_cancel and not payment.cancelling
        else words.say("The terminal is busy. Please wait a moment.")
    )
    return button(Rect(64, 562, 648, 88), CancelPressed(), words.say("Cancel payment"), icon="close", why_not=why)


def to_pay(word: str, figure: str) -> tuple[Element, ...]:
    """The sum, where the Pay button was."""
    room = 416 - text_width(word, layout.BODY, 600) - 16
    return (
        Label(Rect(804, 690, 200, 52), word, layout.BODY, 600),
        Label(
            Rect(804, 686, 416, 60), figure, largest(figure, room, (50, 40, 32)), 800, True, align="end", amount=True
        ),
    )
