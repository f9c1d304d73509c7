"""19h Health & tests: each part of the lane with its state, and a touch that tries it where it can be tried."""

from typing import Literal, NamedTuple

from kiosk.checkout.bagging import DEVICE as SHELF
from kiosk.checkout.devices import SPEAKER
from kiosk.checkout.events import DrawerAsked, Event, PartTried
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.scale import SCALE
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words

_ROWS = Rect(32, 116, 1216, 562)
_BELOW = Rect(32, 692, 1216, 88)
_SHAPE = {"ok": ("check-circle", "primary", "line", 2), "look": ("alert", "warn", "warn", 4),
          "fault": ("close-octagon", "bad", "bad", 4), "none": ("minus", "ink2", "line", 2)}  # fmt: skip


_How = Literal["ok", "look", "fault", "none"]
_Told = tuple[_How, str]


class _Part(NamedTuple):
    icon: str
    name: str
    how: _How
    told: str
    test: str = ""
    says: Event | None = None
    why_not: str = ""


def scene(state: State, view: View, words: Words) -> Scene:
    """Ten parts; a word of the lane, or the test of all that can be tried, below them."""
    shown = banner(state, view, words)
    cells = layout.grid(_ROWS, 2, 5, 20, 10)
    everything = button(_BELOW, PartTried(part="all"), words.say("Test all"), style="staff", icon="play")
    elements = (
        *(element for cell, part in zip(cells, _parts(state, words), strict=True) for element in _painted(cell, part)),
        *(paint(shown, _BELOW, words) if shown else everything),
    )
    title = words.say("Health & tests")
    return page("19h-staff-health", title, state, view, words, elements, back=OpenPage("staff"))


def _painted(rect: Rect, part: _Part) -> tuple[Element, ...]:
    mark, ink, line, line_px = _SHAPE[part.how]
    touch = Rect(rect.x + rect.w - 146, rect.y + (rect.h - 84) // 2, 130, 84)
    wide = rect.w - 96 - (162 if part.says else 16)
    says = (Mark(mark, 26, ink), Word(part.told, layout.CAPTION, 500, colour=ink, max_lines=1))
    return (
        Box(rect, "paper", line, line_px, 20),
        Icon(Rect(rect.x + 16, rect.y, 58, rect.h), part.icon, "staff", 46),
        Label(Rect(rect.x + 84, rect.y + 14, wide, 40), part.name, layout.BODY, 600),
        Row(Rect(rect.x + 84, rect.y + 54, wide, 34), says, 8, "start"),
        *(button(touch, part.says, part.test, size=24, why_not=part.why_not) if part.says else ()),
    )


def _parts(state: State, words: Words) -> tuple[_Part, ...]:
    say, devices = words.say, state.devices
    weighed = words.weight(devices.scale.grams) if devices.scale.grams is not None and devices.scale.stable else ""
    drawer = ("look", say("Open")) if devices.drawer_open else ("ok", say("Closed"))
    link: _Told = ("ok", say("OK")) if devices.link_up else ("fault", say("Offline"))
    disk: _Told = ("fault", say("The disk is nearly full")) if devices.disk_low else ("ok", say("OK"))
    no_paper = "" if printer_works(state) else say("There is no printer, or it has no paper.")
    return (
        _Part("barcode-scan", say("Scanner"), *_device("scanner", state, words)),
        _Part("contactless-payment", say("Card terminal"), *_device("card_terminal", state, words)),
        _Part("printer-pos-outline", say("Receipt printer"), *_printer(state, words), say("Print"),
              PartTried(part="printer"), no_paper),
        _Part("scale", say("Scale"), *_there(state.lane.scale is not None, SCALE, state, words, weighed)),
        _Part("shopping-outline", say("Bag shelf"), *_there(state.lane.bagging is not None, SHELF, state, words)),
        _Part("archive-outline", say("Cash drawer"), *_device("cash_drawer", state, words, *drawer), say("Open it"),
              DrawerAsked()),
        _Part("traffic-light-outline", say("Light tower"), *_device("lights", state, words), say("Colours"),
              PartTried(part="lights")),
        _Part("volume-high", say("Speaker"), *_device(SPEAKER, state, words), say("Sound"), PartTried(part="speaker")),
        _Part("cloud-outline" if devices.link_up else "cloud-off-outline", say("Network"), *link),
        _Part("memory", say("Computer"), *disk),
    )  # fmt: skip


def _device(name: str, state: State, words: Words, how: str = "ok", told: str = "") -> _Told:
    """What is known of a device: that it is lost, or else what it says."""
    if name in state.devices.lost:
        _, since = state.devices.lost[name]
        return "fault", words.say("No answer since {time}", time=words.time(since))
    return ("look" if how == "look" else "ok"), told or words.say("OK")


def _there(here: bool, name: str, state: State, words: Words, told: str = "") -> _Told:
    return _device(name, state, words, "ok", told) if here else ("none", words.say("Not on this lane"))


def _printer(state: State, words: Words) -> _Told:
    known = _device("pos_printer", state, words)
    if known[0] == "fault" or state.devices.paper == "ok":
        return known
    if state.devices.paper == "low":
        return "look", words.say("Paper low")
    return "fault", words.say("No paper") if state.devices.paper == "out" else words.say("Look at it")
