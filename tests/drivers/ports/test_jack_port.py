"""A jack of the kernel, with evdev and its ioctl played: what is asked when, and what nobody answers."""

import errno
import os
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from drivers.headphones.driver import Settings, make
from drivers.headphones.switches import SETTLE_MS, SW_HEADPHONE_INSERT, JackProtocol
from drivers.input_events import EV_SW, EV_SYN, SYN_DROPPED, SYN_REPORT, InputEvent, encode
from drivers.ports import input_port
from drivers.ports.jack_port import JackPort, open_jack
from drivers.ports.port import PortLost


class Kernel:
    """One jack: its switch, and a pipe for its records. Stands in for evdev.InputDevice and fcntl.ioctl."""

    def __init__(self, switches: tuple[int, ...] = (SW_HEADPHONE_INSERT,)) -> None:
        self.name, self.switches, self.inserted, self.trouble = "HDA Intel PCH Headphone", switches, False, 0
        self.ends = os.pipe2(os.O_NONBLOCK)
        self.is_open = True

    def capabilities(self) -> dict[int, list[int]]:
        return {EV_SW: [*self.switches]}

    def fileno(self) -> int:
        return self.ends[0]

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            for end in self.ends:
                os.close(end)

    def says(self, *events: InputEvent) -> None:
        os.write(self.ends[1], b"".join(map(encode, events)))

    def ioctl(self, fd: int, request: int, bits: bytearray) -> int:
        """linux/input.h: EVIOCGSW(len)."""
        if self.trouble:
            raise OSError(self.trouble, os.strerror(self.trouble))
        assert (fd, request) == (self.ends[0], 2 << 30 | len(bits) << 16 | ord("E") << 8 | 0x1B)
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
    assert _heard(JackPort(kernel, SW_HEADPHONE_INSERT)) == ([True] if inserted else [])  # type: ignore[arg-type]


def test_where_records_were_lost_the_switch_is_asked(kernel: Kernel) -> None:
    port = JackPort(kernel, SW_HEADPHONE_INSERT)  # type: ignore[arg-type]
    port.read()
    kernel.inserted = True
    kernel.says(InputEvent(EV_SYN, SYN_DROPPED, 0), InputEvent(EV_SW, SW_HEADPHONE_INSERT, 0))
    kernel.says(InputEvent(EV_SYN, SYN_REPORT, 0))
    assert _heard(port) == [True]


def test_a_sound_card_that_does_not_answer_is_lost_and_let_go(kernel: Kernel) -> None:
    kernel.trouble = errno.ENODEV
    with pytest.raises(PortLost, match="was unplugged"):
        JackPort(kernel, SW_HEADPHONE_INSERT)  # type: ignore[arg-type]
    assert not kernel.is_open


def test_by_name_a_jack_without_this_switch_is_passed_over(monkeypatch: pytest.MonkeyPatch, kernel: Kernel) -> None:
    microphone = Kernel(switches=(4,))
    found: dict[str, Kernel] = {"/dev/input/event4": microphone, "/dev/input/event5": kernel}
    monkeypatch.setitem(sys.modules, "evdev", SimpleNamespace(list_devices=lambda: [*found], InputDevice=found.get))
    port = open_jack("hda*", SW_HEADPHONE_INSERT)()
    assert (microphone.is_open, kernel.is_open) == (False, True)
    port.close()
    device = make("headphones", Settings(port="usb*"))
    assert "no jack is named 'usb*'" in str(device.service(0)[-1])
