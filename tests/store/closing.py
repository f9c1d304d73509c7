"""A short hand for tests of the day's end: a lane that reports what a lane reports, with the lane's own arithmetic."""

from collections.abc import Iterable, Sequence
from typing import Any

from selling import NOW, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.day import Day, booked, figures
from kiosk.checkout.sale import Sale
from kiosk.checkout.signing import turnover_sign
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store.ingest import take

DAY = "2026-11-23"


class Lane(Till):
    """A till that also reports."""

    def __init__(self, engine: Engine, name: str = "k01", store: str = "s001") -> None:
        super().__init__(name, store)
        self.day = DAY
        self.engine, self.n, self.number, self.cash_minor = engine, 0, 0, 0

    def send(self, *sales: Sale, now: int = NOW) -> None:
        for one in sales:
            assert take(self.engine, on("sale", self.name), said(one), now).outcome == "new"

    def report(self, kind: str, data: dict[str, Any], at: str = "") -> None:
        self.n += 1
        message = encode(event_message(self.store, self.name, self.n, kind, data, at or f"{self.day}T21:00:00.000Z"))
        assert take(self.engine, on("event", self.name), message, NOW).outcome == "new"

    def z(self, sales: Iterable[Sale], day: str = DAY, **changes: Any) -> None:
        """The Z of these sales, added up as a lane adds it up."""
        self.number, self.day = self.number + 1, day
        counted = Day(number=self.number, business_day=day)
        for one in sales:
            counted = booked(counted, one)
        cash = sum(turnover_sign(s) * t.amount_minor for s in sales for t in s.tenders if t.kind == "cash")
        self.cash_minor += cash + changes.get("difference_minor", 0)
        data = {**figures(counted), "by": "u3", "carried_over": 0, "sequence": self.sequence}
        self.report("day.closed", {**data, "cash_minor": self.cash_minor, **changes})

    def settle(self, sums: dict[str, int], **changes: Any) -> None:
        """The terminal's end of day, after the Z of the same number."""
        data = {
            "job": f"{self.name}-z{self.number}", "terminal_minor": sum(sums.values()), "sealed_minor": 0,
            "carried_minor": 0, "difference_minor": 0, "differences": {}, "schemes": sums, "sequence": self.sequence,
        }  # fmt: skip
        self.report("settlement", {**data, **changes})


def totals(sales: Sequence[Sale]) -> int:
    """What they come to."""
    return sum(turnover_sign(one) * one.totals.due_minor for one in sales)
