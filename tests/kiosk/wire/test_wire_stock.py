"""What a sale moves: pieces and grams apart, each product once; a void and training move nothing."""

import pytest
from msgspec.structs import replace

from kiosk.checkout.sale import Chain, Sale, SaleLine, Totals
from kiosk.wire.messages import StockMovement
from kiosk.wire.stock import stock_of


def _line(number: int, gtin: str, count: int, weight_g: int | None = None) -> SaleLine:
    return SaleLine(number, gtin, "x", "", "scan", count, weight_g, 100, 100, (), 600, 0, "1")


SALE = Sale(
    "s001", "k01", "2026-11-23", 1, "sale", False, "", "2026-11-23T09:13:40.002Z", "SEK", "sv", "1", None,
    (_line(1, "A", 2), _line(2, "4011", 1, 412), _line(3, "A", 1), _line(4, "4011", 1, 88)),
    Totals(0, 0, 0, 0, ()), (), (), Chain("0"),
)  # fmt: skip


def test_a_sale_takes_out() -> None:
    moved = stock_of(SALE)
    assert moved.movements == (StockMovement(gtin="A", count=-3), StockMovement(gtin="4011", weight_g=-500))
    assert (moved.sale, moved.sealed) == (SALE.key, SALE.sealed)


def test_a_return_brings_back() -> None:
    assert stock_of(replace(SALE, kind="return")).movements[0].count == 3


@pytest.mark.parametrize("change", [{"kind": "void"}, {"training": True}])
def test_nothing_left_the_shop(change: dict[str, object]) -> None:
    assert stock_of(replace(SALE, **change)).movements == ()
