"""Mishaps: what happens to devices, network, power, disk and clock, by the phrases that stories use for it."""

from datetime import datetime
from random import Random
from typing import Literal, get_args

from drivers.card_terminal.nexo.simulated.faults import Spoil
from drivers.card_terminal.nexo.simulator import NexoSimulator
from drivers.card_terminal.zvt.simulated.faults import Cut
from drivers.card_terminal.zvt.simulator import ZvtSimulator
from drivers.qr_payment.simulator import Fault, ProviderSimulator
from kiosk.world.expectations import Missed
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar

MISHAPS = Grammar()
_LITTLE_ROOM_MIB, _MUCH_ROOM_MIB = 1, 10_000

# --- devices ----------------------------------------------------------------------------------------------------------


@MISHAPS.says("unplug {thing}", away=True)
@MISHAPS.says("plug in {thing}", away=False)
def unplug(stage: Stage, thing: str, away: bool) -> None:
    """Scanner, printer or terminal."""
    top = stage.top
    hands = {
        "scanner": (top.scanner.plug, top.scanner.unplug),
        "printer": (top.printer.plug_in, top.printer.unplug),
        "terminal": (top.terminal.plug, top.terminal.unplug),
        "scale": (top.scale.plug, top.scale.unplug),
        "badge_reader": (top.fitted.badge_reader.plug, top.fitted.badge_reader.unplug),
        "exit_reader": (top.fitted.exit_reader.plug, top.fitted.exit_reader.unplug),
        "gate": (top.fitted.gate.plug, top.fitted.gate.unplug),
    }
    if thing not in hands:
        raise NotThere(f"there is no {thing}, only {', '.join(hands)}")
    stage.act(hands[thing][away])


@MISHAPS.says("paper {state}")
def paper(stage: Stage, state: Literal["ok", "low", "out"]) -> None:
    stage.act(lambda: stage.top.printer.load_paper(state))


@MISHAPS.says("paper ends after {count} lines")
def paper_ends(stage: Stage, count: int) -> None:
    stage.top.printer.lines_left = count


@MISHAPS.says("open the printer", opened=True)
@MISHAPS.says("close the printer", opened=False)
def cover(stage: Stage, opened: bool) -> None:
    printer = stage.top.printer
    stage.act(printer.open_cover if opened else printer.close_cover)


@MISHAPS.says("the cutter jams", jammed=True)
@MISHAPS.says("the cutter is freed", jammed=False)
def jam(stage: Stage, jammed: bool) -> None:
    printer = stage.top.printer
    stage.act(printer.jam if jammed else printer.free)


@MISHAPS.says("the printer overheats", hot=True)
@MISHAPS.says("the printer has cooled", hot=False)
def overheat(stage: Stage, hot: bool) -> None:
    printer = stage.top.printer
    stage.act(printer.overheat if hot else printer.cool)


@MISHAPS.says("the printer is taken offline", offline=True)
@MISHAPS.says("the printer is brought online", offline=False)
def take_offline(stage: Stage, offline: bool) -> None:
    """By its own button."""
    printer = stage.top.printer
    stage.act(printer.go_offline if offline else printer.go_online)


@MISHAPS.says("printer prints {count} ms a line")
def printing_speed(stage: Stage, count: int) -> None:
    stage.top.printer.line_ms = count


@MISHAPS.says("printer says nothing", mute=True)
@MISHAPS.says("printer speaks again", mute=False)
def mute(stage: Stage, mute: bool) -> None:
    """It takes bytes and does not answer."""
    stage.top.printer.mute = mute


# --- the card terminal ------------------------------------------------------------------------------------------------


@MISHAPS.says("terminal power off", on=False)
@MISHAPS.says("terminal power on", on=True)
def terminal_power(stage: Stage, on: bool) -> None:
    stage.act(lambda: stage.top.terminal.set_power(on))


@MISHAPS.says("cut terminal before approval", at=6)
@MISHAPS.says("cut terminal after approval", at=9)
@MISHAPS.says("cut terminal at message {at}")
@MISHAPS.says("cut terminal power at message {at}", power=True)
@MISHAPS.says("lose message {at} of the terminal", lost=True)
@MISHAPS.says("lose message {at} of the terminal and its power", lost=True, power=True)
def cut_terminal(stage: Stage, at: int | str, lost: bool = False, power: bool = False) -> None:
    """Its line goes with that message of the next payment, counted in both directions from the order to pay.

    Of a card that is tapped without a PIN, message 6 is the till's answer that it knows of the bank being asked, and 9
    tells the approval.
    """
    terminal = stage.top.terminal
    if not isinstance(terminal, ZvtSimulator):
        raise NotThere("this terminal has no such messages: it loses its line `before it answers`, or the like")
    terminal.faults.cut = Cut(int(at), delivered=not lost, power=power)


@MISHAPS.says("terminal keeps what was not confirmed", on_loss="keep")
@MISHAPS.says("terminal reverses what was not confirmed", on_loss="reverse")
@MISHAPS.says("terminal tells its last transaction after a cut", repeat="answers")
@MISHAPS.says("terminal hides its last transaction after a cut", repeat="silent")
@MISHAPS.says("terminal refuses its last transaction after a cut", repeat="refused")
@MISHAPS.says("terminal buries its last transaction after a cut", repeat="other")
def terminal_is(stage: Stage, **manner: str) -> None:
    for name, value in manner.items():
        setattr(stage.top.terminal.faults, name, value)


@MISHAPS.says("terminal fault {name}")
def terminal_fault(stage: Stage, name: str) -> None:
    """One of the switches of the simulated terminal's faults, such as `deaf`."""
    if not isinstance(getattr(stage.top.terminal.faults, name, None), bool):
        raise NotThere(f"the terminal knows no fault {name}")
    setattr(stage.top.terminal.faults, name, True)


@MISHAPS.says("terminal behaves")
def terminal_behaves(stage: Stage) -> None:
    terminal = stage.top.terminal
    terminal.faults = type(terminal.faults)()


@MISHAPS.says("the card terminal is changed for one that speaks {speaks}")
def change_terminal(stage: Stage, speaks: Literal["nexo-xml", "nexo-json"]) -> None:
    """While the lane is dark."""
    if not stage.dark:
        raise NotThere("the lane is running; it has its drivers already")
    stage.top.change_terminal(speaks)


@MISHAPS.says("terminal loses its line before it hears", where="before it hears")
@MISHAPS.says("terminal loses its line when it has heard", where="when it has heard")
@MISHAPS.says("terminal loses its line before it answers", where="before it answers")
def lose_line(stage: Stage, where: Literal["before it hears", "when it has heard", "before it answers"]) -> None:
    """With the next payment, refund or reversal. Of a terminal that answers each order once, as nexo does."""
    terminal = stage.top.terminal
    if not isinstance(terminal, NexoSimulator):
        raise NotThere("this terminal says many messages: cut it at one of them")
    terminal.faults.cut = where


@MISHAPS.says("terminal answers with {rest}")
def spoil(stage: Stage, rest: Spoil) -> None:
    """What is wrong with what it says of a payment, until it behaves: `garbage`, `other amount`, ..."""
    terminal = stage.top.terminal
    if not isinstance(terminal, NexoSimulator) or rest not in get_args(Spoil):
        raise NotThere(f"this terminal cannot answer with {rest}")
    terminal.faults.spoil = rest


# --- phones -----------------------------------------------------------------------------------------------------------


@MISHAPS.says("phone pays", act="pay")
@MISHAPS.says("phone declines", act="decline")
def phone(stage: Stage, act: str) -> None:
    """What the newest code that is open says, on the shopper's phone."""
    provider = _provider(stage)
    if not (provider.pay() if act == "pay" else provider.decline()):
        raise NotThere("the provider has no payment that is open")
    stage.act(lambda: None)


@MISHAPS.says("provider away", away=True)
@MISHAPS.says("provider back", away=False)
def provider_away(stage: Stage, away: bool) -> None:
    provider = _provider(stage)
    stage.act(provider.unplug if away else provider.plug)


@MISHAPS.says("provider is {fault} {count} times")
@MISHAPS.says("provider is {fault} {count} times, {after} later")
@MISHAPS.says("provider is {fault}")
def provider_fault(stage: Stage, fault: Fault, count: int = 0, after: str = "0") -> None:
    """`silent`: does it and says nothing; `deaf`: nothing at all; `error`, `garbage`, `slow`."""
    _provider(stage).break_down(fault, count, int(after))


@MISHAPS.says("provider behaves")
def provider_behaves(stage: Stage) -> None:
    _provider(stage).break_down("")


@MISHAPS.says("provider refuses refunds")
def provider_refuses(stage: Stage) -> None:
    _provider(stage).refuses_refunds = True


@MISHAPS.says("expect phones paid {money}")
def phones_paid(stage: Stage, money: int) -> None:
    """What stands in the provider's own journal."""
    provider = _provider(stage)
    paid = (p.amount_minor for p in provider.payments.values() if p.state == "paid" and p.id not in provider.refunds)
    if (found := sum(paid)) != money:
        raise Missed(f"the provider has {found}")


def _provider(stage: Stage) -> ProviderSimulator:
    if stage.top.provider is None:
        raise NotThere("nobody pays by phone here: the shop must take qr")
    return stage.top.provider


# --- network ----------------------------------------------------------------------------------------------------------


@MISHAPS.says("network down", up=False)
@MISHAPS.says("network up", up=True)
def network(stage: Stage, up: bool) -> None:
    stage.act(lambda: stage.shop.wire.set_up(up))


@MISHAPS.says("network of a thousand loses {loss} doubles {double} shuffles {shuffle} delays {late} seed {seed}")
def bad_network(stage: Stage, **numbers: str) -> None:
    seed = int(numbers.pop("seed"))
    stage.shop.wire.spoil(Random(seed), **{name: int(text) for name, text in numbers.items()})


@MISHAPS.says("the store is slow", slow=True)
@MISHAPS.says("the store catches up", slow=False)
def store_is_slow(stage: Stage, slow: bool) -> None:
    """It hears everything and comes to nothing of it, until it catches up."""
    stage.act(lambda: setattr(stage.shop.wire, "store_is_slow", slow))


# --- power ------------------------------------------------------------------------------------------------------------


@MISHAPS.says("power cut")
@MISHAPS.says("power cut seed {seed}")
def power_cut(stage: Stage, seed: str = "0") -> None:
    """Now. The seed chooses what becomes of writes that were not synced; 0 drops them all."""
    _running(stage)
    stage.cut_seed = int(seed)
    stage.cut_power()


@MISHAPS.says("power fails at write {count} seed {seed}")
def power_fails(stage: Stage, count: int, seed: str) -> None:
    """At the so-many-th write or sync from now; of a lane that is dark, while it starts."""
    stage.cut_seed = int(seed)
    stage.lane.disk.cut_in(count)


@MISHAPS.says("power holds")
def power_holds(stage: Stage) -> None:
    """Whatever was to fail at some write does not."""
    stage.lane.disk.hold()


@MISHAPS.says("kill")
def kill(stage: Stage) -> None:
    """kill -9."""
    _running(stage)
    stage.kill()


@MISHAPS.says("start")
def start(stage: Stage) -> None:
    """Power on, or systemd."""
    stage.start()


def _running(stage: Stage) -> None:
    if stage.dark:
        raise NotThere("the lane is dark already")


@MISHAPS.says("keep a copy of the card")
def copy_card(stage: Stage) -> None:
    """As an operator does before an update."""
    stage.copy_disk()


@MISHAPS.says("put the copy of the card in")
def restore_card(stage: Stage) -> None:
    """Into a lane that is dark."""
    stage.restore_disk()


@MISHAPS.says("another machine takes its place")
def replaced(stage: Stage) -> None:
    """Of a lane that is dark; the store adopts it as the same till."""
    stage.replace_machine()


@MISHAPS.says("the old machine is found again")
def found_again(stage: Stage) -> None:
    """In a drawer; somebody gives it power instead of the new one."""
    stage.find_old_machine()


# --- disk and clock ---------------------------------------------------------------------------------------------------


@MISHAPS.says("sync fails at write {count}")
def sync_fails(stage: Stage, count: int) -> None:
    stage.lane.disk.fail_sync_in(count)


@MISHAPS.says("disk sits in a sync", stuck=True)
@MISHAPS.says("disk is done with its sync", stuck=False)
def stuck(stage: Stage, stuck: bool) -> None:
    stage.lane.disk_stuck = stuck
    stage.wait(0)


@MISHAPS.says("disk is nearly full", mib=_LITTLE_ROOM_MIB)
@MISHAPS.says("disk has room", mib=_MUCH_ROOM_MIB)
def room(stage: Stage, mib: int) -> None:
    stage.shop.free_mib = mib
    if mib == _MUCH_ROOM_MIB:
        stage.lane.disk.leave_room(None)


@MISHAPS.says("disk has room for {count} bytes")
def last_bytes(stage: Stage, count: int) -> None:
    stage.lane.disk.leave_room(count)


@MISHAPS.says("signer works", mood="works")
@MISHAPS.says("signer fails", mood="fails")
@MISHAPS.says("signer says nothing", mood="says nothing")
def signer(stage: Stage, mood: Literal["works", "fails", "says nothing"]) -> None:
    stage.shop.signer.mood = mood


@MISHAPS.says("clock is set to {day} {hour}")
def set_clock(stage: Stage, day: str, hour: str) -> None:
    """The wall clock of the shop now says `2027-12-31` `23:59:30`."""
    wanted = datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=stage.shop.zone)
    jump_ms = round(wanted.timestamp()) * 1000 - stage.clock.now().utc_ms
    stage.act(lambda: stage.clock.jump_utc(jump_ms))


@MISHAPS.says("clock jumps {time}")
def clock_jumps(stage: Stage, time: int) -> None:
    """The wall clock is corrected, either way."""
    stage.clock.jump_utc(time)
    stage.wait(0)
