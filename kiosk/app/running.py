"""Running: which version this machine runs, from which of its slots, and since which boot.

On the appliance the whole image is what is updated, and os-release(5) names it (IMAGE_VERSION); elsewhere it is our own
package. RAUC's boot scripts say on the kernel's command line which slot was booted (`rauc.slot=A`).
"""

import platform
import re
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

_SLOT = re.compile(r"(?:^|\s)rauc\.slot=([\w.-]{1,20})")
IMAGE_ID = "kassa"
CMDLINE, BOOT_ID = Path("/proc/cmdline"), Path("/proc/sys/kernel/random/boot_id")


class Running(msgspec.Struct, frozen=True):
    """What runs. `boot` is another text after every start of the machine; `ours`: the image is the appliance's own."""

    software: str
    image: str = ""
    slot: str = ""
    boot: str = ""
    ours: bool = False

    @property
    def version(self) -> str:
        """The one that updates are about."""
        return self.image or self.software


@cache
def software() -> str:
    """Our own version. Asking for it reads and parses a file, too slow for every change of the state."""
    return version("kassa")


def running(cmdline: Path = CMDLINE, boot_id: Path = BOOT_ID) -> Running:
    """Here and now."""
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        system = {}
    slot = _SLOT.search(_text(cmdline))
    image, ours = system.get("IMAGE_VERSION", ""), system.get("IMAGE_ID") == IMAGE_ID
    return Running(software(), image, slot[1] if slot else "", _text(boot_id).strip(), ours)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
