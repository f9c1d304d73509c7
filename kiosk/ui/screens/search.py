"""04b Search: two or three letters, the best matches large, the keyboard of the shopper's language."""

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.letters import letters
from kiosk.ui.measure import wrap
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room, room_in
from kiosk.ui.scene import Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.face import button, fits, target
from kiosk.ui.screens.field import field
from kiosk.ui.screens.goods_tile import goods_tile, least_height
from kiosk.ui.screens.keys_bed import Bed, Last, clear, keys_bed
from kiosk.ui.screens.told import told
from kiosk.ui.screens.typing_page import TypingPage, typing_page
from kiosk.ui.view import OpenPage, TurnPage, View
from kiosk.ui.words import Words

_CLEAR_W = 100


def scene(state: State, view: View, words: Words) -> Scene:
    """The field, what it finds, the keys."""
    say, room = words.say, room_in(state, view)
    title = say("Search by name or number")
    page = typing_page(room, 0 if _is_low(room) else _CLEAR_W, titled=False)
    note, tiles = _strip(page, _said(view, words), view, room)
    painted: list[Element] = []
    if page.back.h:
        painted += button(page.back, OpenPage("picker"), say("Back"), room=room, icon="arrow-left", group="back")
    if page.note.h and not _fits_in(note, _said(view, words), room):
        note = page.title  # what is found counts more than what the page is called
    elif page.title.h:
        painted += told(page.title, title, "", room, sizes=(40, 36, 32, 28))
    painted += field(page.field, view.typed, room=room, icon="magnify", hint=title, size=36)
    if page.beside.h:
        painted += clear(page.beside, view, words, room)
    painted += _note(note, _said(view, words), room)
    painted += _matches(tiles, view, words, room)
    painted += keys_bed(_bed(page, view, words, room), view, words, room)
    return Scene("04b-picker-search", room.panel.size, "ground", tuple(painted), title=title)


def _is_low(room: Room) -> bool:
    """Whether the field is only read, so that the key which clears it is among the others."""
    return typing_page(room, 0, titled=False).reach


def _said(view: View, words: Words) -> str:
    """Why a key is locked, or how many were found."""
    if view.why or not view.typed:
        return view.why
    if not view.tiles:
        return words.say("Nothing found. Try fewer letters or call staff.")
    return words.count("{count} match", "{count} matches", len(view.tiles))


def _fits_in(place: Rect, text: str, room: Room) -> bool:
    font = room.font(layout.CAPTION)
    return len(wrap(text, place.w, font, 600)) * font <= place.h


def _note(place: Rect, text: str, room: Room) -> tuple[Element, ...]:
    """In the body's size, or in the caption's where there is little room."""
    if not text or not place.h:
        return ()
    for design in (layout.BODY, layout.CAPTION):
        font = room.font(design)
        lines = len(wrap(text, place.w, font, 600))
        if lines * font <= place.h:
            break
    high = min(place.h, round(lines * font * 1.2))
    return (Label(place._replace(h=high), text, font, 600, max_lines=lines, line_height=1.2),)


def _strip(page: TypingPage, text: str, view: View, room: Room) -> tuple[Rect, Rect]:
    """Places of what is said and of the tiles below it. Where there is only room for one it is the tiles', if any."""
    if page.note.h:
        return page.note, page.quick
    quick, gap = page.quick, max(room.px(10), GAP_PX)
    if not view.tiles or not view.typed:
        return quick, quick._replace(h=0)
    high = room.lines(layout.BODY, len(wrap(text, quick.w, room.font(layout.BODY), 600)))
    if quick.h - high - gap < max(FLOOR_PX, least_height(room)):
        return quick._replace(h=0), quick
    return quick._replace(h=high), quick._replace(y=quick.y + high + gap, h=quick.h - high - gap)


def _matches(place: Rect, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """As many as have room; of more, one place less and the way to the next ones."""
    if place.h < FLOOR_PX or not view.typed:
        return ()
    gap = max(room.px(16), GAP_PX)
    across = max(2, min(3 if room.large or room.portrait else 4, place.w // room.px(280 if room.large else 220)))
    down = max(1, (place.h + gap) // (room.touch(190) + gap))
    high = place.h if down > 1 else min(place.h, room.touch(230))
    return _paged(layout.grid(place._replace(h=high), across, down, gap, gap), view, words, room)


def _paged(cells: tuple[Rect, ...], view: View, words: Words, room: Room) -> tuple[Element, ...]:
    if len(view.tiles) <= len(cells):
        shown = view.tiles
    else:
        step = len(cells) - 1
        first = view.shelf_page % -(-len(view.tiles) // step) * step
        shown = view.tiles[first : first + step]
    painted = tuple(
        part for entry, cell in zip(shown, cells, strict=False) for part in goods_tile(cell, entry, words, room)
    )
    return (*painted, *_more(cells[-1], words, room)) if len(view.tiles) > len(cells) else painted


def _more(cell: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    text = words.say("More matches")
    if fits(text, cell.w - 2 * room.px(24), 2, room.font(layout.BODY), 600):
        return button(cell, TurnPage(1), text, room=room, icon="chevron-right", radius=22, role="tile")
    face = target(cell, TurnPage(1), text, role="tile", radius=room.px(22))
    return face, Icon(cell, "chevron-right", "ink", room.icon(44))


def _bed(page: TypingPage, view: View, words: Words, room: Room) -> Bed:
    """Where there is no room above the keys, Back and the matches, one by one, are keys of the last row."""
    say, writes = words.say, letters(words.language)
    if page.back.h:
        done = Last(
            lambda cell: button(cell, OpenPage("picker"), say("Done"), room=room, style="primary", radius=14),
            2 if room.key_rows > 4 else 3,
        )
        return Bed(writes, False, page.reach, last=(done,))
    back = Last(lambda cell: button(cell, OpenPage("picker"), say("Back"), room=room, group="back"), 2)
    found = view.tiles if view.typed else ()
    if not found:
        return Bed(writes, False, True, (back,))
    at = view.shelf_page % len(found)
    best = Last(lambda cell: goods_tile(cell, found[at], words, room), 3)
    more = (Last(lambda cell: _more(cell, words, room), 1),) if len(found) > 1 else ()
    return Bed(writes, False, True, (back,), (best, *more))
