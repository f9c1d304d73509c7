"""What happens while nobody pays: a terminal that sees to itself, one that is let go, and the text that it shows."""

from collections.abc import Callable
from typing import Any

import pytest

from drivers.card_terminal.zvt.driver import Settings, make
from drivers.card_terminal.zvt.seven_bit import seven_bit
from drivers.device import DeviceError
from drivers.events import (
    Authorize,
    Claim,
    DeviceOffline,
    DeviceOnline,
    Prepare,
    Release,
    Settle,
    TerminalCompleted,
    TerminalInDoubt,
    TerminalReady,
    TerminalRefused,
    TerminalSettled,
    TerminalText,
)

HOUR_MS = 3_600_000
BOTH = pytest.mark.parametrize("port", ["socket://terminal", "/dev/ttyS9"])


def passes(till: Any, ms: int) -> None:
    """So much time, even if nobody wants to be woken in it."""
    for _ in range(0, ms, 500):
        till.now_ms += 500
        till.turn()


def news(till: Any) -> list[str]:
    """Whether cards work, as it changed: `online`, or why not."""
    told = [event for event in till.events if isinstance(event, DeviceOnline | DeviceOffline)]
    return [event.why if isinstance(event, DeviceOffline) else "online" for event in told]


def log_of_orders(till: Any) -> list[bytes]:
    """The orders of the till that reach the terminal from now on."""
    heard: list[bytes] = []
    arrive = till.terminal._arrive

    def noted(head: str, content: bytes) -> None:
        if not head.startswith(("80", "84")):
            heard.append(bytes.fromhex(head))
        arrive(head, content)

    till.terminal._arrive = noted
    return heard


# --- a terminal that sees to itself ----------------------------------------------------------------------------------


@BOTH
def test_a_terminal_that_is_busy_with_itself_is_away_and_comes_back(make_till: Callable[..., Any], port: str) -> None:
    till = make_till(port=port)
    passes(till, 5_000)
    assert till.terminal.keep_itself_up(5 * 60_000)
    passes(till, 4 * 60_000)
    assert news(till) in (["online", "busy"], ["online", "end_of_day"])
    assert till.prepare("a1").why == "busy"
    passes(till, 2 * 60_000)
    assert news(till)[-1] == "online"
    assert isinstance(till.pay(ticket="a2"), TerminalCompleted)


def test_a_terminal_that_says_what_it_does_is_away_at_once(make_till: Callable[..., Any]) -> None:
    """On a line that is held it can say so; nobody waits half a minute to believe it."""
    till = make_till(idle_hang_up_ms=0)
    passes(till, 5_000)
    till.terminal.keep_itself_up(60_000)
    passes(till, 1_000)
    assert news(till) == ["online", "end_of_day"]
    passes(till, 90_000)
    assert news(till) == ["online", "end_of_day", "online"]


def test_a_terminal_that_is_busy_for_a_moment_is_not_away(till: Any) -> None:
    passes(till, 5_000)
    till.terminal.keep_itself_up(20_000)
    passes(till, 60_000)
    assert news(till) == ["online"]


def test_remote_maintenance_is_told_as_such(till: Any) -> None:
    till.terminal.faults.busy = 0xE0
    passes(till, 60_000)
    till.terminal.faults.busy = 0
    passes(till, 60_000)
    assert news(till) == ["online", "maintenance", "online"]


def test_a_terminal_that_wants_its_diagnosis_gets_it(till: Any) -> None:
    till.terminal.faults.busy = 0xC2
    orders = log_of_orders(till)
    passes(till, 60_000)
    assert orders.count(b"\x06\x70") == 1
    assert news(till) == ["online"]
    assert isinstance(till.pay(), TerminalCompleted)


def test_a_terminal_that_wants_its_end_of_day_says_so_until_it_had_it(till: Any) -> None:
    till.terminal.faults.busy = 0xF0
    assert till.prepare().why == "reconcile"
    passes(till, 60_000)
    assert news(till) == ["online", "reconcile"]
    till.command(Settle("s1"))
    till.run(lambda: bool(till.seen(TerminalSettled)))
    passes(till, 2_000)
    assert news(till) == ["online", "reconcile", "online"]
    assert isinstance(till.pay(ticket="a2"), TerminalCompleted)


# --- a terminal that is let go ---------------------------------------------------------------------------------------


@BOTH
def test_a_terminal_that_is_let_go_is_logged_off_and_left_alone(make_till: Callable[..., Any], port: str) -> None:
    till = make_till(port=port)
    assert isinstance(till.pay(), TerminalCompleted)
    passes(till, 5_000)
    orders = log_of_orders(till)
    till.command(Release())
    passes(till, 5_000)
    assert orders == [b"\x06\x02"]
    assert not till.terminal.registered
    assert not till.terminal.linked
    assert news(till) == ["online", "maintenance"]
    till.terminal.set_power(False)
    till.now_ms += HOUR_MS
    till.turn()
    till.terminal.set_power(True)
    till.now_ms += HOUR_MS
    till.turn()
    assert orders == [b"\x06\x02"]
    assert till.device.deadline_ms() is None
    till.command(Claim())
    passes(till, 20_000)
    assert news(till) == ["online", "maintenance", "online"]
    assert isinstance(till.pay(ticket="a2"), TerminalCompleted)


def test_no_payment_begins_while_it_is_let_go(till: Any) -> None:
    passes(till, 5_000)
    till.command(Release())
    till.command(Prepare("a1"))
    assert till.events[-1] == TerminalRefused(device="card", ticket="a1", why="maintenance")
    passes(till, 5_000)
    till.command(Prepare("a2"))
    assert till.events[-1].why == "maintenance"


def test_what_has_begun_goes_on_to_its_end_first(till: Any) -> None:
    assert isinstance(till.prepare(), TerminalReady)
    till.on_event = lambda event: till.command(Release()) if getattr(event, "step", "") == "card" else None
    assert isinstance(till.authorize(), TerminalCompleted)
    assert till.seen(TerminalInDoubt) == []
    till.on_event = lambda event: None
    passes(till, 5_000)
    assert news(till) == ["online", "maintenance"]
    assert not till.terminal.registered


def test_an_order_that_was_prepared_before_is_carried_out(till: Any) -> None:
    till.prepare()
    till.command(Release())
    passes(till, 3_000)
    assert isinstance(till.authorize(), TerminalCompleted)
    passes(till, 3_000)
    assert news(till) == ["online", "maintenance"]
    assert not till.terminal.registered, "and then it is let go again"


def test_a_doubt_is_looked_into_meanwhile(till: Any) -> None:
    """Money comes before rest."""
    till.prepare()
    till.command(Authorize("a1", 1_250, till.baseline))
    till.run(lambda: bool(till.seen(TerminalText)))
    till.command(Release())
    till.terminal.unplug()
    passes(till, 5_000)
    till.terminal.plug()
    till.run(lambda: bool(till._outcomes()))
    passes(till, 60_000)
    assert news(till)[-1] != "online"
    assert not till.terminal.linked


def test_an_unplugged_terminal_can_be_let_go_and_claimed_too(till: Any) -> None:
    passes(till, 5_000)
    till.terminal.unplug()
    till.command(Release())
    passes(till, 30_000)
    till.command(Claim())
    passes(till, 60_000)
    till.terminal.plug()
    passes(till, 60_000)
    assert news(till) == ["online", "maintenance", "online"]


# --- what it shows ---------------------------------------------------------------------------------------------------


@BOTH
def test_an_idle_terminal_shows_the_shops_text(make_till: Callable[..., Any], port: str) -> None:
    till = make_till(port=port, idle_text="Begin at the screen | on the left")
    passes(till, 20_000)
    assert till.terminal.display == "Begin at the screen\non the left"
    till.pay()
    passes(till, 20_000)
    assert till.terminal.display == "Begin at the screen\non the left"


def test_the_text_does_not_come_between_preparing_and_paying(make_till: Callable[..., Any]) -> None:
    till = make_till(idle_text="Hello")
    till.pay()
    orders = log_of_orders(till)
    passes(till, 2_000)
    till.prepare("a2")
    passes(till, 10_000)
    till.authorize("a2")
    assert b"\x06\xe0" not in orders[: orders.index(b"\x06\x01")]
    passes(till, 20_000)
    assert till.terminal.display == "Hello"


def test_a_terminal_that_shows_no_texts_is_not_asked_again_and_again(make_till: Callable[..., Any]) -> None:
    till = make_till(idle_text="Hello")
    till.terminal.faults.shows_no_texts = True
    orders = log_of_orders(till)
    passes(till, 120_000)
    assert orders.count(b"\x06\xe0") == 1
    assert news(till) == ["online"]


def test_a_terminal_that_was_without_power_is_told_the_text_again(make_till: Callable[..., Any]) -> None:
    till = make_till(idle_text="Hello")
    passes(till, 20_000)
    till.terminal.set_power(False)
    passes(till, 60_000)
    till.terminal.set_power(True)
    passes(till, 60_000)
    assert till.terminal.display == "Hello"


@pytest.mark.parametrize(
    ("text", "shown"), [("Grüße", b"Gr}~e"), ("Välkommen åter", b"V{lkommen ater"), ("Дякую €5", b"????? ?5")]
)
def test_letters_that_a_display_does_not_have_lose_their_marks(text: str, shown: bytes) -> None:
    assert seven_bit(text) == shown


@pytest.mark.parametrize("text", ["|".join("123456789"), "x" * 25])
def test_a_text_that_does_not_fit_is_refused_in_words(text: str) -> None:
    with pytest.raises(DeviceError, match="idle_text"):
        make("card", Settings(port="socket://x", currency="EUR", idle_text=text))
