"""Damage: which rectangles of the screen differ between two scenes. Pure.

Elements that both scenes have, in the same order, look the same wherever nothing else changed. So everything outside
the longest common run of elements is damage: the rectangles of what appeared, changed, went or moved in the order.
"""

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from typing import NamedTuple


class Area(NamedTuple):
    """Left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


class Piece(NamedTuple):
    """What an element looks like (equal keys paint equal pixels) and the rectangle that it may touch."""

    key: Hashable
    area: Area


MOST = 32
"""More rectangles than this cost more than the pixels they save."""
_NEAR = 8
"""Rectangles with fewer pixels between them are one: a rectangle more costs more than a few rows of pixels more."""
_GROW = 8


def damage(old: Sequence[Piece], new: Sequence[Piece]) -> list[Area]:
    """Rectangles to paint again, none inside another, at most MOST."""
    first, last = _same_ends(old, new)
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    kept_old, kept_new = _in_place(old, new) if len(old) == len(new) else _common(_counted(old), _counted(new))
    touched = [piece.area for i, piece in enumerate(old) if i not in kept_old]
    touched += [piece.area for i, piece in enumerate(new) if i not in kept_new]
    return merged([area for area in touched if area.w > 0 and area.h > 0])


def _same_ends(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[int, int]:
    """How many pieces are the same at the beginning and at the end; most scenes differ in the middle only."""
    shorter = min(len(old), len(new))
    first = 0
    while first < shorter and old[first].key == new[first].key:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last].key == new[-1 - last].key:
        last += 1
    return first, last


def _in_place(old: Sequence[Piece], new: Sequence[Piece]) -> tuple[set[int], set[int]]:
    """Positions where both have the same. Most scenes of one length differ so; where not, more is painted, no less."""
    same = {index for index, (before, after) in enumerate(zip(old, new, strict=True)) if before.key == after.key}
    return same, same


def _counted(pieces: Sequence[Piece]) -> list[tuple[Hashable, int]]:
    """Keys made unique by how often they came before."""
    seen: dict[Hashable, int] = {}
    out = []
    for piece in pieces:
        times = seen.get(piece.key, 0)
        out.append((piece.key, times))
        seen[piece.key] = times + 1
    return out


def _common(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[set[int], set[int]]:
    """Positions of a longest common subsequence. Keys are unique, so it is the longest rising run of old positions."""
    where = {key: index for index, key in enumerate(before)}
    pairs = [(where[key], index) for index, key in enumerate(after) if key in where]
    ends: list[int] = []
    rising: list[tuple[int, int, int]] = []
    tops: list[int] = []
    for i, (old, new) in enumerate(pairs):
        place = bisect_left(ends, old)
        rising.append((old, new, tops[place - 1] if place else -1))
        ends[place : place + 1] = [old]
        tops[place : place + 1] = [i]
    at = tops[-1] if tops else -1
    kept_old, kept_new = set(), set()
    while at >= 0:
        old, new, at = rising[at]
        kept_old.add(old)
        kept_new.add(new)
    return kept_old, kept_new


def merged(areas: Sequence[Area]) -> list[Area]:
    """Fewer rectangles that cover the same: those that overlap become one; too many grow until neighbours join."""
    out = _joined(areas)
    while len(out) > MOST:
        out = _joined([Area(x - _GROW, y - _GROW, w + 2 * _GROW, h + 2 * _GROW) for x, y, w, h in out])
    return out


def _joined(areas: Sequence[Area]) -> list[Area]:
    out: list[Area] = []
    for area in dict.fromkeys(areas):
        x, y, w, h = area
        right, bottom = x + w, y + h
        while near := [
            o
            for o in out
            if o[0] < right + _NEAR and x < o[0] + o[2] + _NEAR and o[1] < bottom + _NEAR and y < o[1] + o[3] + _NEAR
        ]:
            x, y = min(x, *(o.x for o in near)), min(y, *(o.y for o in near))
            right = max(right, *(o.x + o.w for o in near))
            bottom = max(bottom, *(o.y + o.h for o in near))
            out = [o for o in out if o not in near]
        out.append(Area(x, y, right - x, bottom - y))
    return out
