"""The mirror asks the lane for little, and knows when it is away."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import msgspec

from drivers.events import SetLights
from kiosk.checkout.lane import Lane
from kiosk.checkout.state import Phase, State
from kiosk.demo.bench import mirror as room
from kiosk.demo.bench.mirror import Mirror


class FakeLane:
    """A debug port."""

    def __init__(self) -> None:
        self.scene = b'{"size":[1280,800],"one":1}'
        self.state = State(lane=Lane(store="s001", till="k01"), phase=Phase.WELCOME)
        self.away = False
        self.moving: dict[str, str] = {}
        self.asked: Counter[str] = Counter()
        self.touched = b""

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.away:
            raise httpx.ConnectError("refused")
        self.asked[request.url.path] += 1
        if request.method == "POST":
            self.touched = request.content
            return httpx.Response(204)
        bodies = {"/cue.json": b'"scan-ok"', "/scene.json": self.scene, "/screen.png": b"png " + self.scene}
        return httpx.Response(
            200, headers=self.moving, content=bodies.get(request.url.path) or msgspec.json.encode(self.state)
        )


def seen(play: Callable[[FakeLane, Mirror], Awaitable[Any]]) -> FakeLane:
    """Play with a mirror of a lane."""
    lane = FakeLane()

    async def main() -> None:
        async with httpx.AsyncClient(transport=httpx.MockTransport(lane.answer)) as web:
            await play(lane, Mirror(web, "http://lane"))

    asyncio.run(main())
    return lane


def test_the_picture_is_fetched_only_when_the_scene_has_changed(monkeypatch: Any) -> None:
    monkeypatch.setattr(room, "EVERY_S", 0)

    async def play(lane: FakeLane, mirror: Mirror) -> None:
        first = await mirror.look()
        assert (await mirror.look()) == first
        lane.scene = b'{"size":[1280,800],"two":1}'
        assert (await mirror.look()).png == b"png " + lane.scene
        assert mirror.sight.digest != first.digest

    lane = seen(play)
    assert (lane.asked["/scene.json"], lane.asked["/screen.png"]) == (3, 2)


def test_what_moves_is_followed_until_it_has_arrived(monkeypatch: Any) -> None:
    monkeypatch.setattr(room, "EVERY_S", 0)

    async def play(lane: FakeLane, mirror: Mirror) -> None:
        lane.moving = {"Moving": "yes"}
        await mirror.look()
        await mirror.look()
        lane.moving = {}
        await mirror.look()
        await mirror.look()

    assert seen(play).asked["/screen.png"] == 3


def test_many_pages_ask_the_lane_once() -> None:
    async def play(lane: FakeLane, mirror: Mirror) -> None:
        await asyncio.gather(*(mirror.look() for _ in range(20)))

    assert seen(play).asked["/scene.json"] == 1


def test_a_lane_that_was_killed_is_away_until_it_answers_again(monkeypatch: Any) -> None:
    monkeypatch.setattr(room, "EVERY_S", 0)

    async def play(lane: FakeLane, mirror: Mirror) -> None:
        assert (await mirror.look()).alive
        lane.away = True
        away = await mirror.look()
        assert (away.alive, away.lamps) == (False, SetLights())
        assert not await mirror.touch(1, 2)
        lane.away = False
        assert (await mirror.look()).alive

    assert seen(play).asked["/screen.png"] == 2


def test_the_lamps_are_what_the_lane_orders(monkeypatch: Any) -> None:
    monkeypatch.setattr(room, "EVERY_S", 0)

    async def play(lane: FakeLane, mirror: Mirror) -> None:
        assert (await mirror.look()).lamps == SetLights(green=True)
        assert mirror.sight.cue == "scan-ok"
        lane.state = msgspec.structs.replace(lane.state, phase=Phase.CLOSED, closed="fault")
        lane.scene = b'{"size":[1280,800],"closed":1}'
        assert (await mirror.look()).lamps == SetLights(red=True)

    seen(play)


def test_a_touch_does_not_overtake_the_one_before_however_slow_that_is() -> None:
    heard: list[int] = []

    async def main() -> None:
        slow = asyncio.Event()

        async def answer(request: httpx.Request) -> httpx.Response:
            touch = msgspec.json.decode(request.content)["x"]
            if touch == 5:
                await slow.wait()
            heard.append(touch)
            return httpx.Response(204)

        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as web:
            mirror = Mirror(web, "http://lane")
            typed = [asyncio.create_task(mirror.touch(digit, 0)) for digit in (5, 0, 1)]
            passed, _ = await asyncio.wait(typed[1:], timeout=0.1)
            assert not passed
            slow.set()
            assert await asyncio.gather(*typed) == [True, True, True]

    asyncio.run(main())
    assert heard == [5, 0, 1]


def test_a_touch_that_the_lane_refuses_was_not_heard() -> None:
    async def main() -> bool:
        async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: httpx.Response(503))) as web:
            return await Mirror(web, "http://lane").touch(1, 2)

    assert not asyncio.run(main())


def test_after_a_touch_the_next_look_is_a_fresh_one() -> None:
    async def play(lane: FakeLane, mirror: Mirror) -> None:
        await mirror.look()
        assert await mirror.touch(640, 400)
        lane.scene = b'{"size":[1280,800],"two":1}'
        assert (await mirror.look()).png == b"png " + lane.scene

    assert msgspec.json.decode(seen(play).touched) == {"x": 640, "y": 400}
