"""Whatever happens, in whatever order: nothing raises, no money is made or lost, and there is always a way out."""

from random import Random

import msgspec
import pytest
from msgspec.structs import replace
from shopping import BREAD, LANE, Checkout
from whims import BUSY, EVENTS, whim

from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import deadline_ms, step
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.questions import holds
from kiosk.checkout.sale import Sale
from kiosk.checkout.state import Phase, State
from kiosk.values.quantity import Weight

SEEDS, COUNTERS, LENGTH = 40, 32, 120
_DEVICES = ("scanner", "card_terminal", "pos_printer", "scale", "bagging_scale")
_ALEX = e.StaffSignedIn(staff="u7", name="Alex", role="manager")
_LEAVING = (e.ShoppingStopped(), e.ReceiptChosen(kind="none"), e.DonePressed())


def _end_of(attempt: str) -> tuple[e.Event, ...]:
    """A terminal that cannot tell, and staff who look into its journal."""
    return (
        e.Stored(), e.SignatureChecked(attempt=attempt, right=True), e.Stored(),
        e.CardRefused(attempt=attempt, why="busy"), e.CardInDoubt(attempt=attempt, why="cut"),
        e.CardUnknown(attempt=attempt, evidence="silent"),
        e.DoubtSettled(attempt=attempt, paid=False, evidence="0175"),
        e.RefundInDoubt(attempt=attempt, why="cut"), e.RefundUnknown(attempt=attempt, evidence="silent"),
        e.RefundSettled(attempt=attempt, given=False, evidence="0175"), e.Stored(),
    )  # fmt: skip


class History:
    """One lane, everything that it was told, and what the world would hold against it."""

    def __init__(self, seed: int, lane: Lane, counter: bool = False) -> None:
        self.counter = counter
        self.chance = Random(seed)
        self.shop = Checkout()
        self.told: list[e.Event] = []
        self.kinds: set[type] = set()
        self.tell(e.Restarted(lane=lane, genesis="0" * 64))

    def tell(self, event: e.Event, again: bool = False) -> None:
        """One event, with the time that is due before it."""
        due = deadline_ms(self.shop.state)
        if due is not None and due <= self.shop.tick_ms and not isinstance(event, e.TimePassed):
            self.tell(e.TimePassed())
        self.told.append(replace(event, at=self.shop.now()))
        self.kinds.add(type(event))
        self.shop.tell(event)
        left = deadline_ms(self.shop.state)
        if isinstance(event, e.TimePassed) and left is not None and left <= self.shop.tick_ms:
            assert not again, "a deadline is left in the past"
            self.tell(e.TimePassed(), again=True)  # a visit that time has ended frees what waited for its end

    def live(self, length: int) -> None:
        """Chance."""
        for _ in range(length):
            self.shop.tick_ms += self.chance.choice((0, 1, 500, 5_000, 40_000))
            self.tell(whim(self.chance, self.shop.state, self.counter))

    def calm(self) -> None:
        """Everything is mended, staff decide what only they can, a shopper who asked for time leaves, and it passes."""
        mended = (*(e.DeviceFound(device=device) for device in _DEVICES), e.DiskFine(), e.PaperChanged(paper="ok"))
        for event in (*mended, e.BagWeightSeen(weight=Weight(0)), _ALEX, e.StaffSignedOut()):
            self.tell(event)
        self._pass(10 * 60_000)
        self.tell(_ALEX)
        payment = self.shop.state.payment
        for event in _end_of(payment.attempt) if payment is not None else ():
            self.tell(event)
        for event in (
            e.ReturnConfirmed(cash=True),
            e.Stored(),
            e.HelpCleared(),
            e.AgeRefused(),
            e.BagAccepted(),
            e.LaneOpened(),
            e.StaffSignedOut(),
            *_LEAVING,
        ):
            self.tell(event)
        self._pass(60 * 60_000)

    def sales(self) -> list[Sale]:
        """Everything that was sealed, in order."""
        return [effect.sale for effect in self.shop.of(f.RecordSale)]

    def _pass(self, ms: int) -> None:
        until = self.shop.tick_ms + ms
        while (due := deadline_ms(self.shop.state)) is not None and due <= until:
            self.shop.tick_ms = max(self.shop.tick_ms, due)
            self.tell(e.TimePassed())
            payment = self.shop.state.payment
            if payment is not None and payment.stage == "closing":  # a cash machine is asked, and answers or does not
                self.tell(e.CashRefused(attempt=payment.attempt, why="no answer"))
        self.shop.tick_ms = until


@pytest.fixture(scope="module")
def histories() -> list[History]:
    """Told once, looked at from all sides."""
    seeds = range(SEEDS + COUNTERS)
    told = [History(seed, BUSY if seed % 2 else LANE, counter=seed >= SEEDS) for seed in seeds]
    for history in told:
        history.live(LENGTH)
    return told


def test_every_kind_of_event_happens(histories: list[History]) -> None:
    assert set(EVENTS) == set().union(*(history.kinds for history in histories))


def test_many_of_the_histories_sell(histories: list[History]) -> None:
    """Otherwise the rules below would be about nothing."""
    assert sum(sale.kind == "sale" for history in histories for sale in history.sales()) > SEEDS / 2
    assert sum(sale.kind == "return" for history in histories for sale in history.sales()) > COUNTERS / 3


def test_sales_follow_each_other_without_gap_and_are_paid_to_the_unit(histories: list[History]) -> None:
    for history in histories:
        last = ""
        for sale in history.sales():
            assert sale.chain.previous == (last or sale.chain.previous)
            last = sale.chain.hash
            assert sale.kind == "void" or sum(tender.amount_minor for tender in sale.tenders) == sale.to_pay_minor


def test_nothing_is_charged_and_nothing_pays_twice(histories: list[History]) -> None:
    for history in histories:
        ordered = [effect.attempt for effect in history.shop.of(f.AuthorizeCard)]
        assert len(ordered) == len(set(ordered))
        paid = [tender.attempt for sale in history.sales() for tender in sale.tenders]
        assert len(paid) == len(set(paid))


def test_nothing_is_given_to_a_card_twice_and_what_was_given_is_in_a_return_or_in_hand(
    histories: list[History],
) -> None:
    given = 0
    for history in histories:
        ordered = [effect.attempt for effect in history.shop.of(f.RefundCard)]
        assert len(ordered) == len(set(ordered))
        told = {event.attempt for event in history.told if isinstance(event, e.CardRefunded)} & set(ordered)
        back = {tender.attempt for sale in history.sales() for tender in sale.tenders if sale.kind == "return"}
        state = history.shop.state
        in_hand = {tender.attempt for tender in state.refund.tenders} if state.refund is not None else set()
        in_hand |= {state.payment.attempt} if state.payment is not None else set()
        in_hand |= {t.attempt for t in state.signing.sale.tenders} if state.signing is not None else set()
        spoken_of = {i.detail for i in state.interventions if i.reason == "refund"}
        assert told <= back | in_hand | spoken_of
        given += len(told & back)
    assert given > 0


def test_every_charge_is_a_tender_or_given_back_or_in_hand(histories: list[History]) -> None:
    for history in histories:
        ordered = {effect.attempt for effect in history.shop.of(f.AuthorizeCard)}
        charged = {event.attempt for event in history.told if isinstance(event, e.CardCompleted)} & ordered
        paid = {tender.attempt for sale in history.sales() for tender in sale.tenders}
        given_back = {effect.attempt for effect in history.shop.of(f.ReverseCard)}
        payment = history.shop.state.payment
        in_hand = {payment.attempt} if payment is not None and payment.stage != "declined" else set()
        baskets = (history.shop.state.basket, *(kept.basket for kept in history.shop.state.parked))
        in_hand |= {taken.tender.attempt for basket in baskets for taken in basket.taken}
        signing = history.shop.state.signing
        in_hand |= {tender.attempt for tender in signing.sale.tenders} if signing is not None else set()
        assert charged <= paid | given_back | in_hand


def test_a_card_is_loaded_by_one_sale_and_what_was_kept_for_it_is_sold_let_go_or_in_hand(
    histories: list[History],
) -> None:
    loaded = 0
    for history in histories:
        asked = {effect.id for effect in history.shop.of(f.AskStore) if getattr(effect.question, "load_minor", 0)}
        sold = [load.hold for sale in history.sales() for load in sale.loads or ()]
        let_go = {one.data["id"] for one in history.shop.of(f.PublishEvent) if one.kind == "hold.released"}
        baskets = (history.shop.state.basket, *(kept.basket for kept in history.shop.state.parked))
        in_hand = {line.load for basket in baskets for line in basket.loads}
        in_hand |= {one.id for one in history.shop.state.asked}
        signing = history.shop.state.signing
        in_hand |= {load.hold for load in signing.sale.loads or ()} if signing is not None else set()
        assert len(sold) == len(set(sold)) and not set(sold) & let_go
        answered = {event.id for event in history.told if isinstance(event, e.QuestionAnswered)} & asked
        assert answered <= {*sold} | let_go | in_hand | _refused(history)
        loaded += len(sold)
    assert loaded > 0


def _refused(history: History) -> set[str]:
    """Questions whose first answer kept nothing."""
    first: dict[str, bool] = {}
    for event in history.told:
        if isinstance(event, e.QuestionAnswered):
            first.setdefault(event.id, not holds(event.answer))
    return {id_ for id_, nothing in first.items() if nothing}


def test_reports_are_numbered_without_gap(histories: list[History]) -> None:
    for history in histories:
        last = 0
        for report in history.shop.of(f.PublishEvent):
            if report.kind == "segment.begun":  # above all that the machine before may have said
                last = max(last, report.n - 1)
            assert report.n == last + 1
            last = report.n


def test_the_journal_tells_every_history_again(histories: list[History]) -> None:
    decoder = msgspec.json.Decoder(e.Event)
    for history in histories[::4]:
        again = Checkout().state
        for event in history.told:
            again, _ = step(again, decoder.decode(msgspec.json.encode(event)))
        assert again == history.shop.state
        assert msgspec.json.decode(msgspec.json.encode(again), type=State) == again


def test_after_a_calm_every_lane_is_free_for_the_next_shopper(histories: list[History]) -> None:
    for history in histories:
        history.calm()
        assert is_between_visits(history.shop.state), f"{history.shop.state.phase}: no way out"
        history.tell(e.ItemFound(item=BREAD))
        assert history.shop.state.phase is Phase.SCANNING


def test_the_thousandth_line_is_told_that_the_basket_is_full_and_the_999_are_sold() -> None:
    shop = Checkout()
    shop.tell(*(e.ItemFound(item=replace(BREAD, gtin=str(n))) for n in range(1_000)))
    assert (len(shop.state.basket.lines), shop.state.notice) == (999, Notice("full"))
    (sale,) = [effect.sale for effect in shop.pay_card().of(f.RecordSale)]
    assert (len(sale.lines), sale.totals.due_minor) == (999, 999 * BREAD.price.minor)
