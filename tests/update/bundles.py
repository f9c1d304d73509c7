"""Bundles: updates made by our own code, and what may have become of one on its way."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from image import bundle as bundling
from image.bundle import bundle, bundle_name
from image.signing import Signing, make_pair
from image.tools import Tools
from image.tree import Release
from image.workplace import Workplace
from tests.update.card import System


class Bundles:
    """Makes them, and damages them. All are files below `folder`."""

    def __init__(self, workplace: Workplace, tools: Tools) -> None:
        self._workplace, self._tools = workplace, tools
        self.folder = workplace.fresh("update-test", "bundles")
        self.ours, self._stranger = self._pair("ours"), self._pair("stranger")

    def _pair(self, name: str) -> Signing:
        place = self._workplace.fresh("update-test", "keys", name)
        key, cert = place / "key.pem", place / "cert.pem"
        make_pair(self._workplace, key, cert)
        return Signing(key, cert, cert, True)

    def good(self, system: System, version: str, files: Signing | None = None) -> Path:
        """As `make image` makes it."""
        release = Release(version, hashlib.sha256(version.encode()).hexdigest()[:12], 1_790_000_000)
        made = bundle(self._workplace, self._tools, system.root, system.slot, release, files or self.ours)
        number = len(list(self.folder.iterdir()))
        return made.rename(self.folder / f"{number:02}-{bundle_name(version)}")

    def strangers(self, system: System, version: str) -> Path:
        """Signed by somebody who may sign code, and is not us."""
        return self.good(system, version, self._stranger)

    def other_board(self, system: System, version: str) -> Path:
        """Ours, for another machine."""
        with mock.patch.object(bundling, "COMPATIBLE", "kassa-riscv64"):
            return self.good(system, version)

    def damaged(self, good: Path) -> Iterator[tuple[str, Path]]:
        """What was done to it, and the file. The last 8 bytes say how long the signature before them is."""
        whole = good.read_bytes()
        payload = len(whole) - 8 - int.from_bytes(whole[-8:], "big")
        cuts = {"half of it": len(whole) // 2, "its first 4 KiB": 4_096, "all but the last byte": len(whole) - 1}
        cuts |= {"all but the signature": payload, "nothing": 0, "all but its last 4 KiB": len(whole) - 4_096}
        for what, length in cuts.items():
            yield f"cut off: {what}" if length != payload else "unsigned", self._changed(what, whole[:length])
        flips = {"in the middle": payload // 2, "in its first block": 100, "at its end": payload - 10}
        flips |= {"in the signature": payload + 1_000, "in the signature's length": len(whole) - 2}
        for what, at in flips.items():
            yield f"one bit wrong, {what}", self._changed(what, whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        yield "no bundle at all", self._changed("text", b"kassa-1.1.0-arm64.raucb\n" * 1_000)

    def _changed(self, name: str, content: bytes) -> Path:
        path = self.folder / f"{name.replace(' ', '-')}.raucb"
        path.write_bytes(content)
        return path
