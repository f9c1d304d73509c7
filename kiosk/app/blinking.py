"""Blinking: the red lamp says a number, for whoever stands before a machine whose screen says nothing.

As many times lit as the number, half a second each with half a second between, then two seconds dark, again and again:
one flash a second, far below what can harm anybody (WCAG 2.2, success criterion 2.3.1: three).
"""

import os
from typing import Any

from drivers.device import Device, DeviceError
from drivers.events import SetLights
from drivers.registry import make_device

LIT_MS, DARK_MS, PAUSE_MS = 500, 500, 2_000
LIGHTS = "lights"


def is_lit(number: int, since_ms: int) -> bool:
    """Whether the lamp burns so long after it began. 0 is steady: out of order, and no number is known."""
    if number == 0:
        return True
    beat = LIT_MS + DARK_MS
    into_ms = since_ms % (number * beat - DARK_MS + PAUSE_MS)
    return into_ms < number * beat and into_ms % beat < LIT_MS


class Blinker:
    """The lamp, if it can be had: a machine without one has its screen all the same."""

    def __init__(self, lights: dict[str, Any] | None, number: int, now_ms: int) -> None:
        """`lights`: `[devices.lights]` of the configuration; None: there is none, and the appliance's usual pin is
        taken, where there is one."""
        self._number, self._since_ms = number, now_ms
        self._lamp: Device | None = None
        table = lights if lights is not None else usual()
        if table is None:
            return
        try:
            self._lamp = make_device(LIGHTS, table)
        except DeviceError:
            return
        self.turn(now_ms)

    def turn(self, now_ms: int) -> None:
        """Light it or not; four times a second is enough."""
        if self._lamp is not None:
            self._lamp.command(SetLights(red=is_lit(self._number, now_ms - self._since_ms)), now_ms)
            self._lamp.service(now_ms)

    def close(self) -> None:
        """Dark."""
        if self._lamp is not None:
            self._lamp.close()


def usual() -> dict[str, Any] | None:
    """The lamp of an appliance that has no configuration yet, as HARDWARE.md wires it: KASSA_RED_PIN, by Broadcom
    number. Elsewhere nobody knows what hangs on a pin, and it is left alone."""
    pin = os.environ.get("KASSA_RED_PIN", "")
    return {"driver": "gpio", "factory": "gpiod", "red": int(pin)} if pin.isdecimal() else None
