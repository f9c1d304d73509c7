"""What people change of products and offers: planned, approved, begun, told and taken back like prices."""

import pytest
from msgspec.structs import replace
from selling import BANANAS, BREAD, NOW, ROWS, WATER
from sqlalchemy.engine import Engine

from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PriceRow
from store.book_edits import Edit, most_percent, offer_problems, product_problems
from store.price_batches import BadBatch, Batch, Limits, find, plan, start_due
from store.price_book import PriceBook
from store.price_history import change_of, roll_back

HOUR_MS = 3_600_000
OFFER = OfferRow(offer="rye", kind="multibuy", name="3 for 2", items=((BREAD.gtin,),), need=3, pay=2)
NAMED = replace(BREAD, names={"sv": "Rågbröd"}, picture="store:" + "a" * 64)


@pytest.fixture
def book(engine: Engine) -> PriceBook:
    book = PriceBook(engine)
    book.replace(ROWS, NOW, "test", offers=[])
    return book


def planned(engine: Engine, *edits: Edit, starts: int = 0, limits: Limits | None = None) -> Batch:
    return plan(
        engine, {}, name="", by="u3", starts_utc_ms=NOW + starts, waits_for_labels=False, limits=limits or Limits(),
        now_utc_ms=NOW, edits=edits,
    )  # fmt: skip


def changed(new: PriceRow, old: PriceRow = BREAD) -> Edit:
    return Edit(old.code, old, new)


def test_a_name_and_a_picture_are_one_version_and_the_way_back_has_both(engine: Engine, book: PriceBook) -> None:
    batch = planned(engine, changed(NAMED))
    assert find(engine, batch.id) == batch, "it is kept as it was planned"
    ((_, change),) = start_due(engine, NOW)
    assert book.row(BREAD.code) == NAMED and change.version == 2
    assert change_of(engine, 2).changed == ((BREAD, NAMED),)
    roll_back(engine, 1, "u3", NOW)
    assert book.row(BREAD.code) == BREAD
    roll_back(engine, 2, "u3", NOW)
    assert book.row(BREAD.code) == NAMED


def test_changes_that_were_planned_apart_both_come_true(engine: Engine, book: PriceBook) -> None:
    planned(engine, changed(replace(BREAD, names={"sv": "Rågbröd"})), starts=HOUR_MS)
    planned(engine, changed(replace(BREAD, price_minor=3_500)))
    planned(engine, changed(replace(BREAD, names={"fi": "Ruisleipä"}, age_limit=18)), starts=2 * HOUR_MS)
    start_due(engine, NOW + 3 * HOUR_MS)
    assert book.row(BREAD.code) == replace(
        BREAD, price_minor=3_500, names={"fi": "Ruisleipä", "sv": "Rågbröd"}, age_limit=18
    )


def test_who_writes_over_what_somebody_else_has_changed_meanwhile_is_told_of_what(
    engine: Engine, book: PriceBook
) -> None:
    planned(engine, changed(replace(BREAD, age_limit=18, names={"sv": "Bröd"})))
    start_due(engine, NOW)
    with pytest.raises(BadBatch, match="somebody else has changed age limit of Rye bread meanwhile; look at it again"):
        planned(engine, changed(replace(BREAD, age_limit=15)))
    with pytest.raises(BadBatch, match=r"names\.sv"):
        planned(engine, changed(replace(BREAD, names={"sv": "Limpa"})))
    planned(engine, changed(replace(BREAD, category="bread")))
    start_due(engine, NOW)
    assert book.row(BREAD.code) == replace(BREAD, age_limit=18, names={"sv": "Bröd"}, category="bread")


def test_a_product_comes_and_goes(engine: Engine, book: PriceBook) -> None:
    cake = PriceRow(gtin="9520000000042", name="Cake", price_minor=4_500, tax_class="food")
    planned(engine, Edit(cake.code, None, cake))
    start_due(engine, NOW)
    assert book.row(cake.code) == cake
    with pytest.raises(BadBatch, match="4011 is the code of Bananas already"):
        planned(engine, Edit("9520000000059", None, replace(cake, gtin="9520000000059", plu="4011")))
    planned(engine, Edit(cake.code, cake, None))
    start_due(engine, NOW)
    assert cake not in book.rows() and len(book.rows()) == 3


def test_an_offer_begins_changes_ends_and_comes_back(engine: Engine, book: PriceBook) -> None:
    planned(engine, Edit(OFFER.code, None, OFFER))
    start_due(engine, NOW)
    planned(engine, Edit(OFFER.code, OFFER, replace(OFFER, name="Two for one", need=2, pay=1)), starts=HOUR_MS)
    assert book.offers() == (OFFER,)
    start_due(engine, NOW + HOUR_MS)
    (now,) = book.offers()
    assert (now.name, now.need, now.pay) == ("Two for one", 2, 1)
    planned(engine, Edit(OFFER.code, now, None))
    start_due(engine, NOW + HOUR_MS)
    assert book.offers() == () and book.rows()
    roll_back(engine, 2, "u3", NOW)
    assert book.offers() == (OFFER,)


def test_an_offer_on_what_is_not_sold_or_against_nobody_is_refused_in_words(engine: Engine, book: PriceBook) -> None:
    other = replace(OFFER, offer="x", items=(("9520000000042",),), excludes=("nobody",))
    with pytest.raises(BadBatch) as bad:
        planned(engine, Edit(other.code, None, other))
    assert "the offer 3 for 2 (x): the price book has no 9520000000042" in str(bad.value)
    assert "there is no offer nobody" in str(bad.value)


def test_a_product_that_an_offer_is_on_does_not_leave_before_it(engine: Engine, book: PriceBook) -> None:
    planned(engine, Edit(OFFER.code, None, OFFER))
    start_due(engine, NOW)
    with pytest.raises(BadBatch, match=f"the price book has no {BREAD.gtin}"):
        planned(engine, Edit(BREAD.code, BREAD, None))
    both = planned(engine, Edit(BREAD.code, BREAD, None), Edit(OFFER.code, OFFER, None))
    start_due(engine, NOW)
    assert book.offers() == () and find(engine, both.id).left_out == ""


def test_what_does_not_fit_any_more_is_left_out_and_told_and_the_rest_begins(engine: Engine, book: PriceBook) -> None:
    batch = planned(engine, Edit(OFFER.code, None, OFFER), changed(NAMED), changed(replace(WATER, age_limit=18), WATER),
                    starts=HOUR_MS)  # fmt: skip
    book.replace([WATER, BANANAS], NOW, "without bread", offers=[])
    start_due(engine, NOW + HOUR_MS)
    assert book.row(WATER.code).age_limit == 18 and book.offers() == () and len(book.rows()) == 2
    told = find(engine, batch.id).left_out
    assert "Rye bread (9520000000011) is not in the price book any more" in told and "3 for 2" in told


@pytest.mark.parametrize(
    ("offer", "percent"),
    [
        (OFFER, 34),
        (replace(OFFER, pay=None, price_minor=9_000), 9),
        (replace(OFFER, kind="percent", need=1, pay=None, percent_bp=2_000), 20),
        (replace(OFFER, kind="amount", need=1, pay=None, amount_minor=1_000), 31),
        (replace(OFFER, kind="amount", need=1, pay=None, amount_minor=1_000, whole=True, spend_minor=10_000), 10),
        (replace(OFFER, kind="amount", need=1, pay=None, amount_minor=1_000, whole=True), 100),
    ],
)
def test_an_offer_that_gives_more_than_one_person_may_waits_for_somebody_else(
    engine: Engine, book: PriceBook, offer: OfferRow, percent: int
) -> None:
    assert most_percent(offer, [[BREAD.price_minor]]) == percent and offer_problems(offer) == []
    edit = Edit(offer.code, None, offer)
    assert planned(engine, edit, limits=Limits(percent=percent)).state(NOW) == "due"
    asked = planned(engine, edit, limits=Limits(percent=percent - 1))
    assert asked.state(NOW) == "approval" and "takes off more than" in asked.needs_approval
    ended = planned(engine, Edit(offer.code, offer, None), Edit(WATER.code, WATER, replace(WATER, age_limit=1)),
                    limits=Limits(percent=1))  # fmt: skip
    assert ended.state(NOW) == "due", "who ends one takes nothing off"


def test_a_price_among_other_changes_is_asked_about_as_a_price_alone(engine: Engine, book: PriceBook) -> None:
    dearer = changed(replace(BREAD, price_minor=5_000, age_limit=18))
    assert "30 per cent" in planned(engine, dearer, limits=Limits(percent=30)).needs_approval
    assert "2 changes, more than 1" in planned(
        engine, changed(NAMED), changed(replace(WATER, age_limit=18), WATER), limits=Limits(rows=1)
    ).needs_approval  # fmt: skip


def test_what_no_file_could_say_is_told_by_its_column() -> None:
    assert product_problems(BREAD, ()) == [] and product_problems(BANANAS, {"food"}) == []
    wrong = replace(BREAD, gtin="9520000000012", age_limit=120, tax_class="fodd")
    assert [column for column, _ in product_problems(wrong, {"food"})] == ["gtin", "tax_class", "age_limit"]
    assert product_problems(replace(BREAD, name=""), ())[0][0] == "name"
    assert offer_problems(replace(OFFER, pay=3))[0] == (
        "pay", "3 of 3 is no offer: fewer are paid than are needed",
    )  # fmt: skip
    assert offer_problems(replace(OFFER, kind="percent", need=1, pay=None, percent_bp=1_250))[0][0] == "percent_bp"
