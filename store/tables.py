"""Tables: every room's, in one place, for whoever must know them all (migrations, and the test that compares the two).

A room with tables of its own keeps them beside it, in `*_schema.py`, on the one `metadata` of `store.schema`, and is
named here.
"""

from store import (
    adoption_schema,
    backup_schema,
    channel_schema,
    close_schema,
    customers_schema,
    imports_schema,
    lane_config_schema,
    outgoing_schema,
    prices_schema,
    purchase_schema,
    quarantine_schema,
    replacing_schema,
    report_mail_schema,
    report_schema,
    sign_in_schema,
    stock_schema,
    updates_schema,
)
from store.schema import metadata

__all__ = [
    "adoption_schema",
    "backup_schema",
    "channel_schema",
    "close_schema",
    "customers_schema",
    "imports_schema",
    "lane_config_schema",
    "metadata",
    "outgoing_schema",
    "prices_schema",
    "purchase_schema",
    "quarantine_schema",
    "replacing_schema",
    "report_mail_schema",
    "report_schema",
    "sign_in_schema",
    "stock_schema",
    "updates_schema",
]
