"""Letters: which keys a language writes with, in the rows that its speakers know. Pure.

Source: the keyboards of CLDR 43 (`keyboards/android` and `keyboards/windows` of unicode-org/cldr): rows D, C and B of
ISO/IEC 9995, read from the left, also where reading begins at the right. Ours has eleven columns: what stands beyond
them there, on the digit row or behind a long press, has a key at the end of a row where one is free (`ß`; `É È Ç À` of
the French digit row; `Ї Ґ`), else it comes with the digits (`more`): Polish writes its letters with AltGr. Whoever
types without accents finds the same things (`kiosk.search.matching`).

An address is written with the letters A to Z and a few signs (RFC 5321), so its keys are Latin in every language.
"""

from typing import NamedTuple

DIGITS = "1234567890"
AT_HAND = "@-_."
"""What addresses are made of beside letters and digits: these keys are always there while one is typed."""


class Letters(NamedTuple):
    """Three rows of capital letters; `more` takes the third row's place while there are digits in the first."""

    rows: tuple[str, str, str]
    more: str = ""
    name: str = "ABC"
    """What stands on the key that brings the letters back."""


_SIGNS = "-’&/"
_QWERTY = Letters(("QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM"))
_NORDIC = Letters(("QWERTYUIOPÅ", "ASDFGHJKLÖÄ", "ZXCVBNM-"))
_LETTERS = {
    "sv": _NORDIC,
    "fi": _NORDIC,
    "nb": Letters(("QWERTYUIOPÅ", "ASDFGHJKLØÆ", "ZXCVBNM-")),
    "da": Letters(("QWERTYUIOPÅ", "ASDFGHJKLÆØ", "ZXCVBNM-")),
    "de": Letters(("QWERTZUIOPÜ", "ASDFGHJKLÖÄ", "YXCVBNMß-")),
    "fr": Letters(("AZERTYUIOP-", "QSDFGHJKLMÙ", "WXCVBNÉÈÇÀ"), "ÂÊÎÔÛËÏÜŒÆ"),
    "pl": Letters(_QWERTY.rows, "ĄĆĘŁŃÓŚŹŻ"),
    "uk": Letters(("ЙЦУКЕНГШЩЗХ", "ФІВАПРОЛДЖЄ", "ЯЧСМИТЬБЮЇҐ"), _SIGNS, "АБВ"),
    "ar": Letters(("ضصثقفغعهخحج", "شسيبلاتنمكط", "ئءؤرذىةوزظد"), f"أإآ{_SIGNS}", "أبج"),
}
_NAMES = {"no": "nb", "nn": "nb"}
_ADDRESS = {
    "de": Letters(("QWERTZUIOP", "ASDFGHJKL+", "YXCVBNM")),
    "fr": Letters(("AZERTYUIOP", "QSDFGHJKLM", "WXCVBN+")),
}


def letters(language: str) -> Letters:
    """What words are written with; of a language that we do not know, the English keys."""
    tag = language.partition("-")[0]
    return _LETTERS.get(_NAMES.get(tag, tag), _QWERTY)


def address_letters(language: str) -> Letters:
    """What addresses are written with."""
    return _ADDRESS.get(language.partition("-")[0], Letters(("QWERTYUIOP", "ASDFGHJKL+", "ZXCVBNM")))
