"""Problem: every error of the API in one shape, problem details for HTTP APIs (RFC 9457).

`type` stays `about:blank`, which says that the status tells all there is to tell a program; `detail` tells a person
what to do.
"""

from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


class Problem(HTTPException):
    """Raise it from a route: a status, what to do, and what `more` a program may want to know (RFC 9457, 3.2)."""

    def __init__(self, status: HTTPStatus, detail: str, **more: Any) -> None:
        super().__init__(status.value, detail)
        self.more = more


def install(app: FastAPI) -> None:
    """Make this app answer all its errors so."""

    @app.exception_handler(HTTPException)
    async def _refused(request: Request, error: HTTPException) -> JSONResponse:
        more = error.more if isinstance(error, Problem) else {}
        return _response(request, error.status_code, str(error.detail), **more)

    @app.exception_handler(RequestValidationError)
    async def _misunderstood(request: Request, error: RequestValidationError) -> JSONResponse:
        errors = [{"where": ".".join(map(str, one["loc"])), "what": one["msg"]} for one in error.errors()]
        detail = "; ".join(f"{one['where']}: {one['what']}" for one in errors)
        return _response(request, HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)

    @app.exception_handler(OperationalError)
    async def _closed(request: Request, error: OperationalError) -> JSONResponse:
        structlog.get_logger("http").error("books.unreachable", path=request.url.path, why=str(error.orig))
        detail = "the books cannot be reached; the server's log says why"
        return _response(request, HTTPStatus.SERVICE_UNAVAILABLE, detail)

    @app.exception_handler(Exception)
    async def _bug(request: Request, bug: Exception) -> JSONResponse:
        """It is raised again by the framework, into the log."""
        detail = "a bug; it is in the server's log"
        return _response(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail)


def _response(request: Request, status: int, detail: str, **more: Any) -> JSONResponse:
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse({**body, "instance": request.url.path, **more}, status, media_type=MEDIA_TYPE)
