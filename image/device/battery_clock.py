"""Battery clock: the chip that `[clock] rtc` names is made known to the kernel, which takes the time from it.

    battery_clock.py /etc/kassa /run/kassa/clock-by-battery

A Pi's device tree does not know what somebody has put on its I2C pins, and Debian's kernel is not told by config.txt.
So it is told here: a name and an address, written to the bus (the kernel's Documentation/i2c/instantiating-devices.rst,
method 4). The kernel's driver sets the system's clock when it finds the chip. What the chip says is believed if it is
not before the image itself was made: an empty battery says 2000. Then the file is made that tells the lane so
(KASSA_CLOCK_SURE).
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.app.troubles import Trouble, tell
from kiosk.values.settings import BadSettings, decode_table

BUS = Path("/sys/bus/i2c/devices/i2c-1/new_device")
CLOCKS = Path("/sys/class/rtc")
EPOCH = Path("/usr/lib/clock-epoch")
"""Its time is that of the image: systemd sets no clock to one before it."""
ADDRESS = {"ds1307": 0x68, "ds3231": 0x68, "pcf8523": 0x68}
"""As the chips' data sheets fix it."""
_PATIENCE_MS, _STEP_MS = 3_000, 100


def chip(text: str) -> str:
    """The chip that kiosk.toml names; empty: none."""
    try:
        clock = decode_table(text, "kiosk.toml").get("clock", {})
    except BadSettings:
        return ""
    named = clock.get("rtc", "") if isinstance(clock, dict) else ""
    return named if named in ADDRESS else ""


def make_known(named: str, bus: Path) -> None:
    """To the kernel; nothing happens to one that it knows. OSError."""
    try:
        bus.write_text(f"{named} 0x{ADDRESS[named]:02x}")
    except OSError as error:
        if error.errno != 16:  # EBUSY: the address is taken, by the same chip at an earlier start
            raise


def said_s(clocks: Path) -> int | None:
    """What the clock says, in seconds since 1970; None: there is none yet."""
    for path in sorted(clocks.glob("rtc*/since_epoch")):
        return int(path.read_text())
    return None


def waited_for(clocks: Path, pause: Callable[[int], None]) -> int | None:
    """The same, as soon as its driver is there."""
    for _ in range(_PATIENCE_MS // _STEP_MS):
        if (found := said_s(clocks)) is not None:
            return found
        pause(_STEP_MS)
    return said_s(clocks)


def judged(named: str, found_s: int | None, least_s: int) -> str:
    """Why it is not believed; empty: it is."""
    if found_s is None:
        return f"clock.rtc: no {named} answers on the I2C pins; look at its four wires"
    if found_s < least_s:
        return f"clock.rtc: the {named} says {time.strftime('%Y-%m-%d', time.gmtime(found_s))}: is its battery empty?"
    return ""


def main(folder: Path, mark: Path) -> int:
    """0, also with trouble: it is told, and the network's time is waited for."""
    named = chip((folder / "kiosk.toml").read_text(encoding="utf-8"))
    if not named:
        mark.unlink(missing_ok=True)
        tell("battery_clock", None)
        return 0
    try:
        make_known(named, BUS)
        why = judged(named, waited_for(CLOCKS, lambda ms: time.sleep(ms / 1_000)), int(EPOCH.stat().st_mtime))
    except (OSError, ValueError) as error:
        why = f"clock.rtc: {named} cannot be used: {error}"
    tell("battery_clock", Trouble("network", "The battery clock cannot be used", (why,)) if why else None)
    if why:
        sys.stderr.write(f"battery clock: {why}\n")
    else:
        mark.touch()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
