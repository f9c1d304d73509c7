"""04a Item without barcode: loose goods by picture. Tabs at the left, twelve tiles, pages."""

from kiosk.checkout.state import State
from kiosk.search.shelf import EVERYTHING, POPULAR, Entry
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Picture, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import ChooseTab, OpenPage, Pick, TurnPage, View
from kiosk.ui.words import Words

BACK, FIELD = Rect(32, 24, 224, 88), Rect(288, 24, 960, 88)
TILES_SHOWN = 12
_TILES = Rect(288, 136, 960, 532)
_TABS = Rect(32, 136, 224, 530)
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
    """Six tabs, one page of tiles."""
    say = words.say
    shown = banner(state, view, words) if view.why or _is_about_a_pick(state) else None
    pages = max(1, -(-len(view.tiles) // TILES_SHOWN))
    page = min(view.shelf_page, pages - 1)
    tiles = view.tiles[page * TILES_SHOWN : (page + 1) * TILES_SHOWN]
    painted: list[Element] = [*button(BACK, OpenPage(""), say("Back"), icon="arrow-left", group="back")]
    painted += paint(shown, FIELD, words) if shown else _field(state, words)
    for tab, cell in zip(view.tabs, layout.rows(_TABS, max(6, len(view.tabs)), 10), strict=False):
        painted += _tab(cell, tab, words, chosen=tab == view.tab)
    for entry, cell in zip(tiles, layout.grid(_TILES, 4, 3, 16, 17), strict=False):
        painted += tile(cell, entry, words)
    if not tiles:
        nothing = say("Nothing here yet")
        painted.append(Label(_TILES, nothing, layout.BODY, 600, align="centre"))
    painted += utility(state, words)
    painted += _pager(page, pages, words)
    return Scene("04a-picker", layout.SIZE, "ground", tuple(painted), title=say("Pick your item"))


def _is_about_a_pick(state: State) -> bool:
    """Whether the news is of this page; older news must not stand where the search is."""
    return state.notice is not None and state.notice.kind in _NEWS_HERE


def _field(state: State, words: Words) -> tuple[Element, ...]:
    """Looks like the field of 04b, and opens it. What lies on the scale already is said in it."""
    text = words.say("Search by name or number")
    grams = state.devices.scale.grams
    chip: tuple[Element, ...] = ()
    if state.lane.scale is not None and grams and state.devices.scale.stable and state.sold_g is None:
        lies = words.say("{weight} on the scale", weight=words.weight(grams))
        chip = (Row(Rect(760, 46, 462, 44), (Word(lies, 24, 600),), 0, "end", "primary-soft", 16, 22),)
    return (
        target(FIELD, OpenPage("search"), text, style="bare", role="field"),
        Box(FIELD, "paper", "ink", 3, 16),
        Icon(Rect(306, 24, 56, 88), "magnify", "ink", 42),
        Label(Rect(371, 24, 480 if chip else 850, 88), text, layout.BODY, colour="ink2"),
        *chip,
    )


def _tab(rect: Rect, tab: str, words: Words, *, chosen: bool) -> tuple[Element, ...]:
    name = tab_name(tab, words)
    face = target(rect, ChooseTab(tab), name, role="tab", selected=chosen, radius=20)
    marks = (Box(rect, "primary-soft", "primary", 4, 20),) if chosen else ()
    return (
        face,
        *marks,
        Icon(Rect(rect.x + 14, rect.y, 44, rect.h), _ICONS.get(tab, "basket-outline"), "ink", 34),
        Label(
            Rect(rect.x + 62, rect.y + 4, rect.w - 70, rect.h - 8),
            name,
            24,
            600,
            max_lines=2,
            line_height=1.1,
            plain=True,
        ),
    )


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


def tile(rect: Rect, entry: Entry, words: Words) -> tuple[Element, ...]:
    """Picture, name, price of one or of a kilogram."""
    name = entry.name_in(words.language)
    amount = words.amount(entry.price)
    price = f"{amount}/kg" if entry.sold_by == "kg" else words.say("{amount} each", amount=amount)
    wide = layout.inset(rect, 10, 0)
    return (
        target(rect, Pick(entry.code), name, role="tile", value=price, radius=22),
        Picture(Rect(rect.x + 20, rect.y + 10, rect.w - 40, rect.h - 78), entry.picture or "svg:carton"),
        Label(wide._replace(y=rect.y + rect.h - 70, h=32), name, layout.UTILITY_TEXT, 600, align="centre", plain=True),
        Label(wide._replace(y=rect.y + rect.h - 40, h=30), price, layout.CAPTION, colour="ink2", align="centre"),
    )


def _pager(page: int, pages: int, words: Words) -> tuple[Element, ...]:
    say = words.say
    first = say("This is the first page.") if page == 0 else ""
    last = say("This is the last page.") if page + 1 >= pages else ""
    here = say("Page {page} of {pages}", page=page + 1, pages=pages)
    return (
        *_turn(Rect(776, 684, 112, 88), -1, (say("Page before"), here), "chevron-left", first),
        Label(Rect(896, 684, 232, 88), here, layout.BODY, 600, align="centre"),
        *_turn(Rect(1136, 684, 112, 88), 1, (say("Next page"), here), "chevron-right", last),
    )


def _turn(rect: Rect, by: int, named: tuple[str, str], icon: str, why_not: str) -> tuple[Element, ...]:
    name, here = named
    face = target(rect, TurnPage(by), name, why_not=why_not, value=here)
    return face, Row(rect, (Mark(icon, 44, "disabled" if why_not else "ink"),), 0)
