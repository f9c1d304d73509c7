"""A new version on trial: it counts when it is well and the machine stays with it; else the old one tells."""

from pathlib import Path

import pytest

from drivers.life import Life
from kiosk.app.updating import HEALTHY_MS, LOOK_MS, PAUSE_AGAIN_MS, RESTART_MS
from kiosk.checkout.state import Phase
from tests.kiosk.app.test_updating import Bench, order


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_version_that_does_not_come_up_is_told_by_the_old_one(bench: Bench) -> None:
    bench.updates.order(order())
    bench.until("installing")
    bench.machine.write("fault", "bad-boot")
    assert bench.over() == "fell_back"
    assert bench.why == "1.1.0 did not come up: 1.0.0 runs again" and bench.running == "1.0.0"
    for _ in range(3):
        bench.turn()
    assert bench.state.phase is Phase.WELCOME


def test_a_version_that_comes_up_and_dies_before_it_has_proved_itself_fell_back(bench: Bench) -> None:
    bench.updates.order(order())
    bench.until("trying")
    bench.machine.write("primary", "A")
    bench.boot()
    assert bench.stage == "fell_back"


def test_a_new_version_counts_when_every_device_that_answered_before_answers_again(bench: Bench) -> None:
    bench.lives = {"printer": Life("degraded"), "scale": Life("absent"), "scanner": Life("ready")}
    bench.updates.order(order())
    bench.until("starting")
    assert bench.updates.condition() == "well", "the version that runs is"
    bench.lives = {"printer": Life("opening"), "scale": Life("absent"), "scanner": Life("opening")}
    bench.until("trying")
    assert bench.updates.condition() == "waits for printer, scanner"
    bench.lives["scanner"] = Life("ready")
    for _ in range(5):
        bench.turn(HEALTHY_MS)
    assert (bench.stage, bench.updates.condition()) == ("trying", "waits for printer")
    bench.lives["printer"] = Life("faulty", "no paper")
    assert bench.updates.condition() == "well", "it answers, whatever it says"
    assert bench.over() == "updated"


def test_a_device_that_the_new_version_does_not_have_is_missed_by_nobody(bench: Bench) -> None:
    bench.lives = {"printer": Life("ready")}
    bench.updates.order(order())
    bench.until("starting")
    bench.lives = {}
    assert bench.over() == "updated"


def test_a_new_version_counts_when_the_machine_stays_with_it(bench: Bench) -> None:
    bench.good = bench.folder / "slot-good"
    bench.updates.order(order())
    bench.until("trying")
    for _ in range(5):
        bench.turn(HEALTHY_MS)
    assert bench.stage == "trying" and bench.state.phase is Phase.CLOSED
    bench.good.touch()
    assert bench.over() == "updated"


def test_a_machine_that_does_not_go_down_sells_on_and_says_what_to_do(bench: Bench) -> None:
    bench.restart = ("true",)
    bench.boot("1.0.0")
    bench.updates.order(order())
    bench.until("starting")
    bench.turn(RESTART_MS - LOOK_MS)
    assert bench.stage == "starting"
    bench.turn(RESTART_MS)
    assert bench.stage == "failed" and "switch it off and on" in bench.why
    for _ in range(4):
        bench.turn(PAUSE_AGAIN_MS)
    assert bench.state.phase is Phase.WELCOME
