"""Closed: what a shopper sees when the lane cannot be started: 18b and the red lamp (`kiosk closed`).

It opens the screen, takes the current off what the lane has left under it, and lights the lamp; nothing else: no
journal, no network, no other device, so that it cannot fail from what made the lane fail. If that was the
configuration, the defaults must do, on a screen that hangs as it says (`looks`): a lane that is dark tells nobody
anything. What is known of the reason (`troubles`) stands at the foot of the screen, for whoever comes to mend it, and
the lamp blinks its number.
"""

import select
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from msgspec.structs import replace

from drivers.device import DeviceError
from drivers.registry import device_tables, make_device
from kiosk.app import looks
from kiosk.app.blinking import LIGHTS, Blinker
from kiosk.app.clock import tick_ms
from kiosk.app.config import BadSettings, Config, LaneTable, read_config
from kiosk.app.eyes import open_window, panel_of
from kiosk.app.inbox import Inbox
from kiosk.app.places import config_folder
from kiosk.app.troubles import BLINKS, Trouble, known, of_settings
from kiosk.checkout.devices import Devices
from kiosk.checkout.machine import blank
from kiosk.checkout.state import Phase
from kiosk.ui import words as catalogues
from kiosk.ui.panel import USUAL_PANEL, Panel
from kiosk.ui.room import room
from kiosk.ui.scene import Button, Element, Label, Rect, Scene
from kiosk.ui.screens.closed import call_place
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import View

_PUSHED = ("cash_drawer", "gate")
_LAMP_EVERY_MS = 250
THE_LANE = "lane"
"""What is broken: all of it."""


def main(config_path: Path, *, headless: bool) -> int:
    """Until SIGTERM."""
    config, found = read_or_default(config_path), reasons(config_path)
    inbox = Inbox()

    def stop(number: int, frame: FrameType | None) -> None:
        inbox.wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        window = open_window(config.display, headless=headless)
    except BadSettings:  # the lane said so when it would not start; here its own colours do
        window = open_window(replace(config.display, theme=""), headless=headless)
    window.show(out_of_order(config, panel_of(config.display, window), found))
    at_rest(config)
    blinker = Blinker(config.devices.get(LIGHTS), BLINKS[found[0].kind] if found else 0, tick_ms())
    poll = select.poll()
    poll.register(inbox.fileno(), select.POLLIN)
    while not poll.poll(_LAMP_EVERY_MS):
        blinker.turn(tick_ms())
    blinker.close()
    window.close()
    return 0


def reasons(config_path: Path) -> tuple[Trouble, ...]:
    """What is known to be wrong, the nearest first; empty: the lane crashed, and its log says where."""
    told = known()
    if any(one.kind == "settings" for one in told) or not config_path.exists():
        return told
    try:
        read_config(config_path)
    except BadSettings as problem:
        return (of_settings(config_path, str(problem)), *told)
    return told


def read_or_default(path: Path) -> Config:
    """What the operator wrote; where it cannot be read, what is wrong with it is said, and of it there is only what can
    be read by itself (`looks`)."""
    try:
        return read_config(path)
    except BadSettings as problem:
        sys.stderr.write(f"kiosk closed: {problem}\n")
        seen = looks.of(path.read_text(encoding="utf-8", errors="replace")) if path.is_file() else looks.known()
        lights = {LIGHTS: seen.lights} if seen.lights is not None else {}
        return Config(lane=LaneTable(store="unknown", till="unknown"), display=seen.display, devices=lights)


def out_of_order(config: Config, panel: Panel = USUAL_PANEL, found: Sequence[Trouble] = ()) -> Scene:
    """18b in the lane's first language, without its buttons: nobody here could answer them. What was `found` stands in
    the place of the cause, which is for whoever can mend it."""
    lane = replace(config.brain_lane(), needs=(THE_LANE,))
    broken = Devices(lost={THE_LANE: ("cannot start", 0)}, link_up=False)
    state = replace(blank(lane), phase=Phase.CLOSED, closed="fault", devices=broken)
    words = catalogues.load(
        config_folder() / "words",
        lane.languages[:1],
        currency=lane.currency,
        territory=lane.jurisdiction,
        zone=config.zone,
    )
    scene = make_scene(state, View(panel=panel), words[lane.languages[0]])
    call = call_place(room(panel))
    elements = tuple(e for e in scene.elements if not _for_a_finger(e, call))
    if found:
        elements = (*elements[:-1], *_told(found, panel))
    return replace(scene, elements=elements)


def _told(found: Sequence[Trouble], panel: Panel) -> tuple[Label, ...]:
    """In as many lines as there are room for, at the foot."""
    call, size = call_place(room(panel)), room(panel).font(24)
    place = call._replace(w=panel.size[0] - 2 * call.x)
    text = " ".join((f"{found[0].title}:", *found[0].lines))
    most = max(1, place.h // round(size * 1.25))
    return (
        Label(place, text, size, 500, colour="ink2", max_lines=most, line_height=1.25, valign="bottom", plain=True),
    )


def _for_a_finger(element: Element, call: Rect) -> bool:
    return isinstance(element, Button) or call.contains(element.rect.x, element.rect.y)


def at_rest(config: Config) -> None:
    """Drawer and gate without current, whatever they were told when the lane died: an output begins and ends so."""
    for name, table in device_tables(config.devices).items():
        if name.partition(".")[0] in _PUSHED and table.get("driver") in ("gpio", "lcus"):
            try:
                device = make_device(name, table)
            except DeviceError:  # a pin that cannot be had was not ours to leave under current
                continue
            device.service(0)
            device.close()
