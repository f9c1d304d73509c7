"""Simulated badge readers: a scanner's simulator, by bytes or by keys, before which somebody holds a badge. They ship.

Faults beside the scanner's own (`unplug`, `split_ms`, `garbage`, `endless`): `hold`, a badge that stays there and is
sent again and again; `worn`, one that is read with a wrong digit.
"""

from drivers.scanner.layouts import LayoutName
from drivers.scanner.simulator import KeyboardScannerSimulator, ScannerSimulator


class BadgeReaderSimulator(ScannerSimulator):
    """A reader on a serial line; `em4100`: one that sends a check byte, in a frame."""

    def __init__(self, format: str = "text") -> None:
        super().__init__()
        self.aim = False
        self._checks = format == "em4100"
        self.frame = self._checks
        self.terminator = "\r\n"

    def show(self, badge: str) -> None:
        """Somebody holds this badge before it: any text, or ten hexadecimal digits where it checks."""
        self.scan(f"{badge}{check_byte(badge):02X}" if self._checks else badge, "")

    def hold(self, badge: str, times: int) -> None:
        """The same badge, which stays there."""
        for _ in range(times):
            self.show(badge)

    def worn(self, badge: str) -> None:
        """A badge of which the last digit of the check byte is read wrong."""
        self.scan(f"{badge}{check_byte(badge) ^ 1:02X}", "")


class KeyboardBadgeReaderSimulator(KeyboardScannerSimulator):
    """A reader that pretends to be a keyboard of this layout."""

    def __init__(self, layout: LayoutName = "us") -> None:
        super().__init__(layout)

    def show(self, badge: str) -> None:
        """Somebody holds this badge before it."""
        self.scan(badge, "")


def check_byte(badge: str) -> int:
    """The exclusive or of its bytes."""
    check = 0
    for byte in bytes.fromhex(badge):
        check ^= byte
    return check
