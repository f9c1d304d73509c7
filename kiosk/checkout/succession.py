"""Succession: where a machine goes on that takes another's place as the same till."""

import msgspec


class Succession(msgspec.Struct, frozen=True, kw_only=True):
    """What the store tells when it adopts the machine (`store.replacing`), and the lane at its first start
    (`taking_over`).

    `segment` counts the till's machines from 1; `sequence` is the first number of this one's sales; `head` the hash of
    the last sale that the store has of the machine before (`head_sale` is its key), which this one's first sale
    follows. The others are what the lane counts up: the last number that may have been used; `signature` the last one
    that the store knows.
    """

    segment: int
    sequence: int
    head: str
    head_sale: str
    reports: int
    period: int = 0
    day: int = 1
    signed: int = 0
    signature: str = ""
