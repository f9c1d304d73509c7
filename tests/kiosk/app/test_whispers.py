"""What was typed goes to the store and nowhere else."""

from kiosk.app.whispers import Whispers
from kiosk.checkout.questions import GiftCardAsk, MemberAsk, SignUpAsk


def test_a_word_stands_for_what_was_typed_and_says_nothing_of_it() -> None:
    whispers = Whispers()
    first, second = whispers.keep("0701234567"), whispers.keep("0701234567")
    assert first != second
    assert "0701234567" not in first + second
    assert whispers.spoken(MemberAsk(key=first)) == MemberAsk(key="0701234567")


def test_after_a_restart_or_many_others_it_is_forgotten() -> None:
    whispers = Whispers()
    word = whispers.keep("0701234567")
    assert Whispers().spoken(MemberAsk(key=word)) is None
    for n in range(8):
        whispers.keep(str(n))
    assert whispers.spoken(MemberAsk(key=word)) is None


def test_what_was_not_whispered_is_asked_as_it_is() -> None:
    for question in (MemberAsk(key="KM-1"), GiftCardAsk(number="KG-1", currency="SEK")):
        assert Whispers().spoken(question) == question


def test_with_the_visit_all_of_it_is_forgotten() -> None:
    whispers = Whispers()
    word = whispers.keep("0701234567")
    whispers.forget()
    assert whispers.spoken(MemberAsk(key=word)) is None


def test_a_sign_up_is_asked_again_without_what_is_forgotten_since_the_store_may_have_made_it() -> None:
    whispers = Whispers()
    ask = SignUpAsk(contact=whispers.keep("0701234567"), text="1", language="sv")
    said = whispers.spoken(ask)
    assert isinstance(said, SignUpAsk)
    assert said.contact == "0701234567"
    again = Whispers().spoken(ask)
    assert isinstance(again, SignUpAsk)
    assert again.contact == ""
