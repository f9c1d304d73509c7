"""10b How many bags: each kind that the shop sells with its price and a number, before anything is paid.

Nothing is chosen before: whoever wants none has one touch to make. The numbers are a draft of the eyes
(`view.picked`) until the answer is given.
"""

from msgspec.structs import replace

from kiosk.checkout.carrier_bags import most, with_bags
from kiosk.checkout.events import BackPressed, BagsChosen
from kiosk.checkout.item import Item
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.goods import item_picture
from kiosk.ui.measure import largest, wrap
from kiosk.ui.room import GAP_PX, Room, room_in
from kiosk.ui.scene import Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back
from kiosk.ui.screens.face import INK, LOCK, button, choice, fits, target
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import Choose, TurnPage, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The question, once."""
    room = room_in(state, view).paged
    title, shown = words.say("How many bags?"), banner(state, view, words)
    counts = tuple(_count(view, bag) for bag in state.basket.bags)
    answer = words.say("Next") if any(counts) else words.say("No, thank you")
    place, at = _places(room)
    high = room.touch(150 if room.portrait else 120)
    gap = max(room.px(20), GAP_PX)
    rows = max(1, (place.h + gap) // (high + gap))
    bags = state.basket.bags
    if len(bags) > rows:
        first = view.shelf_page % len(bags)
        bags = (*bags[first:], *bags[:first])[:rows]
    painted: list[Element] = []
    more, at = _more(at, words, room) if len(bags) < len(state.basket.bags) else ((), at)
    for number, bag in enumerate(bags):
        row = Rect(place.x, place.y + number * (high + gap), place.w, high)
        painted += _kind(row, state, bag, _count(view, bag), words, room)
    with_them = with_bags(state.basket, counts)
    to_pay = words.say("You pay {amount}", amount=words.money(left(with_them)))
    return Scene(
        "10b-how-many-bags",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, BackPressed(), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            *painted,
            *more,
            *choice(at, BagsChosen(counts=counts), answer, to_pay, "arrow-right", style="primary", room=room),
            *utility(state, words, room, back=True),
            *sums(replace(state, basket=with_them), words, room),
        ),
        focus=(answer,),
        title=title,
    )


def _count(view: View, bag: Item) -> int:
    return int(view.picked.get(_field(bag), "0"))


def _field(bag: Item) -> str:
    return f"bags.{bag.gtin}"


def _places(room: Room) -> tuple[Rect, Rect]:
    """Of the kinds, and of the answer: where Pay is; upright, at the foot of the page."""
    page, top = room.zones.page, max(room.zones.page.y, room.top_touch)
    if not room.portrait:
        return page._replace(y=top, h=layout.below(page) - top), room.zones.pay
    high, gap = room.touch(150), max(room.px(24), GAP_PX)
    foot = Rect(page.x, layout.below(page) - high, page.w, high)
    return page._replace(y=top, h=foot.y - gap - top), foot


def _more(at: Rect, words: Words, room: Room) -> tuple[tuple[Element, ...], Rect]:
    """The other kinds, where there is no room for all; and what is left of the answer's place."""
    one, two = layout.columns(at, 2, max(room.px(14), GAP_PX))
    text, size = words.say("More choices"), layout.UTILITY_TEXT
    return button(one, TurnPage(1), text, room=room, icon="chevron-right", size=size), two


def _kind(row: Rect, state: State, bag: Item, count: int, words: Words, room: Room) -> tuple[Element, ...]:
    """Picture, name and price; fewer, how many, more. In a narrow row the picture goes first."""
    side, name = room.touch(88), bag.name_in(words.language)
    middle = room.px(96)
    more = Rect(layout.right_of(row) - side, row.y + (row.h - side) // 2, side, side)
    less = more._replace(x=more.x - middle - side)
    price = words.say("{price} each", price=words.money(bag.price))
    room_for_words = Rect(row.x, row.y, less.x - room.px(16) - row.x, row.h)
    pictured = not room.large and room_for_words.w - row.h >= room.px(250)
    picture = layout.middle(Rect(row.x, row.y, row.h, row.h), row.h - room.px(16), row.h - room.px(16))
    if pictured:
        wide = room_for_words.w - row.h - room.px(16)
        room_for_words = room_for_words._replace(x=row.x + row.h + room.px(16), w=wide)
    full = words.say("{count} is the most we can sell of this item.", count=most(state, bag))
    full = "" if count < most(state, bag) else full
    none = "" if count else words.say("There is none to take away.")
    fewer, another = (f"{name}: {said}" for said in (words.say("One less"), words.say("One more")))
    figure, at = words.number(count), Rect(layout.right_of(less), row.y, middle, row.h)
    size = largest(figure, middle, (room.font(56), room.font(40), 34))
    return (
        *((item_picture(picture, bag),) if pictured else ()),
        *_told(room_for_words, name, price, room),
        *_step(less, bag, count - 1, "minus", (fewer, figure), none, room),
        Label(at, figure, size, 800, True, align="centre", amount=True),
        *_step(more, bag, count + 1, "plus", (another, figure), full, room),
    )  # fmt: skip


def _told(place: Rect, name: str, price: str, room: Room) -> tuple[Element, ...]:
    """The name on as many lines as are left above its price."""
    caption = room.font(layout.CAPTION)
    below = round(caption * 1.3) * len(wrap(price, place.w, caption, 500))
    for design in (32, layout.BODY, layout.CAPTION):
        font = room.font(design)
        lines = max(1, int((place.h - below) / (font * 1.15)))
        if fits(name, place.w, lines, font, 700):
            break
    high = round(min(lines, 2 if place.h < room.px(110) else lines) * font * 1.15)
    used = _rows(name, place.w, font, high)
    top = place.y + max(0, (place.h - used - below) // 2)
    return (
        Label(Rect(place.x, top, place.w, used), name, font, 700, max_lines=max(1, round(used / (font * 1.15))),
              line_height=1.15, plain=True),
        Label(Rect(place.x, top + used, place.w, below), price, caption, colour="ink2", max_lines=2, amount=True),
    )  # fmt: skip


def _rows(name: str, wide: int, font: int, high: int) -> int:
    """The height that the name takes, at most so much."""
    for lines in range(1, 9):
        need = round(lines * font * 1.15)
        if need >= high or fits(name, wide, lines, font, 700):
            return min(need, high)
    return high


def _step(
    rect: Rect, bag: Item, count: int, icon: str, named: tuple[str, str], why: str, room: Room
) -> tuple[Element, ...]:
    name, figure = named
    said = Choose(_field(bag), str(count))
    face = target(rect, said, name, why_not=why, value=figure, radius=room.px(20))
    return face, Icon(rect, icon if not why else LOCK, INK[face.style], room.icon(60))
