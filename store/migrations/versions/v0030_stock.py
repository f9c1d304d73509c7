"""Places, levels, rules, counts and transfers of stock; what a movement may say of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0026"


def upgrade() -> None:
    """Make the tables, and add up what has moved so far."""
    _widen_movements()
    _make_levels()
    _make_counts()
    _make_transfers()


def _text(name: str, comment: str | None = None) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment)


def _number(name: str, default: str | None = None, comment: str | None = None) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=default, comment=comment)


def _widen_movements() -> None:
    place = sa.Column("place", sa.Text(), nullable=False, server_default="floor", comment="see stock_place")
    op.add_column("stock_movement", place)
    for name, comment in (
        ("reason", "of waste, one word"),
        ("batch", "AI 10 of the label"),
        ("expiry", "AI 17 or 15, ISO 8601 date"),
        ("staff", "whose hand it was"),
        ("cause", "id of the count, transfer or order"),
    ):
        op.add_column("stock_movement", _text(name, comment))
    for index, columns, where in (
        ("ix_stock_movement_expiry", ["expiry"], "expiry != ''"),
        ("ix_stock_movement_batch", ["gtin", "batch"], "batch != ''"),
    ):
        op.create_index(index, "stock_movement", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _make_levels() -> None:
    place = op.create_table(
        "stock_place",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False, comment="here: its goods are this shop's; shop: another shop"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_place")),
    )
    here = [{"id": "floor", "name": "Shop floor", "kind": "here"}, {"id": "back", "name": "Back room", "kind": "here"}]
    op.bulk_insert(place, here)
    op.create_table(
        "stock_level",
        sa.Column("gtin", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        _number("count"),
        _number("weight_g"),
        sa.Column("untold", sa.Boolean(), nullable=False, comment="changed since others were told (telling_stock)"),
        sa.PrimaryKeyConstraint("gtin", "place", name=op.f("pk_stock_level")),
        comment="the sum of stock_movement by product and place",
    )
    op.create_index(
        "ix_stock_level_untold", "stock_level", ["untold"],
        sqlite_where=sa.text("untold IS 1"), postgresql_where=sa.text("untold IS true"),
    )  # fmt: skip
    op.create_index("ix_stock_level_count", "stock_level", ["count"])
    op.execute(
        "INSERT INTO stock_level (gtin, place, count, weight_g, untold)"
        " SELECT gtin, place, sum(count), sum(weight_g), true FROM stock_movement GROUP BY gtin, place"
    )
    op.create_table(
        "stock_rule",
        sa.Column("gtin", sa.Text(), nullable=False),
        _number("minimum_count", "0", "below it, buy"),
        _number("fill_to_count", "0", "buy up to it; 0: minimum"),
        _number("pack_count", "1", "pieces in what one buys"),
        _number("minimum_g", "0"),
        _number("fill_to_g", "0"),
        _number("pack_g", "1"),
        sa.Column("safety_count", sa.BigInteger(), comment="never offered by other channels; empty: as configured"),
        _text("supplier"),
        _text("supplier_code", "the supplier's own number"),
        _number("changed_utc_ms"),
        _text("staff"),
        sa.PrimaryKeyConstraint("gtin", name=op.f("pk_stock_rule")),
        comment="how much of a product the shop wants to have, and from whom",
    )
    op.create_index(op.f("ix_stock_rule_supplier"), "stock_rule", ["supplier"])


def _make_counts() -> None:
    op.create_table(
        "stock_count",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column(
            "words", sa.Text(), nullable=False, comment="what is counted: words in code or name; empty: everything"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="open, booked, dropped"),
        _number("made_utc_ms"),
        sa.Column("staff", sa.Text(), nullable=False),
        _number("ended_utc_ms", "0"),
        _text("ended_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
        comment="stock-takings",
    )
    op.create_index(op.f("ix_stock_count_state"), "stock_count", ["state"])
    op.create_table(
        "stock_counted",
        sa.Column("count_id", sa.Text(), nullable=False),
        sa.Column("gtin", sa.Text(), nullable=False),
        _number("count", comment="what was there"),
        _number("weight_g"),
        _number("book_count", comment="what the books said in that moment"),
        _number("book_g"),
        _number("at_utc_ms"),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name=op.f("fk_stock_counted_count_id")),
        sa.PrimaryKeyConstraint("count_id", "gtin", name=op.f("pk_stock_counted")),
    )


def _make_transfers() -> None:
    op.create_table(
        "stock_transfer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("from_place", sa.Text(), nullable=False),
        sa.Column("to_place", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False, comment="sent, received"),
        _text("note"),
        _number("sent_utc_ms"),
        sa.Column("sent_by", sa.Text(), nullable=False),
        _number("received_utc_ms", "0"),
        _text("received_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_transfer")),
    )
    op.create_index(op.f("ix_stock_transfer_state"), "stock_transfer", ["state"])
    op.create_table(
        "stock_transfer_line",
        sa.Column("transfer_id", sa.Text(), nullable=False),
        sa.Column("gtin", sa.Text(), nullable=False),
        _number("sent_count"),
        _number("sent_g"),
        sa.Column("received_count", sa.BigInteger(), comment="empty until it is received"),
        sa.Column("received_g", sa.BigInteger()),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["stock_transfer.id"], name=op.f("fk_stock_transfer_line_transfer_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "gtin", name=op.f("pk_stock_transfer_line")),
    )
    op.create_table(
        "stock_draft",
        sa.Column("id", sa.Text(), nullable=False, comment="what it will be, and whose it is"),
        sa.Column("body", sa.Text(), nullable=False, comment="JSON, the lines so far"),
        _number("changed_utc_ms"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_draft")),
        comment="deliveries and the like that somebody is scanning; a page that is closed loses nothing",
    )
