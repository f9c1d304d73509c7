"""Our libgpiod pin factory under gpiozero, on a libgpiod without a kernel.

Where the real library is installed, everything runs with its settings and enumerations too, and its signatures are
compared with what we call.
"""

import errno
import importlib.util
import inspect
import select
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from gpiozero import DigitalOutputDevice, InputDevice
from gpiozero.exc import GPIOPinInUse, PinInvalidFunction, PinInvalidPull, PinSetInput
from gpiozero.pins.mock import MockFactory

from drivers.cash_drawer.driver import GpioDrawer, Settings
from drivers.device import DeviceError
from drivers.events import DrawerStatus
from drivers.ports import gpio_port
from drivers.ports.gpio_port import READS_PER_TURN, GpiodFactory, GpiodPin, claiming, open_factory
from tests.drivers.ports.played_gpiod import BARE, PI, EdgeEvent, FakeChip, FakeGpiod, LineRequest


def real_libraries() -> list[Any]:
    """The real module, wherever it is installed."""
    return [importlib.import_module("gpiod")] if importlib.util.find_spec("gpiod") else []


@pytest.fixture(params=[None, *real_libraries()], ids=["our words", "its words"][: 1 + len(real_libraries())])
def gpiod(request: pytest.FixtureRequest) -> FakeGpiod:
    return FakeGpiod(request.param)


@pytest.fixture
def factory(gpiod: FakeGpiod) -> Iterator[GpiodFactory]:
    made = GpiodFactory(gpiod, [BARE, PI])
    yield made
    made.close()


def test_a_lamp_is_lit_and_put_out(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    lamp = DigitalOutputDevice(17, pin_factory=factory)
    lamp.on()
    assert lamp.value == 1
    lamp.off()
    assert gpiod.wires[PI][17].history == [False, True, False]


def test_an_output_starts_at_its_level_without_a_blip(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    relay = DigitalOutputDevice(17, active_high=False, pin_factory=factory)
    assert gpiod.wires[PI][17].history == [True]
    relay.on()
    assert gpiod.wires[PI][17].history == [True, False]


def test_a_switch_is_read_against_its_pull(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    switch = InputDevice(24, pull_up=True, pin_factory=factory)
    assert switch.value == 0
    gpiod.wires[PI][24].touch(False)
    assert switch.value == 1


def test_edges_come_through_a_file_descriptor(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    switch = InputDevice(24, pull_up=True, pin_factory=factory)
    pin: GpiodPin = switch.pin
    seen: list[tuple[float, bool]] = []
    assert pin.fileno() is None
    pin.when_changed = lambda ticks, level: seen.append((ticks, level))
    fd = pin.fileno()
    assert select.select([fd], [], [], 0)[0] == []
    gpiod.wires[PI][24].touch(False)
    gpiod.wires[PI][24].touch(True)
    assert select.select([fd], [], [], 0)[0] == [fd]
    pin.service()
    assert seen == [(1.5, False), (1.5, True)]
    assert select.select([fd], [], [], 0)[0] == []


def test_edges_may_be_of_one_kind(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    pin = factory.pin(24)
    pin.edges, pin.when_changed = "rising", lambda ticks, level: None
    assert gpiod.wires[PI][24].settings.edge_detection.name == "RISING"


def test_the_kernel_is_asked_to_wait_out_a_bounce(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    pin = factory.pin(24)
    pin.when_changed = lambda ticks, level: None
    pin.bounce = 0.005
    assert gpiod.wires[PI][24].settings.debounce_period == timedelta(milliseconds=5)
    assert pin.bounce == 0.005


def test_a_contact_that_never_rests_does_not_hold_the_loop(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    pin, heard = factory.pin(24), 0

    def another(ticks: float, level: bool) -> None:
        nonlocal heard
        heard += 1
        gpiod.wires[PI][24].touch(not level)

    pin.when_changed = another
    gpiod.wires[PI][24].touch(True)
    pin.service()
    assert heard == READS_PER_TURN
    assert select.select([pin.fileno()], [], [], 0)[0] == [pin.fileno()], "the rest wakes the loop again"


def test_two_devices_do_not_share_a_pin(factory: GpiodFactory) -> None:
    lamp = DigitalOutputDevice(17, pin_factory=factory)
    with pytest.raises(GPIOPinInUse):
        DigitalOutputDevice(17, pin_factory=factory)
    lamp.close()
    DigitalOutputDevice(17, pin_factory=factory)


def test_a_closed_pin_is_released(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    DigitalOutputDevice(17, pin_factory=factory).close()
    assert not gpiod.wires[PI][17].held
    lamp = DigitalOutputDevice(17, pin_factory=factory)
    assert gpiod.wires[PI][17].held
    assert lamp.value == 0


def test_closing_the_factory_releases_all(gpiod: FakeGpiod) -> None:
    factory = GpiodFactory(gpiod, [PI])
    factory.pin(17)
    factory.pin(27)
    factory.close()
    assert not any(wire.held for wire in gpiod.wires[PI].values())


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [("function", "pwm", PinInvalidFunction), ("pull", "sideways", PinInvalidPull), ("state", 1, PinSetInput)],
)
def test_what_a_pin_cannot_be_is_refused(factory: GpiodFactory, name: str, value: object, error: type) -> None:
    with pytest.raises(error):
        setattr(factory.pin(17), name, value)


def test_lines_without_names_go_by_offset_when_the_chip_is_named(gpiod: FakeGpiod) -> None:
    factory = GpiodFactory(gpiod, [BARE], by_offset=True)
    DigitalOutputDevice(5, pin_factory=factory).on()
    assert gpiod.wires[BARE][5].level


@pytest.mark.parametrize(("pin", "by_offset"), [(5, False), (99, True)])
def test_a_line_that_is_not_there_is_a_sentence(gpiod: FakeGpiod, pin: int, by_offset: bool) -> None:
    with pytest.raises(DeviceError, match=f"no line called GPIO{pin} on {BARE}; if its lines have no names, set chip"):
        GpiodFactory(gpiod, [BARE], by_offset=by_offset).pin(pin)


@pytest.mark.parametrize(
    ("refusal", "advice"),
    [(errno.EBUSY, "another program or device holds it"), (errno.EACCES, "add the kiosk's user to the group gpio")],
)
def test_a_pin_that_cannot_be_had_says_what_to_do(gpiod: FakeGpiod, refusal: int, advice: str) -> None:
    gpiod.refusal = refusal
    with pytest.raises(DeviceError, match=f"GPIO pin 17 cannot be used: {advice}"), claiming(17):
        DigitalOutputDevice(17, pin_factory=GpiodFactory(gpiod, [PI]))


def test_a_chip_that_is_not_there_is_a_sentence(gpiod: FakeGpiod) -> None:
    with pytest.raises(DeviceError, match="the GPIO chip /dev/gpiochip9 cannot be used: No such file"):
        GpiodFactory(gpiod, ["/dev/gpiochip9"]).pin(17)


def test_a_machine_without_gpio_is_a_sentence(gpiod: FakeGpiod) -> None:
    with pytest.raises(DeviceError, match="this machine has no GPIO"):
        GpiodFactory(gpiod, [])


@pytest.mark.parametrize(("name", "package"), [("gpiod", "device"), ("lgpio", "lgpio"), ("rpigpio", "rpigpio")])
def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch, name: Any, package: str) -> None:
    def missing(module: str) -> Any:
        raise ImportError(name=module)

    monkeypatch.setattr(gpio_port, "import_module", missing)
    with pytest.raises(DeviceError, match=rf'the pin factory "{name}" needs .*: pip install "kassa\[{package}\]"'):
        open_factory(name)


def test_the_mock_is_gpiozeros() -> None:
    assert isinstance(open_factory("mock"), MockFactory)


@pytest.mark.parametrize("module", [FakeGpiod(), *real_libraries()], ids=lambda module: type(module).__name__)
def test_the_library_has_what_we_use(module: Any) -> None:
    inspect.signature(module.request_lines).bind(PI, config={17: None}, consumer="kassa")
    request = LineRequest if isinstance(module, FakeGpiod) else module.LineRequest
    chip = FakeChip if isinstance(module, FakeGpiod) else module.Chip
    edge = EdgeEvent if isinstance(module, FakeGpiod) else module.EdgeEvent
    for method, arguments in {
        "get_value": (17,),
        "set_value": (17, None),
        "reconfigure_lines": ({17: None},),
        "read_edge_events": (),
        "release": (),
    }.items():
        inspect.signature(getattr(request, method)).bind(None, *arguments)
    inspect.signature(request.wait_edge_events).bind(None, timeout=0)
    inspect.signature(chip.line_offset_from_id).bind(None, "GPIO17")
    assert isinstance(request.fd, property)
    assert {"RISING_EDGE", "FALLING_EDGE"} <= {kind.name for kind in edge.Type}
    settings = inspect.signature(module.LineSettings).parameters
    assert {"direction", "bias", "edge_detection", "output_value", "debounce_period"} <= set(settings)
    for enum, names in {
        "Value": {"ACTIVE", "INACTIVE"},
        "Direction": {"INPUT", "OUTPUT"},
        "Bias": {"PULL_UP", "PULL_DOWN", "DISABLED"},
        "Edge": {"BOTH", "RISING", "FALLING", "NONE"},
    }.items():
        assert names <= {member.name for member in getattr(module.line, enum)}


def test_a_drawers_switch_wakes_the_loop_by_its_file_descriptor(gpiod: FakeGpiod, factory: GpiodFactory) -> None:
    drawer = GpioDrawer("cash_drawer", factory, Settings(pin=23, sensor=24))
    drawer.service(0)
    assert drawer.service(30)[-1] == DrawerStatus(device="cash_drawer", open=False)
    assert drawer.deadline_ms() is None, "no need to look: an edge will wake us"
    gpiod.wires[PI][24].touch(False)
    assert select.select([drawer.fileno()], [], [], 0)[0] == [drawer.fileno()]
    assert drawer.service(100) == []
    assert select.select([drawer.fileno()], [], [], 0)[0] == [], "the edge was read"
    assert drawer.deadline_ms() == 130
    assert drawer.service(130) == [DrawerStatus(device="cash_drawer", open=True)]
    drawer.close()
    assert not gpiod.wires[PI][23].held and not gpiod.wires[PI][24].held
