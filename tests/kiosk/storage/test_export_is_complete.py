"""Whatever a sealed sale holds, its export says: every field gets a value of its own, and each is found again."""

import csv
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from kiosk.checkout.sale import Sale
from kiosk.storage.export import csv_lines, poslog_json

_TAX = {"rate_bp": 1200, "net_minor": 1001, "tax_minor": 1002}
_LINE = {
    "line": 41, "gtin": "g-1", "name": "n-1", "category": "c-1", "entry": "scan", "count": 42, "weight_g": 1003,
    "unit_price_minor": 1004, "amount_minor": 1005, "tax_bp": 601, "deposit_minor": 1006, "price_book": "pb-line",
    "age_limit": 43, "deposit_tax_bp": 602, "priced": "label", "batch": "b-1", "amount_by": "scale",
    "back": {"reason": "defective", "waste": True},
    "original": {"sale": "os-1", "line": 47, "units": [48], "hold": "h-1"},
    "discounts": [{"offer": "o-1", "amount_minor": -1007, "name": "on-1", "coupon": "cp-1"}],
}  # fmt: skip
_TENDERS = [
    {
        "kind": "card", "amount_minor": 1008, "attempt": "a-1", "evidence": "ev-1",
        "card": {
            "scheme": "sch-1", "masked": "***1", "terminal": "t-1", "receipt": "r-1", "trace": "tr-1",
            "authorization": "au-1",
        },
    },
    {
        "kind": "cash", "amount_minor": 1009, "attempt": "a-2", "card": None,
        "cash": {"given_minor": 1010, "change_minor": 1011}, "reference": "ref-1", "slip": "KD-1.1200.SEK.261126.x",
        "reverses": "k01-000010-2",
    },
]  # fmt: skip
_FULL: dict[str, Any] = {
    "store": "s001", "till": "k01", "business_day": "2026-11-23", "sequence": 44, "kind": "return", "training": True,
    "started": "2026-11-23T09:00:00.000Z", "sealed": "2026-11-23T09:01:00.000Z", "currency": "SEK", "language": "sv",
    "price_book": "pb-sale", "customer": "cust-1", "lines": [_LINE], "tenders": _TENDERS,
    "totals": {
        "goods_minor": 1012, "deposit_minor": 1013, "rounding_minor": 1014, "due_minor": 1015, "added_tax_minor": 1016,
        "tax": [_TAX],
    },
    "interventions": [
        {"reason": "bag", "opened": "op-1", "cleared": "cl-1", "by": "u7", "where": "lane", "evidence": "ev-2"},
    ],
    "fiscal": {
        "signer": "sg-1", "number": 45, "date": "d-1", "time": "ti-1", "signature": "sig-1", "key": "k-1",
        "late": [{"sale": "ls-1", "number": 46, "date": "d-2", "time": "ti-2", "signature": "sig-2", "key": "k-2"}],
    },
    "chain": {"previous": "prev-1", "hash": "hash-1"},
    "served_by": "u8",
    "lot": {"till": "lt-1", "period": 49, "visit": 50, "why": "carried", "result": "added"},
    "donation": {"to": "don-1", "amount_minor": 1017},
    "loads": [{"hold": "q-1", "card": "··34", "amount_minor": 1018}],
}  # fmt: skip
_BY_THE_WORD = {"return"}
"""Said by the name of the element that the line stands in."""


def _leaves(plain: Any) -> Iterator[Any]:
    match plain:
        case dict():
            for value in plain.values():
                yield from _leaves(value)
        case list() | tuple():
            for value in plain:
                yield from _leaves(value)
        case _:
            yield plain


@pytest.fixture
def sale() -> Sale:
    return msgspec.convert(_FULL, Sale)


def test_the_sample_has_every_field_that_there_is(sale: Sale) -> None:
    """A field that is added to the sale must be added here, and then be exported."""

    def names(kind: Any) -> set[str]:
        return {field.name for field in msgspec.structs.fields(kind)}

    for struct, plain in ((sale, _FULL), (sale.lines[0], _LINE), (sale.totals, _FULL["totals"])):
        assert names(struct) == set(plain)
    assert set().union(*_TENDERS) == names(sale.tenders[0])
    assert sale.lines[0].original is not msgspec.UNSET
    assert names(sale.lines[0].original) == set(_LINE["original"])  # type: ignore[arg-type]
    assert names(sale.lines[0].discounts[0]) == set(_LINE["discounts"][0])  # type: ignore[index]
    assert sale.fiscal is not msgspec.UNSET
    assert names(sale.fiscal) == set(_FULL["fiscal"])


def test_poslog_says_all_of_it(sale: Sale) -> None:
    document = json.loads("".join(poslog_json([sale])))
    said = list(_leaves(document))
    assert [value for value in _leaves(_FULL) if value is not None and value not in said] == list(_BY_THE_WORD)
    assert "Return" in document["POSLog"]["Transaction"][0]["RetailTransaction"]["LineItem"][0]


def test_csv_says_what_fits_a_line(sale: Sale) -> None:
    (row,) = csv.DictReader("".join(csv_lines([sale])).splitlines())
    assert (row["kind"], row["training"], row["customer"]) == ("return", "yes", "cust-1")
    assert row["tenders"] == "card:1008 cash:1009"
    assert (row["offers"], row["discount_minor"], row["priced"], row["batch"]) == ("o-1", "-1007", "label", "b-1")
    assert row["amount_by"] == "scale" and row["loads"] == "··34:1018:q-1"
    assert (row["return_reason"], row["waste"]) == ("defective", "yes")
    assert (row["interventions"], row["signature"], row["added_tax_minor"]) == ("bag:u7", "sig-1", "1016")
