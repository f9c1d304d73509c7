"""Neighbours: more lanes of the demo, each with devices of its own and a shopper who comes again and again.

They are there to be seen at the console: now and then they buy wine or call staff, and wait until somebody comes. What
a shopper does next follows from what is on the screen, like a person's hand; the dice are the lane's own, so the same
demo runs the same way each time.
"""

import asyncio
import random
from typing import Any

import httpx
import msgspec

from kiosk.app.screen import Tap
from kiosk.checkout.state import State
from kiosk.demo.bench.honest import Bagger
from kiosk.demo.bench.labels import label_of
from kiosk.demo.devices import CARD_PIN, Devices

TURN_S = 0.8
WINE = "9520001410048"
_PRESSES: dict[str, tuple[str, ...]] = {
    "10b-how-many-bags": ("No, thank you",),
    "10-pay-choice": ("Card",),
    "14a-receipt-choice": ("No receipt",),
    "15-thank-you": ("Done",),
    "07-age-check": ("Keep scanning",),
}
"""What is pressed on a screen that asks for no more than that."""


class Shopper:
    """What one shopper wants of this visit, step by step. Pure: the dice and the screen are handed in."""

    def __init__(self, dice: random.Random, codes: tuple[str, ...]) -> None:
        self._dice, self._codes = dice, codes
        self._rests, self._list, self._calls = 0, list[str](), False

    def next(self, scene: str, waits: bool) -> tuple[str, str]:
        """What they do now: (`scan`, code), (`press`, button) or nothing at all. `waits`: for staff."""
        if scene in _PRESSES:
            return "press", _PRESSES[scene][0]
        if scene == "01-welcome":
            return self._come()
        if scene != "02-scanning" or self._dice.random() < 0.4:
            return "", ""
        if self._calls and len(self._list) < 2:
            self._calls = False
            return "press", "Call staff"
        if self._list:
            return "scan", self._list.pop()
        return ("", "") if waits else ("press", "Pay")

    def _come(self) -> tuple[str, str]:
        """After a while somebody comes, with a list of things."""
        if self._rests:
            self._rests -= 1
            return "", ""
        self._rests = self._dice.randint(4, 20)
        self._list = [self._dice.choice(self._codes) for _ in range(self._dice.randint(2, 7))]
        self._calls = self._dice.random() < 0.2
        if self._dice.random() < 0.3:
            self._list.insert(0, WINE)
        return "scan", self._list.pop()


class Neighbour:
    """One lane and whoever shops there."""

    def __init__(self, number: int, debug_url: str, web: httpx.AsyncClient, codes: tuple[str, ...]) -> None:
        """`codes`: what the shop sells by the piece, to anybody."""
        self.devices = Devices()
        self._url, self._web = debug_url, web
        self._shopper, self._bagger = Shopper(random.Random(number), codes), Bagger()

    async def shop(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(TURN_S)
            try:
                await self._turn()
            except httpx.HTTPError:  # the lane is being started
                continue

    async def _turn(self) -> None:
        state = msgspec.json.decode(await self._get("/state.json"), type=State)
        scene: dict[str, Any] = msgspec.json.decode(await self._get("/scene.json")) or {}
        with self.devices.bagging.hands() as shelf:
            shelf.put(self._bagger.load_g(state, shelf.load_g))
        with self.devices.terminal.hands() as terminal:
            if terminal.insert_card() or terminal.type_pin(CARD_PIN):
                return
            terminal.take_card()
        kind, what = self._shopper.next(scene.get("name", ""), bool(state.interventions))
        if kind == "scan":
            label = label_of(what)
            with self.devices.scanner.hands() as scanner:
                scanner.scan(label.text, label.symbology)
        elif kind == "press":
            await self._press(scene, what)

    async def _press(self, scene: dict[str, Any], name: str) -> None:
        buttons = [one for one in scene["elements"] if one["type"] == "Button" and name in one["name"]]
        so_called = [one for one in buttons if one["name"] == name] or buttons
        if so_called:
            x, y, w, h = so_called[-1]["rect"]
            await self._web.post(f"{self._url}/touch", content=msgspec.json.encode(Tap(x + w // 2, y + h // 2)))

    async def _get(self, path: str) -> bytes:
        return (await self._web.get(self._url + path)).raise_for_status().content
