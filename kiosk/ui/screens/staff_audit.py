"""A quick look at a basket: staff scan things out of its bag, some first, all if one is in no line."""

from kiosk.checkout.auditing import missing, missing_lines, wanted
from kiosk.checkout.events import AuditBegan, AuditFinished, AuditSkipped, AuditWidened, Event, LineRemoved
from kiosk.checkout.look import Look
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_CARD = Rect(32, 116, 700, 656)
_ACTS = tuple(Rect(764, 116 + 112 * n, 484, 96) for n in range(4))
_BANNER = Rect(764, 684, 484, 88)
_SHOWN = 6


def scene(state: State, view: View, words: Words) -> Scene:
    """How far the look is, what is wrong, and what can be done."""
    # Why the shopper waits is for the shopper.
    shown = None if state.notice is not None and state.notice.kind == "audit" else banner(state, view, words)
    look = state.look
    begun = (
        () if look is None else _partial(state, look, words) if look.stage == "partial" else _full(state, look, words)
    )
    elements = (
        Box(_CARD, "paper", radius=28),
        *(begun or _before(words)),
        *(paint(shown, _BANNER, words) if shown else ()),
    )
    return page("19-staff-audit", words.say("Quick look"), state, view, words, elements, back=OpenPage("staff"))


def _before(words: Words) -> tuple[Element, ...]:
    say = words.say
    return (
        _text(0, say("Take some things out of the bag and scan them here.")),
        *button(_ACTS[0], AuditBegan(), say("Begin"), style="staff", icon="barcode-scan"),
        *button(_ACTS[1], AuditSkipped(reason="known"), say("Skip: I have seen it all")),
        *button(_ACTS[2], AuditSkipped(reason="busy"), say("Skip: too busy")),
    )


def _partial(state: State, look: Look, words: Words) -> tuple[Element, ...]:
    say = words.say
    return (
        _text(0, say("{count} of {all} scanned", count=len(look.seen), all=wanted(state))),
        _text(1, say("All of them are in the basket so far.") if look.seen else ""),
        *button(_ACTS[0], AuditWidened(), say("Scan everything")),
        *button(_ACTS[1], AuditSkipped(reason="stopped"), say("Stop looking")),
    )


def _full(state: State, look: Look, words: Words) -> tuple[Element, ...]:
    say, rest = words.say, missing(state).total()
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
    if len(rows) > _SHOWN:
        more = words.count("and {count} more", "and {count} more", len(rows) - _SHOWN + 1)
        rows = [*rows[: _SHOWN - 1], (more, None)]
    head = words.count("{count} thing is not scanned yet", "{count} things are not scanned yet", rest)
    nothing = "" if look.extra else say("There is nothing to add.")
    return (
        _text(0, head if rest else say("Everything in the basket is scanned.")),
        *(element for place, row in enumerate(rows) for element in _row(place, *row, words)),
        *button(_ACTS[0], AuditFinished(add=True), say("Add them and finish"), style="staff", why_not=nothing),
        *button(_ACTS[1], AuditFinished(add=False), say("Finish as it is")),
    )


def _row(place: int, text: str, takes_out: Event | None, words: Words) -> tuple[Element, ...]:
    y = 204 + 93 * place
    wide = 636 if takes_out is None else 440
    label = Label(Rect(64, y, wide, 80), text, layout.BODY, 500, max_lines=2, plain=True)
    if takes_out is None:
        return (label,)
    return label, *button(Rect(520, y, 188, 80), takes_out, words.say("Take out"), value=text)


def _text(row: int, text: str) -> Label:
    room = Rect(64, 136 + 88 * row, 636, 80)
    return Label(room, text, layout.BODY, 500 if row else 600, max_lines=2, plain=True)
