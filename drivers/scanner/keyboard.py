"""Keyboard: key codes become text, for scanners that pretend to be keyboards. Pure.

Only a press types; the kernel's own repeats do not (a scanner presses anew for each of two equal digits, so none is
lost). Shift, AltGr, Ctrl and Caps Lock are states. What is typed beside plain characters:

* dead keys wait for the next character and join it (Unicode NFC); with the space bar they type themselves;
* Ctrl with a character of the columns @ to _ of ASCII types its control character, so Ctrl+] is GS (0x1D). On
  layouts where `]` has no key of its own, the place where an American board has it counts;
* Alt with a number on the keypad types that character when Alt is let go: code page 437, or Windows-1252 if the number
  begins with 0. Scanners that "emulate the keypad" send every character so, GS as Alt 029;
* Enter is CR, Tab is TAB.

A key that types nothing here (F1, an arrow) makes SUB (0x1A), "a character that could not be represented": the label
must not pass as whole without it. The framing after this refuses it.
"""

import unicodedata

from drivers.scanner.layouts import LAYOUTS, LayoutName

PRESSED, RELEASED = 1, 0
SUB = "\x1a"
NUMBER_LONGEST = 4
"""Digits of Alt and a number: 0228 is a character, a longer one is mischief."""

_SHIFT = {42, 54}
_CTRL = {29, 97}
_ALT = 56
_ALT_GR = 100
_CAPS_LOCK = 58
_SILENT = {69, 70, 125, 126, 127}
"""Num Lock, Scroll Lock, the two system keys, Menu."""
_WHOLE = {28: "\r", 96: "\r", 15: "\t"}
_KEYPAD = {82: "0", 79: "1", 80: "2", 81: "3", 75: "4", 76: "5", 77: "6", 71: "7", 72: "8", 73: "9"}
_KEYPAD_SIGNS = {98: "/", 55: "*", 74: "-", 78: "+", 83: "."}

_COMBINING = {"´": "\u0301", "`": "\u0300", "^": "\u0302", "¨": "\u0308", "~": "\u0303"}


class Keyboard:
    """One keyboard with its modifiers' state."""

    def __init__(self, layout: LayoutName) -> None:
        self._layout = LAYOUTS[layout]
        self._held: set[int] = set()
        self._caps_lock = False
        self._dead = ""
        self._number: str | None = None

    def key(self, code: int, value: int) -> str:
        """What this change of a key types. `value`: 1 pressed, 0 released, 2 repeated by the kernel."""
        if value == PRESSED:
            return self._press(code)
        if value == RELEASED:
            return self._release(code)
        return ""

    def lost(self) -> str:
        """Key changes were lost: nobody knows what is held. What is being typed is spoilt."""
        self._held.clear()
        self._dead, self._number = "", None
        return SUB

    def _press(self, code: int) -> str:
        if code == _CAPS_LOCK:
            self._caps_lock = not self._caps_lock
            return ""
        if code == _ALT:
            self._number = ""
        if code in _SHIFT or code in _CTRL or code in (_ALT, _ALT_GR):
            self._held.add(code)
            return ""
        if code in _SILENT:
            return ""
        if self._number is not None and code in _KEYPAD:
            self._number = (self._number + _KEYPAD[code])[: NUMBER_LONGEST + 1]
            return ""
        if self._held & _CTRL:
            return self._control(code)
        return self._plain(code)

    def _release(self, code: int) -> str:
        self._held.discard(code)
        if code != _ALT:
            return ""
        number, self._number = self._number, None
        return _by_number(number) if number else ""

    def _plain(self, code: int) -> str:
        if code in _WHOLE:
            return self._join(_WHOLE[code])
        if code in _KEYPAD or code in _KEYPAD_SIGNS:
            return self._join(_KEYPAD.get(code) or _KEYPAD_SIGNS[code])
        char, dead = self._typed(code)
        if dead and not self._dead:
            self._dead = char
            return ""
        return self._join(char)

    def _typed(self, code: int) -> tuple[str, bool]:
        """The layout's character in the present level; SUB if there is none."""
        shifted = bool(self._held & _SHIFT)
        if _ALT_GR in self._held:
            return (SUB, False) if shifted else self._layout.alt_gr.get(code, (SUB, False))
        char, dead = (self._layout.shift if shifted else self._layout.plain).get(code, (SUB, False))
        if self._caps_lock and char.isalpha() and len(char.swapcase()) == 1:
            char = char.swapcase()
        return char, dead

    def _join(self, char: str) -> str:
        """The character, joined to a dead one that waits for it."""
        dead, self._dead = self._dead, ""
        if not dead:
            return char
        if char == " ":
            return dead
        joined = unicodedata.normalize("NFC", char + _COMBINING[dead])
        return joined if len(joined) == 1 else dead + char

    def _control(self, code: int) -> str:
        for char in (self._typed(code)[0], LAYOUTS["us"].plain.get(code, (SUB, False))[0]):
            upper = char.upper()
            if len(upper) == 1 and "@" <= upper <= "_":
                return chr(ord(upper) - ord("@"))
        return SUB


def _by_number(number: str) -> str:
    """The character of Alt and a number on the keypad."""
    if len(number) > NUMBER_LONGEST:
        return SUB
    value = int(number) % 256
    if value < ord(" "):
        return chr(value)
    page = "cp1252" if number.startswith("0") else "cp437"
    return bytes((value,)).decode(page, errors="replace").replace("\ufffd", SUB)
