"""Our codes beside those that zint draws of the same text: a reader that knows neither reads the same from both."""

from typing import Any

import pytest

from drivers.events import DocumentLine
from drivers.pos_printer.encoding import DocumentEncoder
from tests.drivers.pos_printer.foreign_printer import ForeignPrinter, image_of
from tests.zint import drawn, read


def on_paper(kind: Any, text: str) -> Any:
    """Between two lines, as a foreign printer prints our bytes."""
    lines = [DocumentLine("-" * 48), DocumentLine(text, kind=kind, align="centre"), DocumentLine("-" * 48)]
    return read(image_of(ForeignPrinter().print(DocumentEncoder("TM-T20II").document(lines))))


@pytest.mark.parametrize("text", ["k01-000042", "A{b}~ 9", "0123456789"])
def test_a_receipts_barcode(text: str) -> None:
    ours, theirs = on_paper("barcode", text), read(drawn("CODE128", text))
    assert (ours.symbology_identifier, ours.bytes) == (theirs.symbology_identifier, theirs.bytes) == ("]C0", ours.bytes)


@pytest.mark.parametrize(
    "text", ["(01)09520000000011(3103)000412", "(01)09520000000011(3922)1026", "(10)A7b(3103)000412"]
)
def test_the_label_of_weighed_goods(text: str) -> None:
    ours, theirs = on_paper("gs1", text), read(drawn("GS1_128", text.replace("(", "[").replace(")", "]")))
    assert (ours.symbology_identifier, ours.bytes) == (theirs.symbology_identifier, theirs.bytes) == ("]C1", ours.bytes)


@pytest.mark.parametrize("text", ["https://kassa.example/r/Zk3-09", "Smörgås 20,00 €, Хліб"])
def test_a_receipts_qr_code(text: str) -> None:
    ours, theirs = on_paper("qr", text), read(drawn("QRCODE", text))
    assert (str(ours.format), ours.text) == (str(theirs.format), theirs.text) == ("QR Code", text)
