"""Bootstrap: a root file system of exactly the packages of a lock, by mmdebstrap.

What is made depends on the lock and on what the caller adds, on nothing else: not on the day, nor on this machine.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from image.archive import SUITE, Archive
from image.flat_archive import make_flat_archive
from image.packages import Deb, parse_lock
from image.workplace import BuildError, Workplace

LISTS = Path(__file__).parent / "packages"
RELEASED = 1_754_697_600
"""The day of Debian 13, in seconds since 1970: no file of a root file system is younger."""
_NOT_WANTED = (
    "/usr/share/man/*",
    "/usr/share/locale/*",
    "/usr/share/doc/*",
    "/usr/share/info/*",
    "/usr/share/lintian/*",
)
_LICENCES = "/usr/share/doc/*/copyright"


def locked(name: str) -> tuple[Deb, ...]:
    """The packages of one of our locks: `device`, `firmware` or `tools`."""
    return parse_lock((LISTS / f"{name}.lock").read_text())


def digest_of(*parts: bytes) -> str:
    """A name for what is made of these parts."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part).digest())
    return whole.hexdigest()[:16]


def recipe(name: str, *more: bytes) -> str:
    """A name for what `bootstrap` makes of a lock, and of what else goes in."""
    return digest_of((LISTS / f"{name}.lock").read_bytes(), "\n".join(_dpkg_options(_NOT_WANTED)).encode(), *more)


def kept_debs(workplace: Workplace, name: str, architecture: str) -> tuple[Deb, ...]:
    """The packages of a lock, all of them on this disk. Raises BuildError."""
    debs = locked(name)
    Archive(workplace, architecture).fetch(debs, workplace.place("debs"))
    return debs


def bootstrap(
    workplace: Workplace,
    name: str,
    architecture: str,
    target: Path,
    *,
    options: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
) -> None:
    """Make `target`, a .tar file or else a folder, of the lock of this name. Raises BuildError."""
    debs = kept_debs(workplace, name, architecture)
    source = make_flat_archive(workplace, name, architecture, debs, workplace.place("debs"))
    half = target.with_name("half-" + target.name)
    workplace.run(
        [
            *("mmdebstrap", "--mode=root", "--variant=essential", f"--architectures={architecture}"),
            f"--format={'tar' if target.suffix == '.tar' else 'directory'}",
            f"--include={','.join(deb.name for deb in debs)}",
            *_dpkg_options(_NOT_WANTED),
            *options,
            *(SUITE, half, source),
        ],
        f"bootstrap-{name}",
        environ={"SOURCE_DATE_EPOCH": str(RELEASED), "TMPDIR": str(workplace.place("tmp")), **(environ or {})},
        trouble=f"the root file system of {name}.lock could not be made",
    )
    if target.exists():
        raise BuildError(f"{target} is in the way: delete it")
    half.rename(target)


def _dpkg_options(excluded: Iterable[str]) -> list[str]:
    options = ['--aptopt=Acquire::Languages "none"', '--aptopt=APT::Install-Recommends "false"']
    options += ['--aptopt=APT::Sandbox::User "root"', "--dpkgopt=force-unsafe-io"]
    options += [f"--dpkgopt=path-exclude={path}" for path in excluded]
    return [*options, f"--dpkgopt=path-include={_LICENCES}"]
