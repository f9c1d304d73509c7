"""How big a QR code is: the smallest version that holds a text, and the dots per module that still fit the paper.

A printer that is told a size too wide for its paper prints nothing at all, and a code too small is not read by a
phone. Capacities in bytes for error correction level M, versions 1 to 40 (ISO/IEC 18004, table 7).
"""

BYTES_AT_LEVEL_M = (
    *(14, 26, 42, 62, 84, 106, 122, 152, 180, 213),
    *(251, 287, 331, 362, 412, 450, 504, 560, 624, 666),
    *(711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370),
    *(1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331),
)
QUIET_MODULES = 8
LARGEST_DOTS = 8


def modules_across(length: int) -> int | None:
    """Modules on a side, without the quiet zone, of a code with `length` bytes; None when no code holds them."""
    for version, capacity in enumerate(BYTES_AT_LEVEL_M, 1):
        if length <= capacity:
            return 17 + 4 * version
    return None


def dots_per_module(length: int, paper_dots: int) -> int | None:
    """The largest size (at most 8) that fits the paper with its quiet zone; None when it cannot be read in any size."""
    modules = modules_across(length)
    if modules is None:
        return None
    dots = min(paper_dots // (modules + QUIET_MODULES), LARGEST_DOTS)
    return dots if dots >= 2 else None
