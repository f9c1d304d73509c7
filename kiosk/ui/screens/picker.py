"""04a Item without barcode: loose goods by picture. Tabs, tiles in pages, and the way to the search."""

from kiosk.checkout.state import State
from kiosk.search.shelf import EVERYTHING, POPULAR
from kiosk.ui import layout
from kiosk.ui.measure import text_width, wrap
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button, fits, target
from kiosk.ui.screens.goods_tile import goods_tile
from kiosk.ui.screens.picker_places import Places, places
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import ChooseTab, OpenPage, TurnPage, View
from kiosk.ui.words import Words

_NEWS_HERE = ("blocked", "staff_only", "needs_weight", "scale_away", "too_many", "full")
_ICONS = {
    POPULAR: "star-outline",
    EVERYTHING: "sort-alphabetical-ascending",
    "fruit": "food-apple-outline",
    "vegetables": "carrot",
    "bread & buns": "bread-slice-outline",
    "bags": "shopping-outline",
}


def scene(state: State, view: View, words: Words) -> Scene:
    """Tabs and one page of tiles."""
    say, room = words.say, room_in(state, view)
    title = say("Pick your item")
    here = places(tuple(tab_name(tab, words) for tab in view.tabs), room)
    pages = max(1, -(-len(view.tiles) // len(here.tiles)))
    page = min(view.shelf_page, pages - 1)
    tiles = view.tiles[page * len(here.tiles) : (page + 1) * len(here.tiles)]
    painted: list[Element] = [
        *button(here.back, OpenPage(""), say("Back"), room=room, icon="arrow-left", group="back"),
        *_above(here, state, view, words, room),
    ]
    for tab, cell in zip(view.tabs, here.tabs, strict=False):
        painted += _tab(cell, tab, words, room, chosen=tab == view.tab)
    for entry, cell in zip(tiles, here.tiles, strict=False):
        painted += goods_tile(cell, entry, words, room)
    if not tiles:
        place = here.tiles[0]._replace(w=layout.right_of(here.tiles[-1]) - here.tiles[0].x)
        painted += told(place, say("Nothing here yet"), "", room, sizes=(32, 28, 24), align="centre")
    painted += utility(state, words, room, back=True)
    painted += _pager(here.pager, page, pages, words, room)
    return Scene("04a-picker", room.panel.size, "ground", tuple(painted), title=title)


def _is_about_a_pick(state: State) -> bool:
    """Whether the news is of this page; older news must not stand where the search is."""
    return state.notice is not None and state.notice.kind in _NEWS_HERE


def _above(here: Places, state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """Title and field; news stands in the title's place, or in the field's where there is no title."""
    shown = banner(state, view, words) if view.why or _is_about_a_pick(state) else None
    high = room.zones.banner.h if room.zones.banner.h else room.touch(88)
    if not here.title.h:
        return paint(shown, here.field, words, room) if shown else _field(here.field, state, words, room)
    field = _field(here.field, state, words, room)
    if shown:
        return (*field, *paint(shown, here.title._replace(h=min(here.title.h, high)), words, room))
    text = _weighed(state, words) or words.say("Put it on the scale now or after you choose.")
    text = "" if state.lane.scale is None else text
    return (*told(here.title, words.say("Pick your item"), text, room, middle=False, colours=("ink", "ink2")), *field)


def _weighed(state: State, words: Words) -> str:
    """What lies on the scale already; empty: nothing."""
    grams = state.devices.scale.grams
    if state.lane.scale is None or not grams or not state.devices.scale.stable or state.sold_g is not None:
        return ""
    return words.say("{weight} on the scale", weight=words.weight(grams))


def _field(rect: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """Looks like the field of 04b, and opens it. What lies on the scale already is said in it."""
    px, text, font = room.px, words.say("Search by name or number"), room.font(layout.BODY)
    beside = rect._replace(x=rect.x + px(83), w=rect.w - px(83) - px(24))
    face = target(rect, OpenPage("search"), text, style="bare", role="field")
    frame = Box(rect, "paper", "ink", 3, px(16))
    if not fits(text, beside.w, 2, font, 500):
        alone = layout.inset(rect, px(12), 6)
        lines = max(2, int(alone.h / (font * 1.15)))
        if not fits(text, alone.w, lines, font, 500):
            return face, frame, Icon(rect, "magnify", "ink", room.icon(52))
        glyph = room.icon(52)
        words_h = round(len(wrap(text, alone.w, font)) * font * 1.15)
        if words_h + glyph + px(12) > alone.h:
            return face, frame, Row(alone, (Word(text, font, 500, colour="ink2", max_lines=lines),), 0)
        top = rect.y + (rect.h - words_h - glyph - px(12)) // 2
        below = alone._replace(y=top + glyph + px(12), h=words_h)
        return (
            face,
            frame,
            Icon(alone._replace(y=top, h=glyph), "magnify", "ink", glyph),
            Label(below, text, font, colour="ink2", align="centre", max_lines=lines, line_height=1.15),
        )
    lies, small = _weighed(state, words), room.font(24)
    chip_w = text_width(lies, small, 600) + 2 * px(22) if lies else 0
    free = beside.w - chip_w - px(16) if chip_w else beside.w
    if chip_w and not fits(text, free, 1, font, 500):
        chip_w, free = 0, beside.w
    high = px(44)
    chip = Rect(layout.right_of(rect) - px(26) - chip_w, rect.y + (rect.h - high) // 2, chip_w, high)
    said = (Row(chip, (Word(lies, small, 600),), 0, "end", "primary-soft", px(16), px(22)),) if chip_w else ()
    return (
        face,
        frame,
        Icon(Rect(rect.x + px(18), rect.y, px(56), rect.h), "magnify", "ink", room.icon(42)),
        Label(beside._replace(w=free), text, font, colour="ink2", max_lines=2, line_height=1.1),
        *said,
    )


def _tab(rect: Rect, tab: str, words: Words, room: Room, *, chosen: bool) -> tuple[Element, ...]:
    """Icon and word; where there is no room for both the word alone, at last the icon."""
    px, name, font = room.px, tab_name(tab, words), room.font(layout.CAPTION)
    icon = _ICONS.get(tab, "basket-outline")
    side = room.icon(34)
    left = px(14) + side + px(14)
    beside = Rect(rect.x + left, rect.y + 4, rect.w - left - px(16), rect.h - 8)
    alone = layout.inset(rect, px(8), 4)
    lines = max(1, int((rect.h - 8 + font // 4) / (font * 1.1)))
    rows = min(lines, 2)
    glyph = Icon(Rect(rect.x + px(14), rect.y, side, rect.h), icon, "ink", side)
    face = target(rect, ChooseTab(tab), name, role="tab", selected=chosen, radius=px(20))
    if fits(name, beside.w, rows, font, 600):
        return face, glyph, Label(beside, name, font, 600, max_lines=rows, line_height=1.1, plain=True)
    if fits(name, alone.w, lines, font, 600):
        label = Label(alone, name, font, 600, align="centre", max_lines=lines, line_height=1.1, plain=True)
        return face, label
    return face, Icon(rect, icon, "ink", room.icon(44))


def tab_name(tab: str, words: Words) -> str:
    """What a tab is called; a category that we have no word for keeps the shop's."""
    say = words.say
    known = {
        POPULAR: say("Popular"),
        EVERYTHING: say("Everything A–Z"),
        "fruit": say("Fruit"),
        "vegetables": say("Vegetables"),
        "bread & buns": say("Bread & buns"),
        "bags": say("Bags"),
    }
    return known.get(tab) or tab[:1].upper() + tab[1:]


def _pager(rect: Rect, page: int, pages: int, words: Words, room: Room) -> tuple[Element, ...]:
    say = words.say
    first = say("This is the first page.") if page == 0 else ""
    last = say("This is the last page.") if page + 1 >= pages else ""
    here = say("Page {page} of {pages}", page=page + 1, pages=pages)
    short = say("{page} of {pages}", page=page + 1, pages=pages)
    wide, font = room.touch(148 if room.portrait else 112), room.font(layout.BODY)
    between = Rect(rect.x + wide, rect.y, rect.w - 2 * wide, rect.h)
    text = next((one for one in (here, short) if fits(one, between.w - 8, 1, font, 600)), short)
    return (
        *_turn(rect._replace(w=wide), -1, (say("Page before"), here), "chevron-left", first, room),
        Label(between, text, font, 600, align="centre"),
        *_turn(rect._replace(x=layout.right_of(between), w=wide), 1, (say("Next page"), here), "chevron-right", last,
               room),
    )  # fmt: skip


def _turn(rect: Rect, by: int, named: tuple[str, str], icon: str, why_not: str, room: Room) -> tuple[Element, ...]:
    name, here = named
    face = target(rect, TurnPage(by), name, why_not=why_not, value=here, radius=room.px(20))
    return face, Row(rect, (Mark(icon, room.icon(44), "disabled" if why_not else "ink"),), 0)
