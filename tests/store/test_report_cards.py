"""The report of gift cards is worked out anew from the raw ledger, card by card, and is the same to the minor unit."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from store.coupons import end_of
from store.database import engine_at, open_books, writing
from store.report_files import written
from store.report_shapes import Ask, Report, UnknownReport
from store.reports import make_report
from store.rollup_care import keep
from store.schema import hold, sale, voucher, voucher_load

ZONE = "Europe/Stockholm"
DAYS = ("2025-12-31", "2026-01-01", "2026-11-22", "2026-11-23")
FIELDS = ("sold", "desk", "given", "other", "redeemed", "returned", "expired", "owed")
DAY = st.sampled_from(DAYS)
MINOR = st.integers(1, 60_000)


class Card(NamedTuple):
    """One that was issued: what is written of it."""

    kind: str
    currency: str
    issued: tuple[str, int]
    last_day: str
    blocked: bool
    loads: Sequence[tuple[str, str, int]]
    """(day, how it was paid, minor units)."""
    uses: Sequence[tuple[str, str, int]]
    """(day, state, minor units; below nothing: put back)."""


CARDS = st.lists(
    st.builds(
        Card,
        kind=st.sampled_from(["gift_card", "gift_card", "voucher", "deposit", "coupon"]),
        currency=st.sampled_from(["SEK", "SEK", "EUR"]),
        issued=st.tuples(DAY, st.sampled_from([0, 0, 7_000])),
        last_day=st.sampled_from(["", "", *DAYS]),
        blocked=st.booleans(),
        loads=st.lists(
            st.one_of(
                st.tuples(DAY, st.sampled_from(["sale", "cash", "external", "invoice", "free"]), MINOR),
                st.tuples(DAY, st.just("cash"), st.integers(-900, -1)),
            ),
            max_size=4,
        ),
        uses=st.lists(
            st.tuples(
                DAY, st.sampled_from(["spent", "spent", "held", "released"]), st.one_of(MINOR, st.integers(-500, -1))
            ),
            max_size=4,
        ),
    ),
    max_size=6,
)


def wrote(engine: Engine, cards: Sequence[Card]) -> None:
    """Straight into the tables: whatever lanes and desks may ever have made of them."""
    keep(engine, ZONE)
    with writing(engine) as books:
        for place, day in enumerate(DAYS):
            facts = {"goods_minor": 0, "deposit_minor": 0, "due_minor": 0, "hash": day, "previous": "", "token": day}
            more = {"received_utc_ms": 0, "body": "{}", "started": "", "sealed": "", "currency": "SEK"}
            key = {"key": day, "till": "k01", "business_day": day, "sequence": place, "kind": "sale"}
            books.execute(sa.insert(sale).values(**key, **facts, **more, training=False))
        for place, card in enumerate(cards):
            number, noon = f"KG-{place}", _noon(card.issued[0])
            about = {"kind": card.kind, "currency": card.currency, "blocked": card.blocked, "issued_utc_ms": noon}
            ends = {"amount_minor": card.issued[1], "expires_utc_ms": end_of(card.last_day)}
            books.execute(sa.insert(voucher).values(number=number, **about, **ends))
            for n, (day, paid, minor) in enumerate(card.loads):
                of = {"id": f"{number}-{n}", "number": number, "by": "", "at_utc_ms": 0, "business_day": day}
                books.execute(sa.insert(voucher_load).values(**of, amount_minor=minor, paid=paid))
            for n, (day, state, minor) in enumerate(card.uses):
                of = {"id": f"{number}-u{n}", "number": number, "kind": card.kind, "till": "k01", "made_utc_ms": 0}
                books.execute(sa.insert(hold).values(**of, amount_minor=minor, state=state, sale_key=day))


def _noon(day: str) -> int:
    return int(datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC).timestamp()) * 1000


# --- the reference: card by card --------------------------------------------------------------------------------------


def happened(card: Card) -> Iterator[tuple[str, str, int]]:
    """(day, field, minor units) of one card."""
    day, minor = card.issued
    yield day, "other", minor
    for day, paid, minor in card.loads:
        yield day, {"sale": "sold", "free": "given"}.get(paid, "desk"), minor
    for day, state, minor in card.uses:
        if state == "spent":
            yield day, "redeemed" if minor > 0 else "returned", abs(minor)
    left = card.issued[1] + sum(load[2] for load in card.loads) - sum(use[2] for use in card.uses if use[1] == "spent")
    if card.last_day and left > 0:
        yield card.last_day, "expired", left


def period(day: str, name: str) -> str:
    whole = date.fromisoformat(day)
    return {"day": day, "week": whole.strftime("%G-W%V"), "month": day[:7], "year": day[:4]}[name]


def expected(cards: Sequence[Card], first: str, last: str, by: Sequence[str]) -> dict[Any, tuple[int, ...]]:
    rows: dict[Any, dict[str, int]] = {}
    for currency in ("EUR", "SEK"):
        facts = [fact for card in cards if card.currency == currency and card.kind in ("gift_card", "voucher")
                 for fact in happened(card)]  # fmt: skip
        for day in sorted({day for day, _, minor in facts if minor and first <= day <= last}):
            into = rows.setdefault((*(period(day, one) for one in by), currency), defaultdict(int))
            for when, field, minor in facts:
                into[field] += minor if when == day else 0
            into["owed"] = sum(_sign(field) * minor for when, field, minor in facts if when <= day)
    return {key: tuple(row[field] for field in FIELDS) for key, row in rows.items()}


def _sign(field: str) -> int:
    return -1 if field in ("redeemed", "expired") else 1


def table(report: Report) -> dict[Any, tuple[Any, ...]]:
    splits = len(report.by) + 1
    assert report.columns[splits:] == tuple(f"{field}_minor" for field in FIELDS)
    return {row[:splits]: row[splits:] for row in report.rows}


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("blank") / "store.db"
    engine = open_books(f"sqlite:///{path}")
    keep(engine, ZONE)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path.read_bytes()


@settings(
    max_examples=60,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(cards=CARDS)
def test_every_figure_is_what_the_ledger_says(
    tmp_path_factory: pytest.TempPathFactory, blank: bytes, cards: list[Card]
) -> None:
    path: Path = tmp_path_factory.mktemp("any") / "store.db"
    path.write_bytes(blank)
    engine = engine_at(f"sqlite:///{path}")
    wrote(engine, cards)
    _agrees(engine, cards)
    engine.dispose()
    path.unlink()


def _agrees(engine: Engine, cards: Sequence[Card]) -> None:
    for first, last in (("0001-01-01", "9999-12-31"), ("2026-01-01", "2026-11-22"), ("2026-11-23", "2026-11-23")):
        for by in (("day",), ("week",), ("month",), ("year",), ("month", "week")):
            report = make_report(engine, Ask("gift-cards", first, last, by), ZONE)
            wanted = expected(cards, first, last, by)
            changed = {key: row for key, row in table(report).items() if any(row[:-1])}
            assert changed == {key: row for key, row in wanted.items() if any(row[:-1])}, (first, by)
            sums: dict[str, list[int]] = {}
            for (*_, currency), row in wanted.items():
                into = sums.setdefault(currency, [0] * len(FIELDS))
                into[:] = [*(have + more for have, more in zip(into[:-1], row[:-1], strict=True)), row[-1]]
            told = {row[len(by)]: list(row[len(by) + 1 :]) for row in report.totals}
            assert {currency: told[currency] for currency in sums} == sums


def test_both_databases_say_the_same(engine: Engine) -> None:
    cards = [
        Card("gift_card", "SEK", ("2025-12-31", 7_000), "", True, [(DAYS[2], "sale", 50_000), (DAYS[3], "cash", -100)],
             [(DAYS[3], "spent", 3_290), (DAYS[3], "spent", -90), (DAYS[3], "held", 5)]),
        Card("voucher", "EUR", ("2026-01-01", 0), "2026-11-22", False, [("2026-01-01", "free", 900)], []),
    ]  # fmt: skip
    wrote(engine, cards)
    _agrees(engine, cards)


def test_a_quiet_period_says_what_is_still_owed(engine: Engine) -> None:
    wrote(engine, [Card("gift_card", "SEK", (DAYS[0], 7_000), "", False, [], [])])
    week = [(date(2026, 11, 16) + timedelta(days=n)).isoformat() for n in (0, 6)]
    report = make_report(engine, Ask("gift-cards", week[0], week[1]), ZONE)
    assert table(report) == {(week[0], "SEK"): (0,) * 7 + (7_000,)}
    assert report.totals[0][-1] == 7_000


def test_it_is_a_file_like_the_others_and_has_no_filters(engine: Engine) -> None:
    wrote(engine, [Card("gift_card", "SEK", (DAYS[2], 7_000), "", False, [(DAYS[3], "cash", 250)], [])])
    report = make_report(engine, Ask("gift-cards", limit=1), ZONE)
    assert written(report, "csv", "SEK").decode().splitlines() == [
        "day,currency,sold_minor,desk_minor,given_minor,other_minor,redeemed_minor,returned_minor,expired_minor,"
        "owed_minor",
        "2026-11-22,SEK,0,0,0,7000,0,0,0,7000",
    ]
    assert report.found == 2 and report.totals[0][-1] == 7_250
    for form in ("pdf", "xlsx"):
        assert written(report, form, "SEK")[:2] in (b"%P", b"PK")
    for wrong in (Ask("gift-cards", by=("hour",)), Ask("gift-cards", filters={"till": ("k01",)})):
        with pytest.raises(UnknownReport, match=r"there is (day|no filter)"):
            make_report(engine, wrong, ZONE)


def test_a_card_that_will_end_is_owed_until_then(engine: Engine) -> None:
    wrote(engine, [Card("gift_card", "SEK", (DAYS[0], 7_000), DAYS[3], False, [], [])])
    whole = Ask("gift-cards", by=("year",))
    assert make_report(engine, whole, ZONE, today=DAYS[2]).totals[0][-1] == 7_000
    assert make_report(engine, whole, ZONE, today=DAYS[3]).totals[0][-1] == 0
