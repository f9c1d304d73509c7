"""Lanes: what every till last said of itself. Kept in memory: the broker retains it and says it at each connection."""

import threading

import msgspec

from kiosk.wire.messages import Health, LaneState


class Lane(msgspec.Struct, frozen=True):
    """One till as we know it. `heard_utc_ms`: when it last said anything."""

    till: str
    state: LaneState | None = None
    health: Health | None = None
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

    def hear(self, till: str, said: LaneState | Health, now_utc_ms: int) -> None:
        """What a till says of itself. A last will keeps what was in the basket: staff may want to know."""
        with self._lock:
            lane = self._lanes.get(till, Lane(till))
            if isinstance(said, LaneState):
                lane = msgspec.structs.replace(lane, state=_merged(lane.state, said))
            else:
                lane = msgspec.structs.replace(lane, health=said)
            self._lanes[till] = msgspec.structs.replace(lane, heard_utc_ms=now_utc_ms)

    def all(self) -> list[Lane]:
        """Everybody, by name."""
        with self._lock:
            return sorted(self._lanes.values(), key=lambda lane: lane.till)


def _merged(before: LaneState | None, said: LaneState) -> LaneState:
    if said.online or before is None:
        return said
    return msgspec.structs.replace(before, online=False)
