"""Devices that only speak: away and back is said once, and a flood is heard little by little."""

from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent, Scanned
from drivers.listening import BYTES_PER_TURN, EVENTS_PER_TURN, Listening
from drivers.ports.memory_port import CableEnd, memory_pair
from drivers.ports.port import Port, PortLost
from drivers.scanner.protocol import ScannerProtocol


class Cupboard:
    """Where the device's cable is, if it is there."""

    def __init__(self) -> None:
        self.theirs: CableEnd | None = None
        self.tries = 0

    def open(self) -> Port:
        self.tries += 1
        if self.theirs is not None:
            raise PortLost("nobody there")
        ours, self.theirs = memory_pair()
        return ours


def test_away_and_back_is_said_once_each() -> None:
    cupboard = Cupboard()
    device = Listening("scanner", cupboard.open, ScannerProtocol("scanner"))
    assert device.service(0) == [DeviceOnline(device="scanner")]
    assert cupboard.theirs is not None
    cupboard.theirs.write(b"half a lab")
    device.service(1)
    cupboard.theirs.close()
    assert device.service(2) == [DeviceOffline(device="scanner", why="the other end was closed")]
    assert [device.service(now_ms) for now_ms in range(3, 20_000, 50)] == [[]] * 400
    assert cupboard.tries > 3
    cupboard.theirs = None
    assert device.service(30_000) == [DeviceOnline(device="scanner")]
    device.close()


def test_a_flood_is_heard_little_by_little_in_order_and_the_line_waits_meanwhile() -> None:
    cupboard = Cupboard()
    device = Listening("scanner", cupboard.open, ScannerProtocol("scanner"))
    device.service(0)
    assert cupboard.theirs is not None
    labels = [f"{number:08}" for number in range(20_000)]
    sent, heard = "".join(label + "\r" for label in labels).encode(), list[HardwareEvent]()
    held = 0
    now_ms = 0
    while len(heard) < len(labels):
        sent = sent[cupboard.theirs.write(sent) :]
        now_ms += 1
        turn = device.service(now_ms)
        assert len(turn) <= EVENTS_PER_TURN
        heard += turn
        held = max(held, len(device._waiting))
        assert not device._waiting or device.deadline_ms() == 0
    assert [event.text for event in heard if isinstance(event, Scanned)] == labels
    assert held <= (BYTES_PER_TURN + (1 << 16)) / 9
