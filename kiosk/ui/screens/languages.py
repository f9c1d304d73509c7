"""Languages: a sheet with the lane's languages; touching one changes every word at once and goes back."""

from kiosk.checkout.events import LanguageChosen
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.face import target
from kiosk.ui.screens.sheet import close, docked, over
from kiosk.ui.words import LANGUAGES, Words

_ROW_PX, _GAP_PX = 96, 16


def scene(base: Scene, state: State, words: Words) -> Scene:
    """The sheet over the page that the shopper is on."""
    title = words.say("Choose your language")
    tags = state.lane.languages[:8]
    down = -(-len(tags) // 2)
    height = down * (_ROW_PX + _GAP_PX) - _GAP_PX
    card = docked(height + 176)
    cells = layout.grid(Rect(64, card.y + 144, 1152, height), 2, down, 16, _GAP_PX)
    elements: tuple[Element, ...] = (
        Label(Rect(64, card.y + 40, 1000, 72), title, layout.TITLE, 700, True),
        *close(card, words),
        *(
            element
            for tag, cell in zip(tags, cells, strict=False)
            for element in _row(cell, tag, tag == words.language)
        ),
    )
    return over(base, "01-languages", card, elements, title)


def _row(cell: Rect, tag: str, chosen: bool) -> tuple[Element, ...]:
    greeting, name = LANGUAGES.get(tag, (tag, tag))
    tick = Icon(Rect(layout.right_of(cell) - 72, cell.y, 48, cell.h), "check-circle", "primary", 40)
    return (
        target(cell, LanguageChosen(language=tag), name, role="switch", selected=chosen),
        *((Box(layout.inset(cell, 4), "primary-soft", radius=16), tick) if chosen else ()),
        Label(Rect(cell.x + 28, cell.y, 220, cell.h), greeting, 34, 700, True),
        Label(Rect(cell.x + 250, cell.y, cell.w - 340, cell.h), name, layout.BODY, 600, align="end"),
    )
