"""19h Health & tests: each part of the lane with its state, and a touch that tries it where it can be tried."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kiosk.checkout.bagging import DEVICE as SHELF
from kiosk.checkout.devices import MAINTENANCE, SPEAKER
from kiosk.checkout.events import DrawerAsked, Event, GateAsked, PartTried
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.scale import SCALE
from kiosk.checkout.state import State, Trial
from kiosk.checkout.trying_parts import asks_terminal, is_quiet
from kiosk.checkout.tuning import MOST
from kiosk.ui import layout
from kiosk.ui.measure import text_width
from kiosk.ui.room import FLOOR_PX, GAP_PX, Room, office
from kiosk.ui.scene import Box, Element, Icon, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.face import button, fits
from kiosk.ui.screens.office import Exit, body, page
from kiosk.ui.screens.part_name import part_name
from kiosk.ui.view import Look, OpenPage, TurnPage, View
from kiosk.ui.words import Words

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
    says: Event | Look | None = None
    why_not: str = ""


def scene(state: State, view: View, words: Words) -> Scene:
    """The parts in two columns, upright in one; the test of all that can be tried is in the bar."""
    room, parts = office(view), _parts(state, view, words)
    across, place, gap = (1 if room.portrait else 2), body(room), max(room.px(14), GAP_PX)
    most = across * ((place.h + gap) // (FLOOR_PX + 4 + gap))
    parts, turns = _turned(_fitting(parts, most), most, view.shelf_page)
    down = -(-(len(parts) + turns) // across)
    high = min((place.h + gap) // down - gap, max(room.px(114), FLOOR_PX + 8))
    cells = layout.grid(place._replace(h=down * (high + gap) - gap), across, down, max(room.px(20), GAP_PX), gap)
    everything = Exit(PartTried(part="all"), words.say("Test all"), "play", "stage")
    elements = tuple(e for cell, part in zip(cells, parts, strict=False) for e in _painted(cell, part, room))
    if turns:
        more = cells[len(parts)]
        more = more._replace(h=min(more.h, room.touch(84)))
        elements += button(more, TurnPage(1), words.say("More parts"), room=room, icon="chevron-right")
    title, back = words.say("Health & tests"), OpenPage("staff")
    return page("19h-staff-health", title, state, view, words, elements, back=back, room=room, more=(everything,))


def _fitting(parts: tuple[_Part, ...], most: int) -> tuple[_Part, ...]:
    """Those that have room: what is well and cannot be tried goes first, from the end."""
    for part in reversed(parts):
        if len(parts) > most and part.says is None and part.how in ("ok", "none"):
            parts = tuple(each for each in parts if each is not part)
    return parts


def _turned(parts: tuple[_Part, ...], most: int, at: int) -> tuple[tuple[_Part, ...], bool]:
    """One page of them and whether there are others, round and round; what is wrong stands on the first."""
    if len(parts) <= most:
        return parts, False
    worst = sorted(parts, key=lambda part: ("fault", "look", "ok", "none").index(part.how))
    first = at % -(-len(parts) // (most - 1)) * (most - 1)
    return tuple(worst[first : first + most - 1]), True


def _painted(rect: Rect, part: _Part, room: Room) -> tuple[Element, ...]:
    px = room.px
    mark, ink, line, line_px = _SHAPE[part.how]
    high = min(room.touch(84), rect.h - 4)
    wide = _test_width(part.test, rect.w, room) if part.says else 0
    touch = Rect(layout.right_of(rect) - px(16) - wide, rect.y + (rect.h - high) // 2, wide, high)
    left = px(84)
    free = (touch.x if part.says else layout.right_of(rect)) - px(12) - rect.x - left
    name_px, told_px = room.font(layout.BODY), room.font(layout.CAPTION)
    name_px = name_px if fits(part.name, free, 1, name_px, 600) else told_px
    name_h, told_h = round(name_px * 1.25), round(told_px * 1.3)
    long = not fits(part.told, free - room.icon(26) - 8, 1, told_px, 500)
    if long and name_h + 2 * told_h + 8 > rect.h:  # closer, and the name no larger than what is said
        name_px = told_px
        name_h = told_h = round(told_px * 1.15)
    rows = 2 if long and name_h + 2 * told_h <= rect.h else 1
    top = rect.y + (rect.h - name_h - rows * told_h) // 2
    word = Word(part.told, told_px, 500, colour=ink, max_lines=rows)
    return (
        Box(rect, "paper", line, line_px, px(20)),
        Icon(Rect(rect.x + px(16), rect.y, px(58), rect.h), part.icon, "staff", room.icon(46)),
        Label(Rect(rect.x + left, top, free, name_h), part.name, name_px, 600),
        Row(Rect(rect.x + left, top + name_h, free, rows * told_h), (Mark(mark, room.icon(26), ink), word), 8, "start"),
        *(button(touch, part.says, part.test, room=room, size=24, why_not=part.why_not) if part.says else ()),
    )


def _test_width(text: str, row: int, room: Room) -> int:
    """As wide as its words; long ones go on two lines before they take more than the name has."""
    font, pad = room.font(24), 2 * room.px(20) + 8
    most = max(room.px(130), row * 2 // 5)
    whole = text_width(text, font, 600) + pad
    return max(room.px(130), whole if whole <= most or not fits(text, most - pad, 2, font, 600) else most)


def _parts(state: State, view: View, words: Words) -> tuple[_Part, ...]:
    say, devices = words.say, state.devices
    weighed = words.weight(devices.scale.grams) if devices.scale.grams is not None and devices.scale.stable else ""
    lies = words.weight(state.shelf.seen_g) if state.shelf.known else ""
    drawer = ("look", say("Open")) if devices.drawer_open else ("ok", say("Closed"))
    link: _Told = ("ok", say("OK")) if devices.link_up else ("fault", say("Offline"))
    clock: _Told = ("look", say("The time is not known yet")) if devices.clock_unsure else ("ok", say("OK"))
    computer: _Told = ("look", state.lane.troubles[0]) if state.lane.troubles else clock
    disk: _Told = ("fault", say("The disk is nearly full")) if devices.disk_low else computer
    no_paper = "" if printer_works(state) else say("There is no printer, or it has no paper.")
    busy = "" if is_quiet(state) else say("Only between two shoppers.")
    asked = busy or ("" if asks_terminal(state) else say("There is no card terminal, or it does not answer."))
    scale, shelf = state.lane.scale, state.lane.bagging is not None
    zero, touch = say("Zero"), _Part("gesture-tap", say("Touch screen"), *_device(_touch(state), state, words))
    return (
        _Part("barcode-scan", say("Scanner"), *_scanner(state, view, words), say("Try it"), PartTried(part="scanner"),
              busy),
        _Part("contactless-payment", say("Card terminal"), *_terminal(state, words), say("Ping"),
              PartTried(part="terminal"), asked),
        _Part("printer-pos-outline", say("Receipt printer"), *_printer(state, words), say("Print"),
              PartTried(part="printer"), no_paper),
        _Part("scale", say("Scale"), *_scale(state, words, weighed), zero,
              PartTried(part="scale") if scale is not None and scale.zeroes else None, busy),
        _Part("shopping-outline", say("Bag shelf"), *_there(shelf, SHELF, state, words, lies), zero,
              PartTried(part="shelf") if shelf else None, busy),
        _Part("archive-outline", say("Cash drawer"), *_device("cash_drawer", state, words, *drawer), say("Open it"),
              DrawerAsked()),
        _Part("traffic-light-outline", say("Light tower"), *_device("lights", state, words), say("Colours"),
              PartTried(part="lights")),
        _Part("volume-high", say("Speaker"), *_device(SPEAKER, state, words, "ok", _volume(state, words)), say("Sound"),
              PartTried(part="speaker")),
        *_fitted(state, words),
        _Part("cloud-outline" if devices.link_up else "cloud-off-outline", say("Network"), *link, say("Try again"),
              None if devices.link_up else PartTried(part="network")),
        *((_Part("scale-balance", say("Weighing"), *_weighing(state, words)),) if scale is not None else ()),
        *((touch,) if state.lane.touch else ()),
        _Part("memory", say("Computer"), *disk, say("Log"), OpenPage("staff_log")),
    )  # fmt: skip


def _fitted(state: State, words: Words) -> Iterator[_Part]:
    """What only some lanes have: the staff key, doors, a badge reader, the exit gate."""
    say, devices = words.say, state.devices
    for name in state.lane.fitted:
        match name.partition(".")[0]:
            case "keylock":
                key: _Told = ("look", say("Turned")) if devices.key_turned else ("ok", say("Not turned"))
                yield _Part("key-variant", part_name(name, words), *_device(name, state, words, *key))
            case "door":
                is_open = name in devices.doors_open
                door: _Told = ("look", say("Open")) if is_open else ("ok", say("Closed"))
                sign = "door-open" if is_open else "door-closed"
                yield _Part(sign, part_name(name, words), *_device(name, state, words, *door))
            case "badge_reader":
                sign = "badge-account-horizontal-outline"
                yield _Part(sign, part_name(name, words), *_device(name, state, words))
            case "gate":
                yield _Part(
                    "boom-gate-outline",
                    part_name(name, words),
                    *_device(name, state, words),
                    say("Open the gate"),
                    GateAsked(),
                )


def _scanner(state: State, view: View, words: Words) -> _Told:
    """What it reads while it is tried."""
    trial = state.staff.trial if state.staff is not None else Trial()
    if trial.read:
        return "ok", words.say("Read: {code}", code=trial.read)
    if view.now_ms < trial.reads_until_tick:
        return "look", words.say("Scan anything now.")
    return _device("scanner", state, words)


def _terminal(state: State, words: Words) -> _Told:
    """How it answers."""
    trial, known = state.staff.trial if state.staff is not None else Trial(), _device("card_terminal", state, words)
    if known[0] == "fault" or not trial.ping:
        return known
    if trial.ping == "ready":
        return "ok", words.say("Answers in {seconds} s", seconds=words.number(max(1, round(trial.ping_ms / 1_000))))
    open_yet = trial.ping.startswith(f"{state.lane.till}:ping:")
    return "look", words.say("It is being asked…") if open_yet else words.say("It answers, but is not ready")


def _volume(state: State, words: Words) -> str:
    step = state.tuning.volume or state.lane.volume
    return words.say("Volume {step} of {most}", step=step, most=MOST) if state.tuning.beeps else words.say("off")


def _device(name: str, state: State, words: Words, how: str = "ok", told: str = "") -> _Told:
    """What is known of a device: that it is lost, or else what it says."""
    if name in state.devices.lost:
        why, since = state.devices.lost[name]
        if why == MAINTENANCE:
            return "look", words.say("Maintenance since {time}", time=words.time(since))
        return "fault", words.say("No answer since {time}", time=words.time(since))
    return ("look" if how == "look" else "ok"), told or words.say("OK")


def _touch(state: State) -> str:
    """The name of the touch screen that is lost, or of any."""
    return next((name for name in state.devices.lost if name.partition(".")[0] == "touch"), "touch")


def _there(here: bool, name: str, state: State, words: Words, told: str = "") -> _Told:
    return _device(name, state, words, "ok", told) if here else ("none", words.say("Not on this lane"))


def _scale(state: State, words: Words, weighed: str) -> _Told:
    """What it says of itself, where that is no weight."""
    known = _there(state.lane.scale is not None, SCALE, state, words, weighed)
    say, trouble = words.say, state.devices.scale.trouble
    if known[0] != "ok" or trouble in ("", "over", "under", "light", "unmoved"):
        return known
    told = {
        "zero": say("It must be emptied and zeroed"),
        "calibration": say("It must be calibrated"),
        "unit": say("It is not set to kilograms"),
        "refused": say("It refuses price or tare"),
        "checksum": say("It does not trust this checkout"),
    }
    return "fault", told.get(trouble, say("Look at it"))


def _weighing(state: State, words: Words) -> _Told:
    """Which part of the program weighs, by what it can be compared with its certificate, and whether it has one."""
    trade = state.lane.trade
    part = f"{trade.version} · {trade.checksum[:8]} {trade.checksum[8:16]}"
    return ("ok", part) if trade.certificates else ("look", f"{words.say('Not for trade')} · {part}")


def _printer(state: State, words: Words) -> _Told:
    known = _device("pos_printer", state, words)
    if not state.lane.printer:
        return "none", words.say("Not on this lane")
    if known[0] == "fault" or state.devices.paper == "ok":
        return known
    if state.devices.paper == "low":
        return "look", words.say("Paper low")
    return "fault", words.say("No paper") if state.devices.paper == "out" else words.say("Look at it")
