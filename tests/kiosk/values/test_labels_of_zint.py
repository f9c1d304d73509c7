"""Labels that somebody else made: zint draws them, zxing-cpp scans them, and the lane understands what is meant."""

import random

import pytest

from kiosk.values.barcode import Barcode, parse
from tests.zint import drawn, read

BREAD, BOX = "09520000000011", "99520000000014"


def scanned(symbology: str, text: str, *, gs1: bool = False) -> tuple[str, Barcode | None]:
    """The AIM identifier, and what the lane makes of the label."""
    label = read(drawn(symbology, text, gs1=gs1))
    return label.symbology_identifier, parse(label.bytes.decode(), label.symbology_identifier)


@pytest.mark.parametrize(
    ("symbology", "payload", "identifier", "gtin"),
    [
        ("EANX", "731086500470", "]E0", "07310865004703"),
        ("EANX", "7351353", "]E4", "00000073513537"),
        ("UPCA", "03600029145", "]E0", "00036000291452"),
        ("UPCE", "0123456", "]E0", "00012345000065"),
        ("ITF14", "1952000000001", "]I1", "19520000000018"),
        ("DBAR_OMN", "0952000000001", "]e0", BREAD),
        ("DBAR_STK", "0952000000001", "]e0", BREAD),
        ("DBAR_OMNSTK", "0952000000001", "]e0", BREAD),
        ("DBAR_LTD", "0952000000001", "]e0", BREAD),
    ],
)
def test_a_bare_gtin_whose_check_digit_zint_has_worked_out(
    symbology: str, payload: str, identifier: str, gtin: str
) -> None:
    assert scanned(symbology, payload) == (identifier, Barcode(gtin))


@pytest.mark.parametrize(
    ("symbology", "identifier"),
    [("GS1_128", "]C1"), ("DBAR_EXP", "]e0"), ("DBAR_EXPSTK", "]e0"), ("DATAMATRIX", "]d2"), ("QRCODE", "]Q3")],
)
@pytest.mark.parametrize(
    ("elements", "meant"),
    [
        ("[01]99520000000014[3103]000412", Barcode(BOX, weight_g=412)),
        ("[01]99520000000014[3922]1026", Barcode(BOX, price_digits=1026, price_decimals=2)),
        ("[01]09520000000011[17]261231[10]A7[21]s9", Barcode(BREAD, batch="A7", expiry="261231", serial="s9")),
        ("[10]A7b[01]09520000000011[15]261200", Barcode(BREAD, batch="A7b", best_before="261200")),
    ],
)
def test_element_strings_in_each_symbology_that_carries_them(
    symbology: str, identifier: str, elements: str, meant: Barcode
) -> None:
    gs1 = symbology in ("DATAMATRIX", "QRCODE")
    assert scanned(symbology, elements, gs1=gs1) == (identifier, meant)


@pytest.mark.parametrize(("symbology", "identifier"), [("QRCODE", "]Q1"), ("DATAMATRIX", "]d1")])
def test_a_digital_link(symbology: str, identifier: str) -> None:
    link = "https://id.gs1.org/01/09520000000011/10/A7?3103=000412"
    assert scanned(symbology, link) == (identifier, Barcode(BREAD, batch="A7", weight_g=412))


def test_any_article_number_is_the_one_that_was_drawn() -> None:
    dice = random.Random(13)
    for length in (12,) * 12 + (7,) * 6:
        payload = "".join(dice.choices("0123456789", k=length))
        _, meant = scanned("EANX", payload)
        assert meant is not None
        assert meant.gtin[:-1] == payload.zfill(13)


def test_a_code_128_that_is_no_article() -> None:
    assert scanned("CODE128", "k01-000042") == ("]C0", None)
