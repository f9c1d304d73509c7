"""Show: which screen a state and a view come to. The only place that decides it.

Staff pages first, where staff may open them; then the phase's own screen; sheets and questions on top of it. Pure: the
same three arguments always give the same scene.
"""

from msgspec.structs import replace

from kiosk.checkout import carrier_bags, slip_signature, standalone, taking_cash
from kiosk.checkout.state import Phase, State
from kiosk.checkout.tenders import to_round_up
from kiosk.ui.fitting import fit
from kiosk.ui.mirror import mirrored
from kiosk.ui.naming import told_apart
from kiosk.ui.room import room as room_of
from kiosk.ui.scene import Scene
from kiosk.ui.screens import (
    accessibility,
    age,
    assisted,
    attract,
    bagging,
    bags,
    bank,
    card,
    card_amount,
    cash_machine,
    cash_wait,
    cleaning,
    closed,
    code,
    consent,
    contact,
    declined,
    email,
    gift_card,
    help,
    languages,
    member,
    pay_part,
    picker,
    practice,
    price_check,
    qr_pay,
    quantity,
    receipt,
    receipt_qr,
    returning,
    round_up,
    scan,
    search,
    staff_age,
    staff_audit,
    staff_cash,
    staff_doubt,
    staff_drawer,
    staff_external,
    staff_health,
    staff_item,
    staff_lane,
    staff_language,
    staff_line,
    staff_log,
    staff_machine,
    staff_pin,
    staff_recall,
    staff_report,
    staff_return,
    staff_roll,
    staff_signature,
    staff_tasks,
    still_there,
    tender,
    thanks,
    weighing,
    welcome,
)
from kiosk.ui.ticks import ticked
from kiosk.ui.view import View
from kiosk.ui.words import Words

_STAFF_PAGES = {
    "staff": staff_tasks.scene,
    "staff_cash": staff_cash.scene,
    "staff_external": staff_external.scene,
    "staff_given_back": staff_external.given_back,
    "staff_audit": staff_audit.scene,
    "staff_signature": staff_signature.scene,
    "staff_age": staff_age.scene,
    "staff_line": staff_line.scene,
    "staff_doubt": staff_doubt.scene,
    "staff_item": staff_item.scene,
    "staff_recall": staff_recall.scene,
    "staff_report": staff_report.scene,
    "staff_close": staff_report.closing,
    "staff_drawer": staff_drawer.scene,
    "staff_machine": staff_machine.scene,
    "staff_payout": staff_machine.in_doubt,
    "staff_lane": staff_lane.scene,
    "staff_health": staff_health.scene,
    "staff_log": staff_log.scene,
    "staff_language": staff_language.scene,
    "staff_roll": staff_roll.scene,
    "staff_return": staff_return.scene,
    "staff_return_pay": staff_return.scene,
}


def scene(state: State, view: View, words: Words) -> Scene:
    """What is on the screen now; training says so on all of it.

    Laid out from the left, for this panel and these settings; what is read from the right is turned over at the end.
    """
    shown = _shown(state, view, words)
    laid_out = shown.size == view.panel.size
    room = room_of(view.panel)
    shown = replace(shown, scale=room.scale) if laid_out else fit(shown, view.panel.size)
    if state.training is not None:
        shown = replace(shown, elements=(*shown.elements, *practice.frame(shown, state, words, room)))
    if state.settings.high_contrast:
        shown = ticked(replace(shown, contrast="high"))
    shown = told_apart(shown)
    return mirrored(shown) if words.direction == "rtl" else shown


def _shown(state: State, view: View, words: Words) -> Scene:
    if state.cleaning_tick is not None:
        return cleaning.scene(state, view, words)
    if view.page == "staff_pin" and (state.staff is None or state.approval is not None):
        return staff_pin.scene(state, view, words)
    if state.staff is not None and view.page in _STAFF_PAGES:
        return _STAFF_PAGES[view.page](state, view, words)
    shown = _of_phase(state, view, words)
    if view.page == "stop":
        return still_there.stop(shown, state, view, words)
    if state.warned_tick is not None:
        return still_there.scene(shown, state, view, words)
    if view.sheet == "languages" and state.phase is not Phase.CLOSED:
        return languages.scene(shown, state, view, words)
    if view.sheet == "settings":
        return accessibility.scene(shown, state, view, words)
    return shown


def _of_phase(state: State, view: View, words: Words) -> Scene:
    match state.phase:
        case Phase.WELCOME:
            return _welcome(state, view, words)
        case Phase.SCANNING:
            return _scanning(state, view, words)
        case Phase.PAYING:
            return _paying(state, view, words)
        case Phase.CARD:
            return _card(state, view, words)
        case Phase.DOUBT:
            return bank.scene(state, view, words)
        case Phase.RECEIPT:
            if view.page == "email":
                return email.scene(state, view, words)
            by_phone = state.receipt == "qr"
            return receipt_qr.scene(state, view, words) if by_phone else receipt.scene(state, view, words)
        case Phase.THANKS:
            joins = view.page in ("contact", "consent")
            return _joining(state, view, words) if joins else thanks.scene(state, view, words)
        case Phase.CLOSED:
            return closed.scene(state, view, words)
        case Phase.RETURNING:
            served = state.staff is not None
            return staff_return.scene(state, view, words) if served else returning.scene(state, view, words)


def _welcome(state: State, view: View, words: Words) -> Scene:
    if state.assisted:
        return assisted.scene(state, view, words)
    if view.attract:
        return attract.scene(state, view, words)
    return help.scene(state, view, words) if state.prompt == "help" else welcome.scene(state, view, words)


def _scanning(state: State, view: View, words: Words) -> Scene:
    if view.page == "line":
        return quantity.scene(state, view, words)  # the slip's lines can be touched beside a prompt too
    prompt = "" if state.assisted else state.prompt  # whoever serves sees the question on the stage
    if prompt == "help":
        return help.scene(state, view, words)
    if prompt == "age":
        return age.scene(state, view, words)
    if state.topping is not None:
        return card_amount.scene(state, view, words)
    if state.price_check is not None:
        return price_check.scene(state, view, words)
    if state.weighing is not None:
        return weighing.scene(state, view, words)
    if view.page == "picker":
        return picker.scene(state, view, words)
    if view.page == "search":
        return search.scene(state, view, words)
    if view.page == "code":
        return code.scene(state, view, words)
    if view.page == "member":
        return member.scene(state, view, words)
    if view.page in ("contact", "consent"):
        return _joining(state, view, words)
    if view.page == "lines" and state.basket.lines:
        return scan.choosing(state, view, words)
    if prompt == "bag":
        return bagging.scene(state, view, words)
    if state.assisted:
        return assisted.scene(state, view, words)
    return scan.scene(state, view, words)


def _joining(state: State, view: View, words: Words) -> Scene:
    return contact.scene(state, view, words) if view.page == "contact" else consent.scene(state, view, words)


def _paying(state: State, view: View, words: Words) -> Scene:
    if taking_cash.is_waiting(state):
        return cash_wait.scene(state, view, words)
    if standalone.is_waiting(state):
        return cash_wait.with_a_terminal(state, view, words)
    if view.page == "gift_card":
        return gift_card.scene(state, view, words)
    if carrier_bags.is_asking(state):
        return bags.scene(state, view, words)
    if to_round_up(state):
        return round_up.scene(state, view, words)
    if view.page == "part":
        return pay_part.scene(state, view, words)
    last = state.basket.taken[-1].tender.kind if state.basket.taken and not state.part else ""
    if last in ("gift_card", "voucher") and view.page != "tenders":
        return gift_card.added(state, view, words)
    return tender.scene(state, view, words)


def _card(state: State, view: View, words: Words) -> Scene:
    assert state.payment is not None
    if slip_signature.is_waiting(state):
        return cash_wait.to_sign(state, view, words)
    if state.payment.stage == "declined":
        return declined.scene(state, view, words)
    if state.payment.kind == "cash":
        return cash_machine.scene(state, view, words)
    if state.payment.kind == "qr":
        return qr_pay.scene(state, view, words)
    return card.scene(state, view, words)
