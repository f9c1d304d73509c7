"""Revocation: a certificate that must not be believed any more, though its last day has not come.

A till's machine was stolen, a key was copied: `revoke_till` ends every certificate that this till ever got, from the
books and from the shop's folder, and `revoke_certificate` one of any kind (of the link, of a program that listens on
the broker). From the same moment the books take nothing of a revoked till (`revoked`): what it still says lies in the
quarantine, and it gets no answer and no new certificate. It is believed again when a machine is adopted under its name,
by a code that somebody has made for it. How the broker learns of it: `turning_away`.

The store's own HTTPS knows people by their PINs and programs by tokens (`store token end`): no certificate opens it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from store.acts import Act, record
from store.adoption_schema import revocation, till_certificate
from store.certificates import NotOurs, common_name, ends, is_of, serial
from store.database import writing
from store.replacing import ended_certificates
from store.replacing_schema import till_segment

AGAIN = "adopt a machine under its name, and it is believed again"


class CannotRevoke(Exception):
    """Nothing was revoked. One line for a person."""


class Revoked(msgspec.Struct, frozen=True):
    """One certificate on the list."""

    serial: str
    name: str
    till: str
    ends: str
    at_utc_ms: int
    by: str = ""
    why: str = ""


def revoke_till(engine: Engine, folder: Path, till: str, by: str, why: str, now_utc_ms: int) -> list[Revoked]:
    """End all certificates of a till; those that were not ended before. `by`: user, empty the shell. CannotRevoke."""
    with engine.connect() as connection:
        mine = sa.select(till_certificate.c.body).where(till_certificate.c.till == till)
        bodies = [body.encode() for body in connection.scalars(mine)]
    founded = folder.joinpath("tills", till, "till.crt")
    bodies += [founded.read_bytes()] if founded.is_file() else []
    if not bodies:
        raise CannotRevoke(f"nobody has issued a certificate to {till}; `store certificates revoke FILE` takes any")
    return _revoke(engine, bodies, till, by, why, now_utc_ms)


def revoke_certificate(
    engine: Engine, folder: Path, certificate: bytes, by: str, why: str, now_utc_ms: int
) -> list[Revoked]:
    """End this one (PEM), whoever's it is. CannotRevoke."""
    try:
        if not is_of(certificate, (folder / "ca.crt").read_bytes()):
            raise CannotRevoke("another authority has issued this certificate: ask whoever runs that")
        return _revoke(engine, [certificate], "", by, why, now_utc_ms)
    except (NotOurs, OSError) as error:
        raise CannotRevoke(str(error)) from error


def _revoke(
    engine: Engine, certificates: Iterable[bytes], till: str, by: str, why: str, now_utc_ms: int
) -> list[Revoked]:
    known = {one.serial: one for one in revocations(engine)}
    wanted = {
        one.serial: one
        for one in (
            Revoked(f"{serial(body):x}", common_name(body), till, ends(body), now_utc_ms, by, why)
            for body in certificates
        )
        if one.serial not in known or (till and known[one.serial].till != till)
    }
    if not wanted:
        raise CannotRevoke("it was revoked before")
    with writing(engine) as connection:
        connection.execute(sa.delete(revocation).where(revocation.c.serial.in_(wanted)))
        connection.execute(sa.insert(revocation), [msgspec.structs.asdict(one) for one in wanted.values()])
    about = f"{till or next(iter(wanted.values())).name}: {why}" if why else till or next(iter(wanted.values())).name
    record(engine, Act(by or "shell", "revoke", till, about), now_utc_ms)
    return list(wanted.values())


def revocations(engine: Engine) -> list[Revoked]:
    """All of them, the newest first."""
    names = [revocation.c[name] for name in Revoked.__struct_fields__]
    with engine.connect() as connection:
        rows = connection.execute(sa.select(*names).order_by(revocation.c.at_utc_ms.desc(), revocation.c.serial))
        return [Revoked(*row) for row in rows]


def revoked(connection: Connection, tills: Iterable[str]) -> set[str]:
    """Those of these tills that are turned away: revoked, and not adopted since."""
    last = sa.select(revocation.c.till, sa.func.max(revocation.c.at_utc_ms)).where(revocation.c.till.in_(list(tills)))
    ended = {row[0]: row[1] for row in connection.execute(last.group_by(revocation.c.till))}
    if not ended:
        return set()
    since = sa.select(till_certificate.c.till, sa.func.max(till_certificate.c.issued_utc_ms))
    adopted = since.where(till_certificate.c.till.in_(ended)).group_by(till_certificate.c.till)
    again = {row[0]: row[1] for row in connection.execute(adopted)}
    return {till for till, at in ended.items() if again.get(till, 0) <= at}


def is_revoked(engine: Engine, till: str) -> bool:
    """Whether this one is."""
    with engine.connect() as connection:
        return bool(revoked(connection, [till]))


def ended_serials(engine: Engine, folder: Path, now_utc_ms: int) -> dict[int, int]:
    """What belongs on the list now: serials with when they ended; also those of machines that were replaced.

    Who has run out anyway is not on it.
    """
    today = datetime.fromtimestamp(now_utc_ms // 1000, UTC).date().isoformat()
    found = {int(one.serial, 16): one.at_utc_ms for one in revocations(engine) if one.ends >= today}
    with engine.connect() as connection:
        replaced = connection.scalars(sa.select(till_segment.c.till).distinct()).all()
    founded = [path.read_bytes() for till in replaced if (path := folder.joinpath("tills", till, "till.crt")).is_file()]
    for body in (*founded, *(pem.encode() for _, pem in ended_certificates(engine))):
        if ends(body) >= today:
            found.setdefault(serial(body), now_utc_ms)
    return found
