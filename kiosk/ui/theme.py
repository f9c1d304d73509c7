"""Theme: which colour each role has.

Scenes name roles (`paper`, `primary`), so one scene can be painted for a shop's own colours and for people who need
strong contrast. A shop may replace `primary`, `deep` and `sun` (with their edges and soft shades); a theme in which
any pair of text and ground falls under its limit is refused, because a checkout that cannot be read cannot sell.

Contrast is the ratio of WCAG 2.2, section 1.4.3 (text, 4.5) and 1.4.11 (outlines and marks, 3).
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import msgspec


class ThemeRefused(Exception):
    """The theme cannot be used; the text says which colours and what to change."""


class Colour(NamedTuple):
    """Red, green, blue, opacity, each 0 to 255."""

    r: int
    g: int
    b: int
    a: int = 255

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """`#RRGGBB` or `#RRGGBBAA`. Raises ValueError for anything else."""
        digits = text.removeprefix("#")
        if not text.startswith("#") or len(digits) not in (6, 8):
            raise ValueError(f"{text!r} is not a colour like #0B6448")
        return cls(*bytes.fromhex(digits))


class Theme(msgspec.Struct, frozen=True):
    """Colours by role. `high` is the high contrast look: outlines instead of soft fills, shadows and lower edges."""

    name: str
    colours: Mapping[str, Colour]
    high: bool = False

    def __getitem__(self, role: str) -> Colour:
        """The colour of a role; an unknown role is a bug of the screen that names it."""
        return self.colours[role]


def _theme(name: str, roles: str, high: bool = False) -> Theme:
    pairs = (line.split() for line in roles.split("\n") if line.strip())
    return Theme(name, MappingProxyType({role: Colour.parse(colour) for role, colour in pairs}), high)


NORMAL = _theme(
    "normal",
    """
    ground       #EAF0EA
    sunk         #DCE5DD
    paper        #FFFFFF
    ink          #12211B
    ink2         #43534A
    on-ink2      #9FC9B5
    line         #6B7B72
    hair         #D2DCD4
    primary      #0B6448
    primary-edge #053B2A
    primary-soft #D3EADD
    on-primary   #FFFFFF
    deep         #0A3B2E
    deep2        #0F4C3C
    deep-line    #7FB7A1
    on-deep      #FFFFFF
    on-deep2     #BFE0D2
    sun          #FFC83A
    sun-edge     #B98300
    sun-soft     #FFF1CC
    on-sun       #12211B
    info         #1D4E9E
    info-edge    #0F2F66
    info-soft    #DFE9FA
    on-info      #FFFFFF
    bad          #AE2A1B
    bad-edge     #6F150A
    bad-soft     #FBE2DD
    on-bad       #FFFFFF
    warn         #7A4B00
    staff        #4A2A86
    staff-edge   #2A1456
    staff-soft   #ECE6F8
    staff-ground #E4DCF3
    on-staff     #FFFFFF
    disabled     #5E6E65
    scrim        #081A13A8
    label        #12211B
    deep-label   #FFFFFF
    plate        #D3EADD
    white        #FFFFFF
    black        #000000
    """,
)

HIGH_CONTRAST = _theme(
    "high-contrast",
    """
    ground       #000000
    sunk         #000000
    paper        #000000
    ink          #FFFFFF
    ink2         #FFFFFF
    on-ink2      #000000
    line         #FFE600
    hair         #FFFFFF
    primary      #FFE600
    primary-edge #FFE600
    primary-soft #000000
    on-primary   #000000
    deep         #000000
    deep2        #000000
    deep-line    #FFE600
    on-deep      #FFFFFF
    on-deep2     #FFFFFF
    sun          #FFE600
    sun-edge     #FFE600
    sun-soft     #000000
    on-sun       #000000
    info         #FFE600
    info-edge    #FFE600
    info-soft    #000000
    on-info      #000000
    bad          #FFFFFF
    bad-edge     #FFFFFF
    bad-soft     #000000
    on-bad       #000000
    warn         #FFFFFF
    staff        #FFE600
    staff-edge   #FFE600
    staff-soft   #000000
    staff-ground #000000
    on-staff     #000000
    disabled     #FFFFFF
    scrim        #000000C0
    label        #FFE600
    deep-label   #FFE600
    plate        #FFFFFF
    white        #FFFFFF
    black        #000000
    """,
    high=True,
)

FOLLOWS = {"label": "ink", "deep-label": "on-deep", "plate": "primary-soft"}
"""Roles that only the high contrast look tells from another: words and icons of buttons, and what is behind a thing's
picture. A shop that changes the other changes these with it."""

# DESIGN-UI 2.2: what is written or drawn on what, and the ratio that it must have.
PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("ink", ground, 4.5) for ground in ("paper", "ground", "sunk", "sun-soft", "info-soft", "primary-soft")),
    *(("ink", ground, 4.5) for ground in ("staff-soft", "staff-ground")),
    *(("ink2", ground, 4.5) for ground in ("paper", "ground", "sun-soft", "info-soft", "primary-soft")),
    ("ink2", "staff-ground", 4.5),
    ("on-ink2", "ink", 4.5),
    *(("line", ground, 3.0) for ground in ("paper", "ground", "sunk", "staff-ground")),
    ("on-sun", "sun", 4.5),
    ("on-primary", "primary", 4.5),
    ("primary-soft", "primary", 4.5),
    ("primary", "paper", 4.5),
    ("primary", "ground", 4.5),
    ("on-deep", "deep", 4.5),
    ("on-deep2", "deep", 4.5),
    ("on-deep", "deep2", 4.5),
    ("label", "paper", 4.5),
    ("deep-label", "deep2", 4.5),
    ("deep-line", "deep", 3.0),
    ("sun", "deep", 3.0),
    ("on-info", "info", 4.5),
    ("info", "info-soft", 4.5),
    ("bad", "paper", 4.5),
    ("on-bad", "bad", 4.5),
    ("on-staff", "staff", 4.5),
    ("staff", "paper", 4.5),
    ("staff", "staff-ground", 4.5),
    ("warn", "paper", 4.5),
)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG contrast ratio of two opaque colours: 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour[:3]))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def check(theme: Theme) -> Theme:
    """The same theme, if every pair of PAIRS is readable. Raises ThemeRefused naming each that is not."""
    poor = [
        f"{fore} on {ground} has contrast {ratio:.2f} and needs {need:g}"
        for fore, ground, need in PAIRS
        if (ratio := contrast(theme[fore], theme[ground])) < need
    ]
    if poor:
        raise ThemeRefused(f"Theme {theme.name} cannot be read by everyone: {'; '.join(poor)}. Choose other shades.")
    return theme


def override(base: Theme, name: str, colours: Mapping[str, str]) -> Theme:
    """`base` with a shop's own colours. Raises ThemeRefused for unknown roles, bad colours and poor contrast."""
    own: dict[str, Colour] = {}
    for role, text in colours.items():
        if role not in base.colours:
            raise ThemeRefused(f"Theme {name}: there is no colour role {role}. Roles: {', '.join(base.colours)}.")
        try:
            own[role] = Colour.parse(text)
        except ValueError as error:
            raise ThemeRefused(f"Theme {name}, {role}: {error}.") from error
    for role, other in FOLLOWS.items():
        if other in own:
            own.setdefault(role, own[other])
    return check(Theme(name, MappingProxyType({**base.colours, **own}), base.high))


def load(path: Path) -> Theme:
    """A shop's theme from a TOML file with one table `[colours]`: role = "#RRGGBB". Raises ThemeRefused."""
    try:
        document = tomllib.loads(path.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ThemeRefused(f"Theme {path}: cannot be read ({error}).") from error
    unknown = document.keys() - {"colours"}
    colours = document.get("colours", {})
    if unknown or not isinstance(colours, dict) or not all(isinstance(text, str) for text in colours.values()):
        raise ThemeRefused(f'Theme {path}: wanted one table [colours] with lines like primary = "#0B6448".')
    return override(NORMAL, path.stem, colours)
