"""Steps: what an operator and a shopper do with a new card, one story each. Every step has a machine of its own."""

from collections.abc import Callable

import card
from bench import START_WITHIN_S, Bench
from cards import damaged_data, full, no_config
from patience import eventually
from pi import starts_on_a_pi
from selling import ACTS_WITHIN_S, at_the_welcome_screen, goes_to_the_card_terminal, hands, pays_by_card
from updates import broken_update, stick, update

MEMORY_MOST_MB = 300


def sale(bench: Bench) -> None:
    """A blank card to a paid sale: flash, power on, scan, pay, receipt, and the sale in the store."""
    at_the_welcome_screen(bench)
    pays_by_card(bench)
    sales = eventually("the sale in the store", lambda: bench.shop.asked("sales"), ACTS_WITHIN_S)
    assert len(sales) == 1, sales
    bench.say(f"in the store: {sales[0]}")
    bench.say(f"receipt:\n{bench.shop.printed()}")
    bench.say(bench.times())
    assert bench.start is not None and bench.start.used_mb <= MEMORY_MOST_MB, bench.start


def cut(bench: Bench) -> None:
    """The plug is pulled while the bank is asked; the second boot finds out, and nobody pays twice."""
    at_the_welcome_screen(bench)
    goes_to_the_card_terminal(bench)
    hands(bench, lambda terminal: setattr(terminal, "bank_ms", 20_000))
    assert hands(bench, lambda terminal: terminal.tap_card())
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


def wrong_config(bench: Bench) -> None:
    """A kiosk.toml with a mistake: the screen says in which line."""
    bench.shop.open()
    files = bench.shop.card_files(currency="curency")
    bench.boot(bench.new_card(files))
    bench.eyes.see("wrong-config", "curency", within_s=START_WITHIN_S)


def bare(bench: Bench) -> None:
    """How long the same machine takes without the kiosk."""
    bench.shop.open()
    flashed = bench.new_card(bench.shop.card_files(), "systemd.mask=kiosk.service", waits_for="multi-user.target")
    bench.boot(flashed)
    bench.say(bench.times())


STEPS: dict[str, Callable[[Bench], None]] = {
    "sale": sale,
    "bare": bare,
    "cut": cut,
    "update": update,
    "broken-update": broken_update,
    "stick": stick,
    "wrong-config": wrong_config,
    "no-config": no_config,
    "full": full,
    "damaged-data": damaged_data,
    "pi": starts_on_a_pi,
}
