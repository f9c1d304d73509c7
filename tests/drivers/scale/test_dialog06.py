"""Dialog 06: the driver against its simulator, the records against the manual, the talk against spoiled bytes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.device import DeviceError
from drivers.events import DeviceOnline, HardwareEvent, Priced, PriceScale, WeightSeen
from drivers.registry import make_device
from drivers.scale import dialog06_records as records
from drivers.scale import driver_dialog06 as driver
from drivers.scale.dialog06 import Dialog06
from drivers.scale.dialog06_simulator import Dialog06Simulator
from drivers.scale.driver import Scale
from tests.drivers.scale.scale_bench import (
    MOVING,
    ONLINE,
    Crank,
    hear_until,
    is_away,
    on_a_pty,
    trouble,
)

BANANAS = PriceScale(2_490, 5)
POLYNOMIAL = 0x18005


class Counter:
    """A till with a Dialog 06 scale."""

    def __init__(self, **settings: object) -> None:
        self.device, self.scale = driver.make_simulated("scale", driver.Settings(port="", **settings))  # type: ignore[arg-type]
        self.wait = Crank(self.device)

    def weigh(self, order: PriceScale, ms: int = 3_000) -> list[HardwareEvent]:
        assert self.device.command(order, self.wait.now_ms) == []
        return self.wait(ms)


def weighed(grams: int, order: PriceScale, sales_price_minor: int) -> WeightSeen:
    assert order.unit_price_minor is not None
    price = Priced(order.unit_price_minor, order.tare_g, sales_price_minor)
    return WeightSeen(device="scale", grams=grams, stable=True, priced=price)


def test_it_is_there_and_has_no_weight_until_it_has_a_price() -> None:
    counter = Counter()
    counter.scale.put(845)
    assert counter.wait(5_000) == [ONLINE, MOVING]


def test_the_scale_takes_the_tare_off_and_works_out_the_price() -> None:
    counter = Counter()
    counter.scale.put(845)
    assert counter.weigh(BANANAS)[-1] == weighed(845, BANANAS, 2_092)  # 0.840 kg x 24.90 is 20.916


def test_a_load_on_its_way_has_no_price() -> None:
    counter = Counter()
    counter.weigh(BANANAS)
    counter.scale.put(845)
    assert counter.wait(3_000) == [MOVING, weighed(845, BANANAS, 2_092)]
    counter.scale.put(500)
    assert counter.wait(3_000) == [MOVING, weighed(500, BANANAS, 1_233)]  # 0.495 x 24.90 is 12.3255


def test_the_sum_is_the_scales_where_it_rounds_its_own_way() -> None:
    counter = Counter(price_step_minor=5)
    counter.scale.put(845)
    assert counter.weigh(BANANAS)[-1] == weighed(845, BANANAS, 2_090)


@pytest.mark.parametrize(
    ("grams", "said"), [(0, "light"), (95, "light"), (-20, "under"), (15_045, ""), (15_046, "over"), (10**7, "over")]
)
def test_what_cannot_be_weighed(grams: int, said: str) -> None:
    counter = Counter()
    counter.scale.put(grams)
    last = counter.weigh(PriceScale(1_000))[-1]
    assert last == (trouble(said) if said else weighed(15_045, PriceScale(1_000), 15_045))  # type: ignore[arg-type]


def test_a_load_is_weighed_once_and_must_be_lifted_for_another_price() -> None:
    counter = Counter()
    counter.scale.put(845)
    counter.weigh(BANANAS)
    assert counter.wait(5_000) == [], "what was told stands while it lies still"
    assert counter.weigh(PriceScale(3_990)) == [trouble("unmoved")]
    counter.scale.take_off()
    counter.wait(2_000)
    counter.scale.put(845)
    assert counter.wait(3_000)[-1] == weighed(845, PriceScale(3_990), 3_372)


def test_a_price_or_a_tare_that_it_has_no_room_for_is_told() -> None:
    counter = Counter(unit_price_digits=5)
    assert counter.weigh(PriceScale(100_000))[-1] == trouble("refused")
    assert counter.weigh(PriceScale(99_999, 10_000)) == []
    counter.scale.put(1_000)
    assert counter.weigh(PriceScale(99_999))[-1] == weighed(1_000, PriceScale(99_999), 99_999)
    assert counter.weigh(PriceScale())[-1] == MOVING


def test_another_unit_is_never_guessed_at() -> None:
    counter = Counter()
    counter.scale.pounds = True
    counter.scale.put(845)
    assert counter.weigh(BANANAS)[-1] == trouble("unit")


def test_a_sum_that_is_not_weight_times_price_is_no_sum() -> None:
    counter = Counter()
    counter.scale.wrong_price = True
    counter.scale.put(845)
    heard = counter.weigh(BANANAS, 10_000)
    assert not [event for event in heard if isinstance(event, WeightSeen) and event.grams is not None]


@pytest.mark.parametrize("fault", ["silent", "garbled"])
def test_no_answer_that_makes_sense_is_no_scale(fault: str) -> None:
    counter = Counter()
    counter.wait(1_000)
    setattr(counter.scale, fault, True)
    assert is_away(counter.wait(5_000))
    setattr(counter.scale, fault, False)
    counter.scale.put(845)
    assert counter.weigh(BANANAS) == [ONLINE, MOVING, weighed(845, BANANAS, 2_092)]


def test_unplugged_in_the_middle_it_comes_back_with_the_same_order() -> None:
    counter = Counter(polynomial="0x18005")
    counter.scale.put(845)
    counter.weigh(BANANAS, 300)
    counter.scale.unplug()
    assert is_away([event for event in counter.wait(20_000) if not isinstance(event, WeightSeen | DeviceOnline)])
    counter.scale.put(400)
    counter.scale.plug()
    assert counter.wait(10_000)[-1] == weighed(400, BANANAS, 984)


def test_byte_by_byte_it_is_the_same() -> None:
    counter = Counter(polynomial="0x18005")
    counter.scale.split = True
    counter.scale.put(845)
    assert counter.weigh(BANANAS, 20_000)[-1] == weighed(845, BANANAS, 2_092)


# --- the handshake ----------------------------------------------------------------------------------------------------


def test_a_scale_that_asks_for_checksums_gets_them_and_weighs() -> None:
    counter = Counter(polynomial="0x18005")
    counter.scale.put(845)
    assert counter.weigh(BANANAS)[-1] == weighed(845, BANANAS, 2_092)
    checksum = driver.checksum()
    assert counter.scale.checksums == [(checksum, records.remainder(checksum, POLYNOMIAL))]


def test_it_asks_again_after_fifty_weighings() -> None:
    counter = Counter(polynomial="0x18005")
    counter.weigh(BANANAS)
    for n in range(60):
        counter.scale.put(500 + 10 * n)
        assert counter.wait(2_000)[-1].grams == 500 + 10 * n  # type: ignore[union-attr]
    assert len(counter.scale.checksums) == 2


@pytest.mark.parametrize("polynomial", ["", "0x11021"])
def test_a_till_that_it_does_not_believe_sells_nothing(polynomial: str) -> None:
    counter = Counter(polynomial=polynomial)
    counter.scale.polynomial = POLYNOMIAL
    counter.scale.put(845)
    heard = counter.weigh(BANANAS, 10_000)
    assert heard[-1] == trouble("checksum")
    assert not [event for event in heard if isinstance(event, WeightSeen) and event.grams is not None]


def test_the_rest_of_a_division_by_hand() -> None:
    # x^16 divided by x^16 + x^15 + x^2 + 1 leaves x^15 + x^2 + 1.
    assert records.remainder(0x0001, POLYNOMIAL) == 0x8005
    # CS 0001 four to the left is 0010; KW 8005 seven to the right is 0B00.
    assert records.checked(0x0001, POLYNOMIAL, records.Challenge(4, 7)) == b"\x04\x0210\x1b00100B00\x03"


@settings(max_examples=500)
@given(st.integers(0, 0xFFFF), st.integers(0x10000, 0x1FFFF), st.integers(0, 15), st.integers(0, 15))
def test_checksums_can_be_turned_back_and_divide_without_rest(cs: int, polynomial: int, z1: int, z2: int) -> None:
    """The foreign judge of a remainder is the definition: CS x^16 + KW is a multiple of P."""
    record = records.checked(cs, polynomial, records.Challenge(z1, z2))
    sent_cs, sent_kw = int(record[5:9], 16), int(record[9:13], 16)
    assert records.rotated(sent_cs, 16 - z1) == cs
    whole = cs << 16 | records.rotated(sent_kw, z2)
    while whole.bit_length() >= polynomial.bit_length():
        whole ^= polynomial << whole.bit_length() - polynomial.bit_length()
    assert whole == 0


# --- bytes ------------------------------------------------------------------------------------------------------------


def test_records_as_the_manual_has_them() -> None:
    assert records.priced(2_490, 0, 6) == b"\x04\x0201\x1b002490\x1b\x03"
    assert records.priced(2_490, 5, 6) == b"\x04\x0203\x1b002490\x1b0005\x03"
    assert records.read(b"11\x1b247") == records.Challenge(4, 7)
    assert records.read(b"11\x1b1") == records.Verdict(True)
    assert records.read(b"09\x1b21") == records.Status("21")
    assert records.read(b"02\x1b3\x1b00840\x1b002490\x1b002092") == records.Weighed("3", 840, 2_490, 2_092)


@settings(max_examples=500)
@given(st.integers(0, 99_999), st.integers(0, 999_999))
def test_the_nearest_sum_is_believed_and_no_other(net_g: int, unit: int) -> None:
    thousandths = net_g * unit
    for sum_minor in {thousandths // 1_000, -(-thousandths // 1_000)}:
        right = abs(sum_minor * 1_000 - thousandths) <= 500
        assert records.Weighed("3", net_g, unit, sum_minor).multiplies(1) is right
    assert not records.Weighed("3", net_g, unit, thousandths // 1_000 + 2).multiplies(1)


@settings(max_examples=500)
@given(st.lists(st.binary(max_size=40), max_size=8))
def test_whatever_comes_in_whatever_pieces(parts: list[bytes]) -> None:
    apart, together = _talk(), _talk()
    heard = [event for part in parts for event in apart.receive(part, 0)]
    assert heard == together.receive(b"".join(parts), 0)


def _talk() -> Dialog06:
    talk = Dialog06("scale", checksum=0x1234, polynomial=POLYNOMIAL)
    talk.price(BANANAS)
    talk.request(0)
    return talk


def test_over_a_real_serial_line() -> None:
    simulator = Dialog06Simulator(polynomial=POLYNOMIAL)
    simulator.put(845)
    with on_a_pty(simulator) as opening:
        talk = Dialog06("scale", checksum=0xBEEF, polynomial=POLYNOMIAL)
        talk.price(BANANAS)
        device = Scale("scale", opening, talk)
        hear_until(device, weighed(845, BANANAS, 2_092))
        device.close()
    assert [checksum for checksum, _ in simulator.checksums] == [0xBEEF]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"polynomial": "secret"}, "polynomial"),
        ({"unit_price_digits": 7}, "unit_price_digits"),
        ({"mix_g": 3}, "min_g"),
    ],
)
def test_settings_that_cannot_be_meant(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(DeviceError, match=re.escape(says)):
        make_device("scale", {"driver": "dialog06", "port": "/dev/kiosk/scale", **wrong})
