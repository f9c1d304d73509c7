"""Every figure of every report is worked out anew from the sealed sales, and is the same to the minor unit."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace
from selling import BANANAS, BREAD, NOW, ROWS, WATER, Till, back, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import LineUnits
from kiosk.checkout.sale import ClearedIntervention, Sale
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store.database import engine_at, open_books, writing
from store.ingest import take
from store.price_book import PriceBook
from store.report_book import BOOK
from store.report_shapes import Ask, Report, UnknownReport
from store.reports import make_report
from store.rollup_care import differences, keep
from store.schema import member, member_key, staff

ZONE = "Europe/Stockholm"
SOLD = tuple(
    replace(row, category=path) for row, path in zip(ROWS, ("Bakery/Bread", "Drinks", "Fruit/Fresh"), strict=True)
)
GROUPS = {None: "", "m1": "members staff", "m2": "members"}


def prepared(engine: Engine) -> Engine:
    PriceBook(engine).replace(SOLD, NOW, "test")
    with writing(engine) as connection:
        for id_ in ("m1", "m2"):
            connection.execute(sa.insert(member).values(id=id_, member_groups=GROUPS[id_], consented_utc_ms=NOW))
            connection.execute(sa.insert(member_key).values(key=f"card-{id_}", member_id=id_))
        connection.execute(sa.insert(staff).values(id="u1", name="Anna", role="cashier", pin_hash="x"))
    keep(engine, ZONE)
    return engine


@pytest.fixture
def books(engine: Engine) -> Engine:
    return prepared(engine)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("blank") / "store.db"
    engine = prepared(open_books(f"sqlite:///{path}"))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path.read_bytes()


def ask(engine: Engine, name: str, *by: str, **filters: str) -> Report:
    wanted = {key: tuple(value.split(",")) for key, value in filters.items()}
    return make_report(engine, Ask(name, by=by, filters=wanted), ZONE)


def table(report: Report, *columns: str) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """Split values -> the values of these columns."""
    keys = [*report.by, *(["currency"] if "currency" in report.columns else [])]
    places, wanted = [report.columns.index(key) for key in keys], [report.columns.index(name) for name in columns]
    return {tuple(row[p] for p in places): tuple(row[p] for p in wanted) for row in report.rows}


# --- the reference: nothing but the sealed sales ----------------------------------------------------------------------

Facts = dict[str, Any]


def of_sale(sold: Sale) -> Facts:
    sealed = datetime.fromisoformat(sold.sealed).astimezone(ZoneInfo(ZONE))
    pieces = sum(line.count for line in sold.lines)
    day = date.fromisoformat(sold.business_day)
    return {
        "day": sold.business_day, "month": sold.business_day[:7], "year": sold.business_day[:4],
        "week": day.strftime("%G-W%V"), "weekday": day.isoweekday(), "hour": sealed.hour, "till": sold.till,
        "kind": sold.kind, "currency": sold.currency, "group": GROUPS[sold.customer],
        "staff": "" if sold.served_by is UNSET else sold.served_by,
        "basket": max(size for size in (0, 1, 2, 4, 7, 11, 21, 51) if size <= pieces),
    }  # fmt: skip


def of_lines(sales: Iterable[Sale]) -> Iterable[tuple[Facts, Facts]]:
    for sold in sales:
        for line in sold.lines if sold.kind != "void" else ():
            sign = -1 if sold.kind == "return" else 1
            off = sum(one.amount_minor for one in line.discounts)
            dims = {"product": line.gtin, "category": line.category, "department": line.category.split("/")[0],
                    "entry": line.entry}  # fmt: skip
            yield {**of_sale(sold), **dims}, {
                "items": sign * line.count, "weight_g": sign * (line.weight_g or 0), "gross_minor": line.amount_minor,
                "discount_minor": off, "goods_minor": line.amount_minor + off, "deposit_minor": line.deposit_minor,
                "returned_count": line.count if sign < 0 else 0,
                "returned_minor": line.amount_minor + off if sign < 0 else 0,
            }  # fmt: skip


def of_sales(sales: Iterable[Sale]) -> Iterable[tuple[Facts, Facts]]:
    for sold in sales:
        if sold.kind != "void":
            totals, sign = sold.totals, -1 if sold.kind == "return" else 1
            yield of_sale(sold), {
                "sales": 1, "items": sign * sum(line.count for line in sold.lines), "goods_minor": totals.goods_minor,
                "deposit_minor": totals.deposit_minor, "due_minor": totals.due_minor,
                "returns": int(sold.kind == "return"), "rounding_minor": totals.rounding_minor, "donation_minor": 0,
            }  # fmt: skip


def of_voids(sales: Iterable[Sale]) -> Iterable[tuple[Facts, Facts]]:
    for sold in sales:
        if sold.kind == "void":
            worth = sold.totals.goods_minor + sold.totals.deposit_minor
            pieces = sum(line.count for line in sold.lines)
            yield of_sale(sold), {"voids": 1, "items": pieces, "void_minor": worth}


def of_tenders(sales: Iterable[Sale]) -> Iterable[tuple[Facts, Facts]]:
    for sold in sales:
        for tender in sold.tenders:
            dims = {"tender": tender.kind, "scheme": tender.card.scheme if tender.card else ""}
            paid = {"sale": "paid_in_minor", "return": "paid_out_minor"}
            amounts = {name: tender.amount_minor if kind == sold.kind else 0 for kind, name in paid.items()}
            yield {**of_sale(sold), **dims}, {"payments": 1, "amount_minor": tender.amount_minor, **amounts}


def of_taxes(sales: Iterable[Sale]) -> Iterable[tuple[Facts, Facts]]:
    for sold in sales:
        for tax in sold.totals.tax if sold.kind != "void" else ():
            gross = tax.net_minor + tax.tax_minor
            measures = {"sales": 1, "net_minor": tax.net_minor, "tax_minor": tax.tax_minor, "gross_minor": gross}
            yield {**of_sale(sold), "rate": tax.rate_bp}, measures


def of_baskets(sales: Iterable[Sale]) -> Iterable[tuple[Facts, Facts]]:
    for sold in sales:
        if sold.kind == "sale":
            pieces = sum(line.count for line in sold.lines)
            yield of_sale(sold), {"sales": 1, "items": pieces, "goods_minor": sold.totals.goods_minor}


REFERENCE: dict[str, Callable[[Iterable[Sale]], Iterable[tuple[Facts, Facts]]]] = {
    "sales": of_sales, "products": of_lines, "categories": of_lines, "tenders": of_tenders, "tax": of_taxes,
    "voids": of_voids, "baskets": of_baskets,
}  # fmt: skip


def expected(name: str, sales: Sequence[Sale], by: Sequence[str], keep_row: Callable[[Facts], bool]) -> Any:
    sums: dict[tuple[Any, ...], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for dims, measures in REFERENCE[name]([sold for sold in sales if not sold.training]):
        if keep_row(dims):
            into = sums[tuple(dims[one] for one in (*by, "currency"))]
            for measure, value in measures.items():
                into[measure] += value
    return {key: dict(values) for key, values in sums.items() if any(values.values())}


# --- any history ------------------------------------------------------------------------------------------------------

BASKETS = st.lists(st.tuples(st.sampled_from(SOLD), st.integers(1, 30)), min_size=1, max_size=4)
VISITS = st.lists(
    st.tuples(
        st.sampled_from(["k01", "k02"]),
        BASKETS,
        st.sampled_from(["sale", "sale", "sale", "void", "training", "back"]),
        st.sampled_from(["2025-12-31", "2026-01-01", "2026-11-22", "2026-11-23"]),
        st.integers(0, 23),
        st.sampled_from([None, "m1", "m2"]),
        st.sampled_from([UNSET, "u1"]),
    ),
    min_size=1,
    max_size=8,
)


def history(visits: Sequence[Any]) -> list[Sale]:
    tills = {name: Till(name) for name in ("k01", "k02")}
    made: list[Sale] = []
    for name, basket, what, day, hour, customer, served in visits:
        changes = {"business_day": day, "sealed": f"{day}T{hour:02d}:30:00.000Z", "customer": customer}
        more: Facts = {"kind": "void"} if what == "void" else {"training": True} if what == "training" else {}
        sold = tills[name].sell(*basket, **changes, **more, served_by=served)
        made.append(sold)
        if what == "back":
            tills[name].sequence += 1
            made.append(back(sold, [LineUnits(1, (0,))], till=name, sequence=tills[name].sequence))
    return made


@settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(visits=VISITS, order=st.randoms(), data=st.data())
def test_every_figure_is_what_the_sealed_sales_say(
    tmp_path_factory: pytest.TempPathFactory, blank: bytes, visits: Any, order: Any, data: Any
) -> None:
    path: Path = tmp_path_factory.mktemp("any") / "store.db"
    path.write_bytes(blank)
    engine, sales = engine_at(f"sqlite:///{path}"), history(visits)
    shuffled = list(sales)
    order.shuffle(shuffled)
    for sold in shuffled:
        assert take(engine, on("sale", sold.till), said(sold), NOW).outcome == "new"
    assert list(differences(engine)) == []
    for name in REFERENCE:
        allowed = [one for one in BOOK[name].by if one != "act"]
        drawn = data.draw(st.permutations(allowed))
        splits = [drawn[:1], drawn[1:2], drawn[2:4]]
        filters = data.draw(st.sampled_from([{}, {"till": "k01"}, {"hour": "11"}, {"group": "staff"}, {"weekday": "1"},
                                             {"group": "-", "till": "k02"}, {"week": "2026-W01"}]))  # fmt: skip
        for by in splits:
            _agrees(engine, name, sales, tuple(by), filters, data.draw(SPANS))
    engine.dispose()
    path.unlink()


SPANS = st.sampled_from([
    ("0001-01-01", "9999-12-31"), ("2026-01-01", "2026-11-22"), ("2025-12-31", "2026-01-31"),
    ("2026-11-23", "2026-11-23"), ("2025-12-02", "2026-12-01"),
])  # fmt: skip
"""With whole months in them, and days beside them, and without."""


def _agrees(
    engine: Engine,
    name: str,
    sales: Sequence[Sale],
    by: tuple[str, ...],
    filters: dict[str, str],
    span: tuple[str, str],
) -> None:
    def counts(dims: Facts) -> bool:
        group = filters.get("group")
        return (
            span[0] <= dims["day"] <= span[1]
            and all(str(dims[key]) == value for key, value in filters.items() if key != "group")
            and (group is None or (group in dims["group"].split() if group != "-" else not dims["group"]))
        )

    true = expected(name, sales, by, counts)
    measures = list(next(iter(true.values()))) if true else []
    wanted = {key: (value,) for key, value in filters.items()}
    report = make_report(engine, Ask(name, *span, by, wanted), ZONE)
    found = {key: values for key, values in table(report, *measures).items() if any(values)}
    assert found == {key: tuple(values.values()) for key, values in true.items()}, (name, by, filters, span)
    places = [report.columns.index(measure) for measure in measures]
    together = [sum(values[measure] for values in true.values()) for measure in measures]
    assert [[row[place] for place in places] for row in report.totals if true] == ([together] if true else [])


# --- one by one -------------------------------------------------------------------------------------------------------


def test_raw_lines_answer_what_no_roll_up_can_and_tell_how_far_they_are(books: Engine) -> None:
    till = Till()
    for day in ("2026-11-01", "2026-11-23"):
        take(books, on("sale"), said(till.sell((SOLD[0], 2), (SOLD[2], 412), business_day=day)), NOW)
    seen: list[tuple[int, int]] = []
    wanted = Ask("products", by=("product",), filters={"till": ("k01",), "hour": ("10",)})
    report = make_report(books, wanted, ZONE, lambda done, parts: seen.append((done, parts)))
    assert table(report, "name", "items", "weight_g") == {
        (BREAD.code, "SEK"): ("Rye bread", 4, 0), (BANANAS.code, "SEK"): ("Bananas", 2, 824),
    }  # fmt: skip
    assert seen == [(0, 1), (1, 1)]


def test_whoever_stops_a_long_report_stops_it(books: Engine) -> None:
    take(books, on("sale"), said(Till().sell((SOLD[0], 2))), NOW)

    def stop(done: int, parts: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        make_report(books, Ask("products", filters={"hour": ("10",)}), ZONE, stop)
    assert ask(books, "products", hour="10").rows


def test_empty_bottles_that_come_back_are_money_and_no_goods(books: Engine) -> None:
    sold = Till().sell((SOLD[1], 6))
    came = back(sold, [LineUnits(1, (0, 1))])
    empties = replace(came, lines=tuple(replace(line, amount_minor=0) for line in came.lines))
    for one in (sold, empties):
        take(books, on("sale"), said(one), NOW)
    expected_row = (6, 600 - 200, 0)
    assert (
        table(ask(books, "products"), "items", "deposit_minor", "returned_count")[(WATER.code, "SEK")] == expected_row
    )
    raw = table(ask(books, "products", till="k01"), "items", "deposit_minor", "returned_count")
    assert raw[(WATER.code, "SEK")] == expected_row


def lane(engine: Engine, n: int, kind: str, at: str, till: str = "k01", **data: object) -> None:
    message = event_message("s001", till, n, kind, dict(data), at)
    assert take(engine, on("event", till), encode(message), NOW).outcome == "new"


def test_calls_are_timed_from_lane_to_lane_in_whatever_order_they_come(books: Engine) -> None:
    lane(books, 4, "intervention.cleared", "2026-11-23T10:02:30Z", reason="age", detail="")
    lane(books, 1, "intervention.opened", "2026-11-23T10:00:00Z", reason="age", detail="")
    lane(books, 3, "intervention.opened", "2026-11-23T10:02:00Z", reason="age", detail="")
    lane(books, 2, "intervention.cleared", "2026-11-23T10:01:30Z", reason="age", detail="")
    lane(books, 1, "intervention.opened", "2026-11-23T10:00:00Z", till="k02", reason="age", detail="")
    lane(books, 5, "intervention.opened", "2026-11-23T12:00:00Z", reason="paper", detail="printer")
    found = table(ask(books, "interventions"), "calls", "cleared", "clear_ms", "quick_permille")
    assert found == {("age",): (3, 2, 60_000, 500), ("paper",): (1, 0, None, None)}
    assert table(ask(books, "interventions", "till"), "calls") == {("k01",): (3,), ("k02",): (1,)}


def test_staff_are_shown_with_what_they_did(books: Engine) -> None:
    helped = ClearedIntervention("age", "2026-11-23T09:12:30Z", "2026-11-23T09:12:50Z", "u1", "console")
    desk = replace(helped, reason="price", cleared=helped.opened)
    take(books, on("sale"), said(Till().sell((SOLD[0], 1), served_by="u1", interventions=(helped, desk))), NOW)
    lane(books, 1, "staff.price", "2026-11-23T10:00:00Z", by="u1", change="1590 -> 990")
    lane(books, 2, "return.confirmed", "2026-11-23T10:00:00Z", by="u2", amount_minor=500)
    lane(books, 3, "drawer.asked", "2026-11-23T10:00:00Z", by="u2")
    columns = ("name", "served", "cleared", "clear_ms", "price_changed_minor", "refunded_minor", "drawer_opened")
    assert table(ask(books, "staff"), *columns) == {
        ("u1",): ("Anna", 1, 1, 20_000, -600, 0, 0), ("u2",): ("", 0, 0, None, 0, 500, 1),
    }  # fmt: skip


def test_self_checkout_counts_who_needed_nobody(books: Engine) -> None:
    till = Till()
    helped = ClearedIntervention("age", "2026-11-23T09:12:30Z", "2026-11-23T09:12:50Z", "u1", "console")
    for changes in ({}, {}, {"interventions": (helped,)}, {"served_by": "u1"}):
        take(books, on("sale"), said(till.sell((SOLD[0], 1), **changes)), NOW)
    columns = ("sales", "alone", "helped", "alone_permille", "unaided_permille", "visit_ms")
    assert table(ask(books, "self-checkout"), *columns) == {("2026-11-23", "SEK"): (4, 3, 1, 750, 667, 96_882)}


def test_false_alarms_and_loss_stand_beside_the_sales(books: Engine) -> None:
    till = Till()
    for changes in ({}, {"kind": "void"}):
        take(books, on("sale"), said(till.sell((SOLD[0], 1), **changes)), NOW)
    for n, kind in enumerate(("bagging.stopped", "bagging.stopped", "bagging.accepted"), start=1):
        lane(books, n, kind, "2026-11-23T10:00:00Z")
    lane(books, 4, "audit.result", "2026-11-23T10:00:00Z", by="u1", result="differs")
    lane(books, 5, "audit.result", "2026-11-23T10:00:00Z", by="u1", result="passed")
    columns = ("alarms", "false_alarms", "false_permille", "sales")
    assert table(ask(books, "bagging"), *columns) == {("2026-11-23",): (2, 1, 500, 1)}
    columns = ("voids", "void_minor", "audits", "differing_permille")
    assert table(ask(books, "loss"), *columns) == {("k01",): (1, 3290, 2, 500)}


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        (Ask("horoscope"), "there is bagging, baskets"),
        (Ask("sales", by=("moon",)), "day, group, hour"),
        (Ask("sales", by=("day", "till", "hour")), "at most 2"),
        (Ask("sales", filters={"product": ("1",)}), "cannot be filtered by 'product'"),
        (Ask("sales", filters={"hour": ("noon",)}), "write a number, such as 17"),
        (Ask("stock", by=("till",)), "there is product"),
        (Ask("slow", filters={"till": ("k01",)}), "there is category"),
    ],
)
def test_what_there_is_not_is_said_in_words(books: Engine, wanted: Ask, says: str) -> None:
    with pytest.raises(UnknownReport, match=says):
        make_report(books, wanted, ZONE)


# --- stock ------------------------------------------------------------------------------------------------------------


def test_stock_says_how_long_it_lasts_and_what_does_not_move(books: Engine) -> None:
    from store import stock

    till = Till()
    for day in ("2026-11-14", "2026-11-23"):
        take(books, on("sale"), said(till.sell((SOLD[0], 5), (SOLD[2], 1000), business_day=day)), NOW)
    for code, count, grams in ((BREAD.code, 15, 0), (BANANAS.code, 0, 8000), (WATER.code, 40, 0)):
        stock.move(books, "delivery", code, count=count, weight_g=grams, now_utc_ms=NOW, note="")
    columns = ("name", "sold", "sold_g", "last_sold", "per_day_milli", "on_hand", "on_hand_g", "cover_days")
    cover = ask(books, "stock")
    assert list(table(cover, *columns).items()) == [
        ((BREAD.code,), ("Rye bread", 10, 0, "2026-11", 1000, 5, 0, 5)),
        ((BANANAS.code,), ("Bananas", 2, 2000, "2026-11", 200_000, 0, 6000, 30)),
        ((WATER.code,), ("Water", 0, 0, "", 0, 40, 0, None)),
    ]
    assert [row[0] for row in ask(books, "slow").rows] == [WATER.code, BREAD.code, BANANAS.code]
    assert [row[0] for row in ask(books, "stock", category="Bakery").rows] == [BREAD.code]
