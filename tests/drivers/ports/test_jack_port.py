"""A jack of the kernel, with evdev and its ioctl played: what is asked when, and what nobody answers."""

import errno
from types import SimpleNamespace
from typing import Any

import pytest

from drivers.headphones.driver import Settings, make
from drivers.headphones.switches import SETTLE_MS, SW_HEADPHONE_INSERT, JackProtocol
from drivers.input_events import EV_SW, EV_SYN, SYN_DROPPED, SYN_REPORT, InputEvent
from drivers.ports import input_port
from drivers.ports.jack_port import JackPort, open_jack
from drivers.ports.port import PortLost
from tests.drivers.ports.input_kernel import KernelDevice, show


class Kernel(KernelDevice):
    """One jack: its switch. Stands in for fcntl.ioctl too."""

    def __init__(self, switches: tuple[int, ...] = (SW_HEADPHONE_INSERT,)) -> None:
        super().__init__("HDA Intel PCH Headphone", {EV_SW: [*switches]})
        self.inserted = False

    def grab(self) -> None:
        raise AssertionError("the sound server may listen to it too")

    def ioctl(self, fd: int, request: int, bits: bytearray) -> int:
        """linux/input.h: EVIOCGSW(len)."""
        assert self._asked(fd, request, bits) == 0x1B
        bits[0] = self.inserted << SW_HEADPHONE_INSERT
        return 0


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Any:
    kernel = Kernel()
    monkeypatch.setattr(input_port, "fcntl", SimpleNamespace(ioctl=kernel.ioctl))
    yield kernel
    kernel.close()


def _heard(port: JackPort) -> list[bool]:
    """What is said of all that can be read, and of nothing for a while."""
    protocol, said = JackProtocol(), []
    while data := port.read():
        said += protocol.receive(data, 0)
    return said + protocol.receive(b"", SETTLE_MS)


@pytest.mark.parametrize("inserted", [True, False])
def test_what_is_in_it_when_it_is_opened_is_told_first(kernel: Kernel, inserted: bool) -> None:
    kernel.inserted = inserted
    assert _heard(JackPort(kernel, SW_HEADPHONE_INSERT)) == ([True] if inserted else [])


def test_where_records_were_lost_the_switch_is_asked(kernel: Kernel) -> None:
    port = JackPort(kernel, SW_HEADPHONE_INSERT)
    port.read()
    kernel.inserted = True
    kernel.says(InputEvent(EV_SYN, SYN_DROPPED, 0), InputEvent(EV_SW, SW_HEADPHONE_INSERT, 0))
    kernel.says(InputEvent(EV_SYN, SYN_REPORT, 0))
    assert _heard(port) == [True]


def test_a_sound_card_that_does_not_answer_is_lost_and_let_go(kernel: Kernel) -> None:
    kernel.trouble = errno.ENODEV
    with pytest.raises(PortLost, match="was unplugged"):
        JackPort(kernel, SW_HEADPHONE_INSERT)
    assert not kernel.is_open


def test_by_name_a_jack_without_this_switch_is_passed_over(monkeypatch: pytest.MonkeyPatch, kernel: Kernel) -> None:
    microphone = Kernel(switches=(4,))
    show(monkeypatch, {"/dev/input/event4": microphone, "/dev/input/event5": kernel})
    port = open_jack("hda*", SW_HEADPHONE_INSERT)()
    assert (microphone.is_open, kernel.is_open) == (False, True)
    port.close()
    device = make("headphones", Settings(port="usb*"))
    assert "no jack is named 'usb*'" in str(device.service(0)[-1])
