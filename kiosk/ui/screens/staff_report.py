"""19g Reports: the day so far as a slip (X), and closing it (Z), which needs a second touch."""

from collections.abc import Iterator

from kiosk.checkout.closing import is_quiet
from kiosk.checkout.events import DayClosed, DaySlipAsked
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.sale import TenderKind
from kiosk.checkout.state import State
from kiosk.ui import layout
from kiosk.ui.scene import Box, Element, Icon, Label, Rect, Scene, Zigzag
from kiosk.ui.screens.banner import banner, paint
from kiosk.ui.screens.face import button
from kiosk.ui.screens.office import page
from kiosk.ui.screens.slip_sum import tender_name
from kiosk.ui.view import OpenPage, View
from kiosk.ui.words import Words
from kiosk.values.money import Money

_X, _Z = Rect(32, 128, 712, 280), Rect(32, 432, 712, 340)
_UPPER, _LOWER = Rect(212, 297, 500, 93), Rect(212, 655, 500, 93)
_CLOSING = Rect(212, 655, 440, 93)
_SLIP = Rect(776, 96, 472, 664)
_ROW_PX = 38
_KINDS: tuple[TenderKind, ...] = ("card", "external", "qr", "gift_card", "voucher", "cash")


def scene(state: State, view: View, words: Words) -> Scene:
    """Both, beside the slip."""
    drawer, close = words.say("Cash in the drawer"), words.say("Close the day…")
    (left_x, right_x), (left_z, right_z) = (layout.columns(row, 2, 16) for row in (_UPPER, _LOWER))
    snapshot = words.say("A snapshot of the day so far. Nothing is reset.")
    elements = (
        *_card(_X, "chart-box-outline", words.say("X report"), snapshot),
        *_card(_Z, "store-clock-outline", words.say("Z report"), _about_z(state, words)),
        *button(left_x, DaySlipAsked(kind="x"), words.say("Print"), why_not=_no_paper(state, words), size=26),
        *button(right_x, OpenPage("staff_drawer"), drawer, size=26),
        *button(left_z, DaySlipAsked(kind="z"), words.say("Print the last Z"), why_not=_no_z(state, words), size=26),
        *button(right_z, OpenPage("staff_close"), close, style="danger", why_not=_why_not(state, words), size=26),
        *_slip(state, words),
        *_note(state, view, words),
    )
    return page("19g-staff-report", words.say("Reports"), state, view, words, elements, back=OpenPage("staff"))


def closing(state: State, view: View, words: Words) -> Scene:
    """The second touch."""
    close = words.say("Close the day")
    elements = (
        *_card(_Z, "store-clock-outline", words.say("Close the day?"), _about_z(state, words)),
        *button(_CLOSING, DayClosed(), close, style="danger-filled", why_not=_why_not(state, words)),
        *_slip(state, words),
        *_note(state, view, words),
    )
    back = OpenPage("staff_report")
    return page("19g-close-the-day", words.say("Reports"), state, view, words, elements, back=back)


def _note(state: State, view: View, words: Words) -> tuple[Element, ...]:
    shown = banner(state, view, words)
    return paint(shown, Rect(784, 664, 456, 88), words) if shown else ()


def _about_z(state: State, words: Words) -> str:
    return words.say(
        "Closes the day and starts a new one. It can’t be undone. The next one is number {number}.",
        number=state.day.number,
    )


def _no_paper(state: State, words: Words) -> str:
    return "" if printer_works(state) else words.say("There is no printer, or it has no paper.")


def _no_z(state: State, words: Words) -> str:
    return _no_paper(state, words) if state.last_z is not None else words.say("No day has been closed here yet.")


def _why_not(state: State, words: Words) -> str:
    return "" if is_quiet(state) else words.say("Finish the open basket and every payment first.")


def _card(rect: Rect, icon: str, title: str, text: str) -> tuple[Element, ...]:
    return (
        Box(rect, "paper", radius=28),
        Icon(Rect(rect.x + 32, rect.y, 120, rect.h), icon, "staff", 110),
        Label(Rect(rect.x + 180, rect.y + 22, 500, 50), title, layout.TITLE, 700, True),
        Label(
            Rect(rect.x + 180, rect.y + 78, 500, 144), text, layout.BODY, max_lines=4, line_height=1.25, valign="top"
        ),
    )


def _slip(state: State, words: Words) -> tuple[Element, ...]:
    since = words.say("since {time}", time=words.time(state.day.opened_utc_ms))
    painted: list[Element] = [
        Box(_SLIP, "paper", shadow="slip"),
        Zigzag(Rect(776, 760, 472, 17)),
        Label(Rect(804, 112, 240, 48), words.say("X report"), 32, 700),
        Label(Rect(1000, 112, 220, 48), since, layout.CAPTION, colour="ink2", align="end"),
        Box(Rect(776, 168, 472, 2), "hair"),
    ]
    for place, (text, figure) in enumerate(_rows(state, words)):
        row = Rect(804, 180 + _ROW_PX * place, 416, _ROW_PX)
        painted.append(Label(row._replace(w=250), text, layout.CAPTION))
        painted.append(Label(row, figure, layout.CAPTION, align="end", amount=True))
    return tuple(painted)


def _rows(state: State, words: Words) -> Iterator[tuple[str, str]]:
    """At most fifteen."""
    day = state.day

    def amount(minor: int) -> str:
        return words.amount(Money(minor))

    yield words.say("Sales"), words.number(day.sales)
    yield words.say("Voids"), words.number(day.voids)
    yield words.say("Goods"), amount(day.goods_minor)
    yield words.say("Deposit"), amount(day.deposit_minor)
    if day.rounding_minor:
        yield words.say("Cash rounding"), amount(day.rounding_minor)
    yield words.say("Total"), amount(day.due_minor)
    if day.donations_minor:
        yield words.say("Gifts to charity"), amount(day.donations_minor)
    for kind in _KINDS:
        paid = sum(one.amount_minor for one in day.tenders if one.name == kind)
        if paid:
            yield tender_name(kind, words), amount(paid)
    for tax in day.tax[:2]:
        yield words.say("VAT {rate} %", rate=words.rate(tax.rate_bp)), amount(tax.tax_minor)
    yield words.say("In the drawer"), amount(day.cash_minor)
