"""What the lane knows of itself, for whoever comes to mend it: what is lost since when and why, and its counters."""

from collections.abc import Iterator

from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Box, Element, Rect, Scene
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.part_name import part_name
from kiosk.ui.screens.staff_form import Fact, card, facts, note
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_MOST = 6


def scene(state: State, view: View, words: Words) -> Scene:
    """Trouble at the left, figures at the right."""
    room, say = office(view), words.say
    left, right = halves(body(room), room)
    elements = (
        card(left, room),
        *_troubles(layout.inset(left, room.px(28), room.px(20)), state, words, room),
        card(right, room),
        *_figures(layout.inset(right, room.px(28), room.px(20)), state, words, room),
    )
    title, back = say("Log"), OpenPage("staff_health")
    return page("19h-staff-log", title, state, view, words, elements, back=back, room=room)


def _headed(place: Rect, text: str, room: Room) -> tuple[tuple[Element, ...], Rect]:
    head = place._replace(h=room.lines(32))
    gap = room.px(12)
    return note(head, text, room, sizes=(32, 28), weight=700), Rect(
        place.x, layout.below(head) + gap, place.w, place.h - head.h - gap
    )


def _troubles(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """Each on two lines at most, in the driver's own words."""
    say = words.say
    head, rest = _headed(place, say("What is wrong"), room)
    found = list(_found(state, words)) or [say("Nothing is wrong.")]
    gap = max(room.px(12), GAP_PX)
    high = min(room.lines(layout.BODY, 2), (rest.h + gap) // min(len(found), _MOST) - gap)
    painted: list[Element] = [*head]
    for number, text in enumerate(found[:_MOST]):
        at = Rect(rest.x, rest.y + number * (high + gap), rest.w, high)
        painted += note(at, text, room)
        if number:
            painted.append(Box(Rect(at.x, at.y - gap // 2, at.w, 2), "hair"))
    return tuple(painted)


def _found(state: State, words: Words) -> Iterator[str]:
    say, devices = words.say, state.devices
    yield from state.lane.troubles
    for name, (why, since) in devices.lost.items():
        told = part_name(name, words)
        yield say("{device}: {why}, since {time}", device=told, why=why or "…", time=words.time(since))
    if not devices.link_up:
        yield say("The store cannot be reached.")
    if devices.paper not in ("ok", "low"):
        yield say("Staff: paper is out") if devices.paper == "out" else say("Staff: look at the printer")
    if devices.clock_unsure:
        yield say("The time is not known yet")
    if devices.disk_low:
        yield say("The disk is nearly full")


def _figures(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    say = words.say
    head, rest = _headed(place, say("Lane {till}", till=state.lane.till), room)
    rows = (
        Fact(say("Day number"), words.number(state.day.number)),
        Fact(say("Next sale"), words.number(state.sequence)),
        Fact(say("Price book"), state.price_book or "–"),
        Fact(say("Messages so far"), words.number(state.reports)),
        Fact(say("Receipts to print"), words.number(len(state.printing))),
        Fact(say("Baskets kept here"), words.number(len(state.parked))),
    )
    return (*head, *facts(rest, rows, room))
