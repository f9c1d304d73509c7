"""Attract: the shop's own pictures, one after the other, on a lane that nobody uses.

The file is read and scaled in the background; the loop hears of it when it is ready, and only then does the picture on
the screen change. Two are in memory: the one that is seen and the one it gives way to. The folder is looked at anew for
each picture, so that new ones need no restart. A file that cannot be shown is named once.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import structlog

from kiosk.checkout.state import State
from kiosk.ui import artwork
from kiosk.ui.picture_file import Loaded, load_next
from kiosk.ui.resting import rests_since
from kiosk.ui.scene import HELD
from kiosk.ui.view import View


class AttractTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[attract]`: the shop's own pictures while nobody is there; without a folder there are none."""

    folder: str = ""
    after_s: int = 120
    every_s: int = 10

    def problems(self) -> Iterable[str]:
        """What cannot be meant; a folder that is away is none of it: the lane sells without pictures, the log and
        `kiosk doctor` tell. Nothing may flash: WCAG 2.2, 2.3.1 allows three changes a second, we one in 5 s."""
        if self.after_s < 10 or self.every_s < 5:
            yield "attract: after_s is 10 or more, every_s 5 or more"


class Attract:
    """What is seen on a resting lane."""

    def __init__(
        self, table: AttractTable, size: tuple[int, int], background: Callable[[Callable[[], Iterable[Any]]], None]
    ) -> None:
        """`size` in pixels of the whole glass."""
        self._folder, self._size, self._background = Path(table.folder), size, background
        self._on, self._after_ms, self._every_ms = bool(table.folder), table.after_s * 1_000, table.every_s * 1_000
        self._last, self._number, self._asked = "", 0, False
        self._ready, self._shown, self._changes_tick = "", "", 0
        self._named: set[tuple[str, str]] = set()

    def seen(self, state: State, view: View, now_ms: int) -> str:
        """The picture's source for `View.attract`; empty: the lane is somebody's, or no picture is ready."""
        since = rests_since(state, view) if self._on else None
        if since is None or now_ms < since + self._after_ms:
            self._shown = ""
            return ""
        if now_ms >= self._changes_tick or not self._shown:
            if self._ready:
                self._shown, self._ready = self._ready, ""
                self._changes_tick = now_ms + self._every_ms
            self._ask()
        return self._shown

    def deadline_ms(self, state: State, view: View) -> int | None:
        """When the next picture is due, or the first."""
        since = rests_since(state, view) if self._on else None
        if since is None:
            return None
        return max(since + self._after_ms, self._changes_tick)

    def hear(self, loaded: Loaded, now_ms: int) -> None:
        """A file has been read."""
        self._asked, self._last = False, loaded.name
        if loaded.picture is not None:
            self._number += 1
            self._ready = f"{HELD}{self._number} {loaded.name}"
            artwork.hold(self._ready, loaded.picture)
            return
        self._changes_tick = now_ms + self._every_ms
        if (loaded.name, loaded.why) not in self._named:
            self._named.add((loaded.name, loaded.why))
            structlog.get_logger("attract").warning("attract.bad_picture", file=loaded.name, why=loaded.why)

    def _ask(self) -> None:
        if not self._asked and not self._ready:
            self._asked = True
            folder, last, size = self._folder, self._last, self._size
            self._background(lambda: [load_next(folder, last, size)])
