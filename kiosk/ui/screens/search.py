"""04b Search: two or three letters, the best matches large, the keyboard of the shopper's language."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Scene
from kiosk.ui.screens.face import USUAL_ROOM, button, target
from kiosk.ui.screens.goods_tile import goods_tile
from kiosk.ui.screens.keyboard import BACK, backspace, row
from kiosk.ui.view import OpenPage, ShowDigits, TurnPage, TypeKey, View
from kiosk.ui.words import Words

_FIELD, _CLEAR = Rect(288, 24, 844, 88), Rect(1148, 24, 100, 88)
_MATCHES = Rect(32, 184, 1216, 172)
BED = Rect(0, 376, 1280, 424)
_ROWS_Y, _KEY_H = (396, 492, 588), 84
_LETTERS = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM-")
_DIGITS = "1234567890"
_OWN = {
    "sv": ("Å", "ÖÄ"),
    "fi": ("Å", "ÖÄ"),
    "nb": ("Å", "ØÆ"),
    "no": ("Å", "ØÆ"),
    "da": ("Å", "ÆØ"),
    "de": ("Ü", "ÖÄ"),
}
"""What a language adds at the end of the first and of the second row."""
SHOWN = 4
"""Matches at once."""


def scene(state: State, view: View, words: Words) -> Scene:
    """The field, what it finds, the keys."""
    say = words.say
    count = len(view.tiles)
    told = words.count("{count} match", "{count} matches", count)
    if view.typed and not count:
        told = say("Nothing found. Try fewer letters or call staff.")
    return Scene(
        "04b-picker-search",
        layout.SIZE,
        "ground",
        (
            *button(BACK, OpenPage("picker"), say("Back"), icon="arrow-left", group="back"),
            *_field(view, words),
            *_clear(view, words),
            Label(Rect(32, 132, 1216, 42), told if view.typed else "", layout.BODY, 600),
            *_matches(view, words),
            Box(BED, "sunk"),
            *keyboard(view, words),
            *button(Rect(925, 684, 323, 84), OpenPage("picker"), say("Done"), style="primary", radius=14),
        ),
        title=say("Search by name or number"),
    )


def _field(view: View, words: Words) -> tuple[Element, ...]:
    room = _FIELD.w - 120
    shown = view.typed
    while shown and text_width(shown, 36, 600) > room:
        shown = shown[1:]
    hint = () if shown else (Label(Rect(371, 24, room, 88), words.say("Search by name or number"), 28, colour="ink2"),)
    caret = 371 + text_width(shown, 36, 600) + 3
    return (
        Box(_FIELD, "paper", "ink", 3, 16),
        Icon(Rect(306, 24, 56, 88), "magnify", "ink", 42),
        *hint,
        Label(Rect(371, 24, room, 88), shown, 36, 600, plain=True),
        Box(Rect(caret, 46, 4, 40), "primary"),
    )


def _clear(view: View, words: Words) -> tuple[Element, ...]:
    why_not = "" if view.typed else words.say("Type a letter first.")
    face = target(_CLEAR, TypeKey("clear"), words.say("Clear"), why_not=why_not)
    return face, Row(_CLEAR, (Mark("close", 44, "disabled" if why_not else "ink"),), 0)


def _matches(view: View, words: Words) -> tuple[Element, ...]:
    """Four at once; of more, three and the way to the next three."""
    cells = layout.columns(_MATCHES, SHOWN, 16)
    if len(view.tiles) <= SHOWN:
        return tuple(
            part
            for entry, cell in zip(view.tiles, cells, strict=False)
            for part in goods_tile(cell, entry, words, USUAL_ROOM)
        )
    step = SHOWN - 1
    pages = -(-len(view.tiles) // step)
    first = view.shelf_page % pages * step
    painted = [
        part
        for entry, cell in zip(view.tiles[first : first + step], cells, strict=False)
        for part in goods_tile(cell, entry, words, USUAL_ROOM)
    ]
    return (
        *painted,
        *button(cells[-1], TurnPage(1), words.say("More matches"), icon="chevron-right", radius=22, role="tile"),
    )


def keyboard(view: View, words: Words) -> tuple[Element, ...]:
    """Letters or digits, backspace, space, and room for one more key at the lower right."""
    top, middle = _OWN.get(words.language.partition("-")[0], ("", ""))
    rows = (_LETTERS[0] + top, _LETTERS[1] + middle, _LETTERS[2])
    if view.digits:
        rows = (_DIGITS, rows[1], rows[2])
    keys = tuple(part for letters, y in zip(rows, _ROWS_Y, strict=True) for part in row(letters, y, _KEY_H))
    return (*keys, *backspace(Rect(925, 588, 323, _KEY_H), words), *_bottom(view, words))


def _bottom(view: View, words: Words) -> tuple[Element, ...]:
    say = words.say
    space, swap = Rect(255, 684, 658, _KEY_H), "ABC" if view.digits else "123"
    swapped = Rect(32, 684, 211, _KEY_H)
    return (
        target(swapped, ShowDigits(not view.digits), swap, style="key", role="key", radius=14),
        Label(swapped, swap, layout.BODY, 600, align="centre"),
        target(space, TypeKey(" "), say("Space"), style="key", role="key", radius=14),
        Icon(space, "keyboard-space", size=44),
    )
