"""The packs that ship: each is read, complete and explained, and right on both sides of the midnights that matter."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from kiosk.checkout.jurisdiction import Pack, decode_pack
from kiosk.values.money import Money

FOLDER = Path(__file__).parents[2] / "config/jurisdictions"
FILES = sorted(FOLDER.glob("*.toml"))
CLASSES = {"food", "standard", "alcohol", "tobacco", "books", "exempt"}
"""What every price book may name."""


def pack(name: str) -> Pack:
    return decode_pack((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), name)


def unexplained(text: str) -> list[str]:
    """The rules with no comment in the lines directly above them (or above the first of a group of the same name)."""
    lines, found, seen = text.splitlines(), [], set()
    for number, line in enumerate(lines):
        rule = re.match(r"\[+(age_limits|deposit|receipt|returns|fiscal|sale_hours|holidays)\b|cash_step_minor", line)
        if rule and rule[0].strip("[") not in seen:
            seen.add(rule[0].strip("["))
            if not lines[number - 1].startswith("#"):
                found.append(line)
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_pack_knows_every_class_that_price_books_use(file: Path) -> None:
    assert set(pack(file.stem).tax) >= CLASSES


@pytest.mark.parametrize("file", [f for f in FILES if f.stem != "us-test"], ids=lambda file: file.stem)
def test_every_rule_says_where_it_comes_from(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert unexplained(text) == []
    assert text.count("Source:") >= 5


def test_a_rule_without_a_reason_is_seen() -> None:
    assert unexplained("# why\n[deposit]\ntaxed = true\n\n[returns]\nregret_days = 14\n") == ["[returns]"]


@pytest.mark.parametrize(
    ("country", "tax_class", "day", "rate_bp"),
    [
        ("se", "food", date(2026, 3, 31), 1200), ("se", "food", date(2026, 4, 1), 600),
        ("se", "food", date(2027, 12, 31), 600), ("se", "food", date(2028, 1, 1), 1200),
        ("fi", "food", date(2025, 12, 31), 1400), ("fi", "food", date(2026, 1, 1), 1350),
        ("fi", "standard", date(2024, 8, 31), 2400), ("fi", "standard", date(2024, 9, 1), 2550),
        ("fi", "books", date(2024, 12, 31), 1000), ("fi", "books", date(2025, 1, 1), 1400),
        ("de", "standard", date(2020, 6, 30), 1900), ("de", "standard", date(2020, 7, 1), 1600),
        ("de", "standard", date(2020, 12, 31), 1600), ("de", "standard", date(2021, 1, 1), 1900),
        ("de", "food", date(2020, 12, 31), 500), ("de", "food", date(2021, 1, 1), 700),
        ("no", "food", date(2011, 12, 31), 1400), ("no", "food", date(2012, 1, 1), 1500),
        ("gb", "standard", date(2011, 1, 3), 1750), ("gb", "standard", date(2011, 1, 4), 2000),
        ("dk", "food", date(2026, 6, 1), 2500), ("us-test", "standard", date(2026, 6, 1), 825),
    ],
)  # fmt: skip
def test_a_rate_changes_at_its_midnight(country: str, tax_class: str, day: date, rate_bp: int) -> None:
    assert pack(country).rate_bp(tax_class, day) == rate_bp


@pytest.mark.parametrize(
    ("country", "due", "cash"),
    [
        ("se", 1049, 1000), ("se", 1050, 1100), ("no", 1049, 1000), ("no", 1050, 1100), ("dk", 1024, 1000),
        ("dk", 1025, 1050), ("fi", 1002, 1000), ("fi", 1003, 1005), ("de", 1003, 1003), ("gb", 1003, 1003),
    ],
)  # fmt: skip
def test_cash_is_rounded_as_the_coins_are(country: str, due: int, cash: int) -> None:
    assert pack(country).cash_due(Money(due)) == Money(cash)


@pytest.mark.parametrize(
    ("country", "tax_class", "years"),
    [
        ("se", "alcohol", 18), ("se", "medicine", 18), ("de", "beer", 16), ("de", "alcohol", 18), ("dk", "beer", 16),
        ("dk", "alcohol", 18), ("no", "tobacco", 18), ("fi", "alcohol", 18), ("gb", "alcohol", 18),
        ("us-test", "alcohol", 21),
    ],
)  # fmt: skip
def test_the_youngest_buyer(country: str, tax_class: str, years: int) -> None:
    assert pack(country).age_limit(tax_class) == years


@pytest.mark.parametrize(
    ("country", "goods_bp", "inside_bp"),
    [
        ("se", 600, None),
        ("no", 1500, None),
        ("gb", 2000, None),
        ("us-test", 825, None),
        ("de", 700, 700),
        ("de", 1900, 1900),
        ("fi", 1350, 2550),
        ("dk", 0, 2500),
    ],
)
def test_whose_rate_is_inside_a_deposit(country: str, goods_bp: int, inside_bp: int | None) -> None:
    assert pack(country).deposit_rate_bp(goods_bp, date(2026, 11, 25)) == inside_bp


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "sold"),
    [
        ("2026-11-25T07:59:59", False), ("2026-11-25T08:00", True), ("2026-11-25T19:59:59", True),
        ("2026-11-25T20:00", False),  # a Wednesday
        ("2026-11-28T17:59", True), ("2026-11-28T18:00", False),  # a Saturday
        ("2026-11-29T12:00", False),  # a Sunday
        ("2026-05-01T12:00", False), ("2027-05-17T12:00", False), ("2026-12-25T12:00", False),
        ("2026-12-24T17:30", True), ("2026-12-24T18:00", False),  # an eve
        ("2026-04-30T19:30", True),  # the day before 1 May is a day like others
        ("2026-05-13T19:30", True), ("2026-05-14T12:00", False),  # Ascension Day and its eve
        ("2026-04-01T19:30", False), ("2026-04-02T12:00", False),  # Maundy Thursday and its eve
        ("2026-05-25T12:00", False),  # Whit Monday
    ],
)  # fmt: skip
def test_beer_in_norway(when: str, sold: bool) -> None:
    """Alkoholloven § 3-7."""
    assert pack("no").may_sell("alcohol", at(when)) is sold


def test_after_whitsun_beer_is_sold_again_on_tuesday_morning() -> None:
    assert pack("no").sale_opens("alcohol", at("2026-05-23T18:00")) == at("2026-05-26T08:00")


@pytest.mark.parametrize(("when", "sold"), [("2026-12-25T20:59", True), ("2026-12-25T21:00", False)])
def test_beer_in_finland(when: str, sold: bool) -> None:
    """Alkoholilaki 42 §."""
    assert pack("fi").may_sell("alcohol", at(when)) is sold


def test_bread_is_sold_at_any_time_everywhere() -> None:
    assert all(pack(file.stem).may_sell("food", at("2026-12-25T03:00"), "bread") for file in FILES)
