"""Against: a file, what it is, and what the books have that its plan is made against."""

import msgspec
import sqlalchemy as sa
from babel.numbers import get_currency_precision
from sqlalchemy.engine import Connection

from kiosk.checkout.jurisdiction import UnknownTaxClass
from kiosk.values.moment import local
from kiosk.wire.price_csv import PriceRow
from store.config import Config
from store.imports import odoo, square
from store.imports.plan import Plan, plan_cards, plan_members, plan_products, plan_stock, same_code
from store.imports.reading import BadImport
from store.imports.wanted import KINDS, Kind, Options
from store.packs import read_pack
from store.price_book import rows_in_use
from store.schema import member_key, voucher
from store.stock import UnknownPlace, check_place
from store.stock_ledger import FLOOR
from store.stock_schema import stock_level

PROFILES = {"odoo": odoo.PROFILE, "square": square.PROFILE}


class Job(msgspec.Struct, frozen=True):
    """A file, what it is, and what it does not say."""

    profile: str
    kind: Kind
    data: bytes
    options: Options
    name: str = ""


def options_of(
    config: Config,
    *,
    tax_class: str = "",
    without_tax: bool = False,
    agreed: bool = False,
    location: str = "",
    place: str = FLOOR,
) -> Options:
    """What a shop of this configuration asks of a file. BadImport for a class of tax that no lane knows."""
    pack = read_pack(config.store.jurisdiction)
    if tax_class and tax_class not in pack.tax:
        raise BadImport([f"no lane could tax {tax_class[:40]!r}; there are {', '.join(sorted(pack.tax))}"])
    currency = config.store.currency
    return Options(
        currency, get_currency_precision(currency), tax_class, without_tax and not pack.tax_on_top, agreed,
        location.strip(), place,
    )  # fmt: skip


def plan_of(connection: Connection, config: Config, job: Job, now_utc_ms: int) -> Plan:
    """What this file would do to these books. BadImport."""
    profile = PROFILES.get(job.profile)
    if profile is None or job.kind not in KINDS:
        raise BadImport([f"there are {' and '.join(PROFILES)}, and of each {', '.join(KINDS)}"])
    options = job.options
    match job.kind:
        case "products":
            rates = _rates_bp(config, now_utc_ms)
            return plan_products(profile.products(job.data, options), _products(connection), options, rates)
        case "members":
            known = set(connection.scalars(sa.select(member_key.c.key)))
            return plan_members(profile.members(job.data, options), known, options)
        case "stock":
            there = _there(connection, options.place)
            return plan_stock(profile.stock(job.data, options), _products(connection), there)
        case "gift-cards":
            numbers = set(connection.scalars(sa.select(voucher.c.number)))
            return plan_cards(profile.gift_cards(job.data, options), numbers, options, now_utc_ms)


def _products(connection: Connection) -> dict[str, PriceRow]:
    """The rows in use by `same_code`: of two spellings the longer one is sold, so it comes last."""
    rows = sorted(rows_in_use(connection), key=lambda row: len(row.code))
    return {same_code(row.code): row for row in rows}


def _rates_bp(config: Config, now_utc_ms: int) -> dict[str, int]:
    """Today's rate of every class that has one."""
    pack, today = read_pack(config.store.jurisdiction), local(now_utc_ms, config.zone).date()
    rates = {}
    for name in pack.tax:
        try:
            rates[name] = pack.rate_bp(name, today)
        except UnknownTaxClass:
            continue  # its first rate is still to come
    return rates


def _there(connection: Connection, place: str) -> dict[str, tuple[int, int]]:
    """(pieces, grams) of everything at a place. BadImport."""
    try:
        check_place(connection, place)
    except UnknownPlace as error:
        raise BadImport([str(error)]) from None
    level = stock_level.c
    query = sa.select(level.gtin, level.count, level.weight_g).where(level.place == place)
    return {gtin: (count, weight_g) for gtin, count, weight_g in connection.execute(query)}
