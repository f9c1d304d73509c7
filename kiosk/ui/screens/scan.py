"""02 Scanning and 03 Empty basket: the work surface. Last item large, four actions, the slip, Pay.

A name takes two lines on the stage, one on the slip; all of it stands on the line's sheet (08).
"""

from kiosk.checkout.basket import Line
from kiosk.checkout.events import PayPressed
from kiosk.checkout.paying import pay_blocked
from kiosk.checkout.pricing import due, line_total
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.scene import Box, Button, Element, Icon, Label, Mark, Picture, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back, brand
from kiosk.ui.screens.face import action, button
from kiosk.ui.screens.greeting import greeting
from kiosk.ui.screens.slip import basket, how_priced
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_TITLE_LINE_PX = 48


def scene(state: State, view: View, words: Words) -> Scene:
    """02, or 03 while nothing is in the basket."""
    line = newest(state)
    member = state.notice is not None and state.notice.kind == "member"
    greeted = member and not view.why
    shown = None if greeted else banner(state, view, words)
    place = layout.STAGE_UNDER_BANNER if shown else layout.STAGE
    title = line.item.name_in(words.language) if line else words.say("Scan your first item")
    name = "03-empty-basket" if line is None else "02-scanning"
    if shown and shown.icon == "cloud-off-outline":
        name = "18d-offline-still-selling"
    if member:
        name, title = "09-member", words.say("Member card added")
    elements = (
        *brand(state, words),
        *(paint(shown, layout.BANNER, words) if shown else ()),
        *(stage(place, state, words) if not greeted else greeting(state, view, words)),
        *actions(state, words),
        *utility(state, words),
        *basket(state, view, words),
        *pay(state, words),
    )
    return Scene(name, layout.SIZE, "ground", elements, focus=focus(elements, words), title=title)


def stage(place: Rect, state: State, words: Words) -> tuple[Element, ...]:
    """What was added last, or how to begin."""
    line = newest(state)
    return last_item(place, line, words) if line else _how_to(place, words)


def newest(state: State) -> Line | None:
    """The line that the stage shows: the one added last, or else the last one left."""
    lines = state.basket.lines
    return next((line for line in lines if line.line == state.basket.newest), lines[-1] if lines else None)


def focus(elements: tuple[Element, ...], words: Words) -> tuple[str, ...]:
    """Pay, the actions, then the lines from newest to oldest."""
    say = words.say
    lines = tuple(e.name for e in reversed(elements) if isinstance(e, Button) and e.role == "line")
    return (
        say("Pay"),
        say("Item without barcode"),
        say("Type a code"),
        say("Change or remove"),
        say("Member card"),
        *lines,
    )


def picture_of(line: Line) -> str:
    """The price book's picture, or a plain carton."""
    return line.item.picture or "svg:carton"


def last_item(stage: Rect, line: Line, words: Words) -> tuple[Element, ...]:
    """The stage: picture, name, how the price came about, price. It has a small form under a banner (18d)."""
    small = stage.h < 300
    side = stage.h - 56
    plate = Rect(60, stage.y + 28, side, side)
    left = layout.right_of(plate) + 24
    middle = stage.y + stage.h // 2 + (-1 if small else 0)
    room = layout.right_of(stage) - left - 24
    added, price = words.say("Just added"), words.money(line_total(line))
    name = line.item.name_in(words.language)
    two_lines = not small and text_width(name, layout.TITLE, 700, True) > room
    half = _TITLE_LINE_PX // 2 if two_lines else 0
    return (
        Box(stage, "paper", radius=28),
        Box(plate, "primary-soft", radius=24),
        Picture(layout.inset(plate, side * 31 // 264), picture_of(line)),
        Row(
            Rect(left, middle - 107 - half, room, 40),
            (Mark("check-circle", 34, "primary"), Word(added, 28, 600, colour="primary")),
            11,
            "start",
        ),
        Label(
            Rect(left, middle - 64 - half, room, 50 + 2 * half),
            name,
            layout.TITLE,
            700,
            True,
            max_lines=1 + two_lines,
            line_height=1.1,
            plain=True,
        ),
        Label(
            Rect(left, middle - 9 + half, room, 30),
            price_of_one(line, words),
            layout.CAPTION,
            colour="ink2",
            amount=True,
        ),
        Label(
            Rect(left, middle + 33 + half, room, 72),
            price,
            largest(price, room, (layout.DISPLAY, 52, layout.TITLE)),
            800,
            True,
            amount=True,
        ),
    )


def price_of_one(line: Line, words: Words) -> str:
    """`0.395 kg × 39.90 kr/kg`, `2 × 11.90 kr`."""
    return how_priced(line, words, words.money(line.item.price), "/kg")


def _how_to(stage: Rect, words: Words) -> tuple[Element, ...]:
    small = stage.h < 300
    drawing = Rect(60, stage.y + 47, 340, 227) if not small else Rect(60, stage.y + 24, 270, 180)
    top = stage.y + (51 if not small else 12)
    return (
        Box(stage, "paper", radius=28),
        Picture(drawing, "svg:scan"),
        Label(
            Rect(424, top, 304, 102),
            words.say("Scan your first item"),
            layout.TITLE,
            700,
            True,
            max_lines=2,
            line_height=1.1,
            valign="top",
        ),
        Label(
            Rect(424, top + 112, 284, 106),
            words.say("Hold the barcode over the glass. You will hear a beep."),
            layout.BODY if not small else 24,
            max_lines=3,
            line_height=1.25,
            valign="top",
        ),
    )


def actions(state: State, words: Words) -> tuple[Element, ...]:
    """The four actions below the stage."""
    one, two, three, four = (
        Rect(32, 444, 348, 100),
        Rect(396, 444, 348, 100),
        Rect(32, 564, 348, 100),
        Rect(396, 564, 348, 100),
    )
    say = words.say
    nothing = "" if state.basket.lines else say("There is nothing to change yet. Scan something first.")
    return (
        *action(one, OpenPage("picker"), say("Item without barcode"), "fruit-cherries"),
        *action(two, OpenPage("code"), say("Type a code"), "dialpad"),
        *action(three, OpenPage("lines"), say("Change or remove"), "pencil-outline", why_not=nothing),
        *action(four, OpenPage("member"), say("Member card"), "card-account-details-star-outline"),
    )


def pay(state: State, words: Words, *, meanwhile: str = "") -> tuple[Element, ...]:
    """The one green thing; locked with its reason while it waits. `meanwhile`: why a page comes first."""
    why = {
        "": meanwhile,
        "empty": words.say("Scan something first."),
        "weighing": words.say("Finish weighing first, or go back."),
        "age": words.say("Our staff check your age first. You can keep scanning."),
        "bag": words.say("First your shelf and your basket should match. Look at the left side of the screen."),
        "value": words.say("This checkout does not take so much at once. Please go to a staffed checkout."),
    }[pay_blocked(state)]
    return button(
        layout.PAY,
        PayPressed(),
        words.say("Pay"),
        style="primary",
        icon="contactless-payment",
        size=layout.PAY_LABEL,
        weight=700,
        icon_px=52,
        why_not=why,
        gap=16,
    )


def choosing(state: State, view: View, words: Words) -> Scene:
    """The way to 08: the slip's lines are outlined, one is to be touched."""
    title = words.say("Tap the line you want to change")
    shown = banner(state, view, words)
    panel = Rect(32, 136, 712, 524)
    return Scene(
        "02-choose-line",
        layout.SIZE,
        "ground",
        (
            *back("" if shown else words.say("Change or remove"), OpenPage(""), words),
            *(paint(shown, layout.BESIDE_BACK, words) if shown else ()),
            Box(panel, "sun-soft", radius=28),
            Icon(Rect(32, 216, 712, 160), "gesture-tap", size=150),
            Label(
                Rect(68, 396, 640, 104),
                title,
                layout.TITLE,
                700,
                True,
                align="centre",
                max_lines=2,
                line_height=1.1,
                valign="top",
            ),
            Label(
                Rect(68, 508, 640, 110),
                words.count(
                    "{count} line in your basket, {total}",
                    "{count} lines in your basket, {total}",
                    len(state.basket.lines),
                    total=words.money(due(state.basket)),
                ),
                layout.BODY,
                align="centre",
                max_lines=2,
                valign="top",
            ),
            *utility(state, words),
            *basket(state, view, words, choosing=True),
            *pay(state, words),
        ),
        title=title,
    )
