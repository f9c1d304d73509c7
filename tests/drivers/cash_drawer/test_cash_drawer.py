"""The drawer on pins: pushed once, believed when steady. On the printer: handed on, reported under its own name."""

import pytest
from gpiozero.pins.mock import MockPin

from drivers.cash_drawer import printer_kick
from drivers.cash_drawer.driver import GpioDrawer, Settings, make, make_simulated
from drivers.cash_drawer.simulator import DrawerSimulator
from drivers.device import DeviceError
from drivers.events import DeviceOnline, DrawerStatus, HardwareEvent, OpenDrawer
from drivers.pos_printer import driver as pos_printer

OPEN = DrawerStatus(device="cash_drawer", open=True)
SHUT = DrawerStatus(device="cash_drawer", open=False)


class Till:
    """Turns the drawer as the loop does: at each deadline, up to a time."""

    def __init__(self, drawer: GpioDrawer) -> None:
        self.drawer, self.now_ms = drawer, 0

    def run(self, ms: int) -> list[HardwareEvent]:
        events, end_ms = [], self.now_ms + ms
        while (due_ms := self.drawer.deadline_ms()) is not None and due_ms <= end_ms:
            self.now_ms = max(self.now_ms, due_ms)
            events += self.drawer.service(self.now_ms)
        self.now_ms = end_ms
        return events

    def open(self) -> None:
        assert self.drawer.command(OpenDrawer(ticket="t"), self.now_ms) == []


@pytest.fixture
def under_the_counter() -> tuple[Till, DrawerSimulator]:
    drawer, simulator = make_simulated("cash_drawer", Settings())
    return Till(drawer), simulator


def test_it_says_how_it_stands_when_the_till_starts(under_the_counter: tuple[Till, DrawerSimulator]) -> None:
    till, _ = under_the_counter
    assert till.run(1_000) == [DeviceOnline(device="cash_drawer", detail="mock"), SHUT]


def test_one_order_is_one_push_of_200_ms_and_the_drawer_says_it_is_open(
    under_the_counter: tuple[Till, DrawerSimulator],
) -> None:
    till, drawer = under_the_counter
    till.run(1_000)
    till.open()
    assert drawer.energised
    assert till.run(199) == [OPEN]
    assert drawer.energised
    till.run(1)
    assert not drawer.energised
    drawer.shut()
    assert till.run(1_000) == [SHUT]
    assert drawer.pushes == 1


def test_a_stuck_drawer_never_claims_to_be_open(under_the_counter: tuple[Till, DrawerSimulator]) -> None:
    till, drawer = under_the_counter
    till.run(1_000)
    drawer.stuck = True
    till.open()
    assert till.run(5_000) == []
    assert drawer.pushes == 1


def test_a_drawer_opened_by_key_is_seen(under_the_counter: tuple[Till, DrawerSimulator]) -> None:
    till, drawer = under_the_counter
    till.run(1_000)
    drawer.pull_open()
    assert till.run(500) == [OPEN]
    assert drawer.pushes == 0


def test_orders_in_a_burst_do_not_burn_the_coil(under_the_counter: tuple[Till, DrawerSimulator]) -> None:
    till, drawer = under_the_counter
    till.run(100)
    on_ms = 0
    for _ in range(300):
        till.open()
        on_ms += 10 * drawer.energised
        till.run(10)
    assert on_ms <= 3_000 * 2 // 5
    assert drawer.pushes == 5


def test_a_drawer_without_a_sensor_opens_and_wakes_nobody() -> None:
    drawer = make("cash_drawer", Settings(factory="mock", pin=23))
    assert drawer.service(0) == [DeviceOnline(device="cash_drawer", detail="mock")]
    assert drawer.deadline_ms() is None
    drawer.command(OpenDrawer(ticket="t"), 10)
    assert drawer.deadline_ms() == 210
    assert drawer.service(210) == []
    assert drawer.deadline_ms() is None


def test_the_level_that_means_open_is_configured() -> None:
    drawer, simulator = make_simulated("cash_drawer", Settings(sensor_open_level="high"))
    simulator.shut()
    till = Till(drawer)
    assert SHUT in till.run(500)
    till.open()
    assert OPEN in till.run(500)


def test_closing_takes_the_current_off() -> None:
    drawer, simulator = make_simulated("cash_drawer", Settings())
    drawer.command(OpenDrawer(ticket="t"), 0)
    drawer.close()
    drawer.close()
    assert not simulator.energised


def test_a_drawer_without_a_coil_is_refused() -> None:
    with pytest.raises(DeviceError, match="'pin' is missing"):
        make("cash_drawer", Settings(factory="mock"))


def test_coil_and_switch_on_one_pin_are_refused() -> None:
    with pytest.raises(DeviceError, match="already in use"):
        make("cash_drawer", Settings(factory="mock", pin=23, sensor=23))


def test_the_mock_pin_is_what_gpiozero_has() -> None:
    _, simulator = make_simulated("cash_drawer", Settings())
    assert isinstance(simulator._switch, MockPin)


def test_on_the_printers_connector() -> None:
    printer, paper = pos_printer.make_simulated("pos_printer", pos_printer.Settings())
    drawer = printer_kick.make("cash_drawer", printer_kick.Settings(), printer)
    now_ms = 0

    def run(ms: int) -> list[HardwareEvent]:
        nonlocal now_ms
        events, end_ms = [], now_ms + ms
        while (due_ms := printer.deadline_ms()) is not None and due_ms <= end_ms:
            now_ms = max(now_ms, due_ms)
            events += [*drawer.service(now_ms), *printer.service(now_ms)]
        now_ms = end_ms
        return events

    said = run(1_000)
    assert SHUT in said
    assert [e.device for e in said if isinstance(e, DeviceOnline)] == ["pos_printer", "cash_drawer"]
    assert drawer.command(OpenDrawer(ticket="t"), now_ms) == []
    assert OPEN in run(100)
    paper.close_drawer()
    assert SHUT in printer.service(now_ms)
