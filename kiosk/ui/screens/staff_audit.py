"""A quick look at a basket: staff scan things out of its bag, some first, all if one is in no line."""

from msgspec.structs import replace

from kiosk.checkout.auditing import missing, missing_lines, wanted
from kiosk.checkout.events import AuditBegan, AuditFinished, AuditSkipped, AuditWidened, Event, LineRemoved
from kiosk.checkout.look import Look
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.room import GAP_PX, Room, office
from kiosk.ui.scene import Element, Label, Rect, Scene
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import body, halves, page
from kiosk.ui.screens.staff_form import card, note
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_LEAST_ROWS = 2


def scene(state: State, view: View, words: Words) -> Scene:
    """How far the look is, what is wrong, and what can be done."""
    room = office(view)
    left, right = halves(body(room), room, 59, 41)
    gap, high = max(room.px(16), GAP_PX), room.touch(96)
    cells = tuple(Rect(right.x, right.y + n * (high + gap), right.w, high) for n in range(3))
    look = state.look
    if look is None:
        painted = _before(left, cells, words, room)
    elif look.stage == "partial":
        painted = _partial(left, cells, state, look, words, room)
    else:
        painted = _full(left, cells, state, look, words, room)
    # Why the shopper waits is for the shopper.
    quiet = state.notice is not None and state.notice.kind == "audit"
    told = replace(state, notice=None) if quiet else state
    elements = (card(left, room), *painted)
    title, back = words.say("Quick look"), OpenPage("staff")
    return page("19-staff-audit", title, told, view, words, elements, back=back, room=room)


def _inner(place: Rect, room: Room) -> Rect:
    return layout.inset(place, room.px(32), room.px(20))


def _before(place: Rect, cells: tuple[Rect, ...], words: Words, room: Room) -> tuple[Element, ...]:
    say = words.say
    return (
        *note(_inner(place, room), say("Take some things out of the bag and scan them here."), room, weight=600),
        *button(cells[0], AuditBegan(), say("Begin"), room=room, style="staff", icon="barcode-scan"),
        *button(cells[1], AuditSkipped(reason="known"), say("Skip: I have seen it all"), room=room),
        *button(cells[2], AuditSkipped(reason="busy"), say("Skip: too busy"), room=room),
    )


def _partial(
    place: Rect, cells: tuple[Rect, ...], state: State, look: Look, words: Words, room: Room
) -> tuple[Element, ...]:
    say, inner = words.say, _inner(place, room)
    head, rest = inner._replace(h=room.lines(layout.BODY, 2)), room.lines(layout.BODY, 2) + room.px(12)
    below = Rect(inner.x, inner.y + rest, inner.w, inner.h - rest)
    fine = say("All of them are in the basket so far.") if look.seen else ""
    return (
        *note(head, say("{count} of {all} scanned", count=len(look.seen), all=wanted(state)), room, weight=600),
        *note(below, fine, room),
        *button(cells[0], AuditWidened(), say("Scan everything"), room=room),
        *button(cells[1], AuditSkipped(reason="stopped"), say("Stop looking"), room=room),
    )


def _full(
    place: Rect, cells: tuple[Rect, ...], state: State, look: Look, words: Words, room: Room
) -> tuple[Element, ...]:
    say, rest, inner = words.say, missing(state).total(), _inner(place, room)
    rows: list[tuple[str, Event | None]] = [
        (say("Not in the basket: {item}", item=one.item.name_in(words.language)), None) for one in look.extra
    ]
    rows += [
        (
            say("Not scanned: {item}", item=line.item.name_in(words.language)),
            LineRemoved(line=line.line, reason="other"),
        )
        for line in missing_lines(state)
    ]
    head_h, high = room.lines(layout.BODY, 2), max(room.touch(80), room.lines(layout.BODY, 2)) + room.px(13)
    shown = max(_LEAST_ROWS, (inner.h - head_h) // high)
    if len(rows) > shown:
        more = words.count("and {count} more", "and {count} more", len(rows) - shown + 1)
        rows = [*rows[: shown - 1], (more, None)]
    head = words.count("{count} thing is not scanned yet", "{count} things are not scanned yet", rest)
    nothing = "" if look.extra else say("There is nothing to add.")
    first = inner.y + head_h
    places = (Rect(inner.x, first + high * n, inner.w, high - room.px(13)) for n in range(len(rows)))
    said = head if rest else say("Everything in the basket is scanned.")
    return (
        *note(inner._replace(h=head_h), said, room, weight=600),
        *(element for at, row in zip(places, rows, strict=True) for element in _row(at, *row, words, room)),
        *button(
            cells[0], AuditFinished(add=True), say("Add them and finish"), room=room, style="staff", why_not=nothing
        ),
        *button(cells[1], AuditFinished(add=False), say("Finish as it is"), room=room),
    )


def _row(place: Rect, text: str, takes_out: Event | None, words: Words, room: Room) -> tuple[Element, ...]:
    """What is wrong with one thing; a line that nobody can find is taken out here."""
    wide = max(room.px(188), room.touch(120)) if takes_out is not None else 0
    words_at = place._replace(w=place.w - wide - (room.px(12) if wide else 0))
    label = Label(words_at, text, room.font(layout.BODY), 500, max_lines=2, plain=True)
    out = Rect(layout.right_of(place) - wide, place.y + (place.h - room.touch(80)) // 2, wide, room.touch(80))
    if takes_out is None:
        return (label,)
    return label, *button(out, takes_out, words.say("Take out"), room=room, size=26, value=text)
