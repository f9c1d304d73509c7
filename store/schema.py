"""Schema: the tables of the store's books.

Facts are only ever added: a sale as the till sealed it, a movement of stock, a version of a price. What can be worked
out (stock on hand, the price book of a version) is a query. Times that a till said are kept as it said them (RFC 3339
text); times of ours are UTC in milliseconds. A change here needs a migration beside it, and a migration only adds: the
version before must still be able to open the file.
"""

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sale = sa.Table(
    "sale",
    metadata,
    sa.Column("key", sa.Text, primary_key=True, comment="store/till/business_day/sequence"),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("business_day", sa.Text, nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("training", sa.Boolean, nullable=False),
    sa.Column("started", sa.Text, nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("goods_minor", sa.BigInteger, nullable=False),
    sa.Column("deposit_minor", sa.BigInteger, nullable=False),
    sa.Column("due_minor", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.Text, nullable=False, index=True),
    sa.Column("previous", sa.Text, nullable=False),
    sa.Column("token", sa.Text, nullable=False, index=True, comment="of the receipt's address"),
    sa.Column("received_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("body", sa.Text, nullable=False, comment="canonical JSON, as the till sealed it"),
    sa.Index("ix_sale_till_sequence", "till", "sequence"),
    sa.Index("ix_sale_business_day", "business_day"),
)

sale_line = sa.Table(
    "sale_line",
    metadata,
    sa.Column("sale_key", sa.Text, sa.ForeignKey("sale.key"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, comment="from 1, in the order of the message"),
    sa.Column("gtin", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("category", sa.Text, nullable=False),
    sa.Column("entry", sa.Text, nullable=False),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("weight_g", sa.BigInteger),
    sa.Column("unit_price_minor", sa.BigInteger, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("discount_minor", sa.BigInteger, nullable=False),
    sa.Column("deposit_minor", sa.BigInteger, nullable=False),
    sa.Column("tax_bp", sa.BigInteger, nullable=False),
    sa.Column("price_book", sa.Text, nullable=False),
    sa.Index(
        "ix_sale_line_day",
        sa.text("split_part(sale_key, '/', 3)"),
        postgresql_using="brin",
        postgresql_with={"pages_per_range": 32, "autosummarize": "on"},
    ).ddl_if(dialect="postgresql"),
)
LINE_DAY = sa.literal_column("split_part(sale_line.sale_key, '/', 3)", sa.Text)
"""The business day of a line, which is in its sale's key, as PostgreSQL has it in an index of its blocks (BRIN)."""

sale_tax = sa.Table(
    "sale_tax",
    metadata,
    sa.Column("sale_key", sa.Text, sa.ForeignKey("sale.key"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("rate_bp", sa.BigInteger, nullable=False),
    sa.Column("net_minor", sa.BigInteger, nullable=False),
    sa.Column("tax_minor", sa.BigInteger, nullable=False),
)

sale_tender = sa.Table(
    "sale_tender",
    metadata,
    sa.Column("sale_key", sa.Text, sa.ForeignKey("sale.key"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("attempt", sa.Text, nullable=False),
)

sale_flag = sa.Table(
    "sale_flag",
    metadata,
    sa.Column("sale_key", sa.Text, sa.ForeignKey("sale.key"), primary_key=True),
    sa.Column("reason", sa.Text, primary_key=True, comment="one word, see flags.py"),
    sa.Column("detail", sa.Text, nullable=False),
)

aside = sa.Table(
    "aside",
    metadata,
    sa.Column("n", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False, comment="the topic's last word"),
    sa.Column("id", sa.Text, nullable=False, comment="the message's, where it could be read"),
    sa.Column("digest", sa.Text, nullable=False, comment="SHA-256 of the payload"),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("payload", sa.LargeBinary, nullable=False),
    sa.Column("received_utc_ms", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("till", "what", "digest"),
    comment="messages that are not in the books, kept for whoever looks into it",
)

stock_report = sa.Table(
    "stock_report",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sale_key", sa.Text, nullable=False, index=True),
    sa.Column("body", sa.Text, nullable=False),
    comment="what the till says that its sale moved; only compared",
)

stock_movement = sa.Table(
    "stock_movement",
    metadata,
    sa.Column("n", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("gtin", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False, comment="sale, return, delivery, count, waste"),
    sa.Column("count", sa.BigInteger, nullable=False),
    sa.Column("weight_g", sa.BigInteger, nullable=False),
    sa.Column("sale_key", sa.Text, sa.ForeignKey("sale.key"), index=True),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("place", sa.Text, nullable=False, server_default="floor", comment="see stock_place"),
    sa.Column("reason", sa.Text, nullable=False, server_default="", comment="of waste, one word"),
    sa.Column("batch", sa.Text, nullable=False, server_default="", comment="AI 10 of the label"),
    sa.Column("expiry", sa.Text, nullable=False, server_default="", comment="AI 17 or 15, ISO 8601 date"),
    sa.Column("staff", sa.Text, nullable=False, server_default="", comment="whose hand it was"),
    sa.Column("cause", sa.Text, nullable=False, server_default="", comment="id of the count, transfer or order"),
)

lane_event = sa.Table(
    "lane_event",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("n", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("body", sa.Text, nullable=False, comment="canonical JSON of the message's data"),
    sa.Column("received_utc_ms", sa.BigInteger, nullable=False),
    sa.Index("ix_lane_event_till_n", "till", "n"),
)

price_book = sa.Table(
    "price_book",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("items", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("tally", sa.Text, nullable=False, server_default="", comment="kiosk.wire.tally; empty: not known"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)

price = sa.Table(
    "price",
    metadata,
    sa.Column("code", sa.Text, primary_key=True, comment="GTIN, or PLU of goods without one"),
    sa.Column("since", sa.Integer, primary_key=True, comment="first version with this row"),
    sa.Column("until", sa.Integer, index=True, comment="first version without it; empty: it is in use"),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("price_minor", sa.BigInteger, nullable=False),
    sa.Column("found_by", sa.Text, nullable=False, comment="code, names and search words in small letters"),
    sa.Column("row", sa.Text, nullable=False, comment="canonical JSON of the whole row"),
    sa.Index("ix_price_since", "since"),
)

voucher = sa.Table(
    "voucher",
    metadata,
    sa.Column("number", sa.Text, primary_key=True, comment="as it is scanned"),
    sa.Column("kind", sa.Text, nullable=False, comment="gift_card, voucher, coupon, deposit"),
    sa.Column("currency", sa.Text, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False, comment="what it was issued with; 0: an offer decides"),
    sa.Column("offer", sa.Text, nullable=False, server_default="", comment="of a coupon"),
    sa.Column("issued_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("expires_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="0: never"),
    sa.Column("blocked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    comment="whatever is worth something at a till and can be used up",
)

voucher_load = sa.Table(
    "voucher_load",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="of the act, which is done once: a lane's question, a key"),
    sa.Column("number", sa.Text, nullable=False, index=True, comment="of the voucher"),
    sa.Column("amount_minor", sa.BigInteger, nullable=False, comment="put on it; negative: taken off and paid back"),
    sa.Column("paid", sa.Text, nullable=False, comment="sale, cash, external, invoice; free: the shop gave it away"),
    sa.Column("sale_key", sa.Text, index=True, comment="the sale that sold it; empty: the desk did"),
    sa.Column("business_day", sa.Text, nullable=False, index=True),
    sa.Column("by", sa.Text, nullable=False, comment="user or program; empty: a lane"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    comment="money put on gift cards and vouchers that were issued with less, or with nothing",
)

hold = sa.Table(
    "hold",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="of the question that asked for it"),
    sa.Column("number", sa.Text, nullable=False, index=True, comment="of the voucher, also of one never issued here"),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("till", sa.Text, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False, comment="held, spent, released"),
    sa.Column("sale_key", sa.Text, comment="the sale that spent it"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    comment="what a visit keeps for itself until it is sold or let go",
)

returned_unit = sa.Table(
    "returned_unit",
    metadata,
    sa.Column("hold_id", sa.Text, sa.ForeignKey("hold.id"), primary_key=True, comment="kept, spent or let go with it"),
    sa.Column("sale_key", sa.Text, primary_key=True, index=True, comment="of the sale that it was bought in"),
    sa.Column("line", sa.BigInteger, primary_key=True),
    sa.Column("unit", sa.BigInteger, primary_key=True, comment="from 0; a weighed line is one unit"),
    comment="pieces that come back",
)

basket = sa.Table(
    "basket",
    metadata,
    sa.Column("id", sa.Text, sa.ForeignKey("lane_event.id"), primary_key=True, comment="of the report that is it"),
    sa.Column("till", sa.Text, nullable=False, comment="the lane that set it aside"),
    sa.Column("code", sa.Text, nullable=False, comment="four letters; they repeat in time"),
    sa.Column("items", sa.BigInteger, nullable=False),
    sa.Column("due_minor", sa.BigInteger, nullable=False),
    sa.Column("parked_utc_ms", sa.BigInteger, nullable=False, comment="as the lane said"),
    sa.Column("received_utc_ms", sa.BigInteger, nullable=False, index=True),
    sa.Index("ix_basket_till_code", "till", "code"),
    comment="suspended baskets that any lane may bring back; a hold of kind basket has one",
)

member = sa.Table(
    "member",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="ours: it says nothing of the person"),
    sa.Column("first_name", sa.Text, nullable=False, server_default=""),
    sa.Column("member_groups", sa.Text, nullable=False, server_default="", comment="words between spaces"),
    sa.Column("receipt", sa.Text, nullable=False, server_default="", comment="standing choice; empty: ask"),
    sa.Column("email", sa.Text, nullable=False, server_default=""),
    sa.Column("blocked", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("consented_utc_ms", sa.BigInteger, nullable=False, comment="when the person agreed to be a member"),
)

member_key = sa.Table(
    "member_key",
    metadata,
    sa.Column("key", sa.Text, primary_key=True, comment="card, app code, or telephone number in digits"),
    sa.Column("member_id", sa.Text, sa.ForeignKey("member.id"), nullable=False, index=True),
)

member_consent = sa.Table(
    "member_consent",
    metadata,
    sa.Column("member_id", sa.Text, sa.ForeignKey("member.id"), primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True, comment="membership, marketing"),
    sa.Column("text", sa.Text, nullable=False, comment="version of the words that were agreed to"),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("given_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("place", sa.Text, nullable=False, comment="the till, or desk"),
    sa.Column("asked_as", sa.Text, nullable=False, server_default="", index=True, comment="the lane's question"),
    comment="who agreed to what, when, where and in which words",
)

member_sale = sa.Table(
    "member_sale",
    metadata,
    sa.Column("sale_key", sa.Text, primary_key=True, comment="a sale collects points once, for one member"),
    sa.Column("member_id", sa.Text, sa.ForeignKey("member.id"), nullable=False, index=True),
)

exit_code = sa.Table(
    "exit_code",
    metadata,
    sa.Column("sale_key", sa.Text, sa.ForeignKey("sale.key"), primary_key=True),
    sa.Column("code", sa.Text, nullable=False, index=True, comment="four letters; they repeat in time"),
    sa.Column("known_utc_ms", sa.BigInteger, nullable=False, comment="when the sale came into the books"),
    sa.Column("used_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="0: not used"),
    sa.Column("used_as", sa.Text, nullable=False, server_default="", comment="the gate's name for its question"),
)

mail = sa.Table(
    "mail",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="the till and its question"),
    sa.Column("sale_key", sa.Text, nullable=False, index=True, comment="whose receipt; it may come later"),
    sa.Column("address", sa.Text, nullable=False, comment="empty as soon as nothing more is sent to it"),
    sa.Column("state", sa.Text, nullable=False, comment="waiting, sent, given_up"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("next_utc_ms", sa.BigInteger, nullable=False, index=True, comment="not tried before"),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="what went wrong last; never an address"),
    comment="receipts by e-mail",
)

command = sa.Table(
    "command",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("till", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False, comment="approve, deny, open, close, pause, message, ..."),
    sa.Column("staff", sa.Text, nullable=False, comment="who gave it"),
    sa.Column("data", sa.Text, nullable=False, comment="JSON, by kind"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("expires_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True, comment="waiting, done, refused, expired"),
    sa.Column("why", sa.Text, nullable=False, server_default="", comment="the lane's words, if it was not done"),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    comment="what somebody wanted of a lane",
)

pin_tries = sa.Table(
    "pin_tries",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False, comment="1: there is one row"),
    sa.Column("wrong", sa.Integer, nullable=False, comment="in a row"),
    sa.Column("last_utc_ms", sa.BigInteger, nullable=False),
    comment="wrong PINs at the console, of everybody together",
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("pin_hash", sa.Text, nullable=False, comment="Argon2id, PHC string format"),
    sa.Column("badge", sa.Text, nullable=False, server_default=""),
    sa.Column("ended_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="0: one of the staff"),
)
