"""Words about the staff: what somebody is, and when they were last here. Pure; the shop's time zone is handed in."""

from datetime import tzinfo

from kiosk.values.moment import rfc3339
from store.console.words import clock
from store.user_list import User

ROLES = {"cashier": "Cashier", "supervisor": "Supervisor", "manager": "Manager", "operator": "Operator"}
STATES = {"active": "", "locked": "Locked: too many wrong PINs", "gone": "Left"}


def line_of(one: User, zone: tzinfo) -> str:
    """Under the name."""
    seen = "never at the console"
    if one.signed_in_utc_ms:
        seen = f"last at the console {clock(rfc3339(one.signed_in_utc_ms), zone)}"
    return " · ".join([one.id, ROLES.get(one.role, one.role), *(["badge"] if one.badge else []), seen])
