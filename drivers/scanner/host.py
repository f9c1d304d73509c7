"""Host: what a till may say to a scanner, in the words that its maker documents. Pure.

A scanner that can be told may read nothing while a card is being paid with, and beep when the shop knows the item
instead of when it has read a label (its own good-read beep is then switched off in the scanner).

| words | enable | disable | beep | from |
|---|---|---|---|---|
| `datalogic` | `E` | `D` | 0x01 | Product Reference Guides: Magellan 9300i (E), 800i (F, also USB COM), QD 2300 (G) |
| `cipherlab` | `E` | `D` | `#@////` CR | 1663 and 1664 manuals, appendix II, Host Serial Commands |

| `honeywell` | SYN `T` CR, again after each label | SYN `U` CR | none | `activated.py` |
| (driver `ssi`) | 0xE9 | 0xEA | 0xE6 | `ssi.py` |

Datalogic's 0x01 beeps whatever the scanner's own beep is set to. Its `F` ("not on file") is not used: on some models it
disables the scanner. A HID POS scanner needs no maker's words: its reports say what it can be told (`pos_reports.py`).
"""

from typing import Literal, NamedTuple, Protocol

from drivers.device import DeviceError
from drivers.scanner.activated import ACTIVATE, STOP

HostName = Literal["", "datalogic", "cipherlab", "honeywell"]


def refuse_beep_alone(beep: bool, host: object) -> None:
    """Raises DeviceError if the scanner is to beep and not to be told anything."""
    if beep and not host:
        raise DeviceError("beep = true needs host, which says in whose words the scanner is told")
    if beep and host == "honeywell":
        raise DeviceError('beep = true cannot be used with host = "honeywell": its scanners have no word for a beep')


class Host(Protocol):
    """What can be said to one scanner; empty: it cannot be told."""

    def enable(self, enabled: bool) -> bytes:
        """Read labels, or none."""

    def beep(self, good: bool, enabled: bool) -> bytes:
        """Beep once, as for a good read or an error, and stay enabled or not as it is."""

    def due_ms(self) -> int | None:
        """When it has something to say by itself; None: not before something happens."""

    def take(self, now_ms: int) -> bytes:
        """What it has to say by itself now."""


class Words(NamedTuple):
    """A maker's commands."""

    on: bytes
    off: bytes
    good: bytes

    def enable(self, enabled: bool) -> bytes:
        """As Host."""
        return self.on if enabled else self.off

    def beep(self, good: bool, enabled: bool) -> bytes:
        """As Host; none of these has a beep for an error that does nothing else."""
        return self.good if good else b""

    def due_ms(self) -> int | None:
        """As Host: never."""
        return None

    def take(self, now_ms: int) -> bytes:
        """As Host: nothing."""
        return b""


MAKERS: dict[HostName, Words] = {
    "": Words(b"", b"", b""),
    "datalogic": Words(b"E", b"D", b"\x01"),
    "cipherlab": Words(b"E", b"D", b"#@////\r"),
    "honeywell": Words(ACTIVATE, STOP, b""),
}
