"""Packages: lists of what is wanted, and locks of what is taken.

A list has a package a line and the reason behind it, as in `config/packages`; `name/suite` takes it from another suite
than usual. A lock has everything that the list leads to: name, version, architecture, SHA-256 and size of each .deb. It
names no mirror: a .deb with that hash is the right one, wherever it comes from.
"""

import re
from typing import NamedTuple

_WANTED = re.compile(r"^([a-z0-9][a-z0-9.+-]*)(?:/([a-z-]+))?\s+(\S.*)$")
_HASH = re.compile(r"[0-9a-f]{64}")


class BadLock(Exception):
    """A list or a lock says something that cannot be. The text names the line."""


class Wanted(NamedTuple):
    """One line of a list. `suite` is empty where apt may choose."""

    name: str
    suite: str
    why: str

    @property
    def target(self) -> str:
        """As apt-get takes it."""
        return f"{self.name}/{self.suite}" if self.suite else self.name


class Deb(NamedTuple):
    """One package of a lock. `size` in bytes."""

    name: str
    version: str
    architecture: str
    sha256: str
    size: int

    @property
    def file_name(self) -> str:
        """As apt names what it has fetched."""
        return f"{self.name}_{self.version.replace(':', '%3a')}_{self.architecture}.deb"


def parse_list(text: str) -> tuple[Wanted, ...]:
    """The packages of a list. Raises BadLock for a line without a reason."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = []
    for line in lines:
        match = _WANTED.match(line)
        if match is None:
            raise BadLock(f"{line!r}: a package's name, and behind it what it is for")
        found.append(Wanted(match[1], match[2] or "", match[3]))
    return tuple(found)


def parse_lock(text: str) -> tuple[Deb, ...]:
    """The packages of a lock, by name. Raises BadLock."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        match line.split():
            case [name, version, architecture, digest, size] if _HASH.fullmatch(digest) and size.isdecimal():
                found.append(Deb(name, version, architecture, digest, int(size)))
            case _:
                raise BadLock(f"line {number}: not a package's name, version, architecture, SHA-256 and size")
    if len({deb.name for deb in found}) != len(found):
        raise BadLock("a package is locked twice")
    return tuple(sorted(found))


def format_lock(debs: tuple[Deb, ...], made_from: str) -> str:
    """The lock as text, the same for the same packages in any order."""
    head = f"# Made by `make image-lock` from {made_from}: name, version, architecture, SHA-256, size in bytes.\n"
    return head + "".join(f"{d.name} {d.version} {d.architecture} {d.sha256} {d.size}\n" for d in sorted(debs))


def parse_stanzas(text: str) -> tuple[Deb, ...]:
    """The packages that `apt-cache show` tells of. Raises BadLock where one has no hash."""
    found = []
    for stanza in filter(str.strip, text.split("\n\n")):
        fields = dict(line.split(": ", 1) for line in stanza.splitlines() if re.match(r"^[A-Za-z0-9-]+: ", line))
        if not {"Package", "Version", "Architecture", "SHA256", "Size"} <= fields.keys():
            raise BadLock(f"{fields.get('Package', 'a package')}: its archive tells no SHA-256")
        names = (fields["Package"], fields["Version"], fields["Architecture"], fields["SHA256"])
        found.append(Deb(*names, int(fields["Size"])))
    return tuple(sorted(set(found)))
