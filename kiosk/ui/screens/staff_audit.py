"""A quick look at a basket: staff scan things out of its bag, some first, all if one is in no line."""

from kiosk.checkout.auditing import missing, wanted
from kiosk.checkout.events import AuditBegan, AuditFinished, AuditSkipped, AuditWidened
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_CARD = Rect(32, 116, 700, 440)
_ACTS = tuple(Rect(764, 116 + 112 * n, 484, 96) for n in range(4))
_SHOWN = 6


def scene(state: State, view: View, words: Words) -> Scene:
    """How far the look is, what is wrong, and what can be done."""
    shown = banner(state, view, words)
    elements = (
        Box(_CARD, "paper", radius=28),
        *(_begun(state, words) if state.look is not None else _before(words)),
        *(paint(shown, Rect(32, 684, 700, 88), words) if shown else ()),
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


def _begun(state: State, words: Words) -> tuple[Element, ...]:
    say, look = words.say, state.look
    assert look is not None
    if look.stage == "partial":
        done = say("{count} of {all} scanned", count=len(look.seen), all=wanted(state))
        return (
            _text(0, done),
            _text(1, say("All of them are in the basket so far.") if look.seen else ""),
            *button(_ACTS[0], AuditWidened(), say("Scan everything")),
            *button(_ACTS[1], AuditSkipped(reason="other"), say("Stop looking")),
        )
    rest = missing(state).total()
    lines = [say("Not in the basket: {item}", item=one.item.name_in(words.language)) for one in look.extra]
    if len(lines) > _SHOWN:
        lines = [*lines[: _SHOWN - 1], words.count("and {count} more", "and {count} more", len(lines) - _SHOWN + 1)]
    nothing = "" if look.extra else say("There is nothing to add.")
    return (
        _text(0, words.count("{count} thing is not scanned yet", "{count} things are not scanned yet", rest)),
        *(_text(1 + n, line) for n, line in enumerate(lines)),
        *button(_ACTS[0], AuditFinished(add=True), say("Add them and finish"), style="staff", why_not=nothing),
        *button(_ACTS[1], AuditFinished(add=False), say("Finish as it is")),
    )


def _text(row: int, text: str) -> Label:
    return Label(Rect(64, 136 + 56 * row, 636, 52), text, layout.BODY, 600 if not row else 500, plain=True)
