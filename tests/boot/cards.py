"""Cards: stories of a card that is full or damaged, and of a new machine that nobody gave a file."""

import card
import versions
from bench import START_WITHIN_S, Bench
from patience import eventually
from selling import ACTS_WITHIN_S, UPDATES_WITHIN_S, at_the_welcome_screen, ordered, pays_by_card, rollout
from shop import MANAGER_PIN, STORE, TILL

NEW_TILL = "k02"


def no_config(bench: Bench) -> None:
    """A card that knows only where the store is: the screen shows a code, and whoever types it has a new till."""
    bench.shop.open()
    bench.boot(bench.new_card({STORE: f"{bench.shop.adoption}\n"}))
    bench.eyes.see("no-config", "operators", within_s=START_WITHIN_S)
    _adopted(bench, "no-config", NEW_TILL)
    bench.eyes.see("adopted", "skanna varan", "scan your first item", within_s=START_WITHIN_S)
    eventually("the store hears the new till", lambda: _till_is_there(bench, NEW_TILL), START_WITHIN_S)


def full(bench: Bench) -> None:
    """Somebody has filled the FAT partition: the till starts and sells; an update is refused in words."""
    bench.shop.open()
    flashed = bench.new_card(bench.shop.card_files(), fill=True)
    bench.boot(flashed)
    bench.eyes.see("welcome", "scan your first item", within_s=START_WITHIN_S)
    ordered(bench, versions.version(bench.workplace, bench.tools, "0.1.4"))
    eventually("the rollout has stopped", lambda: rollout(bench, "stopped"), UPDATES_WITHIN_S, 10)
    (newest, *_) = bench.shop.asked("rollouts")
    bench.say(f"refused: {[part['why'] for part in newest['parts']]}")
    assert "KASSA" in newest["parts"][0]["why"], newest
    pays_by_card(bench)
    eventually("the sale in the store", lambda: bench.shop.asked("sales"), ACTS_WITHIN_S)


def damaged_data(bench: Bench) -> None:
    """The beginning of the data partition is gone: the screen says so, and staff let it go on from the store's copy."""
    at_the_welcome_screen(bench)
    pays_by_card(bench)
    (first,) = eventually("the sale in the store", lambda: bench.shop.asked("sales"), ACTS_WITHIN_S)
    bench.cut()
    flashed = bench.place / "card.qcow2"
    card.damage_data(bench.tools, flashed)
    bench.boot(flashed)
    bench.eyes.see("damaged", "card damaged operators", within_s=START_WITHIN_S)
    assert len(bench.shop.asked("sales")) == 1
    _adopted(bench, "damaged", TILL, replaces=True)
    bench.eyes.see("begun-anew", "scan your first item", within_s=START_WITHIN_S)
    pays_by_card(bench)
    sales = eventually(
        "another sale", lambda: found if len(found := bench.shop.asked("sales") or []) > 1 else [], ACTS_WITHIN_S
    )
    numbers = [int(one["sequence"]) for one in sales]
    bench.say(f"before: {first['sequence']}; in the store now: {numbers}")
    assert len(set(numbers)) == len(sales) == 2, sales


def _adopted(bench: Bench, seen: str, till: str, *, replaces: bool = False) -> None:
    """Somebody reads the code off the screen with a phone and types a till's name and their PIN."""
    code = bench.eyes.code(seen)
    said = {"code": code, "till": till, "replaces": replaces, "pin": MANAGER_PIN}
    bench.say(f"{code} was typed at the store: {bench.shop.said('introductions', said)}")


def _till_is_there(bench: Bench, till: str) -> bool:
    return any(one["till"] == till for one in bench.shop.asked("versions") or [])
