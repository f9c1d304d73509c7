"""A refund from the checkout's words to the terminal's bytes and back: hands, driver, simulated terminal, gate.

Whatever becomes of it, no word of a charge comes back: the checkout would reverse a charge that it does not know.
"""

from collections.abc import Callable
from typing import Any

import pytest

from drivers.card_terminal.zvt.driver import Settings, make_simulated
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from kiosk.app.counter import Counter
from kiosk.app.gate import Gate
from kiosk.app.hands import Hands
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.values.moment import Moment
from kiosk.values.money import Money

NOTHING: Any = None
AMOUNT = Money(1_250)
WORDS_OF_CHARGES = (e.CardApproved, e.CardCompleted, e.CardDeclined, e.CardInDoubt, e.CardNotCharged, e.CardUnknown)


class Lane:
    """Hands and gate around one terminal, and a checkout that keeps and acknowledges everything."""

    def __init__(self, *, terminal: bool = True) -> None:
        device, self.terminal = make_simulated("card_terminal", Settings(currency="EUR", port="socket://terminal"))
        self._counter = Counter([device] if terminal else [], Gate(NOTHING, NOTHING, NOTHING))
        self._hands = Hands(NOTHING, self._counter, NOTHING, lambda beep, now: None)
        self._tick_ms = 1_000
        self.heard: list[e.Event] = []

    def orders(self, effect: f.Effect) -> None:
        for event in self._hands.perform(effect, self._now):
            self._keep(event)

    @property
    def _now(self) -> Moment:
        return Moment(0, self._tick_ms, "2026-11-24")

    def _keep(self, event: Any) -> None:
        self.heard.append(event)
        if getattr(event, "message", 0):
            self.orders(f.AcknowledgeCard(event.attempt, event.message))
        if isinstance(event, e.RefundInDoubt):
            self.orders(f.EnquireRefund("r1", AMOUNT, self.baseline))

    @property
    def baseline(self) -> str:
        return next(event.baseline for event in self.heard if isinstance(event, e.CardReady))

    def until(self, *kinds: type[e.Event]) -> e.Event:
        for _ in range(2_000):
            for event in self._counter.service(self._now):
                self._keep(event)
            found = [event for event in self.heard if isinstance(event, kinds)]
            if found:
                return found[-1]
            if self.terminal.wants == "card":
                self.terminal.tap_card()
            self._tick_ms = max(self._tick_ms, min(self._counter.deadline_ms() or 0, self._tick_ms + 1_000))
        raise AssertionError(f"nothing of {kinds}: {self.heard}")

    def refund(self) -> Any:
        self.orders(f.PrepareCard("r1"))
        self.until(e.CardReady)
        self.orders(f.RefundCard("r1", AMOUNT, self.baseline))
        return self.until(e.CardRefunded, e.RefundDeclined, e.RefundUnknown)


def test_a_refund_is_approved_kept_and_given() -> None:
    lane = Lane()
    refunded = lane.refund()
    assert isinstance(refunded, e.CardRefunded)
    assert (refunded.attempt, refunded.record.amount, refunded.record.scheme) == ("r1", AMOUNT, "Visa")
    approved = next(event for event in lane.heard if isinstance(event, e.RefundApproved))
    assert 0 < approved.message < refunded.message
    assert [event.slip for event in lane.heard if isinstance(event, e.CardSlip)] == ["merchant", "customer"]
    assert [entry.amount_minor for entry in lane.terminal.journal.refunds] == [1_250]
    assert not any(isinstance(event, WORDS_OF_CHARGES) for event in lane.heard)


def declined(terminal: ZvtSimulator) -> None:
    terminal.decline_next()


def cut_and_kept(terminal: ZvtSimulator) -> None:
    terminal.faults.cut = Cut(9)


def cut_and_taken_back(terminal: ZvtSimulator) -> None:
    terminal.faults.cut, terminal.faults.on_loss = Cut(9), "reverse"


def cut_before(terminal: ZvtSimulator) -> None:
    terminal.faults.cut, terminal.faults.on_loss = Cut(1, delivered=False), "reverse"


def cut_and_hidden(terminal: ZvtSimulator) -> None:
    terminal.faults.cut, terminal.faults.repeat = Cut(9), "silent"


@pytest.mark.parametrize(
    ("happens", "kind", "why", "given"),
    [
        (declined, e.RefundDeclined, "declined", 0),
        (cut_and_kept, e.CardRefunded, "", 1),
        (cut_and_taken_back, e.RefundDeclined, "not_given", 0),
        (cut_before, e.RefundDeclined, "not_given", 0),
        (cut_and_hidden, e.RefundUnknown, "", 1),
    ],
)
def test_what_becomes_of_a_refund_is_told_in_its_own_words(
    happens: Callable[[ZvtSimulator], None], kind: type, why: str, given: int
) -> None:
    lane = Lane()
    happens(lane.terminal)
    outcome = lane.refund()
    assert isinstance(outcome, kind)
    assert getattr(outcome, "why", "") == why
    assert len(lane.terminal.journal.refunds) == given
    assert not any(isinstance(event, WORDS_OF_CHARGES) for event in lane.heard)


def test_a_lane_without_a_terminal_gives_nothing_and_says_so() -> None:
    lane = Lane(terminal=False)
    lane.orders(f.RefundCard("r1", AMOUNT, ""))
    lane.orders(f.EnquireRefund("r1", AMOUNT, ""))
    assert [type(event) for event in lane.heard] == [e.CardRefused, e.RefundUnknown]
