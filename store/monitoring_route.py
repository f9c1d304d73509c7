"""Monitoring: `/healthz` and `/metrics`, for whoever watches a store from outside.

`/healthz` is open, so it says in general words what is amiss and never of whom. 503 means that nothing can be booked
here: the books cannot be reached, their disk is full, the clerk has ended. All else is 200, "degraded" with reasons: a
store whose broker is away, say, still serves console, receipts and the API, its lanes sell on and keep what they sold,
and whoever took it out of service for that would only make it worse.
"""

from http import HTTPStatus

import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse

from store import differences, ledger, metrics
from store.parts import Parts
from store.problem import Problem
from store.schema import sale
from store.upkeep import disks, standing
from store.upkeep_alarms import IN_GENERAL, alarms, harm
from store.upkeep_metrics import upkeep_metrics


def monitoring_router(parts: Parts) -> APIRouter:
    """Their routes."""
    router = APIRouter(tags=["watch"])
    upkeep, backup_hours = parts.upkeep, parts.config.backup.at_most_hours

    @router.get("/healthz")
    def healthz() -> JSONResponse:
        """200 while sales can be booked; `degraded` with reasons where something is amiss."""
        with parts.engine.connect() as connection:
            connection.execute(sa.select(sale.c.key).limit(1))
        harmed = harm(disks(parts.config, parts.engine), map(standing, parts.duties))
        if harmed:
            raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "; ".join(harmed))
        kinds = {alarm.kind for alarm in alarms(upkeep.recent(), backup_hours)}
        away = parts.link is not None and not parts.link_up
        why = [
            *(["the broker is away: lanes are not heard"] if away else []),
            *(IN_GENERAL[kind] for kind in sorted(kinds)),
        ]
        body = {"status": "degraded" if why else "ok", "broker": "up" if parts.link_up else "away"}
        return JSONResponse({**body, **({"why": why} if why else {})})

    @router.get("/metrics", response_class=PlainTextResponse)
    def numbers() -> PlainTextResponse:
        """Prometheus text format."""
        head, facts, lanes = parts.prices.head(), upkeep.look(), parts.lanes.all()
        found = metrics.metrics_of(
            lanes,
            dict(parts.clerk.counts),
            parts.clerk.waiting,
            ledger.counts(parts.engine),
            int(head.version) if head else 0,
            parts.link_up,
            differences.open_by_kind(parts.engine),
        )
        more = upkeep_metrics(facts, alarms(facts, backup_hours), lanes)
        text = "".join(f"{line}\n" for line in metrics.exposition((*found, *more)))
        return PlainTextResponse(text, media_type=metrics.MEDIA_TYPE)

    return router
