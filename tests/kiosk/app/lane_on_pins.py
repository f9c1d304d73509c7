"""A whole lane as a process of its own, on played pins: `python lane_on_pins.py CONFIG`.

Each level of a pin goes to standard output at once (`23 high`), so that it is known whatever becomes of the process. A
line on standard input has the drawer pushed, by a pulse that does not end by itself: the process ends first.
"""

import os
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

from drivers.cash_drawer import driver as cash_drawer
from drivers.events import OpenDrawer
from kiosk.app import main
from kiosk.app.runner import Runner
from tests.drivers.ports.played_gpiod import PI, FakeGpiod

DEADLINE_S = 60


def say(text: str) -> None:
    """At once, also from a process that is killed in the next moment."""
    os.write(1, f"{text}\n".encode())


class Appliance(main.Appliance):
    """The lane, with a hand that pushes its drawer."""

    def runner(self) -> Runner:
        threading.Thread(target=self._push, daemon=True).start()
        return super().runner()

    def _push(self) -> None:
        for _ in sys.stdin:
            self._inbox.ask(self._opened, DEADLINE_S)

    def _opened(self, loop: Any) -> None:
        self._counter.command("cash_drawer", OpenDrawer("a ticket"), self._clock.now())


if __name__ == "__main__":
    pins = FakeGpiod()
    for number, wire in pins.wires[PI].items():
        wire.tell = partial(lambda number, what: say(f"{number} {what}"), number)
    sys.modules["gpiod"] = pins  # type: ignore[assignment]
    cash_drawer.PULSE_MS = 3_600_000
    main.Appliance = Appliance  # type: ignore[misc]
    raise SystemExit(main.run(Path(sys.argv[1]), headless=True))
