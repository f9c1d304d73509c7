"""Connections: which other programs hear what happens, whether they do, and what nobody took."""

from collections.abc import Callable
from functools import partial

from nicegui import ui
from sqlalchemy.engine import Engine

from kiosk.values.moment import rfc3339
from store import web_shop_push, webhooks
from store.console import goods_words, words
from store.parts import Parts
from store.webhook_route import bad_address
from store.webhooks import Delivery, Subscriber, UnknownWebhook

_EVERY_S = 5


class ConnectionsView:
    """The web shop, the subscribers, and what is dead."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        ui.label("Web shop").classes("g-head")
        self._shop = ui.element("div").classes("k-sheet").mark("web-shop")
        ui.label("Programs that hear what happens").classes("g-head")
        self._hooks = ui.element("div").classes("k-sheet").mark("webhooks")
        with ui.expansion("Add a program").classes("w-full").mark("webhook-new"):
            self._url = ui.input("Address, https://...").props("outlined bg-color=white").classes("w-full")
            self._url.mark("webhook-url")
            self._events = ui.select(
                goods_words.EVENTS, multiple=True, value=list(goods_words.EVENTS), label="It hears of"
            )
            self._events.props("outlined bg-color=white use-chips").classes("w-full q-mt-sm")
            self._wrong = ui.label().classes("g-wrong").mark("webhook-wrong")
            ui.button("Add", on_click=self._add).props("unelevated").mark("webhook-add")
        ui.label("Not delivered").classes("g-head")
        self._dead = ui.element("div").classes("k-sheet").mark("webhooks-dead")
        self._shown: object = None
        self._draw()
        ui.timer(_EVERY_S, self._draw)

    def _add(self) -> None:
        url = str(self._url.value or "").strip()
        wrong = bad_address(url, allow_private=self._parts.config.webhooks.allow_private)
        if not wrong and not self._events.value:
            wrong = "choose what it hears of"
        self._wrong.set_text(wrong)
        if wrong:
            return
        _, secret = webhooks.subscribe(self._parts.engine, url, tuple(self._events.value), self._parts.now_utc_ms())
        self._url.set_value("")
        with ui.dialog(value=True) as dialog, ui.card():
            ui.label("Its secret").classes("k-title")
            ui.label("The program needs it to know that a message is ours. It is shown only now.").classes("k-muted")
            ui.label(secret).classes("g-name").style("overflow-wrap: anywhere").mark("webhook-secret")
            with ui.row():
                ui.button("Copy", on_click=lambda: ui.clipboard.write(secret)).props("outline")
                ui.button("I have it", on_click=dialog.close).props("unelevated")
        dialog.on("hide", dialog.delete)
        self._draw()

    def _draw(self) -> None:
        parts = self._parts
        found = webhooks.subscribers(parts.engine)
        dead = webhooks.deliveries(parts.engine, state="dead", limit=50)
        shop = web_shop_push.counts(parts.engine)
        if (found, dead, shop) == self._shown:
            return
        self._shown = (found, dead, shop)
        for sheet in (self._shop, self._hooks, self._dead):
            sheet.clear()
        with self._shop:
            self._draw_shop(shop)
        with self._hooks:
            for one in found:
                self._draw_hook(one)
            if not found:
                ui.label("Nobody hears anything yet.").classes("g-empty")
        with self._dead:
            for delivery in dead:
                self._draw_dead(delivery)
            if not dead:
                ui.label("Everything has arrived or is still being tried.").classes("g-empty")

    def _draw_shop(self, shop: web_shop_push.Counts) -> None:
        url = self._parts.config.woocommerce.url
        if not url:
            ui.label("No web shop is connected; see [woocommerce] in store.toml.").classes("g-empty")
            return
        with ui.element("div").classes("g-line"):
            with ui.element("div"):
                ui.label(url).classes("g-name")
                ui.label(f"{shop.told} products told, {shop.absent} not sold there").classes("g-what")
                if shop.why:
                    ui.label(shop.why).classes("g-wrong")
            ui.label(f"{shop.waiting} waiting" if shop.waiting else "Up to date").classes(
                "g-badge wait" if shop.waiting else "g-badge"
            )

    def _draw_hook(self, one: Subscriber) -> None:
        with ui.element("div").classes("g-line tall").mark(f"webhook-{one.id}"):
            with ui.element("div"):
                ui.label(one.url).classes("g-name")
                ui.label(", ".join(goods_words.EVENTS.get(event, event) for event in one.events)).classes("g-what")
                if one.state == "stopped":
                    ui.label(f"Stopped: it {one.why}").classes("g-wrong")
            with ui.element("div").classes("g-act"):
                ui.label(f"{one.waiting} waiting").classes("g-badge wait" if one.waiting else "g-badge")
                if one.state == "stopped":
                    ui.button("Go on", on_click=partial(self._act, webhooks.resume, one.id)).props("outline")
                ping = partial(webhooks.ping, now_utc_ms=self._parts.now_utc_ms())
                ui.button("Try", on_click=partial(self._act, ping, one.id)).props("flat")
                ui.button("Remove", on_click=partial(self._act, webhooks.unsubscribe, one.id)).props(
                    "flat color=negative"
                )

    def _draw_dead(self, one: Delivery) -> None:
        with ui.element("div").classes("g-line"):
            with ui.element("div"):
                ui.label(goods_words.EVENTS.get(one.type, one.type)).classes("g-name")
                when = words.clock(rfc3339(one.since_utc_ms), self._parts.config.zone)
                ui.label(f"{when}: {one.why or 'nobody took it in time'}").classes("g-what")
            again = partial(webhooks.retry, now_utc_ms=self._parts.now_utc_ms())
            ui.button("Send again", on_click=partial(self._act, again, one.id)).props("outline").mark("webhook-retry")

    def _act(self, what: Callable[[Engine, str], None], id_: str) -> None:
        try:
            what(self._parts.engine, id_)
        except UnknownWebhook as error:
            ui.notify(str(error), type="negative")
        self._draw()
