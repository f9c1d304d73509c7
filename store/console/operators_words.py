"""Operators' words: what the page about adopted checkouts says of codes and certificates. Pure."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import msgspec

from store.adoption import Certificate, Code
from store.certificates import RENEW_DAYS
from store.console.words import clock, counted, day, utc

_HOW = {"adopted": "by its first code", "renewed": "renewed by itself"}


class CodeShown(msgspec.Struct, frozen=True):
    """A row: `waits` can still be used, and withdrawn."""

    n: int
    till: str
    made: str
    state: str
    waits: bool


class CertificateShown(msgspec.Struct, frozen=True):
    """A row; `wrong` where a lane should have renewed it and has not."""

    till: str
    ends: str
    how: str
    wrong: str


def code_shown(code: Code, zone: ZoneInfo, now_utc_ms: int) -> CodeShown:
    """One code as it is now."""
    waits = not code.used_utc_ms and now_utc_ms < code.expires_utc_ms
    if code.used_utc_ms:
        state = f"used {_at(code.used_utc_ms, zone)} from {code.address}"
    elif waits:
        state = f"waits until {_at(code.expires_utc_ms, zone)[-5:]}"
    else:
        state = "ended unused"
    return CodeShown(code.n, code.till, _at(code.made_utc_ms, zone), state, waits)


def certificate_shown(certificate: Certificate, now_utc_ms: int) -> CertificateShown:
    """One till's last certificate as it is now."""
    today = datetime.fromtimestamp(now_utc_ms // 1000, UTC).date()
    left = (date.fromisoformat(certificate.ends) - today).days
    wrong = ""
    if left < 0:
        wrong = "has ended: the broker does not hear this checkout. Adopt it again"
    elif left < RENEW_DAYS // 2:
        wrong = f"ends in {counted(left, 'day')} and was not renewed: is this checkout switched on?"
    return CertificateShown(certificate.till, day(certificate.ends), _HOW[certificate.how], wrong)


def _at(utc_ms: int, zone: ZoneInfo) -> str:
    return clock(utc(utc_ms), zone)
