"""18a Closed and 18b Out of order: honest front pages of a lane that does not sell now."""

from kiosk.checkout.paying import fault, is_resting
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.measure import wrap
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Label, Mark, Picture, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import fits
from kiosk.ui.screens.utility import call_staff
from kiosk.ui.view import View
from kiosk.ui.words import Words

_FAULT_CODES = {
    "scanner": "E-203",
    "card_terminal": "E-301",
    "pos_printer": "E-401",
    "disk": "E-101",
    "signer": "E-501",
}
"""What staff and the manual call each fault; any other device is `E-900`."""


def scene(state: State, view: View, words: Words) -> Scene:
    """18b while something needed is broken, else 18a: also while a device has its maintenance."""
    if state.closed == "fault" and fault(state) and not is_resting(state):
        return _out_of_order(state, view, words)
    if state.pause is not None:
        title = words.say("Back at {time}", time=words.time(state.pause.until_utc_ms))
    else:
        title = words.say("This checkout is closed")
    text = words.say("Please use one of the checkouts with a green light.")
    if state.pause is not None and (why := _why(state.pause.reason, words)):
        text = f"{why} {text}"
    room = room_in(state, view)
    parts = front(state, view, words, title, text, "svg:closed", ("on-deep", "on-deep2"), room)
    return Scene(
        "18a-closed" if state.pause is None else "18a-paused",
        room.panel.size,
        "deep",
        (*parts, *call_staff(call_place(room), state, words, style="deep", size=layout.BODY, room=room)),
        title=title,
    )


def _why(reason: str, words: Words) -> str:
    """What shoppers may know of a pause."""
    match reason:
        case "break":
            return words.say("We are taking a short break.")
        case "cash":
            return words.say("We are seeing to the cash.")
        case "cleaning":
            return words.say("We are cleaning here.")
        case "fault":
            return words.say("We are putting something right.")
    return ""


def call_place(room: Room) -> Rect:
    """Where Call staff stands."""
    px, low = room.px, room.panel.size[1] - room.px(36)
    high = room.touch(104)
    return Rect(px(64), low - high, min(room.panel.size[0] - 2 * px(64), px(400) if not room.large else px(480)), high)


def front(
    state: State,
    view: View,
    words: Words,
    title: str,
    text: str,
    picture: str,
    inks: tuple[str, str],
    room: Room,
    *,
    above_call: int = 0,
) -> tuple[Element, ...]:
    """What is the matter, in large letters, and a picture beside it, or above it where the panel is upright.

    `above_call`: so many pixels above Call staff belong to something else.
    """
    px, (width, _) = room.px, room.panel.size
    shown = banner(state, view, words)
    end = call_place(room).y - px(16) - above_call
    note_h = max(room.touch(88), room.zones.banner.h) if shown else 0
    note = Rect(px(64), end - note_h, width - 2 * px(64), note_h)
    if shown:
        end = note.y - px(12)
    top = px(112)
    if room.portrait:
        side = min((end - top) // 3, px(520))
        drawing, place = (
            Rect(px(64), top, width - 2 * px(64), side),
            Rect(px(64), top + side + px(32), width - 2 * px(64), end - top - side - px(32)),
        )
    else:
        wide = 0 if room.large or not picture else px(520)
        drawing = Rect(width - px(40) - wide, px(180), wide, min(px(347), end - px(180)))
        place = Rect(px(64), top, (width - 2 * px(64) if not wide else drawing.x - px(64)), end - top)
    text_px = room.font(36)
    for size in (80, 68, 56, 44, 36):
        title_px = room.font(size)
        for text_px in (room.font(36), room.font(28)):
            title_h = round(len(wrap(title, place.w, title_px, 800, True)) * title_px * 1.04) + 2
            text_h = round(len(wrap(text, place.w - px(36), text_px, 600)) * text_px * 1.25) + 2
            if title_h + px(20) + text_h <= place.h and fits(title, place.w, 4, title_px, 800, True):
                break
        if title_h + px(20) + text_h <= place.h and fits(title, place.w, 4, title_px, 800, True):
            break
    y = place.y + max(0, (place.h - title_h - px(20) - text_h) * 3 // 7)
    y = y if room.portrait else min(y, px(181))
    return (
        *brand(state, words, ink=inks[0], room=room),
        Label(Rect(place.x, y, place.w, title_h), title, title_px, 800, True, inks[0], max_lines=4,
              line_height=1.04, valign="top"),
        Label(Rect(place.x, y + title_h + px(20), place.w - px(36), text_h), text, text_px, 600, colour=inks[1],
              max_lines=round(text_h / (text_px * 1.25)) or 1, line_height=1.25, valign="top"),
        *((Picture(drawing, picture),) if picture and drawing.w and drawing.h > px(100) else ()),
        *(paint(shown, note, words, room) if shown else ()),
    )  # fmt: skip


def _out_of_order(state: State, view: View, words: Words) -> Scene:
    room = room_in(state, view)
    px, call = room.px, call_place(room)
    title = words.say("Sorry, we need a quick fix")
    cause, font = cause_text(state, words), room.font(24)
    parts = (Mark("information-outline", room.icon(38), "ink2"), Word(cause, font, 500, colour="ink2"))
    beside = room.panel.size[0] - layout.right_of(call) - px(24) - px(32)
    lines = len(wrap(cause, beside - room.icon(38) - px(16), font))
    below = lines <= 2 and beside > px(200)
    high = max(px(80), round(font * 2.4))
    place = Rect(layout.right_of(call) + px(24), call.y + (call.h - high) // 2, beside, high)
    if not below:
        place = Rect(call.x, call.y - px(8) - high, room.panel.size[0] - 2 * call.x, high)
    told = front(state, view, words, title, _what_now(state, words), "svg:wrench", ("ink", "ink2"), room,
                  above_call=0 if below else high)  # fmt: skip
    return Scene(
        "18b-out-of-order",
        room.panel.size,
        "ground",
        (
            *told,
            *call_staff(call, state, words, size=layout.BODY, room=room),
            Row(place, parts, px(16), "start"),
        ),
        title=title,
    )


def _what_now(state: State, words: Words) -> str:
    known = (
        words.say("Please use another checkout. Staff know about it.")
        if state.devices.link_up
        else words.say("Please use another checkout and tell our staff.")
    )
    if not state.parked:
        return known
    kept = words.say("If you were paying, nothing is lost: show them code {code}.", code=f"**{state.parked[-1].code}**")
    return f"{known} {kept}"


def cause_text(state: State, words: Words) -> str:
    """`E-203 · Scanner not answering · since 14:02`"""
    broken = fault(state)
    code = _FAULT_CODES.get(broken.split(".")[0], "E-900")
    if broken == "disk":
        return words.say("{code} · No room to keep another sale", code=code)
    if broken == "signer":
        return words.say("{code} · The law asks for: {signer}", code=code, signer=state.lane.signer_missing)
    _, since = state.devices.lost[broken]
    return words.say(
        "{code} · {device} · since {time}", code=code, device=not_answering(broken, words), time=words.time(since)
    )


def not_answering(device: str, words: Words) -> str:
    """The device in words, and that it does not answer."""
    match device.split(".")[0]:
        case "scanner":
            return words.say("Scanner not answering")
        case "card_terminal":
            return words.say("Card terminal not answering")
        case "pos_printer":
            return words.say("Printer not answering")
    return words.say("{device} not answering", device=device)
