"""Matrix: from a point of the digitizer to a point of the picture, by libinput's six numbers. Pure.

Points are shares of the panel, 0 at the left and top, 1 at the right and bottom. `a b c d e f` means
x' = a x + b y + c and y' = d x + e y + f: what udev's LIBINPUT_CALIBRATION_MATRIX and
libinput_device_config_calibration_set_matrix() take, the quarter turns included, so numbers can be taken over.
"""

import math
from typing import NamedTuple

WILDEST = 4.0
"""A digitizer that needs more than four times its own size, or lies further off, is another panel's."""
SMALLEST_AREA = 1 / 16


class Matrix(NamedTuple):
    """Two rows of three."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where this point of the digitizer is on the picture; it may lie outside."""
        return self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f

    def after(self, first: "Matrix") -> "Matrix":
        """`first`, then this."""
        c, f = self.point(first.c, first.f)
        return Matrix(
            self.a * first.a + self.b * first.d,
            self.a * first.b + self.b * first.e,
            c,
            self.d * first.a + self.e * first.d,
            self.d * first.b + self.e * first.e,
            f,
        )

    @property
    def is_wild(self) -> bool:
        """Whether no finger could find a button with it: not finite, far off, or the panel squeezed to a line."""
        if not all(math.isfinite(number) and abs(number) <= WILDEST for number in self):
            return True
        return abs(self.a * self.e - self.b * self.d) < SMALLEST_AREA


IDENTITY = Matrix(1, 0, 0, 0, 1, 0)
TURNS: dict[int, Matrix] = {
    0: IDENTITY,
    90: Matrix(0, -1, 1, 1, 0, 0),
    180: Matrix(-1, 0, 1, 0, -1, 1),
    270: Matrix(0, 1, 0, -1, 0, 1),
}
"""Degrees clockwise, as libinput has them."""


def read_matrix(text: str) -> Matrix:
    """Six numbers with spaces between them. Raises ValueError, in words."""
    try:
        numbers = [float(word) for word in text.split()]
    except ValueError:
        raise ValueError("six numbers with spaces between them are needed, such as 1 0 0 0 1 0") from None
    if len(numbers) != len(IDENTITY):
        raise ValueError(f"six numbers are needed, such as 1 0 0 0 1 0; there are {len(numbers)}")
    matrix = Matrix(*numbers)
    if matrix.is_wild:
        raise ValueError("with these numbers no finger would find a button; calibrate again")
    return matrix


def written(matrix: Matrix) -> str:
    """As `read_matrix` reads it, to a hundred-thousandth of the panel."""
    return " ".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in matrix) + "\n"
