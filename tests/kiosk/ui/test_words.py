"""Words: each language complete, nothing superfluous, and amounts as on the shelf."""

import gettext
import string
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from kiosk.ui.fonts import visual
from kiosk.ui.words import Words, load, minutes, seconds_left
from kiosk.values.money import Money

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "config" / "words"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
Key = tuple[str | tuple[str, ...], str | None]


@pytest.fixture(scope="module")
def shop() -> dict[str, Words]:
    return load(FOLDER, ("sv", "en"), currency="SEK", territory="se", zone=STOCKHOLM)


def _spoken() -> set[Key]:
    """Every sentence in the code, with its sense."""
    keywords = {"say": None, "count": (1, 2), "sense": ((1, "c"), 2)}
    return {
        (message, context)
        for room in ("kiosk/ui", "kiosk/app", "store/receipts")
        for _, _, message, _, context in extract_from_dir(
            ROOT / room, method_map=[("**.py", "python")], keywords=keywords
        )
    }


def _catalogue(path: Path) -> Iterator[tuple[Key, tuple[str, ...]]]:
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id:
                texts = message.string if isinstance(message.string, tuple) else (message.string,)
                yield (message.id, message.context), texts


def _single(path: Path) -> set[int]:
    """The plural forms that stand for one number only, as Arabic's for two, and need not say it."""
    with path.open("rb") as file:
        form = gettext.c2py(read_po(file).plural_expr)
    forms = [form(count) for count in range(1000)]
    return {form for form in forms if forms.count(form) == 1}


def test_what_nobody_has_proofread_is_marked_a_draft() -> None:
    """`config/words/README.md`: whoever has read one takes the header out, and its tag out of here."""
    marked = {path.stem for path in FOLDER.glob("*.po") if '\n"X-Kassa-Status: draft\\n"' in path.read_text()}
    assert marked == {"da", "fr", "pl", "uk"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_a_catalogue_says_everything_and_nothing_else(path: Path) -> None:
    entries = dict(_catalogue(path))
    assert not _spoken() - entries.keys(), "untranslated"
    assert not entries.keys() - _spoken(), "no longer said"
    assert not [key for key, texts in entries.items() if not all(texts)], "left empty"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_a_translation_fills_in_the_same_things(path: Path) -> None:
    single = _single(path)
    for (message, _), texts in _catalogue(path):
        source = message if isinstance(message, str) else message[-1]
        for form, text in enumerate(texts):
            unsaid = {"count"} if len(texts) > 2 and form in single else set()
            assert _fields(text) | unsaid == _fields(source), message
            assert text.count("**") == source.count("**"), message


def _fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize(
    ("minor", "english", "swedish"),
    [
        (20738, "207.38 kr", "207,38 kr"),
        (0, "0.00 kr", "0,00 kr"),
        (5, "0.05 kr", "0,05 kr"),
        (123456789, "1,234,567.89 kr", "1 234 567,89 kr"),
        (-1980, "−19.80 kr", "−19,80 kr"),
    ],
)
def test_money_has_the_readers_figures_and_the_shops_sign(
    shop: dict[str, Words], minor: int, english: str, swedish: str
) -> None:
    assert shop["en"].money(Money(minor)).replace("\xa0", " ") == english
    assert shop["sv"].money(Money(minor)).replace("\xa0", " ") == swedish
    assert shop["en"].amount(Money(minor)) == english.removesuffix(" kr")


def test_a_currency_without_minor_units_has_no_decimals() -> None:
    yen = load(FOLDER, ("en",), currency="JPY", territory="jp", zone=STOCKHOLM)["en"]
    assert yen.amount(Money(1500)) == "1,500"


def test_weights_rates_and_dates(shop: dict[str, Words]) -> None:
    when = 1_795_439_220_000
    assert shop["en"].weight(395) == "0.395\xa0kg"
    assert shop["sv"].weight(12_040) == "12,040\xa0kg"
    assert (shop["en"].rate(600), shop["en"].rate(1250), shop["sv"].rate(1250)) == ("6", "12.5", "12,5")
    assert shop["en"].day_and_time(when) == "23 Nov, 14:07"
    assert shop["sv"].day_and_time(when) == "23 nov, 14:07"
    assert shop["en"].born_before(when, 18) == "23 Nov 2008"
    assert shop["sv"].born_before(when, 18) == "23 nov 2008"


def test_a_birth_date_on_a_leap_day_is_the_day_before_in_other_years(shop: dict[str, Words]) -> None:
    leap_day = 1_709_200_800_000
    assert shop["en"].day_and_time(leap_day).startswith("29 Feb")
    assert shop["en"].born_before(leap_day, 18) == "28 Feb 2006"


def test_arabic_sentences_read_from_the_right_and_amounts_from_the_left() -> None:
    arabic = load(FOLDER, ("ar",), currency="SEK", territory="se", zone=STOCKHOLM)["ar"]
    assert arabic.money(Money(-1980)) == "\u200e−19.80\xa0kr"
    assert visual(arabic.say("You pay {amount}", amount=arabic.money(Money(1980))), rtl=True).startswith(
        "\u200e19.80\xa0kr"
    )
    assert visual(arabic.say("{weight} on the scale", weight=arabic.weight(840)), rtl=True).endswith("0.840\xa0kg")
    assert arabic.day_and_time(1_795_439_220_000) == "23 نوفمبر، 14:07"


def test_arabic_counts_in_six_forms() -> None:
    arabic = load(FOLDER, ("ar",), currency="SEK", territory="se", zone=STOCKHOLM)["ar"]
    said = [arabic.count("{count} item", "{count} items", n) for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["0 سلعة", "سلعة واحدة", "سلعتان", "3 سلع", "11 سلعة", "100 سلعة"]


def test_one_and_many(shop: dict[str, Words]) -> None:
    assert [shop["en"].count("{count} item", "{count} items", n) for n in (0, 1, 2)] == ["0 items", "1 item", "2 items"]
    assert [shop["sv"].count("{count} item", "{count} items", n) for n in (0, 1, 2)] == ["0 varor", "1 vara", "2 varor"]


def test_a_word_with_two_senses(shop: dict[str, Words]) -> None:
    assert shop["sv"].say("Done") == "Klar"
    assert shop["sv"].sense("step", "Done") == "Klart"
    assert shop["en"].sense("step", "Done") == "Done"


def test_braces_in_what_is_filled_in_are_left_alone(shop: dict[str, Words]) -> None:
    assert "{x}" in shop["en"].say("**We can’t find {code}.** Check the number.", code="{x}")


def test_a_language_without_words_is_refused_by_name() -> None:
    with pytest.raises(FileNotFoundError, match="'et'"):
        load(FOLDER, ("et",), currency="EUR", territory="ee", zone=STOCKHOLM)


def test_durations() -> None:
    assert (minutes(24_200), minutes(90_000), minutes(-5)) == ("0:24", "1:30", "0:00")
    assert (seconds_left(30_000, 0), seconds_left(30_000, 29_999), seconds_left(0, 5)) == (30, 1, 0)
