"""The demo's whole catalogue, and names as real ones are, through the house as `make catalogue` does it.

And the judges are judged: a name, price or tax that comes out wrong must be found.
"""

from pathlib import Path

import buying
import pytest
import reading
from msgspec.structs import replace
from opening import open_shop

from kiosk.app import paper
from kiosk.checkout import pricing
from kiosk.checkout.sale import TaxTotal
from kiosk.wire.price_csv import PriceRow, PriceRows, read_csv

ODD = (
    "A",
    "Filet **aux oignons** {0} % \\n",
    "“Ägg” «œuf» 'æg' \"ou\" 100 % € ♥",
    "Ελληνικό μέλι",
    "Българско кисело мляко",
    "עוגיות שוקולד",
    "عصير فواكه مشكلة",
    "桂花陳酒 どん兵衛 물",
    "mojibake \x81 here",
    "e\u0301 composed of two, soft\u00adhyphen, no\u00a0break, −1",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "Sour Dippin', Pucker Packs, " * 5,
)


def odd_rows() -> PriceRows:
    return tuple(
        PriceRow(gtin=code, name=" ".join(name.split()), price_minor=999 + 101 * number, tax_class="food")
        for number, (code, name) in enumerate(zip(codes(), ODD, strict=False))
    )


def codes() -> list[str]:
    """GTIN-13s of the demonstration prefix, apart from the demo catalogue's."""
    bodies = [f"952999{number:06}" for number in range(len(ODD))]
    weigh = (1, 3) * 6
    return [f"{body}{-sum(int(d) * w for d, w in zip(body, weigh, strict=True)) % 10}" for body in bodies]


def sold_by_barcode(rows: PriceRows) -> PriceRows:
    return tuple(
        row
        for row in rows
        if row.gtin and row.sold_by == "each" and not (row.blocked or row.staff_only or row.open_price)
    )


def buy(folder: Path, rows: PriceRows, priced: PriceRows = ()) -> buying.Findings:
    """Sells `rows`; the lane's book says `priced` of them, if that is something else."""
    with open_shop() as shop:
        shop.stock(priced or rows, keep_others=True)
        return buying.buy_all(shop, rows, (), folder)


def test_every_product_of_the_demo_scans_shows_is_paid_and_prints(tmp_path: Path) -> None:
    text = Path("config/catalogue/demo.csv").read_text(encoding="utf-8")
    rows = sold_by_barcode(read_csv(text))
    found = buy(tmp_path, rows)
    assert found.problems == []
    assert found.scanned == len(rows) > 100
    assert found.approved > 0
    assert found.paper.holes == 0


def test_no_name_breaks_a_screen_or_a_receipt(tmp_path: Path) -> None:
    found = buy(tmp_path, odd_rows())
    assert found.problems == []
    assert found.pictures > 0
    assert 0 < found.paper.names_with_holes < len(ODD)


def test_a_wrong_price_is_found_on_the_screen_on_paper_and_at_the_terminal(tmp_path: Path) -> None:
    (row,) = odd_rows()[:1]
    said = " ".join(buy(tmp_path, (row,), (replace(row, price_minor=row.price_minor + 1),)).problems)
    assert "9,99\xa0kr is not on the screen" in said
    assert "with 9,99 is not where it should be" in said
    assert "the terminal charged 1000" in said


def test_a_lost_letter_on_paper_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    right = paper.lay_out
    monkeypatch.setattr(
        paper, "lay_out", lambda line, columns: right(paper.ReceiptLine(line.text[:30], line.right, line.kind), columns)
    )
    assert any("not where it should be" in problem for problem in buy(tmp_path, odd_rows()[-2:]).problems)


def test_a_wrong_tax_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pricing, "TaxTotal", lambda **kept: TaxTotal(**kept | {"tax_minor": kept["tax_minor"] + 1}))
    assert any(
        "is not the" in problem or "net and tax" in problem for problem in buy(tmp_path, odd_rows()[:2]).problems
    )


def test_a_hole_where_the_printer_has_the_letter_would_be_a_wrong_letter() -> None:
    seen = reading.Read()
    assert not reading._same("?gg", "Egg", seen)
    assert reading._same("?", "桂", seen)
    assert reading._same("Agg", "Ägg", seen)
    assert (seen.holes, seen.plainer) == (1, 1)
