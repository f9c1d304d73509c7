"""Plugged: what is plugged into this machine now that could be a device of a lane, read from the kernel's own files.

Nothing is opened, so nothing that a running lane holds is disturbed. `root` is the file system's; tests give a tree of
their own. A path that stays the same over restarts (`/dev/input/by-id`, `/dev/serial/by-id`) goes before the bare node.

Sources: Linux, Documentation/ABI/stable/sysfs-class-input and sysfs-devices-system; the bits of `capabilities` are
those of include/uapi/linux/input-event-codes.h, printed as words of hexadecimal digits, the last word first.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

Kind = Literal["keyboard", "touch", "jack", "serial", "printer", "hid", "gpio"]
_KEY_1, _KEY_0, _KEY_ENTER = 2, 11, 28
_ABS_X, _ABS_MT_POSITION_X, _BTN_TOUCH = 0x00, 0x35, 0x14A
_SW_HEADPHONE_INSERT, _SW_LINEOUT_INSERT = 0x02, 0x06
_WORD_BITS = 64
_LARGEST = 4_096


class Plugged(NamedTuple):
    """One thing. `usages`: of a HID device, the usage pages of its report descriptor (HID 1.11, section 6.2.2.7)."""

    kind: Kind
    node: str
    name: str
    vendor: str = ""
    """Four hexadecimal digits of USB, likewise `product`; empty: it is on no USB."""
    product: str = ""
    usages: tuple[int, ...] = ()


def plugged(root: Path = Path("/")) -> list[Plugged]:
    """Everything, by kind and node."""
    found = (*_inputs(root), *_serial_lines(root), *_printers(root), *_hid(root), *_pins(root))
    return sorted(found, key=lambda one: (one.kind, one.node))


def _inputs(root: Path) -> Iterator[Plugged]:
    for event in (root / "sys/class/input").glob("event*"):
        device = event / "device"
        keys, axes, switches = (_bits(device / "capabilities" / what) for what in ("key", "abs", "sw"))
        kind: Kind | None = None
        if {_KEY_1, _KEY_0, _KEY_ENTER} <= keys:
            kind = "keyboard"
        elif _ABS_MT_POSITION_X in axes or (_ABS_X in axes and _BTN_TOUCH in keys):
            kind = "touch"
        elif switches & {_SW_HEADPHONE_INSERT, _SW_LINEOUT_INSERT}:
            kind = "jack"
        if kind is not None:
            ids = (_text(device / "id" / what).lower() for what in ("vendor", "product"))
            vendor, product = (number if number.strip("0") else "" for number in ids)
            yield Plugged(kind, _lasting(root, "input", event.name), _text(device / "name"), vendor, product)


def _serial_lines(root: Path) -> Iterator[Plugged]:
    for line in (root / "sys/class/tty").glob("tty[UAT][SCH][BMS]*"):
        if (line / "device").exists():
            yield Plugged("serial", _lasting(root, "serial", line.name), *_usb(line / "device", line.name))


def _printers(root: Path) -> Iterator[Plugged]:
    for printer in (root / "sys/class/usbmisc").glob("lp*"):
        yield Plugged("printer", f"/dev/usb/{printer.name}", *_usb(printer / "device", printer.name))


def _hid(root: Path) -> Iterator[Plugged]:
    for raw in (root / "sys/class/hidraw").glob("hidraw*"):
        facts = dict(line.split("=", 1) for line in _text(raw / "device/uevent").splitlines() if "=" in line)
        ids = facts.get("HID_ID", "").split(":")
        vendor, product = (one[-4:].lower() for one in ids[1:]) if len(ids) == 3 else ("", "")
        pages = usage_pages(_bytes(raw / "device/report_descriptor"))
        yield Plugged("hid", f"/dev/{raw.name}", facts.get("HID_NAME", raw.name), vendor, product, pages)


def _pins(root: Path) -> Iterator[Plugged]:
    for chip in (root / "sys/bus/gpio/devices").glob("gpiochip*"):
        label = _text(root / "sys/class/gpio" / chip.name / "label") or _text(chip / "of_node/compatible").strip("\0")
        yield Plugged("gpio", f"/dev/{chip.name}", label or chip.name)


def usage_pages(descriptor: bytes) -> tuple[int, ...]:
    """The usage pages that a report descriptor names, each once, in their order; of a damaged one, those before."""
    pages: list[int] = []
    at = 0
    while at < len(descriptor):
        head = descriptor[at]
        if head == 0xFE:  # a long item: its size follows
            at += 3 + (descriptor[at + 1] if at + 1 < len(descriptor) else 0)
            continue
        size = (0, 1, 2, 4)[head & 0x03]
        value = int.from_bytes(descriptor[at + 1 : at + 1 + size], "little")
        if head & 0xFC == 0x04 and value not in pages and at + size < len(descriptor):
            pages.append(value)
        at += 1 + size
    return tuple(pages)


def _usb(device: Path, name: str) -> tuple[str, str, str]:
    """What a USB device calls itself, its vendor and its product, from the first directory above that knows."""
    place = device.resolve()
    for above in (place, *place.parents):
        if (above / "idVendor").exists():
            told = " ".join(filter(None, (_text(above / "manufacturer"), _text(above / "product"))))
            return told or name, _text(above / "idVendor").lower(), _text(above / "idProduct").lower()
    return name, "", ""


def _lasting(root: Path, kind: str, node: str) -> str:
    for how in ("by-id", "by-path"):
        for link in sorted((root / "dev" / kind / how).glob("*")):
            if link.is_symlink() and link.readlink().name == node:
                return f"/dev/{kind}/{how}/{link.name}"
    return f"/dev/input/{node}" if kind == "input" else f"/dev/{node}"


def _bits(file: Path) -> frozenset[int]:
    words = _text(file).split()
    try:
        values = [int(word, 16) for word in reversed(words)]
    except ValueError:
        return frozenset()
    return frozenset(
        place * _WORD_BITS + bit for place, value in enumerate(values) for bit in range(_WORD_BITS) if value >> bit & 1
    )


def _text(file: Path) -> str:
    return _bytes(file).decode("utf-8", "replace").strip()


def _bytes(file: Path) -> bytes:
    """What the kernel says there; what it does not say, or what goes away meanwhile, says nothing."""
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError:
        return b""
