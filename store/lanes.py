"""Lanes: what every till last said of itself. Kept in memory: the broker retains it and says it at each connection."""

import threading

import msgspec

from kiosk.wire.messages import Health, LaneState, OpenBasket

SERVED = ("scanning", "paying", "card", "doubt", "receipt", "thanks")
"""Phases of a lane that somebody stands at."""


class Lane(msgspec.Struct, frozen=True):
    """One till as we know it. `basket` as it was shown in this visit; `heard_utc_ms`: when it last said anything."""

    till: str
    state: LaneState | None = None
    health: Health | None = None
    basket: OpenBasket | None = None
    heard_utc_ms: int = 0

    @property
    def online(self) -> bool:
        """Whether it can be reached now, as far as its own word and its last will go."""
        return self.state is not None and self.state.online


class Lanes:
    """All tills. Written by the clerk's thread, read by pages."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lanes: dict[str, Lane] = {}

    def hear(self, till: str, said: LaneState | Health | OpenBasket, now_utc_ms: int) -> None:
        """What a till says of itself. A last will keeps what was in the basket: staff may want to know.

        What was in it line by line is forgotten when nobody is served any more.
        """
        with self._lock:
            lane = self._lanes.get(till, Lane(till))
            if isinstance(said, LaneState):
                kept = lane.basket if said.phase in SERVED else None
                lane = msgspec.structs.replace(lane, state=_merged(lane.state, said), basket=kept)
            elif isinstance(said, OpenBasket):
                lane = msgspec.structs.replace(lane, basket=said)
            else:
                lane = msgspec.structs.replace(lane, health=said)
            self._lanes[till] = msgspec.structs.replace(lane, heard_utc_ms=now_utc_ms)

    def basket(self, till: str) -> OpenBasket | None:
        """What a till has shown in this visit."""
        with self._lock:
            return self._lanes[till].basket if till in self._lanes else None

    def find(self, till: str) -> Lane | None:
        """What one has said; None: nothing."""
        with self._lock:
            return self._lanes.get(till)

    def all(self) -> list[Lane]:
        """Everybody, by name."""
        with self._lock:
            return sorted(self._lanes.values(), key=lambda lane: lane.till)


def _merged(before: LaneState | None, said: LaneState) -> LaneState:
    if said.online or before is None:
        return said
    return msgspec.structs.replace(before, online=False)
