"""A new roll of paper, in three steps; the last is a test slip, and the page says what became of it."""

from kiosk.checkout.events import RollChanged
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Icon, Label, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import card, note
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_MENU = OpenPage("staff")


def scene(state: State, view: View, words: Words) -> Scene:
    """What to do with the printer at the left, what it says of its paper and the test at the right."""
    room, say = office(view), words.say
    left, right = halves(body(room), room)
    steps = (
        ("printer-pos-outline", say("Open the printer’s cover and take the old roll out.")),
        ("paper-roll-outline", say("Put the new roll in, so that the paper comes from below, and pull out a little.")),
        ("check-bold", say("Close the cover. Then print a test.")),
    )
    cells = layout.rows(layout.inset(left, room.px(28), room.px(24)), len(steps), room.px(12))
    elements = (
        card(left, room),
        *(e for n, (cell, step) in enumerate(zip(cells, steps, strict=True), 1) for e in _step(cell, n, *step, room)),
        *_test(right, state, words, room),
    )
    return page("19-staff-roll", say("Change the roll"), state, view, words, elements, back=_MENU, room=room)


def _step(place: Rect, number: int, icon: str, text: str, room: Room) -> tuple[Element, ...]:
    px, font = room.px, room.font(layout.TITLE)
    wide = px(48)
    mark = Rect(place.x + wide, place.y, px(72), place.h)
    words = Rect(
        layout.right_of(mark) + px(16), place.y, layout.right_of(place) - layout.right_of(mark) - px(16), place.h
    )
    return (
        Label(place._replace(w=wide), str(number), font, 800, True, "staff", amount=True),
        Icon(mark, icon, "staff", room.icon(56)),
        *note(words, text, room, middle=True),
    )


def _test(place: Rect, state: State, words: Words, room: Room) -> tuple[Element, ...]:
    say, gap = words.say, max(room.px(16), GAP_PX)
    roll = state.staff.roll if state.staff is not None else ""
    printed = roll == "printed"
    high = room.touch(104)
    done = Rect(place.x, layout.below(place) - high, place.w, high)
    test = done._replace(y=done.y - gap - high)
    facts = place._replace(h=test.y - gap - place.y)
    why = "" if printer_works(state) else say("The printer has no paper yet, or its cover is open.")
    text = say("Print another test") if printed else say("Print a test")
    shown = layout.inset(facts, room.px(28), room.px(20))
    mark = shown._replace(w=room.px(96))
    told = Rect(layout.right_of(mark) + room.px(16), shown.y, shown.w - mark.w - room.px(16), shown.h)
    icon, colour, said = _state(state, roll, words)
    return (
        card(facts, room),
        Icon(mark, icon, colour, room.icon(84)),
        *note(told, said, room, sizes=(36, layout.BODY, layout.CAPTION), weight=600, middle=True),
        *button(test, RollChanged(), text, room=room, style="secondary" if printed else "staff", why_not=why,
                icon="printer-pos-outline"),
        *button(done, _MENU, say("The test is good"), room=room, style="staff" if printed else "secondary",
                icon="check-bold", why_not="" if printed else say("Print a test first.")),
    )  # fmt: skip


def _state(state: State, roll: str, words: Words) -> tuple[str, str, str]:
    """Icon, colour and words for where the change stands."""
    say = words.say
    if "pos_printer" in state.devices.lost:
        return "close-octagon", "bad", say("The printer does not answer.")
    if not printer_works(state):
        return "alert", "warn", say("The printer says: no paper, or its cover is open.")
    if roll == "printed":
        return "check-circle", "primary", say("The test slip is printed. Is it easy to read?")
    if roll == "failed":
        return "close-octagon", "bad", say("The test slip did not come out. Look at the roll and try again.")
    if roll:
        return "printer-pos-outline", "staff", say("The test slip is on its way.")
    return "paper-roll-outline", "staff", say("The printer has paper.")
