"""Scene: what is on the screen, as plain values. The painter draws it; touch, voice and tests read it.

A scene is a flat tuple of elements in painting order, back to front, in pixels of the design size. All elements
are frozen and compare with `==`: the painter repaints only the rectangles of elements that appeared, changed or went.
Colours are role names of the theme (`paper`, `primary`, `primary-edge`, `primary-soft`; text upon a filled role is
`on-primary`, `on-sun`, `on-info`, `on-bad`, `on-staff`, `on-deep`, `on-deep2`, `on-ink2`), never RGB. A Button is a
face that can be touched; what is drawn on it (its labels and icons) are ordinary elements painted after it.
"""

from typing import Literal, NamedTuple

import msgspec

from kiosk.checkout.events import Event
from kiosk.ui.view import Look


class Rect(NamedTuple):
    """Left, top, width, height in pixels."""

    x: int
    y: int
    w: int
    h: int

    def contains(self, x: int, y: int) -> bool:
        """Whether the point lies inside; right and lower border excluded."""
        return self.x <= x < self.x + self.w and self.y <= y < self.y + self.h


class Box(msgspec.Struct, frozen=True, tag=True):
    """A filled rounded rectangle: panel, card, chip, banner, divider, scrim."""

    rect: Rect
    fill: str = ""
    """Colour role; empty: no face."""
    outline: str = ""
    outline_px: int = 0
    radius: int = 0
    edge: str = ""
    """Colour of the lower edge of a raised thing; empty: flat."""
    edge_px: int = 0
    shadow: Literal["", "slip", "sheet"] = ""
    enters: str = ""
    """How it comes onto the screen with all that lies on it, and which one it is: `line 3`, `banner ...` (`motion`)."""


class Label(msgspec.Struct, frozen=True, tag=True):
    """Text inside a rectangle. Runs between `**` are set in the next heavier weight."""

    rect: Rect
    text: str
    size: int
    """Pixels, from the type tokens."""
    weight: Literal[500, 600, 700, 800] = 500
    display: bool = False
    """Inter Display (headlines, figures) instead of Kassa Sans."""
    colour: str = "ink"
    align: Literal["start", "centre", "end"] = "start"
    valign: Literal["top", "middle", "bottom"] = "middle"
    max_lines: int = 1
    line_height: float = 1.2
    amount: bool = False
    """Money, weights, counts: never shortened, always left to right."""
    private: bool = False
    """Not for a loudspeaker: a name, an address, the end of a card."""
    plain: bool = False
    """A name from the price book: what looks like a mark in it is part of the name."""
    strike: bool = False


class Word(msgspec.Struct, frozen=True, tag=True):
    """Text as one part of a Row."""

    text: str
    size: int = 28
    weight: Literal[500, 600, 700, 800] = 600
    display: bool = False
    colour: str = "ink"
    amount: bool = False
    """Never shortened, always left to right."""
    max_lines: int = 2
    """Breaks into so many lines when the row is too narrow; shortened only then."""


class Mark(msgspec.Struct, frozen=True, tag=True):
    """An icon as one part of a Row."""

    name: str
    size: int = 38
    colour: str = "ink"


class Row(msgspec.Struct, frozen=True, tag=True):
    """Icons and words side by side as one group, so that a screen needs no text widths: a button's icon and label, a
    chip that hugs its words, the brand and the lane's number. Parts are centred on the rectangle's middle, in reading
    order (mirrored from right to left)."""

    rect: Rect
    parts: tuple[Word | Mark, ...]
    gap: int = 16
    align: Literal["start", "centre", "end"] = "centre"
    fill: str = ""
    """A chip's face behind the parts, as high as the rectangle and as wide as parts and `pad`."""
    pad: int = 0
    radius: int = 0


class Icon(msgspec.Struct, frozen=True, tag=True):
    """A glyph of Material Design Icons by name, `cart-outline`, centred in its rectangle."""

    rect: Rect
    name: str
    colour: str = "ink"
    size: int = 38


HELD = "held:"
"""How the name of a picture begins that somebody has made ready already, in its very size."""


class Picture(msgspec.Struct, frozen=True, tag=True):
    """A picture by name: `svg:tomato` of our own, `goods:fruit` of a category, `file:...` of the price book, or HELD;
    fitted and centred."""

    rect: Rect
    source: str
    opacity: int = 255
    stand_in: str = ""
    """What is shown while the source cannot be."""
    product: str = ""
    """Whose picture it is."""


class Code(msgspec.Struct, frozen=True, tag=True):
    """A barcode for the shopper's phone or the gate, black on white, quiet zone included."""

    rect: Rect
    text: str
    kind: Literal["qr", "ean13"] = "qr"


class Zigzag(msgspec.Struct, frozen=True, tag=True):
    """The torn lower end of the slip: teeth 24 px wide, 17 px deep, along the top of the rectangle."""

    rect: Rect
    fill: str = "paper"


class Dots(msgspec.Struct, frozen=True, tag=True):
    """A dotted horizontal rule."""

    rect: Rect
    colour: str = "line"


class Ring(msgspec.Struct, frozen=True, tag=True):
    """A countdown arc: `share_permille` of a full circle, clockwise from the top."""

    rect: Rect
    share_permille: int
    colour: str = "primary"
    track: str = "hair"
    width: int = 18


class Progress(msgspec.Struct, frozen=True, tag=True):
    """The bank bar: a block of 34 % whose left end stands at `position_permille` of the free way."""

    rect: Rect
    position_permille: int
    fill: str = "info"
    track: str = "paper"


Role = Literal["button", "switch", "radio", "tab", "key", "line", "field", "tile"]
"""What it is to whoever hears it: `switch` is on or off (its value says which), `radio` one of several of which one is
`selected`, `line` a row that leads to more, `tile` a thing to choose by its picture."""
Group = Literal["stage", "note", "back", "slip", "pay", "utility", "aside"]
"""What belongs together for whoever uses keys, in the order in which they come through it. `aside` is what only
repeats another button, or is not for shoppers."""


class Button(msgspec.Struct, frozen=True, tag=True):
    """Something to touch. It says its event (or changes what the eyes know) when released inside `rect`."""

    rect: Rect
    says: Event | Look | None
    """What the loop hears. None only for a disabled button."""
    name: str
    """Spoken name in the shopper's language; also how tests and the bench page find the button."""
    style: Literal[
        "primary",
        "sun",
        "secondary",
        "info",
        "danger",
        "danger-filled",
        "staff",
        "deep",
        "disabled",
        "line",
        "key",
        "bare",
    ] = "secondary"
    role: Role = "button"
    value: str = ""
    """Spoken value: a price, on/off, the letters typed."""
    selected: bool = False
    """Of a switch: on. Of several: the chosen one."""
    why_not: str = ""
    """For a disabled button: the reason in words, shown in the banner when it is touched."""
    radius: int = 20
    group: Group = "stage"
    pressed: bool = False
    """Under a finger: the face stands 5 px lower, on its edge (`pressing.press` sets it and moves what is on it)."""


Element = Box | Label | Row | Icon | Picture | Code | Zigzag | Dots | Ring | Progress | Button


class Scene(msgspec.Struct, frozen=True):
    """One screen. `name` is the mockup's name (`02-scanning`); elements are in painting order."""

    name: str
    size: tuple[int, int]
    ground: str
    elements: tuple[Element, ...]
    focus: tuple[str, ...] = ()
    """Names of buttons in focus order, where it differs from painting order."""
    modal_from: int = 0
    """Index of the first element that can be touched: what lies under a sheet's scrim cannot."""
    title: str = ""
    """What the voice says first."""
    aloud: tuple[str, ...] = ()
    """What the voice says beside what is written."""
    direction: Literal["ltr", "rtl"] = "ltr"
    contrast: Literal["usual", "high"] = "usual"
    ring: str = ""
    """Name of the button that has the ring of whoever uses keys; empty: no ring is seen."""
    scale: float = 1.0
    """How many times larger than designed it is laid out: for lengths that no element names (edges, shadows)."""
    opacity: tuple[int, ...] = ()
    """Of each element, 0 to 255, while something moves; empty: all of them opaque."""
    leaving: int = 0
    """So many elements at the end are on their way out: they are seen, and nobody can touch them any more."""


def buttons(scene: Scene) -> tuple[Button, ...]:
    """The buttons that can be touched now, in painting order."""
    end = len(scene.elements) - scene.leaving
    return tuple(e for e in scene.elements[scene.modal_from : end] if isinstance(e, Button))


def hit(scene: Scene, x: int, y: int) -> Button | None:
    """The topmost button under the point, or None. The point is in the scene's own pixels."""
    for button in reversed(buttons(scene)):
        if button.rect.contains(x, y):
            return button
    return None
