"""Commands about other programs: orders of other channels; webhooks, who hears what, and what nobody took."""

import argparse
import sys
from collections.abc import Iterable

from store.config import Config
from store.customer_commands import CannotDo, Command, Group


def _orders(args: argparse.Namespace, config: Config) -> None:
    from kiosk.values.moment import rfc3339
    from store.channel_orders import orders
    from store.database import open_books

    for one in orders(open_books(config.database.url), state=args.state, limit=args.limit):
        goods = ", ".join(f"{line.count or line.weight_g} x {line.name or line.said}" for line in one.lines)
        _write([f"{rfc3339(one.made_utc_ms)} {one.id} {one.state}: {goods}"])


def _ship(args: argparse.Namespace, config: Config) -> None:
    from store.channel_order import NotNow
    from store.channel_orders import UnknownOrder, ship
    from store.clock import utc_ms
    from store.database import open_books

    try:
        done = ship(open_books(config.database.url), args.id, now_utc_ms=utc_ms())
    except (UnknownOrder, NotNow) as error:
        raise CannotDo(str(error)) from error
    _write([f"{done.id} is {done.state}"])


def _cancel(args: argparse.Namespace, config: Config) -> None:
    from store.channel_order import NotNow
    from store.channel_orders import UnknownOrder, cancel
    from store.clock import utc_ms
    from store.database import open_books

    try:
        done = cancel(open_books(config.database.url), args.id, now_utc_ms=utc_ms(), why=args.why)
    except (UnknownOrder, NotNow) as error:
        raise CannotDo(str(error)) from error
    _write([f"{done.id} is {done.state}"])


def _add(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.webhook_route import bad_address
    from store.webhooks import EVENTS, subscribe

    if wrong := bad_address(args.url, allow_private=config.webhooks.allow_private):
        raise CannotDo(wrong)
    id_, secret = subscribe(open_books(config.database.url), args.url, tuple(args.event or EVENTS), utc_ms())
    _write([id_, f"{secret} (shown only now)"])


def _list(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.webhooks import subscribers

    for one in subscribers(open_books(config.database.url)):
        why = f" ({one.why})" if one.why else ""
        _write([f"{one.id} {one.state}{why} {one.url} {' '.join(one.events)}: {one.waiting} waiting, {one.dead} dead"])


def _remove(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.webhooks import UnknownWebhook, unsubscribe

    try:
        unsubscribe(open_books(config.database.url), args.id)
    except UnknownWebhook as error:
        raise CannotDo(str(error)) from error


def _dead(args: argparse.Namespace, config: Config) -> None:
    from kiosk.values.moment import rfc3339
    from store.database import open_books
    from store.webhooks import deliveries

    for one in deliveries(open_books(config.database.url), state="dead", limit=1000):
        _write([f"{one.id} {one.webhook_id} {rfc3339(one.since_utc_ms)} {one.type}: {one.why}"])


def _retry(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.webhooks import UnknownWebhook, deliveries, retry

    engine = open_books(config.database.url)
    wanted = args.id or [one.id for one in deliveries(engine, state="dead", limit=100_000)]
    try:
        for id_ in wanted:
            retry(engine, id_, utc_ms())
    except UnknownWebhook as error:
        raise CannotDo(str(error)) from error
    _write([f"{len(wanted)} will be sent again"])


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    order = group("order", "Orders from other channels.")
    listed = command(order, "list", _orders, "Write orders, the newest first.")
    listed.add_argument("--state", default="open", help="open, reserved, part_shipped, shipped, cancelled, or empty")
    listed.add_argument("--limit", type=int, default=1000, help="how many at most")
    command(order, "ship", _ship, "All that is open of an order leaves.").add_argument("id", help="channel/number")
    away = command(order, "cancel", _cancel, "Nobody waits for what is open of an order any more.")
    away.add_argument("id", help="channel/number")
    away.add_argument("--why", default="", help="for the record")
    hook = group("webhook", "Other programs that hear what happens.")
    new = command(hook, "add", _add, "Add one; write its id and its secret.")
    new.add_argument("url", help="https://...")
    events = ("sale.booked", "stock.changed", "order.changed", "price.changed")
    new.add_argument("--event", action="append", choices=events, help="what it hears of, again for each; all if none")
    command(hook, "list", _list, "Write who hears what, and what waits for them.")
    command(hook, "remove", _remove, "Nothing more, and nothing of what waits.").add_argument("id")
    command(hook, "dead", _dead, "Write what nobody took in time.")
    again = command(hook, "retry", _retry, "Send again what nobody took.")
    again.add_argument("id", nargs="*", help="of deliveries; all that are dead if none")
