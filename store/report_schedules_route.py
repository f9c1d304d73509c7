"""Report schedules over HTTP: which reports go out by e-mail; one more, one less."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from store import report_schedules
from store.caller import Caller
from store.parts import Parts
from store.problem import Problem
from store.report_schedules import BadSchedule, Schedule, Wish
from store.report_shapes import Ask, UnknownReport
from store.reports import make_report

Value = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(pattern=r"^[a-z-]{1,32}$")]


class NewSchedule(BaseModel):
    """What is wanted: `period` is seen from the day on which it goes; `hour` is on the shop's clock."""

    model_config = ConfigDict(extra="forbid", strict=True)
    report: Name
    by: list[Name] = Field([], max_length=2)
    where: dict[Name, list[Value]] = Field({}, max_length=10)
    period: Name
    form: Literal["pdf", "xlsx", "csv"] = "pdf"
    address: str = Field(max_length=254)
    every: Literal["day", "week", "month"]
    hour: int = Field(ge=0, le=23)


def schedules_router(parts: Parts) -> APIRouter:
    """The three routes."""
    router = APIRouter(tags=["reports"])

    @router.get("/report-schedules")
    def there_are() -> Any:
        """Every report that goes out by e-mail, and how it has gone."""
        return [_plain(one) for one in report_schedules.everything(parts.engine)]

    @router.post("/report-schedules", status_code=HTTPStatus.CREATED)
    def keep(new: NewSchedule, by: Caller) -> Any:
        """One more."""
        filters = {name: tuple(values) for name, values in new.where.items()}
        ask = Ask(new.report, by=tuple(new.by), filters=filters)
        try:
            nothing = Ask(ask.name, "0001-01-01", "0001-01-01", ask.by, ask.filters)
            make_report(parts.engine, nothing, parts.config.store.timezone)  # does it exist like that?
            wish = Wish(ask, new.period, new.form, new.address, new.every, new.hour)
            return _plain(report_schedules.add(parts.engine, wish, by, parts.now_utc_ms(), parts.config.zone))
        except (UnknownReport, BadSchedule) as error:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error

    @router.delete("/report-schedules/{id_}", status_code=HTTPStatus.NO_CONTENT)
    def take_away(id_: Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]) -> Response:
        """One less."""
        if not report_schedules.remove(parts.engine, id_):
            raise Problem(HTTPStatus.NOT_FOUND, f"there is no schedule {id_}")
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return router


def _plain(one: Schedule) -> dict[str, Any]:
    wish = one.wish
    return {
        "id": one.id, "report": wish.ask.name, "by": list(wish.ask.by),
        "where": {name: list(values) for name, values in wish.ask.filters.items()}, "period": wish.period,
        "form": wish.form, "address": wish.address, "every": wish.every, "hour": wish.hour, "staff": one.staff,
        "due": _rfc3339(one.due_utc_ms), "sent": _rfc3339(one.sent_utc_ms) if one.sent_utc_ms else None,
        "why": one.why,
    }  # fmt: skip


def _rfc3339(utc_ms: int) -> str:
    return datetime.fromtimestamp(utc_ms // 1000, UTC).isoformat().replace("+00:00", "Z")
