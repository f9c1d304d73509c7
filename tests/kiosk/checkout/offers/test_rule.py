"""The rule against brute force, and its laws."""

from random import Random

from brute_force import best_savings
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.checkout.offers.goods import Good, Shopper
from kiosk.checkout.offers.offer import Coupon, Offer, Offered, saving
from kiosk.checkout.offers.rule import settle

IDS = ("a", "b", "c")


def an_offer(dice: Random, id: str) -> Offer:
    """Any bundle that a shop may ask for, small enough to be tried by hand."""
    gives = dice.choice(("free", "price", "percent", "amount"))
    need = dice.choice(((1,), (2,), (3,), (1, 1), (1, 2), (1, 1, 1)))
    if gives == "free" and sum(need) == 1:
        gives = "price"
    whole = gives == "amount" and dice.random() < 0.4
    values = {"free": (1, max(1, sum(need) - 1)), "price": (0, 60), "amount": (1, 40), "percent": (1, 10_000)}
    return Offer(
        id=id,
        name=id,
        gives=gives,
        value=dice.randint(*values[gives]),
        need=(1,) if whole else need,
        same=len(need) == 1 and dice.random() < 0.4,
        whole=whole,
        spend_minor=dice.randint(0, 60) if whole else 0,
        priority=dice.randint(0, 1),
        excludes=("a",) if id != "a" and dice.random() < 0.3 else (),
        members=dice.random() < 0.2,
        coupon=dice.random() < 0.25,
        limit=dice.choice((0, 0, 1, 2)),
    )


def a_basket(dice: Random) -> tuple[list[Good], Shopper]:
    """Up to five things, up to three offers, a shopper."""
    shop = [an_offer(dice, id) for id in IDS[: dice.randint(1, 3)]]
    goods: list[Good] = []
    room = dice.randint(1, 5)
    while room:
        weighed = dice.random() < 0.15
        count = 1 if weighed else dice.randint(1, min(3, room))
        room -= count
        offered = (Offered(o, _places(dice, o)) for o in shop if o.whole or dice.random() < 0.8)
        goods.append(
            Good(
                line=len(goods) + 1,
                product=dice.choice("xyz"),
                price_minor=dice.randint(1, 50),
                count=count,
                weight_g=dice.randint(1, 2_000) if weighed else None,
                offers=tuple(offered),
            )
        )
    coupons = tuple(Coupon(str(n), dice.choice(IDS)) for n in range(dice.randint(0, 2)))
    return goods, Shopper(dice.choice(("", "m1")), (), coupons)


def _places(dice: Random, offer: Offer) -> tuple[int, ...]:
    return tuple(sorted(dice.sample(range(len(offer.need)), dice.randint(1, min(2, len(offer.need))))))


BASKETS = st.integers(0, 2**48).map(lambda seed: a_basket(Random(seed)))
"""One number a basket: drawing every field through hypothesis takes ten times as long as settling it."""


@settings(max_examples=2_500)
@given(BASKETS)
def test_no_other_combination_saves_more(basket: tuple[list[Good], Shopper]) -> None:
    assert sum(saved.minor for saved in settle(*basket)) == best_savings(*basket)


@settings(max_examples=300)
@given(BASKETS)
def test_no_line_goes_below_zero_and_the_same_basket_always_saves_the_same(
    basket: tuple[list[Good], Shopper],
) -> None:
    goods, shopper = basket
    found = settle(goods, shopper)
    assert found == settle(list(goods), shopper)
    for good in goods:
        taken = sum(saved.minor for saved in found if saved.line == good.line)
        assert 0 <= taken <= good.price_minor * good.count
    assert all(saved.minor > 0 for saved in found)


def test_the_best_is_found_among_forty_products() -> None:
    """Half price on three things, a fifth off everything: half is for the three dearest, and the lines add up so."""
    half = Offer(id="half", name="", gives="percent", value=5_000, limit=3)
    fifth = Offer(id="fifth", name="", gives="percent", value=2_000)
    goods = [Good(n, f"p{n}", 100 * (n * 7 % 41 + 1), offers=(Offered(half), Offered(fifth))) for n in range(1, 41)]
    prices = sorted(good.price_minor for good in goods)
    saved = settle(goods, Shopper())
    assert sum(one.minor for one in saved) == sum(prices[-3:]) // 2 + sum(prices[:-3]) // 5
    assert {goods[one.line - 1].price_minor for one in saved if one.offer == half} == set(prices[-3:])


def test_what_is_left_of_three_for_two_still_has_its_fifth_off() -> None:
    """Five equal things: three of them make a bundle, and the two beside it are each a fifth cheaper."""
    three = Offer(id="three", name="", gives="free", value=1, need=(3,))
    fifth = Offer(id="fifth", name="", gives="percent", value=2_000)
    goods = [Good(1, "p", 1_000, count=5, offers=(Offered(three), Offered(fifth)))]
    assert {(one.offer.id, one.minor) for one in settle(goods, Shopper())} == {("three", 1_000), ("fifth", 400)}


def test_a_bundle_never_saves_more_than_it_costs() -> None:
    assert saving(Offer(id="a", name="", gives="amount", value=500), (300,)) == 300
    assert saving(Offer(id="a", name="", gives="price", value=500), (300,)) == 0
