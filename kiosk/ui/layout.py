"""Layout: the zones of the 1280 x 800 screen and the arithmetic of rectangles (DESIGN-UI, 2.4, 2.5 and 3.1).

Everything is in pixels of the design size. Same place, always: brand top left, utility row at the bottom, the slip
hanging at the right, Pay below it. Screens take a zone and cut it up; they invent no coordinates of their own where a
zone or a cut will do.
"""

from kiosk.ui.scene import Rect

SIZE = (1280, 800)
SCREEN = Rect(0, 0, 1280, 800)

BRAND = Rect(32, 24, 712, 56)
BACK = Rect(32, 24, 200, 88)
BESIDE_BACK = Rect(256, 24, 488, 88)
STAGE = Rect(32, 100, 712, 320)
STAGE_UNDER_BANNER = Rect(32, 200, 712, 228)
PROMPT = Rect(32, 100, 712, 560)
PROMPT_UNDER_BANNER = Rect(32, 200, 712, 460)
BANNER = Rect(32, 96, 712, 88)
ACTIONS = Rect(32, 444, 712, 220)
UTILITY = Rect(32, 684, 712, 88)
SLIP = Rect(776, 0, 472, 624)
PAY = Rect(776, 660, 472, 112)

# Type sizes of the normal text mode.
HERO = 104
WELCOME = 84
DISPLAY = 68
TOTAL = 56
TITLE = 44
PAY_LABEL = 40
BODY = 28
UTILITY_TEXT = 26
CAPTION = 24

FLOOR_PX = 80
"""Nothing that can be touched is smaller."""
GAP_PX = 8
"""No two things that can be touched are nearer."""


def inset(rect: Rect, x: int, y: int | None = None) -> Rect:
    """The rectangle made smaller by `x` at both sides and `y` above and below."""
    y = x if y is None else y
    return Rect(rect.x + x, rect.y + y, rect.w - 2 * x, rect.h - 2 * y)


def columns(rect: Rect, count: int, gap: int) -> tuple[Rect, ...]:
    """The rectangle in `count` equal columns; what does not divide evenly goes to the last."""
    width = (rect.w - gap * (count - 1)) // count
    cut = [Rect(rect.x + i * (width + gap), rect.y, width, rect.h) for i in range(count)]
    last = cut[-1]
    cut[-1] = last._replace(w=rect.x + rect.w - last.x)
    return tuple(cut)


def shares(rect: Rect, weights: tuple[int, ...], gap: int) -> tuple[Rect, ...]:
    """The rectangle in columns whose widths are in these proportions."""
    free, x = rect.w - gap * (len(weights) - 1), rect.x
    cut: list[Rect] = []
    for number, weight in enumerate(weights):
        last = number == len(weights) - 1
        width = rect.x + rect.w - x if last else free * weight // sum(weights)
        cut.append(rect._replace(x=x, w=width))
        x += width + gap
    return tuple(cut)


def rows(rect: Rect, count: int, gap: int) -> tuple[Rect, ...]:
    """The rectangle in `count` equal rows, as `columns`."""
    height = (rect.h - gap * (count - 1)) // count
    cut = [Rect(rect.x, rect.y + i * (height + gap), rect.w, height) for i in range(count)]
    last = cut[-1]
    cut[-1] = last._replace(h=rect.y + rect.h - last.y)
    return tuple(cut)


def grid(rect: Rect, across: int, down: int, gap_x: int, gap_y: int) -> tuple[Rect, ...]:
    """`across` x `down` cells, row by row."""
    return tuple(cell for row in rows(rect, down, gap_y) for cell in columns(row, across, gap_x))


def middle(rect: Rect, w: int, h: int) -> Rect:
    """A rectangle of that size in the middle of another."""
    return Rect(rect.x + (rect.w - w) // 2, rect.y + (rect.h - h) // 2, w, h)


def right_of(rect: Rect) -> int:
    """The first pixel column right of it."""
    return rect.x + rect.w


def below(rect: Rect) -> int:
    """The first pixel row below it."""
    return rect.y + rect.h
