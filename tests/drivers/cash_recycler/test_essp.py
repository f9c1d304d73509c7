"""Encrypted SSP: the seal against vectors made elsewhere, the driver against machines that want it, and what cheats."""

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st
from money_bench import Bench, metered, stored

from drivers import events as d
from drivers.cash_recycler import codes as c
from drivers.cash_recycler import essp
from drivers.cash_recycler.driver import Recycler
from drivers.cash_recycler.essp_simulator import EsspSimulator, HopperSimulator, ValidatorSimulator
from drivers.cash_recycler.frame import Packet, crc, pack
from drivers.cash_recycler.protocol import HOPPER_ADDRESS, Host
from drivers.cash_recycler.seal import FACTORY_KEY, Seal, Sealed, is_prime, key_of, prime, seal, unseal
from drivers.device import DeviceError
from drivers.registry import make_devices
from drivers.simulated import SimulatedDevice

NAME = "cash_recycler"
KEY = key_of(FACTORY_KEY, 0x1122334455667788)


def zeros(size: int) -> bytes:
    return bytes(size)


def new_bench() -> Bench:
    device, machine = essp.make_simulated(NAME, essp.Settings(port="", currency="SEK"))
    return Bench(device, machine)


def hopper_bench() -> Bench:
    machine = HopperSimulator()
    host = Host(NAME, "SEK", address=HOPPER_ADDRESS, seal=Seal(FACTORY_KEY, zeros))
    return Bench(SimulatedDevice(machine, lambda opening: Recycler(NAME, opening, host)), machine)


@pytest.fixture
def bench() -> Bench:
    return new_bench()


# --- the seal ---------------------------------------------------------------------------------------------------------


def test_the_key_has_the_fixed_half_first_and_the_least_byte_first() -> None:
    assert KEY.hex(" ") == "67 45 23 01 67 45 23 01 88 77 66 55 44 33 22 11"


def test_key_cipher_and_sum_are_those_of_another_implementation() -> None:
    """The vectors of kybarg/encrypted-smiley-secure-protocol, utils.test.js: the agreed half of the key is 23150."""
    aes = Cipher(algorithms.AES(key_of(FACTORY_KEY, 23_150)), modes.ECB()).encryptor()
    assert aes.update(bytes((1, 2, 3, 4, 5, 6)) + bytes(10)).hex() == "86a30e6f9bc16dd2b425802d2d9d4498"
    assert crc(bytes((1, 2, 3, 4))) == 23 | 158 << 8


def test_what_is_sealed_lies_as_the_manual_draws_it() -> None:
    sealed = seal(KEY, 0x01020304, c.POLL, lambda size: b"\xaa" * size)
    assert sealed[0] == c.STEX and len(sealed) == 17
    aes = Cipher(algorithms.AES(KEY), modes.ECB()).decryptor()
    inside = aes.update(sealed[1:]) + aes.finalize()
    assert inside[:14] == bytes.fromhex("01 04030201 07") + b"\xaa" * 8
    assert inside[14:] == crc(inside[:14]).to_bytes(2, "little")


@settings(max_examples=500)
@given(st.integers(0, 0xFFFFFFFF), st.binary(min_size=1, max_size=200), st.binary(min_size=16, max_size=16))
def test_what_is_sealed_comes_out_again(count: int, data: bytes, key: bytes) -> None:
    sealed = seal(key, count, data, zeros)
    assert unseal(key, sealed) == Sealed(count, data)
    assert (len(sealed) - 1) % 16 == 0


@settings(max_examples=500)
@given(st.binary(min_size=1, max_size=60), st.data())
def test_a_wrong_bit_opens_nothing(data: bytes, draw: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, 7, data, zeros))
    sealed[draw.draw(st.integers(1, len(sealed) - 1))] ^= 1 << draw.draw(st.integers(0, 7))
    found = unseal(KEY, bytes(sealed))
    assert found is None or found.data != data  # one in 65,536 has the right sum by chance, and says something else


@given(st.binary(max_size=80))
def test_what_was_never_sealed_raises_nothing_and_says_no_more_than_it_holds(data: bytes) -> None:
    found = unseal(KEY, bytes((c.STEX,)) + data)
    assert found is None or len(found.data) < len(data)  # one in 65,536 has the right sum by chance


def test_primes_are_known() -> None:
    primes = [n for n in range(200) if is_prime(n)]
    assert primes[:10] == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29] and len(primes) == 46  # pi(200)
    assert is_prime(2**61 - 1) and not is_prime(3_215_031_751)  # a strong pseudoprime to 2, 3, 5 and 7
    assert not is_prime(341_550_071_728_321) and is_prime(18_446_744_073_709_551_557)  # the last below 2^64


@settings(max_examples=25)
@given(st.binary(min_size=8, max_size=8))
def test_a_prime_is_found_near_any_number(seed: bytes) -> None:
    found = prime(lambda size: seed[:size])
    assert is_prime(found) and found < 2**64


def test_both_ends_agree_on_a_key_and_never_twice_on_the_same() -> None:
    devices = [essp.make_simulated(NAME, essp.Settings(port="", currency="SEK")) for _ in range(2)]
    keys = [Bench(device, machine).machine._key for device, machine in devices]
    assert all(keys) and keys[0] != keys[1]


# --- the machine ------------------------------------------------------------------------------------------------------


def test_it_pays_because_the_order_is_sealed(bench: Bench) -> None:
    assert bench.paid(6_700) == (6_700, "") and bench.machine.take_back() == 6_700


def test_an_order_in_the_open_is_refused(bench: Bench) -> None:
    machine = EsspSimulator()
    machine.connected(0)
    machine.receive(pack(Packet(0, True, bytes((c.PAYOUT_AMOUNT,)) + c.sum_of(500, "SEK") + c.FOR_REAL)), 0)
    assert c.NO_KEY in machine.take() and not machine.moves


def test_a_note_goes_in_two_breaths(bench: Bench) -> None:
    bench.opened().machine.insert_note(10_000)
    assert bench.wait(9_000) == [d.CashOffered(device=NAME, ticket="a", amount_minor=10_000)]
    assert bench.machine.taken_minor == 0
    (after,) = metered(bench.tell(d.StackNote("a")))
    assert (after.notes, bench.machine.taken_minor) == (1, 10_000)


def test_a_power_cut_in_escrow_gives_the_note_back_and_a_new_key_is_agreed_on(bench: Bench) -> None:
    bench.opened().machine.insert_note(10_000)
    bench.wait(1_000)
    key = bench.machine._key
    bench.machine.set_power(False)
    bench.wait(1_000)
    bench.machine.set_power(True)
    assert d.DeviceOnline(device=NAME) in bench.wait(15_000)
    assert (bench.machine.taken_minor, bench.machine.mouth) == (0, [10_000])
    assert bench.machine._key not in (b"", key) and bench.paid(500) == (500, "")


def test_a_recorded_order_that_is_played_again_pays_nothing(bench: Bench) -> None:
    """With the other flag, as a new packet: the seal's count is what refuses it."""
    bench.tell(d.DispenseCash("p", 500), 100)
    recorded = bench.machine.plays_back
    bench.wait(30_000)
    paid = bench.machine.paid_minor
    for flag in (True, False):
        bench.machine.receive(pack(Packet(0, flag, recorded)), bench.tick_ms)
    bench.machine.advance(bench.tick_ms + 30_000)
    assert bench.machine.paid_minor == paid == 500


def test_an_answer_in_the_open_is_not_believed() -> None:
    sealing = Seal(FACTORY_KEY, zeros)
    generator, modulus, half = sealing.begin()
    sealing.agree(pow(generator, 5, modulus))
    key = key_of(FACTORY_KEY, pow(half, 5, modulus))
    sealing.close(c.POLL)
    assert sealing.open(bytes((c.OK,))) == b""
    assert sealing.open(seal(key, 7, b"\xf0", zeros)) == b""
    assert sealing.open(seal(KEY, 1, b"\xf0", zeros)) == b""
    assert sealing.open(bytes((c.NO_KEY,))) == bytes((c.NO_KEY,))
    assert sealing.open(seal(key, 1, b"\xf0", zeros)) == b"\xf0"


def test_a_machine_with_another_fixed_key_is_away_and_says_so() -> None:
    machine = EsspSimulator(fixed=1)
    host = Host(NAME, "SEK", seal=Seal(FACTORY_KEY, zeros))
    bench = Bench(SimulatedDevice(machine, lambda opening: Recycler(NAME, opening, host)), machine)
    assert [type(event) for event in bench.begun + bench.wait(30_000)] == [d.DeviceOffline]


def test_bytes_that_come_one_by_one_are_enough(bench: Bench) -> None:
    bench.machine.split = True
    assert stored(bench.meter()) == bench.machine.stored_minor


# --- the hopper -------------------------------------------------------------------------------------------------------


def test_a_hopper_takes_coins_when_it_is_asked_and_pays_all_the_time() -> None:
    bench = hopper_bench()
    assert bench.begun[0] == d.DeviceOnline(device=NAME) and not bench.machine.insert_coin(500)
    before = bench.meter()
    assert bench.opened().machine.insert_coin(500)
    (after,) = metered(bench.wait(1_000))
    assert (after.coins_minor - before.coins_minor, after.notes) == (500, 0)
    assert bench.paid(1_700) == (1_700, "") and not bench.machine.insert_coin(100)


def test_a_hopper_that_jams_says_how_far_it_came() -> None:
    bench = hopper_bench()
    bench.machine.jams_after_minor = 1_000
    assert bench.paid(1_700) == (1_000, "jammed")


def test_a_validator_takes_notes_and_pays_none() -> None:
    machine = ValidatorSimulator()
    host = Host(NAME, "SEK", seal=Seal(FACTORY_KEY, zeros))
    bench = Bench(SimulatedDevice(machine, lambda opening: Recycler(NAME, opening, host)), machine)
    assert bench.begun[0] == d.DeviceOnline(device=NAME)
    assert bench.opened().machine.insert_note(2_000)
    bench.wait(1_000)
    (after,) = metered(bench.tell(d.StackNote("a")))
    assert (after.notes, after.levels, machine.boxed_minor) == (1, (), 2_000)
    assert bench.paid(2_000) == (0, "refused") and metered(bench.tell(d.EmptyCash("x")))[0].levels == ()


# --- the operator -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"key": "0123"}, "16 digits"), ({"key": "z" * 16}, "16 digits"), ({"address": 126}, "125 the last"),
     ({"currency": "KR"}, "three letters")],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_in_words(wrong: dict[str, object], words: str) -> None:
    table = {"driver": "essp", "port": "socket://127.0.0.1:1", "currency": "SEK", **wrong}
    with pytest.raises(DeviceError, match=words):
        make_devices({NAME: table})
