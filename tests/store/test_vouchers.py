"""What can be used up is used up once: asked twice, by two lanes at the same moment, released late, sold twice."""

import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from selling import BREAD, NOW, Till, back, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import GiftCardAnswer, GiftCardAsk, LineUnits
from kiosk.checkout.sale import Sale, seal
from kiosk.values.deposit_slip import written
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store import vouchers
from store.database import open_books, writing
from store.ingest import take
from store.schema import hold, sale_flag
from store.vouchers import Asker, Voucher

NUMBER = "KG-1"


def issue(engine: Engine, amount_minor: int = 10_000, **changes: object) -> None:
    one = replace(Voucher(NUMBER, "gift_card", "SEK", amount_minor), **changes)
    with writing(engine) as connection:
        vouchers.issue(connection, one)


def ask(
    engine: Engine, id_: str = "k01-000001-q1", hold_minor: int = 0, now: int = NOW, number: str = NUMBER
) -> GiftCardAnswer:
    question = GiftCardAsk(number=number, currency="SEK", hold_minor=hold_minor)
    return vouchers.gift_card(engine, Asker(id_.split("-")[0], id_, now), question)


def sold_with(till: Till, id_: str, amount_minor: int = 3290) -> Sale:
    """A sale that was paid with what is held under this id."""
    drafted = till.sell((BREAD, 1))
    till.sequence -= 1
    till.head = drafted.chain.previous
    tender = replace(drafted.tenders[0], kind="gift_card", attempt=id_, card=None, amount_minor=amount_minor)
    return till.sell((BREAD, 1), tenders=(tender,))


def release(engine: Engine, id_: str, n: int = 1, till: str = "k01") -> None:
    message = event_message("s001", till, n, "hold.released", {"id": id_}, "2026-11-23T09:00:00.000Z")
    assert take(engine, on("event", till), encode(message), NOW).outcome == "new"


def flags(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(sale_flag.c.detail).where(sale_flag.c.reason == "voucher")))


def test_a_card_tells_its_balance_and_keeps_what_is_held(engine: Engine) -> None:
    issue(engine)
    assert ask(engine) == GiftCardAnswer(state="ok", balance_minor=10_000)
    assert ask(engine, hold_minor=3_000) == GiftCardAnswer(state="ok", balance_minor=7_000, held_minor=3_000)
    assert ask(engine, "k02-000001-q1", 9_000) == GiftCardAnswer(state="ok", balance_minor=0, held_minor=7_000)
    assert ask(engine, "k02-000001-q2", 9_000) == GiftCardAnswer(state="ok", balance_minor=0, held_minor=0)


def test_the_same_question_again_holds_nothing_more(engine: Engine) -> None:
    issue(engine)
    first = ask(engine, hold_minor=3_000)
    assert ask(engine, hold_minor=3_000) == first


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"blocked": True}, "blocked"),
        ({"expires_utc_ms": NOW}, "expired"),
        ({"currency": "NOK"}, "other_currency"),
        ({"kind": "coupon"}, "unknown"),
    ],
)
def test_a_card_that_is_worth_nothing_here_says_why(engine: Engine, changes: dict[str, object], state: str) -> None:
    issue(engine, **changes)
    assert ask(engine, hold_minor=1).state == state
    with engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(hold)) == 0


def test_a_number_that_nobody_issued_is_unknown_and_none_is_issued_twice(engine: Engine) -> None:
    assert ask(engine).state == "unknown"
    issue(engine)
    with pytest.raises(vouchers.NumberTaken, match=NUMBER):
        issue(engine)


def test_what_is_released_can_be_held_again_and_the_old_question_finds_nothing(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=10_000)
    release(engine, "k01-000001-q1")
    assert ask(engine, hold_minor=10_000).held_minor == 0
    assert ask(engine, "k02-000001-q1", 10_000).held_minor == 10_000


def test_a_question_that_comes_after_its_release_holds_nothing(engine: Engine) -> None:
    issue(engine)
    release(engine, "k01-000001-q1")
    assert ask(engine, hold_minor=10_000) == GiftCardAnswer(state="ok", balance_minor=10_000, held_minor=0)


def test_another_lane_cannot_release_it(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=10_000)
    release(engine, "k01-000001-q1", till="k02")
    assert ask(engine, "k02-000001-q1", 1).held_minor == 0


def test_the_sale_spends_it_and_neither_release_nor_time_gives_it_back(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=3_290)
    assert take(engine, on("sale"), said(sold_with(Till(), "k01-000001-q1")), NOW).outcome == "new"
    release(engine, "k01-000001-q1")
    assert ask(engine, "k02-000001-q1", now=NOW + 2 * vouchers.HOLD_MS).balance_minor == 10_000 - 3_290
    assert flags(engine) == []


def test_a_hold_that_nobody_comes_back_to_is_free_after_a_day(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=10_000)
    assert ask(engine, "k02-000001-q1", 1, NOW + vouchers.HOLD_MS - 1).held_minor == 0
    assert ask(engine, "k02-000001-q2", 1, NOW + vouchers.HOLD_MS).held_minor == 1


def test_a_till_that_asks_again_for_what_it_still_holds_gets_it_once_however_late(engine: Engine) -> None:
    """Its basket may have been open for days, or the clock has jumped: the same card does not pay twice in it."""
    issue(engine)
    assert ask(engine, "k01-000009-q1", 10_000).held_minor == 10_000
    assert ask(engine, "k01-000009-q2", 10_000, NOW + 3 * vouchers.HOLD_MS).held_minor == 0
    assert ask(engine, "k02-000001-q3", 10_000, NOW + 3 * vouchers.HOLD_MS).held_minor == 10_000


def test_a_sale_that_names_what_nobody_kept_is_in_the_books_with_a_flag(engine: Engine) -> None:
    issue(engine)
    assert take(engine, on("sale"), said(sold_with(Till(), "k01-000001-q1")), NOW).outcome == "new"
    assert flags(engine) == ["nobody kept k01-000001-q1 for this sale"]


def test_a_second_sale_with_the_same_hold_is_flagged(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=3_290)
    till = Till()
    for _ in range(2):
        take(engine, on("sale"), said(sold_with(till, "k01-000001-q1")), NOW)
    assert flags(engine) == ["k01-000001-q1 was spent by s001/k01/2026-11-23/000001 before"]


def test_more_than_is_on_it_is_flagged(engine: Engine) -> None:
    issue(engine, 3_000)
    ask(engine, hold_minor=3_000)
    take(engine, on("sale"), said(sold_with(Till(), "k01-000001-q1")), NOW)
    assert flags(engine) == [f"more was taken from {NUMBER} than is on it"]


def at_once(*deeds: Callable[[], None]) -> None:
    """All of them, each in a thread of its own, begun together."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], None]) -> None:
        start.wait()
        deed()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_lanes_want_the_whole_card_at_the_same_moment(engine: Engine, database_url: str) -> None:
    """Connections and engines of their own, as two processes would have; one gets it, the other nothing."""
    issue(engine)
    engines = {till: open_books(database_url) for till in ("k01", "k02", "k03")}
    held: list[int] = []

    def want(till: str, n: int) -> Callable[[], None]:
        return lambda: held.append(ask(engines[till], f"{till}-000001-q{n}", 10_000).held_minor)

    at_once(*(want(till, n) for till in engines for n in range(3)))
    for each in engines.values():
        each.dispose()
    assert sorted(held) == [0] * 8 + [10_000]


_DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["hold", "release", "sell"]),
        st.integers(1, 4),
        st.integers(1, 6_000),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def books() -> Iterator[Engine]:
    """One for all examples: each has a card and a lane of its own."""
    opened = open_books("sqlite://")
    yield opened
    opened.dispose()


_EXAMPLE = itertools.count()


@settings(max_examples=40)
@given(_DEEDS)
def test_whatever_happens_no_more_is_spent_and_held_than_there_is(
    books: Engine, deeds: list[tuple[str, int, int]]
) -> None:
    """A model of one card: what is free is what was issued less what is held and spent, and the books agree."""
    name = f"k{next(_EXAMPLE)}"
    number, till, spent = f"KG-{name}", Till(name), 0
    issue(books, number=number)
    held: dict[int, int] = {}
    ended: set[int] = set()
    for serial, (deed, n, amount) in enumerate(deeds, start=1):
        id_ = f"{name}-000001-q{n}"
        if deed == "hold":
            got = ask(books, id_, amount, number=number).held_minor
            assert (
                got == held.get(n, 0 if n in ended else min(amount, 10_000 - spent - sum(held.values()))) or n in ended
            )
            if got and n not in ended:
                held[n] = got
        elif deed == "release":
            release(books, id_, serial, name)
            held.pop(n, None)
            ended.add(n)
        elif n in held:
            used = held.pop(n)
            take(books, on("sale", name), said(sold_with(till, id_, used)), NOW)
            spent += used
            ended.add(n)
        assert ask(books, "k-q", number=number).balance_minor == 10_000 - spent - sum(held.values())
    assert flags(books) == []


# --- signed slips -----------------------------------------------------------------------------------------------------

SLIP = written("KD-M1-7", 1_200, "SEK", date(2026, 11, 20), "A" * 86)


def ask_slip(engine: Engine, id_: str, hold_minor: int) -> GiftCardAnswer:
    question = GiftCardAsk(number="KD-M1-7", currency="SEK", hold_minor=hold_minor, slip=SLIP)
    return vouchers.gift_card(engine, Asker(id_.split("-")[0], id_, NOW), question)


def sold_on_trust(till: Till, amount_minor: int) -> Sale:
    drafted = till.sell((BREAD, 1))
    till.sequence -= 1
    till.head = drafted.chain.previous
    card = drafted.tenders[0]
    id_ = f"{till.name}-000001-q1"
    slip = replace(card, kind="voucher", attempt=id_, card=None, amount_minor=amount_minor, slip=SLIP)
    return till.sell((BREAD, 1), tenders=(slip, replace(card, amount_minor=card.amount_minor - amount_minor)))


def test_a_signed_slip_is_in_the_books_from_the_first_question(engine: Engine) -> None:
    assert ask_slip(engine, "k01-000001-q1", 500) == GiftCardAnswer(
        state="ok", balance_minor=700, held_minor=500, kind="deposit"
    )
    assert ask_slip(engine, "k02-000001-q1", 1_200).held_minor == 700


def test_two_lanes_that_trusted_the_same_slip_are_found_out(engine: Engine) -> None:
    assert take(engine, on("sale", "k01"), said(sold_on_trust(Till("k01"), 1_200)), NOW).outcome == "new"
    assert flags(engine) == []
    assert take(engine, on("sale", "k02"), said(sold_on_trust(Till("k02"), 800)), NOW).outcome == "new"
    assert flags(engine) == ["more was taken from KD-M1-7 than is on it"]
    assert ask_slip(engine, "k03-000001-q1", 1).balance_minor == 0


def test_a_question_that_was_given_up_does_not_spend_the_slip_twice(engine: Engine) -> None:
    """The answer was late: the lane trusted the slip, the store had kept it, and the lane's report lets that go."""
    ask_slip(engine, "k01-000001-q1", 1_200)
    assert take(engine, on("sale", "k01"), said(sold_on_trust(Till("k01"), 1_000)), NOW).outcome == "new"
    release(engine, "k01-000001-q1")
    assert flags(engine) == []
    assert ask_slip(engine, "k02-000001-q1", 1_200).held_minor == 200


def test_one_that_the_shop_has_blocked_is_flagged(engine: Engine) -> None:
    issue(engine, 1_200, number="KD-M1-7", kind="deposit", blocked=True)
    take(engine, on("sale", "k01"), said(sold_on_trust(Till("k01"), 500)), NOW)
    assert flags(engine) == ["more was taken from KD-M1-7 than is on it"]


# --- returns ----------------------------------------------------------------------------------------------------------


def paid_back(sold: Sale, minor: int, unit: int = 0, sequence: int = 2, previous: str = "") -> Sale:
    """The sealed return of one bread, onto the voucher that paid for it."""
    one = back(sold, (LineUnits(1, (unit,)),), sequence=sequence)
    tender = replace(sold.tenders[0], amount_minor=-minor)
    chain = replace(one.chain, previous=previous or one.chain.previous)
    return seal(replace(one, tenders=(tender,), chain=chain))


def test_a_return_puts_the_money_back_onto_the_card_once(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=3_290)
    sold = sold_with(Till(), "k01-000001-q1")
    one = paid_back(sold, 3_290)
    for letter in (sold, one, one, sold):
        take(engine, on("sale"), said(letter), NOW)
    assert (ask(engine, "k01-000009-q1").balance_minor, flags(engine)) == (10_000, [])


def test_a_return_that_comes_before_its_sale_puts_the_same_back(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=3_290)
    sold = sold_with(Till(), "k01-000001-q1")
    for letter in (paid_back(sold, 3_290), sold):
        take(engine, on("sale"), said(letter), NOW)
    assert (ask(engine, "k01-000009-q1").balance_minor, flags(engine)) == (10_000, [])


def test_no_more_goes_back_than_was_taken_however_often_it_is_said(engine: Engine) -> None:
    issue(engine)
    ask(engine, hold_minor=3_290)
    sold = sold_with(Till(), "k01-000001-q1")
    first = paid_back(sold, 3_290)
    again = paid_back(sold, 3_290, sequence=3, previous=first.chain.hash)
    for letter in (sold, first, again):
        take(engine, on("sale"), said(letter), NOW)
    assert ask(engine, "k01-000009-q1").balance_minor == 10_000
    assert flags(engine) == [f"more would go back to {NUMBER} than was taken from it"]


def test_nothing_goes_back_to_a_voucher_that_did_not_pay(engine: Engine) -> None:
    issue(engine)
    sold = sold_with(Till(), "k01-000001-q1")
    take(engine, on("sale"), said(paid_back(sold, 3_290)), NOW)
    assert ask(engine, "k01-000009-q1").balance_minor == 10_000
    assert flags(engine) == ["nothing was paid with k01-000001-q1 that could be put back"]


def test_a_till_that_gives_its_names_out_again_stops_nobody(engine: Engine) -> None:
    """Restored from an old copy it sells again under the attempt of an earlier sale; both count."""
    till = Till()
    assert take(engine, on("sale"), said(sold_on_trust(till, 500)), NOW).outcome == "new"
    assert take(engine, on("sale"), said(sold_on_trust(till, 600)), NOW).outcome == "new"
    assert flags(engine) == []
    assert ask_slip(engine, "k02-000001-q1", 1_200).held_minor == 100


def test_a_sale_that_names_one_attempt_twice_is_flagged(engine: Engine) -> None:
    till = Till()
    sale = sold_on_trust(till, 500)
    assert take(engine, on("sale"), said(sale), NOW).outcome == "new"
    twice = till.sell((BREAD, 1), tenders=(sale.tenders[0], sale.tenders[0]))
    assert take(engine, on("sale"), said(twice), NOW).outcome == "new"
    assert flags(engine) == ["k01-000001-q1 stands twice in this sale"]
