"""Wire: broker and network of one world, in memory, with a store at the other end.

It behaves as the real thing does where that can hurt: while it is down nothing passes and nothing is kept; a message
may be lost after the broker took it (PUBACK is no proof), delivered twice, or answered late. Retained messages greet
whoever connects.
"""

from collections import deque
from collections.abc import Iterable
from random import Random
from typing import Any, Protocol

from kiosk.app.link import Arrived, Connected, Disconnected

Message = tuple[str, bytes]


class StoreEnd(Protocol):
    """The store as the wire sees it."""

    def hear(self, topic: str, payload: bytes) -> Iterable[Message]:
        """A till's message; what the store says to it."""
        ...

    def retained(self) -> Iterable[Message]:
        """What greets a till that connects."""
        ...


class Wire:
    """A Transport for one lane."""

    def __init__(self, store: StoreEnd, chance: Random | None = None) -> None:
        """`chance` loses and doubles messages; None: a perfect network."""
        self.store = store
        self._chance = chance
        self._up = True
        self._connected = False
        self._to_store: deque[Message] = deque()
        self._to_lane: deque[Any] = deque()
        self._late: deque[Any] = deque()
        self.retained: dict[str, bytes] = {}
        self.store_is_slow = False
        """While true the store has not come to what was said to it."""
        self.loss_permille = self.double_permille = self.shuffle_permille = self.late_permille = 0

    def call(self) -> None:
        """The line comes back when it does."""

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        """From the lane."""
        if not self._up or not self._connected:
            return
        if retain:
            self.retained[topic] = payload
            return
        if not self._happens(self.loss_permille):
            self._queue((topic, payload))
            if self._happens(self.double_permille):
                self._queue((topic, payload))

    def _queue(self, message: Message) -> None:
        place = len(self._to_store)
        if self._chance is not None and self._happens(self.shuffle_permille):
            place = self._chance.randint(0, place)
        self._to_store.insert(place, message)

    def spoil(self, chance: Random, *, loss: int, double: int, shuffle: int, late: int) -> None:
        """From now on so many of a thousand messages are lost, come twice, overtake others, are answered late."""
        self._chance = chance
        self.loss_permille, self.double_permille = loss, double
        self.shuffle_permille, self.late_permille = shuffle, late

    def close(self) -> None:
        """The lane's process is gone."""
        self._connected = False
        self._to_lane.clear()
        self._late.clear()

    def set_up(self, up: bool) -> None:
        """Plug the network in or out."""
        if self._up and not up and self._connected:
            self._to_lane.append(Disconnected("the network is away"))
            self._connected = False
        if not up:
            self._to_store.clear()
            self._late.clear()
        self._up = up

    def arrivals(self) -> list[Any]:
        """What the lane's inbox gets now; connects if it can."""
        if self._up and not self._connected:
            self._connected = True
            self._to_lane.append(Connected())
            self._to_lane.extend(Arrived(topic, payload) for topic, payload in self.store.retained())
        self._deliver()
        arrived = list(self._to_lane)
        self._to_lane.clear()
        return arrived

    def tell(self, topic: str, payload: bytes) -> None:
        """From the store, of its own accord: a new price book."""
        if self._up and self._connected:
            self._to_lane.append(Arrived(topic, payload))

    def _deliver(self) -> None:
        self._to_lane.extend(self._late)
        self._late.clear()
        while self._to_store and not self.store_is_slow:
            topic, payload = self._to_store.popleft()
            for answer in self.store.hear(topic, payload):
                if not self._happens(self.loss_permille):
                    (self._late if self._happens(self.late_permille) else self._to_lane).append(Arrived(*answer))

    def _happens(self, permille: int) -> bool:
        return self._chance is not None and self._chance.randrange(1000) < permille
