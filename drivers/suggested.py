"""Suggested: for what is plugged in, the lines of kiosk.toml with which a lane uses it. Pure.

What a thing is for cannot always be told: a scanner that types is a keyboard to the kernel, a serial line may lead to
a scanner, a scale or a terminal. Then its own name decides, and the comment says what else it could be.
"""

import json
from typing import NamedTuple

from drivers.ports.plugged import Plugged

BARCODE_SCANNER_PAGE, SCALE_PAGE = 0x8C, 0x8D
"""Usage pages of point of sale devices (USB-IF, HID Usage Tables for Point of Sale)."""


class Suggestion(NamedTuple):
    """`lines` belong into kiosk.toml as they are; empty: no driver of ours is for it."""

    lines: tuple[str, ...]
    remark: str


_WORDS = (
    (("scan", "barcode", "reader"), "scanner"),
    (("scale", "weigh"), "scale"),
    (("printer", "pos58", "pos80", "receipt"), "pos_printer"),
    (("terminal", "payment", "ingenico", "verifone"), "card_terminal"),
)
_PLATE = ("min_g = 100", "max_g = 15000", "step_g = 5")
_SERIAL = {
    "scanner": ('driver = "serial"',),
    "scale": ('driver = "toledo8217"', *_PLATE),
    "pos_printer": ('driver = "escpos"', 'profile = "default"'),
    "card_terminal": ('driver = "zvt"', 'password = "000000"'),
}


def suggested(thing: Plugged) -> Suggestion:
    """What to write for it."""
    match thing.kind:
        case "keyboard":
            if "keypad" in thing.name.lower():
                return _of("keypad", ('driver = "evdev"',), thing, "if shoppers are to steer by it")
            return _of("scanner", ('driver = "evdev"',), thing, "if it is a scanner that types; else leave it out")
        case "touch":
            return _of("touch", ('driver = "evdev"',), thing, "the touch screen; `kiosk touch calibrate` fits it")
        case "jack":
            return _of("headphones", ('driver = "evdev"',), thing, "where headphones are plugged in")
        case "printer":
            port = f"file:{thing.node}"
            return _of("pos_printer", _SERIAL["pos_printer"], thing, "profile: its model of python-escpos", port)
        case "serial":
            kind = next((kind for words, kind in _WORDS if _says(thing, words)), "")
            remark = "" if kind else "or a scale, printer or card terminal: see [devices] in config/kiosk.toml"
            return _of(kind or "scanner", _SERIAL[kind or "scanner"], thing, remark)
        case "hid":
            return _hid(thing)
        case "gpio":
            lines = ("[devices.lights]", 'driver = "gpio"', 'factory = "gpiod"', "red = 17", "amber = 27", "green = 22")
            return Suggestion(lines, "Broadcom numbers of the pins that the lamps are on")


def _says(thing: Plugged, words: tuple[str, ...]) -> bool:
    name = f"{thing.name} {thing.node}".lower()
    return any(word in name for word in words)


def _of(kind: str, lines: tuple[str, ...], thing: Plugged, remark: str, port: str = "") -> Suggestion:
    driver, *rest = lines
    return Suggestion((f"[devices.{kind}]", driver, f'port = "{port or thing.node}"', *rest), remark)


def _hid(thing: Plugged) -> Suggestion:
    if BARCODE_SCANNER_PAGE in thing.usages:
        lines = ("[devices.scanner]", 'driver = "hid_pos"', f"port = {json.dumps(thing.name)}")
        return Suggestion(lines, "a HID POS scanner, by its name: its node is another one after a restart")
    if SCALE_PAGE in thing.usages:
        return _of("scale", ('driver = "hid"', *_PLATE), thing, "Min, Max and e are on its plate")
    return Suggestion((), "")
