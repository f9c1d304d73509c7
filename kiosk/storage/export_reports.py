"""Export of reports: what happened on the lane beside its sales, as POSLog ControlTransactions, one a line.

Who signed in, what staff did and why, cash taken and returned, the drawer, devices, the bagging area: everything that
the lane has reported (`PublishEvent`). The reports are not kept as such: they follow from the events of the journal,
which are stepped again here, visit by visit, as far back as the lane keeps them for replay.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from kiosk.checkout.effects import PublishEvent
from kiosk.checkout.events import Event, Restarted
from kiosk.checkout.lane import Lane
from kiosk.checkout.machine import blank, step
from kiosk.checkout.state import State
from kiosk.storage.journal import Journal
from kiosk.values.moment import rfc3339


def report_lines(journal: Journal, from_day: str, to_day: str) -> Iterator[str]:
    """A JSON document: `{"POSLog": {"Transaction": [...]}}` of these business days (ISO 8601, both included)."""
    before = '{"POSLog":{"Transaction":['
    for transaction in _transactions(journal, from_day, to_day):
        yield before + "\n"
        yield msgspec.json.encode(transaction).decode()
        before = ","
    yield f"{before if before != ',' else ''}]}}}}\n"


def _transactions(journal: Journal, from_day: str, to_day: str) -> Iterator[dict[str, Any]]:
    for lane, event, report in _reports(journal):
        if from_day <= event.at.day <= to_day:
            yield _transaction(lane, event, report)


def reports(journal: Journal) -> Iterator[tuple[Lane, PublishEvent]]:
    """All that the lane has reported, with what it was then, as far back as it is kept."""
    for lane, _, report in _reports(journal):
        yield lane, report


def _reports(journal: Journal) -> Iterator[tuple[Lane, Event, PublishEvent]]:
    for visit in journal.visits():
        state = visit.snapshot or _blank(visit.events)
        for event in visit.events:
            assert state is not None, "a journal begins with Restarted"
            state, effects = step(state, event)
            for effect in effects:
                if isinstance(effect, PublishEvent):
                    yield state.lane, event, effect


def _blank(events: tuple[Event, ...]) -> State | None:
    return blank(events[0].lane) if events and isinstance(events[0], Restarted) else None


def _transaction(lane: Lane, event: Event, report: PublishEvent) -> dict[str, Any]:
    by = report.data.get("by") or report.data.get("staff")
    return {
        "TransactionID": f"{lane.store}/{lane.till}/event/{report.n}",
        "RetailStoreID": lane.store,
        "WorkstationID": lane.till,
        "BusinessDayDate": event.at.day,
        "SequenceNumber": report.n,
        "BeginDateTime": rfc3339(event.at.utc_ms),
        **({"OperatorID": by} if by else {}),
        "ControlTransaction": {"ReasonCode": report.kind, **report.data},
    }
