"""Whatever a day was, its voucher balances to the minor unit, and bookkeeping programs can read it."""

import csv
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BREAD, WATER, Till

from kiosk.checkout.sale import CardLoad, CardSlipData, Donation, Sale, TaxTotal, Tender
from store.bookkeeping import BAS, BookVoucher, NoAccount, book_voucher, is_bookable
from store.close_config import AccountsTable, BookkeepingTable, LedgerCsv
from store.day_figures import SUSPENSE, TENDER, added, figures_of, less, of_kind, turnover_minor
from store.sie import sie4
from store.voucher_csv import voucher_csv

BOOKS = BookkeepingTable()
MONEY = st.integers(-10_000_000, 10_000_000)
DAY = "2026-11-23"


@st.composite
def any_sale(draw: st.DrawFn) -> Sale:
    """As a till may seal it, or as a broken one does: nothing has to fit."""
    sold = Till().sell((BREAD, draw(st.integers(1, 9))), (WATER, draw(st.integers(1, 9))))
    rates = draw(st.lists(st.sampled_from([0, 600, 1200, 2500]), unique=True, max_size=4))
    tax = tuple(TaxTotal(rate, draw(MONEY), draw(MONEY) if rate else 0) for rate in rates)
    tenders = tuple(
        Tender(kind, draw(MONEY), f"a{n}", _card(draw(st.sampled_from(["Visa", "AMEX"]))) if kind == "card" else None)
        for n, kind in enumerate(
            draw(st.lists(st.sampled_from(["card", "cash", "gift_card", "voucher", "qr"]), max_size=3))
        )
    )
    totals = replace(sold.totals, tax=tax, rounding_minor=draw(MONEY), due_minor=draw(MONEY))
    donation = draw(st.sampled_from([None, Donation("Red Cross", 250)]))
    changes: dict[str, Any] = {"donation": donation} if donation else {}
    if loads := draw(st.lists(st.builds(CardLoad, st.just("q1"), st.just("··34"), MONEY), max_size=2)):
        changes["loads"] = tuple(loads)
    kind = draw(st.sampled_from(["sale", "return", "void"]))
    return replace(sold, totals=totals, tenders=tenders, kind=kind, training=draw(st.booleans()), **changes)


def _card(scheme: str) -> CardSlipData:
    return CardSlipData(scheme, "************4021", "29001234", "0175", "000312", "831000")


def _total(voucher: BookVoucher, *accounts: str) -> int:
    return sum(entry.amount_minor for entry in voucher.entries if entry.account in accounts)


@settings(max_examples=500)
@given(st.lists(any_sale(), max_size=6), MONEY, MONEY)
def test_every_voucher_balances(sales: list[Sale], counted: int, paid: int) -> None:
    figures = added(
        figures_of(sales),
        {"cash_difference": counted, "paid_gross:visa": paid, "paid_fee": paid // 80, "paid_net": paid - paid // 80},
        {"desk:cash": paid, "desk:free": counted, "loaded:gift_card": paid + counted},
    )
    voucher = book_voucher(7, DAY, 1, figures, BOOKS)
    assert sum(entry.amount_minor for entry in voucher.entries) == 0
    assert all(entry.amount_minor for entry in voucher.entries)


@given(st.lists(any_sale(), max_size=4), st.lists(any_sale(), max_size=4))
def test_a_day_and_its_correction_are_together_what_the_whole_day_is(early: list[Sale], late: list[Sale]) -> None:
    first, whole = figures_of(early), figures_of([*early, *late])
    correction = less(whole, first)
    assert added(first, correction) == whole
    together = [*book_voucher(1, DAY, 1, first, BOOKS).entries, *book_voucher(2, DAY, 2, correction, BOOKS).entries]
    for account in {entry.account for entry in together}:
        booked = sum(entry.amount_minor for entry in together if entry.account == account)
        assert booked == _total(book_voucher(1, DAY, 1, whole, BOOKS), account)


def test_what_the_till_sealed_is_booked_and_nothing_is_left_over() -> None:
    """Bread 65.80 at 6 %, three bottles of water 35.70 at 6 % with 3.00 of deposit, paid by card; one bread back."""
    till = Till()
    sold = till.sell((BREAD, 2), (WATER, 3))
    back = till.sell((BREAD, 1), kind="return")
    figures = figures_of([sold, back])
    assert figures == {
        "count:return": 1, "count:sale": 1, "deposit": 300, "sales:600": 6471, "tax:600": 389, "tender:card:visa": 7160,
    }  # fmt: skip
    assert SUSPENSE not in figures and turnover_minor(figures) == 7160
    voucher = book_voucher(1, DAY, 1, figures, BOOKS)
    assert {entry.account: entry.amount_minor for entry in voucher.entries} == {
        "1686": 7160, "2631": -389, "2890": -300, "3003": -6471,
    }  # fmt: skip


def test_what_does_not_add_up_waits_on_the_observation_account() -> None:
    sold = Till().sell((BREAD, 1))
    short = replace(sold, tenders=(replace(sold.tenders[0], amount_minor=3000),))
    assert figures_of([short])[SUSPENSE] == -290
    assert _total(book_voucher(1, DAY, 1, figures_of([short]), BOOKS), "2999") == 290


def test_voids_and_training_are_no_money() -> None:
    till = Till()
    figures = figures_of([till.sell((BREAD, 1), kind="void"), till.sell((BREAD, 1), training=True)])
    assert figures == {"count:void": 1} and not is_bookable(figures)


def test_a_cash_difference_stands_beside_the_sales_and_fees_beside_the_payout() -> None:
    figures = {"tender:cash": 5000, "sales:600": 4717, "tax:600": 283, "cash_difference": -50}
    voucher = book_voucher(1, DAY, 1, figures, BOOKS)
    assert _total(voucher, "1910") == 4950 and _total(voucher, "3740") == 50 and _total(voucher, "3003") == -4717
    paid = book_voucher(2, DAY, 1, {"paid_gross:visa": 7160, "paid_fee": 89, "paid_net": 7071}, BOOKS)
    assert {e.account: e.amount_minor for e in paid.entries} == {"1686": -7160, "1930": 7071, "6570": 89}


def test_gift_cards_are_owed_when_they_are_sold_and_paid_with_later() -> None:
    till, books = Till(), BookkeepingTable(accounts=AccountsTable(categories={"gift cards": "2421"}))
    sold = till.sell((replace(BREAD, price_minor=50_000, category="gift cards/50"), 1))
    untaxed = replace(
        sold,
        lines=tuple(replace(line, tax_bp=0) for line in sold.lines),
        totals=replace(sold.totals, tax=(TaxTotal(0, 50_000, 0),)),
    )
    figures = figures_of([untaxed], frozenset(books.accounts.categories))
    assert "sales:0" not in figures and figures["apart:gift cards"] == 50_000
    assert _total(book_voucher(1, DAY, 1, figures, books), "2421") == -50_000
    bread = till.sell((BREAD, 1))
    paid = replace(bread, tenders=(Tender("gift_card", 3290, "a", None),))
    assert _total(book_voucher(2, DAY, 1, figures_of([paid]), books), "2421") == 3290


def test_a_gift_card_that_a_lane_has_sold_is_owed_and_no_turnover() -> None:
    sold = Till().sell((BREAD, 1))
    both = replace(
        sold,
        loads=(CardLoad("q1", "··34", 50_000),),
        tenders=(replace(sold.tenders[0], amount_minor=53_290),),
    )
    figures = figures_of([both])
    assert figures["loaded:gift_card"] == 50_000 and SUSPENSE not in figures and turnover_minor(figures) == 3290
    assert _total(book_voucher(1, DAY, 1, figures, BOOKS), "2421") == -50_000


def test_what_has_no_account_is_named_by_its_key() -> None:
    with pytest.raises(NoAccount, match=r"bookkeeping\.accounts\.sales\.1400"):
        book_voucher(1, DAY, 1, {"sales:1400": 100, "tax:1400": 14, "tender:cash": 114}, BOOKS)


def test_a_scheme_may_have_an_account_of_its_own() -> None:
    books = BookkeepingTable(accounts=AccountsTable(schemes={"amex": "1687"}), names={"1687": "Amex"})
    voucher = book_voucher(1, DAY, 1, {"tender:card:amex": 500, "tender:card:visa": 200, "sales:0": 700}, books)
    assert [(e.account, e.name, e.amount_minor) for e in voucher.entries][:2] == [
        ("1686", BAS["1686"], 200),
        ("1687", "Amex", 500),
    ]
    assert of_kind({"tender:card:amex": 500}, TENDER) == {"card:amex": 500}


# --- files ------------------------------------------------------------------------------------------------------------

_FIELD = r'(?:"((?:[^"\\]|\\.)*)"|(\{[^}]*\})|(\S+))'


def read_sie(data: bytes) -> tuple[dict[str, list[str]], list[tuple[list[str], list[list[str]]]]]:
    """A reader made from the standard's own grammar, which shares nothing with the writer: labels, and vouchers."""
    labels: dict[str, list[str]] = {}
    vouchers: list[tuple[list[str], list[list[str]]]] = []
    for line in data.decode("cp437").split("\r\n"):
        text = line.strip("\t ")
        if not text or text in "{}":
            continue
        label, _, rest = text.partition(" ")
        fields = [re.sub(r"\\(.)", r"\1", a) or b or c for a, b, c in re.findall(_FIELD, rest)]
        if label == "#VER":
            vouchers.append((fields, []))
        elif label == "#TRANS":
            vouchers[-1][1].append(fields)
        else:
            labels[f"{label} {fields[0]}" if label == "#KONTO" else label] = fields
    return labels, vouchers


FILE = {"company": 'Åkes "Ägg" & Öl ☃', "org_number": "556000-0000", "currency": "SEK"}


def test_an_sie_file_says_what_the_voucher_says() -> None:
    figures = {"tender:cash": 114_050, "sales:2500": 91_240, "tax:2500": 22_810}
    voucher = book_voucher(7, DAY, 1, figures, BOOKS)
    data = sie4([voucher], **FILE, made=date(2026, 11, 24), version="1.2")
    labels, vouchers = read_sie(data)
    assert list(labels)[:7] == ["#FLAGGA", "#PROGRAM", "#FORMAT", "#GEN", "#SIETYP", "#ORGNR", "#FNAMN"]
    assert labels["#FORMAT"] == ["PC8"] and labels["#SIETYP"] == ["4"] and labels["#GEN"] == ["20261124"]
    assert labels["#FNAMN"] == ['Åkes "Ägg" & Öl ?']
    assert labels["#KONTO 2611"] == ["2611", "Utgående moms på försäljning inom Sverige, 25 %"]
    ((head, lines),) = vouchers
    assert head == ["K", "7", "20261123", "Dagskassa 2026-11-23", "20261124"]
    assert [line[:3] for line in lines] == [
        ["1910", "{}", "1140.50"], ["2611", "{}", "-228.10"], ["3001", "{}", "-912.40"],
    ]  # fmt: skip
    assert b"F\x94rs\x84ljning" in data


@settings(max_examples=200)
@given(st.text(max_size=30), st.lists(any_sale(), max_size=4))
def test_an_sie_file_can_be_read_whatever_the_shop_is_called(name: str, sales: list[Sale]) -> None:
    voucher = book_voucher(1, DAY, 1, figures_of(sales), BookkeepingTable(names={"1910": name, "1686": name}))
    _, vouchers = read_sie(sie4([voucher], **{**FILE, "company": name}, made=date(2026, 11, 24), version="1"))
    read = [(line[0], round(float(line[2]) * 100)) for line in vouchers[0][1]]
    assert read == [(entry.account, entry.amount_minor) for entry in voucher.entries]


def test_a_csv_has_the_columns_that_the_shop_has_named() -> None:
    voucher = book_voucher(7, DAY, 2, {"tender:cash": 106_00, "sales:600": 100_00, "tax:600": 6_00}, BOOKS)
    form = LedgerCsv(columns={"Datum": "date", "Konto": "account", "Belopp": "amount", "Text": "title"})
    rows = list(csv.DictReader(StringIO(voucher_csv([voucher], form, "SEK").decode()), delimiter=";"))
    assert rows[0] == {"Datum": DAY, "Konto": "1910", "Belopp": "106,00", "Text": f"Dagskassa {DAY}, rättelse 1"}
    assert [row["Belopp"] for row in rows] == ["106,00", "-6,00", "-100,00"]
    plain = voucher_csv([voucher], LedgerCsv(decimal="."), "SEK").decode()
    assert plain.splitlines()[0] == "Date;Voucher;Account;Name;Debit;Credit;Text"
    assert plain.splitlines()[2].startswith("2026-11-23;K7;2631;") and ";;6.00;" in plain.splitlines()[2]
