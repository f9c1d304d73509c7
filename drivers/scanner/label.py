"""Label: bytes that a scanner says are one label become what it says, or the reason why it is none. Pure.

In front of the text there may be an AIM symbology identifier (ISO/IEC 15424): `]`, a letter, a modifier. It is taken
off and reported beside the text; whether it is right is not asked here. A label is whatever somebody prints and holds
up, so nothing is believed: bytes that are not UTF-8 and characters that cannot be printed are a ScanGarbled. The one
control character that labels may carry is GS (0x1D), which separates GS1 element strings.
"""

import re

from drivers.events import ScanGarbled, Scanned

LABEL_LONGEST = 4_096
"""Bytes of one label, its symbology identifier included."""
IDENTIFIER = re.compile(r"\][A-Za-z][0-9A-Za-z]")
GS = "\x1d"

TOO_LONG = f"longer than {LABEL_LONGEST} bytes"
BROKEN_OFF = "broken off before its end"

Label = Scanned | ScanGarbled


def read(device: str, data: bytes, symbology: str = "") -> Label | None:
    """One label; None for one of no characters. `symbology`: the identifier, where the scanner tells it apart."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ScanGarbled(device=device, why="bytes that are no text")
    if not symbology and (found := IDENTIFIER.match(text)):
        symbology = found[0]
        text = text.removeprefix(symbology)
    if not text:
        # Without an identifier it is the second half of CR LF, or Enter pressed on nothing.
        return ScanGarbled(device=device, why="an identifier with nothing behind it") if symbology else None
    if not all(char.isprintable() or char == GS for char in text):
        return ScanGarbled(device=device, why="control characters in it")
    return Scanned(device=device, symbology=symbology, text=text)
