"""An acquirer's file, however it is written, finds its payments, once; what it pays and what it costs is booked."""

from typing import Any

import pytest
from closing import DAY, Lane
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BREAD
from sqlalchemy.engine import Engine
from test_day_close import LATER, MUCH_LATER

from kiosk.checkout.sale import Sale, seal
from store import differences
from store.close_config import PayoutColumns, PayoutProfile
from store.closing_days import close, recheck, view, vouchers
from store.config import Config, StoreTable
from store.payout_csv import BadPayouts, read_payouts
from store.payouts import match_again, take_file

COLUMNS = PayoutColumns(
    amount="Belopp", paid="Utbetalningsdag", sold="Köpdatum", fee="Avgift", net="Netto", terminal="Terminal",
    receipt="Kvitto", trace="Spårnr", scheme="Korttyp", reference="Utbetalning", kind="Typ",
)  # fmt: skip
PROFILE = PayoutProfile(columns=COLUMNS, refunds=("Retur",), ignore=("Summa",))
CONFIG = Config(store=StoreTable(id="s001"), payouts={"bank": PROFILE})
HEAD = "Typ;Köpdatum;Utbetalningsdag;Terminal;Kvitto;Spårnr;Korttyp;Belopp;Avgift;Netto;Utbetalning"
PAID = "2026-11-25"


def paid_with(lane: Lane, much: int, receipt: str, **changes: Any) -> Sale:
    """A card sale with its own receipt and trace numbers."""
    sold = lane.sell((BREAD, much), **changes)
    card = sold.tenders[0].card
    assert card is not None
    numbered = replace(sold.tenders[0], card=replace(card, receipt=receipt, trace=f"000{receipt}"))
    made = seal(replace(sold, tenders=(numbered,)))
    lane.head = made.chain.hash
    lane.send(made)
    return made


def row(receipt: str, amount: str, fee: str = "0,00", net: str = "", kind: str = "Köp") -> str:
    return f"{kind};2026-11-23;{PAID};29001234;{receipt};{receipt};VISA;{amount};{fee};{net};UB77"


def file_of(*rows: str, encoding: str = "utf-8") -> bytes:
    return "\r\n".join([HEAD, *rows, ""]).encode(encoding)


@pytest.fixture
def lane(engine: Engine) -> Lane:
    return Lane(engine)


def take(engine: Engine, data: bytes) -> tuple[int, int, int]:
    taken = take_file(engine, CONFIG, data, "ub77.csv", "bank", "u3", LATER)
    return taken.lines, taken.new, taken.matched


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_finds_its_payments_and_the_day_is_paid(engine: Engine, lane: Lane, encoding: str) -> None:
    sales = [paid_with(lane, 1, "0175"), paid_with(lane, 40, "0176")]
    lane.z(sales)
    lane.settle({"visa": 41 * 3290})
    close(engine, CONFIG, DAY, "u3", LATER)
    assert view(engine, CONFIG, DAY, LATER).state == "in_transit"
    data = file_of(row("175", "32,90", "0,41", "32,49"), row("176", "1 316,00", "16,45"), "Summa;;;;;;;x;;;")
    assert take(engine, data if encoding == "utf-8" else data.decode().encode(encoding)) == (2, 2, 2)
    assert view(engine, CONFIG, DAY, LATER).state == "closed"
    close(engine, CONFIG, PAID, "u3", MUCH_LATER)
    (voucher,) = vouchers(engine, CONFIG, PAID, PAID)
    assert {e.account: e.amount_minor for e in voucher.entries} == {"1686": -134_890, "1930": 133_204, "6570": 1686}


def test_the_same_file_and_one_that_overlaps_pay_nothing_twice(engine: Engine, lane: Lane) -> None:
    paid_with(lane, 1, "0175")
    paid_with(lane, 1, "0176")
    first = file_of(row("175", "32,90"))
    assert take(engine, first) == (1, 1, 1)
    assert take(engine, first) == (1, 0, 0)
    assert take(engine, file_of(row("176", "32,90"), row("175", "32,90"))) == (2, 1, 1)


def test_what_is_paid_wrongly_or_for_nothing_is_work(engine: Engine, lane: Lane) -> None:
    sales = [paid_with(lane, 2, "0175")]
    lane.z(sales)
    lane.settle({"visa": 6580})
    assert take(engine, file_of(row("175", "60,00"), row("999", "12,00"))) == (2, 2, 1)
    recheck(engine, CONFIG, DAY, LATER)
    found = {(one.what, one.amount): one for one in differences.open_ones(engine)}
    assert set(found) == {("payout", -580), ("stray", 1200)}
    assert "terminal 29001234, receipt 999" in found["stray", 1200].note


def test_what_is_never_paid_out_is_work_after_a_week(engine: Engine, lane: Lane) -> None:
    sales = [paid_with(lane, 1, "0175"), paid_with(lane, 2, "0176")]
    lane.z(sales)
    lane.settle({"visa": 9870})
    take(engine, file_of(row("175", "32,90")))
    assert view(engine, CONFIG, DAY, LATER).transit_minor == 6580
    recheck(engine, CONFIG, DAY, MUCH_LATER)
    (one,) = differences.open_ones(engine)
    assert (one.what, one.about, one.amount, one.note) == ("payout", "visa", -6580, "not paid out")


def test_a_line_that_is_there_before_its_sale_finds_it_later(engine: Engine, lane: Lane) -> None:
    assert take(engine, file_of(row("175", "32,90"))) == (1, 1, 0)
    paid_with(lane, 1, "0175")
    assert match_again(engine, LATER) == 1 and match_again(engine, LATER) == 0


def test_a_number_that_was_given_twice_is_told_apart_by_its_amount(engine: Engine, lane: Lane) -> None:
    paid_with(lane, 1, "0175")
    paid_with(lane, 2, "0175", business_day="2026-11-24")
    paid_with(lane, 2, "0175", business_day="2026-11-22")
    assert take(engine, file_of(row("175", "65,80"))) == (1, 1, 0), "two are alike: nobody guesses"
    assert take(engine, file_of(row("175", "32,90"))) == (1, 1, 1)


def test_a_refund_is_known_by_its_word(engine: Engine, lane: Lane) -> None:
    paid_with(lane, 1, "0175", kind="return")
    assert take(engine, file_of(row("175", "32,90", kind="Retur"))) == (1, 1, 1)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (file_of(row("175", "32.9")), "line 2, column Belopp: '32.9' is no amount such as 1234,50"),
        (file_of(row("175", "32,901")), "is no amount"),
        (file_of(row("175", "32,90", "0,41", "32,90")), "is not the amount less the fee"),
        (file_of(row("175", "32,90").replace(PAID, "25/11 2026")), "column Utbetalningsdag: '25/11 2026' is no day"),
        (HEAD.replace("Belopp", "Summa").encode(), "there is no column 'Belopp'"),
        (b"", "there is no column"),
        (b"\xff\xfe\x00", "is not utf-16"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_taken(engine: Engine, data: bytes, says: str) -> None:
    with pytest.raises(BadPayouts) as bad:
        take(engine, data)
    assert says in str(bad.value)
    with pytest.raises(BadPayouts, match="no profile 'x': there is bank"):
        take_file(engine, CONFIG, data, "f", "x", "u3", LATER)


@pytest.mark.parametrize(
    ("text", "decimal", "minor"),
    [
        ("1 234,50", ",", 123_450), ("1.234,5", ",", 123_450), ("-12", ",", -1200), ("12,50-", ",", -1250),
        ("1,234.50", ".", 123_450), ("\u22121\u00a0234.50", ".", -123_450), ("0.10", ".", 10), ("7,000", ",", 700),
    ],
)  # fmt: skip
def test_amounts_are_read_as_they_are_written(text: str, decimal: Any, minor: int) -> None:
    columns = PayoutColumns(amount="a", paid="p", receipt="r")
    profile = PayoutProfile(columns=columns, decimal=decimal, delimiter="\t")
    (line,) = read_payouts(f"a\tp\tr\n{text}\t2026-11-25\t1\n".encode(), profile, "SEK", 2)
    assert line.gross_minor == minor


@settings(max_examples=500)
@given(st.binary(max_size=400) | st.text(alphabet=';,"\n0175-. åä', max_size=200).map(lambda t: file_of(t)))
def test_no_file_breaks_the_reader(data: bytes) -> None:
    try:
        lines = read_payouts(data, PROFILE, "SEK", 2)
    except BadPayouts as bad:
        assert bad.problems and all("\n" not in problem for problem in bad.problems)
    else:
        assert len({line.id for line in lines}) == len(lines)
