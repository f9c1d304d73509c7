"""Staff: whose PIN this is. The store hashes PINs with Argon2 (RFC 9106); the lane keeps the hashes for offline use.

Checking costs tens of milliseconds a person, so it is done away from the loop. The digits go no further than this: what
comes out is StaffSignedIn or StaffRefused.
"""

from collections.abc import Iterable
from typing import Literal, cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.checkout.events import StaffRefused, StaffSignedIn
from kiosk.storage.price_book import StaffMember

Role = Literal["cashier", "supervisor", "manager", "operator"]


def check_pin(pin: str, members: Iterable[StaffMember], badge: str = "") -> StaffSignedIn | StaffRefused:
    """Who has this PIN. After a badge (`badge`: whose, by id) only that person's own PIN counts."""
    hasher = PasswordHasher()
    for member in members:
        if badge and member.id != badge:
            continue
        try:
            hasher.verify(member.pin_hash, pin)
        except (VerificationError, InvalidHashError):
            continue
        return StaffSignedIn(staff=member.id, name=member.name, role=cast(Role, member.role))
    return StaffRefused()
