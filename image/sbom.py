"""SBOM: what is in the image, as CycloneDX 1.5 (JSON): every Debian package and every Python package, with its hash.

Made of the locks, so it says what was put in and not what somebody has found there. The same build has the same text.
"""

import json
import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

from image.packages import Deb

_SPACE = uuid.UUID("4b415341-0000-5000-8000-000000000000")


class Wheel(NamedTuple):
    """One Python package of the lock. `sha256`: of any of its files that may have been taken."""

    name: str
    version: str
    sha256: tuple[str, ...]


def wheels_of(lock: str) -> tuple[Wheel, ...]:
    """The packages of a requirements lock."""
    blocks = re.split(r"\n(?=\S)", lock.strip())
    heads = [(re.match(r"([\w.-]+)==([^\s;\\]+)", block), block) for block in blocks]
    return tuple(
        Wheel(head[1], head[2], tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})", block)))
        for head, block in heads
        if head
    )


def sbom(version: str, epoch: int, debs: Iterable[Deb], wheels: Iterable[Wheel]) -> str:
    """The document. `epoch`: seconds since 1970 of what is built."""
    parts = [*map(_deb, sorted(debs)), *map(_wheel, sorted(wheels))]
    head = {"type": "operating-system", "bom-ref": "kassa", "name": "kassa", "version": version}
    whole = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, json.dumps([version, parts]))}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**head, "licenses": [{"license": {"id": "Apache-2.0"}}]},
        },
        "components": parts,
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _deb(deb: Deb) -> dict[str, Any]:
    url = f"pkg:deb/debian/{quote(deb.name)}@{quote(deb.version)}?arch={deb.architecture}&distro=trixie"
    return _component(deb.name, deb.version, url, [deb.sha256])


def _wheel(wheel: Wheel) -> dict[str, Any]:
    """With no hash: the lock has those of all systems' files, and only one of them is in the image."""
    return _component(wheel.name, wheel.version, f"pkg:pypi/{quote(wheel.name)}@{quote(wheel.version)}", [])


def _component(name: str, version: str, url: str, hashes: list[str]) -> dict[str, Any]:
    part: dict[str, Any] = {"type": "library", "bom-ref": url, "name": name, "version": version, "purl": url}
    if hashes:
        part["hashes"] = [{"alg": "SHA-256", "content": each} for each in hashes]
    return part
