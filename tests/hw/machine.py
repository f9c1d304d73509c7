"""The machine: QEMU without an accelerator, a USB bus, and wires whose both ends the guest holds.

Two pairs of sockets are joined inside QEMU. `hands` is QEMU's own monitor (QMP), so that the guest pulls and puts its
own plugs; `wire` is the far end of whatever USB serial adapter is plugged in. What the guest has to say comes through
a third port, `report`, apart from the kernel's console.
"""

import os
import selectors
import subprocess
from collections.abc import Iterator
from pathlib import Path

from parts import tool

MEMORY_MB = 2_048
PATIENT = "no_timer_check"
"""The kernel's: else it counts ticks at its start and panics on a machine too busy to make them (kernel-parameters)."""
SILENT_S = 300
"""The guest has stopped if it says nothing for so long. Its start takes 20 s, and minutes on a busy machine."""


def command(kernel: Path, initrd: Path, place: Path) -> list[str]:
    """How QEMU is called; its sockets and the console's text are left in `place`."""
    options = [
        "-accel",
        "tcg,thread=multi",
        "-cpu",
        "max",
        "-m",
        str(MEMORY_MB),
        "-smp",
        str(min(2, os.cpu_count() or 1)),
    ]
    options += ["-nodefaults", "-display", "none", "-no-reboot", "-serial", f"file:{place}/console.log"]
    options += ["-kernel", str(kernel), "-initrd", str(initrd), "-append", f"console=ttyS0 quiet panic=-1 {PATIENT}"]
    shared = "local,path=/,mount_tag=machine,security_model=none,readonly=on,multidevs=remap"
    options += ["-virtfs", shared, "-device", "virtio-serial", "-device", "qemu-xhci,id=usb"]
    options += ["-chardev", "stdio,id=report,signal=off", "-device", "virtserialport,chardev=report,name=report"]
    for name, far in (("hands", "monitor"), ("wire", "adapter")):
        socket = f"{place}/{name}.socket"
        options += ["-chardev", f"socket,id={far},path={socket},server=on,wait=off"]
        options += ["-chardev", f"socket,id={name},path={socket}"]
        options += ["-device", f"virtserialport,chardev={name},name={name}"]
    return [tool("qemu-system-x86_64"), *options, "-mon", "chardev=monitor,mode=control"]


def lines(call: list[str]) -> Iterator[str]:
    """What the guest reports, line by line, as it comes. Ends with the guest."""
    rest = b""
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as qemu:
        assert qemu.stdout is not None
        try:
            while data := _read(qemu.stdout.fileno()):
                *whole, rest = (rest + data).split(b"\n")
                for line in whole:
                    yield line.decode(errors="replace").rstrip()
        finally:
            qemu.kill()


def _read(fd: int) -> bytes:
    """What has come; empty when nothing more will."""
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        return os.read(fd, 65_536) if selector.select(SILENT_S) else b""
