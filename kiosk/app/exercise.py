"""Exercise: each device does once what it is there for, and what came of it is told (`kiosk doctor --exercise`).

A test slip is printed, the drawer is opened, the lamps are lit one after the other, the terminal and the cash machine
are asked how they are. No money moves: the terminal is only made ready, the cash machine only counts. What only a
person can do (scan something, press a key, lay something on the scale) is waited for a moment, if somebody is there.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from drivers import events as d
from drivers.device import Device
from kiosk.app.doctor import Finding
from kiosk.app.turning import tick_ms, wait

TICKET = "doctor"
LAMP_MS, ANSWER_MS, HAND_MS = 700, 8_000, 10_000
_SLIP = (
    d.DocumentLine("Kassa", align="centre", bold=True, tall=True),
    d.DocumentLine("Test slip: nothing was sold.", align="centre"),
    d.DocumentLine("", kind="rule"),
    d.DocumentLine("Å Ä Ö ß é Ł Ї € 0123456789"),
    d.DocumentLine("https://example.org/kassa", kind="qr", align="centre"),
)


class _Task(NamedTuple):
    """`orders` go out one after the other, `pause_ms` apart; `proof` says what an answer means, empty: nothing yet."""

    orders: tuple[d.Command, ...]
    proof: Callable[[d.HardwareEvent], str]
    patience_ms: int = ANSWER_MS
    pause_ms: int = 0
    hint: str = ""
    """What a person must do meanwhile."""
    silent: str = "no answer"
    """What it means if nothing comes; of a device that never answers (`patience_ms` 0) that is as it should be."""


def exercise(
    device: Device, counter: Collection[Device], *, somebody: bool, say: Callable[[str], object]
) -> Iterator[Finding]:
    """The device's own exercise, while the whole counter is turned: a drawer speaks through its printer."""
    task = _task(device.name.partition(".")[0])
    if task is None:
        return
    if task.hint and not somebody:
        yield Finding(f"{device.name}, tried", "look", f"run this at the lane, in a terminal, and {task.hint}")
        return
    if task.hint:
        say(f"{device.name}: {task.hint} ({task.patience_ms // 1_000} s)\n")
    told = _run(device, counter, task)
    bad = told.startswith("!") or not (told or task.patience_ms == 0)
    yield Finding(f"{device.name}, tried", "look" if bad else "ok", told.removeprefix("!") or task.silent)


def _run(device: Device, counter: Collection[Device], task: _Task) -> str:
    orders, began = list(task.orders), tick_ms()
    next_ms, until_ms = began, began + task.patience_ms + task.pause_ms * len(orders)
    while (now_ms := tick_ms()) < until_ms:
        heard = [event for each in counter for event in each.service(now_ms)]
        if orders and now_ms >= next_ms:
            heard += device.command(orders.pop(0), now_ms)
            next_ms = now_ms + task.pause_ms
        for event in heard:
            told = task.proof(event)
            if isinstance(event, d.DeviceOffline) and event.device == device.name:
                told = f"!{event.why}"
            if told and not orders:
                return told
        if not orders and task.patience_ms == 0 and now_ms >= next_ms:
            return task.silent
        wait(counter)
    return ""


def _task(kind: str) -> _Task | None:
    lamps = (d.SetLights(red=True), d.SetLights(amber=True), d.SetLights(green=True), d.SetLights())
    match kind:
        case "pos_printer":
            return _Task((d.Print(TICKET, _SLIP),), _printed)
        case "cash_drawer":
            return _Task((d.OpenDrawer(TICKET),), _opened, 3_000, silent="a pulse was sent: did the drawer open?")
        case "lights":
            return _Task(lamps, _nothing, 0, LAMP_MS, silent="red, amber and green were lit, one after the other")
        case "card_terminal" | "qr_payment":
            return _Task((d.Prepare(TICKET),), _ready)
        case "cash_recycler":
            return _Task((d.CloseCash(TICKET),), _counted)
        case "scale" | "bagging_scale":
            return _Task((), _weighed, HAND_MS, hint="lay something on it", silent="nothing was laid on it")
        case "scanner":
            return _Task((), _scanned, HAND_MS, hint="scan anything", silent="nothing was scanned")
        case "keypad":
            return _Task((), _pressed, HAND_MS, hint="press a key", silent="no key was pressed")
        case "gate":
            return _Task((d.OpenGate(TICKET),), _nothing, 0, silent="a pulse was sent: did the gate open?")
        case "badge_reader":
            return _Task((), _badge, HAND_MS, hint="hold a badge to it", silent="no badge was held to it")
        case "keylock":
            return _Task((), _lock, HAND_MS, hint="turn the key", silent="the key was left alone")
        case "door":
            return _Task((), _door, HAND_MS, hint="open the door", silent="the door was left alone")
        case "headphones":
            return _Task((), _jack, HAND_MS, hint="plug headphones in or out", silent="the jack was left alone")
    return None


def _nothing(event: d.HardwareEvent) -> str:
    return ""


def _printed(event: d.HardwareEvent) -> str:
    match event:
        case d.PrintDone(ticket="doctor"):
            return "a test slip is on paper"
        case d.PrintFailed(ticket="doctor"):
            return f"!the test slip is not on paper: {event.why}"
    return ""


def _opened(event: d.HardwareEvent) -> str:
    return "it opened" if isinstance(event, d.DrawerStatus) and event.open else ""


def _ready(event: d.HardwareEvent) -> str:
    match event:
        case d.TerminalReady(ticket="doctor"):
            return "it is ready to pay"
        case d.TerminalRefused(ticket="doctor"):
            return f"!it is not ready: {event.why}"
    return ""


def _counted(event: d.HardwareEvent) -> str:
    match event:
        case d.CashMetered(ticket="doctor"):
            inside = sum(piece * count for piece, count in event.meter.levels)
            return f"it counts {inside / 100:.2f} that it can pay out"
        case d.CashRefused(ticket="doctor"):
            return f"!{event.why}"
    return ""


def _weighed(event: d.HardwareEvent) -> str:
    weighs = isinstance(event, d.WeightSeen) and event.stable and event.grams
    return f"it weighs {event.grams} g" if weighs and isinstance(event, d.WeightSeen) else ""


def _scanned(event: d.HardwareEvent) -> str:
    match event:
        case d.Scanned():
            return f"it read {event.text}"
        case d.ScanGarbled():
            return "!what it read is no label: is it set to the right interface and speed?"
    return ""


def _pressed(event: d.HardwareEvent) -> str:
    return f"a key was felt: {event.key}" if isinstance(event, d.KeyMoved) and event.way == "down" else ""


def _badge(event: d.HardwareEvent) -> str:
    match event:
        case d.BadgeRead():
            return "it read a badge"  # whose is nobody's business
        case d.BadgeGarbled():
            return f"!{event.why}"
    return ""


def _lock(event: d.HardwareEvent) -> str:
    return f"the key stands at {event.position}" if isinstance(event, d.KeylockTurned) else ""


def _door(event: d.HardwareEvent) -> str:
    return f"the door is {'open' if event.open else 'shut'}" if isinstance(event, d.DoorMoved) else ""


def _jack(event: d.HardwareEvent) -> str:
    if not isinstance(event, d.HeadphonesMoved):
        return ""
    return "headphones are in" if event.plugged else "headphones are out"
