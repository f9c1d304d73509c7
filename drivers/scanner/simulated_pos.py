"""Simulated HID POS scanner: the device itself, report by report, with what goes wrong with it. It ships.

A person pulls the trigger with `scan`. Faults: `cut` (half a label and then nothing), `liar` (a report that says it
holds more than it does), `stranger` (a report that its descriptor does not know), `endless`, `aim` off, `split_ms`
(byte by byte), `unplug`.

`DESCRIPTOR` has the layout that makers give these scanners (HID Point of Sale Usage Tables 1.02, section 3; the same
64 bytes stand in the product manuals of Access-IS, LSR118 appendix B, and come from Honeywell's): report 2 with the
count of bytes, three of AIM identifier, 56 of data, two of the maker's own and a last one whose lowest bit says that
the label goes on; report 4 takes orders.
"""

from drivers.scanner.simulator import ENDLESS, Trigger

DATA_REPORT, TRIGGER_REPORT, DATA_BYTES = 2, 4, 56
_PREVENT, _ERROR_BEEP, _GOOD_BEEP = 1 << 1, 1 << 5, 1 << 6

DESCRIPTOR = bytes.fromhex(
    "058c0902a101"  # usage page Bar Code Scanner, usage Bar Code Scanner, collection Application
    "0912a102"  # usage Scanned Data Report, collection Logical
    "8502150026ff007508"  # report 2, values 0 to 255, 8 bits
    "95010501093b8102"  # one Byte Count (page Generic Desktop)
    "9503058c09fb09fc09fd8102"  # Symbology Identifier 1 to 3
    "953809fe820201"  # 56 of Decoded Data, buffered bytes
    "0666ff95020904090081 02".replace(" ", "")  # two of a maker's own page
    + "058c25017501950809ff8102c0"  # eight bits Decode Data Continued
    "0914a102"  # usage Trigger Report, collection Logical
    "8504150025017501"  # report 4, single bits
    "95080900095f09600900090009850986"  # nothing, Prevent Read, Initiate Read, nothing twice, Error Beep, Good Beep
    "9186c0c0"
)


class PosScannerSimulator(Trigger):
    """A scanner in HID POS mode."""

    def __init__(self) -> None:
        super().__init__()
        self.enabled = True
        self.beeps: list[str] = []
        """What it was made to beep: `good` or `error`."""
        self.aim = True
        """Whether it says which symbology it has read."""

    def scan(self, text: str, symbology: str = "]E0") -> None:
        """Somebody holds this label up; a scanner that may not read sees none."""
        if self.enabled:
            self._say(self._reports(text.encode(), symbology))

    def cut(self, text: str) -> None:
        """The first report of a label that has more, and then nothing."""
        self._say(self._report(text.encode()[:DATA_BYTES], "]Q1", continued=True))

    def liar(self) -> None:
        """A report that says it holds 200 bytes."""
        self._say(bytes((DATA_REPORT, 200)) + self._report(b"73", "]E0")[2:])

    def stranger(self) -> None:
        """A report that nobody has described."""
        self._say(b"\x09" + b"7" * 20)

    def endless(self) -> None:
        """A label of ten thousand characters."""
        self.scan("7" * ENDLESS, "]Q1")

    def receive(self, data: bytes, now_ms: int) -> None:
        """As Simulator: the till's orders."""
        for report, bits in zip(data[::2], data[1::2], strict=False):
            if report == TRIGGER_REPORT:
                self.enabled = not bits & _PREVENT
                self.beeps += ["error"] * bool(bits & _ERROR_BEEP) + ["good"] * bool(bits & _GOOD_BEEP)

    def _reports(self, data: bytes, symbology: str) -> bytes:
        pieces = [data[start : start + DATA_BYTES] for start in range(0, len(data), DATA_BYTES)] or [b""]
        return b"".join(
            self._report(piece, symbology, continued=number < len(pieces)) for number, piece in enumerate(pieces, 1)
        )

    def _report(self, piece: bytes, symbology: str, continued: bool = False) -> bytes:
        identifier = symbology.encode() if self.aim else b""
        head = bytes((DATA_REPORT, len(piece))) + identifier.ljust(3, b"\0")
        return head + piece.ljust(DATA_BYTES, b"\0") + b"\0\0" + bytes((continued,))
