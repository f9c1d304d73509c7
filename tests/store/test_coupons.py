"""A coupon that may be used once is used once: by whoever asked first, whatever comes late, twice or offline."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from selling import BREAD, NOW, ROWS, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.questions import CouponAsk
from kiosk.checkout.sale import Discount, Sale
from kiosk.wire.codec import encode
from kiosk.wire.offers_csv import OfferRow, read_offers
from kiosk.wire.outgoing import event_message
from store import coupons, vouchers
from store.__main__ import main
from store.database import open_books, writing
from store.ingest import take
from store.price_book import PriceBook
from store.schema import sale_flag
from store.vouchers import HOLD_MS, Asker, Voucher

CODE = "KC-TEN-0001"
OFFERS = """offer,kind,items,amount_minor,whole,coupon,once
ten,coupon,all,1000,yes,KC-TEN*,yes
fixed,coupon,all,500,yes,KC-SPRING,yes
free,coupon,all,500,yes,KC-ALL*,
"""


def offers() -> tuple[OfferRow, ...]:
    return read_offers(OFFERS, ROWS)


def issue(engine: Engine, **changes: object) -> None:
    with writing(engine) as connection:
        vouchers.issue(connection, replace(Voucher(CODE, "coupon", "", 1, "ten"), **changes))


def ask(engine: Engine, id_: str = "k01-000001-q1", now: int = NOW, offer: str = "ten", code: str = CODE) -> str:
    found = coupons.coupon(engine, Asker(id_.split("-")[0], id_, now), CouponAsk(code=code, offer=offer))
    assert found.held is (found.state == "ok")
    return found.state


def sold(till: Till, *codes: str) -> Sale:
    """A sale off which these were taken."""
    plain = till.sell((BREAD, 1))
    till.sequence, till.head = till.sequence - 1, plain.chain.previous
    line = replace(plain.lines[0], discounts=(Discount("ten", -1_000, "10 off", " ".join(codes)),))
    return till.sell((BREAD, 1), lines=(line,))


def seal(engine: Engine, till: Till, *codes: str) -> None:
    assert take(engine, on("sale", till.name), said(sold(till, *codes)), NOW).outcome == "new"


def release(engine: Engine, id_: str) -> None:
    message = event_message("s001", "k01", 1, "hold.released", {"id": id_}, "2026-11-23T09:00:00.000Z")
    assert take(engine, on("event"), encode(message), NOW).outcome == "new"


def flags(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(sale_flag.c.detail).where(sale_flag.c.reason == "coupon")))


def test_whoever_asks_first_has_it_and_asking_again_is_the_same(engine: Engine) -> None:
    issue(engine)
    assert [ask(engine), ask(engine), ask(engine, "k02-000001-q1")] == ["ok", "ok", "in_use"]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"blocked": True}, "blocked"),
        ({"expires_utc_ms": NOW}, "expired"),
        ({"offer": "other"}, "unknown"),
        ({"kind": "voucher"}, "unknown"),
    ],
)
def test_one_that_is_worth_nothing_says_why(engine: Engine, changes: dict[str, object], state: str) -> None:
    assert ask(engine) == "unknown", "nobody issued it"
    issue(engine, **changes)
    assert ask(engine) == state


def test_a_sale_uses_it_and_nothing_gives_it_back(engine: Engine) -> None:
    issue(engine)
    ask(engine)
    seal(engine, Till(), CODE)
    release(engine, "k01-000001-q1")
    assert ask(engine, "k02-000001-q1", NOW + 2 * HOLD_MS) == "used"
    assert flags(engine) == []


def test_what_is_let_go_is_free_and_so_is_what_nobody_comes_back_to(engine: Engine) -> None:
    issue(engine)
    ask(engine)
    release(engine, "k01-000001-q1")
    assert ask(engine, "k02-000001-q1") == "ok"
    assert ask(engine, "k03-000001-q1", NOW + HOLD_MS) == "ok"


def test_one_that_may_be_used_twice_is_used_twice(engine: Engine) -> None:
    issue(engine, amount_minor=2)
    assert [ask(engine, f"k0{n}-000001-q1") for n in (1, 2, 3)] == ["ok", "ok", "in_use"]
    for name in ("k01", "k02"):
        seal(engine, Till(name), CODE)
    assert ask(engine, "k03-000001-q2") == "used"
    assert flags(engine) == []


def test_a_sale_made_while_nobody_could_be_asked_uses_it_and_a_second_one_is_flagged(engine: Engine) -> None:
    issue(engine)
    seal(engine, Till("k01"), CODE)
    assert ask(engine, "k03-000001-q1") == "used"
    seal(engine, Till("k02"), CODE)
    assert flags(engine) == [f"{CODE} was used more often than it may be"]


def test_an_offline_sale_while_another_lane_keeps_it_is_found_out_when_both_have_sold(engine: Engine) -> None:
    issue(engine)
    ask(engine)
    seal(engine, Till("k02"), CODE)
    assert flags(engine) == []
    seal(engine, Till("k01"), CODE)
    assert len(flags(engine)) == 1


def test_a_sale_may_name_several_and_one_that_is_the_same_for_everybody(engine: Engine) -> None:
    issue(engine)
    issue(engine, number="KC-TEN-0002")
    seal(engine, Till(), CODE, "KC-TEN-0002", "KC-ALL-SPRING")
    assert [ask(engine, "k02-000001-q1"), ask(engine, "k02-000001-q2", code="KC-TEN-0002")] == ["used", "used"]
    assert flags(engine) == []


def test_a_void_uses_nothing(engine: Engine) -> None:
    issue(engine)
    till = Till()
    line = replace(till.sell((BREAD, 1)).lines[0], discounts=(Discount("ten", -1_000, "", CODE),))
    till = Till()
    void = till.sell((BREAD, 1), kind="void", lines=(line,))
    assert take(engine, on("sale"), said(void), NOW).outcome == "new"
    assert ask(engine, "k02-000001-q1") == "ok"


def test_nine_questions_of_three_lanes_at_the_same_moment(engine: Engine, database_url: str) -> None:
    """Connections of their own, as processes would have: one visit gets it, the others hear that it is in use."""
    issue(engine)
    engines = {till: open_books(database_url) for till in ("k01", "k02", "k03")}
    start = threading.Barrier(9)
    heard: list[str] = []

    def want(till: str, n: int) -> Callable[[], None]:
        def run() -> None:
            start.wait()
            heard.append(ask(engines[till], f"{till}-000001-q{n}"))

        return run

    threads = [threading.Thread(target=want(till, n)) for till in engines for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in engines.values():
        each.dispose()
    assert sorted(heard) == ["in_use"] * 8 + ["ok"]


# --- issuing ----------------------------------------------------------------------------------------------------------


def test_new_codes_are_of_the_offer_and_no_two_alike() -> None:
    codes = coupons.make_codes(offers()[0], 200)
    assert len(set(codes)) == 200
    assert all(code.startswith("KC-TEN") and len(code) == len("KC-TEN") + 10 for code in codes)


@pytest.mark.parametrize(("name", "why"), [("nothing", "there is no offer"), ("free", "say once=yes")])
def test_only_offers_whose_coupons_are_used_once_have_codes(name: str, why: str) -> None:
    with pytest.raises(coupons.BadCoupons, match=why):
        coupons.offer_named(offers(), name)


def test_an_offer_with_one_fixed_code_has_no_other() -> None:
    with pytest.raises(coupons.BadCoupons, match="every coupon of fixed says KC-SPRING"):
        coupons.make_codes(offers()[1], 1)


BAD_LINES = [
    ("KC-ELEVEN-1,ten,,", "no code of ten"),
    ("KC-TEN 1,ten,,", "characters that no coupon has"),
    ("KC-TEN-1,ten,0,", "uses must be"),
    ("KC-TEN-1,ten,1000000000,", "uses must be"),
    ("KC-TEN-1,ten,,soon", "is not a day"),
    ("KC-TEN-1,free,,", "say once=yes"),
    (f"KC-TEN-{'1' * 40},ten,,", "no code of ten"),
    ("KC-TEN-0,ten,,", "already on line 2"),
]


@pytest.mark.parametrize(("line", "why"), BAD_LINES)
def test_a_bad_line_is_named(line: str, why: str) -> None:
    with pytest.raises(coupons.BadCoupons, match=f"line 3: .*{why}"):
        coupons.read_codes(f"code,offer,uses,expires\nKC-TEN-0,ten,2,2026-12-24\n{line}\n", offers())


def test_a_file_of_codes_is_read_as_it_says() -> None:
    (one,) = coupons.read_codes("code,offer,uses,expires\nKC-TEN-0,ten,2,1970-01-01\n", offers())
    assert (one.number, one.offer, one.amount_minor, one.expires_utc_ms) == ("KC-TEN-0", "ten", 2, 86_400_000)
    with pytest.raises(coupons.BadCoupons, match="no column offer"):
        coupons.read_codes("code\nKC-TEN-0\n", offers())


def test_codes_are_issued_from_the_shell_all_or_none(
    engine: Engine, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    PriceBook(engine).replace(ROWS, NOW, "a test", offers=offers())
    config = tmp_path / "store.toml"
    config.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{database_url}"\n')
    assert main(["coupon", "issue", "ten", "--count", "3", "--config", str(config)]) == 0
    header, *made = capsys.readouterr().out.splitlines()
    assert header == "code,offer" and len(made) == 3
    assert ask(engine, code=made[0].split(",")[0]) == "ok"
    file = tmp_path / "codes.csv"
    file.write_text(f"code,offer\nKC-TEN-A,ten\n{made[1]}\n")
    assert main(["coupon", "import", str(file), "--config", str(config)]) == 1
    assert "was issued before" in capsys.readouterr().err
    assert ask(engine, "k01-000001-q2", code="KC-TEN-A") == "unknown", "nothing of a bad file is issued"
    file.write_text("code,offer\nKC-TEN-A,ten\n")
    assert main(["coupon", "import", str(file), "--config", str(config)]) == 0
    assert ask(engine, "k01-000001-q3", code="KC-TEN-A") == "ok"
    assert main(["coupon", "issue", "ten", "--count", "0", "--config", str(config)]) == 1
    assert capsys.readouterr().err == "store: --count is from 1 to 100000\n"
