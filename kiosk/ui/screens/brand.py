"""Brand: the bar at the top left. The shop's mark and the lane's number, or Back and the page's title.

The mark is also the staff's way in: touching it opens the PIN pad. It shows no outline: it is for nobody else. Where
a room has no bar (upright, Lower controls) the badge, or Call staff held down, is the way in.
"""

from kiosk.checkout.events import Event, StaffSignedOut
from kiosk.checkout.state import Phase, State
from kiosk.ui.measure import text_width
from kiosk.ui.room import Room
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Picture, Rect, Row, Word
from kiosk.ui.screens.face import USUAL_ROOM, button, fits, target
from kiosk.ui.view import Look, OpenPage
from kiosk.ui.words import Words

NAME = "Kassa"


def lane_number(state: State) -> str:
    """What the shop calls this lane: its number on the sign, or else its name in the system."""
    return state.lane.number or state.lane.till


def brand(state: State, words: Words, *, ink: str = "ink", room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """Logo, name and `Checkout 4`; nothing where the room has no bar."""
    bar, px = room.zones.brand, room.px
    if not bar.h:
        return demo_chip(state, words, room)
    if state.assisted and state.staff is not None:
        return strip(state.staff.name, state, words, room)
    door = OpenPage("staff") if state.staff else OpenPage("staff_pin")
    number = words.say("Checkout {number}", number=lane_number(state))
    return (
        target(room.door, door, words.say("Staff sign-in"), style="bare", group="aside"),
        Picture(Rect(bar.x, bar.y + px(2), px(52), px(52)), "svg:logo"),
        Row(
            Rect(bar.x + px(68), bar.y, bar.w - px(68), bar.h),
            (
                Word(NAME, room.font(36), 800, True, ink, max_lines=1),
                *(() if room.large else (Word(number, room.font(26), 600, colour=ink, max_lines=1),)),
            ),
            px(16),
            "start",
        ),
        *demo_chip(state, words, room),
        *_paper_chip(state, words, room, () if room.large else (number,)),
    )


def _paper_chip(state: State, words: Words, room: Room, beside: tuple[str, ...]) -> tuple[Element, ...]:
    """18e: staff see in passing that the roll ends. Where the words have no room the sign alone stands."""
    if (
        state.devices.paper not in ("low", "out") or state.phase is Phase.RECEIPT
    ):  # the receipt's own page says it beside its answers
        return ()
    bar, px = room.zones.brand, room.px
    text = words.say("Staff: paper low") if state.devices.paper == "low" else words.say("Staff: paper is out")
    font, side = room.font(24), room.icon(30)
    taken = px(84) + text_width(NAME, room.font(36), 800, True)
    taken += sum(px(16) + text_width(one, room.font(26), 600) for one in beside)
    demo = text_width(words.say("Demo"), room.font(24), 600) + px(44) if state.lane.mode == "demo" else 0
    free = bar.w - taken - demo - px(16)
    sign = Mark("paper-roll-outline", side, "on-staff")
    whole = side + px(10) + text_width(text, font, 600) + 2 * px(18)
    if free < side + 2 * px(18):
        return ()
    word = Word(text, font, 600, colour="on-staff", max_lines=1)
    high = max(px(44), round(font * 1.6))
    place = Rect(bar.x + bar.w - demo - free, bar.y + px(28) - high // 2, free, high)
    return (Row(place, (sign, word) if whole <= free else (sign,), px(10), "end", "staff", px(18), high // 2),)


def strip_place(room: Room) -> Rect:
    """Of the strip of whoever serves: over the bar; upright, where there is none, at the top of the stage."""
    bar, px, high = room.zones.brand, room.px, max(room.px(88), room.touch(80) + 2 * strip_edge(room))
    if not bar.h:
        return room.zones.stage._replace(h=high)
    return Rect(bar.x - px(8), max(0, bar.y - px(20)), bar.w + px(16), high)


def strip_edge(room: Room) -> int:
    """Between the strip's edge and what is touched on it."""
    return max(room.px(4), 3)


def strip(name: str, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """Who serves, the way to the staff's list, and the lock."""
    who, lock = words.say("{name} serves · Checkout {number}", name=name, number=lane_number(state)), words.say("Lock")
    place, px, edge = strip_place(room), room.px, strip_edge(room)
    high = place.h - 2 * edge
    wide = max(px(180), text_width(lock, room.font(26), 600) + 2 * px(20))
    out = Rect(place.x + place.w - edge - wide, place.y + edge, wide, high)
    way = Rect(place.x + edge, place.y + edge, out.x - px(24) - place.x - edge, high)
    side = room.icon(48)
    text = Rect(way.x + px(12) + side + px(20), way.y, way.w - px(32) - side, high)
    design = next((s for s in (26, 24) if fits(who, text.w, 2, room.font(s), 600)), 24)
    return (
        Box(place, "staff", radius=px(20)),
        target(way, OpenPage("staff"), words.say("Staff mode"), style="bare", group="aside"),
        Icon(Rect(way.x + px(12), way.y, side, high), "badge-account-horizontal-outline", "on-staff", side),
        Label(text, who, room.font(design), 600, colour="on-staff", max_lines=2, line_height=1.1, plain=True),
        *button(
            out, StaffSignedOut(), lock, room=room, icon="lock-outline", size=26, icon_px=36, gap=12, group="utility"
        ),
    )


def demo_chip(state: State, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """A lane that sells nothing real says so on every screen: in the bar, or else on the slip's right edge."""
    if state.lane.mode != "demo" or not room.zones.brand.h:
        return ()
    bar, px = room.zones.brand, room.px
    wide = px(300)
    place = Rect(bar.x + bar.w - wide, bar.y + px(8), wide, px(40))
    chip = (Word(words.say("Demo"), room.font(24), 600, colour="on-sun"),)
    return (Row(place, chip, 0, "end", "sun", px(14), px(8)),)


def back(title: str, says: Event | Look, words: Words, room: Room = USUAL_ROOM) -> tuple[Element, ...]:
    """Back at the room's place for it, and the title of the page."""
    place = room.zones.title
    size = next((s for s in (40, 36, 32, 28) if fits(title, place.w, _lines(place, room, s), room.font(s), 700, True)),
                24)  # fmt: skip
    return (
        *button(room.zones.back, says, words.say("Back"), room=room, icon="arrow-left", group="back"),
        Label(place, title, room.font(size), 700, True, max_lines=_lines(place, room, size), line_height=1.1),
    )


def _lines(place: Rect, room: Room, size: int) -> int:
    return max(1, int((place.h + room.font(size) // 4) / room.lines(size, line_height=1.1)))
