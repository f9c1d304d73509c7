"""Simulated scanners: the devices themselves, as bytes, with what goes wrong with them. They ship.

`ScannerSimulator` sits at a serial line or a socket, `KeyboardScannerSimulator` pretends to be a keyboard and speaks
the kernel's key records; the one that speaks HID POS is `simulated_pos.py`'s. A person pulls the trigger with `scan`;
faults are attributes that hold until they are changed (`split_ms`, `terminator`, `aim`, `frame`), or single misfortunes
(`scan_together`, `garbage`, `endless`, `unplug`).
"""

from collections import deque

from drivers.input_events import DROPPED, EV_KEY, REPORT, InputEvent, encode
from drivers.scanner.host import MAKERS, Words
from drivers.scanner.keyboard import PRESSED, RELEASED
from drivers.scanner.layouts import LAYOUTS, LayoutName
from drivers.speaking import Speaking

ENDLESS = 10_000
"""Characters of a label that somebody printed for mischief."""
GARBAGE = b"\xff\xfe73\x9b\x80\x001\xc3"
"""No text in any framing: a loose plug, or the wrong baud rate."""


class Trigger(Speaking):
    """A device that speaks by itself: pieces of bytes, one after the other, `split_ms` apart."""

    def __init__(self) -> None:
        super().__init__()
        self.split_ms = 0
        """Fault: so long between one byte and the next."""
        self._pieces: deque[bytes] = deque()
        self._next_ms = 0

    def advance(self, now_ms: int) -> None:
        """As Simulator. Scanned while no till listens is scanned for nobody."""
        super().advance(now_ms)
        while self._pieces and self._next_ms <= now_ms:
            self._out += self._pieces.popleft()
            self._next_ms = now_ms + self.split_ms

    def deadline_ms(self) -> int | None:
        """As Simulator; past while there is something to take."""
        if self._out:
            return 0
        return self._next_ms if self._pieces else None

    def _say(self, data: bytes, grain: int = 1) -> None:
        """Send these bytes, in pieces of `grain` if they are split."""
        if not self.reachable:
            return
        size = grain if self.split_ms else max(1, len(data))
        self._pieces += (data[start : start + size] for start in range(0, len(data), size))

    def _silence(self) -> None:
        super()._silence()
        self._pieces.clear()


class ScannerSimulator(Trigger):
    """A scanner on a serial line or a socket."""

    def __init__(self, host: Words = MAKERS[""], *, once: bool = False) -> None:
        """`host`: whose commands it takes; without them it does not listen. `once`: it reads one label a command."""
        super().__init__()
        self._host, self._once = host, once
        self.enabled = not once
        self.beeps = 0
        """How often it was made to beep."""
        self.aim = True
        """Whether it sends the symbology identifier."""
        self.terminator = "\r"
        """What ends a label: CR, LF, both, TAB, or nothing."""
        self.frame = False
        """Whether STX and ETX go around it (the terminator comes before ETX)."""

    def scan(self, text: str, symbology: str = "]E0") -> None:
        """Somebody holds this label up; a scanner that is disabled sees none."""
        if self.enabled:
            self._say(self._label(text, symbology))
            self.enabled = not self._once

    def receive(self, data: bytes, now_ms: int) -> None:
        """As Simulator: commands, one after the other; what is none of its maker's is nothing to it."""
        while data:
            word = next((word for word in self._host if word and data.startswith(word)), data[:1])
            data = data[len(word) :]
            if word in (self._host.on, self._host.off):
                self.enabled = word == self._host.on
            self.beeps += word == self._host.good

    def scan_together(self, *texts: str, symbology: str = "]E0") -> None:
        """Two labels so fast that they arrive in one piece."""
        self._say(b"".join(self._label(text, symbology) for text in texts))

    def garbage(self) -> None:
        """Bytes that are no text, with the terminator."""
        self._say(GARBAGE + self.terminator.encode())

    def endless(self) -> None:
        """A label of ten thousand characters."""
        self.scan("7" * ENDLESS, "]Q1")

    def _label(self, text: str, symbology: str) -> bytes:
        label = (symbology if self.aim else "") + text + self.terminator
        return f"\x02{label}\x03".encode() if self.frame else label.encode()


_LEFT_SHIFT, _RIGHT_ALT, _LEFT_CTRL, _LEFT_ALT = 42, 100, 29, 56
_ENTER, _TAB, _RIGHT_BRACE = 28, 15, 27
_KEYPAD_FROM_0 = (82, 79, 80, 81, 75, 76, 77, 71, 72, 73)
_WHOLE = {"\r": (_ENTER,), "\t": (_TAB,), "\x1d": (_LEFT_CTRL, _RIGHT_BRACE)}
_SPACE = (57,)


class KeyboardScannerSimulator(Trigger):
    """A scanner that pretends to be a keyboard of this layout. The wire carries the kernel's input records."""

    def __init__(self, layout: LayoutName = "us") -> None:
        super().__init__()
        self.aim = False
        """Whether it types the symbology identifier."""
        self.terminator = "\r"
        """What ends a label: CR, TAB, or nothing."""
        self.keypad = False
        """Whether it types every character as Alt and its number ("emulate keypad")."""
        self._strokes = _strokes(layout)

    def scan(self, text: str, symbology: str = "]E0") -> None:
        """Somebody holds this label up. Raises KeyError for a character that the layout cannot type."""
        self._type((symbology if self.aim else "") + text + self.terminator)

    def scan_together(self, *texts: str) -> None:
        """Two labels so fast that they arrive in one piece."""
        self._type("".join(text + self.terminator for text in texts))

    def garbage(self) -> None:
        """The kernel's buffer ran over in the middle of a label."""
        dropped = DROPPED + REPORT
        self._say(self._keys("73") + dropped + self._keys("1" + self.terminator), len(dropped))

    def endless(self) -> None:
        """A label of ten thousand characters."""
        self.scan("7" * ENDLESS)

    def _type(self, text: str) -> None:
        self._say(self._keys(text), 2 * len(REPORT))

    def _keys(self, text: str) -> bytes:
        return b"".join(self._character(char) for char in text)

    def _character(self, char: str) -> bytes:
        if self.keypad and char not in self.terminator:
            digits = tuple(_KEYPAD_FROM_0[int(digit)] for digit in f"{char.encode('cp1252')[0]:04d}")
            return _held((_LEFT_ALT,), *((digit,) for digit in digits))
        return b"".join(_held(stroke[:-1], stroke[-1:]) for stroke in self._strokes[char])


def _strokes(layout: LayoutName) -> dict[str, tuple[tuple[int, ...], ...]]:
    """How to type each character: one or two keys, each with the modifiers before it."""
    levels = zip(((), (_LEFT_SHIFT,), (_RIGHT_ALT,)), LAYOUTS[layout], strict=True)
    strokes: dict[str, tuple[tuple[int, ...], ...]] = {char: (stroke,) for char, stroke in _WHOLE.items()}
    for modifiers, keys in levels:
        for code, (char, dead) in keys.items():
            stroke = (*modifiers, code)
            strokes.setdefault(char, (stroke, _SPACE) if dead else (stroke,))
    return strokes


def _held(modifiers: tuple[int, ...], *keys: tuple[int, ...]) -> bytes:
    """The keys one after the other while the modifiers are held."""
    taps = [change for (key,) in keys for change in ((key, PRESSED), (key, RELEASED))]
    changes = [*((m, PRESSED) for m in modifiers), *taps, *((m, RELEASED) for m in modifiers)]
    return b"".join(encode(InputEvent(EV_KEY, code, value)) + REPORT for code, value in changes)
