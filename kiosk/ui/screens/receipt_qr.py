"""14b Receipt as a QR code: the address of this sale's page on the store server, which a phone opens.

Where receipts have no address, the code is the signed receipt itself: the phone keeps its text, which proves the
purchase without asking anybody.
"""

from kiosk.checkout.events import DonePressed, ReceiptChosen
from kiosk.checkout.sale import Sale, receipt_token
from kiosk.checkout.state import State
from kiosk.checkout.timing import receipt_closes
from kiosk.ui import layout
from kiosk.ui.room import Room, room_in
from kiosk.ui.scene import Element, Scene
from kiosk.ui.screens.banner import banner
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.code_page import code_page, framed
from kiosk.ui.screens.face import button
from kiosk.ui.screens.receipt import can_print, sealed_utc_ms
from kiosk.ui.screens.slip_paid import countdown, paid
from kiosk.ui.screens.told import told
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
    room = room_in(state, view).prompting
    title = words.say("Scan with your phone")
    shown = banner(state, view, words)
    no_paper = "" if can_print(state) else words.say("There is no paper here right now.")
    instead, done = words.say("Print instead"), words.say("Done")
    page = code_page(shown, words, room)
    left, right = layout.columns(page.answers, 2, room.px(16))
    printer = "printer-pos-outline"
    return Scene(
        "14b-receipt-qr",
        room.panel.size,
        "ground",
        (
            *(() if room.large else brand(state, words, room=room)),
            *page.elements,
            *framed(page.frame, held, room),
            *told(page.words, title, _what_it_is(state, words), room, sizes=(40, 36, 28, 24)),
            *button(left, ReceiptChosen(kind="print"), instead, room=room, icon=printer, gap=20, why_not=no_paper),
            *button(right, DonePressed(), done, room=room, style="primary", icon="check-bold"),
            *utility(state, words, room),
            *paid(state.sale, sealed_utc_ms(state.sale), words, room=room),
            *_closing(state, view, words, room),
        ),
        focus=(done, instead),
        title=title,
    )


def _what_it_is(state: State, words: Words) -> str:
    if state.lane.receipt_url:
        return words.say("Your receipt opens in the browser. No app, no sign-up.")
    return words.say("The code is your receipt, signed by the shop. Keep the text for a return.")


def _closing(state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    ends = receipt_closes(state)
    if ends is None:
        return ()
    left = seconds_left(ends, max(view.now_ms, state.touched_tick))
    text = words.count("Closes in **{count}** second", "Closes in **{count}** seconds", left)
    return (countdown(room.zones.pay, text, room),)
