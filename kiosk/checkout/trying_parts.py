"""Trying parts: staff try a part of the lane from the page of its health, and hear, see or hold what it does. Pure.

The light tower shows one state after another, a touch each, and goes back to what it should show when staff leave. The
scanner's next label is shown for some seconds instead of sold; the terminal is asked whether it is ready, which moves
no money; a scale takes its load for nothing. These three are tried between two shoppers only. A store that is away is
called at once, whenever that is.
"""

from msgspec.structs import replace

from kiosk.checkout.bagging import DEVICE as SHELF
from kiosk.checkout.effects import Beep, CallStore, Effect, Pattern, PrepareCard, PrintTest, PublishEvent, ZeroScale
from kiosk.checkout.events import CardReady, CardRefused, Event, ItemFound, ItemUnknown, PartTried, RollChanged
from kiosk.checkout.finishing import printer_works
from kiosk.checkout.notice import Notice
from kiosk.checkout.paying import is_between_visits
from kiosk.checkout.scale import SCALE
from kiosk.checkout.state import Staff, State
from kiosk.checkout.visit import Step

COLOURS: tuple[Pattern, ...] = ("free", "help", "out_of_order", "closed")
"""Green, amber that pulses, red, dark."""
READS_MS = 15_000
"""So long the scanner's next label is only shown."""
_ONLY_BETWEEN = ("scanner", "terminal", "scale", "shelf")


def change_roll(state: State, event: RollChanged) -> Step:
    """A new roll proves itself with a test slip; what became of it stands in `Staff.roll`."""
    staff = state.staff
    if staff is None:
        return state, ()
    if not printer_works(state):
        return replace(state, notice=Notice("not_printed")), (Beep("not-found"),)
    job = f"{state.lane.till}:roll:{state.reports}"
    report = PublishEvent("roll.changed", {"by": staff.id, "paper": state.devices.paper})
    return replace(state, staff=replace(staff, roll=job)), (PrintTest(job), report)


def is_quiet(state: State) -> bool:
    """Whether nothing is under way that a trial could disturb."""
    return is_between_visits(state) and not (state.reversals or state.payouts or state.settling)


def try_part(state: State, event: PartTried) -> Step:
    """Do it and write down who did. A printer that cannot print is not asked to."""
    staff, part = state.staff, event.part
    if staff is None:
        return state, ()
    if part in _ONLY_BETWEEN and not is_quiet(state):
        return state, (Beep("not-found"),)
    done: list[Effect] = []
    if part in ("speaker", "all"):
        done.append(Beep("staff-ok"))
    if part in ("printer", "all"):
        works = printer_works(state)
        done.append(PrintTest(f"{state.lane.till}:test:{state.reports}") if works else Beep("not-found"))
    if part in ("terminal", "all") and asks_terminal(state):
        ping = f"{state.lane.till}:ping:{state.reports}"
        staff = _trying(staff, ping=ping, ping_tick=event.at.tick_ms, ping_ms=0)
        done.append(PrepareCard(ping))
    if part == "scale" and state.lane.scale is not None and state.lane.scale.zeroes:
        done.append(ZeroScale(SCALE))
    if part == "shelf":
        done.append(ZeroScale(SHELF))
    if part == "network":
        done.append(CallStore())
    if part == "scanner":
        staff = _trying(staff, reads_until_tick=event.at.tick_ms + READS_MS, read="")
    if part in ("lights", "all"):
        at = COLOURS.index(staff.lamps) + 1 if staff.lamps in COLOURS else 0
        staff = replace(staff, lamps=COLOURS[at % len(COLOURS)])
    return replace(state, staff=staff), (*done, PublishEvent("part.tried", {"by": staff.id, "part": part}))


def asks_terminal(state: State) -> bool:
    """Whether there is a terminal that may be asked now."""
    here = "card" in state.lane.tenders and "card_terminal" not in state.devices.lost
    return here and is_quiet(state)


def _trying(staff: Staff, **changes: int | str) -> Staff:
    return replace(staff, trial=replace(staff.trial, **changes))


def heard(state: State, event: Event) -> Step | None:
    """What came of a trial; None for all that belongs to none."""
    staff = state.staff
    if staff is None:
        return None
    trial = staff.trial
    match event:
        case CardReady(attempt=attempt) if attempt == trial.ping:
            after = _trying(staff, ping="ready", ping_ms=event.at.tick_ms - trial.ping_tick)
            return replace(state, staff=after), (Beep("staff-ok"),)
        case CardRefused(attempt=attempt, why=why) if attempt == trial.ping:
            return replace(state, staff=_trying(staff, ping=why or "refused")), (Beep("not-found"),)
        case ItemFound(entry="scan") | ItemUnknown() if event.at.tick_ms < trial.reads_until_tick and is_quiet(state):
            code = event.item.gtin if isinstance(event, ItemFound) else event.text or "?"
            return replace(state, staff=_trying(staff, reads_until_tick=0, read=code)), (Beep("scan-ok"),)
    return None
