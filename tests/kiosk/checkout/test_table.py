"""Every phase and every event type: handled, or ignored with a reason. And nobody moves the lane unannounced."""

import typing
from pathlib import Path

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from shopping import BREAD, LANE, WATER, WINE, Checkout, record

from kiosk.checkout import chart
from kiosk.checkout import events as e
from kiosk.checkout.lane import BaggingLimits
from kiosk.checkout.machine import deadline_ms, step
from kiosk.checkout.questions import ItemAnswer, ItemAsk
from kiosk.checkout.settings import Settings
from kiosk.checkout.state import Phase, State
from kiosk.checkout.table import MOVES, TABLE, Ignored
from kiosk.values.quantity import Weight

EVENTS = typing.get_args(e.Event)


def test_every_cell_is_decided() -> None:
    missing = [(p.value, kind.__name__) for p in Phase for kind in EVENTS if (p, kind) not in TABLE]
    assert missing == []
    assert len(TABLE) == len(Phase) * len(EVENTS)


def test_every_ignored_cell_says_why() -> None:
    assert all(len(cell.why) > 10 for cell in TABLE.values() if isinstance(cell, Ignored))


def test_the_chart_in_the_readme_is_the_table() -> None:
    readme = Path(chart.__file__).with_name("README.md").read_text()
    assert chart.drawn_into(readme) == readme
    assert "scanning --> card: CardChosen, PayPressed" in readme


BAGGING = replace(LANE, bagging=BaggingLimits())
_ATTEMPTS = st.sampled_from([f"k01-00000{s}-{n}" for s in (1, 2) for n in (1, 2, 3)])
_ANY_EVENT = st.one_of(
    st.sampled_from([
        e.Restarted(lane=LANE), e.Stored(), e.TimePassed(), e.DiskLow(), e.DiskFine(), e.Touched(), e.StartPressed(),
        e.LanguageChosen(language="en"), e.LanguageChosen(language="xx"), e.ItemUnknown(text="?"), e.PromptClosed(),
        e.ItemUnknown(text="4011", ask=ItemAsk(keys=("4011",))),
        e.QuestionUnanswered(id="k01-000001-q1", why="refused"),
        e.QuestionAnswered(id="k01-000001-q1", answer=ItemAnswer(item=BREAD)),
        e.CouponScanned(code="KC-1", offer="ten", name="10 off"),
        e.PayPressed(), e.PayPressed(), e.PayPressed(), e.CardChosen(), e.BackPressed(), e.CancelPressed(),
        e.BasketSaved(), e.HelpCalled(), e.HelpExplained(about="price"),
        e.HelpDismissed(), e.StillHere(), e.MoreTimeAsked(), e.ShoppingStopped(), e.DonePressed(), e.StaffRefused(),
        e.SettingsChosen(settings=Settings(large_text=True)),
        e.StaffSignedIn(staff="u1", name="Alex", role="cashier"), e.StaffSignedOut(), e.AgeApproved(), e.AgeRefused(),
        e.HelpSeen(name="Alex"), e.HelpCleared(), e.LaneClosed(), e.LaneOpened(), e.SequenceSeen(sequence=3),
        e.PriceBookChanged(version="2"), e.LinkChanged(up=False), e.PaperChanged(paper="out"),
        e.PaperChanged(paper="ok"), e.HeadphonesMoved(plugged=True), e.HeadphonesMoved(plugged=False),
        e.DeviceLost(device="scanner"), e.DeviceFound(device="scanner"), e.DeviceLost(device="card_terminal"),
        e.DeviceFound(device="card_terminal"), e.DrawerMoved(open=True), e.QuantityChanged(line=1, count=2),
        e.WeightShown(grams=500, stable=True), e.WeightShown(grams=0, stable=True), e.WeighingLeft(),
        e.WeighingAccepted(gross_g=500), e.WeighedAgain(line=1),
        e.PriceCheckOpened(), e.PriceCheckClosed(), e.PriceCheckBought(),
        e.ItemAllowed(), e.ItemDenied(), e.ItemKeyed(item=BREAD),
        e.LineVoided(line=1), e.LineVoided(line=2), e.BasketRecalled(code="7QF2"), e.ReprintAsked(job="?"),
        *[e.ReceiptChosen(kind=k) for k in ("print", "qr", "none", "staff")],
    ]),
    st.sampled_from([e.ItemFound(item=i) for i in (BREAD, WATER, WINE)]),
    st.sampled_from([e.Restarted(lane=BAGGING), e.OwnBagPlaced(), e.BaggingSkipped(), e.BagMoved(), e.BagAccepted()]),
    st.builds(lambda g: e.BagWeightSeen(weight=Weight(g)), st.integers(-100, 5_000)),
    st.builds(lambda a: e.CardReady(attempt=a, baseline="b"), _ATTEMPTS),
    st.builds(lambda a: e.CardRefused(attempt=a, why="busy"), _ATTEMPTS),
    st.builds(lambda a: e.CardApproved(attempt=a, record=record(3290), message=1), _ATTEMPTS),
    st.builds(lambda a: e.CardCompleted(attempt=a, record=record(3290), message=2), _ATTEMPTS),
    st.builds(lambda a: e.CardDeclined(attempt=a, why="declined"), _ATTEMPTS),
    st.builds(lambda a: e.CardInDoubt(attempt=a, why="cut"), _ATTEMPTS),
    st.builds(lambda a: e.CardNotCharged(attempt=a, evidence="equal"), _ATTEMPTS),
    st.builds(lambda a: e.CardUnknown(attempt=a, evidence="silent"), _ATTEMPTS),
    st.builds(lambda a, p: e.DoubtSettled(attempt=a, paid=p, evidence="0175"), _ATTEMPTS, st.booleans()),
    st.builds(lambda a: e.CardReversed(attempt=a, done=True), _ATTEMPTS),
    st.builds(lambda a: e.RefundApproved(attempt=a, record=record(3290), message=1), _ATTEMPTS),
    st.builds(lambda a: e.CardRefunded(attempt=a, record=record(3290), message=2), _ATTEMPTS),
    st.builds(lambda a: e.RefundDeclined(attempt=a, why="declined"), _ATTEMPTS),
    st.builds(lambda a: e.RefundInDoubt(attempt=a, why="cut"), _ATTEMPTS),
    st.builds(lambda a: e.RefundUnknown(attempt=a, evidence="silent"), _ATTEMPTS),
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.tuples(_ANY_EVENT, st.integers(0, 40_000)), max_size=60))
def test_any_history_keeps_the_rules(history: list[tuple[e.Event, int]]) -> None:
    """Random histories: only announced moves, no deadline left in the past, money adds up, replay agrees."""
    shop = Checkout()
    told: list[e.Event] = []
    for event, ms in history:
        before = shop.state
        shop.tick_ms += ms
        due = deadline_ms(before)
        events = [e.TimePassed(), event] if due is not None and due <= shop.tick_ms else [event]
        for each in events:
            was = shop.state.phase
            cell = TABLE[was, type(each)]
            told.append(replace(each, at=shop.now()))
            shop.tell(each)
            _check_move(was, shop.state, cell)
            if isinstance(each, e.TimePassed):
                left = deadline_ms(shop.state)
                assert left is None or left > shop.tick_ms
    for sale in {effect.sale.key: effect.sale for effect in shop.effects if hasattr(effect, "sale")}.values():
        paid = sum(t.amount_minor for t in sale.tenders)
        assert sale.kind == "void" or paid == sale.totals.due_minor
    _check_replay(shop.state, told)


def _check_move(was: Phase, state: State, cell: object) -> None:
    allowed = {was, *MOVES.get(cell, ())}  # type: ignore[call-overload]
    if Phase.WELCOME in allowed or Phase.CLOSED in allowed:
        allowed |= {Phase.WELCOME, Phase.CLOSED}
    assert state.phase in allowed, f"{cell} moved {was} to {state.phase}"


def _check_replay(state: State, told: list[e.Event]) -> None:
    """The journal's own codec, and the same history again, give the same state."""
    again = Checkout().state
    decoder = msgspec.json.Decoder(e.Event)
    for event in told:
        again, _ = step(again, decoder.decode(msgspec.json.encode(event)))
    assert again == state
    assert msgspec.json.decode(msgspec.json.encode(state), type=State) == state
