"""What somebody at the bench's gate holds before its reader."""

from drivers.pos_printer.paper import PaperLine, Receipt
from kiosk.demo.bench.gate_panel import exit_code_on


def receipt(*codes: str) -> Receipt:
    return Receipt((PaperLine("Rye bread 32.90"), *(PaperLine(code, "qr") for code in codes)))


def test_the_code_of_the_last_receipt_and_not_its_address() -> None:
    paper = (receipt("7QF2"), receipt("K3XA", "https://example.org/r/1"), Receipt((PaperLine("Test slip"),)))
    assert exit_code_on(paper) == "K3XA"


def test_no_paper_no_code() -> None:
    assert exit_code_on(()) == ""
    assert exit_code_on((receipt("https://example.org/r/1"),)) == ""
