"""Emulation: while the image is made, this machine runs programs of its architecture.

The kernel is told once that QEMU runs them (binfmt_misc), and told to forget it at the end, after a failure too. Where
another program has told it already, that stands and is left alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from image.workplace import BuildError, Workplace

_KERNEL = Path("/proc/sys/fs/binfmt_misc")
_NAME = "qemu-aarch64"
"""As Debian calls it, and mmdebstrap looks for."""
_MAGIC = "7f454c460201010000000000000000000200b700"
_MASK = "ffffffffffffff00fffffffffffffffffeffffff"


@contextmanager
def arm64_programs(workplace: Workplace, qemu: Path) -> Iterator[None]:
    """As long as it lasts arm64 programs run. `qemu`: a static one below the work folder. Raises BuildError."""
    if not (_KERNEL / "register").exists():
        trouble = "the kernel's binfmt_misc cannot be mounted: load its module (modprobe binfmt_misc), as root"
        workplace.run(["mount", "-t", "binfmt_misc", "none", _KERNEL], "emulation", trouble=trouble)
    if f"interpreter {workplace.folder}/" in _entry():
        _forget()  # left by a build that was killed
    ours = not _entry()
    if ours:
        _register(qemu)
    elif "F" not in _flags():
        raise BuildError("arm64 programs run here only outside of another root: register qemu-aarch64 with the flag F")
    try:
        yield
    finally:
        if ours:
            _forget()


def _entry() -> str:
    """What the kernel says of it, or nothing."""
    return (_KERNEL / _NAME).read_text() if (_KERNEL / _NAME).exists() else ""


def _flags() -> str:
    return next((line.partition(": ")[2] for line in _entry().splitlines() if line.startswith("flags")), "")


def _register(qemu: Path) -> None:
    magic, mask = ("".join(f"\\x{each:02x}" for each in bytes.fromhex(text)) for text in (_MAGIC, _MASK))
    try:
        (_KERNEL / "register").write_text(f":{_NAME}:M::{magic}:{mask}:{qemu}:OF")
    except OSError as error:
        raise BuildError(f"the kernel does not take {qemu} for arm64 programs: {error.strerror}") from None


def _forget() -> None:
    (_KERNEL / _NAME).write_text("-1")
