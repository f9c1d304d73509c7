"""Pictures of a lane whose cash goes into a machine: more stops of the gallery."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.inserting import DEVICE
from kiosk.checkout.meter import Meter
from kiosk.ui.view import OpenForm, OpenPage, TypeKey
from kiosk.values.money import Money

_FULL = ((100, 20), (200, 20), (500, 20), (1_000, 20), (2_000, 10), (5_000, 10), (10_000, 10))
_UNITS = (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100)
_SCARCE = ((200, 3), (1_000, 2))


def cash_stops() -> dict[str, Callable[[Any], Any]]:
    """By the name of the picture; each takes a Visit."""
    return {
        "01-little-change": lambda v: _has(v, Meter(_SCARCE)).waits(1_000),
        "10-cash-machine": lambda v: _has(v).shops().does(e.PayPressed()),
        "11f-cash-machine": _inserting,
        "11f-half-way": _half_way,
        "11f-note-comes-back": lambda v: _inserting(v, Meter(_SCARCE)).does(
            e.CashOffered(attempt=v.attempt(), amount=Money(50_000))
        ),
        "11f-no-answer": lambda v: _half_way(v).does(e.DeviceLost(device=DEVICE, why="unplugged")),
        "14a-change-is-coming": _paid,
        "14a-change-stopped": lambda v: _stopped(v),
        "19b-payback": lambda v: _stopped(v).signs_in(),
        "19e-payout-in-doubt": lambda v: (
            _lost(v).signs_in().does(OpenForm("staff_payout", v.state.payouts[0].attempt), *map(TypeKey, "1700"))
        ),
        "19g-cash-machine": lambda v: _has(v).signs_in().does(OpenPage("staff_machine"), *map(TypeKey, "50000")),
    }


def _has(visit: Any, meter: Meter | None = None) -> Any:
    language = visit.state.language
    lane = replace(
        visit.state.lane, tenders=("card", "cash"), cash_machine=True, cash_step_minor=100, cash_units_minor=_UNITS
    )
    visit.does(e.Restarted(lane=lane), e.LanguageChosen(language=language))
    return visit.does(e.CashMetered(attempt="", meter=meter or Meter(_FULL)))


def _inserting(visit: Any, meter: Meter | None = None) -> Any:
    _has(visit, meter).shops().does(e.PayPressed(), e.CashChosen())
    return visit.does(e.CashMetered(attempt=visit.attempt(), meter=meter or Meter(_FULL)))


def _half_way(visit: Any) -> Any:
    _inserting(visit).does(e.CashOffered(attempt=visit.attempt(), amount=Money(10_000)))
    return visit.does(e.CashMetered(attempt=visit.attempt(), meter=Meter((*_FULL[:-1], (10_000, 11)), notes=1)))


def _paid(visit: Any) -> Any:
    """With a note of 500, and its change ordered."""
    _inserting(visit).does(e.CashOffered(attempt=visit.attempt(), amount=Money(50_000)))
    inside = Meter(_FULL, notes=1)
    visit.does(*(e.CashMetered(attempt=visit.attempt(), meter=inside) for _ in range(2)), e.Stored())
    return visit.does(e.CashMetered(attempt=visit.state.payouts[0].attempt, meter=inside))


def _stopped(visit: Any) -> Any:
    """Two hundreds came, and then it jammed."""
    attempt = _paid(visit).state.payouts[0].attempt
    left = Meter((*_FULL[:-1], (10_000, 8)), notes=1)
    return visit.does(e.CashDispensed(attempt=attempt, meter=left, why="jammed"))


def _lost(visit: Any) -> Any:
    return _paid(visit).does(e.DeviceLost(device=DEVICE, why="unplugged"))
