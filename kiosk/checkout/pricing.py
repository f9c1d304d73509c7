"""Pricing: what the lines of a basket cost. Totals are worked out, never kept.

Shelf prices are gross, so goods amounts contain their tax, except where the jurisdiction adds it on top of the sum
(`Item.tax_on_top`). The deposit of a container stands beside the goods; whether it bears tax the item says. What offers
take off is settled for the basket as a whole (`offers.rule`) and taxed off the lines that saved it; what staff take off
comes after it (`markdown`).
"""

from collections.abc import Iterator

import msgspec

from kiosk.checkout.basket import Basket, Line
from kiosk.checkout.markdown import markdowns
from kiosk.checkout.offers.goods import Good, Shopper
from kiosk.checkout.offers.offer import Coupon, Offer
from kiosk.checkout.offers.rule import Saved, settle
from kiosk.checkout.sale import Discount, TaxTotal
from kiosk.values.money import ZERO, Money, total
from kiosk.values.quantity import Weight, price_of_weight
from kiosk.values.tax import added_totals, tax_totals


class Totals(msgspec.Struct, frozen=True):
    """Sums of a basket: goods (discounts taken off) + deposit + what tax is added on top = due."""

    goods: Money
    deposit: Money
    due: Money
    tax: tuple[TaxTotal, ...]
    added_tax: Money | None = None
    """The whole tax where it comes on top of the prices; None: it is inside them."""
    saved: Money = ZERO
    """What offers and staff took off the goods."""

    @property
    def shelf(self) -> Money:
        """The goods before anything was taken off."""
        return self.goods + self.saved


def line_amount(line: Line) -> Money:
    """The line's price without deposit: count times price, or weight times price per kilogram; a scale's own sum."""
    if line.amount is not None:
        return line.amount
    if line.weight_g is not None:
        return price_of_weight(line.item.price, Weight(line.weight_g))
    return line.item.price * line.count


def line_deposit(line: Line) -> Money:
    """The line's deposit: one per container."""
    return line.item.deposit * line.count


def line_total(line: Line) -> Money:
    """What the slip shows at the line's right: goods and deposit together."""
    return line_amount(line) + line_deposit(line)


def count_items(basket: Basket) -> int:
    """How many things are in the basket, gift cards among them; a weighed line is one thing."""
    return sum(line.count for line in basket.lines)


class _Latest:
    """The basket that was settled last: one state is asked many times, by the slip, the sum and the store's view."""

    basket: Basket | None = None
    found: tuple[Saved, ...] = ()
    priced: Basket | None = None
    due = ZERO


def savings(basket: Basket) -> tuple[Saved, ...]:
    """What offers take off each line, by line."""
    if _Latest.basket is not basket:
        _Latest.found = _settled(basket) if any(line.item.offers for line in basket.goods) else ()
        _Latest.basket = basket
    return _Latest.found


def _settled(basket: Basket) -> tuple[Saved, ...]:
    return settle([_good(line) for line in basket.goods], _shopper(basket, basket.coupons))


def _shopper(basket: Basket, coupons: tuple[Coupon, ...]) -> Shopper:
    return Shopper("", (), coupons) if basket.late else Shopper(basket.customer, basket.groups, coupons)


def _good(line: Line) -> Good:
    weighed = line.weight_g is not None
    price = line_amount(line) if weighed else line.item.price
    return Good(line.line, line.item.gtin, price.minor, line.count, line.weight_g, line.item.offers)


def saved_by_offer(basket: Basket) -> tuple[tuple[Offer, Money], ...]:
    """What each offer takes off the basket, in the order in which the lines meet them."""
    sums: dict[str, tuple[Offer, int]] = {}
    for one in savings(basket):
        offer, minor = sums.get(one.offer.id, (one.offer, 0))
        sums[offer.id] = offer, minor + one.minor
    return tuple((offer, Money(minor)) for offer, minor in sums.values())


def discounts(basket: Basket, language: str) -> dict[int, tuple[Discount, ...]]:
    """The same as the sale's record has it: by line number; amounts are negative."""
    codes = _codes_used(basket)
    found: dict[int, tuple[Discount, ...]] = {}
    for one in savings(basket):
        code = codes.get(one.offer.id, "") if one.offer.coupon else ""
        taken = Discount(one.offer.id, -one.minor, one.offer.name_in(language), code)
        found[one.line] = (*found.get(one.line, ()), taken)
    for number, marked in by_staff(basket).items():
        found[number] = (*found.get(number, ()), *marked)
    return found


def _codes_used(basket: Basket) -> dict[str, str]:
    """The coupons that each offer took, by its id. One without which nothing less is saved was not needed."""
    by_offer: dict[str, list[str]] = {}
    for coupon in _coupons_used(basket):
        by_offer.setdefault(coupon.offer, []).append(coupon.code)
    return {offer: " ".join(codes) for offer, codes in by_offer.items()}


def _coupons_used(basket: Basket) -> tuple[Coupon, ...]:
    offers = [coupon.offer for coupon in basket.coupons]
    if len(set(offers)) == len(offers):
        return basket.coupons
    goods, best = [_good(line) for line in basket.goods], sum(one.minor for one in savings(basket))
    used = basket.coupons
    for coupon in reversed(basket.coupons):
        fewer = tuple(other for other in used if other != coupon)
        shopper = _shopper(basket, fewer)
        if sum(one.minor for one in settle(goods, shopper)) == best:
            used = fewer
    return used


def by_staff(basket: Basket) -> dict[int, tuple[Discount, ...]]:
    """What staff take off each line, after the offers; amounts are negative."""
    if basket.markdown is None and all(line.markdown is None for line in basket.goods):
        return {}
    off = _by_offers(basket)
    left = [line_amount(line) - off.get(line.line, ZERO) for line in basket.goods]
    marked = zip(basket.goods, markdowns(basket, left), strict=True)
    return {line.line: found for line, found in marked if found}


def saved_by_staff(basket: Basket) -> Money:
    """The same in all."""
    return Money(-sum(one.amount_minor for found in by_staff(basket).values() for one in found))


def _by_offers(basket: Basket) -> dict[int, Money]:
    off: dict[int, Money] = {}
    for one in savings(basket):
        off[one.line] = off.get(one.line, ZERO) + Money(one.minor)
    return off


def due(basket: Basket) -> Money:
    """What the basket costs; `totals` without the tax, which the screen of scanning does not show if it is inside."""
    if _Latest.priced is not basket:
        _Latest.due = _due(basket)
        _Latest.priced = basket
    return _Latest.due


def _due(basket: Basket) -> Money:
    if _on_top(basket):
        return totals(basket).due
    return total(line_total(line) for line in basket.goods) - saved(basket)


def saved(basket: Basket) -> Money:
    """What offers and staff take off the basket in all."""
    return Money(sum(one.minor for one in savings(basket))) + saved_by_staff(basket)


def _on_top(basket: Basket) -> bool:
    return any(line.item.tax_on_top for line in basket.goods)


def taxable(line: Line, saved: Money = ZERO) -> Iterator[tuple[int, Money]]:
    """(rate in basis points, amount) that a line puts under tax: its goods less what was taken off them, and its
    deposit where the law says so."""
    yield line.item.tax_bp, line_amount(line) - saved
    if line.item.deposit_tax_bp is not None:
        yield line.item.deposit_tax_bp, line_deposit(line)


def totals(basket: Basket) -> Totals:
    """Everything summed up."""
    off = _by_offers(basket)
    for number, marked in by_staff(basket).items():
        off[number] = off.get(number, ZERO) - Money(sum(one.amount_minor for one in marked))
    all_saved = total(off.values())
    goods = total(line_amount(line) for line in basket.goods) - all_saved
    deposit = total(line_deposit(line) for line in basket.goods)
    taxed = [part for line in basket.goods for part in taxable(line, off.get(line.line, ZERO))]
    by_rate = added_totals(taxed) if _on_top(basket) else tax_totals(taxed)
    tax = tuple(TaxTotal(rate_bp=t.rate_bp, net_minor=t.net.minor, tax_minor=t.tax.minor) for t in by_rate)
    added = total(t.tax for t in by_rate) if _on_top(basket) else None
    due = goods + deposit + (added or ZERO)
    return Totals(goods=goods, deposit=deposit, due=due, tax=tax, added_tax=added, saved=all_saved)
