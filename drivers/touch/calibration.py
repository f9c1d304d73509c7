"""Calibration: four crosses that were shown and touched become the matrix that puts the one on the other. Pure.

Three points would be enough for six numbers; the fourth tells whether the numbers can be believed. The fit is that of
least squares, x' and y' each by themselves: three normal equations, solved by Cramer's rule.
"""

import math
from collections.abc import Sequence

from drivers.touch.matrix import Matrix

Point = tuple[float, float]
CROSSES: tuple[Point, ...] = ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
"""Where they are shown, as shares of the picture; clockwise from its upper left."""
FURTHEST_OFF = 0.015
"""How far the numbers may miss a cross: a quarter of the smallest thing to touch (80 px of 1280)."""


class Wild(ValueError):
    """What was touched cannot have been the crosses. The text says so in words."""


def fit(touched: Sequence[Point], shown: Sequence[Point]) -> Matrix:
    """The matrix from `touched` to `shown`, shares of the panel. Raises Wild."""
    rows = [(x, y, 1.0) for x, y in touched]
    normal = [[sum(row[i] * row[j] for row in rows) for j in range(3)] for i in range(3)]
    if abs(_determinant(normal)) < 1e-9:
        raise Wild("the crosses were all touched at one place, or along one line")
    x, y = (_solved(normal, [sum(row[i] * to[axis] for row, to in zip(rows, shown, strict=True)) for i in range(3)])
            for axis in (0, 1))  # fmt: skip
    matrix = Matrix(*x, *y)
    off = max(math.dist(matrix.point(*point), there) for point, there in zip(touched, shown, strict=True))
    if off > FURTHEST_OFF:
        raise Wild(f"at least one cross was missed: by {off:.1%} of the panel even with the best numbers")
    if matrix.is_wild:
        raise Wild("the touch layer would have to be another panel's")
    return matrix


def _solved(normal: list[list[float]], right: list[float]) -> tuple[float, float, float]:
    whole = _determinant(normal)
    a, b, c = (
        _determinant([[*row[:column], value, *row[column + 1 :]] for row, value in zip(normal, right, strict=True)])
        / whole
        for column in range(3)
    )
    return a, b, c


def _determinant(m: list[list[float]]) -> float:
    (a, b, c), (d, e, f), (g, h, i) = m
    return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
