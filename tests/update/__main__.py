"""`make update-test`: the update matrix, with RAUC itself, on a kernel with loop devices and dm-verity.

Each row is printed as it is seen; words choose groups of rows: `.venv/bin/python tests/update refused cut`.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from image.__main__ import OWN_MOUNTS
from image.build import check_machine
from image.tools import Tools
from image.workplace import BuildError, Workplace
from tests.update.bundles import Bundles
from tests.update.card import Card, system
from tests.update.guest import Guest
from tests.update.matrix import GROUPS, NEW, NEXT, OLD, OLDER, Bench, Failed


def main(chosen: list[str]) -> int:
    """0 when every row is as it should be; 1 when one is not; 2 when there is no way to tell."""
    if unknown := set(chosen) - GROUPS.keys():
        sys.stderr.write(f"update-test: no group {', '.join(sorted(unknown))}; there are {', '.join(GROUPS)}\n")
        return 2
    began = time.monotonic()
    try:
        check_machine()
        _in_own_mounts()
        workplace = Workplace()
        tools = Tools(workplace)
        bundles = Bundles(workplace, tools)
        systems = {version: system(workplace, tools, version) for version in (OLD, NEW, NEXT, OLDER)}
        bench = Bench(
            Card(workplace, tools, systems[OLD]), Guest(workplace, tools, bundles.ours.keyring), bundles, systems
        )
        sys.stdout.write("| what | starts next | the other slot | why, in one line |\n|---|---|---|---|\n")
        for group in chosen or GROUPS:
            bench.card.renew()
            for row in GROUPS[group](bench):
                sys.stdout.write(f"| {' | '.join(row)} |\n")
                sys.stdout.flush()
    except BuildError as problem:
        sys.stderr.write(f"update-test: {problem}\n")
        return 2
    except Failed as failed:
        sys.stderr.write(f"update-test: {failed}\n")
        return 1
    sys.stderr.write(f"update-test: passed in {time.monotonic() - began:.0f} s\n")
    return 0


def _in_own_mounts() -> None:
    """Begin again in a mount namespace of our own, as a build does."""
    if os.environ.get(OWN_MOUNTS) != "1":
        os.environ[OWN_MOUNTS] = "1"
        again = [sys.executable, str(Path(__file__).parent), *sys.argv[1:]]
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", *again])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
