"""01 Welcome: seen from five metres; a scan, Start, or a touch of the empty green begins."""

from typing import NamedTuple

from kiosk.checkout.events import LanguageChosen, StartPressed
from kiosk.checkout.paying import working_tenders
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import largest, text_width, wrap
from kiosk.ui.motion import DIPPING
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room, room_in
from kiosk.ui.scene import Box, Button, Element, Icon, Label, Picture, Rect, Scene, Zigzag
from kiosk.ui.screens.banner import Banner, banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.cash_machine import only_exact
from kiosk.ui.screens.face import button, fits, target
from kiosk.ui.screens.utility import accessibility, call_staff, cut, language, own_name, settings_name, staff_name
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import LANGUAGES, Words


def scene(state: State, view: View, words: Words) -> Scene:
    """The front page."""
    room = room_in(state, view)
    title = words.say("Scan your\nfirst item")
    shown = banner(state, view, words)
    stand = stand_of(room)
    tags = _languages_shown(state, stand.paper, room)
    listed = _languages(stand.paper, tags, len(tags) < len(_known(state)), state.settings.high_contrast, words, room)
    return Scene(
        "01-welcome",
        room.panel.size,
        "deep",
        (
            *_call(title, _how_to_begin(state, words), shown, stand, words, room),
            *brand(state, words, ink="on-deep", room=_signed(stand, room)),
            *button(
                stand.start,
                StartPressed(),
                words.say("Start"),
                room=room,
                style="sun",
                icon="gesture-tap",
                size=46,
                icon_px=60,
                weight=700,
                gap=16,
                radius=28,
            ),
            *_row(stand.utility, state, words, room),
            *listed,
        ),
        focus=(
            words.say("Start"),
            *(b.name for b in listed if isinstance(b, Button)),
        ),
        title=title.replace("\n", " "),
    )


class Stand(NamedTuple):
    """Where things stand on this page."""

    paper: Rect
    words: Rect
    """From the headline to the start button."""
    start: Rect
    utility: Rect


def stand_of(room: Room) -> Stand:
    """The first page and the last stand alike."""
    px, zones = room.px, room.zones
    width, height = room.panel.size
    if room.portrait:
        low = height - px(100)
        row = Rect(px(72), low - room.touch(120), width - 2 * px(72), room.touch(120))
        start = Rect(px(72), row.y - px(116) - room.touch(186), px(390), room.touch(186))
        paper = Rect(px(40), 0, width - 2 * px(40), px(812))
        top = max(paper.h + px(60), room.top_touch if room.reach else 0)
        return Stand(paper, Rect(px(72), top, width - 2 * px(72), start.y - px(30) - top), start, row)
    paper = Rect(zones.slip.x, 0, zones.slip.w, height - px(52))
    left = Rect(px(56), px(120 if not room.reach else 32), zones.slip.x - px(56) - px(44), 0)
    row = Rect(left.x, height - px(28) - room.touch(88), left.w, room.touch(88))
    start_h = room.touch(128)
    start = Rect(left.x, row.y - px(44) - start_h, px(300), start_h)
    return Stand(paper, left._replace(h=start.y - px(12) - left.y), start, row)


def _signed(stand: Stand, room: Room) -> Room:
    """Upright, where the paper hangs over the brand bar's place, that is below the last row, if there is room."""
    foot = Rect(stand.utility.x, layout.below(stand.utility) + room.px(27), stand.utility.w, room.px(56))
    moved = room._replace(zones=room.zones._replace(brand=foot))
    fit = moved.door.y >= layout.below(stand.utility) + GAP_PX and layout.below(moved.door) <= room.panel.size[1]
    return moved if room.portrait and fit else room


def _call(title: str, text: str, shown: Banner | None, stand: Stand, words: Words, room: Room) -> tuple[Element, ...]:
    """Headline, how to begin and the picture; what the eye needs least yields to a banner."""
    px, place = room.px, stand.words
    wide = place.w + px(14)
    sizes = [84, 68, 56, 44]
    text_px = room.font(34)
    note_h = max(room.touch(88), 2 * round(room.font(26) * 1.22) + 16) if shown else 0
    for size in sizes:
        title_px = room.font(size)
        title_h = round(len(wrap(title, wide, title_px, 800, True)) * title_px * 1.04)
        text_h = round(len(wrap(text, wide, text_px, 600)) * text_px * 1.25) + 2
        if title_h + px(14) + text_h + (note_h + px(12) if shown else 0) <= place.h and _whole(title, wide, title_px):
            break
    told = title_h + px(14) + text_h + (note_h + px(12) if shown else 0) <= place.h
    text_y = place.y + title_h + px(18)
    note_y = min(text_y + (text_h if told else 0) + px(10), place.y + place.h - note_h)
    note = Rect(place.x, note_y, place.w, note_h)
    reached = max(place.y - px(16), room.top_touch)
    reached = max(reached, room.door.y + room.door.h + GAP_PX if room.zones.brand.h else reached)
    end = (note.y if shown else stand.start.y) - GAP_PX
    empty = Rect(0, reached, place.x + place.w + px(10), end - reached)
    beside = layout.right_of(stand.start) + px(32)
    above = (layout.below(note) if shown else text_y + (text_h if told else 0)) + px(8)
    drawing = Rect(beside, above, place.x + place.w - beside, layout.below(stand.start) + px(17) - above)
    anywhere = words.say("Start by touching anywhere")
    return (
        *(
            (target(empty, StartPressed(), anywhere, style="bare", radius=0, group="aside"),)
            if empty.h >= FLOOR_PX
            else ()
        ),
        Label(Rect(place.x, place.y, wide, title_h), title, title_px, 800, True, "on-deep", max_lines=4,
              line_height=1.04),
        *(
            (Label(Rect(place.x, text_y, wide, text_h), text, text_px, 600, colour="on-deep2",
                   max_lines=max(2, round(text_h / (text_px * 1.25))), line_height=1.25, valign="top"),)
            if told else ()
        ),
        *(
            (Picture(drawing, "svg:scan-dark"), Picture(drawing, DIPPING))
            if drawing.h >= px(90) and drawing.w >= px(120) else ()
        ),
        *(paint(shown, note, words, room) if shown else ()),
    )  # fmt: skip


def _whole(text: str, wide: int, size: int) -> bool:
    return all(text_width(line, size, 800, True) <= wide for line in wrap(text, wide, size, 800, True))


def _row(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """Accessibility and Call staff; upright, where the list of languages is high up, Language too."""
    gap = room.px(16)
    texts = (settings_name(state, words, room), staff_name(state, words, room))
    size = layout.BODY
    if room.portrait or (room.reach and not room.large):
        own, one, two = cut(place, (own_name(words), *texts), (197, 252, 231), gap, room, size=layout.UTILITY_TEXT)
        first, size = language(own, state, words, style="deep", room=room), layout.UTILITY_TEXT
    else:
        one, two = cut(place, texts, (1, 1), gap, room, size=size)
        first = ()
    return (
        *first,
        *accessibility(one, words, style="deep", size=size, room=room),
        *call_staff(two, state, words, style="deep", size=size, room=room),
    )


def _how_to_begin(state: State, words: Words) -> str:
    """What the lane takes now, so that nobody scans a basket that they cannot pay for."""
    if state.training is not None:
        return words.say("Somebody is learning here. Please use another checkout.")
    working = working_tenders(state)
    if "cash" in working and only_exact(state):
        return words.say("or touch Start. The cash machine has little change: exact cash, please.")
    if {"card", "gift_card", "cash"} <= set(working):
        return words.say("or touch Start. We take card, phone, gift card and cash.")
    if "card" in working and "cash" in working:
        return words.say("or touch Start. We take card, phone and cash.")
    if "card" in working:
        return words.say("or touch Start. We take card and phone.")
    if "cash" in working:
        return words.say("or touch Start. We take cash, no cards right now.")
    return words.say("or touch Start. Paying by card is not possible right now.")


def _known(state: State) -> tuple[str, ...]:
    return tuple(tag for tag in state.lane.languages if tag in LANGUAGES)


def _row_px(room: Room) -> int:
    return max(room.px(104 if room.portrait else 97), room.touch(80) + 2)


def _languages_shown(state: State, paper_at: Rect, room: Room) -> tuple[str, ...]:
    """As many as the paper has rows for, at most six; the one that is spoken is among them."""
    tags = _known(state)
    rows = min(7, (paper_at.h - _head_px(room)) // _row_px(room))
    return tags[:rows] if len(tags) <= min(rows, 6) else tags[: min(rows - 1, 6)]


def _head_px(room: Room) -> int:
    return max(room.px(74 if room.portrait else 62), room.lines(24) + room.px(24))


def _languages(
    place: Rect, tags: tuple[str, ...], more: bool, strong: bool, words: Words, room: Room
) -> tuple[Element, ...]:
    """`strong`: in high contrast the chosen one is framed."""
    px, head_h, size = room.px, _head_px(room), room.font(layout.CAPTION)
    heading = words.say("Språk · Language")
    painted: list[Element] = [
        Box(place, "paper", shadow="slip"),
        Zigzag(Rect(place.x, place.h, place.w, px(17))),
        Icon(Rect(place.x + px(28), 0, room.icon(36), head_h - 4), "translate", "ink2", room.icon(38)),
        *(
            (Label(Rect(place.x + px(80), 0, place.w - px(112), head_h - 4), heading, size, 600, colour="ink2"),)
            if fits(heading, place.w - px(112), 1, size, 600) else ()
        ),
        Box(Rect(place.x, head_h - 2, place.w, 2), "hair"),
    ]  # fmt: skip
    y = head_h + (px(7) if not room.large else 0)
    for tag in tags:
        painted += _language(Rect(place.x, y, place.w, _row_px(room) - 2), tag, tag == words.language, strong, room)
        y += _row_px(room)
    if more:
        painted += _more(Rect(place.x, y, place.w, max(_row_px(room) - 2, FLOOR_PX)), words, room)
    return tuple(painted)


def _language(row: Rect, tag: str, chosen: bool, strong: bool, room: Room) -> tuple[Element, ...]:
    greeting, name = LANGUAGES.get(tag, (tag, tag))
    px, side = room.px, room.icon(36)
    marks: tuple[Element, ...] = ()
    if chosen:
        tick = Rect(layout.right_of(row) - px(28) - side, row.y, side, row.h)
        soft = (Box(row, "primary-soft"), Box(row._replace(w=px(8)), "primary"))
        framed = (Box(layout.inset(row, px(4), 0), "paper", "primary", 6),)
        marks = (*(framed if strong else soft), Icon(tick, "check-circle", "primary", side))  # fmt: skip
    end = layout.right_of(row) - px(28) - (side + px(12) if chosen else 0)
    name_px = room.font(layout.BODY)
    wide = text_width(name, name_px, 600) + 4
    free = end - wide - px(12) - row.x - px(28)
    greeting_px = largest(greeting, free, tuple(room.font(size) for size in (38, 32, 28, 24)))
    greeted = text_width(greeting, greeting_px, 800, True) <= free
    face = target(row, LanguageChosen(language=tag), name, style="line", role="radio", selected=chosen, radius=0)
    return (
        *(() if row.y < room.top_touch else (face,)),
        *marks,
        Box(Rect(row.x, row.y + row.h, row.w, 2), "hair"),
        *((Label(Rect(row.x + px(28), row.y, free, row.h), greeting, greeting_px, 700, True),) if greeted else ()),
        Label(Rect(end - wide, row.y, wide, row.h), name, name_px, 600, align="end"),
    )


def _more(row: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """The sheet with all of them; where no hand reaches the paper, the utility row has it."""
    if row.y < room.top_touch or row.y + row.h > room.panel.size[1]:
        return ()
    px, text, side = room.px, words.say("More languages"), room.icon(36)
    wide = row.w - px(28) - px(24) - side - px(12)
    font = room.font(layout.BODY if fits(text, wide, 1, room.font(layout.BODY), 600) else 24)
    return (
        target(row, OpenPage("languages"), text, style="line", radius=0),
        Label(
            Rect(row.x + px(28), row.y, wide, row.h), text, font, 600, colour="primary", max_lines=2, line_height=1.1
        ),
        Icon(Rect(layout.right_of(row) - px(24) - side, row.y, side, row.h), "chevron-right", "primary", side),
    )
