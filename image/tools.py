"""Tools: a root file system of this machine's architecture with every program that makes the image, in locked versions.

What is built must not depend on what is installed here. The programs see the work folder under its own path, and
nothing else of this machine's files.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from image.bootstrap import bootstrap, recipe
from image.workplace import Workplace

ARCHITECTURE = "amd64"


class Tools:
    """The programs. Make one inside a mount namespace of its own: what is mounted goes with it."""

    def __init__(self, workplace: Workplace) -> None:
        """Raises BuildError."""
        self._workplace = workplace
        self.root = workplace.place("tools") / recipe("tools")
        if not self.root.exists():
            _forget_others(self.root)
            bootstrap(workplace, "tools", ARCHITECTURE, self.root)
        for outside in (workplace.folder, Path("/dev"), Path("/proc")):
            inside = self.root / outside.relative_to("/")
            inside.mkdir(parents=True, exist_ok=True)
            workplace.run(["mount", "--rbind", outside, inside], "tools", trouble=f"{outside} cannot be mounted")

    def run(
        self, command: Sequence[object], log: str, *, environ: Mapping[str, str] | None = None, trouble: str = ""
    ) -> str:
        """Run one of the programs as root of its own root file system. Raises BuildError."""
        return self._workplace.run(["chroot", self.root, *command], log, environ=environ, trouble=trouble)


def _forget_others(root: Path) -> None:
    for other in root.parent.iterdir():
        shutil.rmtree(other)
