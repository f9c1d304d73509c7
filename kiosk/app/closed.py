"""Closed: what a shopper sees when the lane cannot be started: 18b and the red lamp (`kiosk closed`).

It opens the screen, takes the current off what the lane has left under it, and lights the lamp; nothing else: no
journal, no network, no other device, so that it cannot fail from what made the lane fail. If that was the
configuration, the defaults must do: a lane that is dark tells nobody anything.
"""

import select
import signal
import sys
from pathlib import Path
from types import FrameType

from msgspec.structs import replace

from drivers.device import DeviceError
from drivers.registry import device_tables, make_device, make_devices
from kiosk.app.config import BadSettings, Config, LaneTable, read_config
from kiosk.app.eyes import open_window, panel_of
from kiosk.app.inbox import Inbox
from kiosk.app.lamps import LAMPS
from kiosk.app.places import config_folder
from kiosk.checkout.devices import Devices
from kiosk.checkout.machine import blank
from kiosk.checkout.state import Phase
from kiosk.ui import words as catalogues
from kiosk.ui.panel import USUAL_PANEL, Panel
from kiosk.ui.room import room
from kiosk.ui.scene import Button, Element, Rect, Scene
from kiosk.ui.screens.closed import call_place
from kiosk.ui.show import scene as make_scene
from kiosk.ui.view import View

_PUSHED = ("cash_drawer", "gate")
THE_LANE = "lane"
"""What is broken: all of it."""


def main(config_path: Path, *, headless: bool) -> int:
    """Until SIGTERM."""
    config = read_or_default(config_path)
    inbox = Inbox()

    def stop(number: int, frame: FrameType | None) -> None:
        inbox.wake()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        window = open_window(config.display, headless=headless)
    except BadSettings:  # the lane said so when it would not start; here its own colours do
        window = open_window(replace(config.display, theme=""), headless=headless)
    window.show(out_of_order(config, panel_of(config.display, window)))
    at_rest(config)
    _red_lamp(config)
    poll = select.poll()
    poll.register(inbox.fileno(), select.POLLIN)
    poll.poll()
    window.close()
    return 0


def read_or_default(path: Path) -> Config:
    """What the operator wrote; where it cannot be read, what is wrong with it is said and the defaults are taken."""
    try:
        return read_config(path)
    except BadSettings as problem:
        sys.stderr.write(f"kiosk closed: {problem}\n")
        return Config(lane=LaneTable(store="unknown", till="unknown"))


def out_of_order(config: Config, panel: Panel = USUAL_PANEL) -> Scene:
    """18b in the lane's first language, without its buttons: nobody here could answer them."""
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
    return replace(scene, elements=tuple(e for e in scene.elements if not _for_a_finger(e, call)))


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


def _red_lamp(config: Config) -> None:
    """As good as it can be: a lane without lamps, or with pins that cannot be had, still has its screen."""
    lamps = {name: table for name, table in config.devices.items() if name == "lights"}
    try:
        for device in make_devices(lamps):
            device.command(LAMPS["out_of_order"], 0)
    except DeviceError:
        return
