"""Adoption's tables: codes by which machines become tills, kept as digests; machines that show a code of their own; the
certificates that were issued so."""

import sqlalchemy as sa

from store.schema import metadata

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

adoption = sa.Table(
    "adoption",
    metadata,
    sa.Column("n", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("code_digest", sa.Text, nullable=False, unique=True, comment="SHA-256 of the secret; never the code"),
    sa.Column("till", sa.Text, nullable=False, index=True),
    sa.Column("by", sa.Text, nullable=False, comment="user; empty: the shell"),
    sa.Column("made_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("expires_utc_ms", sa.BigInteger, nullable=False, comment="also brought forward, by a newer code"),
    sa.Column("used_utc_ms", sa.BigInteger, nullable=False, server_default="0", comment="0: not used"),
    sa.Column("key_digest", sa.Text, nullable=False, server_default="", comment="SHA-256 of the key that used it"),
    sa.Column("address", sa.Text, nullable=False, server_default="", comment="of the machine that used it"),
    sa.Column(
        "replaces",
        sa.Boolean,
        nullable=False,
        server_default=sa.false(),
        comment="the till is known: a new machine of it",
    ),
    comment="codes that were made for machines that are to become tills",
)

till_certificate = sa.Table(
    "till_certificate",
    metadata,
    sa.Column("fingerprint", sa.Text, primary_key=True, comment="SHA-256, hexadecimal pairs"),
    sa.Column("till", sa.Text, nullable=False, index=True),
    sa.Column("how", sa.Text, nullable=False, comment="adopted, renewed"),
    sa.Column("key_digest", sa.Text, nullable=False, index=True, comment="SHA-256 of the public key"),
    sa.Column("issued_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("ends", sa.Text, nullable=False, comment="its last day, ISO 8601"),
    sa.Column("body", sa.Text, nullable=False, comment="PEM"),
    comment="certificates that tills asked for",
)

introduction = sa.Table(
    "introduction",
    metadata,
    sa.Column("key_digest", sa.Text, primary_key=True, comment="SHA-256 of the machine's public key"),
    sa.Column("request", sa.Text, nullable=False, comment="PKCS #10 in PEM"),
    sa.Column("proof", sa.Text, nullable=False, comment="that it knows the code on its screen; never the code"),
    sa.Column("address", sa.Text, nullable=False, comment="of the machine"),
    sa.Column("first_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("heard_utc_ms", sa.BigInteger, nullable=False, comment="when it last asked"),
    sa.Column("till", sa.Text, nullable=False, server_default="", comment="what it has become; empty: it waits"),
    sa.Column("by", sa.Text, nullable=False, server_default="", comment="user"),
    sa.Column("adopted_utc_ms", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("answer", sa.Text, nullable=False, server_default="", comment="JSON, as the machine gets it"),
    sa.Column("answer_proof", sa.Text, nullable=False, server_default=""),
    comment="machines that show a code, and wait for somebody to type it",
)

revocation = sa.Table(
    "revocation",
    metadata,
    sa.Column("serial", sa.Text, primary_key=True, comment="the certificate's number, hexadecimal"),
    sa.Column("name", sa.Text, nullable=False, comment="whose it was: its common name"),
    sa.Column("till", sa.Text, nullable=False, index=True, comment="that is turned away with it; empty: none"),
    sa.Column("ends", sa.Text, nullable=False, comment="its last day, ISO 8601"),
    sa.Column("at_utc_ms", sa.BigInteger, nullable=False),
    sa.Column("by", sa.Text, nullable=False, comment="user; empty: the shell"),
    sa.Column("why", sa.Text, nullable=False),
    comment="certificates that must not be believed any more",
)
