"""Adoption: a machine becomes a till by a code that was made for it, once and soon.

A code lives half an hour and is kept as a digest, so that nobody reads one out of the books or a copy of them. The same
machine may use it again while it lives (its answer was lost, say) and hears the same; for another machine it is used.
A newer code for the same till ends the one before. No rule of the broker changes: the access list goes by the name in
the certificate.

A till that has sold keeps its name for the machine with its journal on it: another machine would begin its numbers
again, which the books refuse. So a code for it is only made if somebody says that the journal is still there, or that
the machine takes the place of one that is gone (`replacing`).
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from kiosk.checkout.succession import Succession
from kiosk.wire import adoption as wire
from kiosk.wire.topics import NAME
from store import losses, replacing
from store.adoption_schema import adoption, till_certificate
from store.certificates import NotOurs, der, ends, fingerprint, issue_for, key_digest
from store.config import AdoptionTable, Config, host_and_port
from store.database import writing
from store.founding import CannotFound, authority_of, reach, url_host
from store.lanes import Lane
from store.schema import sale

LIFE_MS, RENEW_EVERY_MS = 30 * 60_000, 86_400_000


class CannotAdopt(Exception):
    """No code is made, or none is taken. One line for a person, which says what to do."""


class WrongCode(CannotAdopt):
    """Nobody here made this code."""


class Offer(msgspec.Struct, frozen=True):
    """A new code, shown only now: what to type on the machine, and until when."""

    till: str
    code: str
    url: str
    expires_utc_ms: int

    @property
    def command(self) -> str:
        """For the machine's shell."""
        return f"kiosk adopt {self.url} {self.code}"


class Code(msgspec.Struct, frozen=True):
    """What the books have of a code."""

    n: int
    till: str
    by: str
    made_utc_ms: int
    expires_utc_ms: int
    used_utc_ms: int
    address: str


class Certificate(msgspec.Struct, frozen=True):
    """The last certificate of a till."""

    till: str
    how: str
    ends: str
    issued_utc_ms: int


def make_code(
    engine: Engine,
    config: Config,
    till: str,
    secret: bytes,
    by: str,
    now_utc_ms: int,
    *,
    keeps_journal: bool = False,
    replaces: bool = False,
) -> Offer:
    """A code by which a machine becomes this till; `secret` is random. CannotAdopt.

    `replaces`: it comes in the place of one that is gone, with an empty disk.
    """
    folder = folder_of(config.adoption)
    try:
        code = wire.spelt(secret, der(authority_of(folder).certificate))
        url = door_url(config.adoption)
    except (CannotFound, NotOurs) as error:
        raise CannotAdopt(str(error)) from error
    row = {"till": till, "by": by, "made_utc_ms": now_utc_ms, "expires_utc_ms": now_utc_ms + LIFE_MS}
    row["replaces"] = replaces
    live = (adoption.c.till == till) & (adoption.c.used_utc_ms == 0) & (adoption.c.expires_utc_ms > now_utc_ms)
    with writing(engine) as connection:
        check_name(connection, till, keeps_journal=keeps_journal, replaces=replaces)
        connection.execute(sa.update(adoption).where(live).values(expires_utc_ms=now_utc_ms))
        digest = _digest(wire.read_code(code).secret)
        connection.execute(sa.insert(adoption).values(code_digest=digest, **row))
    return Offer(till, code, url, now_utc_ms + LIFE_MS)


def withdraw(engine: Engine, n: int, now_utc_ms: int) -> None:
    """End a code that was not used; nothing happens to another."""
    live = (adoption.c.n == n) & (adoption.c.used_utc_ms == 0) & (adoption.c.expires_utc_ms > now_utc_ms)
    with writing(engine) as connection:
        connection.execute(sa.update(adoption).where(live).values(expires_utc_ms=now_utc_ms))


class Knock(msgspec.Struct, frozen=True):
    """A machine that wants to be a till: the code's secret, a certificate request (PEM), its network address.

    `till`: who it is already and wants to stay; empty: whoever the code says.
    """

    secret: str
    request: bytes
    address: str = ""
    till: str = ""


def _nothing_heard(till: str) -> Lane | None:
    return None


def adopt(
    engine: Engine,
    config: Config,
    knock: Knock,
    now_utc_ms: int,
    heard: Callable[[str], Lane | None] = _nothing_heard,
) -> wire.Adopted:
    """What the machine with this secret is now. CannotAdopt; WrongCode if it was guessed; NotOurs: a bad request.

    `heard`: what a till last said of itself.
    """
    key = key_digest(knock.request)
    with writing(engine) as connection:
        row = connection.execute(sa.select(adoption).where(adoption.c.code_digest == _digest(knock.secret))).first()
        if row is None:
            raise WrongCode("nobody here made this code; type it again, or make a new one")
        if knock.till and knock.till != row.till:
            raise CannotAdopt(f"this code is for {row.till}, and this machine is {knock.till}")
        if row.used_utc_ms and row.key_digest != key:
            raise CannotAdopt(f"this code was used already, for {row.till}; make a new one")
        if not row.made_utc_ms <= now_utc_ms < row.expires_utc_ms:
            raise CannotAdopt("this code is too old or was withdrawn; make a new one")
        taken = (
            losses.take_over(connection, row.till, key, row.by, now_utc_ms, heard(row.till)) if row.replaces else None
        )
        certificate = told_before(connection, row.till, key) if row.used_utc_ms else ""
        if not certificate:
            certificate = issued(connection, config, row.till, knock.request, "adopted", now_utc_ms)
            used = {"used_utc_ms": now_utc_ms, "key_digest": key, "address": knock.address}
            connection.execute(sa.update(adoption).where(adoption.c.n == row.n).values(used))
    return answer(config, row.till, certificate, taken)


def check_name(connection: Connection, till: str, *, keeps_journal: bool, replaces: bool) -> None:
    """Whether a machine may become this till. CannotAdopt."""
    if not NAME.fullmatch(till):
        raise CannotAdopt(f"{till!r} is no name of a till: a-z, 0-9 and -, at most 32")
    if replaces and not replacing.has_lived(connection, till):
        raise CannotAdopt(f"the store knows no {till} that could be replaced; adopt it as a new checkout")
    if not (keeps_journal or replaces) and _has_sold(connection, till):
        raise CannotAdopt(
            f"{till} has sold before. A new machine would begin its numbers again: give it a name of its own; "
            "or say that it replaces that till, or that it still has the journal of that till"
        )


def renewed(engine: Engine, config: Config, till: str, request: bytes, now_utc_ms: int) -> str:
    """The next certificate of a till that the broker knows already; for the same key the same. CannotAdopt, NotOurs."""
    key = key_digest(request)
    with writing(engine) as connection:
        last = sa.select(sa.func.max(till_certificate.c.issued_utc_ms)).where(till_certificate.c.till == till)
        lately = now_utc_ms - (connection.scalar(last) or 0) < RENEW_EVERY_MS
        if before := told_before(connection, till, key):
            return before
        if lately:
            raise CannotAdopt(f"{till} has a certificate of today; a till gets one a day")
        return issued(connection, config, till, request, "renewed", now_utc_ms)


def told_before(connection: Connection, till: str, key: str) -> str:
    """The certificate that this till got for this key; empty: none."""
    mine = (till_certificate.c.key_digest == key) & (till_certificate.c.till == till)
    return connection.scalar(sa.select(till_certificate.c.body).where(mine).limit(1)) or ""


def issued(connection: Connection, config: Config, till: str, request: bytes, how: str, now_utc_ms: int) -> str:
    """A new certificate for this till, in the books. CannotAdopt, NotOurs."""
    try:
        authority = authority_of(folder_of(config.adoption))
    except CannotFound as error:
        raise CannotAdopt(str(error)) from error
    certificate = issue_for(authority, request, f"{config.store.id}/{till}", now_utc_ms)
    connection.execute(
        sa.insert(till_certificate).values(
            fingerprint=fingerprint(certificate), till=till, how=how, key_digest=key_digest(request),
            issued_utc_ms=now_utc_ms, ends=ends(certificate), body=certificate.decode("ascii"),
        )
    )  # fmt: skip
    return certificate.decode("ascii")


def codes(engine: Engine, limit: int = 20) -> list[Code]:
    """The newest first."""
    names = [adoption.c[name] for name in Code.__struct_fields__]
    with engine.connect() as connection:
        return [Code(*row) for row in connection.execute(sa.select(*names).order_by(adoption.c.n.desc()).limit(limit))]


def certificates(engine: Engine) -> list[Certificate]:
    """Each till's last one, of those that tills asked for; by till."""
    names = [till_certificate.c[name] for name in Certificate.__struct_fields__]
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*names).order_by(till_certificate.c.issued_utc_ms))
        last = {row.till: Certificate(*row) for row in rows}
    return [last[till] for till in sorted(last)]


def folder_of(table: AdoptionTable) -> Path:
    """The shop's folder. CannotAdopt."""
    if not table.folder:
        raise CannotAdopt("this store adopts no tills: name the folder of `store init` in [adoption] of store.toml")
    return Path(table.folder)


def door_url(table: AdoptionTable) -> str:
    """Where machines knock. CannotAdopt, CannotFound."""
    if not table.listen:
        raise CannotAdopt(
            'this store has no door for new tills: set listen = "0.0.0.0:8443" in [adoption] of store.toml'
        )
    _, host, _ = reach(folder_of(table))
    return f"https://{url_host(host)}:{host_and_port(table.listen)[1]}"


def answer(config: Config, till: str, certificate: str, succession: Succession | None) -> wire.Adopted:
    """What a machine is told that is this till now. CannotFound."""
    _, host, port = reach(folder_of(config.adoption))
    return wire.Adopted(
        store=config.store.id, till=till, name=config.name, certificate=certificate,
        broker=f"mqtts://{url_host(host)}:{port}", currency=config.store.currency,
        jurisdiction=config.store.jurisdiction, timezone=config.store.timezone, day_starts=config.day.starts,
        mode=config.store.mode, succession=succession,
    )  # fmt: skip


def _has_sold(connection: Connection, till: str) -> bool:
    return connection.scalar(sa.select(sa.exists().where(sale.c.till == till))) or False


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()
