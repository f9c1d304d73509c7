"""A touch screen of the kernel, with evdev and its ioctls played: what is asked when, and what nobody answers."""

import errno
import struct
from types import SimpleNamespace
from typing import Any

import pytest

from drivers.input_events import EV_ABS, EV_KEY, EV_SYN, RECORD, SYN_DROPPED, SYN_REPORT, InputEvent
from drivers.ports import descriptor, input_port
from drivers.ports.port import PortLost
from drivers.ports.touch_port import TouchPort, open_touch
from drivers.touch.contacts import (
    ABS_MT_POSITION_X,
    ABS_MT_POSITION_Y,
    ABS_MT_SLOT,
    ABS_MT_TRACKING_ID,
    ABS_X,
    ABS_Y,
    BTN_TOUCH,
    Contact,
    ContactReader,
    Span,
)
from drivers.touch.driver import Settings, Touch, make
from tests.drivers.ports.input_kernel import KernelDevice, show

MANY = {EV_ABS: [ABS_X, ABS_Y, ABS_MT_SLOT, ABS_MT_POSITION_X, ABS_MT_POSITION_Y, ABS_MT_TRACKING_ID]}
ONE = {EV_KEY: [BTN_TOUCH], EV_ABS: [ABS_X, ABS_Y]}


class Kernel(KernelDevice):
    """One panel: what its slots hold. Stands in for fcntl.ioctl too."""

    def __init__(self, name: str = "ILITEK Touch", can: dict[int, list[int]] = MANY) -> None:
        super().__init__(name, can)
        self.limits = {ABS_MT_SLOT: (0, 1), ABS_MT_POSITION_X: (0, 999), ABS_MT_POSITION_Y: (10, 509)}
        self.limits |= {ABS_X: (0, 1023), ABS_Y: (0, 767)}
        self.slots = {ABS_MT_TRACKING_ID: [-1, -1], ABS_MT_POSITION_X: [100, 0], ABS_MT_POSITION_Y: [20, 0]}

    def ioctl(self, fd: int, request: int, buffer: bytearray) -> int:
        """linux/input.h: EVIOCGABS(code) and EVIOCGMTSLOTS(len)."""
        number = self._asked(fd, request, buffer)
        if number == 0x0A:
            (code,) = struct.unpack_from("@I", buffer)
            struct.pack_into("@2i", buffer, 4, *self.slots.get(code, [0, 0]))
        else:
            struct.pack_into("@6i", buffer, 0, 0, *self.limits[number - 0x40], 0, 0, 0)
        return 0


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Any:
    kernel = Kernel()
    monkeypatch.setattr(input_port, "fcntl", SimpleNamespace(ioctl=kernel.ioctl))
    yield kernel
    kernel.close()


def frames(port: TouchPort) -> list[Any]:
    reader = ContactReader()
    reader.start(port.axes.slots)
    said = []
    while data := port.read():
        said += list(reader.receive(data))
    return said


def test_it_is_asked_how_far_its_axes_go(kernel: Kernel) -> None:
    axes = TouchPort(kernel, many=True).axes
    assert (axes.x, axes.y, axes.slots) == (Span(0, 999), Span(10, 509), 2)
    assert (axes.x.share(500), axes.y.share(10)) == (0.5, 0.0)


def test_what_lies_on_it_when_it_is_opened_is_told_first(kernel: Kernel) -> None:
    kernel.slots[ABS_MT_TRACKING_ID][0] = 77
    port = TouchPort(kernel, many=True)
    kernel.says(InputEvent(EV_ABS, ABS_MT_TRACKING_ID, -1), InputEvent(EV_SYN, SYN_REPORT, 0))
    assert frames(port) == [None, (Contact((0, 77), 100, 20),), ()]


def test_an_empty_slot_remembers_where_its_last_finger_was(kernel: Kernel) -> None:
    port = TouchPort(kernel, many=True)
    kernel.says(InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 78), InputEvent(EV_SYN, SYN_REPORT, 0))
    assert frames(port)[-1] == (Contact((0, 78), 100, 20),)


def test_where_records_were_lost_the_slots_are_asked_and_older_records_thrown_away(
    kernel: Kernel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descriptor, "READ_LARGEST", 4 * RECORD.size)
    port = TouchPort(kernel, many=True)
    frames(port)
    kernel.says(
        InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 78),
        InputEvent(EV_SYN, SYN_REPORT, 0),
        InputEvent(EV_ABS, ABS_MT_SLOT, 1),
        InputEvent(EV_SYN, SYN_DROPPED, 0),
        *[InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 5), InputEvent(EV_SYN, SYN_REPORT, 0)] * 5,
    )
    kernel.slots = {ABS_MT_TRACKING_ID: [-1, 90], ABS_MT_POSITION_X: [100, 300], ABS_MT_POSITION_Y: [20, 40]}
    assert frames(port)[-2:] == [None, (Contact((1, 90), 300, 40),)]


def test_a_panel_of_one_point(kernel: Kernel) -> None:
    port = TouchPort(kernel, many=False)
    assert (port.axes.x, port.axes.slots) == (Span(0, 1023), 0)
    kernel.says(InputEvent(EV_ABS, ABS_X, 9), InputEvent(EV_KEY, BTN_TOUCH, 1), InputEvent(EV_SYN, SYN_REPORT, 0))
    assert frames(port)[-1] == (Contact((0, 0), 9, 0),)


def test_axes_that_go_nowhere(kernel: Kernel) -> None:
    kernel.limits[ABS_MT_POSITION_X] = (0, 0)
    with pytest.raises(PortLost, match="axes go nowhere"):
        TouchPort(kernel, many=True)
    assert not kernel.is_open


def test_unplugged_while_it_is_asked(kernel: Kernel) -> None:
    port = TouchPort(kernel, many=True)
    frames(port)
    kernel.says(InputEvent(EV_SYN, SYN_DROPPED, 0))
    kernel.trouble = errno.ENODEV
    with pytest.raises(PortLost, match="ILITEK Touch was unplugged"):
        port.read()


def test_by_name_a_keyboard_of_the_same_name_is_passed_over(monkeypatch: pytest.MonkeyPatch, kernel: Kernel) -> None:
    keyboard = Kernel(can={EV_KEY: [30]})
    show(monkeypatch, {"/dev/input/event4": keyboard, "/dev/input/event5": kernel})
    port, axes = open_touch("ilitek*")()
    assert (keyboard.is_open, kernel.is_open, axes.slots) == (False, True, 2)
    port.close()
    with pytest.raises(PortLost, match=r"no touch screen is named 'elo\*'"):
        open_touch("elo*")()


def test_the_driver_on_it_says_where_on_the_panel(monkeypatch: pytest.MonkeyPatch, kernel: Kernel) -> None:
    show(monkeypatch, {kernel.path: kernel})
    touch = make("touch", Settings(port="/dev/input/event5", rotate=90))
    assert isinstance(touch, Touch)
    touch.service(0)
    kernel.says(
        InputEvent(EV_ABS, ABS_MT_TRACKING_ID, 3),
        InputEvent(EV_ABS, ABS_MT_POSITION_X, 250),
        InputEvent(EV_ABS, ABS_MT_POSITION_Y, 60),
        InputEvent(EV_SYN, SYN_REPORT, 0),
    )
    (down,) = touch.service(10)
    assert (down.way, down.x, down.y) == ("down", 0.9, 0.25)  # type: ignore[union-attr]
    touch.close()
