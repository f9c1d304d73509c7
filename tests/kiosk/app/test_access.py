"""What keylock, doors, badge reader and exit reader say to the shop, and what the gate is told."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from drivers import events as d
from drivers.device import WithoutDescriptor
from drivers.gate.driver import Settings, make_simulated
from kiosk.app.config import read_config
from kiosk.app.counter import Counter
from kiosk.app.gate import EXIT_READER, Gate
from kiosk.app.hands import Hands
from kiosk.checkout import effects as f
from kiosk.checkout import events as e
from kiosk.checkout.lane import Lane
from kiosk.storage.price_book import StaffMember
from kiosk.values.moment import Moment
from kiosk.wire.offers_csv import OfferRow
from kiosk.wire.price_csv import PriceRow

NOON = Moment(1_795_510_800_000, 0, "2026-11-24")
PACK = None


class Nothing:
    """A price book without goods, and with Anna's badge."""

    version = "1"

    def by_badge(self, text: str) -> StaffMember | None:
        return StaffMember("u1", "Anna", "cashier", "-", text) if text == "0415ED09A2" else None

    def lookup(self, keys: Sequence[str]) -> PriceRow | None:
        return None

    def offers(self) -> tuple[OfferRow, ...]:
        return ()


@pytest.fixture
def gate() -> Gate:
    return Gate(Nothing(), PACK, ZoneInfo("Europe/Stockholm"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (d.BadgeRead(device="badge_reader", text="0415ED09A2"), e.BadgeShown(staff="u1", name="Anna")),
        (d.BadgeRead(device="badge_reader", text="somebody's bus ticket"), e.BadgeUnknown()),
        (d.BadgeGarbled(device="badge_reader", why="worn"), e.BadgeUnknown()),
        (d.KeylockTurned(device="keylock", position="supervisor"), e.KeylockTurned(turned=True)),
        (d.KeylockTurned(device="keylock", position="normal"), e.KeylockTurned(turned=False)),
        (d.DoorMoved(device="door.service", open=True), e.DoorMoved(door="door.service", open=True)),
        (d.Scanned(device=EXIT_READER, symbology="]Q1", text="7QF2"), e.ExitCodeShown(code="7QF2")),
        (d.Scanned(device=EXIT_READER, symbology="", text="x" * 4_096), e.ExitCodeShown(code="x" * 40)),
    ],
)
def test_what_it_means_to_the_shop(gate: Gate, said: d.HardwareEvent, heard: e.Event) -> None:
    assert gate.heard(said, NOON) == (heard,)


def test_what_cannot_be_read_at_the_exit_is_nothing_to_whoever_shops(gate: Gate) -> None:
    assert gate.heard(d.ScanGarbled(device=EXIT_READER, why="noise"), NOON) == ()


def test_a_strangers_card_leaves_no_trace(gate: Gate) -> None:
    (heard,) = gate.heard(d.BadgeRead(device="badge_reader", text="4711"), NOON)
    assert "4711" not in repr(heard)


def test_the_gate_is_told_to_open(gate: Gate) -> None:
    device, stands = make_simulated("gate", Settings())
    counter = Counter([device], gate)
    hands = Hands(Lane(store="s001", till="k01"), counter, None, lambda beep, now: None)  # type: ignore[arg-type]
    assert hands.perform(f.OpenGate("k01-000001-q1"), NOON) == []
    assert stands.openings == 1


def test_a_lane_without_a_gate_opens_none_and_says_nothing(gate: Gate) -> None:
    hands = Hands(Lane(store="s001", till="k01"), Counter([], gate), None, lambda beep, now: None)  # type: ignore[arg-type]
    assert hands.perform(f.OpenGate("k01-000001-q1"), NOON) == []


def test_the_exit_reader_is_told_nothing_of_the_visit(gate: Gate) -> None:
    """It goes on reading while a card is charged, and does not beep for somebody else's bread."""
    here, there = TellTale("scanner"), TellTale(EXIT_READER)
    counter = Counter([here, there], gate)
    counter.command_all("scanner", d.EnableScanner(False), NOON)
    assert here.told == [d.EnableScanner(False)] and there.told == []


class TellTale(WithoutDescriptor):
    """A device that remembers what it was told."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: list[d.Command] = []

    def deadline_ms(self) -> int | None:
        return None

    def service(self, now_ms: int) -> list[d.HardwareEvent]:
        return []

    def command(self, command: d.Command, now_ms: int) -> list[d.HardwareEvent]:
        self.told.append(command)
        return []

    def close(self) -> None:
        pass


class Stuck(WithoutDescriptor):
    """A device whose port cannot be let go."""

    name = "stuck"

    def deadline_ms(self) -> int | None:
        return None

    def service(self, now_ms: int) -> list[d.HardwareEvent]:
        return []

    def command(self, command: d.Command, now_ms: int) -> list[d.HardwareEvent]:
        return []

    def close(self) -> None:
        raise OSError("the bus is gone")


def test_one_device_that_cannot_be_closed_leaves_no_other_under_current(gate: Gate) -> None:
    device, stands = make_simulated("gate", Settings())
    counter = Counter([Stuck(), device, Stuck()], gate)
    counter.command("gate", d.OpenGate("t"), NOON)
    assert stands.is_told
    with pytest.raises(OSError, match="the bus is gone"):
        counter.close()
    assert not stands.is_told


def test_the_lane_knows_what_is_fitted(tmp_path: Path) -> None:
    text = '[lane]\nstore = "s001"\ntill = "k01"\n'
    text += '[devices.scanner]\ndriver = "simulated"\n[devices.scanner.exit]\ndriver = "simulated"\n'
    text += '[devices.door.service]\ndriver = "simulated"\n[devices.gate]\ndriver = "simulated"\n'
    (tmp_path / "kiosk.toml").write_text(text)
    assert read_config(tmp_path / "kiosk.toml").brain_lane().fitted == ("door.service", "gate")
