"""18a Closed and 18b Out of order: honest front pages of a lane that does not sell now."""

from kiosk.checkout.paying import fault
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Mark, Picture, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.utility import call_staff
from kiosk.ui.view import View
from kiosk.ui.words import Words

CALL = Rect(64, 660, 400, 104)
"""Where Call staff stands."""
_FAULT_CODES = {
    "scanner": "E-203",
    "card_terminal": "E-301",
    "pos_printer": "E-401",
    "disk": "E-101",
    "signer": "E-501",
}
"""What staff and the manual call each fault; any other device is `E-900`."""


def scene(state: State, view: View, words: Words) -> Scene:
    """18b while something needed is broken, else 18a."""
    if state.closed == "fault" and fault(state):
        return _out_of_order(state, view, words)
    if state.pause is not None:
        title = words.say("Back at {time}", time=words.time(state.pause.until_utc_ms))
    else:
        title = words.say("This checkout is closed")
    text = words.say("Please use one of the checkouts with a green light.")
    if state.pause is not None and (why := _why(state.pause.reason, words)):
        text = f"{why} {text}"
    parts = _front(state, view, words, title, text, "svg:closed", ("on-deep", "on-deep2"))
    return Scene(
        "18a-closed" if state.pause is None else "18a-paused",
        layout.SIZE,
        "deep",
        (*parts, *call_staff(CALL, state, words, style="deep", size=layout.BODY)),
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


def _front(
    state: State, view: View, words: Words, title: str, text: str, picture: str, inks: tuple[str, str]
) -> tuple[Element, ...]:
    shown = banner(state, view, words)
    return (
        *brand(state, words, ink=inks[0]),
        Label(Rect(64, 181, 656, 166), title, 80, 800, True, inks[0], max_lines=2, line_height=1.04, valign="top"),
        Label(Rect(64, 368, 620, 190), text, 36, 600, colour=inks[1], max_lines=4, line_height=1.25, valign="top"),
        Picture(Rect(720, 180, 520, 347), picture),
        *(paint(shown, Rect(64, 556, 1152, 88), words) if shown else ()),
    )


def _out_of_order(state: State, view: View, words: Words) -> Scene:
    title = words.say("Sorry, we need a quick fix")
    parts = _front(state, view, words, title, _what_now(state, words), "svg:wrench", ("ink", "ink2"))
    cause = Row(
        Rect(488, 672, 760, 80),
        (Mark("information-outline", 38, "ink2"), Word(cause_text(state, words), 24, 500, colour="ink2")),
        16,
        "start",
    )
    return Scene(
        "18b-out-of-order",
        layout.SIZE,
        "ground",
        (*parts, *call_staff(CALL, state, words, size=layout.BODY), cause),
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
