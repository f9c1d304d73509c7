"""Barcodes: every symbology ends in one GTIN, and nothing that somebody prints can do harm."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.values.barcode import GS, Barcode, Plu, parse, parse_typed

MILK = "07310865004703"


def gtin_of(code: Barcode | Plu | None) -> str:
    assert isinstance(code, Barcode)
    return code.gtin


def with_check_digit(payload: str) -> str:
    """By the definition: weights 3 and 1 from the right (GS1 General Specifications, section 7.9.1)."""
    weighted = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(payload)))
    return payload + str(-weighted % 10)


@pytest.mark.parametrize(
    ("text", "symbology", "gtin"),
    [
        ("7310865004703", "]E0", MILK),  # EAN-13
        ("7310865004703", "", MILK),
        ("]E07310865004703", "", MILK),
        ("036000291452", "]E0", "00036000291452"),  # UPC-A, bare
        ("0036000291452", "]E0", "00036000291452"),  # UPC-A as ISO/IEC 15424 sends it
        ("96385074", "]E4", "00000096385074"),  # EAN-8
        ("96385074", "", "00000096385074"),
        ("04252614", "]E0", "00042100005264"),  # UPC-E
        ("17310865004700", "]I1", "17310865004700"),  # ITF-14
        ("0107310865004703", "]C1", MILK),  # GS1-128
        ("0107310865004703", "]e0", MILK),  # GS1 DataBar
        ("0107310865004703", "]d2", MILK),  # GS1 DataMatrix
        ("0107310865004703", "]Q3", MILK),  # GS1 QR code
        ("0107310865004703", "", MILK),
        ("731086500470312", "]E3", MILK),  # EAN-13 with a two-digit add-on
        ("731086500470312345", "]E3", MILK),
        ("https://id.gs1.org/01/07310865004703", "]Q1", MILK),  # GS1 Digital Link
        ("HTTPS://ID.GS1.ORG/01/07310865004703", "]Q1", MILK),
        ("http://shop.example/a/b/01/7310865004703/10/AB%2F1?17=270131&x=y", "", MILK),
        ("7310865004703", "]C0", MILK),  # a plain Code 128 with the same digits
    ],
)
def test_every_symbology_ends_in_a_gtin(text: str, symbology: str, gtin: str) -> None:
    assert gtin_of(parse(text, symbology)) == gtin


def test_element_strings_bring_what_else_the_label_says() -> None:
    code = parse(f"01{MILK}3103001250172701001522{''}", "]C1")
    assert code is None, "a broken date field is no code"
    code = parse(
        f"01{MILK}3103001250" + "17270100" + "15261231" + f"10LOT/7{GS}" + "21S-99" + GS + "3922" + "1590", "]e0"
    )
    assert code == Barcode(
        MILK,
        batch="LOT/7",
        expiry="270100",
        best_before="261231",
        serial="S-99",
        weight_g=1250,
        price_digits=1590,
        price_decimals=2,
    )


@pytest.mark.parametrize(
    ("field", "grams"), [("3100000002", 2000), ("3103001250", 1250), ("3105012345", 123), ("3105012350", 124)]
)
def test_weights_are_grams(field: str, grams: int) -> None:
    code = parse(f"01{MILK}{field}", "]C1")
    assert isinstance(code, Barcode)
    assert code.weight_g == grams


@pytest.mark.parametrize("expiry", ["000000", "260230", "261100"])
def test_a_date_that_is_none_does_not_stop_a_sale(expiry: str) -> None:
    assert gtin_of(parse(f"01{MILK}17{expiry}", "]C1")) == MILK


def test_a_digital_link_brings_its_batch_and_date() -> None:
    code = parse(f"https://id.gs1.org/01/{MILK}/10/ABC/21/77?17=270131")
    assert code == Barcode(MILK, batch="ABC", serial="77", expiry="270131")


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("7310865004703", (MILK, "7310865004703")),
        ("036000291452", ("00036000291452", "0036000291452", "036000291452")),
        ("96385074", ("00000096385074", "0000096385074", "000096385074", "96385074")),
        ("17310865004700", ("17310865004700",)),
    ],
)
def test_keys_are_every_spelling_that_a_price_book_may_have(text: str, keys: tuple[str, ...]) -> None:
    code = parse(text)
    assert isinstance(code, Barcode)
    assert code.keys == keys


def test_eight_digits_that_are_right_both_ways_keep_both_readings() -> None:
    both = next(
        code
        for number in range(10**6)
        if (code := parse(with_check_digit(f"0{number:06d}"))) and isinstance(code, Barcode) and code.or_gtin
    )
    eight = both.gtin[-8:]
    assert both.keys[:1] == (eight.zfill(14),)
    assert both.or_gtin in both.keys
    assert parse(eight, "]E4") == Barcode(eight.zfill(14)), "EAN-8 by name is nothing else"
    upc_first = parse(eight, "]E0")
    assert isinstance(upc_first, Barcode)
    assert (upc_first.gtin, upc_first.or_gtin) == (both.or_gtin, both.gtin)


def _zeros_put_back(system: str, six: str) -> str:
    """UPC-E to UPC-A without its check digit (GS1 General Specifications, zero suppression), by the last digit."""
    last = six[5]
    if last in "012":
        return system + six[:2] + last + "0000" + six[2:5]
    if last == "3":
        return system + six[:3] + "00000" + six[3:5]
    if last == "4":
        return system + six[:4] + "00000" + six[4]
    return system + six[:5] + "0000" + last


@pytest.mark.parametrize("last", "0123456789")
@given(st.sampled_from("01"), st.text("0123456789", min_size=5, max_size=5))
def test_every_form_of_upc_e_is_the_upc_a_that_it_stands_for(last: str, system: str, five: str) -> None:
    whole = with_check_digit(_zeros_put_back(system, five + last))
    assert gtin_of(parse(system + five + last + whole[-1], "]E0")) == whole.zfill(14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "]",
        "]Y",
        "]YK",
        "]E0",
        "]C1",
        "0",
        "4011",
        "hello",
        "7310865004704",
        "]e0017310865004703",
        "]E173",
        "73108650\x00047031",
        "7310865004703\r",
        "７３１０８６５００４７０３",
        "٧٣١٠٨٦٥٠٠٤٧٠٣",
        "1" * 10_000,
        "https://shop.example/",
        "https://id.gs1.org/01/07310865004704",
        "https://[/01/07310865004703",
        "ftp://id.gs1.org/01/07310865004703",
        "https://id.gs1.org/01/07310865004703?" + "x" * 2048,
        "]C1" + "01" + MILK + "10" + "A" * 600,
        "\x1d",
        "]Q3\x1d\x1d",
    ],
)
def test_what_is_no_product_code_is_none(text: str) -> None:
    assert parse(text) is None


@given(
    st.text(max_size=600),
    st.sampled_from(["", "]E0", "]E3", "]E4", "]C1", "]e0", "]I1", "]Q3", "]Q1", "]d2", "]", "]zz"]),
)
@example("]", "")
@example("]YK", "")
@example("01", "]C1")
def test_no_label_can_make_it_raise(text: str, symbology: str) -> None:
    code = parse(text, symbology)
    assert code is None or len(code.gtin) == 14
    typed = parse_typed(text)
    assert typed is None or typed.keys


@given(st.text("0123456789]EeCdQI\x1d()/:.htpsA", max_size=60))
def test_no_label_of_plausible_characters_can_either(text: str) -> None:
    for label in (text, f"]C1{text}", f"]Q1https://id.gs1.org/{text}", f"01{MILK}{text}"):
        code = parse(label)
        assert code is None or with_check_digit(code.gtin[:-1]) == code.gtin


@given(st.sampled_from([7, 11, 12, 13]).flatmap(lambda n: st.text("0123456789", min_size=n, max_size=n)))
def test_every_right_check_digit_is_accepted(payload: str) -> None:
    digits = with_check_digit(payload)
    code = parse(digits)
    assert isinstance(code, Barcode)
    assert digits.zfill(14) in (code.gtin, code.or_gtin)
    assert digits in code.keys or len(digits) == 14


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_never_another_product(payload: str, place: int, by: int) -> None:
    digits = with_check_digit(payload)
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert parse(wrong, "]E0") is None


@pytest.mark.parametrize("typed", ["7310865004703", "7 310865 004703", "7-310865-004703", " 7310865004703 "])
def test_typed_digits_may_be_spaced_as_they_are_printed(typed: str) -> None:
    assert gtin_of(parse_typed(typed)) == MILK


@pytest.mark.parametrize("typed", ["4011", "94011"])
def test_a_short_number_is_a_plu_only_when_typed(typed: str) -> None:
    assert parse_typed(typed) == Plu(typed)
    assert parse_typed(typed).keys == (typed,)  # type: ignore[union-attr]
    assert parse(typed) is None


@pytest.mark.parametrize(
    "typed", ["", "123", "123456", "7310865004704", "]E07310865004703", "40l1", "1" * 10_000, "４０１１"]
)
def test_other_typed_things_are_nothing(typed: str) -> None:
    assert parse_typed(typed) is None
