"""What staff see at the console before they answer a lane from afar: the goods, the limit, the weights, the look."""

from msgspec import UNSET
from msgspec.structs import replace
from shopping import BREAD, LANE, WINE, Checkout

from kiosk.app.announce import lane_state
from kiosk.checkout import events as e
from kiosk.checkout.look import Look
from kiosk.checkout.notice import Intervention
from kiosk.checkout.shelf import Move, Shelf
from kiosk.checkout.state import State
from kiosk.wire.messages import NeedGoods, NeedShown


def _needs(state: State) -> list[NeedShown]:
    return [need.shown for need in lane_state(state).staff_needed if isinstance(need.shown, NeedShown)]


def _waiting(state: State, reason: str) -> State:
    call = Intervention(reason=reason, opened_utc_ms=0, since_tick=0)  # type: ignore[arg-type]  # one of them
    return replace(state, interventions=(call,))


def test_an_age_shows_what_has_a_limit_and_which() -> None:
    shop = Checkout(LANE).tell(e.ItemFound(item=BREAD), e.ItemFound(item=WINE), e.ItemFound(item=WINE))
    (shown,) = _needs(_waiting(shop.state, "age"))
    assert shown.goods == (NeedGoods(gtin=WINE.gtin, name=WINE.name, age_limit=WINE.age_limit),)
    assert shown.age_limit == WINE.age_limit > 0


def test_the_bagging_area_shows_what_it_weighs_and_should_weigh() -> None:
    shop = Checkout(LANE).tell(e.ItemFound(item=BREAD))
    shelf = Shelf(known=True, seen_g=130, settled_g=100, kind="place", moves=(Move(1, 412_000, 5_000, item=BREAD),))
    (shown,) = _needs(_waiting(replace(shop.state, shelf=shelf), "bag"))
    assert (shown.expected_g, shown.seen_g, shown.found) == (512, 130, "place")
    assert [one.name for one in shown.goods] == [BREAD.name]


def test_a_look_shows_how_far_it_is_and_what_the_basket_has_not() -> None:
    shop = Checkout(LANE).tell(e.ItemFound(item=BREAD), e.ItemFound(item=BREAD))
    look = Look(stage="full", seen=(BREAD.gtin,), extra=(e.ItemFound(at=shop.state.seen, item=WINE),))
    (shown,) = _needs(_waiting(replace(shop.state, look=look), "audit"))
    assert (shown.scanned, shown.not_scanned, shown.found) == (1, 1, "differs")
    assert [one.name for one in shown.goods] == [WINE.name]


def test_a_call_for_help_shows_nothing_more_and_says_who_is_on_their_way() -> None:
    shop = Checkout(LANE).tell(e.HelpCalled(), e.HelpSeen(name="Anna"))
    (need,) = lane_state(shop.state).staff_needed
    assert need.shown is UNSET and need.seen_by == "Anna"
