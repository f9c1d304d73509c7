"""A payment by phone, two-ended: whatever is lost or wrong, it is ordered once, and a no is only said if it is one."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers import events as d
from drivers.device import DeviceError
from drivers.ports.memory_port import MemoryPort
from drivers.ports.serving import SimulatorServer
from drivers.qr_payment.driver import QrPayment, Settings, make, make_simulated
from drivers.qr_payment.protocol import Client, Terms
from drivers.qr_payment.simulator import ProviderSimulator
from drivers.registry import make_devices

NAME, TICKET = "qr_payment", "k01-000001-1"
FAST = Settings(merchant="m1", currency="SEK")


class Bench:
    """Driver, provider, and time that passes in steps of whatever they wait for."""

    def __init__(self) -> None:
        self.device, simulator = make_simulated(NAME, FAST)
        assert isinstance(simulator, ProviderSimulator)
        self.provider, self.now = simulator, 0

    def tell(self, command: d.Command, ms: int = 0) -> list[d.HardwareEvent]:
        return self.device.command(command, self.now) + self.wait(ms)

    def wait(self, ms: int) -> list[d.HardwareEvent]:
        until, heard = self.now + ms, []
        while (due := self.device.deadline_ms()) is not None and due <= until:
            self.now = max(self.now, due)
            heard += self.device.service(self.now)
        self.now = until
        return heard

    def order(self, ms: int = 2_000) -> list[d.HardwareEvent]:
        """Prepared and ordered."""
        self.wait(100)
        self.tell(d.Prepare(TICKET), 500)
        return self.tell(d.Authorize(TICKET, 1_290, ""), ms)

    @property
    def charged(self) -> int:
        return sum(each.amount_minor for each in self.provider.payments.values() if each.state == "paid")


@pytest.fixture
def bench() -> Bench:
    return Bench()


def kinds(heard: list[d.HardwareEvent]) -> list[str]:
    return [type(event).__name__ for event in heard]


def test_the_phone_pays(bench: Bench) -> None:
    assert kinds(bench.wait(100)) == ["DeviceOnline"]
    assert kinds(bench.tell(d.Prepare(TICKET), 500)) == ["TerminalReady"]
    code = bench.tell(d.Authorize(TICKET, 1_290, ""), 3_000)
    assert kinds(code) == ["TerminalCode"]
    assert isinstance(code[0], d.TerminalCode) and bench.provider.pay(code[0].code)
    (done,) = bench.wait(3_000)
    assert isinstance(done, d.TerminalCompleted)
    assert (done.record.amount_minor, done.record.receipt, done.record.card_name) == (1_290, "P000001", "Phone")
    assert bench.wait(60_000) == []


@pytest.mark.parametrize(("act", "why"), [("decline", "declined"), ("expire", "cancelled")])
def test_a_definite_no(bench: Bench, act: str, why: str) -> None:
    bench.order()
    heard = bench.wait(200_000) if act == "expire" else (bench.provider.decline(), bench.wait(3_000))[1]
    assert isinstance(heard[-1], d.TerminalDeclined) and heard[-1].why == why
    assert bench.charged == 0


def test_the_shopper_cancels_and_nobody_can_pay_any_more(bench: Bench) -> None:
    bench.order()
    (no,) = bench.tell(d.Abort(TICKET), 3_000)
    assert isinstance(no, d.TerminalDeclined) and no.why == "cancelled"
    assert not bench.provider.pay()


def test_the_phone_was_quicker_than_the_cancelling(bench: Bench) -> None:
    bench.order()
    bench.provider.pay()
    (yes,) = bench.tell(d.Abort(TICKET), 3_000)
    assert isinstance(yes, d.TerminalCompleted)


def test_a_provider_that_is_away_is_told_once_and_charges_nobody(bench: Bench) -> None:
    bench.wait(100)
    bench.provider.unplug()
    heard = bench.tell(d.Prepare(TICKET), 10_000)
    assert kinds(heard) == ["DeviceOffline", "TerminalRefused"]
    bench.wait(60_000)
    bench.provider.plug()
    assert kinds(bench.wait(20_000)) == ["DeviceOnline"]
    assert bench.provider.payments == {}


def test_an_attempt_that_the_provider_knows_already_is_not_ordered(bench: Bench) -> None:
    bench.order()
    bench.provider.pay()
    bench.wait(3_000)
    (refused,) = bench.tell(d.Prepare(TICKET), 1_000)
    assert isinstance(refused, d.TerminalRefused) and refused.why == "busy"


@pytest.mark.parametrize("fault", ["silent", "deaf", "error", "garbage"])
def test_an_order_without_an_answer_is_in_doubt_and_then_certainly_not_paid(bench: Bench, fault: str) -> None:
    bench.wait(100)
    bench.tell(d.Prepare(TICKET), 500)
    bench.provider.break_down(fault, 1)  # type: ignore[arg-type]
    assert kinds(bench.tell(d.Authorize(TICKET, 1_290, ""), 6_000)) == ["TerminalInDoubt"]
    heard = bench.tell(d.Enquire(TICKET, 1_290, ""), 6_000)
    assert kinds(heard) == ["TerminalAsked", "TerminalNotCharged"]
    assert not bench.provider.pay()


def test_a_code_that_was_paid_while_nobody_listened_is_found(bench: Bench) -> None:
    bench.order()
    bench.provider.unplug()
    assert kinds(bench.wait(30_000)) == ["TerminalInDoubt"]
    bench.provider.pay()
    heard = bench.tell(d.Enquire(TICKET, 1_290, ""), 10_000)
    assert kinds(heard) == ["TerminalAsked"] * 3 + ["DeviceOffline", "TerminalUnknown"]
    bench.provider.plug()
    assert kinds(bench.tell(d.Enquire(TICKET, 1_290, ""), 10_000))[-1] == "TerminalCompleted"


def test_three_looks_that_fail_in_a_row_are_a_doubt_and_two_are_not(bench: Bench) -> None:
    bench.order()
    bench.provider.break_down("error", 2)
    assert bench.wait(5_000) == []
    bench.provider.break_down("error", 3)
    assert kinds(bench.wait(5_000)) == ["TerminalInDoubt"]


def test_a_charge_is_given_back_once_however_often_it_is_ordered(bench: Bench) -> None:
    bench.order()
    bench.provider.pay()
    (done,) = bench.wait(3_000)
    assert isinstance(done, d.TerminalCompleted)
    bench.provider.break_down("silent", 1)
    for _ in range(2):
        (back,) = bench.tell(d.Reverse(TICKET, done.record), 20_000)
        assert isinstance(back, d.TerminalReversed) and back.done
    assert bench.provider.refunds == {done.record.trace: 1_290}


def test_a_refused_refund_is_left_to_people(bench: Bench) -> None:
    bench.order()
    bench.provider.pay()
    (done,) = bench.wait(3_000)
    bench.provider.refuses_refunds = True
    assert isinstance(done, d.TerminalCompleted)
    (back,) = bench.tell(d.Reverse(TICKET, done.record), 20_000)
    assert isinstance(back, d.TerminalReversed) and not back.done and back.evidence == "answered 422"


@settings(max_examples=60)
@given(
    faults=st.lists(
        st.tuples(st.sampled_from(["silent", "deaf", "error", "garbage", "slow"]), st.integers(1, 4)), max_size=4
    ),
    pays_after=st.integers(0, 20_000),
    cancels_after=st.none() | st.integers(0, 20_000),
)
def test_whatever_fails_a_no_is_never_said_of_a_charge(
    faults: list[tuple[str, int]], pays_after: int, cancels_after: int | None
) -> None:
    bench = Bench()
    heard = bench.order(0)
    acts: list[tuple[int, Callable[[], object]]] = [(pays_after, lambda: bench.provider.pay())]
    if cancels_after is not None:
        acts.append((cancels_after, lambda: heard.extend(bench.tell(d.Abort(TICKET)))))
    for number, (fault, times) in enumerate(faults):
        broken = lambda fault=fault, times=times: bench.provider.break_down(fault, times)  # noqa: E731
        acts.append((number * 3_000, broken))
    for at, act in sorted(acts, key=lambda one: one[0]):
        heard += bench.wait(max(0, at - bench.now))
        act()
    heard += bench.wait(60_000)
    bench.provider.break_down("")
    if kinds(heard)[-1] in ("TerminalInDoubt", "TerminalUnknown", "TerminalCode"):
        heard += bench.tell(d.Enquire(TICKET, 1_290, ""), 60_000)
    assert (kinds(heard)[-1] == "TerminalCompleted") == (bench.charged == 1_290), kinds(heard)
    assert not bench.provider.pay()


def test_the_bytes_come_one_by_one() -> None:
    provider, terms = ProviderSimulator(), Terms("pay.example", "m1", "SEK", "Phone")
    client = Client(NAME, terms)
    client.advance(0)
    client.opened()
    provider.connected(0)
    for byte in client.take():
        provider.receive(bytes([byte]), 0)
    heard = [event for byte in provider.take() for event in client.received(bytes([byte]), 0)]
    assert heard == [d.DeviceOnline(device=NAME)]


def test_over_a_real_socket() -> None:
    clock = [0]
    server = SimulatorServer(ProviderSimulator(), ("127.0.0.1", 0), lambda: clock[0])
    device = make(NAME, Settings(port=server.url, merchant="m1", currency="SEK"))
    heard: list[d.HardwareEvent] = []

    def turn(times: int = 200) -> None:
        for _ in range(times):
            clock[0] += 20
            server.turn(0)
            heard.extend(device.service(clock[0]))

    try:
        turn()
        heard.extend(device.command(d.Prepare(TICKET), clock[0]))
        turn()
        heard.extend(device.command(d.Authorize(TICKET, 500, ""), clock[0]))
        turn()
        with server.hands() as provider:
            assert provider.pay()
        turn()
    finally:
        device.close()
        server.close()
    assert kinds(heard) == ["DeviceOnline", "TerminalReady", "TerminalCode", "TerminalCompleted"]


def test_a_memory_port_that_is_cut_in_the_middle_of_an_answer() -> None:
    provider = ProviderSimulator()
    device = QrPayment(NAME, lambda: MemoryPort(provider, lambda: 0), Terms("h", "m1", "SEK", "Phone"))
    device.service(0)
    provider.unplug()
    assert device.service(1) == []


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"driver": "http", "port": "https://pay.example"}, "no merchant"),
        ({"driver": "http", "port": "https://", "merchant": "m"}, "needs a host"),
        ({"driver": "http", "port": "https://pay.example/api", "merchant": "m"}, "needs a host"),
        ({"driver": "htp"}, "http"),
    ],
)
def test_a_wrong_setting_is_named(table: dict[str, object], says: str) -> None:
    with pytest.raises(DeviceError, match=says):
        make_devices({"qr_payment": table})
