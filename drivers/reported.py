"""Reported: what every hardware event says of itself."""

import msgspec


class Reported(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    device: str
