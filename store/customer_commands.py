"""Commands about the shop's customers: coupons with a code of their own; gift cards, vouchers and bottle slips.

Kept apart from `store.__main__`, which joins them to the others. What goes wrong is told in lines, and nothing is done
by half.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from store.config import Config

Act = Callable[[argparse.Namespace, Config], None]
Group = Callable[[str, str], "argparse._SubParsersAction[argparse.ArgumentParser]"]
Command = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]", str, Act, str], argparse.ArgumentParser]
MOST_AT_ONCE = 100_000
MOST_MINOR = 10_000_00
"""What one gift card, voucher or slip may be worth."""


class CannotDo(Exception):
    """One line for each thing that is wrong."""


def _issue_coupons(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.coupons import BadCoupons, end_of, issue_all, make_codes, offer_named
    from store.database import open_books
    from store.price_book import PriceBook
    from store.vouchers import Voucher

    if not 1 <= args.count <= MOST_AT_ONCE:
        raise CannotDo(f"--count is from 1 to {MOST_AT_ONCE}")
    engine = open_books(config.database.url)
    try:
        offer = offer_named(PriceBook(engine).offers(), args.offer)
        expires = end_of(args.expires)
        codes = make_codes(offer, args.count)
        issue_all(
            engine, [Voucher(code, "coupon", "", 1, offer.offer, expires_utc_ms=expires) for code in codes], utc_ms()
        )
    except BadCoupons as bad:
        raise CannotDo(f"{bad}\nnothing was issued") from bad
    _write(["code,offer", *(f"{code},{offer.offer}" for code in codes)])


def _import_coupons(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.coupons import BadCoupons, issue_all, read_codes
    from store.database import open_books
    from store.price_book import PriceBook

    engine = open_books(config.database.url)
    try:
        coupons = read_codes(args.file.read_text(encoding="utf-8-sig"), PriceBook(engine).offers())
        issue_all(engine, coupons, utc_ms())
    except BadCoupons as bad:
        lines = [f"{args.file}: {problem}" for problem in bad.problems[:20]]
        raise CannotDo("\n".join([*lines, "nothing was issued"])) from bad
    except UnicodeDecodeError as error:
        raise CannotDo(f"{args.file}: is not UTF-8 text; save the file as CSV UTF-8") from error
    except OSError as error:
        raise CannotDo(f"{args.file}: cannot be read: {error.strerror}") from error
    _write([f"{len(coupons)} coupons issued"])


def _issue_voucher(args: argparse.Namespace, config: Config) -> None:
    from store.clock import utc_ms
    from store.coupons import BadCoupons, end_of
    from store.database import open_books, writing
    from store.vouchers import NumberTaken, Voucher, issue, new_number

    try:
        expires = end_of(args.expires)
    except BadCoupons as bad:
        raise CannotDo(str(bad)) from bad
    number = args.number or new_number(args.kind)
    one = Voucher(
        number, args.kind, config.store.currency, args.amount_minor, issued_utc_ms=utc_ms(), expires_utc_ms=expires
    )
    try:
        with writing(open_books(config.database.url)) as connection:
            issue(connection, one)
    except NumberTaken as taken:
        raise CannotDo(str(taken)) from taken
    _write([number])


def _blank_cards(args: argparse.Namespace, config: Config) -> None:
    from store.blank_cards import card_sheet, make_blank
    from store.clock import utc_ms
    from store.database import open_books, writing
    from store.labels import UnknownSheet

    if not 1 <= args.count <= MOST_AT_ONCE:
        raise CannotDo(f"--count is from 1 to {MOST_AT_ONCE}")
    with writing(open_books(config.database.url)) as connection:
        numbers = make_blank(connection, args.count, config.store.currency, utc_ms())
        if args.pdf is not None:  # a sheet that cannot be written leaves no cards behind
            try:
                args.pdf.write_bytes(card_sheet(numbers, config.name, args.sheet))
            except UnknownSheet as error:
                raise CannotDo(str(error)) from error
            except OSError as error:
                raise CannotDo(f"{args.pdf}: cannot be written: {error.strerror}") from error
    _write(numbers)


def _statement(args: argparse.Namespace, config: Config) -> None:
    from store.card_ledger import as_csv, statement
    from store.clock import utc_ms
    from store.database import open_books
    from store.periods import today

    books = open_books(config.database.url)
    last = args.to_day or today(utc_ms(), config.zone).isoformat()
    flows = statement(books, config.store.currency, args.from_day, last, args.by)
    sys.stdout.write(as_csv(flows))


def _amount_minor(text: str) -> int:
    """Of `100` or `100.50`, in minor units."""
    found = re.fullmatch(r"([0-9]{1,6})(?:\.([0-9]{2}))?", text)
    amount_minor = int(found[1] + (found[2] or "00")) if found else 0
    if not 0 < amount_minor <= MOST_MINOR:
        raise argparse.ArgumentTypeError(f"{text!r} is no amount up to {MOST_MINOR // 100}; write it as 100 or 100.50")
    return amount_minor


def _day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no day; write it as 2026-11-23")
    return text


def _number(text: str) -> str:
    if not re.fullmatch(r"[!-~]{4,40}", text):
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no number; it has 4 to 40 letters, digits and signs")
    return text


def _write(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def add(group: Group, command: Command) -> None:
    """Join them to the others."""
    coupon = group("coupon", "Coupons that may be used once.")
    issue = command(coupon, "issue", _issue_coupons, "Issue coupons with new codes; write them as CSV.")
    issue.add_argument("offer", help="the offer that they open, as its row in the offers calls it")
    issue.add_argument("--count", type=int, default=1, help="how many")
    issue.add_argument("--expires", default="", help="their last day, YYYY-MM-DD; without it they last for ever")
    taken = command(coupon, "import", _import_coupons, "Issue the coupons of a CSV file. All of them, or none.")
    taken.add_argument("file", type=Path, help="columns code, offer, and perhaps uses and expires")
    cards = group("voucher", "Gift cards, vouchers, slips of the bottle machine.")
    blank = command(
        cards, "blank", _blank_cards, "Make numbers of gift cards with nothing on them, to be printed and sold."
    )
    blank.add_argument("--count", type=int, default=1, help="how many")
    blank.add_argument("--pdf", type=Path, help="their bar codes, to be printed, into this file")
    blank.add_argument("--sheet", default="a4-24", help="the labels that they are printed on: a4-24, a4-10, roll")
    owed = command(cards, "statement", _statement, "What the shop owes on gift cards and vouchers, and why, as CSV.")
    owed.add_argument("--from", dest="from_day", type=_day, default="", help="first day, YYYY-MM-DD")
    owed.add_argument("--to", dest="to_day", type=_day, default="", help="last day; without it today")
    owed.add_argument("--by", choices=("day", "month", "year"), default="month")
    paper = command(
        cards,
        "issue",
        _issue_voucher,
        "Issue one; write its number. Whoever has the number has the money.",
    )
    paper.add_argument("kind", choices=("gift_card", "voucher", "deposit"))
    paper.add_argument("amount_minor", metavar="AMOUNT", type=_amount_minor, help="what it is worth, as 100 or 100.50")
    paper.add_argument("--number", type=_number, help="as it is scanned; without it one is made")
    paper.add_argument("--expires", default="", help="its last day, YYYY-MM-DD; without it it lasts for ever")
