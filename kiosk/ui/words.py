"""Words: every sentence, number, amount and date, in the reader's language.

Sentences are gettext messages whose key is the English text itself, so English needs no catalogue; every other
language has `config/words/<tag>.po`, read at start (a catalogue of this size compiles in a few milliseconds, so there
is no built .mo to forget). Text in braces is filled in: `words.say("Card ending {digits}", digits="4021")`.

Numbers, money and dates follow CLDR through Babel, with one rule of our own: an amount is written in the *reader's* way
of writing numbers, with the currency sign of the *shop's* country, so that it looks like the shelf label
(`207.38 kr` | `207,38 kr`). English is European English (`en-150`), whose number pattern and dates fit that. Among
words that are read from the right an amount and a weight begin with a mark (LRM), which keeps them in one piece.
"""

import gettext
import re
from datetime import datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk.values.moment import local
from kiosk.values.money import Money

LANGUAGES = {
    "sv": ("Hej", "Svenska"),
    "en": ("Hello", "English"),
    "nb": ("Hei", "Norsk"),
    "da": ("Hej", "Dansk"),
    "fi": ("Moi", "Suomi"),
    "de": ("Hallo", "Deutsch"),
    "fr": ("Bonjour", "Français"),
    "pl": ("Dzień dobry", "Polski"),
    "uk": ("Вітаємо", "Українська"),
    "ar": ("مرحبًا", "العربية"),
}
"""How each language greets and what it calls itself: the same for every reader."""

_BEST_FORM = {"en": "en_150"}


class Words:
    """The words of one language in one shop. Holds no state that changes; screens take it as an argument."""

    def __init__(
        self, language: str, messages: gettext.NullTranslations, *, currency: str, territory: str, zone: tzinfo
    ) -> None:
        """`territory` is the shop's country (ISO 3166), `currency` ISO 4217, `zone` the shop's clock."""
        self.language = language
        self._messages = messages
        self._zone = zone
        self.currency = currency
        self._territory = territory
        self._locale = Locale.parse(_BEST_FORM.get(language, language).replace("-", "_"))
        self.sign = sign = numbers.get_currency_symbol(currency, Locale.parse(f"und_{territory.upper()}"))
        pattern = self._locale.currency_formats["standard"].pattern.replace("\u200f", "")
        self._with_sign = numbers.parse_pattern(pattern.replace("¤", f"'{sign}'"))
        self._plain = numbers.parse_pattern(pattern.replace("¤", "").replace("\xa0", "").strip())
        self._digits = numbers.get_currency_precision(currency)
        self._mark, self._comma = ("\u200e", "،") if self.direction == "rtl" else ("", ",")

    @property
    def locale(self) -> str:
        """CLDR's name of it, of the written numbers: `en_150`."""
        return str(self._locale)

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Where reading begins in this language (CLDR)."""
        return "rtl" if self._locale.text_direction == "rtl" else "ltr"

    def written_in(self, language: str) -> "Words":
        """The same shop's numbers and amounts as another language writes them; its sentences stay English."""
        nothing = gettext.NullTranslations()
        return Words(language, nothing, currency=self.currency, territory=self._territory, zone=self._zone)

    def say(self, text: str, /, **values: object) -> str:
        """The sentence in this language, filled in."""
        said = self._messages.gettext(text)
        return said.format(**values) if values else said

    def sense(self, sense: str, text: str) -> str:
        """The sentence in one of its senses, where another language has two words for it: `Done` of a step."""
        return self._messages.pgettext(sense, text)

    def count(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The sentence in the plural form for `count`, which fills in `{count}`."""
        return self._messages.ngettext(one, many, count).format(count=self.number(count), **values)

    def number(self, value: int | Decimal) -> str:
        """A plain number with this language's separators."""
        return _number(value, self._locale)

    def rate(self, rate_bp: int) -> str:
        """Basis points as a per cent figure without its sign: 600 is `6`, 1250 is `12.5`."""
        return self.number(Decimal(rate_bp) / 100)

    def amount(self, money: Money) -> str:
        """An amount as on the slip, without the currency: `207.38`."""
        return self._format(money, self._plain)

    def money(self, money: Money) -> str:
        """An amount with the currency's sign: `207.38 kr`."""
        return self._format(money, self._with_sign)

    def weight(self, weight_g: int) -> str:
        """A weight in kilograms, to the gram: `0.395 kg`."""
        kilograms = numbers.format_decimal(Decimal(weight_g).scaleb(-3), format="#,##0.000", locale=self._locale)
        return f"{self._mark}{kilograms}\xa0kg"

    def day_and_time(self, utc_ms: int) -> str:
        """`23 Nov, 14:07` by the shop's clock."""
        when = local(utc_ms, self._zone)
        day = dates.format_skeleton("MMMd", when, locale=self._locale)
        return f"{_undotted(day)}{self._comma} {self.time(utc_ms)}"

    def wall_clock(self, when: str) -> str:
        """A moment of the shop's clock (ISO 8601, to the minute) with its weekday: `Thu, 26 Nov, 08:00`."""
        moment = datetime.fromisoformat(when)
        day = dates.format_skeleton("MMMEd", moment, locale=self._locale)
        return f"{_undotted(day)}{self._comma} {dates.format_skeleton('Hm', moment, locale=self._locale)}"

    def time(self, utc_ms: int) -> str:
        """`14:07` by the shop's clock."""
        return str(dates.format_skeleton("Hm", local(utc_ms, self._zone), locale=self._locale))

    def born_before(self, utc_ms: int, years: int) -> str:
        """The date of birth of somebody who is `years` old today: `23 Nov 2008`; 29 February counts as the 28th."""
        today = local(utc_ms, self._zone).date()
        leap = (today.month, today.day) == (2, 29)
        birth = today.replace(year=today.year - years, day=28 if leap else today.day)
        return _undotted(dates.format_skeleton("yMMMd", birth, locale=self._locale))

    def _format(self, money: Money, pattern: numbers.NumberPattern) -> str:
        return self._mark + _written(money.minor, self._digits, self.currency, pattern, self._locale)


def _undotted(date: str) -> str:
    """A date without the full stop of a shortened month: `23 nov 2008`; the stop of a numeral stays, `23. Nov 2008`."""
    return re.sub(r"(?<=[^\W\d])\.", "", date)


@lru_cache(maxsize=1024)
def _number(value: int | Decimal, locale: Locale) -> str:
    return str(numbers.format_decimal(value, locale=locale))


@lru_cache(maxsize=1024)
def _written(minor: int, digits: int, currency: str, pattern: numbers.NumberPattern, locale: Locale) -> str:
    units = Decimal(minor).scaleb(-digits)
    return str(numbers.format_currency(units, currency, format=pattern, locale=locale)).replace("-", "−")


def minutes(duration_ms: int) -> str:
    """A running time as minutes and seconds: `0:24`."""
    seconds = max(0, duration_ms) // 1000
    return f"{seconds // 60}:{seconds % 60:02d}"


def seconds_left(deadline_ms: int, now_ms: int) -> int:
    """Whole seconds until the deadline, as a countdown shows them: the last one stays until it is over."""
    return max(0, -(-(deadline_ms - now_ms) // 1000))


def catalogue(folder: Path, language: str) -> gettext.NullTranslations:
    """The messages of one language. English is what the code says; another language without a file is refused."""
    if language.split("-")[0] == "en":
        return gettext.NullTranslations()
    path = folder / f"{language}.po"
    if not path.exists():
        raise FileNotFoundError(f"there are no words for the language {language!r}: {path} is missing")
    with path.open("rb") as file:
        messages = read_po(file, locale=language.replace("-", "_"))
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def load(folder: Path, languages: tuple[str, ...], *, currency: str, territory: str, zone: tzinfo) -> dict[str, Words]:
    """The words of each of the lane's languages, from the catalogues in `folder` (`config/words`)."""
    return {
        language: Words(language, catalogue(folder, language), currency=currency, territory=territory, zone=zone)
        for language in languages
    }
