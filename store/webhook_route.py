"""Webhooks over HTTP: who hears what happens, what could not be told, and telling it again."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from fastapi import APIRouter, Path
from pydantic import Field

from store import webhooks
from store.parts import Parts
from store.problem import Problem
from store.stock_route import Body, Limit, Offset

Id = Annotated[str, Path(pattern=r"^wh-[0-9]{1,16}-[0-9a-f]{8}$")]
DeliveryId = Annotated[str, Path(pattern=r"^msg_[0-9a-f]{24}$")]
Event = Literal["sale.booked", "stock.changed", "order.changed", "price.changed"]


class NewWebhook(Body):
    """Where to send, and what."""

    url: str = Field(max_length=500)
    events: list[Event] = Field(min_length=1, max_length=4)


def bad_address(url: str, *, allow_private: bool) -> str:
    """What is wrong with it; empty: nothing."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = ""
    if not host or parts.scheme not in ("http", "https") or parts.username is not None:
        return f"{url!r} is no address such as https://books.example/hook"
    if parts.scheme == "http" and not allow_private:
        return "what happens in the shop is told over https only; see webhooks.allow_private"
    return ""


def webhook_router(parts: Parts) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["webhooks"])

    @router.get("/webhooks")
    def subscribers() -> Any:
        """Who hears what."""
        return msgspec.to_builtins(webhooks.subscribers(parts.engine))

    @router.post("/webhooks", status_code=HTTPStatus.CREATED)
    def subscribe(new: NewWebhook) -> Any:
        """Signed as Standard Webhooks 1.0.0 has it; the secret is said only now."""
        if wrong := bad_address(new.url, allow_private=parts.config.webhooks.allow_private):
            raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, wrong)
        id_, secret = webhooks.subscribe(parts.engine, new.url, tuple(new.events), parts.now_utc_ms())
        return {"id": id_, "secret": secret}

    @router.delete("/webhooks/{id}", status_code=HTTPStatus.NO_CONTENT)
    def unsubscribe(id: Id) -> None:
        """Nothing more, and nothing of what waits."""
        with _refusals():
            webhooks.unsubscribe(parts.engine, id)

    @router.post("/webhooks/{id}/ping", status_code=HTTPStatus.ACCEPTED)
    def ping(id: Id) -> Any:
        """Send a `webhook.ping` now."""
        with _refusals():
            webhooks.ping(parts.engine, id, parts.now_utc_ms())
        return {"id": id}

    @router.post("/webhooks/{id}/resume", status_code=HTTPStatus.ACCEPTED)
    def resume(id: Id) -> Any:
        """Ask again one that was stopped or rests."""
        with _refusals():
            webhooks.resume(parts.engine, id)
        return {"id": id}

    @router.get("/webhook-deliveries")
    def deliveries(state: Literal["", "waiting", "done", "dead"] = "", limit: Limit = 100, offset: Offset = 0) -> Any:
        """The newest first; `dead` are those that nobody took in time."""
        return msgspec.to_builtins(webhooks.deliveries(parts.engine, state=state, limit=limit, offset=offset))

    @router.post("/webhook-deliveries/{id}/retry", status_code=HTTPStatus.ACCEPTED)
    def retry(id: DeliveryId) -> Any:
        """Send a dead one again."""
        with _refusals():
            webhooks.retry(parts.engine, id, parts.now_utc_ms())
        return {"id": id}

    return router


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except webhooks.UnknownWebhook as error:
        raise Problem(HTTPStatus.NOT_FOUND, str(error)) from error
