"""Lamps: which colours a state of the light tower is, on a pole of three lamps and on an RGB one (DESIGN-UI 2.8)."""

from msgspec.structs import replace

from drivers.events import SetLights
from kiosk.checkout.effects import Pattern, ShowLights

PULSE_MS = 60_000
"""So long a call for somebody pulses; whoever has not seen it by then will not for a blinking lamp."""
URGENT_MS = 10 * 60_000
"""A call that nobody at the console has taken in hand pulses for so long."""
WHITE_40 = (40, 40, 40)
VIOLET = (50, 0, 100)

LAMPS: dict[Pattern, SetLights] = {
    "free": SetLights(green=True),
    "in_use": SetLights(rgb=WHITE_40),
    "help": SetLights(amber=True, pulse_ms=PULSE_MS),
    "urgent": SetLights(amber=True, pulse_ms=URGENT_MS),
    "check": SetLights(amber=True),
    "bank": SetLights(amber=True),
    "paid": SetLights(green=True),
    "closed": SetLights(),
    "out_of_order": SetLights(red=True),
    "staff": SetLights(green=True, amber=True, rgb=VIOLET),
}


def lamps(tower: ShowLights) -> SetLights:
    """What the pole is told. Calm sounds make it steady."""
    order = LAMPS[tower.pattern]
    return replace(order, pulse_ms=0) if tower.steady else order
