"""08 Change or remove: one line on a sheet, with a draft quantity that is nothing until it is saved."""

from msgspec.structs import replace

from kiosk.checkout.basket import Line
from kiosk.checkout.events import LineVoided, QuantityChanged
from kiosk.checkout.pricing import line_total
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.scene import Box, Element, Icon, Label, Picture, Rect, Scene
from kiosk.ui.screens import scan
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import INK, LOCK, button, target
from kiosk.ui.screens.sheet import close, docked, over
from kiosk.ui.view import StepQuantity, View
from kiosk.ui.words import Words

_CARD = docked(560)
_NAME = Rect(380, 244, 720, 50)
_MINUS, _PLUS = Rect(380, 362, 140, 140), Rect(802, 362, 140, 140)
_REMOVE, _SAVE = Rect(380, 636, 300, 104), Rect(696, 636, 520, 104)


def most(state: State, line: Line) -> int:
    """The highest count that the line may have."""
    return line.item.max_quantity or state.lane.max_quantity


def scene(state: State, view: View, words: Words) -> Scene:
    """The sheet over 02; 02 itself when the line is gone."""
    line = next((line for line in state.basket.lines if line.line == view.line), None)
    base = scan.scene(state, replace(view, why=""), words)
    shown = banner(state, view, words) if view.why else None
    if line is None:
        return base
    draft = replace(line, count=view.draft_count or line.count)
    name = line.item.name_in(words.language)
    remove, save = words.say("Remove"), words.say("Save change")
    elements = (
        Box(Rect(64, 244, 280, 496), "primary-soft", radius=22),
        Picture(Rect(98, 387, 212, 212), scan.picture_of(line)),
        Label(_NAME, name, layout.TITLE, 700, True, plain=True),
        Label(Rect(380, 299, 720, 32), _price(line, words), layout.CAPTION, colour="ink2", amount=True),
        *close(_CARD, words),
        *(_stepper(state, draft, words) if line.weight_g is None else ()),
        *_line_total(draft, words),
        *(paint(shown, Rect(380, 524, 836, 88), words) if shown else _whole(name)),
        *button(_REMOVE, LineVoided(line=line.line), remove, style="danger", icon="trash-can-outline"),
        *button(
            _SAVE,
            QuantityChanged(line=line.line, count=draft.count),
            save,
            style="primary",
            icon="check-bold",
            size=34,
            why_not=words.say("A weighed item has no number to change.") if line.weight_g is not None else "",
        ),
    )
    order = (words.say("One less"), words.say("One more"), save, remove, words.say("Close"))
    return over(base, "08-quantity", _CARD, elements, name, order)


def _whole(name: str) -> tuple[Element, ...]:
    """All of a name that is too long for its line."""
    if text_width(name, layout.TITLE, 700, True) <= _NAME.w:
        return ()
    return (Label(Rect(380, 516, 836, 112), name, layout.BODY, max_lines=3, line_height=1.25, plain=True),)


def _price(line: Line, words: Words) -> str:
    price = words.money(line.item.price)
    if line.weight_g is not None:
        return scan.price_of_one(line, words)
    return words.say("{price} each", price=price)


def _stepper(state: State, draft: Line, words: Words) -> tuple[Element, ...]:
    limit = most(state, draft)
    lowest = words.say("One is the least. Remove takes the line out.") if draft.count <= 1 else ""
    highest = words.say("{count} is the most we can sell of this item.", count=limit) if draft.count >= limit else ""
    return (
        *_step(_MINUS, -1, "minus", words.say("One less"), lowest),
        *_step(_PLUS, 1, "plus", words.say("One more"), highest),
        Label(Rect(520, 362, 282, 140), words.number(draft.count), 106, 800, True, align="centre", amount=True),
    )


def _step(rect: Rect, by: int, icon: str, name: str, why: str) -> tuple[Element, ...]:
    face = target(rect, StepQuantity(by), name, why_not=why)
    return face, Icon(rect, icon if not why else LOCK, INK[face.style], 72)


def _line_total(draft: Line, words: Words) -> tuple[Element, ...]:
    room, figure = Rect(956, 374, 260, 30), words.money(line_total(draft))
    size = largest(figure, room.w, (51, layout.TITLE, 34))
    return (
        Label(room, words.say("Line total"), layout.CAPTION, colour="ink2", align="end"),
        Label(Rect(956, 404, 260, 58), figure, size, 800, True, align="end", amount=True),
    )
