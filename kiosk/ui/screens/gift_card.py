"""11d Gift card: hold it before the scanner; then what it paid, what is left on it, and what is left to pay."""

from kiosk.checkout.asking import is_asking
from kiosk.checkout.basket import Taken
from kiosk.checkout.events import TenderCancelled
from kiosk.checkout.questions import GiftCardAsk
from kiosk.checkout.state import State
from kiosk.checkout.tenders import left
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back, brand
from kiosk.ui.screens.face import button
from kiosk.ui.screens.slip_sum import sums
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money


def scene(state: State, view: View, words: Words) -> Scene:
    """Waiting for the card."""
    title = words.say("Gift card")
    shown = banner(state, view, words)
    said = words.say("Hold the card’s code to the scanner.")
    if is_asking(state, GiftCardAsk):
        said = words.say("One moment, we look at your card …")
    room = room_in(state, view).paged
    px, panel = room.px, room.zones.page
    place = layout.inset(panel, px(36), px(20))
    side = min(px(240), place.h // 2) if not room.large else 0
    pictured = side >= px(90)
    below = Rect(place.x, place.y + (side if pictured else 0), place.w, place.h - (side if pictured else 0))
    more = words.say("What is on it is used first. The rest can be paid another way.")
    return Scene(
        "11d-gift-card",
        room.panel.size,
        "ground",
        (
            *back("" if shown else title, OpenPage("tenders"), words, room),
            *(paint(shown, room.zones.title, words, room) if shown else ()),
            Box(panel, "primary-soft", radius=px(28)),
            *(
                (Icon(Rect(place.x, place.y, place.w, side), "gift-outline", "primary", side * 11 // 12),)
                if pictured
                else ()
            ),
            *told(below, said, more, room, sizes=(32, 28), align="centre"),
            *utility(state, words, room, back=True),
            *sums(state, words, room),
        ),
        title=title,
    )


def added(state: State, view: View, words: Words) -> Scene:
    """What the last card paid, and the ways on."""
    taken = state.basket.taken[-1]
    title = words.say("Gift card added")
    shown = banner(state, view, words)
    another, rest = words.say("Add another"), words.say("Pay the rest")
    text = words.say("Remove gift card {digits}", digits=_digits(taken))
    figure = words.money(left(state.basket))
    room = room_in(state, view).prompting
    px = room.px
    panel = room.zones.prompt_under_banner if shown else room.zones.prompt
    if room.large and not room.portrait and not shown:
        panel = Rect(panel.x, px(16), panel.w, layout.below(panel) - px(16))
    inner = layout.inset(panel, px(32), px(20))
    answer_h = room.touch(112 if room.large else 96)
    left_at, right_at = layout.columns(
        Rect(inner.x, layout.below(inner) - px(12) - answer_h, inner.w, answer_h), 2, px(16)
    )
    rest_h = max(px(80), room.lines(36, line_height=1.5))
    rest_y = left_at.y - px(14) - rest_h
    used = Rect(inner.x, inner.y, inner.w, min(rest_y - px(12) - inner.y, px(220)))
    return Scene(
        "11d-gift-card-added",
        room.panel.size,
        "ground",
        (
            *(() if room.large else brand(state, words, room=room)),
            *(paint(shown, room.zones.banner, words, room) if shown else ()),
            Box(panel, "paper", radius=px(28)),
            *_used(used, taken, title, words, room),
            Box(Rect(inner.x, rest_y - px(8), inner.w, 2), "hair"),
            *_left(Rect(inner.x, rest_y, inner.w, rest_h), words.say("Left to pay"), figure, room),
            *button(left_at, OpenPage("gift_card"), another, room=room, icon="gift-outline"),
            *button(right_at, OpenPage("tenders"), rest, room=room, style="primary", icon="contactless-payment"),
            *utility(state, words, room),
            *sums(state, words, room),
            *button(
                room.zones.pay,
                TenderCancelled(attempt=taken.tender.attempt),
                text,
                room=room,
                icon="undo-variant",
            ),
        ),
        focus=(rest, another, text),
        title=title,
    )


def _left(place: Rect, word: str, figure: str, room: Room) -> tuple[Element, ...]:
    word_px = room.font(36)
    word_w = text_width(word, word_px, 700) + 2
    if word_w > place.w // 2:
        word_px = room.font(28)
        word_w = min(text_width(word, word_px, 700) + 2, place.w // 2)
    free = place.w - word_w - room.px(16)
    size = largest(figure, free, tuple(room.font(s) for s in (layout.DISPLAY, 52, layout.TITLE, 34)))
    return (
        Label(place._replace(w=word_w), word, word_px, 700, max_lines=2, line_height=1.05),
        Label(place, figure, size, 800, True, align="end", amount=True),
    )


def _digits(taken: Taken) -> str:
    reference = taken.tender.reference
    return reference if isinstance(reference, str) else ""


def _used(place: Rect, taken: Taken, title: str, words: Words, room: Room) -> tuple[Element, ...]:
    """What it paid, and what is left on it; a picture where there is room."""
    px = room.px
    used = words.say("{amount} used", amount=words.money(Money(taken.tender.amount_minor)))
    if taken.rest:
        kept = words.say("{amount} is left on this card.", amount=words.money(taken.rest))
    else:
        kept = words.say("Nothing is left on this card.")
    side = min(px(180), place.h - px(12))
    pictured = side >= px(100) and not room.large
    plate = Rect(place.x, place.y + px(12), side, side)
    left = layout.right_of(plate) + px(24) if pictured else place.x
    wide = layout.right_of(place) - left
    head_px = room.font(layout.BODY)
    head_h = round(head_px * 1.4)
    headed = text_width(title, head_px, 600) + room.icon(34) + px(12) <= wide and place.h >= head_h * 3
    top = place.y + (head_h if headed else 0)
    below = Rect(left, top, wide, place.y + place.h - top)
    parts = (Mark("check-circle", room.icon(34), "primary"), Word(title, head_px, 600, colour="primary"))
    return (
        *(
            (Box(plate, "primary-soft", radius=px(20)), Icon(plate, "gift-outline", "primary", side * 13 // 18))
            if pictured
            else ()
        ),
        *((Row(Rect(left, place.y, wide, head_h), parts, px(12), "start"),) if headed else ()),
        *told(below, used, kept, room, sizes=(40, 36, 28)),
    )
