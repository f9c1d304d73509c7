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


def check_pin(
    pin: str, members: Iterable[StaffMember], badge: str = "", number: str = ""
) -> StaffSignedIn | StaffRefused:
    """Who has this PIN. After a badge (`badge`: whose, by id) or a staff number only that person's own PIN counts.

    A wrong number takes as long as a wrong PIN, and is told alike: nobody learns which numbers there are.
    """
    hasher = PasswordHasher()
    for member in members:
        meant = member.id == badge if badge else not number or _has_number(member, number)
        if not meant and not number:
            continue
        try:
            hasher.verify(member.pin_hash, pin)
        except (VerificationError, InvalidHashError):
            continue
        if meant:
            return StaffSignedIn(
                staff=member.id, name=member.name, role=cast(Role, member.role), numbered=bool(number and not badge)
            )
    return StaffRefused()


def _has_number(member: StaffMember, number: str) -> bool:
    """A staff number is the digits of the person's id at the store: `17` for `u17`, `0017` for either."""
    digits = "".join(filter(str.isdecimal, member.id)).lstrip("0")
    return bool(digits) and digits == number.lstrip("0")
