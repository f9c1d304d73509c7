"""Whispers: what somebody typed that the journal must never have, such as a telephone number.

An event is written down for ever, so it carries only a word that stands for what was typed. The text itself stays here,
in memory, until the visit ends, and is put into the question on its way to the store; a restart forgets it, and the
shopper types again. (A card's number is kept as it is: without the store's books it names nobody, and it must last
while the store is away.)
"""

import secrets

from msgspec.structs import replace

from kiosk.checkout.questions import EmailAsk, MemberAsk, Question, SignUpAsk

_MARK = "whispered:"
_REMEMBERED = 8


class Whispers:
    """A few texts of one visit, by the words that stand for them."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def keep(self, text: str) -> str:
        """The word that stands for it from now on. It says nothing about the text."""
        word = _MARK + secrets.token_hex(8)
        self._texts[word] = text
        while len(self._texts) > _REMEMBERED:
            del self._texts[next(iter(self._texts))]
        return word

    def forget(self) -> None:
        """The visit is over: nothing of it is kept."""
        self._texts.clear()

    def spoken(self, question: Question) -> Question | None:
        """The question with the text itself in it; None if that is forgotten and nothing can come of asking."""
        if isinstance(question, SignUpAsk):
            return replace(question, contact=self._texts.get(question.contact, ""))
        if isinstance(question, EmailAsk):
            return replace(question, address=self._texts.get(question.address, ""))
        if not isinstance(question, MemberAsk) or not question.key.startswith(_MARK):
            return question
        text = self._texts.get(question.key)
        return None if text is None else replace(question, key=text)
