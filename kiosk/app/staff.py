"""Staff: whose PIN this is. A PIN is hashed with Argon2 (RFC 9106) at the store; the lane keeps the hashes for offline use.

Checking costs tens of milliseconds a person, so it is done away from the loop. The digits go no further than this: what
comes out is StaffSignedIn or StaffRefused.
"""

from collections.abc import Iterable
from typing import Literal

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kiosk.checkout.events import StaffRefused, StaffSignedIn

Role = Literal["cashier", "supervisor", "manager", "operator"]


class StaffMember(msgspec.Struct, frozen=True):
    """One person, as the store has told."""

    id: str
    name: str
    role: Role
    pin_hash: str


def check_pin(pin: str, members: Iterable[StaffMember]) -> StaffSignedIn | StaffRefused:
    """Who has this PIN."""
    hasher = PasswordHasher()
    for member in members:
        try:
            hasher.verify(member.pin_hash, pin)
        except (VerificationError, InvalidHashError):
            continue
        return StaffSignedIn(staff=member.id, name=member.name, role=member.role)
    return StaffRefused()
