"""A USB device of our own: functions of the kernel's gadget framework behind dummy_hcd, a USB port without a cable.

The device's end and the machine's end are in the same kernel: what is written to /dev/hidg0 arrives as a keyboard's
report, /dev/ttyGS0 is the other end of /dev/ttyACM0, /dev/g_printer0 of /dev/usb/lp0. Taking the controller away pulls
the plug (the kernel's Documentation/usb/gadget_configfs.rst).
"""

import subprocess
from collections.abc import Callable
from pathlib import Path

VENDOR, PRODUCT = 0x1D6B, 0x0104
"""The Linux Foundation's numbers for a composite gadget."""
_CONFIGFS = Path("/sys/kernel/config")
_CONTROLLER = "dummy_udc.0"
BOOT_KEYBOARD = bytes.fromhex(
    "05010906a101050719e029e71500250175019508810295017508810395057501050819012905910295017503910395067508150025650507"
    "190029658100c0"
)
"""The report descriptor of a boot keyboard (Device Class Definition for HID 1.11, appendix B.1)."""
KEYBOARD = {"protocol": b"1", "subclass": b"1", "report_length": b"8", "report_desc": BOOT_KEYBOARD}


class Gadget:
    """One device with these functions: their name and instance, and what is written into their attributes."""

    def __init__(self, functions: dict[str, dict[str, bytes]], maker: str = "Kassa", product: str = "test") -> None:
        if not (_CONFIGFS / "usb_gadget").is_dir():
            subprocess.run(["mount", "-t", "configfs", "none", str(_CONFIGFS)], check=True)
        self._root = _CONFIGFS / "usb_gadget/kassa"
        self._root.mkdir()
        self._functions = tuple(functions)
        self._set("idVendor", f"{VENDOR:#06x}")
        self._set("idProduct", f"{PRODUCT:#06x}")
        (self._root / "strings/0x409").mkdir()
        for key, text in (("manufacturer", maker), ("product", product), ("serialnumber", "1")):
            self._set(f"strings/0x409/{key}", text)
        (self._root / "configs/c.1").mkdir()
        for name, attributes in functions.items():
            function = self._root / "functions" / name
            function.mkdir()
            for key, data in attributes.items():
                (function / key).write_bytes(data)
            (self._root / "configs/c.1" / name).symlink_to(function)
        self.plug()

    def plug(self) -> None:
        """The machine finds it."""
        self._set("UDC", _CONTROLLER)

    def unplug(self) -> None:
        """The machine loses it."""
        self._set("UDC", "\n")

    def remove(self) -> None:
        """Take all of it apart, in the order that the kernel asks for."""
        if (self._root / "UDC").read_text().strip():
            self.unplug()
        for name in self._functions:
            (self._root / "configs/c.1" / name).unlink()
        for folder in ("configs/c.1", *(f"functions/{name}" for name in self._functions), "strings/0x409", ""):
            (self._root / folder).rmdir()

    def _set(self, key: str, value: str) -> None:
        (self._root / key).write_text(value)


class Keys:
    """The device's end of a gadget that is a keyboard: types digits and Enter."""

    def __init__(self, path: str = "/dev/hidg0") -> None:
        self._file = Path(path).open("wb", buffering=0)  # noqa: SIM115

    def type(self, text: str, between: Callable[[], object]) -> None:
        """Each character down and up, one report after the other (HID Usage Tables, page 0x07).

        `between`: somebody must read meanwhile, or the kernel's buffer runs over.
        """
        for char in text:
            between()
            usage = 0x28 if char == "\r" else 0x27 if char == "0" else 0x1D + int(char)
            self._file.write(bytes((0, 0, usage, 0, 0, 0, 0, 0)))
            self._file.write(bytes(8))

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
