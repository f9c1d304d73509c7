"""Far pictures: those that the price book names on the web. The store fetches them; the lane asks the store, in parts.

One is asked for at a time, whenever the link is there and nothing else of it is on its way; selling waits for none.
What the lane has already is shown at once, whether the store is there or not, and the store is asked whether it is
still the same. What does not have the announced SHA-256 is thrown away.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable

import msgspec

from kiosk.wire.asking import PictureAsk, PicturePart

RETRY_MS = 60_000
"""The store did not have it, or what came was damaged."""
MOST_BYTES = 4 << 20
"""More than the store keeps of one."""


class Wanted(msgspec.Struct, frozen=True):
    """From the background: what the lane has of a picture of the web; empty: nothing."""

    url: str
    product: str
    sha256: str = ""


class FarPictures:
    """One lane's, turned by the link. `arrived` takes a whole picture: what was wanted, its SHA-256, its content."""

    def __init__(self) -> None:
        self.arrived: Callable[[Wanted, str, bytes], None] = lambda *_: None
        self._waiting: OrderedDict[str, Wanted] = OrderedDict()
        self._later: dict[str, tuple[int, Wanted]] = {}
        self._now: Wanted | None = None
        self._content = bytearray()
        self._sha256 = ""

    def want(self, wanted: Wanted) -> None:
        """As soon as it can be."""
        self._waiting[wanted.url] = wanted

    def ask(self, now_ms: int) -> PictureAsk | None:
        """What to ask now; None: something is on its way, or nothing is wanted."""
        for url in [url for url, (due_ms, _) in self._later.items() if due_ms <= now_ms]:
            self._waiting.setdefault(url, self._later.pop(url)[1])
        if self._now is not None or not self._waiting:
            return None
        self._now = self._waiting.popitem(last=False)[1]
        self._content.clear()
        return PictureAsk(url=self._now.url, sha256=self._now.sha256)

    def lost(self) -> None:
        """Nothing is on its way any more: it is asked again from its beginning."""
        if self._now is not None:
            self._waiting[self._now.url] = self._now
            self._now = None

    def heard(self, part: PicturePart | None, now_ms: int) -> PictureAsk | None:
        """An answer; None: the store does not have it. What to ask for next of the same picture."""
        wanted = self._now
        if wanted is None:
            return None
        if part is not None and part.sha256 == wanted.sha256:
            self._now = None
            return None
        if part is not None and part.size <= MOST_BYTES and part.offset == len(self._content) and part.content:
            if not self._content:
                self._sha256 = part.sha256
            self._content += part.content
            if part.sha256 == self._sha256 and len(self._content) < part.size:
                return PictureAsk(url=wanted.url, sha256=wanted.sha256, offset=len(self._content))
            if hashlib.sha256(self._content).hexdigest() == part.sha256 == self._sha256:
                self.arrived(wanted, self._sha256, bytes(self._content))
                self._now = None
                return None
        self._later[wanted.url] = (now_ms + RETRY_MS, wanted)
        self._now = None
        return None

    def deadline_ms(self) -> int | None:
        """When there is something to ask again."""
        return min((due_ms for due_ms, _ in self._later.values()), default=None)
