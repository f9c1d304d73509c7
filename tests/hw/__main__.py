"""`make hw-test`: our drivers before real input devices, USB devices and plugs, in a guest with a stock Debian kernel.

What the guest tests is in `guest/`; it takes some minutes, since nothing but software runs the guest.
"""

import platform
import shlex
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import machine
import parts
from initrd import initrd

TREE = Path(__file__).parents[2]
PLACE = TREE / "build/hw"
PASSED = "hw-test: passed"
SCRIPT = """
cd {tree}
export HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin PYTHONPATH={tree}:{evdev}
export PYTHONDONTWRITEBYTECODE=1 PYTEST_DISABLE_PLUGIN_AUTOLOAD=1
exec >/dev/virtio-ports/report 2>&1
{python} -m pytest -vv --tb=short --confcutdir=tests/hw/guest {what} && echo '{passed}'
"""


def main(chosen: list[str]) -> int:
    """Build, boot, report. Files of `guest/` and other words for pytest may be given; without any, all are tested."""
    began = time.monotonic()

    def log(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:7.1f} s  {text}\n")
        sys.stdout.flush()

    try:
        if platform.machine() != "x86_64":
            raise parts.Missing("the guest shares this machine's files, and its kernel is one for x86-64")
        log("the parts")
        root, version = parts.kernel(PLACE)
        evdev = parts.evdev(PLACE, TREE)
        what = chosen or [str(path.relative_to(TREE)) for path in sorted((TREE / "tests/hw/guest").glob("on_*.py"))]
        words = {"tree": TREE, "evdev": evdev, "python": sys.executable, "what": shlex.join(what), "passed": PASSED}
        archive = PLACE / "initrd"
        archive.write_bytes(initrd(root, version, SCRIPT.format(**words)))
        log(f"Linux {version} starts")
        heard = []
        for line in machine.lines(machine.command(root / f"boot/vmlinuz-{version}", archive, PLACE)):
            log(line)
            heard.append(line)
    except parts.Missing as missing:
        sys.stderr.write(f"hw-test: {missing}\n")
        return 2
    if PASSED in heard:
        return 0
    console = (PLACE / "console.log").read_text(errors="replace").splitlines()
    sys.stderr.write("\n".join(["hw-test: not passed; the kernel's last words:", *console[-30:], ""]))
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
