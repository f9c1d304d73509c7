"""Damage: which rectangles of the screen differ between two scenes. Pure.

Elements that both scenes have, in the same order, look the same wherever nothing else changed. So everything outside
the longest common run of elements is damage: the rectangles of what appeared, changed, went or moved in the order.
"""

from bisect import bisect_left
from collections import Counter
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
_GROW = 8


def damage(old: Sequence[Piece], new: Sequence[Piece]) -> list[Area]:
    """Rectangles to paint again, none inside another, at most MOST."""
    before, after = _counted(old), _counted(new)
    kept_old, kept_new = _common(before, after)
    touched = [piece.area for i, piece in enumerate(old) if i not in kept_old]
    touched += [piece.area for i, piece in enumerate(new) if i not in kept_new]
    return merged([area for area in touched if area.w > 0 and area.h > 0])


def _counted(pieces: Sequence[Piece]) -> list[tuple[Hashable, int]]:
    """Keys made unique by how often they came before."""
    seen: Counter[Hashable] = Counter()
    out = []
    for piece in pieces:
        out.append((piece.key, seen[piece.key]))
        seen[piece.key] += 1
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
    for area in areas:
        x, y, right, bottom = area.x, area.y, area.x + area.w, area.y + area.h
        while (near := [o for o in out if o.x < right and x < o.x + o.w and o.y < bottom and y < o.y + o.h]) != []:
            x, y = min(x, *(o.x for o in near)), min(y, *(o.y for o in near))
            right = max(right, *(o.x + o.w for o in near))
            bottom = max(bottom, *(o.y + o.h for o in near))
            out = [o for o in out if o not in near]
        out.append(Area(x, y, right - x, bottom - y))
    return out
