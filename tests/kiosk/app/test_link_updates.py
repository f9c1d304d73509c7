"""The store orders an update over the link, the lane fetches the bundle part by part, and says how far it is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from till_and_store import LANE, Store, Till

from drivers.updater.driver import Look, NoUpdater
from kiosk.app.announce import Announcer
from kiosk.app.background import Immediately
from kiosk.app.link import Arrived
from kiosk.app.running import Running, running
from kiosk.app.update_order import Places
from kiosk.app.updates_port import Worked
from kiosk.app.updating import Updates
from kiosk.checkout.machine import blank
from kiosk.storage.price_book import StaffMember, open_price_book
from kiosk.values.moment import rfc3339
from kiosk.wire import asking
from kiosk.wire.codec import decode, encode
from kiosk.wire.messages import Answer, Ask, Command, LaneState, Result, UpdateReport
from kiosk.wire.outgoing import till_message
from kiosk.wire.topics import till_topic
from tests.kiosk.app.test_updating import NEW, SHA

PART = 300


class Fake(NoUpdater):
    """An updater that is never reached here."""

    cannot = ""

    def look(self) -> Look:
        return Look("busy")


class Bundles(Store):
    """A store that has one."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[Result] = []
        self.states: list[LaneState] = []

    def publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        data = decode(payload).data
        if isinstance(data, Result):
            self.results.append(data)
        if isinstance(data, LaneState):
            self.states.append(data)
        super().publish(topic, payload, retain=retain)

    def answer(self, ask: Ask) -> Answer:
        lookup: Struct = asking.asked(ask)
        if not isinstance(lookup, asking.UpdateAsk):
            return super().answer(ask)
        piece = NEW[lookup.offset : lookup.offset + PART]
        return asking.answer(ask, asking.UpdatePart(sha256=SHA, size=len(NEW), offset=lookup.offset, content=piece))


class Lane(Till):
    """A lane whose updates work."""

    def __init__(self, folder: Path, staff: tuple[StaffMember, ...]) -> None:
        super().__init__(Bundles(), open_price_book(folder / "prices.db"))
        self.updates = Updates(
            Places(folder / "update"), Running("0.1.0", "1.0.0", "A", "b"), Fake(), Immediately(self.inbox),
            lambda: 10_000, self.now().utc_ms,
        )  # fmt: skip
        self.link._updates, self.link._staff = self.updates, lambda: staff
        self.link._announcer = Announcer(lambda: 1_000, lambda: 0, said=self.updates.said)

    def hear(self, message: Any) -> None:
        if isinstance(message, Worked):
            self.updates.heard(message)
        else:
            super().hear(message)

    def orders(self, staff: str = "u9", **data: Any) -> None:
        told = {"version": "1.1.0", "sha256": SHA, "size": len(NEW), **data}
        end = rfc3339(self.now().utc_ms + 60_000)
        order = Command(id="c-1", kind="update", staff=staff, expires=end, data=told)
        message = till_message(order, store="s001", till="k01", id="c-1", at=end)
        self.turn(Arrived(till_topic("s001", "k01", "command"), encode(message)))

    def goes_on(self, turns: int = 12) -> None:
        for _ in range(turns):
            self.tick_ms += 1_000
            self.heard += self.updates.turn(blank(LANE), self.now())
            self.turn()
            self.all_answered()

    @property
    def shop(self) -> Bundles:
        assert isinstance(self.store, Bundles)
        return self.store


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    staff = (StaffMember("u9", "Olga", "operator", ""), StaffMember("u1", "Anna", "cashier", ""))
    till = Lane(tmp_path, staff)
    till.connect()
    till.all_answered()
    yield till
    till.prices.close()


def test_the_lane_fetches_what_was_ordered_and_says_how_far_it_is(lane: Lane) -> None:
    lane.orders(not_before_utc_ms=lane.now().utc_ms + 3_600_000)
    lane.goes_on()
    assert lane.shop.results == [Result(id="c-1", done=True)]
    stages = [state.update.stage for state in lane.shop.states if isinstance(state.update, UpdateReport)]
    assert stages[0] == "fetching" and stages[-1] == "ready"
    last = lane.shop.states[-1]
    assert (last.image, last.slot, last.update.version) == ("1.0.0", "A", "1.1.0")  # type: ignore[union-attr]
    assert (lane.updates._places.bundle.read_bytes()) == NEW


@pytest.mark.parametrize(
    ("staff", "data", "why"),
    [
        ("u1", {}, "the role cashier may not do that"),
        ("u5", {}, "this lane knows nobody by that id"),
        ("u9", {"version": "0.9"}, "0.9 is older than 1.0.0, which runs here"),
        ("u9", {"size": "big"}, "what it says cannot be read"),
        ("u9", {"size": -1}, "what it says cannot be read"),
        ("u9", {"version": 7}, "what it says cannot be read"),
    ],
)
def test_what_is_not_done_is_answered_in_words(lane: Lane, staff: str, data: dict[str, Any], why: str) -> None:
    lane.orders(staff, **data)
    lane.goes_on(2)
    assert lane.shop.results == [Result(id="c-1", done=False, why=why)]


def test_what_runs_here_is_known(tmp_path: Path) -> None:
    cmdline, boot = tmp_path / "cmdline", tmp_path / "boot_id"
    cmdline.write_text("console=tty1 root=PARTUUID=ab rauc.slot=B quiet\n")
    boot.write_text("e1f0\n")
    found = running(cmdline, boot)
    assert (found.slot, found.boot) == ("B", "e1f0") and found.version
    assert running(tmp_path / "none", tmp_path / "none").slot == ""
