"""Matching: whether a word somebody typed means a word of the price book. Pure.

Theory. Both words are folded first: case, accents and the letters that a foreign keyboard lacks do not count (`ø` is
`o`, `æ` is `ae`, `ß` is `ss`, `ґ` is `г`), nor what people who write Arabic often leave out: hamza, the dots of `ة` and
`ي` at the end of a word. Then, from good to worse: it is the word; it begins the word; it stands inside it; it begins
the word but for a slip. A slip is one letter wrong, missing, too many, or two neighbours changed over: the optimal
string alignment distance (Damerau 1964, restricted to neighbours), taken against every beginning of the word, since
nobody types words to their end. Short words allow no slip, or everything would match everything.

A slip is only looked for where letters allow it: a word that lacks more of the typed letters than slips are allowed
cannot match, which spares nearly all the work.
"""

import unicodedata

EXACT, BEGINNING, INSIDE, SLIPPED = 0, 1, 2, 4
"""What a match costs; a slip costs one more each."""
NO_MATCH = 99
INSIDE_FROM = 3
"""Letters from which a part in the middle of a word counts."""
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "œ": "oe", "ґ": "г", "ى": "ي", "ة": "ه"}
    | dict.fromkeys("’ʼ'ـ", "")
)


def fold(text: str) -> str:
    """The text as it is compared."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(char for char in apart if not unicodedata.combining(char))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, whatever stands between them."""
    return tuple("".join(char if char.isalnum() else " " for char in fold(text)).split())


def allowed(typed: str) -> int:
    """How many slips a word of this length may have."""
    return 0 if len(typed) < 4 else 1 if len(typed) < 8 else 2


def cost(typed: str, word: str) -> int:
    """How far the typed word is from meaning this one, without a slip; both folded. NO_MATCH: it is not."""
    if typed == word:
        return EXACT
    if word.startswith(typed):
        return BEGINNING
    return INSIDE if len(typed) >= INSIDE_FROM and typed in word else NO_MATCH


def cost_with_slips(typed: str, word: str) -> int:
    """The same where slips are forgiven."""
    most = allowed(typed)
    if not most or len(word) < len(typed) - most or len(set(typed) - set(word)) > most:
        return NO_MATCH
    slips = _slips(typed, word[: len(typed) + most])
    return SLIPPED + slips if slips <= most else NO_MATCH


def _slips(typed: str, word: str) -> int:
    """The fewest slips that make a beginning of `word` into `typed`."""
    before: list[int] = []
    row = list(range(len(typed) + 1))
    fewest = row[-1]
    for end in range(1, len(word) + 1):
        before, row = row, next_row(typed, word[:end], before, row)
        fewest = min(fewest, row[-1])
    return fewest


def next_row(typed: str, word: str, before: list[int], row: list[int]) -> list[int]:
    """The table's next row: slips between `word` and each beginning of `typed`. `row` is that of the word without its
    last letter, `before` of the word without its last two."""
    letter, left = word[-1], len(word)
    out = [left]
    for j, other in enumerate(typed, 1):
        left = min(row[j] + 1, left + 1, row[j - 1] + (letter != other))
        if before and j > 1 and letter == typed[j - 2] and word[-2] == other and before[j - 2] < left:
            left = before[j - 2] + 1
        out.append(left)
    return out
