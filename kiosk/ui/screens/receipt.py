"""14a Receipt, and 18c when there is no paper. The sale is safe; this is only about the paper. A lane without a printer
misses none: it offers what it has.

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
from kiosk.ui.measure import text_width
from kiosk.ui.room import GAP_PX, Room, room_in
from kiosk.ui.scene import Element, Mark, Rect, Row, Scene, Word
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.brand import brand
from kiosk.ui.screens.face import tile
from kiosk.ui.screens.slip_paid import countdown, paid
from kiosk.ui.screens.told import told
from kiosk.ui.screens.utility import utility
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words, seconds_left


def sealed_utc_ms(sale: Sale) -> int:
    """When the sale was sealed."""
    return int(datetime.fromisoformat(sale.sealed).timestamp()) * 1000


def can_print(state: State) -> bool:
    """Whether paper is worth offering: the printer works, and has not just failed at this very receipt."""
    return printer_works(state) and not any(p.sale == state.sale and p.state == "failed" for p in state.printing)


def scene(state: State, view: View, words: Words) -> Scene:
    """Four ways to have a receipt, or none."""
    assert state.sale is not None
    room = room_in(state, view).prompting
    paper_here = can_print(state)
    title = words.say("Thank you. Want a receipt?")
    shown = banner(state, view, words)
    head, cells = _places(shown is not None, room)
    above = (
        paint(shown, room.zones.banner, words, room)
        if shown
        else told(head, title, _beneath(state, view, paper_here, words), room, text_size=24, middle=room.large,
                  colours=("ink", "ink2"))
    )  # fmt: skip
    return Scene(
        "14a-receipt-choice" if paper_here or not state.lane.printer else "18c-paper-out",
        room.panel.size,
        "ground",
        (
            *(() if room.large else brand(state, words, room=room)),
            *above,
            *(_with_paper if paper_here else _without_paper)(cells, state, view, words, room),
            *utility(state, words, room),
            *paid(state.sale, sealed_utc_ms(state.sale), words, short=not paper_here, room=room),
            *(() if paper_here or not state.lane.printer else _staff_chip(state, words, room)),
            *_closing(state, view, words, room),
        ),
        title=title,
    )


def _places(told_by_banner: bool, room: Room) -> tuple[Rect, tuple[Rect, ...]]:
    """Where the question stands, and the four answers below it."""
    px, zone = room.px, room.zones.prompt
    top = px(16) if room.large and not room.portrait else zone.y
    end = layout.below(zone) - px(5)
    gap_x, gap_y = px(20), max(px(25) if not room.large else px(14), GAP_PX)
    head_h = px(88) if not room.large else px(150)
    first = max(top + head_h + px(32 if not room.large else 8), room.top_touch)
    if told_by_banner:
        first = max(first, layout.below(room.zones.banner) + GAP_PX if not room.reach else first)
    least = 2 * room.touch(96) + gap_y
    first = min(first, end - least)
    return Rect(zone.x, top, zone.w, first - px(8) - top), layout.grid(
        Rect(zone.x, first, zone.w, end - first), 2, 2, gap_x, gap_y
    )


def _beneath(state: State, view: View, paper_here: bool, words: Words) -> str:
    if not state.lane.printer:
        return words.say("It is yours to choose.")
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


def _qr(
    rect: Rect, state: State, view: View, words: Words, room: Room, *, style: str, colour: str
) -> tuple[Element, ...]:
    return tile(
        rect,
        ReceiptChosen(kind="qr"),
        words.say("Show a QR code"),
        words.say("Keep it on your phone"),
        "qrcode",
        style=style,
        icon_colour=colour,
        why_not=_no_phone(state, view, words),
        room=room,
    )


def _no_mail(state: State, words: Words) -> str:
    """Why no mail can be sent now."""
    if not state.lane.email_receipts:
        return words.say("This shop sends no receipts by e-mail.")
    if is_asking(state, EmailAsk):
        return words.say("One moment, we are asking.")
    return "" if state.devices.link_up else words.say("A receipt by e-mail is not possible right now.")


def _mail(rect: Rect, state: State, words: Words, room: Room, colour: str) -> tuple[Element, ...]:
    why = _no_mail(state, words)
    return tile(
        rect,
        OpenPage("email"),
        words.say("E-mail it"),
        words.say("Type your address"),
        "email-outline",
        icon_colour=colour,
        why_not=why,
        room=room,
    )


def _none(rect: Rect, state: State, words: Words, room: Room, detail: str, colour: str) -> tuple[Element, ...]:
    text = detail if state.lane.exit_codes else words.say("Nothing is printed")
    return tile(rect, ReceiptChosen(kind="none"), words.say("No receipt"), text, "leaf", icon_colour=colour, room=room)


def _with_paper(cells: tuple[Rect, ...], state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    one, two, three, four = cells
    return (
        *tile(
            one,
            ReceiptChosen(kind="print"),
            words.say("Print it"),
            words.say("On paper"),
            "printer-pos-outline",
            icon_colour="primary",
            room=room,
        ),
        *_qr(two, state, view, words, room, style="secondary", colour="primary"),
        *_mail(three, state, words, room, "primary"),
        *_none(four, state, words, room, words.say("Just the exit code"), "primary"),
    )


def _without_paper(cells: tuple[Rect, ...], state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    one, two, three, four = cells
    return (
        *_qr(one, state, view, words, room, style="primary", colour=""),
        *_mail(two, state, words, room, ""),
        *tile(
            three,
            ReceiptChosen(kind="staff"),
            words.say("Ask staff to print"),
            words.say("From another checkout"),
            "hand-wave-outline",
            room=room,
        ),
        *_none(four, state, words, room, words.say("Exit code on screen"), ""),
    )


def _staff_chip(state: State, words: Words, room: Room) -> tuple[Element, ...]:
    px, slip, font = room.px, room.zones.slip, room.font(24)
    text = words.say("Staff: paper is out") if state.devices.paper == "out" else words.say("Staff: look at the printer")
    room_for = slip.w - 2 * px(19) - room.icon(30) - px(12)
    parts: tuple[Mark | Word, ...] = (Mark("paper-roll-outline", room.icon(30), "on-staff"),
             Word(text, font, 600, colour="on-staff", max_lines=1))  # fmt: skip
    if text_width(text, font, 600) > room_for:
        parts = parts[:1]  # staff know the sign
    high = max(px(44), round(font * 1.6))
    return (Row(Rect(slip.x, px(30), slip.w, high), parts, px(12), "end", "staff", px(19), high // 2),)


def _closing(state: State, view: View, words: Words, room: Room) -> tuple[Element, ...]:
    ends = receipt_closes(state)
    if ends is None:
        return ()
    left = seconds_left(ends, max(view.now_ms, state.touched_tick))
    text = words.count("No receipt in **{count}** second", "No receipt in **{count}** seconds", left)
    return (countdown(room.zones.pay, text, room),)
