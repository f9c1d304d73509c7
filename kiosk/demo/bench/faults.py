"""Faults: what can go wrong with each simulated device, as buttons. One table, by simulator; folded away on its panel.

A *switch* holds until it is thrown back, a *misfortune* happens once. What people do with a device (its plug, its
paper, its load) is its panel's own. A simulator that the table does not know cannot stand on the counter: a test says
so.
"""

from collections.abc import Callable
from functools import partial, reduce
from typing import Any, NamedTuple

from nicegui import ui

from drivers.badge_reader.simulator import BadgeReaderSimulator, KeyboardBadgeReaderSimulator
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.cash_recycler.essp_simulator import EsspSimulator
from drivers.cash_recycler.simulator import RecyclerSimulator
from drivers.headphones.simulator import JackSimulator
from drivers.keypad.simulator import KeypadSimulator
from drivers.lcus.simulator import LcusSimulator
from drivers.pins.wired_contact import WiredContact
from drivers.ports.serving import SimulatorServer
from drivers.pos_printer.simulator import REAL_LINE_MS, PrinterSimulator
from drivers.qr_payment.simulator import Fault as ProviderFault
from drivers.qr_payment.simulator import ProviderSimulator
from drivers.scale.dialog06_simulator import Dialog06Simulator
from drivers.scale.hid_simulator import HidScaleSimulator
from drivers.scale.simulator import ScaleSimulator
from drivers.scanner.simulated_pos import PosScannerSimulator
from drivers.scanner.simulator import KeyboardScannerSimulator, ScannerSimulator
from drivers.scanner.ssi_simulator import SsiSimulator
from kiosk.demo.bench.flip import Flip, push
from kiosk.demo.place import STAFF_BADGE
from kiosk.world.cash_parts import CashParts

NOISE = b"\x00\xff\x10\x04<{[\r\n" * 3
SLOW_BYTE_MS, SLOW_LINE_MS = 20, 400
TWO_LABELS = ("9520001310010", "9520001300011")
APPROVAL = 9
"""The message that tells it, of a card that is tapped and wants no PIN."""
STAYS = 5
"""So often a badge that is left before the reader is read."""
LINES_LEFT = 6
"""Of a roll that ends in the middle of a receipt."""


class Switch(NamedTuple):
    """One that holds. `name` finds its button in tests, after the role."""

    name: str
    do: str
    undo: str
    throw: Callable[[Any, bool], object]
    thrown: Callable[[Any], bool]


class Misfortune(NamedTuple):
    """One that happens."""

    name: str
    says: str
    happen: Callable[[Any], object]


Faults = tuple[Switch | Misfortune, ...]


def _switch(name: str, do: str, undo: str, attribute: str, on: object = True, off: object = False) -> Switch:
    """An attribute of the simulator (`faults.deaf`: of what it has) that is `on` while the fault is there."""
    *path, last = attribute.split(".")

    def throw(simulator: Any, bad: bool) -> None:
        setattr(reduce(getattr, path, simulator), last, on if bad else off)

    return Switch(name, do, undo, throw, lambda simulator: bool(reduce(getattr, [*path, last], simulator) != off))


_UNREADABLE: Faults = (Misfortune("garbage", "Unreadable", lambda one: one.garbage()),)
_BYTES = _switch("split", "One byte at a time", "All bytes at once", "split_ms", SLOW_BYTE_MS, 0)
_LABELS: Faults = (
    _BYTES,
    Misfortune("together", "Two labels in one", lambda one: one.scan_together(*TWO_LABELS)),
    *_UNREADABLE,
    Misfortune("endless", "A label without end", lambda one: one.endless()),
)
_SCALE: Faults = (
    _switch("silent", "Silence it", "Let it answer", "silent"),
    _switch("garbled", "Garble it", "Let it speak clearly", "garbled"),
    _switch("split", "One byte at a time", "All bytes at once", "split"),
    _switch("zero", "Lose its zero", "Find its zero", "zero_lost"),
    _switch("pounds", "Set it to pounds", "Set it to grams", "pounds"),
)
_CASH: Faults = (
    Switch("power", "Pull the power", "Give it power", lambda m, off: m.set_power(not off), lambda m: not m.powered),
    _switch("silent", "Silence it", "Let it answer", "silent"),
    _switch("split", "One byte at a time", "All bytes at once", "split"),
    _switch("miscounts", "Miscount coins", "Count right", "miscounts", 5, 0),
)


def _hoppers(attribute: str, on: object, off: object) -> tuple[Callable[[Any, bool], None], Callable[[Any], bool]]:
    def throw(machine: Any, bad: bool) -> None:
        for hopper in machine.coins.hoppers:
            setattr(hopper, attribute, on if bad else off)

    return throw, lambda machine: any(getattr(hopper, attribute) != off for hopper in machine.coins.hoppers)


_COINS: Faults = (
    Switch("coin-stuck", "Stick a coin", "Take the coin out", lambda m, on: m.coins.stick(on), lambda m: m.coins.stuck),
    Misfortune("string", "A coin on a string", lambda machine: machine.coins.pull_a_string()),
    Switch("hopper-jam", "Jam the hoppers after a coin", "Free the hoppers", *_hoppers("jams_after", 1, None)),
    Switch("hopper-blocked", "Block the hoppers' exits", "Clear their exits", *_hoppers("blocked", True, False)),
    _switch("coins-damaged", "Damage the coins' line", "Mend the coins' line", "coins.damages", 1 << 30, 0),
    _switch("coins-silent", "Silence the coins", "Let the coins answer", "coins.silent"),
)
_PRINTER: Faults = (
    _switch("mute", "Mute it", "Let it speak", "mute"),
    _switch("slow", "Slow it down", "As fast as ever", "line_ms", SLOW_LINE_MS, REAL_LINE_MS),
    _switch("short-roll", f"Leave {LINES_LEFT} lines of paper", "Long roll", "lines_left", LINES_LEFT, None),
    Misfortune("noise", "Noise on its line", lambda printer: printer.babble(NOISE)),
)
_ZVT: Faults = (
    _switch("deaf", "Make it deaf", "Let it hear", "faults.deaf"),
    _switch("cut", "Cut the next approval", "Will cut the line", "faults.cut", Cut(APPROVAL), None),
    _switch("reverses", "It takes back what it loses", "It keeps what it loses", "faults.on_loss", "reverse", "keep"),
    _switch("wrong-amount", "Tell a wrong amount", "Tell the right amount", "faults.wrong_amount"),
    _switch("late-abort", "Pay in spite of a stop", "Stop when told", "faults.late_abort"),
    _switch("split", "One byte at a time", "All bytes at once", "faults.one_byte"),
)
_NEXO: Faults = (
    _switch("deaf", "Make it deaf", "Let it hear", "faults.deaf"),
    _switch("silent", "Pay and say nothing", "Answer payments", "faults.silent"),
    _switch("cut", "Cut the next approval", "Will cut the line", "faults.cut", "before it answers", ""),
    _switch("garbage", "Answer with garbage", "Answer properly", "faults.spoil", "garbage", ""),
    _switch("wrong-amount", "Tell a wrong amount", "Tell the right amount", "faults.spoil", "other amount", ""),
    _switch("busy", "Busy with its bank", "Ready again", "faults.busy"),
    _switch("late-abort", "Pay in spite of a stop", "Stop when told", "faults.late_abort"),
    _switch("split", "One byte at a time", "All bytes at once", "faults.one_byte"),
    _switch("abroad", "Cards from abroad", "Cards from here", "card_currency", "EUR", ""),
    Misfortune("ours", "Pay in kronor", lambda terminal: terminal.choose_currency("ours")),
    Misfortune("theirs", "Pay in euro", lambda terminal: terminal.choose_currency("theirs")),
)


def _provider(fault: ProviderFault, do: str, undo: str) -> Switch:
    return Switch(fault, do, undo, lambda one, on: one.break_down(fault if on else ""), lambda one: one.fault == fault)


_PROVIDER: Faults = (
    _provider("silent", "Do and say nothing", "Answer again"),
    _provider("error", "Answer with an error", "Answer well"),
    _provider("garbage", "Answer with garbage", "Answer properly"),
    _provider("slow", "Slow it down", "As fast as ever"),
    _switch("no-refunds", "Refund nothing", "Refund again", "refuses_refunds"),
)
_CONTACT: Faults = (
    Switch("cut", "Cut the cable", "Mend it", lambda one, on: one.cut() if on else one.mend(), lambda one: one.is_cut),
    Misfortune("bounce", "Bounce", lambda contact: contact.bounce(9)),
)
_RELAYS: Faults = (
    Misfortune("brown-out", "Dip its power", lambda board: board.brown_out()),
    Misfortune("noise", "Noise on its line", lambda board: board.chatter(NOISE)),
)

FAULTS: dict[type, Faults] = {
    ScannerSimulator: _LABELS,
    KeyboardScannerSimulator: _LABELS,
    PosScannerSimulator: (
        _BYTES,
        Misfortune("garbage", "A report of nobody", lambda one: one.stranger()),
        Misfortune("liar", "A report that lies", lambda one: one.liar()),
        Misfortune("half", "Half a label", lambda one: one.cut("https://example.org/" + "7" * 60)),
        Misfortune("endless", "A label without end", lambda one: one.endless()),
    ),
    SsiSimulator: (
        _BYTES,
        _switch("deaf", "Make it deaf", "Let it hear", "deaf"),
        _switch("garbled", "Garble it", "Let it speak clearly", "garbles", 1 << 30, 0),
        _switch("raw", "Set it to bare labels", "Set it to packets", "raw"),
    ),
    ScaleSimulator: _SCALE,
    Dialog06Simulator: (*_SCALE, _switch("wrong-price", "Reckon wrong", "Reckon right", "wrong_price")),
    HidScaleSimulator: (
        *_SCALE,
        _switch("uncalibrated", "Must be calibrated", "Is calibrated", "uncalibrated"),
        _switch("broken", "Break it", "Mend it", "broken"),
    ),
    PrinterSimulator: _PRINTER,
    ZvtSimulator: _ZVT,
    NexoSimulator: _NEXO,
    RecyclerSimulator: _CASH,
    EsspSimulator: _CASH,
    CashParts: (*_CASH, *_COINS),
    ProviderSimulator: _PROVIDER,
    KeypadSimulator: (Misfortune("overrun", "Lose records", lambda keypad: keypad.overrun()),),
    JackSimulator: (
        Switch(
            "card",
            "Take the sound card out",
            "Put the sound card in",
            lambda jack, out: jack.unplug() if out else jack.plug(),
            lambda jack: not jack.reachable,
        ),
        Misfortune("chatter", "A loose plug", lambda jack: jack.chatter(9)),
        Misfortune("overrun", "Lose records", lambda jack: jack.overrun()),
    ),
    BadgeReaderSimulator: (
        _BYTES,
        Misfortune("stays", "A badge that stays there", lambda one: one.hold(STAFF_BADGE, STAYS)),
        *_UNREADABLE,
    ),
    KeyboardBadgeReaderSimulator: (_BYTES, *_UNREADABLE),
    WiredContact: _CONTACT,
    LcusSimulator: _RELAYS,
}


class FaultRow:
    """The buttons of one device's faults, folded away; how many are thrown stands outside."""

    def __init__(self, server: SimulatorServer[Any], role: str, title: str = "Faults") -> None:
        """`role` goes before the names of the buttons; `title`: where one panel has several rows."""
        self._server, self._title = server, title
        with server.hands() as simulator:
            faults = FAULTS[type(simulator)]
        self._flips: list[tuple[Switch, Flip]] = []
        with ui.element("details").classes("b-faults"):
            with ui.element("summary").props(f"data-testid={role}-faults"):
                self._says = ui.label()
            with ui.row().classes("b-chips"):
                for fault in faults:
                    self._button(fault, role)

    def _button(self, fault: Switch | Misfortune, role: str) -> None:
        if isinstance(fault, Switch):
            self._flips.append((fault, Flip(f"{role}-{fault.name}", fault.do, fault.undo, partial(self._throw, fault))))
        else:
            push(f"{role}-{fault.name}", fault.says, partial(self._happen, fault))

    def _throw(self, switch: Switch, bad: bool) -> None:
        with self._server.hands() as simulator:
            switch.throw(simulator, bad)

    def _happen(self, misfortune: Misfortune) -> None:
        with self._server.hands() as simulator:
            misfortune.happen(simulator)

    def refresh(self) -> None:
        """Show which are thrown."""
        with self._server.hands() as simulator:
            thrown = [switch.thrown(simulator) for switch, _ in self._flips]
        for (_, flip), bad in zip(self._flips, thrown, strict=True):
            flip.show(bad)
        self._says.set_text(f"{self._title}: {sum(thrown)} now" if any(thrown) else self._title)
