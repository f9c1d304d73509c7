"""The demo's other lanes: their own names, journals and devices; shoppers who buy, wait for staff, and pay."""

import random
import re
from collections import Counter
from pathlib import Path

from kiosk.app.config import read_config
from kiosk.demo.neighbours import WINE, Shopper
from kiosk.demo.place import Place, Ports

CONFIG = Path(__file__).parents[3] / "config"
CODES = ("9520001310010", "9520001200014")
PORTS = re.findall(r"127\.0\.0\.1:(\d+)", (CONFIG / "demo.toml").read_text())
OWN = {int(port): 41_000 + n for n, port in enumerate(PORTS) if port not in ("1883", "8080", "8082")}


def test_a_neighbour_is_a_lane_of_its_own_in_the_same_shop(tmp_path: Path) -> None:
    place = Place(tmp_path, Ports(broker=40_001, console=40_002, bench=40_003, debug=40_004))
    place.write_neighbour(CONFIG, 3, 42_000, OWN)
    lane = read_config(place.neighbour_config(3))
    assert (lane.lane.store, lane.lane.till, lane.lane.number) == ("s001", "k03", "3")
    assert lane.storage.path == str(tmp_path / "kiosk-k03.db")
    assert lane.link.broker == "mqtt://127.0.0.1:40001" and lane.debug.listen == "127.0.0.1:42000"


def test_shoppers_come_buy_call_staff_now_and_then_and_pay_only_when_nobody_is_waited_for() -> None:
    shopper, did = Shopper(random.Random(2), CODES), Counter[tuple[str, str]]()
    for _ in range(300):
        while (act := shopper.next("01-welcome", waits=False)) == ("", ""):
            pass
        did[act] += 1
        while (act := shopper.next("02-scanning", waits=False)) != ("press", "Pay"):
            did[act] += 1
        assert shopper.next("10-pay-choice", waits=False) == ("press", "Card")
    assert 50 < did["scan", WINE] < 150 and 30 < did["press", "Call staff"] < 100
    waiting = Shopper(random.Random(3), CODES)
    waiting.next("01-welcome", waits=False)
    assert ("press", "Pay") not in {waiting.next("02-scanning", waits=True) for _ in range(200)}
