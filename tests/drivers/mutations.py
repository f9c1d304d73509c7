"""Mutations: what loose plugs, wrong baud rates, half packets and mischief make of good bytes, from a seed.

Each input is a stream of one to three samples with up to three mishaps: a bit flips, bytes are cut out, repeated, put
in, or one sample breaks off where another goes on. It comes in pieces as a line would give it. The same seed gives the
same inputs, so a failure is found again by its number. `KASSA_FUZZ` says how many (2,000,000 in `make fuzz`).
"""

import os
import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

COUNT = int(os.environ.get("KASSA_FUZZ", "4000"))
"""Inputs for each parser: as many as a suite has time for that runs before every commit; `make fuzz` looks deeper."""
PIECES_MOST = 4
HELD_MOST = 65_536
"""Bytes that a parser may hold for one message."""
_LOOKED_INTO = ("drivers.", "tests.drivers.", "h11.")
_TELLING = bytes((0x00, 0x01, 0x02, 0x03, 0x06, 0x0A, 0x0D, 0x10, 0x15, 0x1B, 0x20, 0x30, 0x39, 0x7F, 0x80, 0xFE, 0xFF))
"""Bytes that mean something on one wire or the other."""


def inputs(samples: Sequence[bytes], count: int = COUNT, seed: int = 1, *, whole: bool = True) -> Iterator[list[bytes]]:
    """So many streams made of these samples, each in pieces. Not `whole`: no sample is left as it was."""
    dice = random.Random(seed)
    for _ in range(count):
        stream = b"".join(dice.choice(samples) for _ in range(dice.randint(1, 3)))
        for _ in range(dice.randint(0, 3)):
            stream = mutated(stream, samples, dice)
        yield pieces(stream if whole else _without(stream, samples, dice), dice)


def mutated(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    """One mishap."""
    return dice.choice(_MISHAPS)(data, samples, dice)


def pieces(stream: bytes, dice: random.Random) -> list[bytes]:
    """The stream as it arrives."""
    cuts = sorted(dice.randint(0, len(stream)) for _ in range(dice.randrange(PIECES_MOST)))
    return [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]


def _without(stream: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    """The stream with a bit turned in each sample that stands whole in it."""
    for sample in samples:
        while sample in stream:
            stream = stream.replace(sample, _flipped(sample, samples, dice), 1)
    return stream


def held(thing: Any, seen: set[int] | None = None) -> int:
    """Bytes and characters that an object keeps, in its own state and in that of what it refers to."""
    seen = set() if seen is None else seen
    if id(thing) in seen:
        return 0
    seen.add(id(thing))
    if isinstance(thing, bytes | bytearray | str):
        return len(thing)
    if isinstance(thing, dict):
        return sum(held(value, seen) for value in thing.values())
    if isinstance(thing, list | tuple | set | frozenset | deque):
        return sum(held(value, seen) for value in thing)
    if not type(thing).__module__.startswith(_LOOKED_INTO):
        return 0
    slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
    own = [getattr(thing, name, None) for name in slots] + list(getattr(thing, "__dict__", {}).values())
    return sum(held(value, seen) for value in own)


def _flipped(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    if not data:
        return data
    place = dice.randrange(len(data))
    return data[:place] + bytes((data[place] ^ 1 << dice.randrange(8),)) + data[place + 1 :]


def _cut(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _slice(data, dice)
    return data[:start] + data[end:]


def _broken_off(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    return data[: dice.randint(0, len(data))]


def _repeated(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _slice(data, dice)
    return data[:end] + data[start:end] * dice.randint(1, 3) + data[end:]


def _spliced(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    other = dice.choice(samples)
    return data[: dice.randint(0, len(data))] + other[dice.randint(0, len(other)) :]


def _inserted(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    place = dice.randint(0, len(data))
    return data[:place] + bytes(dice.choices(_TELLING, k=dice.randint(1, 4))) + data[place:]


def _overwritten(data: bytes, samples: Sequence[bytes], dice: random.Random) -> bytes:
    start, end = _slice(data, dice)
    return data[:start] + dice.randbytes(end - start) + data[end:]


def _slice(data: bytes, dice: random.Random) -> tuple[int, int]:
    start = dice.randint(0, len(data))
    return start, min(len(data), start + dice.randint(1, 16))


_MISHAPS: tuple[Callable[[bytes, Sequence[bytes], random.Random], bytes], ...] = (
    _flipped,
    _cut,
    _broken_off,
    _repeated,
    _spliced,
    _inserted,
    _overwritten,
)
