"""Archive: Debian's packages through apt, for an architecture and a release that need not be this machine's.

apt gets a root of its own below the work folder. Where packages come from is read from this machine's apt: the address
that it has for Debian and for Debian's security updates. It goes into that root alone, never into a lock or the image.
Packages are checked by apt against Debian's signatures when a lock is made, and by the lock's hash ever after.
"""

import hashlib
import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

from image.packages import Deb, Wanted, parse_stanzas
from image.workplace import BuildError, Workplace

SUITE = "trixie"
COMPONENTS = "main non-free-firmware"
_SUITES = {"Debian": (SUITE, f"{SUITE}-updates", f"{SUITE}-backports"), "Debian-Security": (f"{SUITE}-security",)}
_ESSENTIAL = "?and(?essential,?not(?exact-name(apt)))"
"""apt calls itself essential; nobody installs anything on an appliance."""
_KEPT = re.compile(r"^Acquire::(?:http|https|Check-|Retries|Proxy)")


def fetched(debs: Iterable[Deb], folder: Path) -> list[Deb]:
    """Those that do not lie in the folder yet. Raises BuildError if one that does is another one."""
    missing = []
    for deb in debs:
        path = folder / deb.file_name
        if not path.exists():
            missing.append(deb)
        elif hashlib.sha256(path.read_bytes()).hexdigest() != deb.sha256:
            raise BuildError(f"{path} is not the package that is locked: delete it, then build again")
    return missing


class Archive:
    """Debian's archive, as seen for one architecture."""

    def __init__(self, workplace: Workplace, architecture: str) -> None:
        self._workplace, self._architecture = workplace, architecture
        self._root = workplace.place("apt", architecture)
        for folder in ("etc/preferences.d", "etc/sources.d", "state/lists/partial", "cache/archives/partial"):
            (self._root / folder).mkdir(parents=True, exist_ok=True)
        (self._root / "status").touch()
        (self._root / "etc/sources.list").write_text(_sources())
        (self._root / "apt.conf").write_text(self._settings())
        self._environ = {"APT_CONFIG": str(self._root / "apt.conf")}

    def update(self) -> None:
        """Read what the archive has now. Raises BuildError."""
        self._apt("apt-get", "-q", "update", trouble="apt could not read Debian's archive")

    def solve(self, wanted: Iterable[Wanted], *, essential: bool) -> tuple[Deb, ...]:
        """Everything that the wanted packages lead to, without recommendations, in the archive's newest versions.

        `essential`: and what every Debian has. Raises BuildError.
        """
        targets = [each.target for each in wanted] + ([_ESSENTIAL] if essential else [])
        told = self._apt("apt-get", "-s", "-qq", "install", *targets, trouble="apt finds no way to install this")
        names = re.findall(r"^Inst (\S+) \((\S+) ", told, re.MULTILINE)
        return self._shown(f"{name}={version}" for name, version in names)

    def alone(self, wanted: Sequence[Wanted]) -> tuple[Deb, ...]:
        """The wanted packages without what they depend on. Raises BuildError."""
        told = self._apt("apt-cache", "policy", *[each.name for each in wanted])
        versions = dict(re.findall(r"^(\S+):\n  Installed: .*\n  Candidate: (\S+)$", told, re.MULTILINE))
        missing = [each.name for each in wanted if versions.get(each.name, "(none)") == "(none)"]
        if missing:
            raise BuildError(f"Debian's archive has no {', '.join(missing)}")
        return self._shown(f"{name}={version}" for name, version in versions.items())

    def fetch(self, debs: Iterable[Deb], folder: Path) -> None:
        """Have all of them in the folder. Raises BuildError for what the archive has no more."""
        missing = fetched(debs, folder)
        if not missing:
            return
        self.update()
        gone = self._gone(missing)
        if gone:
            names = ", ".join(f"{deb.name} {deb.version}" for deb in gone)
            raise BuildError(
                f"Debian's archive no longer has {names}. Copy the .deb files that were kept from the last build into "
                f"{folder}, or lock what there is now: make image-lock"
            )
        exact = [f"{deb.name}={deb.version}" for deb in missing]
        self._apt("apt-get", "-q", "download", *exact, where=folder, trouble="apt could not fetch all packages")
        left = fetched(missing, folder)
        if left:
            raise BuildError(f"apt did not fetch {', '.join(deb.file_name for deb in left)}")

    def _gone(self, debs: Iterable[Deb]) -> list[Deb]:
        known = self._apt("apt-cache", "madison", *sorted({deb.name for deb in debs}))
        there = {tuple(word.strip() for word in line.split("|")[:2]) for line in known.splitlines()}
        return [deb for deb in debs if (deb.name, deb.version) not in there]

    def _shown(self, exact: Iterable[str]) -> tuple[Deb, ...]:
        return parse_stanzas(self._apt("apt-cache", "show", *exact))

    def _apt(self, *words: str, where: Path | None = None, trouble: str = "") -> str:
        return self._workplace.run(words, "apt", where=where, environ=self._environ, trouble=trouble)

    def _settings(self) -> str:
        places = {
            "Dir::State": "state",
            "Dir::State::status": "status",
            "Dir::Cache": "cache",
            "Dir::Etc::sourcelist": "etc/sources.list",
            "Dir::Etc::sourceparts": "etc/sources.d",
            "Dir::Etc::preferencesparts": "etc/preferences.d",
            "Dir::Etc::preferences": "etc/preferences",
        }
        lines = [f'{key} "{self._root / path}";' for key, path in places.items()]
        lines += [
            f'APT::Architecture "{self._architecture}";',
            f'APT::Architectures {{ "{self._architecture}"; }};',
            'APT::Install-Recommends "false";',
            'APT::Sandbox::User "root";',
            'Acquire::Languages "none";',
        ]
        return "\n".join([*lines, *_host_settings()]) + "\n"


def _ask(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def _host_settings() -> list[str]:
    """How this machine's apt reaches what is outside, such as its proxy."""
    return [line for line in _ask("apt-config", "dump").splitlines() if _KEPT.match(line)]


def _sources() -> str:
    told = _ask("apt-get", "indextargets", "--format", "$(LABEL) $(REPO_URI)", "Created-By: Packages")
    places: dict[str, str] = {}
    for line in told.splitlines():
        label, _, address = line.partition(" ")
        places.setdefault(label, address)
    missing = _SUITES.keys() - places.keys()
    if missing:
        raise BuildError(f"this machine's apt knows no archive of {', '.join(sorted(missing))}: run apt-get update")
    return "".join(
        f"deb {places[label]} {suite} {COMPONENTS}\n" for label, suites in _SUITES.items() for suite in suites
    )
