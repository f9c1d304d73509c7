"""Keys become characters, as the country's keyboard has them. Codes are those of linux/input-event-codes.h."""

import pytest

from drivers.scanner.keyboard import SUB, Keyboard
from drivers.scanner.layouts import LAYOUTS, LayoutName

SHIFT, ALT_GR, CTRL, ALT, CAPS, ENTER, TAB, SPACE = 42, 100, 29, 56, 58, 28, 15, 57
DIGITS = (11, 2, 3, 4, 5, 6, 7, 8, 9, 10)
KEYPAD = (82, 79, 80, 81, 75, 76, 77, 71, 72, 73)


def type_on(keyboard: Keyboard, *strokes: int | tuple[int, ...]) -> str:
    """Tap keys; a tuple is a chord: all but the last are held."""
    out = ""
    for stroke in strokes:
        *held, last = stroke if isinstance(stroke, tuple) else (stroke,)
        changes = [(code, 1) for code in (*held, last)] + [(code, 0) for code in (last, *held)]
        out += "".join(keyboard.key(code, value) for code, value in changes)
    return out


@pytest.mark.parametrize("layout", ["us", "se", "de"])
def test_digits_are_plain_where_they_are_plain(layout: LayoutName) -> None:
    assert type_on(Keyboard(layout), *DIGITS, ENTER) == "0123456789\r"


def test_on_azerty_digits_need_shift() -> None:
    assert type_on(Keyboard("fr"), *((SHIFT, digit) for digit in DIGITS)) == "0123456789"
    assert type_on(Keyboard("fr"), *DIGITS) == "à&é\"'(-è_ç"


def test_repeated_digits_are_kept_and_the_kernels_own_repeats_are_not() -> None:
    keyboard = Keyboard("us")
    assert type_on(keyboard, *[DIGITS[5]] * 13) == "5" * 13
    assert [keyboard.key(DIGITS[5], value) for value in (1, 2, 2, 2, 0)] == ["5", "", "", "", ""]


@pytest.mark.parametrize(
    ("layout", "strokes", "wanted"),
    [
        ("us", (16, 17, 44, 30, (SHIFT, 16)), "qwzaQ"),
        ("se", (16, 17, 44, 26, 39, 40, (SHIFT, 26)), "qwzåöäÅ"),
        ("de", (21, 44, 12, 26, 39, 40, (SHIFT, 21)), "zyßüöäZ"),
        ("fr", (16, 30, 17, 44, 39, 50, (SHIFT, 30)), "aqzwm,Q"),
        ("us", ((SHIFT, 3), 53, (SHIFT, 53), (SHIFT, 13), 13, (SHIFT, 39)), "@/?+=:"),
        ("se", ((ALT_GR, 3), (SHIFT, 8), (SHIFT, 12), 12, (SHIFT, 11), (SHIFT, 52)), "@/?+=:"),
        ("de", ((ALT_GR, 16), (SHIFT, 8), (SHIFT, 12), 27, (SHIFT, 11), (SHIFT, 52)), "@/?+=:"),
        ("fr", ((ALT_GR, 11), (SHIFT, 52), (SHIFT, 50), (SHIFT, 13), 13, 52), "@/?+=:"),
        ("se", ((ALT_GR, 9), (ALT_GR, 8)), "[{"),
        ("de", ((ALT_GR, 9), (ALT_GR, 18), 86, (SHIFT, 86), (ALT_GR, 86)), "[€<>|"),
        ("us", (CAPS, 16, DIGITS[1], (SHIFT, 16), CAPS, 16), "Q1qq"),
        ("us", (*KEYPAD, 98, 55, 74, 78, 83, 96), "0123456789/*-+.\r"),
        ("us", (SPACE, TAB), " \t"),
    ],
)
def test_what_the_boards_type(layout: LayoutName, strokes: tuple[int, ...], wanted: str) -> None:
    assert type_on(Keyboard(layout), *strokes) == wanted


@pytest.mark.parametrize(
    ("layout", "strokes", "wanted"),
    [
        ("se", (13, 18), "é"),
        ("se", ((SHIFT, 13), 30), "à"),
        ("se", ((SHIFT, 27), SPACE), "^"),
        ("se", (27, 27), "¨¨"),
        ("se", (27, 22), "ü"),
        ("se", ((ALT_GR, 27), SPACE), "~"),
        ("se", (13, 2), "´1"),
        ("de", (41, SPACE), "^"),
        ("fr", (26, 18), "ê"),
        ("se", (13, ENTER), "´\r"),
    ],
)
def test_dead_keys_wait_for_the_next_one(layout: LayoutName, strokes: tuple[int, ...], wanted: str) -> None:
    assert type_on(Keyboard(layout), *strokes) == wanted


@pytest.mark.parametrize("layout", ["us", "se", "de", "fr"])
def test_ctrl_and_right_bracket_is_the_group_separator(layout: LayoutName) -> None:
    assert type_on(Keyboard(layout), (CTRL, 27)) == "\x1d"


def test_so_it_is_with_the_layouts_own_bracket() -> None:
    assert type_on(Keyboard("se"), (CTRL, ALT_GR, 10)) == "\x1d"
    assert type_on(Keyboard("de"), (CTRL, ALT_GR, 10)) == "\x1d"
    assert type_on(Keyboard("fr"), (CTRL, ALT_GR, 12)) == "\x1d"


def test_other_control_characters_follow_their_letters() -> None:
    assert type_on(Keyboard("us"), (CTRL, 50), (CTRL, 36), (CTRL, 23)) == "\r\n\t"
    assert type_on(Keyboard("us"), (CTRL, DIGITS[5])) == SUB


@pytest.mark.parametrize(
    ("number", "wanted"), [("029", "\x1d"), ("29", "\x1d"), ("0065", "A"), ("65", "A"), ("0228", "ä"), ("132", "ä")]
)
def test_alt_and_a_number_on_the_keypad(number: str, wanted: str) -> None:
    keyboard = Keyboard("fr")
    assert keyboard.key(ALT, 1) == ""
    assert type_on(keyboard, *(KEYPAD[int(digit)] for digit in number)) == ""
    assert keyboard.key(ALT, 0) == wanted
    assert type_on(keyboard, KEYPAD[7]) == "7"


@pytest.mark.parametrize("digits", [5, 10_000])
def test_a_number_that_no_scanner_types_spoils_the_label(digits: int) -> None:
    keyboard = Keyboard("us")
    keyboard.key(ALT, 1)
    assert type_on(keyboard, *[KEYPAD[7]] * digits) == ""
    assert keyboard.key(ALT, 0) == SUB


@pytest.mark.parametrize("layout", ["se", "de", "fr"])
def test_shift_and_alt_gr_together_are_a_level_that_no_scanner_uses(layout: LayoutName) -> None:
    assert type_on(Keyboard(layout), (SHIFT, ALT_GR, 9)) == SUB


def test_alt_alone_types_nothing_and_leaves_the_keypad_as_it_was() -> None:
    assert type_on(Keyboard("us"), ALT, KEYPAD[7]) == "7"


@pytest.mark.parametrize("key", [59, 66, 103, 111, 1, 500])
def test_a_key_that_types_nothing_spoils_the_label(key: int) -> None:
    assert type_on(Keyboard("us"), key) == SUB


def test_locks_and_system_keys_do_not() -> None:
    assert type_on(Keyboard("us"), 69, 70, 125, 126, 127) == ""


def test_when_changes_were_lost_nothing_is_held_any_more() -> None:
    keyboard = Keyboard("us")
    keyboard.key(SHIFT, 1)
    assert keyboard.lost() == SUB
    assert type_on(keyboard, 16) == "q"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_types_all_that_an_address_needs(layout: LayoutName) -> None:
    chars = {typed.char for level in LAYOUTS[layout] for typed in level.values()}
    assert set(map(chr, range(32, 127))) <= chars
