"""The words that people agree to have a version: whoever changes them in any language must give them a new one."""

import hashlib
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.ui import words as catalogues
from kiosk.ui.screens.consent import CONSENT_TEXT, agreed_words, offers_words

WORDS = Path(__file__).parents[3] / "config" / "words"
VERSIONS = {
    ("1", "en"): "68764ea142fe07df",
    ("1", "sv"): "f68092281cfc4277",
    ("1", "ar"): "f24c14349cb5187f",
    ("1", "de"): "d0e10cfe2caa922b",
    ("1", "fi"): "da655cd56522d61b",
    ("1", "fr"): "45f3b97467bbae3c",
    ("1", "nb"): "b647332d34b771b2",
    ("1", "da"): "bebad97da9d679d0",
    ("1", "pl"): "e645354e175dd1ba",
    ("1", "uk"): "6b6d7a97dc8ff02a",
}
"""Digest of the words by version and language. An old row stays: the store's books have its version."""


def test_the_words_are_those_of_their_version() -> None:
    languages = ("en", *(path.stem for path in sorted(WORDS.glob("*.po"))))
    spoken = catalogues.load(WORDS, languages, currency="SEK", territory="SE", zone=ZoneInfo("Europe/Stockholm"))
    for language, words in spoken.items():
        text = "\n".join((*agreed_words("{shop}", words), offers_words(words)))
        digest = hashlib.sha256(text.encode()).hexdigest()[:16]
        assert VERSIONS.get((CONSENT_TEXT, language)) == digest, f"new words in {language} need a new CONSENT_TEXT"
