"""Layouts: which character a key types, for the keyboards that scanners pretend to be.

Keys are the kernel's codes (linux/input-event-codes.h), which name a place on the board, not a letter: KEY_Q is the key
right of Tab, whatever is printed on it. A layout is four rows of places in three levels (plain, Shift, AltGr), as in
xkeyboard-config's `us`, `se`, `de` and `fr`. A blank in a row is a place without a character. A dead key is
written as the spacing character that it types when the space bar follows; `dead` says which they are.
"""

from typing import Literal, NamedTuple

LayoutName = Literal["us", "se", "de", "fr"]

PLACES = (
    (41, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
    (16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27),
    (30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 43),
    (86, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53),
)
"""From the key left of 1; from Q; from A, with the key left of Enter; from the key left of Z."""
SPACE_BAR = 57


class Typed(NamedTuple):
    """What one key types. `dead`: it waits for the next character."""

    char: str
    dead: bool = False


class Layout(NamedTuple):
    """Per level (plain, Shift, AltGr) what each key types."""

    plain: dict[int, Typed]
    shift: dict[int, Typed]
    alt_gr: dict[int, Typed]


def _level(rows: tuple[str, str, str, str], dead: str = "") -> dict[int, Typed]:
    keys = {SPACE_BAR: Typed(" ")}
    for places, row in zip(PLACES, rows, strict=True):
        assert len(row) <= len(places), row
        for place, char in zip(places, row, strict=False):
            if char != " ":
                keys[place] = Typed(char, dead=char in dead)
    return keys


_US = Layout(
    _level(("`1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", "<zxcvbnm,./")),
    _level(("~!@#$%^&*()_+", "QWERTYUIOP{}", 'ASDFGHJKL:"|', ">ZXCVBNM<>?")),
    _level(("", "", "", "")),
)
_SE = Layout(
    _level(("§1234567890+´", "qwertyuiopå¨", "asdfghjklöä'", "<zxcvbnm,.-"), dead="´¨"),
    _level(('½!"#¤%&/()=?`', "QWERTYUIOPÅ^", "ASDFGHJKLÖÄ*", ">ZXCVBNM;:_"), dead="`^"),
    _level(("  @£$€ {[]}\\", "  €        ~", "", "|      µ"), dead="~"),
)
_DE = Layout(
    _level(("^1234567890ß´", "qwertzuiopü+", "asdfghjklöä#", "<yxcvbnm,.-"), dead="^´"),
    _level(('°!"§$%&/()=?`', "QWERTZUIOPÜ*", "ASDFGHJKLÖÄ'", ">YXCVBNM;:_"), dead="`"),
    _level(("  ²³   {[]}\\", "@ €        ~", "", "|      µ")),
)
_FR = Layout(
    _level(("²&é\"'(-è_çà)=", "azertyuiop^$", "qsdfghjklmù*", "<wxcvbn,;:!"), dead="^"),
    _level((" 1234567890°+", "AZERTYUIOP¨£", "QSDFGHJKLM%µ", ">WXCVBN?./§"), dead="¨"),
    _level(("  ~#{[|`\\^@]}", "  €        ¤", "", ""), dead="~`"),
)
LAYOUTS: dict[LayoutName, Layout] = {"us": _US, "se": _SE, "de": _DE, "fr": _FR}
