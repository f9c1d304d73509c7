"""14a and 14b on a lane whose receipts have no address but a signature."""

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.ui import gallery
from kiosk.ui.scene import Button, Code, Label, Scene, buttons
from kiosk.ui.shots import words_of_gallery
from kiosk.ui.show import scene as make_scene

SIGNS = replace(gallery.LANE, receipt_url="", signed_receipts=True)
TEXT = "KASSA1.content.signature"


def shown(told: gallery.Visit) -> Scene:
    return make_scene(told.state, told.view, words_of_gallery()["en"])


def qr_button(told: gallery.Visit) -> Button:
    return next(b for b in buttons(shown(told)) if b.name == "Show a QR code")


def test_a_lane_that_signs_needs_no_address_and_no_link_only_room_in_the_code() -> None:
    told = gallery.Visit("en", SIGNS).shops().taps_card().says_yes().does(e.LinkChanged(up=False))
    assert "too long for a QR code" in qr_button(told).why_not
    told.view = replace(told.view, signed_receipt=TEXT)
    assert qr_button(told).says == e.ReceiptChosen(kind="qr")
    told.does(e.ReceiptChosen(kind="qr"))
    elements = shown(told).elements
    assert [element.text for element in elements if isinstance(element, Code)] == [TEXT]
    assert not any("browser" in element.text for element in elements if isinstance(element, Label))
