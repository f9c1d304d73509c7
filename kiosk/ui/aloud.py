"""Aloud: how what is written is read out. Pure.

`212.38 kr` is `212 kronor 38`: whole units, the currency by its name (CLDR), the rest in figures. An e-mail address is
spelled, letter by letter. Everything else an engine reads as it stands.
"""

import re
from functools import lru_cache

from babel.numbers import NumberFormatError, get_currency_name, parse_decimal

from kiosk.ui.words import Words

_NATION_FIRST = ("en", "sv", "nb", "no", "da", "de", "fi")
"""Languages that say whose currency it is before its name (`Swedish kronor`): in the shop the name is enough."""
_FIGURE = r"[−-]?\d[\d.,\u00a0\u202f’']*\d|\d"
_PLAIN = re.compile(r"[−-]?\d[\d\u00a0\u202f’']*[.,]\d{2}")
_MARKS = re.compile("[\u200e\u200f*]")
_SIGNS = {"@": "@", ".": ".", "-": "-", "_": "_"}


def aloud(text: str, words: Words) -> str:
    """The text with its amounts as they are spoken."""
    text = _MARKS.sub("", text)
    sign = re.escape(words.sign)
    found = re.compile(rf"(?P<before>{_FIGURE})[\s\u00a0]?{sign}(?!\w)|{sign}[\s\u00a0]?(?P<after>{_FIGURE})")
    return found.sub(lambda one: figure(one["before"] or one["after"], words) or one[0], text).replace("\u00a0", " ")


def value_aloud(value: str, words: Words) -> str:
    """A control's value: a figure with two decimals alone is an amount."""
    bare = _MARKS.sub("", value)
    return (figure(bare, words) if _PLAIN.fullmatch(bare) else "") or aloud(value, words)


def figure(written: str, words: Words) -> str:
    """`212.38` of the words' currency in words; empty: it is no figure of this language."""
    try:
        value = parse_decimal(written.replace("−", "-"), locale=words.locale)
    except NumberFormatError:
        return ""
    units, rest = divmod(abs(value), 1)
    less = "−" if value < 0 else ""
    hundredths = f" {int(rest * 100):02d}" if rest else ""
    return f"{less}{int(units)} {_name(words.currency, int(units), words.locale, words.language)}{hundredths}"


def spelled(typed: str) -> str:
    """One sign after the other."""
    return ", ".join(_SIGNS.get(sign, sign) for sign in typed)


@lru_cache(maxsize=64)
def _name(currency: str, count: int, locale: str, language: str) -> str:
    name = str(get_currency_name(currency, count=count, locale=locale))
    return name.rpartition(" ")[2] if language.partition("-")[0] in _NATION_FIRST else name
