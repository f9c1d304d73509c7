"""RAUC verity: compiles `device/rauc_verity.c`, which says why it is there, for the appliance's processor."""

import shutil
from pathlib import Path

from image.tools import Tools
from image.workplace import REPOSITORY, Workplace

SOURCE = REPOSITORY / "image" / "device" / "rauc_verity.c"
LIBRARY = "usr/lib/kassa/rauc-verity.so"
FIRST_WITHOUT = (1, 15, 2)
"""The first RAUC that needs none of it."""
_FLAGS = ("-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-nostdlib", "-fno-builtin", "-Wl,--build-id=none")


def compiled(workplace: Workplace, tools: Tools, tree: Path) -> None:
    """Put it into the root file system. Raises BuildError."""
    place = workplace.place("rauc-verity")
    source, made = place / SOURCE.name, place / Path(LIBRARY).name
    shutil.copyfile(SOURCE, source)
    command = ["aarch64-linux-gnu-gcc", *_FLAGS, "-o", made, source]
    tools.run(command, "tree", trouble=f"{SOURCE.name} could not be compiled")
    shutil.copyfile(made, tree / LIBRARY)
    (tree / LIBRARY).chmod(0o644)
