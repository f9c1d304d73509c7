"""Path: a device's file, named by itself or by a pattern, so that one that is plugged into another socket is found.

udev names a device after its maker and number (/dev/serial/by-id/usb-Honeywell_..., /dev/input/by-id/...): `*` and
`[...]` in a path stand for what differs from one piece to the next (`?` does not: it begins the line settings). It is
looked for anew each time a line is opened, so a device that comes back under another number is found again.
"""

from pathlib import Path

from drivers.ports.port import PortLost


def found_path(pattern: str) -> str:
    """The path, or of a pattern the first that is there. Raises PortLost if none is."""
    if "*" not in pattern and "[" not in pattern:
        return pattern
    there = sorted(str(path) for path in Path("/").glob(pattern.lstrip("/")))
    if not there:
        raise PortLost(f"nothing is named {pattern}: is the device plugged in?")
    return there[0]
