"""A lane of a screen and a card terminal alone sells, without a warning: what was never there is not missed."""

from pathlib import Path

from kiosk.app.config import read_config
from kiosk.checkout import events as e
from kiosk.checkout.offering import Offer, offer_of
from kiosk.checkout.state import Phase
from kiosk.ui.scene import Button
from kiosk.ui.shots import WORDS, ZONE
from kiosk.ui.show import scene
from kiosk.ui.view import View
from kiosk.ui.words import load
from tests.kiosk.checkout.shopping import BREAD, Checkout, record

ALONE = """
[lane]
store = "s001"
till = "k01"
languages = ["en"]
needs = ["card_terminal"]
[receipts]
public_url = "https://kassa.example"
[devices.card_terminal]
driver = "simulated"
"""


def test_it_sells_to_the_end_and_nobody_is_called(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text(ALONE, encoding="utf-8")
    lane = read_config(file).brain_lane()
    checkout = Checkout(lane).tell(e.ItemFound(item=BREAD, entry="pick"), e.PayPressed())
    assert offer_of(checkout.state) == Offer("", ("card",), paper=False, weighs=False, watches_bags=False)
    assert checkout.state.payment is not None
    attempt = checkout.state.payment.attempt
    checkout.tell(e.CardReady(attempt=attempt, baseline=""))
    checkout.tell(e.CardCompleted(attempt=attempt, record=record(3290), message=1), e.Stored())
    words = load(WORDS, ("en",), currency="SEK", territory="se", zone=ZONE)["en"]
    shown = scene(checkout.state, View(), words)
    offered = [part.name for part in shown.elements if isinstance(part, Button) and not part.why_not]
    assert shown.name == "14a-receipt-choice"
    assert "Show a QR code" in offered and "Print it" not in offered
    assert not any("paper" in getattr(part, "text", "") for part in shown.elements)
    checkout.tell(e.ReceiptChosen(kind="print"))
    assert checkout.state.phase is Phase.RECEIPT and not checkout.state.printing, "nothing waits for a printer"
    checkout.tell(e.ReceiptChosen(kind="none"))
    assert checkout.state.phase is Phase.THANKS and not checkout.state.interventions
