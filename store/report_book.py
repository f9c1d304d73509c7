"""Report book: every report that there is, described. Pure: running one is `store.reports`.

A column is a measure of a cube (`line.goods_minor`), or is worked out of several when the rows are there. Ratios are
whole numbers too: an average is rounded to the nearest minor unit or millisecond, a share is in tenths of a percent.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from store.dimensions import PERIODS

Unit = Literal["count", "money", "grams", "permille", "ms", "milli", "days"]
Values = Mapping[str, int]
Chart = Literal["bar", "line", "pie"]


class Column(NamedTuple):
    """One column. `of` names its measures; without `how` it is the only one of them."""

    name: str
    title: str
    unit: Unit
    of: tuple[str, ...]
    how: Callable[[Values], int | None] | None = None

    def value(self, values: Values) -> int | None:
        """What stands in it; None where it means nothing, such as an average of nothing."""
        return self.how(values) if self.how else values[self.of[0]]


class Description(NamedTuple):
    """A report: `by` what it can be split, the first being the habit; `chart` shows the column `shown`.

    `order`: the column that sorts the rows, the largest first; empty: they stand in the order of what it is split by.
    """

    name: str
    title: str
    about: str
    by: tuple[str, ...]
    columns: tuple[Column, ...]
    shown: str
    chart: Chart = "bar"
    order: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        """The subjects that its columns are measures of."""
        return tuple(dict.fromkeys(measure.partition(".")[0] for column in self.columns for measure in column.of))


def per(of: int, each: int, times: int = 1) -> int | None:
    """`of * times / each`, to the nearest whole; None for nothing."""
    return (2 * of * times + each) // (2 * each) if each > 0 else None


def _plain(subject: str, name: str, title: str, unit: Unit = "count") -> Column:
    return Column(name, title, unit, (f"{subject}.{name}",))


def _ratio(name: str, title: str, unit: Unit, of: str, each: str) -> Column:
    times = 1000 if unit in ("permille", "milli") else 1
    return Column(name, title, unit, (of, each), lambda values: per(values[of], values[each], times))


_WHEN = (*PERIODS, "weekday", "hour")
_WHO = ("till", "group", "staff")
_SOLD = "sale.sold"

SALES = Description(
    "sales", "Sales", "How much was sold, less what came back. Voids and training count for nothing.",
    (*_WHEN, *_WHO, "kind"),
    (
        _plain("sale", "sales", "Receipts"),
        Column("items", "Items", "count", ("sale.items",)),
        _plain("sale", "goods_minor", "Goods", "money"),
        _plain("sale", "deposit_minor", "Deposit", "money"),
        _plain("sale", "due_minor", "Paid", "money"),
        _plain("sale", "returns", "Returns"),
        _plain("sale", "rounding_minor", "Rounding", "money"),
        _plain("sale", "donation_minor", "Gifts", "money"),
        _ratio("basket_minor", "Average basket", "money", "sale.sold_goods_minor", _SOLD),
    ),
    "due_minor", "line",
)  # fmt: skip
_LINES = (
    Column("items", "Items", "count", ("line.count",)),
    _plain("line", "weight_g", "By weight", "grams"),
    Column("gross_minor", "At list price", "money", ("line.amount_minor",)),
    _plain("line", "discount_minor", "Discounts", "money"),
    _plain("line", "goods_minor", "Goods", "money"),
    _plain("line", "deposit_minor", "Deposit", "money"),
    _plain("line", "returned_count", "Came back"),
    _plain("line", "returned_minor", "Paid back", "money"),
)
PRODUCTS = Description(
    "products", "Top sellers", "What was sold most, by product.",
    ("product", "category", "department", *_WHEN, *_WHO, "entry"), _LINES, "goods_minor", "bar", "goods_minor",
)  # fmt: skip
CATEGORIES = Description(
    "categories", "Categories", "What was sold by category or department; offers are taken off.",
    ("category", "department", *_WHEN, *_WHO, "product", "entry"), _LINES, "goods_minor", "bar", "goods_minor",
)  # fmt: skip
BASKETS = Description(
    "baskets", "Basket size", "How many pieces a sale has, and what it comes to.",
    ("basket", *_WHEN, *_WHO),
    (
        Column("sales", "Sales", "count", (_SOLD,)),
        Column("items", "Items", "count", ("sale.sold_items",)),
        Column("goods_minor", "Goods", "money", ("sale.sold_goods_minor",)),
        _ratio("items_milli", "Items in a sale", "milli", "sale.sold_items", _SOLD),
        _ratio("basket_minor", "Average basket", "money", "sale.sold_goods_minor", _SOLD),
        _ratio("visit_ms", "Average visit", "ms", "sale.duration_ms", _SOLD),
    ),
    "sales",
)  # fmt: skip
TENDERS = Description(
    "tenders", "Tenders", "How it was paid, and how it was paid back.",
    ("tender", "scheme", *_WHEN, *_WHO, "kind"),
    (
        _plain("tender", "payments", "Payments"),
        _plain("tender", "paid_in_minor", "Paid", "money"),
        _plain("tender", "paid_out_minor", "Paid back", "money"),
        _plain("tender", "amount_minor", "Together", "money"),
    ),
    "amount_minor", "pie",
)  # fmt: skip
TAX = Description(
    "tax", "Tax", "Tax by rate, as it was sealed: net, tax and both together.",
    ("rate", *_WHEN, *_WHO, "kind"),
    (
        _plain("tax", "sales", "Receipts"),
        _plain("tax", "net_minor", "Net", "money"),
        _plain("tax", "tax_minor", "Tax", "money"),
        _plain("tax", "gross_minor", "Gross", "money"),
    ),
    "tax_minor",
)  # fmt: skip
INTERVENTIONS = Description(
    "interventions", "Interventions", "How often checkouts called staff, why, and how long until it was over.",
    ("reason", *_WHEN, "till"),
    (
        _plain("call", "calls", "Calls"),
        _plain("call", "cleared", "Cleared"),
        _ratio("clear_ms", "Time to clear", "ms", "call.clear_ms", "call.cleared"),
        _ratio("quick_permille", "Within a minute", "permille", "call.quick", "call.cleared"),
    ),
    "calls", "bar", "calls",
)  # fmt: skip
STAFF = Description(
    "staff", "Staff", "Who did what: what they cleared, gave, took back and opened.",
    ("staff", *_WHEN, "till"),
    (
        Column("served", "Sales served", "count", ("sale.assisted",)),
        _plain("intervention", "cleared", "Calls cleared"),
        _ratio("clear_ms", "Time to clear", "ms", "intervention.clear_ms", "intervention.cleared"),
        _plain("act", "refunds", "Refunds"),
        _plain("act", "refunded_minor", "Refunded", "money"),
        _plain("act", "price_changes", "Prices changed"),
        _plain("act", "price_changed_minor", "By price", "money"),
        _plain("act", "discounts", "Discounts"),
        _plain("act", "discounted_minor", "By discount", "money"),
        _plain("act", "removed", "Lines removed"),
        _plain("act", "removed_minor", "Removed", "money"),
        _plain("act", "drawer_opened", "Drawer opened"),
        _plain("act", "cash_difference_minor", "Cash differs", "money"),
        _plain("act", "age_approved", "Ages approved"),
        _plain("act", "age_refused", "Ages refused"),
    ),
    "cleared",
)  # fmt: skip
SELF_CHECKOUT = Description(
    "self-checkout", "Self-checkout", "How many sales shoppers made themselves, and how many without any help.",
    (*_WHEN, "till", "group"),
    (
        Column("sales", "Sales", "count", (_SOLD,)),
        Column("alone", "By the shopper", "count", (_SOLD, "sale.assisted"),
               lambda v: v[_SOLD] - v["sale.assisted"]),
        Column("served", "Served", "count", ("sale.assisted",)),
        Column("alone_permille", "Share", "permille", (_SOLD, "sale.assisted"),
               lambda v: per(v[_SOLD] - v["sale.assisted"], v[_SOLD], 1000)),
        Column("helped", "With help", "count", ("sale.helped",)),
        Column("unaided_permille", "Without help", "permille", (_SOLD, "sale.assisted", "sale.helped"),
               lambda v: per(v[_SOLD] - v["sale.assisted"] - v["sale.helped"], v[_SOLD] - v["sale.assisted"], 1000)),
        _ratio("visit_ms", "Average visit", "ms", "sale.duration_ms", _SOLD),
    ),
    "alone_permille", "line",
)  # fmt: skip
BAGGING = Description(
    "bagging", "Bagging alarms", "How often the bagging scale called staff, and how often they let it be as it was: "
    "a false alarm.",
    (*_WHEN, "till"),
    (
        Column("alarms", "Alarms", "count", ("act.bag_stopped",)),
        Column("false_alarms", "False", "count", ("act.bag_accepted",)),
        _ratio("false_permille", "Share that is false", "permille", "act.bag_accepted", "act.bag_stopped"),
        Column("skipped", "Not bagged", "count", ("act.bag_skipped",)),
        Column("sales", "Sales", "count", (_SOLD,)),
        _ratio("alarms_permille", "Alarms per 100 sales", "permille", "act.bag_stopped", _SOLD),
    ),
    "alarms", "line",
)  # fmt: skip
VOIDS = Description(
    "voids", "Voids", "Visits that ended without a payment after something was scanned.",
    (*_WHEN, *_WHO, "basket"),
    (
        _plain("sale", "voids", "Voids"),
        Column("items", "Items", "count", ("sale.void_items",)),
        _plain("sale", "void_minor", "Worth", "money"),
        _ratio("void_permille", "Per 100 sales", "permille", "sale.voids", _SOLD),
    ),
    "voids", "line",
)  # fmt: skip
LOSS = Description(
    "loss", "Loss indicators", "What often stands beside losses. A sign, never a proof: look at the sales behind it.",
    ("till", *_WHEN),
    (
        Column("sales", "Sales", "count", (_SOLD,)),
        _plain("sale", "voids", "Voids"),
        _plain("sale", "void_minor", "Voided", "money"),
        _plain("sale", "returns", "Returns"),
        _plain("sale", "returned_minor", "Returned", "money"),
        _plain("act", "removed_minor", "Lines removed", "money"),
        _plain("act", "price_changed_minor", "Prices changed", "money"),
        _plain("act", "discounted_minor", "Discounts by hand", "money"),
        _plain("act", "bag_skipped", "Not bagged"),
        _plain("act", "audits", "Baskets checked"),
        _plain("act", "audits_differing", "That differed"),
        _ratio("differing_permille", "Differing", "permille", "act.audits_differing", "act.audits"),
        _plain("act", "drawer_opened", "Drawer opened"),
        _plain("act", "cash_difference_minor", "Cash differs", "money"),
        _plain("act", "gate_refused", "Gate refused"),
        _plain("act", "pin_pauses", "Wrong PINs"),
    ),
    "void_minor",
)  # fmt: skip

CARD = "card"
GIFT_CARDS = Description(
    "gift-cards", "Gift cards", "What the shop owes on gift cards and vouchers at the end of each period, and what "
    "has changed it. Blocked ones are among it; bottle slips are not.",
    PERIODS,
    (
        _plain(CARD, "sold_minor", "Sold at checkouts", "money"),
        _plain(CARD, "desk_minor", "At the desk", "money"),
        _plain(CARD, "given_minor", "Given away", "money"),
        _plain(CARD, "other_minor", "From elsewhere", "money"),
        _plain(CARD, "redeemed_minor", "Redeemed", "money"),
        _plain(CARD, "returned_minor", "Put back", "money"),
        _plain(CARD, "expired_minor", "Ended", "money"),
        _plain(CARD, "owed_minor", "Owed at the end", "money"),
    ),
    "owed_minor", "line",
)  # fmt: skip

BOOK = {
    one.name: one
    for one in (
        SALES, PRODUCTS, CATEGORIES, BASKETS, TENDERS, TAX, INTERVENTIONS, STAFF, SELF_CHECKOUT, BAGGING, VOIDS, LOSS,
        GIFT_CARDS,
    )
}  # fmt: skip
