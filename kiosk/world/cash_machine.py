"""Cash machine: what people do at it and what can be seen there, by the phrases that stories use for it."""

from drivers.cash_recycler.simulator import RecyclerSimulator
from kiosk.world.cash_parts import CashParts
from kiosk.world.expectations import Missed
from kiosk.world.machine_watch import Act, MachineWatch
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar

CASH_MACHINE = Grammar()
_TAKEN_MS = 2_000
_TOLD_MS = 3_000
"""In which it tells its counters."""


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
    _say_what_is_missing(stage, money)


def _say_what_is_missing(stage: Stage, minor: int) -> None:
    for digit in str(minor):
        stage.tap(digit)
    stage.tap(stage.say("So much is missing") if minor else stage.say("Nothing is missing"))


@CASH_MACHINE.says("staff settle the cash in doubt honestly")
def settle_honestly(stage: Stage) -> None:
    """As it was. Nobody can say so while the machine moves."""
    if machine(stage).moves:
        raise NotThere("the machine is busy: nobody can say yet what came")
    if stage.lane.scene.name != "19b-staff-menu":
        back = stage.say("Back")
        stage.tap(back if stage.lane.button(back) else stage.say("Menu"))
    while not stage.lane.button(stage.say("What is missing?")) and stage.lane.button(stage.say("Done here")):
        stage.tap(stage.say("Done here"))  # it stands behind other calls
    stage.tap(stage.say("What is missing?"))
    attempt = stage.view.picked.get("tab", "")
    payout = next((one for one in stage.lane.state.payouts if one.attempt == attempt), None)
    if payout is None:
        raise NotThere("nothing is in doubt any more")
    _say_what_is_missing(stage, _watch(stage).missing_of(payout))


def _watch(stage: Stage) -> MachineWatch:
    machine(stage)
    assert stage.promises.money.machine is not None
    return stage.promises.money.machine


@CASH_MACHINE.says("staff at the cash machine key {money} {text}")
def key(stage: Stage, money: int, text: str) -> None:
    """`"Change put in"` or `"Box taken out, counted"`, from the staff's list."""
    _go_to_its_page(stage)
    _key(stage, money, text)


def _go_to_its_page(stage: Stage) -> None:
    """An amount that was keyed has closed it, and the lane is the shopper's again."""
    if stage.lane.scene.name == "19g-cash-machine":
        return
    if stage.lane.scene.name != "19b-staff-menu":
        stage.tap(stage.say("Staff"))
    for name in ("X report", "Cash in the drawer", "Cash machine"):
        stage.tap(stage.say(name))


def _key(stage: Stage, minor: int, text: str) -> None:
    for digit in str(minor):
        stage.tap(digit)
    stage.tap(text)


@CASH_MACHINE.says("staff key what they did at the cash machine")
def key_honestly(stage: Stage) -> None:
    """From the staff's list: all that was put in or taken out with the key, and that the lane has not heard of."""
    if _watch(stage).to_key == Act():
        raise NotThere("there is nothing to key")
    _key_what_is_left(stage)


def _key_what_is_left(stage: Stage) -> None:
    """What was put in comes first: it is in the machine's counters already, and would be taken for the box's."""
    if minor := _watch(stage).to_key.put_in:
        _go_to_its_page(stage)
        _key(stage, minor, stage.say("Change put in"))
        stage.wait(_TOLD_MS)
    if minor := _watch(stage).to_key.counted:
        _go_to_its_page(stage)
        _key(stage, minor, stage.say("Box taken out, counted"))
        stage.wait(_TOLD_MS)


@CASH_MACHINE.says("staff count all that is in the cash machine")
def count_all(stage: Stage) -> None:
    """From the staff's list: into the box with it, out with the box, and the books are right."""
    _key_what_is_left(stage)
    _go_to_its_page(stage)
    stage.tap(stage.say("Move all into the box"))
    stage.wait(_TOLD_MS)
    machine(stage).empty_box()
    _key_what_is_left(stage)
    _watch(stage).check_count(stage.lane.state)


@CASH_MACHINE.says("staff put {count} coins of {value} into the cash machine")
def fill(stage: Stage, count: int, value: str) -> None:
    """With the key, whole kronor."""
    machine(stage).fill({int(value) * 100: count})


@CASH_MACHINE.says("the hopper of {value} really holds {count} coins")
def really_holds(stage: Stage, value: str, count: int) -> None:
    """Whole kronor; whatever the lane believes."""
    parts = machine(stage)
    if not isinstance(parts, CashParts):
        raise NotThere("this cash machine has no hoppers")
    for hopper in parts.coins.hoppers:
        if hopper.value_minor == int(value) * 100:
            hopper.pieces = count


@CASH_MACHINE.says("staff take the box of the cash machine out with {money}")
def empty_box(stage: Stage, money: int) -> None:
    """With the key; and so much is in it."""
    if (found := machine(stage).empty_box()) != money:
        raise Missed(f"in the box is {found / 100:.2f}")
