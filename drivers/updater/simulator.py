"""A command that speaks as RAUC's does, on two slots that are files in a folder: `python -m drivers.updater.simulator`.

A bundle of the simulator is a text: `compatible=`, `version=` and `signed=` lines, and whatever else. The folder (named
by RAUC_SIMULATOR) holds `slot.A` and `slot.B`, each the version in it; `primary` and `booted`, each a slot's letter;
and `fault`, if it is to fail: `cut` ends it in the middle of writing (the slot is empty then), `busy` and `no-service`
refuse. `boot` is what the boot loader does: it tries the primary slot, unless that is empty or `fault` says `bad-boot`;
then the other one starts again.
"""

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

COMPATIBLE = "kassa-simulated"
FOLDER = "RAUC_SIMULATOR"
_DONE, _FAILED, _NO_SERVICE = 0, 1, 2
_STEPS = (
    (0, "Installing"), (0, "Determining slot states"), (20, "Determining slot states done."), (20, "Checking bundle"),
    (20, "Verifying signature"), (40, "Verifying signature done."), (40, "Checking bundle done."),
    (40, "Checking manifest contents"), (60, "Checking manifest contents done."),
    (60, "Determining target install group"), (80, "Determining target install group done."), (80, "Updating slots"),
    (80, "Copying image to rootfs"),
)  # fmt: skip


class Machine:
    """One machine with two slots."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def new(cls, folder: Path, version: str) -> "Machine":
        """As it was flashed: this version in A, nothing in B."""
        folder.mkdir(parents=True, exist_ok=True)
        machine = cls(folder)
        for name, text in (("slot.A", version), ("slot.B", ""), ("primary", "A"), ("booted", "A"), ("fault", "")):
            machine.write(name, text)
        return machine

    def read(self, name: str) -> str:
        """One of its facts."""
        return self._folder.joinpath(name).read_text()

    def write(self, name: str, text: str) -> None:
        """Change one of them."""
        self._folder.joinpath(name).write_text(text)

    @property
    def running(self) -> str:
        """The version that runs."""
        return self.read(f"slot.{self.read('booted')}")

    def boot(self) -> str:
        """Power on: the version that comes up."""
        primary = self.read("primary")
        if not self.read(f"slot.{primary}") or self.read("fault") == "bad-boot":
            primary = _other(primary)
        self.write("booted", primary)
        self.write("primary", primary)
        return self.running


def bundle(version: str, *, compatible: str = COMPATIBLE, signed: str = "yes", filling: int = 0) -> bytes:
    """One of the simulator's bundles."""
    return f"compatible={compatible}\nversion={version}\nsigned={signed}\n{'.' * filling}".encode()


def main(argv: Sequence[str], folder: Path) -> int:
    """`info [OPTION] FILE` or `install FILE`; the exit code."""
    machine, words = Machine(folder), [word for word in argv if not word.startswith("-")]
    path = Path(words[1])
    if not path.is_file():
        _err(f"No such file: {path}")
        return _FAILED
    facts = dict(re.findall(r"^(\w+)=(.*)$", path.read_text(errors="replace"), re.MULTILINE))
    trouble = _trouble(facts)
    if words[0] == "info":
        if trouble.startswith("signature"):
            _err(trouble)
            return _FAILED
        _out(f"RAUC_MF_COMPATIBLE='{facts['compatible']}'")
        _out(f"RAUC_MF_VERSION='{facts['version']}'")
        return _DONE
    return _install(machine, path, facts, trouble)


def _install(machine: Machine, path: Path, facts: dict[str, str], trouble: str) -> int:
    fault = machine.read("fault")
    if fault in ("busy", "no-service"):
        said = "already processing a different method" if fault == "busy" else "The name is not activatable"
        _err(f"Failed to contact rauc service: {said}")
        _err(f"D-Bus error while installing `{path}`")
        return _NO_SERVICE
    _out("installing")
    for percent, doing in _STEPS:
        _out(f"{percent:3d}% {doing}")
    if trouble:
        _out("100% Installing failed.")
        _out(f"LastError: {trouble}")
        _out("idle")
        _err(f"Installing `{path}` failed")
        return _FAILED
    target = _other(machine.read("booted"))
    machine.write(f"slot.{target}", "")  # RAUC marks it bad before the first byte is written
    if fault == "cut":
        os._exit(_FAILED)
    machine.write(f"slot.{target}", facts["version"])
    machine.write("primary", target)
    for percent, doing in ((100, "Copying image to rootfs done."), (100, "Installing done.")):
        _out(f"{percent:3d}% {doing}")
    _out("idle")
    _out(f"Installing `{path}` succeeded")
    return _DONE


def _trouble(facts: dict[str, str]) -> str:
    if facts.get("signed") != "yes":
        return "signature verification failed: Verify error: unable to get local issuer certificate"
    if facts.get("compatible") != COMPATIBLE:
        return f"Compatible mismatch: Expected '{COMPATIBLE}' but bundle manifest has '{facts.get('compatible')}'"
    return ""


def _other(slot: str) -> str:
    return "B" if slot == "A" else "A"


def _out(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _err(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path(os.environ[FOLDER])))
