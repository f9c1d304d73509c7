"""Updates: stories of the next version, by the store and by a stick, and of one that does not work."""

import re

import card
import versions
from bench import START_WITHIN_S, Bench
from patience import eventually
from selling import (
    ACTS_WITHIN_S,
    UPDATES_WITHIN_S,
    at_the_welcome_screen,
    ordered,
    pays_by_card,
    rollout,
    until_it_runs,
)

FALLS_BACK_WITHIN_S = 3_600
"""All tries of a slot, one after the other."""
ON_A_STICK = "kassa-0.1.3.raucb"


def update(bench: Bench) -> None:
    """The store sends the next version: slot B starts and stays, with the identity and the journal of the till."""
    at_the_welcome_screen(bench)
    pays_by_card(bench)
    eventually("the sale in the store", lambda: bench.shop.asked("sales"), ACTS_WITHIN_S)
    ordered(bench, versions.version(bench.workplace, bench.tools, "0.1.1"))
    until_it_runs(bench, "0.1.1", "B")
    bench.say("0.1.1 runs from slot B")
    state = eventually("the rollout is done", lambda: rollout(bench, "done", "stopped"), UPDATES_WITHIN_S, 10)
    assert state == "done", bench.shop.asked("rollouts")
    assert len(bench.shop.asked("sales")) == 1
    bench.eyes.see("after-the-update", "scan your first item", within_s=ACTS_WITHIN_S)


def broken_update(bench: Bench) -> None:
    """A version whose lane never comes up is left again by itself, and the rollout stops."""
    at_the_welcome_screen(bench)
    ordered(bench, versions.version(bench.workplace, bench.tools, "0.1.2", versions.BROKEN))
    eventually("slot B is tried", lambda: "Kassa: slot B" in bench.console(), UPDATES_WITHIN_S, 10)
    state = eventually("the rollout has stopped", lambda: rollout(bench, "done", "stopped"), FALLS_BACK_WITHIN_S, 20)
    assert state == "stopped", bench.shop.asked("rollouts")
    tried = re.findall(r"Kassa: slot ([AB])", bench.console())
    bench.say(f"slots started: {' '.join(tried)}; {bench.shop.asked('rollouts')}")
    assert tried[-1] == "A", tried
    bench.eyes.see("fallen-back", "scan your first item", within_s=START_WITHIN_S)


def stick(bench: Bench) -> None:
    """A stick with pictures is ignored; one with the next version updates a machine that no store tells to."""
    at_the_welcome_screen(bench)
    bundle = versions.version(bench.workplace, bench.tools, "0.1.3")
    photos = card.stick(bench.tools, bench.place / "photos.img", {"IMG_0001.JPG": b"\xff\xd8\xff" * 9_999})
    bench.machine.plug("photos", photos)
    eventually("the stick is looked at", lambda: "Kassa: is there an update on" in bench.console(), ACTS_WITHIN_S)
    bench.machine.unplug("photos")
    bench.say("a stick with pictures: nothing happens")
    bench.machine.plug("update", card.stick(bench.tools, bench.place / "update.img", {ON_A_STICK: bundle}, table=True))
    until_it_runs(bench, "0.1.3", "B")
    bench.say("0.1.3 runs from slot B")
    bench.eyes.see("after-the-stick", "scan your first item", within_s=ACTS_WITHIN_S)
