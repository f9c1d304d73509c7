"""Seven bits: what a terminal's display can show: ASCII with the German letters in seven of its places (DIN 66003)."""

import unicodedata

_PLACES = str.maketrans("ÄÖÜäöüß", "[\\]{|}~")


def seven_bit(text: str) -> bytes:
    """The text as a terminal can show it: other letters lose their marks, and what then is none is a question mark."""
    plain = "".join(letter if letter in "ÄÖÜäöüß" else unicodedata.normalize("NFKD", letter)[0] for letter in text)
    return plain.translate(_PLACES).encode("ascii", "replace")
