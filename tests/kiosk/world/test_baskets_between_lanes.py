"""Whatever is lost, cut and wanted at once: a basket that was set aside is sealed once, on one lane of the shop."""

from collections.abc import Iterator
from random import Random

import pytest
from msgspec.structs import replace

from kiosk.checkout import events as e
from kiosk.checkout.lane import ParkingRule
from kiosk.checkout.state import Phase
from kiosk.world.shops import FACTS
from kiosk.world.stage import Stage

BREAD = "9520001200014"
SEEDS, ACTS, LANES = 2, 80, 3
_BO = e.StaffSignedIn(staff="u2", name="Bo", role="cashier")
_SHARING = replace(FACTS, languages=("en",), parking=ParkingRule(shared=True))


class Bank:
    """Three lanes, and what chance does at them."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.first = Stage(_SHARING)
        for n in range(2, LANES + 1):
            Stage(replace(_SHARING, till=f"k0{n}"), self.first)
        self.lanes = list(self.first.lanes.values())
        self.made = self.moved = 0
        for n, stage in enumerate(self.lanes):
            stage.shop.wire.spoil(Random(seed * 10 + n), loss=150, double=150, shuffle=150, late=150)

    def act(self) -> None:
        """Somebody does something somewhere."""
        stage, roll = self.chance.choice(self.lanes), self.chance.random()
        if stage.dark:
            stage.start()
        elif roll < 0.1:
            stage.cut_power()
        elif roll < 0.2:
            stage.act(lambda: stage.shop.wire.set_up(self.chance.random() < 0.8))
        elif roll < 0.3:
            self.first.wait(self.chance.choice((1_000, 30_000, 70_000)))
        elif stage.lane.state.basket.lines:
            ends = e.BasketSaved() if roll < 0.8 else e.ShoppingStopped()
            self._say(stage, _BO, ends)
        elif roll < 0.5 and stage.lane.state.phase is Phase.WELCOME:
            stage.act(lambda: stage.top.scanner.scan(BREAD, "]E0"))
            self.made += 1
        else:
            self._recall(stage)

    def _recall(self, stage: Stage) -> None:
        """One of those that the list shows; on two lanes at once, if two stand free."""
        self._say(stage, _BO, e.BasketsListed())
        state = stage.lane.state
        others = [(one.till, one.code) for one in state.elsewhere]
        kept = others or [("", one.code) for one in state.parked]
        if not kept:
            return
        till, code = self.chance.choice(kept)
        free = [other for other in self.lanes if other is not stage and not other.dark and till]
        for each in (stage, *free[:1]):
            self._say(each, _BO, e.BasketRecalled(code=code, till="" if till == each.shop.facts.till else till))
        self.moved += bool(till) and bool(stage.lane.state.basket.lines) if not stage.dark else 0

    def _say(self, stage: Stage, *events: e.Event) -> None:
        for event in events:
            stage.act(lambda event=event: stage.lane.running.say(event))  # type: ignore[misc]  # bound now

    def calm(self) -> None:
        """Everything works again, and every basket comes to its end."""
        for stage in self.lanes:
            if stage.dark:
                stage.start()
            stage.shop.wire.spoil(Random(0), loss=0, double=0, shuffle=0, late=0)
            stage.act(lambda stage=stage: stage.shop.wire.set_up(True))  # type: ignore[misc]  # bound now
        self.first.wait(10_000)
        for stage in self.lanes:
            if stage.lane.state.basket.lines:
                self._say(stage, e.ShoppingStopped())
        self.first.wait(32 * 60_000)

    def sealed(self) -> Iterator[str]:
        """The lane of every bread that was sealed into a record."""
        for sale in self.first.office.sales():
            yield from (sale.till for line in sale.lines for _ in range(line.count))


@pytest.fixture(scope="module")
def banks() -> Iterator[list[Bank]]:
    told = [Bank(seed) for seed in range(SEEDS)]
    for bank in told:
        for _ in range(ACTS):
            bank.act()
        bank.calm()
    yield told
    for bank in told:
        bank.first.close()


def test_every_basket_is_sealed_once_and_none_is_lost(banks: list[Bank]) -> None:
    for bank in banks:
        assert [stage.lane.state.parked for stage in bank.lanes] == [()] * LANES
        assert bank.first.office.baskets() == 0
        assert len(list(bank.sealed())) == bank.made
        bank.first.promises.settled()


def test_baskets_did_move(banks: list[Bank]) -> None:
    """Otherwise the rule above would be about nothing."""
    assert sum(bank.made for bank in banks) > SEEDS * 5
    assert sum(bank.moved for bank in banks) >= SEEDS
