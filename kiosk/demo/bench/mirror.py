"""Mirror: the lane as it is seen from outside, through its debug port.

The screen is a function of the scene, so the scene, which is small and costs the lane nothing, is what is asked for
again and again; the picture only when the scene has changed, or while something on it is on its way. Nobody asks while
no page is open, and however many pages are open, the lane is asked once for all of them.

Touches reach the lane in the order in which they were made: the next is sent when the lane has taken the one before.
Each is a request of its own, and on a busy machine a later one would else overtake: 5 0 0 0 0 typed, 0 5 0 0 0 heard.

The lamps are on mock pins inside the lane's process, where nobody can look at them from here; what is shown is what
the lane's state tells them to be.
"""

import asyncio
import hashlib
from typing import NamedTuple

import httpx
import msgspec

from drivers.events import SetLights
from kiosk.app.lamps import lamps as lamps_of
from kiosk.app.screen import Tap
from kiosk.checkout.lights import tower
from kiosk.checkout.state import State

EVERY_S = 0.1
STATE_EVERY_S = 1.0


class Sight(NamedTuple):
    """The lane at one look. `digest` changes with the picture."""

    alive: bool = False
    digest: str = ""
    png: bytes = b""
    lamps: SetLights = SetLights()
    cue: str = ""
    """The sound that was heard last; not older than a second either."""
    state: State | None = None
    """Not older than a second."""
    size: tuple[int, int] = (1280, 800)
    """Of the picture, in pixels."""


class _Sized(msgspec.Struct):
    size: tuple[int, int]


class Mirror:
    """One lane, seen by everybody."""

    def __init__(self, web: httpx.AsyncClient, url: str) -> None:
        """`url`: the lane's debug port."""
        self._web, self._url = web, url
        self._turn = asyncio.Lock()
        self._finger = asyncio.Lock()  # first come, first served
        self._looked_s = self._state_s = float("-inf")
        self.sight = Sight()
        self._scene = b""
        self._moving = False

    async def look(self) -> Sight:
        """What is seen now, or a tenth of a second ago."""
        async with self._turn:
            if _now_s() - self._looked_s >= EVERY_S:
                self.sight = await self._look()
                self._looked_s = _now_s()
        return self.sight

    async def _look(self) -> Sight:
        try:
            answer = await self._get("/scene.json")
            scene, moving = answer.content, "Moving" in answer.headers
            changed = not self.sight.alive or scene != self._scene or moving or self._moving
            png = (await self._get("/screen.png")).content if changed else self.sight.png
            digest = hashlib.sha256(scene + png).hexdigest()[:16] if changed else self.sight.digest
            self._scene, self._moving = scene, moving
            lamps, cue, state = self.sight.lamps, self.sight.cue, self.sight.state
            if changed or _now_s() - self._state_s >= STATE_EVERY_S:
                state = msgspec.json.decode((await self._get("/state.json")).content, type=State)
                lamps = lamps_of(tower(state))
                cue = msgspec.json.decode((await self._get("/cue.json")).content, type=str)
                self._state_s = _now_s()
        except httpx.HTTPError:  # it is being started, or was killed
            return self.sight._replace(alive=False, lamps=SetLights())
        return Sight(True, digest, png, lamps, cue, state, msgspec.json.decode(scene, type=_Sized).size)

    async def _get(self, path: str) -> httpx.Response:
        return (await self._web.get(self._url + path)).raise_for_status()

    async def touch(self, x: int, y: int) -> bool:
        """A finger at this place of the picture; whether the lane heard it."""
        try:
            async with self._finger:
                touch = await self._web.post(f"{self._url}/touch", content=msgspec.json.encode(Tap(x, y)))
            touch.raise_for_status()
        except httpx.HTTPError:
            return False
        self._looked_s = float("-inf")
        return True


def _now_s() -> float:
    return asyncio.get_running_loop().time()
