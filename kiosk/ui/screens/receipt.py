"""14a Receipt, and 18c when there is no paper. The sale is safe; this is only about the paper.

A QR code is offered only where a phone can open the address behind it, or where it holds the receipt itself; paper only
where there is some, and an exit code is promised only in a shop that has a gate.
"""

from datetime import datetime

from kiosk.checkout.asking import is_asking
from kiosk.checkout.events import ReceiptChosen
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.questions import EmailAsk
from kiosk.checkout.sale import Sale
from kiosk.checkout.state import State
from kiosk.checkout.timing import receipt_closes
from kiosk.ui import layout
from kiosk.ui.scene import Element, Label, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import tile
from kiosk.ui.screens.slip_paid import countdown, paid
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words, seconds_left

_CELLS = layout.grid(Rect(32, 220, 712, 435), 2, 2, 20, 25)


def sealed_utc_ms(sale: Sale) -> int:
    """When the sale was sealed."""
    return int(datetime.fromisoformat(sale.sealed).timestamp()) * 1000


def can_print(state: State) -> bool:
    """Whether paper is worth offering: the printer works, and has not just failed at this very receipt."""
    return printer_works(state) and not any(p.sale == state.sale and p.state == "failed" for p in state.printing)


def scene(state: State, view: View, words: Words) -> Scene:
    """Four ways to have a receipt, or none."""
    assert state.sale is not None
    paper_here = can_print(state)
    title = words.say("Thank you. Want a receipt?")
    shown = banner(state, view, words)
    told = (
        paint(shown, layout.BANNER, words)
        if shown
        else (
            Label(Rect(32, 100, 712, 48), title, layout.TITLE, 700, True),
            Label(Rect(32, 154, 712, 34), _beneath(state, view, paper_here, words), layout.CAPTION, colour="ink2"),
        )
    )
    return Scene(
        "14a-receipt-choice" if paper_here else "18c-paper-out",
        layout.SIZE,
        "ground",
        (
            *brand(state, words),
            *told,
            *(_with_paper(state, view, words) if paper_here else _without_paper(state, view, words)),
            *utility(state, words),
            *paid(state.sale, sealed_utc_ms(state.sale), words, short=not paper_here),
            *(() if paper_here else _staff_chip(state, words)),
            *_closing(state, view, words),
        ),
        title=title,
    )


def _beneath(state: State, view: View, paper_here: bool, words: Words) -> str:
    if not paper_here and state.devices.paper in ("ok", "low"):
        return words.say("The printer could not print it. We have told our staff.")
    if not paper_here:
        if not _no_phone(state, view, words):
            return words.say("No paper here right now. A QR code works just as well.")
        return words.say("No paper here right now. Our staff can print it for you.")
    if state.lane.exit_codes:
        return words.say("We print an exit code either way.")
    return words.say("It is yours to choose.")


def _no_phone(state: State, view: View, words: Words) -> str:
    """Why a phone cannot have the receipt now. The store's page has it only once the sale has reached the store; a
    signed one needs nobody, only room in the code."""
    if not state.lane.receipt_url and view.signed_receipt:
        return ""
    if not state.lane.receipt_url and state.lane.signed_receipts:
        return words.say("This receipt is too long for a QR code.")
    if not state.lane.receipt_url:
        return words.say("This shop has no receipts on the phone yet.")
    return "" if state.devices.link_up else words.say("A receipt on the phone is not possible right now.")


def _qr(rect: Rect, state: State, view: View, words: Words, *, style: str, colour: str) -> tuple[Element, ...]:
    return tile(
        rect,
        ReceiptChosen(kind="qr"),
        words.say("Show a QR code"),
        words.say("Keep it on your phone"),
        "qrcode",
        style=style,
        icon_colour=colour,
        why_not=_no_phone(state, view, words),
    )


def _no_mail(state: State, words: Words) -> str:
    """Why no mail can be sent now."""
    if not state.lane.email_receipts:
        return words.say("This shop sends no receipts by e-mail.")
    if is_asking(state, EmailAsk):
        return words.say("One moment, we are asking.")
    return "" if state.devices.link_up else words.say("A receipt by e-mail is not possible right now.")


def _mail(rect: Rect, state: State, words: Words, colour: str) -> tuple[Element, ...]:
    why = _no_mail(state, words)
    return tile(
        rect,
        OpenPage("email"),
        words.say("E-mail it"),
        words.say("Type your address"),
        "email-outline",
        icon_colour=colour,
        why_not=why,
    )


def _none(rect: Rect, state: State, words: Words, detail: str, colour: str) -> tuple[Element, ...]:
    text = detail if state.lane.exit_codes else words.say("Nothing is printed")
    return tile(rect, ReceiptChosen(kind="none"), words.say("No receipt"), text, "leaf", icon_colour=colour)


def _with_paper(state: State, view: View, words: Words) -> tuple[Element, ...]:
    one, two, three, four = _CELLS
    return (
        *tile(
            one,
            ReceiptChosen(kind="print"),
            words.say("Print it"),
            words.say("On paper"),
            "printer-pos-outline",
            icon_colour="primary",
        ),
        *_qr(two, state, view, words, style="secondary", colour="primary"),
        *_mail(three, state, words, "primary"),
        *_none(four, state, words, words.say("Just the exit code"), "primary"),
    )


def _without_paper(state: State, view: View, words: Words) -> tuple[Element, ...]:
    one, two, three, four = _CELLS
    return (
        *_qr(one, state, view, words, style="primary", colour=""),
        *_mail(two, state, words, ""),
        *tile(
            three,
            ReceiptChosen(kind="staff"),
            words.say("Ask staff to print"),
            words.say("From another checkout"),
            "hand-wave-outline",
        ),
        *_none(four, state, words, words.say("Exit code on screen"), ""),
    )


def _staff_chip(state: State, words: Words) -> tuple[Element, ...]:
    text = words.say("Staff: paper is out") if state.devices.paper == "out" else words.say("Staff: look at the printer")
    parts = (Mark("paper-roll-outline", 30, "on-staff"), Word(text, 24, 600, colour="on-staff", max_lines=1))
    return (Row(Rect(776, 30, 472, 44), parts, 12, "end", "staff", 19, 22),)


def _closing(state: State, view: View, words: Words) -> tuple[Element, ...]:
    ends = receipt_closes(state)
    if ends is None:
        return ()
    left = seconds_left(ends, max(view.now_ms, state.touched_tick))
    text = words.count("No receipt in **{count}** second", "No receipt in **{count}** seconds", left)
    return (countdown(layout.PAY, text),)
