"""Codes by which machines become tills; the certificates that they got."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0045"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "adoption",
        sa.Column("n", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("code_digest", sa.Text(), nullable=False, comment="SHA-256 of the secret; never the code"),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False, comment="user; empty: the shell"),
        sa.Column("made_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("expires_utc_ms", sa.BigInteger(), nullable=False, comment="also brought forward, by a newer code"),
        sa.Column("used_utc_ms", sa.BigInteger(), server_default="0", nullable=False, comment="0: not used"),
        sa.Column(
            "key_digest", sa.Text(), server_default="", nullable=False, comment="SHA-256 of the key that used it"
        ),
        sa.Column("address", sa.Text(), server_default="", nullable=False, comment="of the machine that used it"),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_adoption")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_adoption_code_digest")),
        comment="codes that were made for machines that are to become tills",
    )
    op.create_index(op.f("ix_adoption_till"), "adoption", ["till"])
    op.create_table(
        "till_certificate",
        sa.Column("fingerprint", sa.Text(), nullable=False, comment="SHA-256, hexadecimal pairs"),
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False, comment="adopted, renewed"),
        sa.Column("key_digest", sa.Text(), nullable=False, comment="SHA-256 of the public key"),
        sa.Column("issued_utc_ms", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False, comment="its last day, ISO 8601"),
        sa.Column("body", sa.Text(), nullable=False, comment="PEM"),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_till_certificate")),
        comment="certificates that tills asked for",
    )
    op.create_index(op.f("ix_till_certificate_till"), "till_certificate", ["till"])
    op.create_index(op.f("ix_till_certificate_key_digest"), "till_certificate", ["key_digest"])
