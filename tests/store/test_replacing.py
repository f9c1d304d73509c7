"""A till goes on on another machine: its numbers, its chain, what may be lost, and the old machine that comes back."""

import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from adopting import Shop, real_now_utc_ms, request_of
from msgspec.structs import replace
from selling import BREAD, NOW, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.__main__ import main as kiosk
from kiosk.checkout.sale import Chain, Sale, seal
from kiosk.checkout.succession import Succession
from kiosk.storage.journal import Batch, open_journal
from kiosk.storage.outbox import rows_of
from kiosk.wire.adoption import read_code
from kiosk.wire.codec import encode, envelope
from kiosk.wire.messages import Health, LaneEvent, LaneState
from kiosk.wire.outgoing import till_source
from store import losses, replacing
from store.__main__ import main
from store.adoption import CannotAdopt, Knock, adopt, make_code
from store.certificates import common_name
from store.database import writing
from store.gaps import gaps
from store.ingest import Taken, take
from store.lanes import Lane
from store.losses import NotOpen
from store.quarantine import count_waiting, waiting
from store.replacing import ROOM
from store.schema import sale_flag
from store.vouchers import Asker, write_hold

KEY, OTHER_KEY = "ab" * 32, "cd" * 32


def booked(engine: Engine, *sales: Sale) -> list[Taken]:
    return [take(engine, on("sale"), said(one), NOW) for one in sales]


def reported(engine: Engine, n: int, kind: str, data: dict[str, Any]) -> Taken:
    event = LaneEvent(store="s001", till="k01", n=n, kind=kind, at="2026-11-23T09:00:00.000Z", data=data)
    id_ = f"s001/k01/event/{n}"
    message = envelope(event, id=id_, source=till_source("s001", "k01"), time="2026-11-23T09:00:00.000Z")
    return take(engine, on("event"), encode(message), NOW)


def taken_over(engine: Engine, key: str = KEY, lane: Lane | None = None) -> Succession:
    with writing(engine) as connection:
        return losses.take_over(connection, "k01", key, "u4", NOW, lane)


class NewMachine(Till):
    """It sells on where it was told."""

    def __init__(self, begun: Succession) -> None:
        super().__init__()
        self.sequence, self.head, self.segment = begun.sequence - 1, begun.head, begun.segment

    def sells(self) -> Sale:
        return self.sell((BREAD, 1), chain=Chain(self.head, segment=self.segment))


def flags(engine: Engine, one: Sale) -> dict[str, str]:
    query = sa.select(sale_flag.c.reason, sale_flag.c.detail).where(sale_flag.c.sale_key == one.key)
    with engine.connect() as connection:
        odd = {row.reason: row.detail for row in connection.execute(query)}
    return {reason: detail for reason, detail in odd.items() if reason in ("chain", "sequence", "conflict", "hash")}


# --- numbers and chain ------------------------------------------------------------------------------------------------


def test_the_new_machine_goes_on_above_all_that_is_known_and_names_the_old_head(engine: Engine) -> None:
    old = Till()
    first, second = old.sell((BREAD, 1)), old.sell((BREAD, 2))
    booked(engine, first, second)
    reported(engine, 17, "restarted", {})
    reported(engine, 18, "audit.committed", {"period": 5})
    reported(engine, 19, "day.closed", {"number": 8})
    begun = taken_over(engine)
    assert (begun.segment, begun.sequence) == (2, 2 + ROOM + 1)
    assert (begun.head, begun.head_sale) == (second.chain.hash, second.key)
    assert begun.reports > 19 and begun.period > 5 and begun.day > 9
    assert taken_over(engine) == begun, "the same machine hears the same"
    new = NewMachine(begun)
    third, fourth = new.sells(), new.sells()
    assert [one.outcome for one in booked(engine, fourth, third)] == ["new", "new"], "in any order"
    assert not flags(engine, third) and not flags(engine, fourth)


def test_a_lane_that_said_that_it_had_sold_more_is_believed(engine: Engine) -> None:
    booked(engine, Till().sell((BREAD, 1)))
    state = LaneState(store="s001", till="k01", online=False, phase="scanning", sequence=5, items=3, due_minor=4500)
    lane = Lane("k01", state, Health(store="s001", till="k01", outbox=4), None, NOW)
    assert taken_over(engine, lane=lane).sequence == 4 + ROOM + 1
    found = {(one.kind, one.about): one for one in losses.listed(engine)}
    assert [about for kind, about in found if kind == "sale"] == ["2", "3", "4"]
    assert found["basket", str(NOW)].amount_minor == 4500 and "3 pieces" in found["basket", str(NOW)].detail
    assert "4 messages waited" in found["unsent", str(NOW)].detail


def test_a_chain_that_begins_with_anything_else_is_flagged(engine: Engine) -> None:
    old = Till()
    first, second = old.sell((BREAD, 1)), old.sell((BREAD, 2))
    booked(engine, first, second)
    begun = taken_over(engine)
    wrong = NewMachine(replace(begun, head=first.chain.hash)).sells()
    booked(engine, wrong)
    assert f"does not follow {second.key}" in flags(engine, wrong)["chain"]


def test_the_second_of_its_sales_alone_is_flagged_until_the_first_comes(engine: Engine) -> None:
    booked(engine, Till().sell((BREAD, 1)))
    new = NewMachine(taken_over(engine))
    first, second = new.sells(), new.sells()
    booked(engine, second)
    assert "its first sale is missing" in flags(engine, second)["chain"]
    assert gaps(engine, "k01") == (first.sequence,), "it is asked for its own numbers, and no others"
    booked(engine, first)
    assert not flags(engine, second) and gaps(engine, "k01") == ()


def test_a_third_machine_has_its_numbers_above_the_second_that_never_sold(engine: Engine) -> None:
    booked(engine, Till().sell((BREAD, 1)))
    second, third = taken_over(engine), taken_over(engine, OTHER_KEY)
    assert (third.segment, third.head) == (3, second.head)
    assert third.sequence == second.sequence + ROOM
    sold = NewMachine(third).sells()
    booked(engine, sold)
    assert not flags(engine, sold)


# --- the old machine comes back ---------------------------------------------------------------------------------------


def test_a_card_found_in_a_drawer_still_brings_its_sales(engine: Engine) -> None:
    old = Till()
    booked(engine, old.sell((BREAD, 1)))
    unsent = [old.sell((BREAD, 1)) for _ in range(3)]
    new = NewMachine(taken_over(engine))
    sold = new.sells()
    booked(engine, sold)
    assert [one.outcome for one in booked(engine, *reversed(unsent))] == ["new"] * 3
    assert not any(flags(engine, one) for one in (*unsent, sold)), "two branches from one head"


def test_an_old_machine_that_goes_on_selling_takes_no_number_of_the_new_one(engine: Engine) -> None:
    old = Till()
    booked(engine, old.sell((BREAD, 1)))
    begun = taken_over(engine)
    old.sequence = begun.sequence - 2
    last, over = old.sell((BREAD, 1)), old.sell((BREAD, 1))
    assert [one.outcome for one in booked(engine, last, over)] == ["new", "refused"]
    (kept,) = waiting(engine, limit=10)
    assert f"k01 is another machine since its number {begun.sequence}" in kept.reason
    mine = NewMachine(begun).sells()
    assert (mine.sequence, booked(engine, mine)[0].outcome) == (over.sequence, "new")
    booked(engine, over)
    assert count_waiting(engine) == 1, "said twice, kept once"


def test_a_sale_on_another_day_under_a_number_of_the_new_machine_is_no_second_sale(engine: Engine) -> None:
    old = Till()
    booked(engine, old.sell((BREAD, 1)))
    begun = taken_over(engine)
    mine = NewMachine(begun).sells()
    booked(engine, mine)
    old.sequence = begun.sequence - 1
    assert booked(engine, old.sell((BREAD, 1), business_day="2026-11-24"))[0].outcome == "refused"
    assert not flags(engine, mine)


def test_who_altered_the_number_of_its_machine_altered_the_sale(engine: Engine) -> None:
    old = Till()
    booked(engine, old.sell((BREAD, 1)))
    begun = taken_over(engine)
    old.sequence = begun.sequence - 1
    sold = old.sell((BREAD, 1))
    forged = replace(sold, chain=replace(sold.chain, segment=2))
    booked(engine, forged)
    assert "hash" in flags(engine, forged)
    assert seal(forged).chain.hash != sold.chain.hash


# --- what may be lost -------------------------------------------------------------------------------------------------


def test_a_missing_number_is_a_loss_until_its_sale_comes(engine: Engine) -> None:
    old = Till()
    first, second, third, fourth = (old.sell((BREAD, 1)) for _ in range(4))
    booked(engine, first, fourth)
    reported(engine, 1, "sequence.skipped", {"from": 3, "to": 4})
    taken_over(engine)
    (one,) = losses.listed(engine)
    assert (one.kind, one.about) == ("sale", "2"), "3 was never used, as the lane itself has said"
    booked(engine, second)
    assert not losses.listed(engine)
    (ended,) = losses.listed(engine, ended=True)
    assert ended.why == f"its sale has come: {second.key}" and ended.by == ""
    booked(engine, third)


LAST = {"terminal_id": "29001234", "receipt": "0176", "trace": "000313", "date": "1123", "time": "091500",
        "amount_minor": 2500, "result": "00"}  # fmt: skip


def last(engine: Engine, n: int, payment: dict[str, Any]) -> None:
    reported(engine, n, "terminal.last", {"said": json.dumps(payment)})


def test_a_payment_without_a_sale_is_a_loss_and_one_with_its_sale_is_none(engine: Engine) -> None:
    booked(engine, Till().sell((BREAD, 1)))
    last(engine, 1, {**LAST, "receipt": "0175"})
    assert not losses.listed(engine), "nobody has taken a place"
    taken_over(engine)
    last(engine, 2, {**LAST, "receipt": "0175", "trace": "000312"})
    last(engine, 3, {})
    last(engine, 4, {**LAST, "result": "6C"})
    reported(engine, 5, "terminal.last", {"said": "training"})
    reported(engine, 6, "terminal.last", {"said": 7})
    assert not losses.listed(engine), "paid for a sale of ours; nothing told; not approved; no words of a driver"
    last(engine, 7, LAST)
    (one,) = losses.listed(engine)
    assert (one.kind, one.amount_minor) == ("payment", 2500) and "belongs to no sale" in one.detail


def test_what_the_old_machine_held_is_free_again_when_staff_say_so(engine: Engine) -> None:
    booked(engine, Till().sell((BREAD, 1)))
    with writing(engine) as connection:
        write_hold(connection, Asker("k01", "k01-000002-q1", NOW), "GC1", "gift_card", 5000, "held")
        write_hold(connection, Asker("k02", "k02-000002-q1", NOW), "GC2", "gift_card", 7000, "held")
    taken_over(engine)
    (one,) = losses.listed(engine)
    assert (one.kind, one.about, one.amount_minor) == ("hold", "k01-000002-q1", 5000)
    with pytest.raises(NotOpen, match="say in a few words"):
        losses.end(engine, one.n, "  ", "u4", NOW)
    losses.end(engine, one.n, "the card is with its owner", "u4", NOW + 1)
    with engine.connect() as connection:
        states = dict(connection.execute(sa.text("SELECT id, state FROM hold")).all())  # type: ignore[arg-type]
    assert states == {"k01-000002-q1": "released", "k02-000002-q1": "held"}
    with pytest.raises(NotOpen, match="ended already"):
        losses.end(engine, one.n, "once more", "u4", NOW)


# --- who may take a place ---------------------------------------------------------------------------------------------


def test_a_code_typed_on_the_machine_replaces_too_and_ends_the_old_certificate(tmp_path: Path, engine: Engine) -> None:
    shop = Shop(tmp_path / "shop", engine, real_now_utc_ms())
    with pytest.raises(CannotAdopt, match="knows no k01"):
        make_code(engine, shop.config, "k01", b"00000", "u4", shop.now_utc_ms, replaces=True)

    def machine(secret: bytes, *, replaces: bool) -> tuple[Succession | None, str]:
        offer = make_code(engine, shop.config, "k01", secret, "u4", shop.now_utc_ms, replaces=replaces)
        knock = Knock(read_code(offer.code).secret, request_of())
        adopted = adopt(engine, shop.config, knock, shop.now_utc_ms)
        assert adopt(engine, shop.config, knock, shop.now_utc_ms) == adopted, "an answer that was lost is said again"
        return adopted.succession, adopted.certificate

    before, old = machine(b"11111", replaces=False)
    booked(engine, Till().sell((BREAD, 1)))
    shop.now_utc_ms += 60_000
    after, new = machine(b"22222", replaces=True)
    assert before is None and after is not None and after.segment == 2
    assert replacing.ended_certificates(engine) == [("k01", old)]
    assert old != new and common_name(new.encode()) == "s001/k01"


def test_a_card_that_was_found_is_read_and_its_sales_are_taken_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in the shell: what the old machine had in its outbox, into the books, once."""
    old = Till()
    unsent = [old.sell((BREAD, 1)) for _ in range(2)]
    journal = open_journal(tmp_path / "old.db")
    journal.write(Batch(sales=tuple(unsent), outbox=tuple(row for one in unsent for row in rows_of(one, NOW))))
    journal.close()
    assert kiosk(["export", str(tmp_path / "old.db"), "--format", "unsent"]) == 0
    file, config = tmp_path / "unsent.jsonl", tmp_path / "store.toml"
    file.write_text(capsys.readouterr().out)
    config.write_text(f'[store]\nid = "s001"\n[database]\nurl = "sqlite:///{tmp_path}/books.db"\n')
    assert main(["till", "unsent", str(file), "--config", str(config)]) == 0
    assert capsys.readouterr().out == "4 messages: 4 new, 0 known already\n"
    assert main(["till", "unsent", str(file), "--config", str(config)]) == 0
    assert capsys.readouterr().out == "4 messages: 0 new, 4 known already\n"
    config.write_text(config.read_text().replace("s001", "s002"))
    assert main(["till", "unsent", str(file), "--config", str(config)]) == 1
    assert "line 1: it is of the store s001, and this is s002" in capsys.readouterr().err
    file.write_text("nonsense\n")
    assert main(["till", "unsent", str(file), "--config", str(config)]) == 1
    assert "line 1: " in capsys.readouterr().err
