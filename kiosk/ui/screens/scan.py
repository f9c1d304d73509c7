"""02 Scanning and 03 Empty basket: the work surface. Last item large, four actions, the slip, Pay.

A name takes two lines on the stage, one on the slip; all of it stands on the line's sheet (08).
"""

from kiosk.checkout.basket import Line
from kiosk.checkout.events import PayPressed
from kiosk.checkout.paying import pay_blocked
from kiosk.checkout.pricing import due, line_total
from kiosk.checkout.state import State
from kiosk.checkout.tenders import in_all
from kiosk.ui import layout
from kiosk.ui.goods import item_picture
from kiosk.ui.measure import largest, text_width, wrap
from kiosk.ui.room import FLOOR_PX, Room, room_in
from kiosk.ui.scene import Box, Button, Element, Icon, Label, Mark, Picture, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import back, brand
from kiosk.ui.screens.deals import NONE, Deal, deals
from kiosk.ui.screens.face import USUAL_ROOM, action, button, fits
from kiosk.ui.screens.greeting import greeting
from kiosk.ui.screens.slip import basket, how_priced, turner
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, SwitchSetting, View
from kiosk.ui.words import Words


def scene(state: State, view: View, words: Words) -> Scene:
    """02, or 03 while nothing is in the basket."""
    room = room_in(state, view)
    zones = room.zones
    line = newest(state)
    member = state.notice is not None and state.notice.kind == "member"
    greeted = member and not view.why
    shown = None if greeted else banner(state, view, words)
    place = zones.stage_under_banner if shown else zones.stage
    title = line.item.name_in(words.language) if line else words.say("Scan your first item")
    name = "03-empty-basket" if line is None else "02-scanning"
    if shown and shown.icon == "cloud-off-outline":
        name = "18d-offline-still-selling"
    if member:
        name, title = "09-member", words.say("Member card added")
    more = view.page == "more" and room.large
    elements = (
        *(() if shown and room.large else brand(state, words, room=room)),
        *(paint(shown, zones.banner, words, room) if shown else ()),
        *(stage(place, state, words, room) if not greeted else greeting(place, state, view, words, room)),
        *(folded(state, words, room) if more else actions(state, words, room)),
        *utility(state, words, room),
        *(() if shown else lowered(words, room)),
        *basket(state, view, words, room=room),
        *pay(state, words, room=room),
    )
    return Scene(name, room.panel.size, "ground", elements, focus=focus(elements, words), title=title)


def lowered(words: Words, room: Room) -> tuple[Element, ...]:
    """Lower controls say that they are on, and how they are turned off."""
    place = room.zones.notice
    if not place.h:
        return ()
    off = words.say("Turn off")
    wide = max(room.px(158), text_width(off, room.font(28), 600) + room.px(52))
    key = Rect(place.x + place.w - wide - room.px(8), place.y + room.px(6), wide, place.h - 2 * room.px(6))
    text = Rect(place.x + room.px(84), place.y + 6, place.w - room.px(84) - wide - room.px(24), place.h - 12)
    told = words.say("Lower controls are on.")
    size = 28 if fits(told, text.w, 2, room.font(28), 700) else 24
    return (
        Box(place, "info-soft", radius=room.px(20)),
        Icon(Rect(place.x + room.px(20), place.y, room.px(48), place.h), "arrow-collapse-down", "info", room.icon(44)),
        Label(text, told, room.font(size), 700, max_lines=2, line_height=1.15),
        *button(key._replace(h=max(key.h, FLOOR_PX)), SwitchSetting("lower_controls"), off, room=room),
    )


def stage(place: Rect, state: State, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """What was added last, or how to begin."""
    line = newest(state)
    if line is None:
        return _how_to(place, words, room)
    return last_item(place, line, deals(state.basket, words).get(line.line, NONE), words, room)


def newest(state: State) -> Line | None:
    """The line that the stage shows: the one added last, or else the last one left."""
    lines = state.basket.lines
    return next((line for line in lines if line.line == state.basket.newest), lines[-1] if lines else None)


def focus(elements: tuple[Element, ...], words: Words) -> tuple[str, ...]:
    """Pay, unless it is locked, then the actions."""
    say = words.say
    there = {element.name: element for element in elements if isinstance(element, Button)}
    locked = any(button.group == "pay" and button.why_not for button in there.values())
    first = () if locked else (say("Pay"),)
    wanted = (*first, say("Item without barcode"), say("More choices"), say("Type a code"), say("Change or remove"))
    return tuple(name for name in (*wanted, say("Member card")) if name in there)


def last_item(stage: Rect, line: Line, deal: Deal, words: Words, room: Room) -> tuple[Element, ...]:
    """The stage: picture, name, how the price came about, price. What has no room goes in this order: the picture (in
    Large text always), the reckoning, the words that it was just added."""
    px = room.px
    name, price = line.item.name_in(words.language), words.money(line_total(line) - deal.less)
    small = stage.h < px(300)
    side = stage.h - 2 * px(28)
    plate = Rect(stage.x + px(28), stage.y + px(28), side, side)
    pictured = not room.large and side >= px(90)
    left = layout.right_of(plate) + px(24) if pictured else stage.x + px(32)
    wide = layout.right_of(stage) - left - px(24)
    title_px, caption_px = room.font(layout.TITLE), room.font(layout.CAPTION)
    rows = 2 if not small and text_width(name, title_px, 700, True) > wide else 1
    price_px = largest(price, wide, tuple(room.font(size) for size in (layout.DISPLAY, 52, layout.TITLE, 34)))
    heights = [max(px(40), round(room.font(28) * 1.4)), round(rows * title_px * 1.1) + px(4),
               round(caption_px * 1.3), max(px(66), round(price_px * 1.06))]  # fmt: skip
    free = stage.h - 2 * px(8)
    if sum(heights) > free:
        heights[2] = 0
    if sum(heights) > free:
        heights[0] = 0
    if sum(heights) > free:
        title_px = room.font(layout.CAPTION)
        heights[1] = min(heights[1], max(free - heights[3], round(title_px * 1.1)))
    top = stage.y + (stage.h - sum(heights)) // 2
    reckoning = price_of_one(line, words)
    if text_width(reckoning, caption_px) > wide:
        reckoning = how_priced(line, words, words.amount(line.item.price))
    if deal.tag and text_width(f"{reckoning} · {deal.tag}", caption_px) <= wide:
        reckoning += f" · {deal.tag}"
    painted: list[Element] = [Box(stage, "paper", radius=px(28))]
    if pictured:
        painted += [Box(plate, "plate", radius=px(24)),
                    item_picture(layout.inset(plate, side * 31 // 264), line.item)]  # fmt: skip
    if heights[0]:
        parts = (Mark("check-circle", room.icon(34), "primary"),
                 Word(words.say("Just added"), room.font(28), 600, colour="primary"))  # fmt: skip
        painted.append(Row(Rect(left, top, wide, heights[0]), parts, px(11), "start"))
        top += heights[0]
    painted.append(Label(Rect(left, top, wide, heights[1]), name, title_px, 700, True, max_lines=rows,
                         line_height=1.1, plain=True))  # fmt: skip
    top += heights[1]
    if heights[2] and text_width(reckoning, caption_px) <= wide:
        painted.append(Label(Rect(left, top, wide, heights[2]), reckoning, caption_px, colour="ink2", amount=True))
    top += heights[2]
    painted.append(Label(Rect(left, top, wide, heights[3]), price, price_px, 800, True, amount=True))
    return tuple(painted)


def price_of_one(line: Line, words: Words) -> str:
    """`0.395 kg × 39.90 kr/kg`, `2 × 11.90 kr`."""
    return how_priced(line, words, words.money(line.item.price), "/kg")


def _how_to(stage: Rect, words: Words, room: Room) -> tuple[Element, ...]:
    """How to begin: a picture, if there is room, and two sentences."""
    px = room.px
    title, text = words.say("Scan your first item"), words.say("Hold the barcode over the glass. You will hear a beep.")
    title_px, text_px = room.font(layout.TITLE), room.font(layout.BODY)
    drawing = Rect(stage.x + px(28), stage.y + px(24), round((stage.h - 2 * px(24)) * 1.5), stage.h - 2 * px(24))
    drawing = drawing._replace(w=min(drawing.w, px(340)))
    for pictured in (not room.large, False):
        left = layout.right_of(drawing) + px(24) if pictured else stage.x + px(32)
        wide = layout.right_of(stage) - left - px(20)
        title_h = round(len(wrap(title, wide, title_px, 700, True)) * title_px * 1.1) + 2
        text_h = round(len(wrap(text, wide, text_px)) * text_px * 1.25) + 2
        if title_h + px(10) + text_h <= stage.h - px(8) and fits(title, wide, 3, title_px, 700, True):
            break
    told = title_h + px(10) + text_h <= stage.h
    top = stage.y + (stage.h - title_h - (px(10) + text_h if told else 0)) // 2
    return (
        Box(stage, "paper", radius=px(28)),
        *((Picture(drawing, "svg:scan"),) if pictured else ()),
        Label(Rect(left, top, wide, title_h), title, title_px, 700, True, max_lines=3, line_height=1.1, valign="top"),
        *(
            (Label(Rect(left, top + title_h + px(10), wide, text_h), text, text_px,
                   max_lines=max(3, round(text_h / text_px)), line_height=1.25, valign="top"),)
            if told else ()
        ),
    )  # fmt: skip


def actions(state: State, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """The four actions below the stage; in Large text two, behind the second of which are the others."""
    say, place = words.say, room.zones.actions
    if room.large and not room.portrait:
        one, more = layout.rows(place, 2, room.px(16))
        return (
            *action(one, OpenPage("picker"), say("Item without barcode"), "fruit-cherries", room=room),
            *action(more, OpenPage("more"), say("More choices"), "dots-horizontal", room=room),
        )
    one, two, three, four = layout.grid(place, 2, 2, room.px(16), room.px(20))
    return (
        *action(one, OpenPage("picker"), say("Item without barcode"), "fruit-cherries", room=room),
        *_further((two, three, four), state, words, room),
    )


def folded(state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """What is behind More choices, and the way back."""
    place = room.zones.actions
    one, two, three, four = layout.grid(place, 2, 2, room.px(14), room.px(16))
    return (
        *_further((one, two, three), state, words, room),
        *action(four, OpenPage(""), words.say("Back"), "arrow-left", room=room, group="back"),
    )


def _further(places: tuple[Rect, Rect, Rect], state: State, words: Words, room: Room) -> tuple[Element, ...]:
    say = words.say
    code, change, member = places
    nothing = "" if state.basket.lines else say("There is nothing to change yet. Scan something first.")
    card = "card-account-details-star-outline"
    return (
        *action(code, OpenPage("code"), say("Type a code"), "dialpad", room=room),
        *action(change, OpenPage("lines"), say("Change or remove"), "pencil-outline", why_not=nothing, room=room),
        *action(member, OpenPage("member"), say("Member card"), card, room=room),
    )


def pay(state: State, words: Words, *, meanwhile: str = "", room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """The one green thing; locked with its reason while it waits. `meanwhile`: why a page comes first."""
    why = {
        "": meanwhile,
        "empty": words.say("Scan something first."),
        "weighing": words.say("Finish weighing first, or go back."),
        "age": words.say("Our staff check your age first. You can keep scanning."),
        "bag": words.say("First your shelf and your basket should match. Look at the left side of the screen."),
        "value": words.say("This checkout does not take so much at once. Please go to a staffed checkout."),
    }[pay_blocked(state)]
    return button(
        room.zones.pay,
        PayPressed(),
        words.say("Pay"),
        room=room,
        style="primary",
        icon="contactless-payment",
        size=layout.PAY_LABEL,
        weight=700,
        icon_px=52,
        why_not=why,
        gap=16,
        group="pay",
        value=words.money(in_all(state.basket)) if state.basket.lines else "",
    )


def choosing(state: State, view: View, words: Words) -> Scene:
    """The way to 08: the slip's lines are outlined, one is to be touched. Where nobody reaches the slip they stand on
    the page as buttons, the newest first."""
    room = room_in(state, view).paged
    zones = room.zones
    title = words.say("Tap the line you want to change")
    shown = banner(state, view, words)
    slip = basket(state, view, words, choosing=not room.reach, room=room)
    return Scene(
        "02-choose-line",
        room.panel.size,
        "ground",
        (
            *back("" if shown else words.say("Change or remove"), OpenPage(""), words, room),
            *(paint(shown, zones.title, words, room) if shown else ()),
            *(_lines_to_touch(state, view, words, room) if room.reach else _tap_a_line(state, title, words, room)),
            *utility(state, words, room, back=True),
            *slip,
            *(pay(state, words, room=room) if not room.portrait else ()),
        ),
        focus=tuple(e.name for e in reversed(slip) if isinstance(e, Button) and e.role == "line"),
        title=title,
    )


def _tap_a_line(state: State, title: str, words: Words, room: Room) -> tuple[Element, ...]:
    px, panel = room.px, room.zones.page
    title_px, text_px, wide = room.font(layout.TITLE), room.font(layout.BODY), panel.w - 2 * px(36)
    text = words.count(
        "{count} line in your basket, {total}",
        "{count} lines in your basket, {total}",
        len(state.basket.lines),
        total=words.money(due(state.basket)),
    )
    title_h = round(len(wrap(title, wide, title_px, 700, True)) * title_px * 1.1) + 2
    text_h = round(len(wrap(text, wide, text_px)) * text_px * 1.25) + 4
    free = panel.h - title_h - text_h - px(80)
    side = min(px(150), free)
    top = panel.y + (panel.h - title_h - text_h - (side + px(40) if side >= px(60) else px(8))) // 2
    painted: list[Element] = [Box(panel, "sun-soft", radius=px(28))]
    if side >= px(60):
        painted.append(Icon(Rect(panel.x, top, panel.w, side), "gesture-tap", size=side))
        top += side + px(32)
    painted += [
        Label(Rect(panel.x + px(36), top, wide, title_h), title, title_px, 700, True, align="centre", max_lines=3,
              line_height=1.1, valign="top"),
        Label(Rect(panel.x + px(36), top + title_h + px(8), wide, text_h), text, text_px, align="centre", max_lines=3,
              line_height=1.25, valign="top"),
    ]  # fmt: skip
    return tuple(painted)


def _lines_to_touch(state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    """The lines as buttons below what hands reach, the newest first; more of them than have room are turned."""
    place = room.zones.page
    top = max(place.y, room.top_touch)
    high, gap = room.touch(100), room.px(14)
    down = max(1, (layout.below(place) - top + gap) // (high + gap))
    across = 1 if down > 2 else 2
    cells = layout.grid(Rect(place.x, top, place.w, down * (high + gap) - gap), across, down, gap, gap)
    lines = tuple(reversed(state.basket.lines))
    turned = len(lines) > len(cells)
    count = len(cells) - turned
    first = min(view.scrolled, max(0, len(lines) - count))
    painted: list[Element] = []
    for line, cell in zip(lines[first : first + count], cells, strict=False):
        painted += button(cell, OpenPage("line", line.line), line.item.name_in(words.language), room=room)
    if turned:
        older, newer = layout.columns(cells[-1], 2, gap)
        no_older = words.say("These are the first lines.") if first + count >= len(lines) else ""
        no_newer = "" if first else words.say("These are the newest lines.")
        painted += turner(older, count, words, room, no_older)
        painted += turner(newer, -count, words, room, no_newer)
    return tuple(painted)
