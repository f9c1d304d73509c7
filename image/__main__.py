"""`python -m image`: build the image, or lock what Debian has now. `make image` and `make image-lock` call it."""

import argparse
import os
import sys

from image.archive import Archive
from image.base import ARCHITECTURE
from image.bootstrap import LISTS
from image.build import build, check_machine
from image.packages import BadLock, Deb, format_lock, parse_list
from image.tools import ARCHITECTURE as TOOLS_ARCHITECTURE
from image.workplace import BuildError, Workplace, step

OWN_MOUNTS = "KASSA_IMAGE_OWN_MOUNTS"


def main() -> int:
    """The exit code: 0 done, 1 it cannot be done (why is on the standard error)."""
    parser = argparse.ArgumentParser(prog="image", description="The appliance's image.")
    commands = parser.add_subparsers(required=True, dest="command", metavar="COMMAND")
    builds = commands.add_parser("build", help="the image, into image/out")
    builds.add_argument(
        "--place", default="", help="what stands before its name in its address, for Raspberry Pi Imager"
    )
    builds.add_argument("--quick", action="store_true", help="for a try: not packed, not put into image/out")
    commands.add_parser("lock", help="lock the newest packages of Debian's stable release")
    args = parser.parse_args()
    try:
        check_machine()
        if args.command == "lock":
            _lock(Workplace())
        else:
            _in_own_mounts()
            sys.stdout.write(f"image: {build(Workplace(), args.place, quick=args.quick)}\n")
    except (BuildError, BadLock) as problem:
        sys.stderr.write(f"image: {problem}\n")
        return 1
    return 0


def _in_own_mounts() -> None:
    """Begin again in a mount namespace of our own: whatever is mounted goes with the process, however it ends."""
    if os.environ.get(OWN_MOUNTS) != "1":
        os.environ[OWN_MOUNTS] = "1"
        again = [sys.executable, "-m", "image", *sys.argv[1:]]
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", *again])


def _lock(workplace: Workplace) -> None:
    """All three locks, of what Debian's archive has now."""
    device, tools = Archive(workplace, ARCHITECTURE), Archive(workplace, TOOLS_ARCHITECTURE)
    with step("Debian's archive"):
        device.update()
        tools.update()

    def write(name: str, debs: tuple[Deb, ...]) -> None:
        (LISTS / f"{name}.lock").write_text(format_lock(debs, f"{name}.txt"))

    wanted = {name: parse_list((LISTS / f"{name}.txt").read_text()) for name in ("device", "firmware", "tools")}
    with step("locks"):
        write("device", device.solve(wanted["device"], essential=True))
        write("firmware", device.alone(wanted["firmware"]))
        write("tools", tools.solve(wanted["tools"], essential=True))


if __name__ == "__main__":
    sys.exit(main())
