#!/usr/bin/python3
"""Init: the first program of the guest. As the appliance starts, as far as an update goes; then one command.

It runs in the guest, with the guest's Python and nothing of ours but what the appliance has.
"""

import ctypes
import json
import os
import re
import select
import subprocess
import sys
from pathlib import Path

TOLD = Path("/proc/cmdline")
TOP = "/run/top"
RULE = re.compile(r'DEVPATH=="([^"]*)\*", ENV\{PARTN\}=="(\d)", SYMLINK\+="([^"]*)"')
BUS = "/run/dbus/system_bus_socket"


def say(text: str) -> None:
    """A line for whoever has started the machine."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run(*words: str) -> None:
    """Or stop."""
    subprocess.run(words, check=True)


def load(module: Path) -> None:
    """What insmod does: the tools have none."""
    image = module.read_bytes()
    ctypes.CDLL(None, use_errno=True).syscall(175, image, len(image), b"")


def over() -> None:
    """The appliance's files over the tools' root, and a layer in memory over both."""
    folder = re.findall(r"kassa\.test=(\S+)", TOLD.read_text())[0]
    for module in sorted(Path(folder, "modules").iterdir()):
        load(module)
    run("mount", "-t", "tmpfs", "none", "/run")
    for name in ("changes", "work", "top"):
        Path("/run", name).mkdir()
    run("cp", "-a", f"{folder}/appliance/.", "/run/changes")
    layers = "lowerdir=/,upperdir=/run/changes,workdir=/run/work"
    run("mount", "-t", "overlay", "-o", layers, "none", TOP)
    for place in ("proc", "sys", "dev"):
        run("mount", "--move", f"/{place}", f"{TOP}/{place}")
    run("mount", "-t", "tmpfs", "none", f"{TOP}/run")
    os.chroot(TOP)
    os.chdir("/")


def root() -> None:
    """The RAM disk's script finds the disk; the root file system is read through its hash tree."""
    run("sh", "/usr/lib/kassa/kassa-root")
    for rule in Path("/run/udev/rules.d/61-kassa-disk.rules").read_text().splitlines():
        match = RULE.search(rule)
        assert match is not None, rule
        for part in Path(f"/sys{match[1]}").glob("*/partition"):
            if part.read_text().strip() == match[2]:
                link = Path("/dev", match[3])
                link.parent.mkdir(exist_ok=True)
                link.symlink_to(f"/dev/{part.parent.name}")
    subprocess.run(["mount", "-t", "squashfs", "-o", "ro", "/dev/mapper/root", "/system"], check=False)
    say(f"kassa-root {Path('/system/version').read_text().strip()}")


def services() -> None:
    """What fstab mounts, the bus, and RAUC as its unit starts it."""
    for line in Path("/etc/fstab").read_text().splitlines():
        if line.startswith("/dev/kassa/"):
            device, place, kind, options, *_ = line.split()
            known = [word for word in options.split(",") if word != "nofail" and not word.startswith("x-systemd")]
            run("mount", "-t", kind, "-o", ",".join(known), device, place)
    for folder in ("/data/rauc", "/run/dbus", "/run/rauc"):
        Path(folder).mkdir(parents=True, exist_ok=True)
    run("dbus-daemon", "--system", "--fork", "--nopidfile")
    unit = Path("/usr/lib/systemd/system/rauc.service").read_text()
    started = re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)[0].split()
    with Path("/run/rauc.log").open("wb") as log:
        subprocess.Popen(started, stdout=log, stderr=subprocess.STDOUT)
    asks = [
        "dbus-send",
        "--system",
        "--print-reply",
        "--dest=de.pengutronix.rauc",
        "/",
        "org.freedesktop.DBus.Peer.Ping",
    ]
    for _ in range(100):
        if subprocess.run(asks, capture_output=True, check=False).returncode == 0:
            return
        select.select([], [], [], 0.1)
    say(f"kassa-log {Path('/run/rauc.log').read_text()}")


def main() -> None:
    """Ends with the machine."""
    os.environ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    for kind, place in (("proc", "/proc"), ("sysfs", "/sys"), ("devtmpfs", "/dev")):
        run("mount", "-t", kind, "none", place)
    folder = re.findall(r"kassa\.test=(\S+)", TOLD.read_text())[0]
    command = json.loads(Path(folder, "told").read_text())
    over()
    root()
    services()
    say("kassa-up")
    with Path("/run/errors").open("w+b") as errors:
        done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, errors="replace")
        assert done.stdout is not None
        for line in done.stdout:
            say(f"kassa-said {line.rstrip()}")
        code = done.wait()
    for line in Path("/run/errors").read_text(errors="replace").splitlines():
        say(f"kassa-err {line}")
    say(f"kassa-code {code}")
    for place in ("/data", "/boot/firmware"):
        run("umount", place)


try:
    main()
finally:
    os.sync()
    ctypes.CDLL(None).reboot(0x4321FEDC)
