"""Selling: what every step does on its way: to the welcome screen, to a paid sale, to an ordered update."""

from collections.abc import Callable
from pathlib import Path

from bench import START_WITHIN_S, Bench
from patience import eventually, pause
from shop import MANAGER_PIN

WATER = "9520001400018"
ACTS_WITHIN_S = 180
"""What takes a second on a Pi."""
TRIES = 12
UPDATES_WITHIN_S = 1_800
"""Fetched, checked, written and started again: minutes on a Pi."""


def at_the_welcome_screen(bench: Bench, **changes: str) -> None:
    """A shop is opened, and a new card of its till has come up."""
    bench.shop.open()
    card = bench.new_card(bench.shop.card_files(**changes))
    bench.boot(card)
    bench.eyes.see("welcome", "scan your first item", within_s=START_WITHIN_S)


def goes_to_the_card_terminal(bench: Bench) -> None:
    """A bottle of water is scanned, Pay is touched, and the terminal asks for a card."""
    for _ in range(TRIES):  # the price book comes some seconds after the first screen: people try again
        bench.machine.type(WATER)
        if bench.eyes.see("scanned", "sparkling", "know this barcode", within_s=ACTS_WITHIN_S) == "sparkling":
            break
        pause(ACTS_WITHIN_S // TRIES)
    bench.eyes.touch("02-scanning", "Pay")
    with_card = lambda: hands(bench, lambda terminal: terminal.wants == "card")  # noqa: E731
    eventually("the terminal asks for a card", with_card, ACTS_WITHIN_S, 1)
    bench.eyes.see("card", "card", within_s=ACTS_WITHIN_S)


def hands(bench: Bench, act: Callable[..., object]) -> object:
    """Somebody at the card terminal does this."""
    with bench.shop.terminal.hands() as terminal:
        return act(terminal)


def pays_by_card(bench: Bench) -> None:
    """One bottle of water, paid and printed; the next shopper may come."""
    goes_to_the_card_terminal(bench)
    assert hands(bench, lambda terminal: terminal.tap_card())
    bench.eyes.see("receipt", "receipt", within_s=ACTS_WITHIN_S)
    before = bench.shop.printed()
    bench.eyes.touch("14a-receipt-choice", "Print it")
    eventually("paper", lambda: bench.shop.printed() != before, ACTS_WITHIN_S)


def ordered(bench: Bench, bundle: Path) -> None:
    """The store is to send this bundle to every lane."""
    kept = bench.shop.sent("bundles", bundle)
    wanted = {"sha256": kept["sha256"], "waves": ["100%"], "soak_minutes": 1, "watch_minutes": 120}
    bench.shop.said("rollouts", {"pin": MANAGER_PIN, **wanted})
    bench.say(f"ordered: {bundle.name}, {bundle.stat().st_size >> 20} MiB")


def until_it_runs(bench: Bench, version: str, slot: str) -> None:
    """Wait until the store hears a lane of this version from this slot."""

    def runs() -> bool:
        lanes = bench.shop.asked("versions") or []
        return any(version in str(lane) and f"'{slot}'" in str(lane) for lane in lanes)

    eventually(f"{version} runs from slot {slot}", runs, UPDATES_WITHIN_S, 10)


def rollout(bench: Bench, *states: str) -> str:
    """The state of the newest rollout, once it is one of these."""
    newest = (bench.shop.asked("rollouts") or [{}])[0]
    return str(newest.get("state", "")) if newest.get("state") in states else ""
