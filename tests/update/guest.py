"""Guest: Linux as a program (User-Mode Linux), with a card as its disk and the appliance's own update programs.

It starts in two seconds, needs neither an emulated processor nor a module of this machine's kernel, and is a kernel of
its own: loop devices, dm-verity, FAT and ext4 are real. Its root is the tools' root file system, read-only, with a
layer in memory; over it lie the files of the appliance that an update needs. What it writes on its disk is in the
card's file at once; what it holds in memory is lost when it is killed: a power cut.
https://docs.kernel.org/virt/uml/user_mode_linux_howto_v2.html

Debian's package is unpacked, not installed: the one that the archive has, or the folder that $KASSA_UML names. On
processors with AMX only a newer Linux will do: 6.12 does not know so large a state of a processor and stops at once
("ptrace set fp regs failed"), 7.2 runs. Other packages that are unpacked in that folder lie over the tools' own, such
as another RAUC.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from image.archive import Archive
from image.device.boot_state import Slot
from image.packages import Wanted
from image.rauc_config import CONFIG, KEYRING, system_conf
from image.tools import ARCHITECTURE, Tools
from image.tree import DEVICE, OVERLAY
from image.workplace import REPOSITORY, BuildError, Workplace

VARIABLE = "KASSA_UML"
PACKAGE = "user-mode-linux"
MODULES = ("loop", "dm-verity", "squashfs", "overlay", "vfat", "nls_ascii", "nls_cp437", "nls_iso8859-1")
APPLIANCE = (
    "usr/lib/kassa/boot-backend",
    "usr/lib/systemd/system/rauc.service",
    "usr/share/dbus-1/system.d/de.pengutronix.rauc.conf",
    "etc/fstab",
)
MEMORY = "256M"


class Guest:
    """One machine. `start` it as often as you like."""

    def __init__(self, workplace: Workplace, tools: Tools, keyring: Path) -> None:
        """`keyring`: the certificate whose updates it takes. Raises BuildError."""
        self._tools, self._keyring = tools, keyring
        self._folder = workplace.fresh("update-test", "guest")
        self._package = _package(workplace)
        self._linux = _kernel(self._package, self._folder)
        shutil.copyfile(Path(__file__).with_name("guest_init.py"), self._folder / "init")
        (self._folder / "init").chmod(0o755)

    def _appliance(self, version: str) -> None:
        """What lies over the tools: the files of the appliance that runs this version."""
        top = self._folder / "appliance"
        shutil.rmtree(top, ignore_errors=True)
        shutil.copytree(self._package, top, symlinks=True, ignore=shutil.ignore_patterns("uml", "linux.uml", "doc"))
        for name in APPLIANCE:
            _copy(OVERLAY / name, top / name)
        for program in (DEVICE.parent / "__init__.py", *DEVICE.glob("*.py")):
            _copy(program, top / "usr/lib/kassa" / program.relative_to(REPOSITORY))
        _copy(self._keyring, top / KEYRING)
        (top / CONFIG).write_text(system_conf(version))
        _copy(REPOSITORY / "image/initramfs/scripts/local-top/kassa-root", top / "usr/lib/kassa/kassa-root")
        for folder in ("data", "boot/firmware", "conf", "system"):
            (top / folder).mkdir(parents=True)

    def start(self, card: Path, slot: Slot, root: str, version: str, command: Sequence[str]) -> "Started":
        """Start it from this slot of the card, and run the command when it is up.

        `root`: what the boot script says of the slot's hash tree, as the kernel is told; `version`: what runs.
        """
        self._appliance(version)
        told = self._folder / "told"
        told.write_text(json.dumps(list(command)))
        arguments = ["root=/dev/root", "rootfstype=hostfs", "rootflags=/", "ro", "quiet", f"init={self._folder}/init"]
        arguments += [f"mem={MEMORY}", f"ubd0={card}", "con=null", "con0=null,fd:1", f"uml_dir={self._folder}"]
        arguments += ["umid=guest", f"kassa.test={self._folder}", f"kassa.root={root}", "panic=-1"]
        arguments += [f"kassa.slot={slot}", f"rauc.slot={slot}"]
        return Started(["chroot", str(self._tools.root), str(self._linux), *arguments])


class Started:
    """A machine that runs. Its lines come as they are said. `code`: the command's exit code; None: it has not ended."""

    def __init__(self, command: Sequence[str]) -> None:
        # Processes of its own: those are Linux' own programs, and go with it.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            start_new_session=True,
            text=True,
            errors="replace",
        )
        self.code: int | None = None

    def lines(self) -> Iterator[str]:
        """Until it is off."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            kind, _, rest = line.strip().partition(" ")
            if kind == "kassa-code":
                self.code = int(rest)
            yield line.rstrip()
        self._process.wait()

    def cut(self) -> None:
        """The power goes."""
        os.killpg(self._process.pid, 9)
        self._process.wait()


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _package(workplace: Workplace) -> Path:
    """The folder of the unpacked package. Raises BuildError."""
    package = Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else _fetched(workplace)
    if not list((package / "usr/lib/uml/modules").glob("*/modules.dep")):
        raise BuildError(f"{package} is not Debian's package {PACKAGE}, unpacked")
    return package


def _kernel(package: Path, folder: Path) -> Path:
    """Linux and the modules that are needed, where the tools' root sees them."""
    listed = sorted((package / "usr/lib/uml/modules").glob("*/modules.dep"))
    needs = dict(line.split(":", 1) for line in listed[0].read_text().splitlines())
    names = {Path(path).name.removesuffix(".ko"): path for path in needs}
    order: list[str] = []
    for module in MODULES:
        if module in names:  # else it is part of the kernel
            order += [*reversed(needs[names[module]].split()), names[module]]
    for number, path in enumerate(dict.fromkeys(order)):
        _copy(listed[0].parent / path, folder / f"modules/{number:02}-{Path(path).name}")
    _copy(package / "usr/bin/linux.uml", folder / "linux")
    return folder / "linux"


def _fetched(workplace: Workplace) -> Path:
    folder = workplace.place("update-test", PACKAGE)
    if not (folder / "usr").exists():
        archive = Archive(workplace, ARCHITECTURE)
        archive.update()
        debs = archive.alone([Wanted(PACKAGE)])
        archive.fetch(debs, workplace.place("debs"))
        workplace.run(["dpkg-deb", "-x", workplace.place("debs") / debs[0].file_name, folder], "update-test")
    return folder
