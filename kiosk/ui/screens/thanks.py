"""15 Thank you: the end, the exit code where the shop has a gate, and what people forget."""

from typing import NamedTuple

from kiosk.checkout.events import DonePressed, Event, GiftReceiptAsked
from kiosk.checkout.finishing import gift_offered
from kiosk.checkout.joining import offered
from kiosk.checkout.sale import exit_code
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import wrap
from kiosk.ui.room import GAP_PX, Room, room_in
from kiosk.ui.scene import Box, Code, Element, Icon, Label, Picture, Rect, Scene, Zigzag
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button, fits
from kiosk.ui.screens.utility import call_staff
from kiosk.ui.screens.welcome import stand_of
from kiosk.ui.view import Look, OpenForm, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """Goodbye."""
    assert state.sale is not None
    left = state.devices.card_left
    title = words.say("Remember your card!") if left else words.say("Thank you.\nSee you soon!")
    done = words.say("Done")
    shown = banner(state, view, words)
    room = room_in(state, view)
    stand = stand_of(room)
    px = room.px
    said = Rect(stand.words.x, stand.words.y, stand.words.w, stand.utility.y - px(16) - stand.words.y)
    extras = _extras(state, words)
    note_h = room.zones.banner.h if shown else 0
    note = Rect(said.x, layout.below(said) - note_h, said.w, note_h)
    return Scene(
        "15-thank-you",
        room.panel.size,
        "deep",
        (
            *brand(state, words, ink="on-deep", room=room),
            *_goodbye(said._replace(h=said.h - (note_h + GAP_PX if shown else 0)), title, state, extras, words, room),
            *(paint(shown, note, words, room) if shown else ()),
            *_ways_on(stand.utility, done, state, words, room),
            *_paper(stand.paper, state, words, room),
        ),
        focus=(done,),
        title=title.replace("\n", " "),
    )


def _ways_on(place: Rect, done: str, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    one, two = layout.columns(place, 2, room.px(16))
    return (
        *button(one, DonePressed(), done, room=room, style="sun", icon="check-bold"),
        *call_staff(two, state, words, style="deep", size=layout.BODY, room=room),
    )


class _Extra(NamedTuple):
    """Something that may be asked for at the end; without an event it only says what is under way."""

    text: str
    says: Event | Look | None


def _extras(state: State, words: Words) -> tuple[_Extra, ...]:
    """A receipt without prices, then that it is coming; the points of this sale for whoever becomes a member now."""
    extras: list[_Extra] = []
    if gift_offered(state):
        extras.append(_Extra(words.say("Gift receipt"), GiftReceiptAsked()))
    elif state.gift_receipt:
        extras.append(_Extra(words.say("The gift receipt is on its way."), None))
    if offered(state):
        extras.append(_Extra(words.say("Become a member"), OpenForm("contact", "join")))
    return tuple(extras)


def _goodbye(
    place: Rect, title: str, state: State, extras: tuple[_Extra, ...], words: Words, room: Room
) -> tuple[Element, ...]:
    """Headline, what people forget, the extras at the right and the picture in what is left."""
    px, text = room.px, words.say("Remember your card and all your bags.")
    if state.devices.card_left:
        text = words.say("It is still in the card terminal.")
    text_px = room.font(32)
    text_h = round(len(wrap(text, place.w, text_px, 600)) * text_px * 1.25) + 2
    gap = max(px(10), GAP_PX)
    asked = len(extras) * (room.touch(88) + gap)
    for size in (80, 68, 56, 44):
        title_px = room.font(size)
        title_h = round(len(wrap(title, place.w, title_px, 800, True)) * title_px * 1.04) + 2
        if title_h + px(16) + text_h + asked <= place.h and fits(title, place.w, 4, title_px, 800, True):
            break
    told = title_h + px(16) + text_h + asked <= place.h
    top = place.y + title_h + (px(16) + text_h if told else 0) + px(8)
    top = max(top, room.top_touch) if extras else top
    high, wide = room.touch(88), max(px(220), place.w // 3)
    font = room.font(layout.UTILITY_TEXT)
    rows = min(2, max(1, int((high - 8) / (font * 1.15))))
    if not all(fits(extra.text, wide - 2 * px(14), rows, font, 600) for extra in extras):
        wide = place.w
    right = Rect(place.x + place.w - wide, top, wide, high)
    painted: list[Element] = []
    room_for = max(0, (layout.below(place) - top + gap) // (high + gap))
    for number, extra in enumerate(extras[:room_for]):
        cell = right._replace(y=top + number * (high + gap))
        if extra.says is not None:
            painted += button(cell, extra.says, extra.text, room=room, style="deep", size=layout.UTILITY_TEXT)
        else:
            painted.append(Label(cell, extra.text, room.font(24), colour="on-deep2", max_lines=4, line_height=1.1))
    drawing = Rect(place.x, top, place.w - (wide + px(16) if extras else px(180)), place.y + place.h - top)
    pictured = drawing.h >= px(100) and drawing.w >= px(150)
    return (
        Label(Rect(place.x, place.y, place.w + px(14), title_h), title, title_px, 800, True, "on-deep", max_lines=4,
              line_height=1.04),
        *(
            (Label(Rect(place.x, place.y + title_h + px(16), place.w, text_h), text, text_px, 600, colour="on-deep2",
                   max_lines=4, line_height=1.25, valign="top"),)
            if told else ()
        ),
        *((Picture(drawing, "svg:terminal" if state.devices.card_left else "svg:thanks"),) if pictured else ()),
        *painted,
    )  # fmt: skip


def _paper(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """The exit code where the shop has a gate, else a tick; a heading above it and a sentence below."""
    assert state.sale is not None
    px = room.px
    code = exit_code(state.sale) if state.lane.exit_codes else ""
    heading = words.say("Your exit code") if code else state.lane.store_name
    text = words.say("Show the printed slip at the gate, or take a photo of this.") if code else _receipt(state, words)
    named = code or words.say("Paid")
    inner = Rect(place.x + px(24), px(26), place.w - 2 * px(24), place.h - px(40))
    text_px, name_px = room.font(layout.BODY), room.font(46)
    text_h = round(len(wrap(text, inner.w, text_px)) * text_px * 1.28) + 2
    name_h = round(name_px * 1.3)
    head_px = room.font(36)
    head_rows = min(4, len(wrap(heading, inner.w, head_px, 700)))
    head_h = round(head_rows * head_px * 1.2) + 2
    foot = layout.below(inner) - max(text_h, px(96))
    side = min(foot - px(24) - name_h - inner.y - head_h - px(8), inner.w)
    middle = Rect(inner.x, inner.y + head_h + px(4), inner.w, side)
    shape = (
        Code(layout.middle(middle, side, side), code)
        if code
        else Icon(middle, "check-circle", "primary", min(side, px(240)))
    )
    return (
        Box(place, "paper", shadow="slip"),
        Zigzag(Rect(place.x, place.h, place.w, px(17))),
        shape,
        Label(inner._replace(h=head_h), heading, head_px, 700, align="centre", max_lines=4, line_height=1.2,
              valign="top", plain=not code),
        Label(Rect(inner.x, foot - px(20) - name_h, inner.w, name_h), named, name_px, 700, align="centre",
              amount=bool(code)),
        Box(Rect(inner.x + px(11), foot - px(10), inner.w - 2 * px(11), 2), "hair"),
        Label(Rect(inner.x, foot, inner.w, max(text_h, px(96))), text, text_px, align="centre",
              max_lines=max(3, round(text_h / (text_px * 1.28))), line_height=1.28, valign="top"),
    )  # fmt: skip


def _receipt(state: State, words: Words) -> str:
    match state.receipt:
        case "print":
            return words.say("Your receipt is on its way out of the printer.")
        case "staff":
            return words.say("Our staff print your receipt.")
        case "email":
            return words.say("Your receipt comes by e-mail.")
        case "qr":
            return words.say("Your receipt stays on your phone.")
    return words.say("No receipt, as you wished.")
