"""What no shopper sees: the programs behind the counter, to be killed, stopped and started.

Killing the lane in the middle of a payment, or taking broker and store away during a sale, is how one sees that nothing
is lost and nothing is charged twice.
"""

from collections.abc import Awaitable, Callable

from nicegui import ui

from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench
from kiosk.demo.devices import CARD_PIN
from kiosk.demo.place import STAFF_PIN
from kiosk.demo.process import Process
from kiosk.demo.trouble import Trouble

KILL = "Kill the lane (kill -9)"


class BackstagePanel:
    """The bar on top of the page."""

    def __init__(self, bench: Bench) -> None:
        self._kiosk = bench.kiosk
        with ui.element("div").classes("b-bar"):
            ui.label("Kassa").classes("b-brand")
            ui.label("DEMO").classes("b-demo")
            ui.link("Console of the store", bench.place.console_url, new_tab=True).props("data-testid=console-link")
            ui.label(f"Staff PIN {STAFF_PIN} · Card PIN {CARD_PIN}").classes("b-quiet")
            ui.space()
            self._pid = ui.label().classes("b-quiet").props("data-testid=kiosk-pid")
            self._kill = push("kill-kiosk", KILL, self._kill_or_start)
            self._flips = [
                (process, Flip(f"{process.name}-away", f"Stop the {process.name}", f"Start the {process.name}", turn))
                for process in (bench.broker, bench.store)
                for turn in [_turn(process)]
            ]

    async def _kill_or_start(self) -> None:
        if self._kiosk.wanted:
            self._kiosk.kill()
        else:
            await _turn(self._kiosk)(False)

    def refresh(self) -> None:
        """Show which of them run."""
        pid, wanted = self._kiosk.pid, self._kiosk.wanted
        away = "Lane: starting" if wanted else "Lane: given up"
        self._pid.set_text(f"Lane: process {pid}" if pid is not None else away)
        self._kill.set_text(KILL if wanted else "Start the lane")
        for process, flip in self._flips:
            flip.show(not process.wanted)


def _turn(process: Process) -> Callable[[bool], Awaitable[None]]:
    async def turn(stop: bool) -> None:
        try:
            await (process.stop() if stop else process.start())
        except Trouble as trouble:
            ui.notify(str(trouble), type="negative", multi_line=True)

    return turn
