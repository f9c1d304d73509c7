"""`store audit`: the lots of all tills, proved from the books; what is wrong is named and the command fails."""

from pathlib import Path

import pytest
from selling import BREAD, NOW, ROWS, Till, on, said
from sqlalchemy.engine import Engine

from kiosk.checkout.drawing_lots import commitment, is_drawn, period_secret
from kiosk.checkout.sale import Lot
from kiosk.wire.codec import encode
from kiosk.wire.outgoing import event_message
from store.__main__ import main
from store.ingest import take
from store.price_book import PriceBook

DAY, RATE, AT = "2026-11-23", 500, "2026-11-23T09:00:00.000Z"


class Lots:
    """A till with a seed, whose reports go into the books."""

    def __init__(self, engine: Engine, name: str, seed: str) -> None:
        self.engine, self.till, self.secret, self.n = engine, Till(name), period_secret(seed * 64, 1), 0
        made = commitment(self.secret, "s001", name, 1, DAY, RATE)
        self.report("audit.committed", period=1, day=DAY, rate_permille=RATE, commitment=made)

    def report(self, kind: str, **data: object) -> None:
        self.n += 1
        told = event_message("s001", self.till.name, self.n, kind, data, AT)
        assert take(self.engine, on("event", self.till.name), encode(told), NOW).outcome == "new"

    def lot(self, visit: int) -> Lot:
        drawn = is_drawn(self.secret, visit, RATE)
        return Lot(self.till.name, 1, visit, "random" if drawn else "", "passed" if drawn else "")

    def sells(self, lot: Lot, at: "Lots | None" = None, day: str = DAY) -> None:
        """Here, or at another till to which the basket was taken."""
        seller = at or self
        sale = seller.till.sell((BREAD, 1), lot=lot, business_day=day)
        assert take(self.engine, on("sale", seller.till.name), said(sale), NOW).outcome == "new"
        if lot.result:
            seller.report("audit.result", till=lot.till, period=1, visit=lot.visit)

    def day_ends(self, visits: int) -> None:
        self.report("audit.revealed", period=1, day=DAY, visits=visits, secret=self.secret)


@pytest.fixture
def config(tmp_path: Path, database_url: str, engine: Engine) -> str:
    PriceBook(engine).replace(ROWS, NOW, "opening day")
    file = tmp_path / "store.toml"
    file.write_text(f'[store]\nid = "s001"\n[database]\nurl = "{database_url}"\n')
    return str(file)


def audited(config: str, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, list[str], str]:
    code = main(["audit", *more, "--config", config])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


def test_every_till_is_proved_also_what_was_paid_elsewhere_the_day_after(
    config: str, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audited(config, capsys) == (0, ["no lots were drawn"], "")
    one, two = Lots(engine, "k01", "a"), Lots(engine, "k02", "b")
    first = next(visit for visit in range(1, 99) if is_drawn(one.secret, visit, RATE))
    for visit in range(1, first):
        one.sells(one.lot(visit))
    one.sells(one.lot(first), at=two, day="2026-11-24")
    one.day_ends(first)
    code, told, _ = audited(config, capsys, "--day", DAY)
    assert code == 0
    assert told == [
        f"k01 {DAY} (1): {first} visits; drawn: {first}; every choice was right",
        f"k02 {DAY} (1): 0 visits; not over, its secret is not shown yet",
    ]
    assert audited(config, capsys, "--day", "2026-11-22") == (0, ["no lots were drawn"], "")


def test_who_was_drawn_and_never_looked_at_is_named(
    config: str, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    till = Lots(engine, "k01", "a")
    visits = next(visit for visit in range(1, 99) if is_drawn(till.secret, visit, RATE))
    for visit in range(1, visits + 1):
        till.sells(Lot("k01", 1, visit))
    till.day_ends(visits)
    code, (told,), why = audited(config, capsys, "--day", DAY)
    assert code == 1
    assert f"visit {visits} was drawn, and is said not to be" in told
    assert why == "store: 1 of 1 are not as they were drawn\n"


def test_a_day_that_is_none_is_misuse(config: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["audit", "--day", "monday", "--config", config])
    assert stopped.value.code == 2
