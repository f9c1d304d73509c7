"""Fact: what every event is. It happened `at` a Moment, which the loop stamps when it takes the event in."""

import msgspec

from kiosk.values.moment import UNSTAMPED, Moment


class Fact(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True, omit_defaults=True):
    """One event; `at` is UNSTAMPED until the loop has it."""

    at: Moment = UNSTAMPED
