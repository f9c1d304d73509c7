"""14b Receipt as a QR code: the address of this sale's page on the store server, which a phone opens.

Where receipts have no address, the code is the signed receipt itself: the phone keeps its text, which proves the
purchase without asking anybody.
"""

from kiosk.checkout.events import DonePressed, ReceiptChosen
from kiosk.checkout.sale import Sale, receipt_token
from kiosk.checkout.state import State
from kiosk.checkout.timing import receipt_closes
from kiosk.ui import layout
from kiosk.ui.scene import Box, Code, Element, Label, Rect, Scene
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import button
from kiosk.ui.screens.receipt import can_print, sealed_utc_ms
from kiosk.ui.screens.slip_paid import countdown, paid
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import View
from kiosk.ui.words import Words, seconds_left


def address(state: State, sale: Sale) -> str:
    """Where the store has the receipt."""
    return f"{state.lane.receipt_url.rstrip('/')}/r/{receipt_token(sale)}"


def scene(state: State, view: View, words: Words) -> Scene:
    """The code, and paper instead where there is some."""
    assert state.sale is not None
    held = address(state, state.sale) if state.lane.receipt_url else view.signed_receipt
    title = words.say("Scan with your phone")
    shown = banner(state, view, words)
    no_paper = "" if can_print(state) else words.say("There is no paper here right now.")
    instead, done = words.say("Print instead"), words.say("Done")
    return Scene(
        "14b-receipt-qr",
        layout.SIZE,
        "ground",
        (
            *brand(state, words),
            Box(layout.PROMPT, "paper", radius=28),
            Box(Rect(64, 128, 398, 398), "white", "hair", 3, 20),
            *((Code(Rect(75, 139, 376, 376), held),) if held else ()),
            Label(Rect(494, 204, 234, 92), title, 40, 700, True, max_lines=2, line_height=1.1, valign="top"),
            Label(
                Rect(494, 310, 218, 200),
                _what_it_is(state, words),
                layout.BODY,
                max_lines=5,
                line_height=1.25,
                valign="top",
            ),
            *button(
                Rect(64, 554, 316, 88),
                ReceiptChosen(kind="print"),
                instead,
                icon="printer-pos-outline",
                gap=20,
                why_not=no_paper,
            ),
            *button(Rect(396, 554, 316, 88), DonePressed(), done, style="primary", icon="check-bold"),
            *utility(state, words),
            *paid(state.sale, sealed_utc_ms(state.sale), words),
            *(paint(shown, layout.PAY, words) if shown else _closing(state, view, words)),
        ),
        focus=(done, instead),
        title=title,
    )


def _what_it_is(state: State, words: Words) -> str:
    if state.lane.receipt_url:
        return words.say("Your receipt opens in the browser. No app, no sign-up.")
    return words.say("The code is your receipt, signed by the shop. Keep the text for a return.")


def _closing(state: State, view: View, words: Words) -> tuple[Element, ...]:
    ends = receipt_closes(state)
    if ends is None:
        return ()
    left = seconds_left(ends, max(view.now_ms, state.touched_tick))
    text = words.count("Closes in **{count}** second", "Closes in **{count}** seconds", left)
    return (countdown(layout.PAY, text),)
