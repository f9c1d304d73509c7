"""19j Language & sound: what every visit begins in, how loud the lane is, and whether it is quieter in the evening."""

from msgspec.structs import replace

from kiosk.checkout.events import LaneTuned
from kiosk.checkout.state import State
from kiosk.checkout.tuning import MOST, Tuning, first_language
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.face import button, target
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import Fact, card, fact, note, option
from kiosk.ui.screens.switch import knob
from kiosk.ui.view import OpenPage, TurnPage, View
from kiosk.ui.words import LANGUAGES, Words

_ACROSS = 2


def scene(state: State, view: View, words: Words) -> Scene:
    """Languages at the left, sounds at the right. Each touch holds at once and for good."""
    room = office(view)
    left, right = halves(body(room), room, *((46, 54) if room.portrait else (1, 1)))
    elements = (
        card(left, room),
        *_languages(_inner(left, room), state, view, words, room),
        card(right, room),
        *_sounds(_inner(right, room), state, words, room),
    )
    title, back = words.say("Language & sound"), OpenPage("staff")
    return page("19j-staff-language", title, state, view, words, elements, back=back, room=room)


def _inner(place: Rect, room: Room) -> Rect:
    return layout.inset(place, room.px(28), room.px(20))


def _headed(place: Rect, text: str, room: Room) -> tuple[Label, Rect]:
    """The card's title, and what is left below it."""
    high = room.lines(32)
    head = Label(place._replace(h=high), text, room.font(32), 700)
    return head, Rect(place.x, place.y + high + room.px(14), place.w, place.h - high - room.px(14))


# --- languages --------------------------------------------------------------------------------------------------------


def _languages(place: Rect, state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    head, rest = _headed(place, words.say("Start language"), room)
    tags = tuple(tag for tag in state.lane.languages if tag in LANGUAGES)
    first = first_language(state.lane.languages, state.tuning)
    high, gap = room.touch(92), max(room.px(14), GAP_PX)
    told = words.say("Goes back to this language after every shopper.")
    told_h = room.lines(layout.CAPTION, 2)
    down = max(1, min((rest.h - told_h) // (high + gap), -(-len(tags) // _ACROSS)))
    turned = len(tags) > _ACROSS * down
    count = _ACROSS * down - turned
    at = view.shelf_page % max(1, -(-len(tags) // count)) * count
    cells = layout.grid(rest._replace(h=down * (high + gap) - gap), _ACROSS, down, gap, gap)
    painted: list[Element] = [head]
    for tag, cell in zip(tags[at : at + count], cells, strict=False):
        says = LaneTuned(tuning=replace(state.tuning, start_language=tag))
        icon = "radiobox-marked" if tag == first else "radiobox-blank"
        painted += option(cell, says, LANGUAGES[tag][1], tag == first, room=room, icon=icon, align="start")
    if turned:
        painted += button(cells[-1], TurnPage(1), words.say("More languages"), room=room, icon="chevron-right")
    top = layout.below(cells[-1]) + gap
    below = Rect(rest.x, top, rest.w, layout.below(rest) - top)
    return (*painted, *note(below, told, room, sizes=(layout.CAPTION,), colour="ink2"))


# --- sounds -----------------------------------------------------------------------------------------------------------


def _sounds(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    head, rest = _headed(place, words.say("Sound"), room)
    now = state.tuning
    beeps = (now.volume or state.lane.volume) if now.beeps else 0
    voice = (now.voice_volume or state.lane.voice_volume) if now.voice else 0
    gap = max(room.px(20), GAP_PX)
    usual = max(room.px(150), room.touch(88) + room.lines(layout.BODY) + room.px(8))
    high = min((rest.h - 2 * gap - room.touch(88)) // 2, usual)
    rows = tuple(Rect(rest.x, rest.y + (high + gap) * n, rest.w, high) for n in range(2))
    line = Box(Rect(rest.x, layout.below(rows[1]) + gap // 2, rest.w, 2), "hair")
    last = Rect(rest.x, layout.below(rows[1]) + gap, rest.w, room.touch(88))
    louder = tuple(replace(now, beeps=True, volume=step) if step else replace(now, beeps=False) for step in _STEPS)
    spoken = tuple(
        replace(now, voice=True, voice_volume=step) if step else replace(now, voice=False) for step in _STEPS
    )
    return (
        head,
        *_volume(rows[0], words.say("Beeps"), beeps, louder, words, room),
        *_volume(rows[1], words.say("Voice"), voice, spoken, words, room),
        line,
        *_quiet(last, state, words, room),
    )


_STEPS = range(MOST + 1)


def _volume(
    place: Rect, name: str, now: int, steps: tuple[Tuning, ...], words: Words, room: Room
) -> tuple[Element, ...]:
    """Its name and step, and below them a button at each end of a bar."""
    say, px = words.say, room.px
    side = room.touch(88)
    row = Rect(place.x, layout.below(place) - side, place.w, side)
    wide = room.touch(96)
    less, more = row._replace(w=wide), Rect(layout.right_of(row) - wide, row.y, wide, side)
    value = say("{step} of {most}", step=now, most=MOST) if now else say("off")
    track = Rect(layout.right_of(less) + px(16), row.y + (side - px(18)) // 2, row.w - 2 * (wide + px(16)), px(18))
    filled = track._replace(w=track.w * now // MOST)
    softest = "" if now else say("It is off already.")
    loudest = "" if now < MOST else say("It cannot be louder.")
    return (
        *fact(place._replace(h=place.h - side - px(4)), Fact(name, value, strong=True), room),
        *_step(less, steps[max(now - 1, 0)], say("{name}: softer", name=name), "minus", value, softest, room),
        Box(track, "sunk", radius=track.h // 2),
        *((Box(filled, "staff", radius=track.h // 2),) if now else ()),
        *_step(more, steps[min(now + 1, MOST)], say("{name}: louder", name=name), "plus", value, loudest, room),
    )


def _step(
    place: Rect, tuning: Tuning, name: str, icon: str, value: str, why_not: str, room: Room
) -> tuple[Element, ...]:
    face = target(place, LaneTuned(tuning=tuning), name, why_not=why_not, value=value, radius=room.px(20))
    return face, Icon(place, icon, "disabled" if why_not else "ink", room.icon(44))


def _quiet(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    """A switch, and when these hours are; a lane without any says where they are set."""
    say, px = words.say, room.px
    hours, on = state.lane.quiet_hours, state.tuning.quiet_hours and bool(state.lane.quiet_hours)
    name = say("Quiet hours")
    detail = say("Half volume, {hours}", hours=hours.replace("-", "–")) if hours else say("None are set for this lane.")
    why = "" if hours else say("The times are set in the lane’s configuration.")
    says = LaneTuned(tuning=replace(state.tuning, quiet_hours=not on))
    value = say("on") if on else say("off")
    wide, high = room.px(92), room.px(52)
    at = Rect(layout.right_of(place) - wide, place.y + (place.h - high) // 2, wide, high)
    words_w = at.x - place.x - px(16)
    name_h = room.lines(layout.BODY)
    below = Rect(place.x, place.y + px(6) + name_h, words_w, place.h - px(6) - name_h)
    face = target(place, says, name, style="bare", role="switch", value=value, selected=on, why_not=why, radius=px(20))
    return (
        face,
        Label(Rect(place.x, place.y + px(6), words_w, name_h), name, room.font(layout.BODY), 600),
        *note(below, detail, room, sizes=(layout.CAPTION,), colour="ink2"),
        *knob(at, on=on, fill="staff"),
    )
