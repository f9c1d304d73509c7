"""Steps: what an operator and a shopper do with a new card, one story each. Every step has a machine of its own."""

import re
from collections.abc import Callable
from pathlib import Path

import card
import versions
from bench import START_WITHIN_S, Bench
from patience import eventually, pause
from pi import starts_on_a_pi
from shop import MANAGER_PIN

WATER = "9520001400018"
ACTS_WITHIN_S = 180
"""What takes a second on a Pi."""
TRIES = 12
UPDATES_WITHIN_S = 1_800
"""Fetched, checked, written and started again: minutes on a Pi."""
FALLS_BACK_WITHIN_S = 3_600
"""All tries of a slot, one after the other."""


def _at_the_welcome_screen(bench: Bench, **changes: str) -> None:
    bench.shop.open()
    card = bench.new_card(bench.shop.card_files(**changes))
    bench.boot(card)
    bench.eyes.see("welcome", "scan your first item", within_s=START_WITHIN_S)


def _goes_to_the_card_terminal(bench: Bench) -> None:
    for _ in range(TRIES):  # the price book comes some seconds after the first screen: people try again
        bench.machine.type(WATER)
        if bench.eyes.see("scanned", "sparkling", "know this barcode", within_s=ACTS_WITHIN_S) == "sparkling":
            break
        pause(ACTS_WITHIN_S // TRIES)
    bench.eyes.touch("02-scanning", "Pay")
    with_card = lambda: _hands(bench, lambda terminal: terminal.wants == "card")  # noqa: E731
    eventually("the terminal asks for a card", with_card, ACTS_WITHIN_S, 1)
    bench.eyes.see("card", "card", within_s=ACTS_WITHIN_S)


def _hands(bench: Bench, act: Callable[..., object]) -> object:
    with bench.shop.terminal.hands() as terminal:
        return act(terminal)


def sale(bench: Bench) -> None:
    """A blank card to a paid sale: flash, power on, scan, pay, receipt, and the sale in the store."""
    _at_the_welcome_screen(bench)
    _goes_to_the_card_terminal(bench)
    assert _hands(bench, lambda terminal: terminal.tap_card())
    bench.eyes.see("receipt", "receipt", within_s=ACTS_WITHIN_S)
    bench.eyes.touch("14a-receipt-choice", "Print it")
    eventually("paper", lambda: bench.shop.printed(), ACTS_WITHIN_S)
    sales = eventually("the sale in the store", lambda: bench.shop.asked("sales"), ACTS_WITHIN_S)
    assert len(sales) == 1, sales
    bench.say(f"in the store: {sales[0]}")
    bench.say(f"receipt:\n{bench.shop.printed()}")
    bench.say(bench.times())


def cut(bench: Bench) -> None:
    """The plug is pulled while the bank is asked; the second boot finds out, and nobody pays twice."""
    _at_the_welcome_screen(bench)
    _goes_to_the_card_terminal(bench)
    _hands(bench, lambda terminal: setattr(terminal, "bank_ms", 20_000))
    assert _hands(bench, lambda terminal: terminal.tap_card())
    bench.cut()
    bench.say("plug pulled")
    _nothing_secret_lies_open(bench)
    bench.boot(bench.place / "card.qcow2")
    sales = eventually("the sale in the store", lambda: bench.shop.asked("sales"), START_WITHIN_S)
    bench.eyes.see("after-the-cut", "receipt", "thank you", "scan your first item", within_s=ACTS_WITHIN_S)
    taken = bench.shop.taken_minor()
    assert len(sales) == 1, sales
    assert sales[0]["due_minor"] == taken, f"the bank took {taken}, the store has {sales[0]}"
    bench.say(f"taken by the bank: {taken}; in the store: {sales[0]}")


def _nothing_secret_lies_open(bench: Bench) -> None:
    """What was taken over from the FAT partition is not there any more, not even in its free space."""
    flashed = bench.place / "card.qcow2"
    secrets = {name: text for name, text in bench.shop.card_files().items() if name.endswith((".key", ".toml"))}
    left = secrets.keys() & set(card.names_on(bench.tools, flashed))
    assert secrets and not left, f"still on the FAT partition: {left}"
    everything = card.boot_partition(bench.tools, flashed)
    for name, text in secrets.items():
        content = text.encode() if isinstance(text, str) else text
        assert content[:256] not in everything, f"{name} is still in the free space of the FAT partition"
    bench.say(f"wiped from the FAT partition: {', '.join(sorted(secrets))}")


def update(bench: Bench) -> None:
    """The store sends the next version: slot B starts and stays, with the identity and the journal of the till."""
    _at_the_welcome_screen(bench)
    _goes_to_the_card_terminal(bench)
    assert _hands(bench, lambda terminal: terminal.tap_card())
    eventually("the sale in the store", lambda: bench.shop.asked("sales"), ACTS_WITHIN_S)
    _ordered(bench, versions.version(bench.workplace, bench.tools, "0.1.1"))
    _until_it_runs(bench, "0.1.1", "B")
    bench.say("0.1.1 runs from slot B")
    state = eventually("the rollout is done", lambda: _rollout(bench, "done", "stopped"), UPDATES_WITHIN_S, 10)
    assert state == "done", bench.shop.asked("rollouts")
    assert len(bench.shop.asked("sales")) == 1
    bench.eyes.see("after-the-update", "scan your first item", within_s=ACTS_WITHIN_S)


def broken_update(bench: Bench) -> None:
    """A version whose lane never comes up is left again by itself, and the rollout stops."""
    _at_the_welcome_screen(bench)
    _ordered(bench, versions.version(bench.workplace, bench.tools, "0.1.2", versions.BROKEN))
    eventually("slot B is tried", lambda: "Kassa: slot B" in bench.console(), UPDATES_WITHIN_S, 10)
    state = eventually("the rollout has stopped", lambda: _rollout(bench, "done", "stopped"), FALLS_BACK_WITHIN_S, 20)
    assert state == "stopped", bench.shop.asked("rollouts")
    tried = re.findall(r"Kassa: slot ([AB])", bench.console())
    bench.say(f"slots started: {' '.join(tried)}; {bench.shop.asked('rollouts')}")
    assert tried[-1] == "A", tried
    bench.eyes.see("fallen-back", "scan your first item", within_s=START_WITHIN_S)


def _ordered(bench: Bench, bundle: Path) -> None:
    kept = bench.shop.sent("bundles", bundle)
    wanted = {"sha256": kept["sha256"], "waves": ["100%"], "soak_minutes": 1, "watch_minutes": 120}
    bench.shop.said("rollouts", {"pin": MANAGER_PIN, **wanted})
    bench.say(f"ordered: {bundle.name}, {bundle.stat().st_size >> 20} MiB")


def _until_it_runs(bench: Bench, version: str, slot: str) -> None:
    def runs() -> bool:
        lanes = bench.shop.asked("versions") or []
        return any(version in str(lane) and f"'{slot}'" in str(lane) for lane in lanes)

    eventually(f"{version} runs from slot {slot}", runs, UPDATES_WITHIN_S, 10)


def _rollout(bench: Bench, *states: str) -> str:
    newest = (bench.shop.asked("rollouts") or [{}])[0]
    return str(newest.get("state", "")) if newest.get("state") in states else ""


def wrong_config(bench: Bench) -> None:
    """A kiosk.toml with a mistake: the screen says in which line."""
    bench.shop.open()
    files = bench.shop.card_files(currency="curency")
    bench.boot(bench.new_card(files))
    bench.eyes.see("wrong-config", "curency", within_s=START_WITHIN_S)


def no_config(bench: Bench) -> None:
    """A card as it was downloaded: the screen shows with which code it can be adopted."""
    bench.shop.open()
    bench.boot(bench.new_card({}))
    bench.eyes.see("no-config", "code", within_s=START_WITHIN_S)


def bare(bench: Bench) -> None:
    """How long the same machine takes without the kiosk."""
    bench.shop.open()
    card = bench.new_card(bench.shop.card_files(), "systemd.mask=kiosk.service", waits_for="multi-user.target")
    bench.boot(card)
    bench.say(bench.times())


STEPS: dict[str, Callable[[Bench], None]] = {
    "sale": sale,
    "cut": cut,
    "update": update,
    "broken-update": broken_update,
    "wrong-config": wrong_config,
    "no-config": no_config,
    "bare": bare,
    "pi": starts_on_a_pi,
}
