"""Some lanes' price book receivers in one process, for `price_changes`: broker's port, folder, names of the lanes.

Each lane is the lane's own code (`kiosk.app.books`, `kiosk.storage.price_book`, the wire) on a connection of its own:
it hears the head, asks for what it lacks, applies it to its file and looks the watched product up as a scan does. What
it charges from then on goes to stdout with the moment; `bare` is said of a message that is only received.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from kiosk.app.books import Books
from kiosk.storage.price_book import open_price_book
from kiosk.wire.asking import PriceBookAsk, PriceBookPart, answered, question
from kiosk.wire.codec import decode, encode, envelope
from kiosk.wire.messages import PriceBookHead
from kiosk.wire.topics import price_book_topic, till_topic

BARE = "bench/bare"
Post = SimpleQueue[Callable[[], None]]
"""What the lanes of one process have heard, worked off by one thread: twenty that step through SQLite at once would
wait for the interpreter's lock most of the time, which a lane on its own machine never does."""
STORE = "s001"


class Receiver:
    """One lane's. `say` is told what it charges, and when."""

    def __init__(
        self, name: str, folder: Path, port: int, watched: str, say: Callable[[str], None], post: Post
    ) -> None:
        self._post = post
        self._name, self._watched, self._say, self._asks = name, watched, say, 0
        path = folder / f"{name}.db"
        self._prices = open_price_book(path)
        self._books = Books(lambda: open_price_book(path), self._now, self._prices.head())
        self._client = Client(CallbackAPIVersion.VERSION2, name, protocol=MQTTProtocolVersion.MQTTv5)
        self._client.on_message = self._on_message
        self._client.connect("127.0.0.1", port)
        for topic in (till_topic(STORE, name, "answer"), price_book_topic(STORE), BARE):
            self._client.subscribe(topic, qos=1)
        self._client.loop_start()

    def _now(self, job: Callable[[], Any]) -> None:
        """The lane's background, at once."""
        if any(True for _ in job()):
            row = self._prices.lookup((self._watched,))
            assert row is not None, "the watched product has gone"
            self._say(f"{self._name} {row.price_minor} {time.perf_counter_ns()}")

    def _on_message(self, _client: Any, _data: Any, message: Any) -> None:
        self._post.put(lambda: self._take(message))

    def _take(self, message: Any) -> None:
        if message.topic == BARE:
            self._say(f"{self._name} bare {time.perf_counter_ns()}")
            return
        data = decode(message.payload).data
        if isinstance(data, PriceBookHead):
            self._ask(self._books.announced(data))
        elif (part := answered(data, PriceBookPart)) is not None:
            self._ask(self._books.part(part, data.data))

    def _ask(self, ask: PriceBookAsk | None) -> None:
        if ask is None:
            return
        self._asks += 1
        id_ = f"{self._name}-{self._asks}"
        message = envelope(
            question(id_, ask), id=id_, source=f"/kassa/{STORE}/{self._name}", time="2026-11-27T10:00:00Z"
        )
        self._client.publish(till_topic(STORE, self._name, "ask"), encode(message), qos=1)


def main() -> None:
    """Until stdin ends."""
    port, folder, watched, *names = sys.argv[1:]

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    post: Post = SimpleQueue()
    Thread(target=_work, args=(post,), daemon=True).start()
    lanes = [Receiver(name, Path(folder), int(port), watched, say, post) for name in names]
    Event().wait(1)
    say(f"ready {len(lanes)}")
    sys.stdin.read()


def _work(post: Post) -> None:
    while True:
        post.get()()


if __name__ == "__main__":
    main()
