"""Lane acts: the reports of lanes that reports for people are made of, each as one flat row. Pure.

A lane reports what happened in words of its own (`kiosk.checkout`, PublishEvent); `by` is who did it. An act that is
not named here is in `lane_event` and in no report.
"""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.wire.messages import LaneEvent
from store.contributions import local

AMOUNTS = {
    "return.confirmed": "amount_minor",
    "cash.moved": "amount_minor",
    "cash.paid_back": "amount_minor",
    "drawer.counted": "difference_minor",
}
"""Kind -> the field that says how much money it was about."""
CHANGES = {"staff.void", "staff.price", "staff.discount"}
"""What these took off stands in their `change`, as `1590 -> 0`."""
ACTS = {
    "intervention.opened", "intervention.cleared", "bagging.stopped", "bagging.accepted", "bagging.skipped",
    "age.approved", "age.refused", "item.allowed", "item.denied", "approval.given", "approval.refused",
    "drawer.asked", "gate.asked", "gate.denied", "gate.refused", "gate.opened", "audit.result", "basket.parked",
    "receipt.copied", "receipt.reprinted", "return.began", "return.given_up", "help.cleared", "hours.over",
    "staff.pin_paused", "staff.signed_in", "assisted.began", "training.began", "lane.closed", "lane.opened",
    *AMOUNTS, *CHANGES,
}  # fmt: skip
_LARGEST = 10**12
_WHY = ("reason", "result", "why", "kind", "how", "proof", "act")


def act_row(id_: str, event: LaneEvent, zone: ZoneInfo) -> dict[str, Any] | None:
    """The row of `lane_act`; None for what no report asks for, or for what happened at no time."""
    day, hour = local(event.at, zone)
    if event.kind not in ACTS or not day:
        return None
    data = event.data
    reason = next((str(data[name]) for name in _WHY if data.get(name)), "")
    return {
        "id": id_,
        "business_day": day,
        "hour": hour,
        "till": event.till,
        "n": event.n,
        "kind": event.kind,
        "staff": str(data.get("by", "") or data.get("staff", ""))[:64],
        "reason": reason[:64],
        "detail": str(data.get("detail", ""))[:200],
        "amount_minor": _amount_minor(event.kind, data),
        "at_utc_ms": _utc_ms(event.at),
    }


def _utc_ms(rfc3339: str) -> int:
    moment = datetime.fromisoformat(rfc3339)
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def _amount_minor(kind: str, data: dict[str, Any]) -> int:
    """What it was about; what was given away is negative. 0 where a lane says nothing that can be read."""
    if kind in CHANGES:
        found = re.fullmatch(r"(-?[0-9]{1,12}) -> (-?[0-9]{1,12})", str(data.get("change", "")))
        return int(found[2]) - int(found[1]) if found else 0
    amount = data.get(AMOUNTS.get(kind, ""), 0)
    return amount if isinstance(amount, int) and abs(amount) <= _LARGEST else 0
