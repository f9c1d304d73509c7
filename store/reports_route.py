"""Reports over HTTP: which there are, and each as JSON or as a file."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from fastapi.responses import JSONResponse, Response

from store.dimensions import DIMENSIONS
from store.parts import Parts
from store.periods import PERIODS, period, today
from store.problem import Problem
from store.report_book import BOOK
from store.report_files import MEDIA_TYPES, as_data, written
from store.report_shapes import Ask, Report, UnknownReport
from store.report_stock import FILTERS, OF_STOCK
from store.reports import filterable, make_report

Name = Annotated[str, Path(pattern=r"^[a-z-]{1,32}$")]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="business day, included")]
Form = Literal["json", "csv", "xlsx", "pdf"]


def reports_router(parts: Parts) -> APIRouter:
    """The two routes."""
    router = APIRouter(tags=["reports"])

    @router.get("/reports")
    def there_are() -> Any:
        """Every report: what it is split by, filtered by, and its columns."""
        return [_described(name) for name in (*BOOK, *OF_STOCK)]

    @router.get("/reports/{name}")
    def report(
        name: Name,
        from_day: Annotated[Day, Query(alias="from")] = "",
        to_day: Annotated[Day, Query(alias="to")] = "",
        stretch: Annotated[
            Literal[tuple(PERIODS)] | None,  # type: ignore[valid-type]  # the names are data
            Query(alias="period", description="in place of from and to"),
        ] = None,
        by: Annotated[str, Query(max_length=60, description="what it is split by; two with a comma")] = "",
        where: Annotated[list[str] | None, Query(max_length=20, description="till=k01; repeated, they combine")] = None,
        limit: Annotated[int, Query(ge=0, le=1_000_000, description="0: all")] = 0,
        form: Annotated[Form, Query(alias="format")] = "json",
    ) -> Response:
        """One report. Amounts are whole minor units, weights grams, times milliseconds, shares tenths of a percent."""
        if stretch is not None:
            from_day, to_day = period(stretch, today(parts.now_utc_ms(), parts.config.zone))
        split = tuple(by.split(",")) if by else ()
        ask = Ask(name, from_day or "0001-01-01", to_day or "9999-12-31", split, _filters(where or []), limit)
        return _answer(_made(parts, ask), form, parts.config.store.currency)

    return router


def _filters(where: list[str]) -> dict[str, tuple[str, ...]]:
    filters: dict[str, tuple[str, ...]] = {}
    for one in where:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, f"{one[:40]!r} is no filter; write it as till=k01")
        filters[name] = (*filters.get(name, ()), value)
    return filters


def _made(parts: Parts, ask: Ask) -> Report:
    try:
        now = today(parts.now_utc_ms(), parts.config.zone).isoformat()
        return make_report(parts.engine, ask, parts.config.store.timezone, today=now)
    except UnknownReport as error:
        there = ask.name in BOOK or ask.name in OF_STOCK
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY if there else HTTPStatus.NOT_FOUND, str(error)) from error


def _answer(report: Report, form: Form, currency: str) -> Response:
    if form == "json":
        return JSONResponse(as_data(report))
    named = {"Content-Disposition": f'attachment; filename="{report.name}.{form}"'}
    return Response(written(report, form, currency), media_type=MEDIA_TYPES[form], headers=named)


def _described(name: str) -> dict[str, Any]:
    if name in OF_STOCK:
        return {"name": name, "title": OF_STOCK[name], "about": "", "by": ["product"], "filters": list(FILTERS)}
    one = BOOK[name]
    return {
        "name": name,
        "title": one.title,
        "about": one.about,
        "by": list(one.by),
        "filters": [each for each in filterable(one) if each in DIMENSIONS],
        "columns": [{"name": column.name, "title": column.title, "unit": column.unit} for column in one.columns],
    }
