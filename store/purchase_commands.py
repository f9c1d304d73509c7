"""Commands about buying: orders to suppliers, from what is proposed to what has come."""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from store.config import Config
from store.customer_commands import CannotDo, Command, Group

if TYPE_CHECKING:
    from store.purchase_order import Order


@contextmanager
def _refusals() -> Iterator[None]:
    from store.price_book import UnknownProduct
    from store.purchase_order import BadOrder
    from store.purchase_orders import NoSuchOrder
    from store.stock import UnknownPlace
    from store.stock_slips import BadSlip

    try:
        yield
    except (BadOrder, NoSuchOrder, UnknownProduct, UnknownPlace, BadSlip) as error:
        raise CannotDo(str(error)) from error


def _list(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.purchase_orders import orders

    for order in orders(open_books(config.database.url), state=args.state, limit=args.limit):
        _tell(order)


def _show(args: argparse.Namespace, config: Config) -> None:
    from kiosk.values.moment import local
    from store.clock import utc_ms
    from store.database import open_books
    from store.purchase_files import order_csv, order_pdf
    from store.purchase_orders import find, supplier_in

    engine = open_books(config.database.url)
    with _refusals():
        order = find(engine, args.number)
    if args.pdf is None:
        sys.stdout.write(order_csv(order))
        return
    with engine.connect() as connection:
        supplier = supplier_in(connection, order.supplier)
    day = local(order.sent_utc_ms or utc_ms(), config.zone).date().isoformat()
    try:
        args.pdf.write_bytes(order_pdf(order, supplier, config, day))
    except OSError as error:
        raise CannotDo(f"{args.pdf}: cannot be written: {error.strerror}") from error


def _propose(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.reorder import order_proposed

    with _refusals():
        made = order_proposed(
            open_books(config.database.url), args.supplier, now_utc_ms=utc_ms(), expected=args.expected
        )
    for order in made:
        _tell(order)
    if not made:
        sys.stdout.write(f"there is enough of everything from {args.supplier}\n")


def _send(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.purchase_orders import send

    if args.mail and not config.smtp.url:
        raise CannotDo("this store sends no mail; see [smtp] in store.toml")
    with _refusals():
        _tell(send(open_books(config.database.url), args.number, now_utc_ms=utc_ms(), mail=args.mail))


def _receive(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.purchase_orders import find, receive
    from store.stock_slips import SlipLine

    engine = open_books(config.database.url)
    with _refusals():
        order = find(engine, args.number)
        lines = [SlipLine(line.gtin, *line.open) for line in order.lines if any(line.open)]
        _tell(receive(engine, args.number, lines, now_utc_ms=utc_ms(), place=args.place, note=args.note))


def _give_up(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.purchase_orders import give_up

    with _refusals():
        _tell(give_up(open_books(config.database.url), args.number, args.gtin, now_utc_ms=utc_ms()))


def _drop(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.database import open_books
    from store.purchase_orders import drop

    with _refusals():
        _tell(drop(open_books(config.database.url), args.number, now_utc_ms=utc_ms()))


def _supplier(args: argparse.Namespace, config: Config) -> None:
    from store.database import open_books
    from store.purchase_orders import Supplier, keep_supplier

    with _refusals():
        new = Supplier(args.name, args.email, args.account, args.lead_days)
        kept = keep_supplier(open_books(config.database.url), new)
    sys.stdout.write(f"orders to {kept.name} go to {kept.email or 'nobody by e-mail'}\n")


def _tell(order: "Order") -> None:
    waits = sum(any(line.open) for line in order.lines)
    lines = f"{len(order.lines)} lines, {waits} not yet here"
    expected = f", expected {order.expected}" if order.expected else ""
    sys.stdout.write(f"order {order.number} to {order.supplier}: {order.state}, {lines}{expected}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    buying = group("purchase", "Orders to suppliers.")
    listed = command(buying, "list", _list, "List orders, the newest first.")
    listed.add_argument("--state", default="", choices=("", "open", "draft", "sent", "closed", "dropped"))
    listed.add_argument("--limit", type=int, default=100, help="how many at most")
    shown = command(buying, "show", _show, "Write one as CSV, or as a PDF.")
    shown.add_argument("number", type=int)
    shown.add_argument("--pdf", type=Path, help="the file to write")
    proposed = command(buying, "propose", _propose, "Make a draft of what the shop is short of, from one supplier.")
    proposed.add_argument("supplier")
    proposed.add_argument("--expected", default="", help="the day on which it should come, such as 2026-11-30")
    sent = command(buying, "send", _send, "The supplier has been told, or gets it by e-mail.")
    sent.add_argument("number", type=int)
    sent.add_argument("--mail", action="store_true", help="send it to the supplier's address")
    came = command(buying, "receive", _receive, "All that was still to come has come.")
    came.add_argument("number", type=int)
    came.add_argument("--place", default="back")
    came.add_argument("--note", default="", help="the delivery note's number, taken once")
    gone = command(buying, "give-up", _give_up, "Nobody waits for the rest any more.")
    gone.add_argument("number", type=int)
    gone.add_argument("gtin", nargs="*", help="only these products")
    dropped = command(buying, "drop", _drop, "A draft that nobody sends.")
    dropped.add_argument("number", type=int)
    kept = command(buying, "supplier", _supplier, "Keep where a supplier's orders go.")
    kept.add_argument("name")
    kept.add_argument("--email", default="")
    kept.add_argument("--account", default="", help="the shop's number at theirs")
    kept.add_argument("--lead-days", type=int, default=0, help="from order to delivery")
