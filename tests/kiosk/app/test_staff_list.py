"""A lane hears of another list of staff while it is connected: whoever left comes in no more, and is signed out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from till_and_store import LANE, Store, Till

from kiosk.checkout.events import StaffSignedIn, StaffSignedOut
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import Staff, State
from kiosk.storage.price_book import StaffMember, open_price_book
from kiosk.wire import asking
from kiosk.wire.messages import Answer, Ask

EVA = asking.StaffEntry(id="u1", name="Eva", role="manager", pin_hash="h1", badge="B1")
BO = asking.StaffEntry(id="u2", name="Bo", role="cashier", pin_hash="h2")


class Shop(Store):
    """A store that tells of its staff."""

    def __init__(self) -> None:
        super().__init__()
        self.staff: tuple[asking.StaffEntry, ...] = (EVA, BO)

    def answer(self, ask: Ask) -> Answer:
        if isinstance(asking.asked(ask), asking.StaffAsk):
            return asking.answer(ask, asking.StaffAnswer(staff=self.staff))
        return super().answer(ask)


class Lane(Till):
    """A lane at which somebody may be signed in."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Shop(), open_price_book(folder / "prices.db"))

    @property
    def shop(self) -> Shop:
        assert isinstance(self.store, Shop)
        return self.store

    def is_told(self) -> None:
        """Unasked, as the store does it."""
        self.answered(asking.question("staff-1", asking.StaffAsk()))

    def says_with(self, person: Staff | None) -> list[object]:
        state: State = replace(blank(LANE), staff=person)
        return self.link.turn(state, self.now())


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[Lane]:
    till = Lane(tmp_path)
    till.connect()
    till.all_answered()
    yield till
    till.prices.close()


def test_whoever_left_is_gone_from_the_lane_as_soon_as_the_store_says_so(lane: Lane) -> None:
    assert [one.id for one in lane.prices.staff()] == ["u1", "u2"]
    lane.shop.staff = (EVA,)
    lane.is_told()
    assert lane.prices.staff() == (StaffMember("u1", "Eva", "manager", "h1", "B1"),)


@pytest.mark.parametrize("now", [(EVA,), (EVA, replace(BO, role="supervisor"))])
def test_whoever_is_signed_in_and_left_or_is_something_else_now_is_signed_out_once(
    lane: Lane, now: tuple[asking.StaffEntry, ...]
) -> None:
    bo = Staff("u2", "Bo", "cashier", 0)
    assert lane.says_with(bo) == [] and lane.says_with(None) == []
    lane.shop.staff = now
    lane.is_told()
    assert lane.says_with(bo) == [StaffSignedOut()] and lane.says_with(Staff("u1", "Eva", "manager", 0)) == []
    signed_in, _ = step(blank(LANE), StaffSignedIn(at=lane.now(), staff="u2", name="Bo", role="cashier"))
    assert signed_in.staff is not None
    out, _ = step(signed_in, StaffSignedOut(at=lane.now()))
    assert out.staff is None and lane.says_with(out.staff) == []
