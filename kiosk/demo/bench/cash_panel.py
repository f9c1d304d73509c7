"""The cash machine: a hand with notes and coins, the mouth and the tray, and what goes wrong with such machines."""

from functools import partial

from nicegui import ui

from drivers.cash_recycler.simulator import COINS, NOTES
from kiosk.demo.bench.faults import FaultRow
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.bench.parts import Bench

JAMS_AFTER_MINOR = 500
"""Of the next payout, so that a part of it lies in the tray."""
LITTLE_CHANGE = {100: 1, 1_000: 2}
"""Too little for any note: the lane says so."""
Seen = tuple[bool, int, int, int, bool, bool, bool]


class CashPanel:
    """One machine, and the shopper's hands at it."""

    def __init__(self, bench: Bench) -> None:
        self._machine = bench.devices.cash
        self._seen: Seen | None = None
        with ui.element("div").classes("b-card b-hand b-cash"):
            with ui.row().classes("b-scan"):
                ui.label("Cash machine").classes("b-muted")
                self._shows = ui.label().props("data-testid=cash-shows")
            with ui.row().classes("b-chips"):
                for minor in NOTES:
                    push(f"note-{minor // 100}", f"{minor // 100}", partial(self._note, minor))
                for minor in COINS:
                    push(f"coin-{minor // 100}", f"{minor // 100} coin", partial(self._coin, minor))
            with ui.row().classes("b-chips"):
                self._back = push("cash-take", "Take the money", self._take)
                self._jam = Flip("cash-jam", "Jam in the change", "Free the jam", self._jams)
                self._stuck = Flip("note-jam", "Jam a note", "Free the note", self._note_jams)
                self._plug = Flip("cash-plug", "Unplug it", "Plug it in", self._flip)
            with ui.row().classes("b-chips"):
                ui.label("With the key").classes("b-muted")
                push("cash-box", "Take the box out", self._take_box)
                push("cash-little-change", "Leave little change", self._leave_little)
            self._faults = FaultRow(self._machine, "cash")

    def _note(self, minor: int) -> None:
        with self._machine.hands() as machine:
            machine.insert_note(minor)

    def _coin(self, minor: int) -> None:
        with self._machine.hands() as machine:
            machine.insert_coin(minor)

    def _take(self) -> None:
        with self._machine.hands() as machine:
            machine.take_back()

    def _take_box(self) -> None:
        with self._machine.hands() as machine:
            found = machine.empty_box()
        ui.notify(
            f"In the box: {found / 100:.2f}. Staff key it in at the lane: X report, Cash in the drawer, Cash machine."
        )

    def _leave_little(self) -> None:
        """As somebody who takes most of it away; the lane hears so when it is asked next."""
        with self._machine.hands() as machine:
            machine.store.clear()
            machine.fill(LITTLE_CHANGE)

    def _jams(self, jams: bool) -> None:
        with self._machine.hands() as machine:
            machine.jams_after_minor = JAMS_AFTER_MINOR if jams else None

    def _note_jams(self, jams: bool) -> None:
        with self._machine.hands() as machine:
            machine.note_jams = jams

    def _flip(self, pull: bool) -> None:
        with self._machine.hands() as machine:
            if pull:
                machine.unplug()
            else:
                machine.plug()

    def refresh(self) -> None:
        """Show what has changed."""
        self._faults.refresh()
        with self._machine.hands() as machine:
            lies = sum(machine.mouth) + sum(machine.tray)
            jams = machine.jams_after_minor is not None
            box = sum(minor * count for minor, count in machine.box.items())
            seen = (machine.takes, lies, machine.stored_minor, box, jams, machine.note_jams, machine.reachable)
        if seen == self._seen:
            return
        self._seen = seen
        takes, lies, stored, box, jams, stuck, reachable = seen
        lamp = "takes money" if takes else "shut"
        said = (("to be taken", lies), ("as change", stored), ("in the box", box))
        self._shows.set_text(" · ".join((lamp, *(f"{what}: {minor / 100:.2f}" for what, minor in said))))
        self._back.set_enabled(bool(lies))
        self._jam.show(jams)
        self._stuck.show(stuck)
        self._plug.show(not reachable)
