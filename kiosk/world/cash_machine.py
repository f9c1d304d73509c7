"""Cash machine: what people do at it and what can be seen there, by the phrases that stories use for it."""

from drivers.cash_recycler.simulator import RecyclerSimulator
from kiosk.world.expectations import Missed
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar

CASH_MACHINE = Grammar()
_TAKEN_MS = 2_000


def machine(stage: Stage) -> RecyclerSimulator:
    """The one of this lane. NotThere."""
    if stage.top.recycler is None:
        raise NotThere("there is no cash machine here: say `shop has a cash machine`")
    return stage.top.recycler


@CASH_MACHINE.says("insert {count} note")
def note(stage: Stage, count: int) -> None:
    """Whole kronor; and the moment that it takes to be read."""
    if not machine(stage).insert_note(count * 100):
        raise NotThere(f"the machine does not take a note of {count} now")
    stage.act(lambda: None, _TAKEN_MS)


@CASH_MACHINE.says("hold a {count} note to it")
def hold(stage: Stage, count: int) -> None:
    """It is drawn in, and nobody waits."""
    if not machine(stage).insert_note(count * 100):
        raise NotThere(f"the machine does not take a note of {count} now")


@CASH_MACHINE.says("insert {count} coin")
def coin(stage: Stage, count: int) -> None:
    if not machine(stage).insert_coin(count * 100):
        raise NotThere(f"the machine does not take a coin of {count} now")
    stage.act(lambda: None, _TAKEN_MS)


@CASH_MACHINE.says("take the money from the machine {money}")
def take(stage: Stage, money: int) -> None:
    """All that lies in its tray and its mouth, so much."""
    if (found := machine(stage).take_back()) != money:
        raise Missed(f"there is {found / 100:.2f}")


@CASH_MACHINE.says("expect the cash machine takes money", takes=True)
@CASH_MACHINE.says("expect the cash machine is shut", takes=False)
def is_open(stage: Stage, takes: bool) -> None:
    if machine(stage).takes is not takes:
        raise Missed("it is otherwise")


@CASH_MACHINE.says("expect {money} more in the cash machine")
def more(stage: Stage, money: int) -> None:
    """Than in the morning, its box included."""
    found = machine(stage)
    if (kept := found.taken_minor - found.paid_minor) != money:
        raise Missed(f"there is {kept / 100:.2f} more")


@CASH_MACHINE.says("the cash machine has only {rest}")
def has_only(stage: Stage, rest: str) -> None:
    """`3x5 1x20`: pieces by their whole kronor; somebody has changed what is in it in the morning."""
    pieces = [part.split("x") for part in rest.split()] if rest != "nothing" else []
    store = machine(stage).store
    store.clear()
    store.update({int(value) * 100: int(count) for count, value in pieces})


@CASH_MACHINE.says("the cash machine jams after {money}")
def jams(stage: Stage, money: int) -> None:
    """When it pays out."""
    machine(stage).jams_after_minor = money


@CASH_MACHINE.says("the cash machine jams with the next note", jammed=True)
@CASH_MACHINE.says("the cash machine is freed", jammed=False)
def jam(stage: Stage, jammed: bool) -> None:
    machine(stage).note_jams = jammed
    if not jammed:
        machine(stage).jams_after_minor = None


@CASH_MACHINE.says("the cash machine miscounts {count} coins")
def miscounts(stage: Stage, count: int) -> None:
    """It believes that it has so many more of the smallest."""
    machine(stage).miscounts = count


@CASH_MACHINE.says("the cash machine says nothing", silent=True)
@CASH_MACHINE.says("the cash machine speaks again", silent=False)
def silent(stage: Stage, silent: bool) -> None:
    machine(stage).silent = silent


@CASH_MACHINE.says("unplug the cash machine", on=False)
@CASH_MACHINE.says("plug in the cash machine", on=True)
def plug(stage: Stage, on: bool) -> None:
    """Its cable to the lane; it has power."""
    stage.act(machine(stage).plug if on else machine(stage).unplug)


@CASH_MACHINE.says("cash machine power off", on=False)
@CASH_MACHINE.says("cash machine power on", on=True)
def power(stage: Stage, on: bool) -> None:
    stage.act(lambda: machine(stage).set_power(on))


@CASH_MACHINE.says("staff settle the cash in doubt: {money} is missing")
def settle(stage: Stage, money: int) -> None:
    """On the staff's list."""
    stage.tap(stage.say("What is missing?"))
    for digit in str(money):
        stage.tap(digit)
    stage.tap(stage.say("So much is missing") if money else stage.say("Nothing is missing"))


@CASH_MACHINE.says("staff at the cash machine key {money} {text}")
def key(stage: Stage, money: int, text: str) -> None:
    """`"Change put in"` or `"Box taken out, counted"`, from the staff's list."""
    for name in ("X report", "Cash in the drawer", "Cash machine"):
        stage.tap(stage.say(name))
    for digit in str(money):
        stage.tap(digit)
    stage.tap(text)


@CASH_MACHINE.says("staff put {count} coins of {value} into the cash machine")
def fill(stage: Stage, count: int, value: str) -> None:
    """With the key, whole kronor."""
    machine(stage).fill({int(value) * 100: count})


@CASH_MACHINE.says("staff take the box of the cash machine out with {money}")
def empty_box(stage: Stage, money: int) -> None:
    """With the key; and so much is in it."""
    if (found := machine(stage).empty_box()) != money:
        raise Missed(f"in the box is {found / 100:.2f}")
