"""Parts: what is on the line, and what must be remembered of it, for neither part knows how much it holds.

An acceptor knows how many events it has had, modulo 255, and the last five; a hopper how many coins it has ever paid.
What is counted from that (coins put in, coins in each hopper) stands in the `Memory`, together with how far it was
counted. It travels as the meter's mark into the lane's journal and comes back from there: so every coin that was
counted is on disk with the event that it was counted from, and one that was not is counted by the lane that starts
after it.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from drivers.events import CashMeter
from drivers.settings import NotNegative, Positive

MOST_AT_ONCE = 255
"""Coins that one order may name."""


class Hopper(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One hopper of the configuration. `holds`: coins when it is full. `path`: the sorter's path that leads into it; 0:
    only staff fill it. `order`: what it wants with an order: its `serial` number, or what it takes for a `cipher`."""

    address: Positive
    value_minor: Positive
    holds: Positive = 500
    path: NotNegative = 0
    order: Literal["serial", "cipher"] = "serial"


class Held(msgspec.Struct, frozen=True, array_like=True):
    """What one hopper holds, counted up to the coin number `paid` that it ever paid; -1: it was never asked."""

    level: int = 0
    paid: int = -1


class Memory(msgspec.Struct, frozen=True):
    """`event`: how far the acceptor's events were counted; -1: it was never asked."""

    event: int = -1
    coins_minor: int = 0
    lost: int = 0
    hoppers: dict[str, Held] = {}

    def held(self, address: int) -> Held:
        """What the hopper at that address holds."""
        return self.hoppers.get(str(address), Held())

    def with_held(self, address: int, held: Held) -> "Memory":
        """The same with that hopper holding so much."""
        return replace(self, hoppers={**self.hoppers, str(address): held})

    @property
    def mark(self) -> str:
        """What the journal keeps."""
        return msgspec.json.encode(self).decode()


def remembered(mark: str) -> Memory:
    """What a mark says; of one that says nothing, nothing is remembered."""
    try:
        return msgspec.json.decode(mark, type=Memory) if mark else Memory()
    except msgspec.MsgspecError:
        return Memory()


def meter_of(memory: Memory, hoppers: Sequence[Hopper]) -> CashMeter:
    """What is told of it."""
    levels: dict[int, int] = {}
    for hopper in hoppers:
        levels[hopper.value_minor] = levels.get(hopper.value_minor, 0) + memory.held(hopper.address).level
    return CashMeter(tuple(sorted(levels.items())), memory.coins_minor, 0, memory.lost, memory.mark)


def shares(amount_minor: int, memory: Memory, hoppers: Sequence[Hopper]) -> list[tuple[Hopper, int]]:
    """How many coins of each hopper make the amount, the largest first as far as they go; none if it does not fit."""
    found: list[tuple[Hopper, int]] = []
    for hopper in sorted(hoppers, key=lambda one: -one.value_minor):
        count = min(amount_minor // hopper.value_minor, memory.held(hopper.address).level, MOST_AT_ONCE)
        amount_minor -= count * hopper.value_minor
        if count:
            found.append((hopper, count))
    return [] if amount_minor else found


def filled(amount_minor: int, memory: Memory, hoppers: Sequence[Hopper]) -> Memory:
    """Somebody has put so much in: each coin into the hopper that wants it most. What fits none is not in a hopper."""
    levels = {hopper.address: memory.held(hopper.address).level for hopper in hoppers}
    if len(hoppers) == 1:
        levels[hoppers[0].address] += max(0, amount_minor) // hoppers[0].value_minor
        amount_minor = 0
    while room := [one for one in hoppers if one.value_minor <= amount_minor and levels[one.address] < one.holds]:
        emptiest = max(room, key=lambda one: one.holds - levels[one.address])
        levels[emptiest.address] += 1
        amount_minor -= emptiest.value_minor
    for hopper in hoppers:
        memory = memory.with_held(hopper.address, replace(memory.held(hopper.address), level=levels[hopper.address]))
    return memory
