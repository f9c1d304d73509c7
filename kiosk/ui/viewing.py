"""Viewing: how the view moves. `look` answers a touch that only changes what the eyes know, `follow` a change of state.

Nothing here reaches the shop: an open page, letters typed and a draft quantity die with the page, a new visit finds the
eyes fresh. A page left alone closes by itself (DESIGN-UI, section 6); More time switches that off for shoppers' pages.
"""

from msgspec.structs import replace

from kiosk.checkout import slip_signature, standalone, taking_cash
from kiosk.checkout.asking import is_asking
from kiosk.checkout.basket import Line
from kiosk.checkout.events import Event
from kiosk.checkout.questions import MemberAsk, SignUpAsk
from kiosk.checkout.state import Phase, State
from kiosk.checkout.timing import MORE_TIMES
from kiosk.ui.room import room_in
from kiosk.ui.scene import Button
from kiosk.ui.screens.quantity import most
from kiosk.ui.screens.slip import heights, lines_end, listed, visible
from kiosk.ui.view import (
    Choose,
    ChooseDoubt,
    ChooseTab,
    CloseBanner,
    CountEmpties,
    FillIn,
    Greet,
    LeaveScale,
    Look,
    OpenForm,
    OpenPage,
    Page,
    Pick,
    ResetSettings,
    SayAgain,
    ScrollLines,
    ShowDigits,
    ShowWhy,
    StepQuantity,
    StepSpeed,
    StepVolume,
    SubmitCode,
    SubmitEmail,
    SubmitMember,
    SubmitPin,
    SubmitPrice,
    SubmitSignUp,
    SwitchSetting,
    TurnLeaf,
    TurnPage,
    TypeKey,
    View,
)
from kiosk.ui.voice_steps import stepped
from kiosk.values.contact import LONGEST as LONGEST_CONTACT
from kiosk.values.contact import read_email

LONGEST = {
    "staff_item": 7,
    "search": 24,
    "code": 14,
    "staff_pin": 8,
    "staff_doubt": 12,
    "staff_cash": 8,
    "staff_external": 12,
    "staff_given_back": 12,
    "staff_line": 8,
    "staff_drawer": 8,
    "staff_machine": 8,
    "staff_payout": 8,
    "staff_return": 24,
    "member": 20,
    "part": 8,
    "contact": LONGEST_CONTACT,
    "email": LONGEST_CONTACT,
}
"""How many characters each page takes: a GTIN-14, a PIN, a receipt or trace number, minor units."""

PAGE_MS = 60_000
BANNER_MS = 8_000
"""How long the reason of a disabled button stays."""
SECOND_MS = 1_000
FRAME_MS = 33
_PICKING_PAGES = ("picker", "search")
_ADDING_PAGES = ("code", *_PICKING_PAGES)
_STAFF_PAGES = (
    "staff",
    "staff_age",
    "staff_line",
    "staff_doubt",
    "staff_recall",
    "staff_cash",
    "staff_audit",
    "staff_external",
    "staff_given_back",
    "staff_signature",
    "staff_item",
    "staff_report",
    "staff_close",
    "staff_drawer",
    "staff_machine",
    "staff_payout",
    "staff_lane",
    "staff_health",
    "staff_log",
    "staff_language",
    "staff_roll",
    "staff_return",
    "staff_return_pay",
)


def said_by(button: Button) -> Event | Look | None:
    """What the loop hears when this button is released: a disabled one says why."""
    return ShowWhy(button.why_not) if button.why_not else button.says


def look(view: View, said: Look, state: State) -> View:
    """The view after a touch. `view.now_ms` is the moment of the touch."""
    was_told = bool(view.why or state.notice)
    view = replace(view, why="", page_since_ms=view.now_ms)
    match said:
        case ChooseTab(tab):
            return replace(view, tab=tab, shelf_page=0)
        case TurnPage(by) if view.sheet:
            return replace(view, sheet_page=max(0, view.sheet_page + by))
        case TurnPage(by):
            return replace(view, shelf_page=max(0, view.shelf_page + by))
        case ShowDigits(digits):
            return replace(view, digits=digits)
        case Pick() | SubmitPrice() | CountEmpties():
            return view
        case LeaveScale(page):
            return replace(close_page(view), page=page)
        case OpenPage("languages" | "settings" as sheet):
            return replace(view, sheet=sheet, sheet_page=0)
        case OpenPage("") if view.sheet:
            return replace(view, sheet="")
        case OpenPage(page, line):
            chosen = _line(state, line)
            count = chosen.count if chosen is not None else 0
            view = replace(view, page=page, line=line, draft_count=count, typed="", doubt_paid=None, picked={})
            return replace(view, shelf_page=0, digits=False)
        case OpenForm(page, tab):
            return replace(view, page=page, typed="", picked={"tab": tab}, scrolled=0, shelf_page=0, digits=False)
        case TypeKey(key):
            return replace(view, typed=_typed(view, key), shelf_page=0)
        case FillIn(typed):
            return replace(view, typed=typed[: LONGEST.get(view.page, 0)])
        case SubmitCode():
            return view
        case TurnLeaf(page):
            return replace(view, page=page)
        case SubmitMember() | SubmitSignUp():
            return replace(view, typed="")
        case SubmitEmail():
            return replace(view, mailed_to=read_email(view.typed) or "")
        case Greet(name):
            return replace(view, member_name=name)
        case SubmitPin():
            return replace(view, typed="")
        case StepQuantity(by):
            return replace(view, draft_count=_stepped(view, state, by))
        case ScrollLines(by):
            return replace(view, scrolled=_scrolled(view, state, by))
        case ShowWhy(text):
            return replace(view, why=text, banner_since_ms=view.now_ms)
        case SwitchSetting() | ResetSettings() | SayAgain() | StepVolume() | StepSpeed():
            return stepped(view, said, state)
        case CloseBanner():
            offline = state.phase is Phase.SCANNING and not state.devices.link_up and not was_told
            return replace(view, offline_seen=view.offline_seen or offline)
        case ChooseDoubt(paid):
            return replace(view, doubt_paid=paid)
        case Choose(field, value, keeps):
            return replace(view, picked={**view.picked, field: value}, typed=view.typed if keeps else "")


def _typed(view: View, key: str) -> str:
    if key == "backspace":
        return view.typed[:-1]
    if key == "clear":
        return ""
    kept = view.typed.partition("@")[0] if len(key) > 1 and key.startswith("@") else view.typed
    return (kept + key)[: LONGEST.get(view.page, 0)]


def _line(state: State, number: int) -> Line | None:
    return next((line for line in state.basket.lines if line.line == number), None)


def _stepped(view: View, state: State, by: int) -> int:
    line = _line(state, view.line)
    return min(max(view.draft_count + by, 1), most(state, line)) if line is not None else view.draft_count


def _scrolled(view: View, state: State, by: int) -> int:
    room = room_in(state, view)
    high, end = heights(listed(state, view), state.language, room), lines_end(state, room)
    wanted = max(0, view.scrolled + by)
    if by > 0 and not visible(high, view.scrolled, end, room)[2]:
        return view.scrolled
    while wanted and visible(high, wanted, end, room)[0] == 0 and visible(high, wanted - 1, end, room)[0] == 0:
        wanted -= 1
    return wanted


def follow(view: View, before: State, after: State) -> View:
    """The view after the state has moved on."""
    if is_new_visit(before, after):
        keep = view.page if view.page in (*_STAFF_PAGES, "staff_pin") else ""
        view = View(
            page=keep,
            typed=view.typed if keep else "",
            now_ms=view.now_ms,
            utc_ms=view.utc_ms,
            panel=view.panel,
        )
    if after.phase is not before.phase or after.language != before.language:
        view = replace(view, sheet="")
    if after.basket.lines != before.basket.lines:
        view = replace(view, scrolled=0, gone=tuple(_left(before.basket.lines, after.basket.lines)))
    if _page_is_over(view, before, after):
        picked = _just_picked(view, before, after)
        view = close_page(view)
        if picked is not None:
            view = replace(view, page="line", line=picked.line, draft_count=picked.count)
    if (after.approval is None) != (before.approval is None):
        return _asked(view, after)
    if after.staff is not None and (back := _taking_back(view, before, after)) is not None:
        return back
    if view.page == "staff_lane" and _lane(after) != _lane(before):
        return replace(close_page(view), page="staff", page_since_ms=view.now_ms)
    if after.assisted and (served := _serving(view, before, after)) is not None:
        return served
    shown = after.badge is not None and after.badge != before.badge
    turned = after.devices.key_turned and not before.devices.key_turned and after.staff is None
    if (shown or turned) and view.page != "staff_pin":
        return replace(close_page(view), page="staff_pin", page_since_ms=view.now_ms)
    if view.page == "staff_pin" and before.devices.key_turned and not after.devices.key_turned:
        return close_page(view)
    if after.staff is not None and before.staff is None and view.page == "staff_pin":
        page = _till_page(after) or "staff"
        return replace(close_page(view), page=page, page_since_ms=view.now_ms)
    if after.pin_failures != before.pin_failures or after.pin_pause_until_tick != before.pin_pause_until_tick:
        view = replace(view, typed="", picked={}) if view.page == "staff_pin" else view
    return view if after.notice is before.notice else replace(view, why="")


def _serving(view: View, before: State, after: State) -> View | None:
    """What whoever serves wants to see next: the basket, when it begins or grows; the cash form, for cash."""
    till = _till_page(after)
    if till and not _till_page(before):
        return replace(close_page(view), page=till, page_since_ms=view.now_ms)
    grows = view.page in ("staff", "staff_report") and after.basket.lines != before.basket.lines
    return close_page(view) if grows or not before.assisted else None


def _lane(state: State) -> tuple[object, ...]:
    return state.closed, state.close_after, state.pause


def _till_page(state: State) -> Page:
    """The form with which staff take what waits for their hands; empty: nothing does."""
    if taking_cash.is_waiting(state):
        return "staff_cash"
    if slip_signature.is_waiting(state):
        return "staff_signature"
    return "staff_external" if standalone.is_waiting(state) else ""


def _taking_back(view: View, before: State, after: State) -> View | None:
    """The form of a return, when one begins, or whoever signs in finds one; and off it when it is over."""
    begins = before.phase is not Phase.RETURNING or before.staff is None
    if after.phase is Phase.RETURNING and begins:
        return replace(close_page(view), page="staff_return", digits=True, page_since_ms=view.now_ms)
    if view.page == "staff_return_pay" and after.refund is not None and not after.refund.chosen:
        return replace(close_page(view), page="staff_return", page_since_ms=view.now_ms)
    if before.phase is Phase.RETURNING and after.phase is not Phase.RETURNING:
        return replace(close_page(view), page="staff", page_since_ms=view.now_ms)
    said = after.refund != before.refund or (after.notice is not None and after.notice is not before.notice)
    counts = after.refund is not None and after.refund.proof == "containers"
    return replace(view, typed="", why="") if view.page == "staff_return" and counts and said else None


def _just_picked(view: View, before: State, after: State) -> Line | None:
    """The line of a thing that was just picked by the piece: how many of it is asked next (08)."""
    if view.page not in _PICKING_PAGES or after.basket.lines == before.basket.lines or after.prompt:
        return None
    line = _line(after, after.basket.newest)
    return line if line is not None and line.entry == "pick" else None


def _asked(view: View, after: State) -> View:
    """To the pad for a second person, and back to where the first was."""
    if after.approval is not None:
        return replace(view, page="staff_pin", back=view.page, typed="", page_since_ms=view.now_ms)
    if view.page != "staff_pin":
        return replace(view, back="")
    back: Page = "staff" if view.back in ("staff_given_back", "staff_payout", "staff_lane") else view.back
    page = back if after.staff is not None else ""
    return replace(close_page(view), page=page, page_since_ms=view.now_ms)


def _left(before: tuple[Line, ...], after: tuple[Line, ...]) -> list[Line]:
    kept = {line.line for line in after}
    return [line for line in before if line.line not in kept]


def is_new_visit(before: State, after: State) -> bool:
    """Whether a visit has just ended: the next shopper is somebody else, who may scan while the last one is thanked."""
    between, over = (Phase.WELCOME, Phase.CLOSED), (Phase.RECEIPT, Phase.THANKS)
    left = before.phase in over and after.phase not in over
    return left or (after.phase in between and before.phase not in between)


def _page_is_over(view: View, before: State, after: State) -> bool:
    if view.page in _STAFF_PAGES:
        settled = view.page == "staff_doubt" and _in_doubt(before) and not _in_doubt(after)
        recalled = view.page == "staff_recall" and after.basket.lines != before.basket.lines
        at_till = view.page in ("staff_cash", "staff_external", "staff_signature")
        counted = at_till and bool(_till_page(before)) and not _till_page(after)
        sold = view.page == "staff_item" and after.basket.lines != before.basket.lines
        changed = view.page == "staff_line" and after.basket != before.basket
        checked = view.page == "staff_age" and not any(call.reason == "age" for call in after.interventions)
        closed = view.page == "staff_close" and after.day.number != before.day.number
        back = view.page == "staff_given_back" and len(after.reversals) < len(before.reversals)
        moved = view.page in ("staff_drawer", "staff_machine") and after.day != before.day
        moved = moved or (view.page == "staff_payout" and len(after.payouts) < len(before.payouts))
        done = settled or recalled or counted or sold or changed or checked or closed or moved or back
        looked = view.page == "staff_audit" and before.look is not None and after.look is None
        return after.staff is None or done or looked
    if view.page in ("", "staff_pin"):
        return False
    if view.page in ("contact", "consent"):
        waited = is_asking(before, MemberAsk, SignUpAsk) and not is_asking(after, MemberAsk, SignUpAsk)
        return after.phase is not before.phase or waited
    if view.page == "email":
        away = after.notice is not None and after.notice.kind == "email_away" and after.notice is not before.notice
        return after.phase is not before.phase or away
    if view.page in ("gift_card", "tenders", "part"):
        named = view.page == "part" and after.part != before.part
        return (
            named
            or after.phase is not Phase.PAYING
            or after.basket.taken != before.basket.taken
            or bool(_till_page(after))
        )
    new_lines = view.page in (*_ADDING_PAGES, "line", "lines", "stop") and after.basket.lines != before.basket.lines
    weighs = after.weighing is not None and after.weighing != before.weighing
    weighs = weighs or (after.price_check is not None and before.price_check is None)
    prompted = bool(after.prompt) and after.prompt != before.prompt
    return after.phase is not before.phase or new_lines or prompted or weighs or _member_came(view, before, after)


def _in_doubt(state: State) -> bool:
    return state.payment is not None and state.payment.stage in ("doubt", "unknown")


def _member_came(view: View, before: State, after: State) -> bool:
    return view.page == "member" and after.basket.customer != before.basket.customer


def close_page(view: View) -> View:
    """Back to the phase's own screen; what was typed is dropped."""
    return replace(
        view, page="", sheet="", line=0, draft_count=0, typed="", doubt_paid=None, picked={}, back="", why=""
    )


def now_needed(state: State, view: View) -> int | None:
    """How often, in milliseconds, the eyes need to know the time; None while nothing on the screen moves."""
    if state.cleaning_tick is not None:
        return SECOND_MS
    if view.page == "staff_pin":
        return SECOND_MS if state.pin_pause_until_tick > view.now_ms else None
    if view.page == "staff_health":
        return SECOND_MS
    if view.page in _STAFF_PAGES:
        return SECOND_MS if view.page == "staff_recall" and state.parked else None
    if state.phase is Phase.DOUBT:
        return FRAME_MS
    code = state.payment.code if state.payment is not None else ""
    counting = state.warned_tick is not None or state.phase is Phase.RECEIPT or bool(code)
    return SECOND_MS if counting or state.prompt == "help" else None


def page_deadline_ms(state: State, view: View) -> int | None:
    """The tick at which `close_page` is wanted: a page left alone, or a reason that has been read."""
    if view.page or view.sheet:
        shoppers = view.page not in (*_STAFF_PAGES, "staff_pin")
        return view.page_since_ms + PAGE_MS * (MORE_TIMES if state.more_time and shoppers else 1)
    return view.banner_since_ms + BANNER_MS if view.why else None
