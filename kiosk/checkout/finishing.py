"""Finishing: the receipt and goodbye. The sale is sealed; nothing here can change it.

A receipt stays in `printing` until the printer says that it is on paper. If the printer cannot, the shopper is offered
another way, the receipt is kept for a reprint, and staff are told.
"""

from msgspec.structs import replace

from kiosk.checkout import reporting, visit
from kiosk.checkout.effects import (
    Beep,
    Effect,
    PrintDepositSlip,
    PrintExitSlip,
    PrintGiftReceipt,
    PrintReceipt,
    PrintShopCopy,
    PublishEvent,
)
from kiosk.checkout.events import (
    DonePressed,
    GiftReceiptAsked,
    ReceiptChosen,
    ReceiptFailed,
    ReceiptPrinted,
    ReprintAsked,
)
from kiosk.checkout.sale import Sale
from kiosk.checkout.state import Phase, Printing, State
from kiosk.checkout.visit import Step
from kiosk.values.moment import Moment


def printer_works(state: State) -> bool:
    """Whether paper can be offered now."""
    here = state.lane.printer and "pos_printer" not in state.devices.lost
    return here and state.devices.paper in ("ok", "low")


def choose(state: State, event: ReceiptChosen) -> Step:
    """On paper, as a QR code, none, printed elsewhere by staff, or by e-mail, which the store has.

    What is not signed yet is waited for."""
    assert state.sale is not None
    if state.signing is not None:
        return replace(state, signing=replace(state.signing, wish=event.kind)), ()
    if event.kind == "print":
        if not printer_works(state):
            return state, (Beep("not-found"),)
        return _print(replace(state, phase=Phase.THANKS, receipt="print"), "receipt")
    if event.kind == "qr":
        return _exit_slip(replace(state, receipt="qr"))
    if event.kind == "staff":
        return _keep_for_staff(replace(state, phase=Phase.THANKS, receipt="staff"), event.at)
    return _exit_slip(replace(state, phase=Phase.THANKS, receipt=event.kind))


def gift(state: State, event: GiftReceiptAsked) -> Step:
    """A receipt without prices beside the other one. Once a visit: a present is wrapped once."""
    if not gift_offered(state):
        return state, (Beep("not-found"),)
    return _print(replace(state, gift_receipt=True), "gift")


def gift_offered(state: State) -> bool:
    """Whether a gift receipt can be asked for now."""
    return state.receipt == "print" and not state.gift_receipt and printer_works(state)


def _job(state: State, what: str) -> str:
    assert state.sale is not None
    return f"{state.sale.key}:{what}"


def _slips(state: State) -> tuple[str, ...]:
    """The terminal's customer lines of every tender."""
    return (*state.slips, *(state.payment.slips if state.payment is not None else ()))


def _print(state: State, what: str) -> Step:
    assert state.sale is not None
    slips = _slips(state)
    job = Printing(_job(state, what), state.sale, what, slips=slips)  # type: ignore[arg-type]  # receipt or exit
    if any(p.job == job.job and p.state == "pending" for p in state.printing):
        return state, ()
    state = _queue(state, job)
    return state, (order(state.printing[-1]),)


def _queue(state: State, job: Printing) -> State:
    """The job at the end of the queue, once: one that failed before gives way to it; what may be a copy stays one."""
    others = tuple(p for p in state.printing if p.job != job.job)
    copy = job.copy or any(p.copy for p in state.printing if p.job == job.job)
    return replace(state, printing=(*others, replace(job, copy=copy)))


def order(job: Printing) -> Effect:
    """The effect that prints this job."""
    if job.what == "exit":
        return PrintExitSlip(job.job, job.sale)
    if job.what == "gift":
        return PrintGiftReceipt(job.job, job.sale)
    if job.what == "shop":
        return PrintShopCopy(job.job, job.sale)
    if job.what == "slip":
        return PrintDepositSlip(job.job, job.sale)
    return PrintReceipt(job.job, job.sale, copy=job.copy, slips=job.slips)


def _exit_slip(state: State) -> Step:
    if state.lane.exit_codes and printer_works(state):
        return _print(state, "exit")
    return state, ()


def _keep_for_staff(state: State, at: Moment) -> Step:
    assert state.sale is not None
    slips = _slips(state)
    kept = Printing(_job(state, "receipt"), state.sale, "receipt", "failed", slips=slips)
    state = _queue(state, kept)
    return visit.call_staff(state, "paper", at, kept.job), (Beep("attention"),)


def done(state: State, event: DonePressed) -> Step:
    """Done on 14b."""
    return replace(state, phase=Phase.THANKS), ()


def goodbye(state: State, event: DonePressed) -> Step:
    """Done on 15."""
    return visit.end(state), ()


def printed(state: State, event: ReceiptPrinted) -> Step:
    """It is on paper; whoever was called for it need not come."""
    calls = tuple(i for i in state.interventions if not (i.reason == "paper" and i.detail == event.job))
    jobs = tuple(p for p in state.printing if p.job != event.job)
    return _rolled(replace(state, printing=jobs, interventions=calls), event.job, "printed"), ()


def failed(state: State, event: ReceiptFailed) -> Step:
    """Not on paper, or nobody can tell: then the next one says that it is a copy. It is kept for staff.

    The exit slip is forgotten, because the code is on the screen, and so is the gift receipt, which can be asked again.
    """
    job = next((p for p in state.printing if p.job == event.job), None)
    if job is None:
        return reporting.failed(_rolled(state, event.job, "failed"), event)
    if job.what in ("exit", "gift"):
        return replace(state, printing=tuple(p for p in state.printing if p.job != event.job)), ()
    state = _queue(state, replace(job, state="failed", copy=job.copy or event.maybe))
    state = visit.call_staff(state, "paper", event.at, event.job)
    if state.phase is Phase.THANKS and state.sale == job.sale:
        state = replace(state, phase=Phase.RECEIPT, receipt="")
    return state, (Beep("attention"),)


def _rolled(state: State, job: str, became: str) -> State:
    """Whoever has changed the roll sees what became of its test slip."""
    staff = state.staff
    if staff is None or staff.roll != job:
        return state
    return replace(state, staff=replace(staff, roll=became))


def print_copy(state: State, sale: Sale) -> Step:
    """A copy of any sale's receipt; if it fails it is kept for staff, as every receipt."""
    state = _queue(state, Printing(f"{sale.key}:copy:{state.reports}", sale, "receipt", copy=True))
    return state, (order(state.printing[-1]),)


def reprint(state: State, event: ReprintAsked) -> Step:
    """Staff print a kept receipt; when there is no printer to do it, they hear so."""
    job = next((p for p in state.printing if p.job == event.job and p.state == "failed"), None)
    if state.staff is None or job is None:
        return state, ()
    if not printer_works(state):
        return state, (Beep("not-found"),)
    again = replace(job, state="pending")
    report = PublishEvent("receipt.reprinted", {"by": state.staff.id, "job": event.job})
    return _queue(state, again), (order(again), report)
