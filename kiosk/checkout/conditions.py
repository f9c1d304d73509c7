"""Conditions: what the machine around the sale tells: devices, paper, disk, store, price book.

None of these changes a basket. A lane whose needed device is away begins no new visit (18b) and opens again by itself;
an open visit goes on with what works.
"""

from msgspec.structs import replace

from kiosk.checkout import taking_back, visit
from kiosk.checkout.devices import MAINTENANCE, RECONCILE, SPEAKER
from kiosk.checkout.effects import Beep, PublishEvent
from kiosk.checkout.events import (
    CardLeft,
    DeviceFound,
    DeviceLost,
    DiskFine,
    DiskLow,
    DrawerMoved,
    HeadphonesMoved,
    LinkChanged,
    PaperChanged,
    PriceBookChanged,
    SequenceSeen,
)
from kiosk.checkout.notice import Intervention
from kiosk.checkout.paying import fault
from kiosk.checkout.state import Phase, State
from kiosk.checkout.visit import Step


def _without(state: State, reason: str, detail: str) -> tuple[Intervention, ...]:
    return tuple(i for i in state.interventions if not (i.reason == reason and i.detail == detail))


def lose_device(state: State, event: DeviceLost) -> Step:
    """Remembered with its reason; staff are called, unless nobody waits for it."""
    if event.device in state.devices.lost:
        return state, ()
    lost = {**state.devices.lost, event.device: (event.why, event.at.utc_ms)}
    state = replace(state, devices=replace(state.devices, lost=lost))
    if event.why == RECONCILE:
        state = replace(state, settle_due=True)
    elif event.device != SPEAKER and event.why != MAINTENANCE:
        state = visit.call_staff(state, "device", event.at, event.device)
    return state, (PublishEvent("device.lost", {"device": event.device, "why": event.why}),)


def find_device(state: State, event: DeviceFound) -> Step:
    """It works again."""
    if event.device not in state.devices.lost:
        return state, ()
    lost = {name: since for name, since in state.devices.lost.items() if name != event.device}
    state = replace(state, devices=replace(state.devices, lost=lost))
    state = replace(state, interventions=_without(state, "device", event.device))
    return state, (PublishEvent("device.found", {"device": event.device}),)


def headphones(state: State, event: HeadphonesMoved) -> Step:
    """Plugging in begins the voice, wherever one is; pulling ends it and leaves the visit as it is (DESIGN-UI 2.9)."""
    if event.plugged == state.devices.headphones:
        return state, ()
    touched = event.at.tick_ms if event.plugged else state.touched_tick
    devices = replace(state.devices, headphones=event.plugged)
    return replace(
        state, devices=devices, settings=replace(state.settings, voice=event.plugged), touched_tick=touched
    ), ()


def card_left(state: State, event: CardLeft) -> Step:
    """All is paid, and the card was forgotten: its owner is called until they take it (`heeding`)."""
    if event.there == state.devices.card_left:
        return state, ()
    leaving = event.there and state.phase in (Phase.RECEIPT, Phase.THANKS)
    state = replace(state, devices=replace(state.devices, card_left=event.there), touched_tick=event.at.tick_ms)
    return state, (Beep("attention"),) if leaving else ()


def paper(state: State, event: PaperChanged) -> Step:
    """Staff are called while receipts cannot be printed."""
    if event.paper == state.devices.paper:
        return state, ()
    state = replace(state, devices=replace(state.devices, paper=event.paper))
    report = PublishEvent("paper", {"paper": event.paper})
    if event.paper in ("ok", "low"):
        return replace(state, interventions=_without(state, "paper", "printer")), (report,)
    return visit.call_staff(state, "paper", event.at, "printer"), (report, Beep("attention"))


def link(state: State, event: LinkChanged) -> Step:
    """18d: the shop keeps selling."""
    return replace(state, devices=replace(state.devices, link_up=event.up)), ()


def disk_low(state: State, event: DiskLow) -> Step:
    """No new sale starts; the open one is kept; staff are told."""
    if state.devices.disk_low:
        return state, ()
    state = replace(state, devices=replace(state.devices, disk_low=True))
    return visit.call_staff(state, "disk", event.at), (PublishEvent("disk.low", {}),)


def disk_fine(state: State, event: DiskFine) -> Step:
    """Room again."""
    state = replace(state, devices=replace(state.devices, disk_low=False))
    return replace(state, interventions=_without(state, "disk", "")), ()


def drawer(state: State, event: DrawerMoved) -> Step:
    """Remembered, and reported: an open drawer is somebody's business. Whoever was called to it need not come."""
    if event.open == state.devices.drawer_open:
        return state, ()
    devices = replace(state.devices, drawer_open=event.open, drawer_tick=event.at.tick_ms)
    calls = tuple(i for i in state.interventions if i.reason != "drawer")
    state = replace(state, devices=devices, interventions=calls)
    return state, (PublishEvent("drawer", {"open": event.open}),)


def sequence(state: State, event: SequenceSeen) -> Step:
    """The store knows sales of ours that we do not (a restored card): their numbers are never used again."""
    if event.sequence < state.sequence:
        return state, ()
    skipped = PublishEvent("sequence.skipped", {"from": state.sequence, "to": event.sequence + 1})
    return taking_back.handed_over(replace(state, sequence=event.sequence + 1, attempts=0)), (skipped,)


def price_book(state: State, event: PriceBookChanged) -> Step:
    """The version that prices scans from now on; lines keep theirs."""
    return replace(state, price_book=event.version), ()


def open_or_close(state: State) -> State:
    """The rule between visits: out of order while something needed is away, open again when it is back."""
    if state.phase is Phase.WELCOME and fault(state):
        return replace(state, phase=Phase.CLOSED, closed="fault", prompt="")
    if state.phase is Phase.CLOSED and state.closed == "fault" and not fault(state):
        return replace(state, phase=Phase.WELCOME, closed="")
    return state
