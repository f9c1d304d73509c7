"""Rows of scales. What comes out is a weight that was sent, to the gram, or no weight."""

import re
from functools import reduce
from operator import xor

from drivers.events import PriceScale, Scanned, WeightSeen
from drivers.report_descriptor import read_descriptor
from drivers.scale.dialog06 import Dialog06
from drivers.scale.driver_hid import USUAL
from drivers.scale.hid import HidScale
from drivers.scale.hid_reports import ScaleReports
from drivers.scale.hid_simulator import DESCRIBED
from drivers.scale.single_cable import Framing, SingleCable
from drivers.scale.talk import Talk
from drivers.scale.toledo8217 import Toledo8217
from tests.drivers.parsers.shape import Ear, Heard, Parser, lulls, receives

BANANAS = PriceScale(2_490, 5)
NCR = Framing(prefix=0x02, terminator=0x03, bcc=True)
FRAME = re.compile(rb"\x02((?:(?!\x03).){1,40}\x03)(.)", re.DOTALL)
"""What stands between STX and ETX, and the check byte behind."""


class Scale(Ear):
    """A scale that was asked; in a lull the question is given up and asked again."""

    def __init__(self, protocol: Talk | SingleCable) -> None:
        super().__init__(protocol, 700)
        protocol.request(0)

    def lull(self) -> Heard:
        self.now_ms += 700
        return list(self.protocol.request(self.now_ms)[1])


def weights(heard: Heard) -> list[WeightSeen]:
    """The events that name one."""
    return [event for event in heard if isinstance(event, WeightSeen) and event.grams is not None]


# --- Mettler Toledo 8217 ----------------------------------------------------------------------------------------------


def digits_stand_there(stream: bytes, heard: Heard) -> None:
    """The last three digits stand in what was sent, the parity bit apart."""
    sent = bytes(byte & 0x7F for byte in stream)
    assert all(b"%03d" % (event.grams % 1_000) in sent for event in weights(heard) if event.grams is not None)


# --- Dialog 06 --------------------------------------------------------------------------------------------------------


def dialog06() -> Scale:
    talk = Dialog06("scale", checksum=0x1234, polynomial=0x18005)
    talk.price(BANANAS)
    return Scale(talk)


def priced_as_asked(stream: bytes, heard: Heard) -> None:
    """No price that was not asked for, no sum that is not weight times price."""
    for event in weights(heard):
        priced = event.priced
        assert priced is not None and event.grams is not None
        assert (priced.unit_price_minor, priced.tare_g) == (2_490, 5)
        assert abs(priced.sales_price_minor * 1_000 - (event.grams - 5) * 2_490) <= 500


WEIGHED = b"\x02" + b"02\x1b3\x1b00840\x1b002490\x1b002092\x03"
RECORDS = (
    b"\x06",
    b"\x15",
    WEIGHED,
    b"\x06" + WEIGHED,
    b"\x0209\x1b20\x03",
    b"\x0209\x1b21\x03",
    b"\x0211\x1b247\x03",
    b"\x0211\x1b1\x03",
)


# --- single cable -----------------------------------------------------------------------------------------------------


def single_cable() -> Scale:
    talk = SingleCable("scanner", NCR)
    talk.scale("scale")
    return Scale(talk)


def adds_up(stream: bytes, heard: Heard) -> None:
    """No weight and no label out of a frame whose bytes do not add up to its check byte."""
    honest = {
        found[1][:-1]
        for start in range(len(stream))
        if (found := FRAME.match(stream, start)) and reduce(xor, found[1]) == found[2][0]
    }
    for event in heard:
        if isinstance(event, WeightSeen) and event.grams:
            assert b"144%05d" % event.grams in honest
        elif isinstance(event, Scanned):
            assert any(body.startswith(b"08") and body.decode("latin-1").endswith(event.text) for body in honest)


FRAMED = tuple(
    NCR.around(message) for message in (b"14400845", b"143", b"141", b"142", b"08F7310865004703", b"1440250")
)


# --- HID --------------------------------------------------------------------------------------------------------------


def report(status: int, weight: int = 845) -> bytes:
    """Grams, as they are."""
    return bytes((3, status, 2, 0)) + weight.to_bytes(2, "little")


def hid(reports: ScaleReports) -> Scale:
    talk = HidScale("scale", USUAL)
    talk.start(reports)
    talk.opened()
    return Scale(talk)


def that_a_shop_weighs(stream: bytes, heard: Heard) -> None:
    assert all(event.grams is not None and 0 <= event.grams < 10_000_000 for event in weights(heard))


OWN = ScaleReports(read_descriptor(DESCRIBED))
REPORTS = (report(4), report(3), report(7))
ROWS: dict[str, Parser] = {
    "toledo8217": Parser(
        (b"\x0200.845\r", b"\x02?A\r", b"\x02?B\r", b"\x0202.50\r", b"\x0212.345N\r"),
        lambda: Scale(Toledo8217("scale")),
        receives,
        digits_stand_there,
        lulls,
    ),
    "dialog06": Parser(RECORDS, dialog06, receives, priced_as_asked, lulls),
    "single_cable": Parser(FRAMED, single_cable, receives, adds_up, lulls),
    "hid_scale": Parser(REPORTS, lambda: hid(OWN), receives, that_a_shop_weighs, lulls),
    "usual_hid_scale": Parser(REPORTS, lambda: hid(USUAL), receives, that_a_shop_weighs, lulls),
}
