"""A piece comes back once: whoever asks, on two lanes at the same moment, late, twice, or while the store was away."""

import threading
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from selling import BREAD, NOW, ROWS, WATER, Till, back, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import LineUnits, SaleAnswer, SaleAsk, Wanted
from kiosk.checkout.sale import Original, Sale, receipt_token, seal
from kiosk.wire import asking
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store import returns, stock
from store.answering import answer
from store.config import Config
from store.database import open_books
from store.ingest import take
from store.price_book import PriceBook
from store.schema import sale_flag
from store.vouchers import HOLD_MS, Asker

ONE = (Wanted(1, 1),)


def bought(engine: Engine) -> Sale:
    """Three breads and two bottles of water, in the books."""
    sold = Till().sell((BREAD, 3), (WATER, 2))
    assert take(engine, on("sale"), said(sold), NOW).outcome == "new"
    return sold


def ask(
    engine: Engine, find: str, wanted: Sequence[Wanted] = (), id_: str = "k01-000002-q1", now: int = NOW
) -> SaleAnswer:
    return returns.look_up(engine, Asker(id_.split("-")[0], id_, now), SaleAsk(find=find, take=tuple(wanted)))


def book(engine: Engine, one: Sale) -> None:
    assert take(engine, on("sale", one.till), said(one), NOW).outcome == "new"


def flags(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(sale_flag.c.detail).where(sale_flag.c.reason == "return")))


def release(engine: Engine, id_: str) -> None:
    message = event_message("s001", "k01", 1, "hold.released", {"id": id_}, "2026-11-23T09:00:00.000Z")
    assert take(engine, on("event"), encode(message), NOW).outcome == "new"


def test_a_sale_is_found_by_key_by_the_receipts_number_and_by_its_address(engine: Engine) -> None:
    sold = bought(engine)
    for find in (
        sold.key,
        f" {sold.key} ",
        "k01/1",
        "s001/k01/000001",
        f"https://shop.example/r/{receipt_token(sold)}",
    ):
        found = ask(engine, find)
        assert (found.state, found.sale, found.gone, found.held) == ("ok", sold, (), ())


@pytest.mark.parametrize("find", ["", "/", "k02/1", "k01/2", "1", "k01/-1", "k01/²", "x" * 400, "k01/" + "9" * 30])
def test_nonsense_is_no_sale(engine: Engine, find: str) -> None:
    bought(engine)
    assert ask(engine, find, ONE) == SaleAnswer(state="unknown")


def test_nothing_comes_back_of_a_void_or_of_training(engine: Engine) -> None:
    till = Till()
    book(engine, till.sell((BREAD, 1), kind="void"))
    book(engine, till.sell((BREAD, 1), training=True))
    assert [ask(engine, f"k01/{n}").state for n in (1, 2)] == ["no_sale", "no_sale"]


def test_what_one_lane_keeps_another_does_not_get_and_asking_again_is_the_same(engine: Engine) -> None:
    sold = bought(engine)
    first = ask(engine, sold.key, [Wanted(1, 2), Wanted(2, 1)])
    assert first.held == (LineUnits(1, (0, 1)), LineUnits(2, (0,)))
    assert ask(engine, sold.key, [Wanted(1, 2), Wanted(2, 1)]) == first
    second = ask(engine, sold.key, [Wanted(1, 2)], "k02-000001-q1")
    assert (second.state, second.held, second.gone) == ("gone", (), first.held)
    assert ask(engine, sold.key, ONE, "k02-000001-q2").held == (LineUnits(1, (2,)),)


@pytest.mark.parametrize("wanted", [[Wanted(1, 4)], [Wanted(3, 1)], [Wanted(1, 2), Wanted(1, 2)], [Wanted(-1, 1)]])
def test_more_than_was_sold_is_refused_whole(engine: Engine, wanted: list[Wanted]) -> None:
    sold = bought(engine)
    assert ask(engine, sold.key, [Wanted(2, 1), *wanted]).state == "gone"
    assert ask(engine, sold.key).gone == ()


def test_a_release_and_a_day_make_it_free_again_and_a_late_question_gets_nothing(engine: Engine) -> None:
    sold = bought(engine)
    release(engine, "k01-000002-q1")
    assert ask(engine, sold.key, ONE).state == "gone", "it was let go before it was asked"
    assert ask(engine, sold.key, [Wanted(1, 3)], "k02-000001-q1").state == "ok"
    assert ask(engine, sold.key, ONE, "k03-000001-q1", NOW + HOLD_MS - 1).state == "gone"
    assert ask(engine, sold.key, ONE, "k03-000001-q2", NOW + HOLD_MS).state == "ok"


def test_a_sealed_return_takes_its_pieces_for_good_and_the_goods_are_on_the_shelf_again(engine: Engine) -> None:
    PriceBook(engine).replace(ROWS, NOW, "test")
    sold = bought(engine)
    held = ask(engine, sold.key, [Wanted(1, 1), Wanted(2, 2)]).held
    book(engine, back(sold, held, "k01-000002-q1"))
    release(engine, "k01-000002-q1")
    assert ask(engine, sold.key, now=NOW + 2 * HOLD_MS).gone == held
    assert stock.levels(engine, [BREAD.code])[BREAD.code].count == -2
    with engine.connect() as connection:
        assert list(connection.execute(sa.select(sale_flag))) == []


def test_returns_made_while_the_store_was_away_are_written_down_and_the_second_is_flagged(engine: Engine) -> None:
    sold = bought(engine)
    piece = (LineUnits(1, (0,)),)
    book(engine, back(sold, piece))
    assert (ask(engine, sold.key).gone, flags(engine)) == (piece, [])
    book(engine, back(sold, piece, till="k02", sequence=1))
    assert flags(engine) == [f"line 1 of {sold.key} had come back before"]


def test_what_another_lane_keeps_is_not_spent_by_a_return_that_names_it(engine: Engine) -> None:
    sold = bought(engine)
    held = ask(engine, sold.key, ONE).held
    book(engine, back(sold, held, "k01-000002-q1", till="k02", sequence=1))
    book(engine, back(sold, held, "k01-000002-q1"))
    assert len(flags(engine)) == 1


def test_two_lines_that_name_holds_of_others_are_written_down_together(engine: Engine) -> None:
    sold = bought(engine)
    ask(engine, sold.key, ONE, "k02-000001-q1")
    one = back(sold, (LineUnits(1, (0,)), LineUnits(2, (1,))))
    named = [
        replace(line, original=replace(line.original, hold=f"k0{n}-000001-q1")) for n, line in enumerate(one.lines, 2)
    ]
    book(engine, seal(replace(one, lines=tuple(named))))
    assert ask(engine, sold.key, now=NOW + HOLD_MS).gone == (LineUnits(1, (0,)), LineUnits(2, (1,)))


def test_a_piece_with_a_number_that_no_shop_has_is_set_aside(engine: Engine) -> None:
    sold = bought(engine)
    one = back(sold, (LineUnits(1, (0,)),))
    wild = replace(one.lines[0], original=Original(sold.key, 1, (10**30,)))
    assert take(engine, on("sale"), said(seal(replace(one, lines=(wild,)))), NOW).outcome == "refused"


def test_two_lanes_at_once_never_keep_the_same_piece(engine: Engine, database_url: str) -> None:
    sold = bought(engine)
    ready, found = threading.Barrier(4), []

    def want(till: str) -> None:
        books = open_books(database_url)
        ready.wait(10)
        found.append(ask(books, sold.key, [Wanted(1, 2)], f"{till}-000001-q1"))
        books.dispose()

    lanes = [threading.Thread(target=want, args=(f"k{n:02d}",)) for n in range(4)]
    for lane in lanes:
        lane.start()
    for lane in lanes:
        lane.join(20)
    assert sorted(one.state for one in found) == ["gone", "gone", "gone", "ok"]


def test_the_question_and_its_answer_travel(engine: Engine) -> None:
    sold = bought(engine)
    question = asking.question("k01-000002-q1", SaleAsk(find="k01/1", take=ONE))
    heard = asking.answered(answer(engine, Config(store="s001"), "k01", question, NOW), SaleAnswer)
    assert heard == SaleAnswer(state="ok", sale=sold, held=(LineUnits(1, (0,)),))
    wild = replace(question, data={"find": "k01/1", "take": [{"line": 1, "count": 0}]})
    assert answer(engine, Config(store="s001"), "k01", wild, NOW).error
