"""Price and weight inside a number: the Swedish layout, one with its own check digit, and rules that are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.values.barcode import check_digit, parse, value_check_digit
from kiosk.values.variable_measure import VariableMeasure, measured, rule_fault

PLAIN = "IIIIIIIIVVVVC"
SWEDISH = {
    "20": VariableMeasure(PLAIN, "price", 2),
    "21": VariableMeasure(PLAIN, "price", 1),
    "23": VariableMeasure(PLAIN, "weight", 3),
    "25": VariableMeasure(PLAIN, "weight", 1),
}
CHECKED = {"02": VariableMeasure("IIIIIIIKVVVVC", "price", 2), "29": VariableMeasure("IIIIIIKVVVVVC", "price", 2)}


def label(item: str, value: str) -> str:
    return "0" + item + value + check_digit(item + value)


@pytest.mark.parametrize(
    ("item", "value", "price_minor", "weight_g"),
    [
        ("20123401", "1234", 1234, None),
        ("21123401", "1234", 12340, None),
        ("23123401", "1234", None, 1234),
        ("25123401", "1234", None, 123_400),
        ("20123401", "0000", 0, None),
    ],
)
def test_what_the_value_means(item: str, value: str, price_minor: int | None, weight_g: int | None) -> None:
    found = measured(label(item, value), SWEDISH)
    assert found is not None
    assert (found.price_minor, found.weight_g) == (price_minor, weight_g)
    assert found.keys[0] == item + "0000" + check_digit(item + "0000")
    assert item + "00000" in found.keys


@given(st.integers(0, 9999), st.sampled_from(sorted(SWEDISH)), st.integers(0, 999_999))
def test_the_item_is_the_same_whatever_it_weighs(value: int, prefix: str, serial: int) -> None:
    whole = label(f"{prefix}{serial:06d}", f"{value:04d}")
    found, other = measured(whole, SWEDISH), measured(label(f"{prefix}{serial:06d}", "4711"), SWEDISH)
    assert found is not None and other is not None and found.keys == other.keys
    assert parse(whole[1:], "]E0") is not None


def test_a_misread_value_is_none_where_it_has_a_check_digit() -> None:
    good = "0212345" + value_check_digit("1590") + "1590"
    found = measured("0" + good + check_digit(good), CHECKED)
    assert found is not None and found.price_minor == 1590
    assert found.keys[0].startswith("021234500000") and "21234500000" in found.keys[2]
    bad = "0212345" + str((int(value_check_digit("1590")) + 1) % 10) + "1590"
    assert measured("0" + bad + check_digit(bad), CHECKED) is None


@pytest.mark.parametrize("gtin", ["07310865004703", "17310865004700", "02712340012347"])
def test_other_numbers_are_none(gtin: str) -> None:
    assert measured(gtin, SWEDISH) is None


@pytest.mark.parametrize(
    ("prefix", "rule"),
    [
        ("73", VariableMeasure(PLAIN, "price", 2)),
        ("20", VariableMeasure("IIIIIIIIVVVV", "price", 2)),
        ("20", VariableMeasure("IIIIIIVVIVVVC", "price", 2)),
        ("20", VariableMeasure("IVIIIIIIVVVVC", "price", 2)),
        ("20", VariableMeasure("IIIIIIIIIIIIC", "price", 2)),
        ("20", VariableMeasure("IIIIIKVVVVVVC", "price", 2)),
        ("20", VariableMeasure("IIIIIIIIVVVCC", "price", 2)),
        ("20", VariableMeasure(PLAIN, "price", 3)),
        ("20", VariableMeasure(PLAIN, "weight", -1)),
    ],
)
def test_a_rule_that_cannot_be_meant(prefix: str, rule: VariableMeasure) -> None:
    assert rule_fault(prefix, rule)


def test_good_rules_have_no_fault() -> None:
    assert [rule_fault(prefix, rule) for prefix, rule in (SWEDISH | CHECKED).items()] == [""] * 6
