"""Fault matrix: each device, each thing that can happen to it, and what comes of it for the three who care.

Every row is a story: a lane with that device, a shopper in the middle of a purchase, the fault, a little time. What the
shopper sees, what staff are told and what the lane still offers are read off the running lane, not written by hand:
`python -m kiosk.world.fault_matrix` puts the table into drivers/README.md, and a test per row tells it again.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from kiosk.checkout.offering import Offer, offer_of
from kiosk.checkout.state import State
from kiosk.ui.scene import Box, Scene
from kiosk.world.cash_parts import OF_PARTS
from kiosk.world.stage import Stage
from kiosk.world.story import Line
from kiosk.world.teller import stage_of, tell_line

README = Path(__file__).parents[2] / "drivers/README.md"
BEGIN, END = "<!-- fault matrix: python -m kiosk.world.fault_matrix -->", "<!-- end of the fault matrix -->"
BREAD = "scan 9520001200014"
TO_CARD = (BREAD, 'tap "Pay"', "wait 3 s")
PAID = (*TO_CARD, "tap card", "wait 5 s")


class Fault(NamedTuple):
    """`shop`: what kind of lane; `before`: what has happened; `lines`: the fault itself, and time to notice it."""

    device: str
    what: str
    lines: tuple[str, ...]
    before: tuple[str, ...] = (BREAD,)
    shop: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """How it is mended, where a replug is part of the story."""


class Seen(NamedTuple):
    """One row's answers."""

    shopper: str
    staff: str
    offers: str


def _away(device: str, thing: str, what: str, **more: tuple[str, ...]) -> Fault:
    return Fault(device, what, (f"unplug {thing}", "wait 6 s"), after=(f"plug in {thing}", "wait 20 s"), **more)


CASH = ("shop takes card cash", "shop has a cash machine")
PARTS = ("shop takes card cash", OF_PARTS)
NEXO = ("power cut", "the card terminal is changed for one that speaks nexo-xml", "start", "wait 3 s")
SCALE, BAGS = ("shop has a scale",), ("shop has a bagging scale",)
FAULTS = (
    _away("scanner", "scanner", "unplugged in a sale"),
    _away("scanner", "scanner", "unplugged between sales", before=()),
    Fault("scanner", "reads what is no label", ("scan garbage", "wait 1 s")),
    _away("pos_printer", "printer", "unplugged in a sale"),
    _away("pos_printer", "printer", "unplugged at the receipt", before=PAID),
    Fault("pos_printer", "paper low", ("paper low", "wait 5 s"), after=("paper ok", "wait 5 s")),
    Fault("pos_printer", "paper out at the receipt", ("paper out", "wait 5 s"), PAID, after=("paper ok", "wait 5 s")),
    Fault("pos_printer", "paper out in the middle of a receipt",
          ("paper ends after 4 lines", 'tap "Print it"', "wait 20 s"), PAID, after=("paper ok", "wait 30 s")),
    Fault("pos_printer", "cover open", ("open the printer", "wait 5 s"), after=("close the printer", "wait 5 s")),
    Fault("pos_printer", "cutter jams",
          ("printer prints 300 ms a line", 'tap "Print it"', "the cutter jams", "wait 30 s"), PAID,
          after=("the cutter is freed", "wait 20 s")),
    # Past its next question to an idle printer, up to 10 s away, whenever that is.
    Fault("pos_printer", "takes bytes and says nothing", ("printer says nothing", 'tap "Print it"', "wait 60 s"), PAID,
          after=("printer speaks again", "wait 20 s")),
    _away("card_terminal", "terminal", "unplugged in a sale"),
    Fault("card_terminal", "without power between sales", ("terminal power off", "wait 60 s"), (),
          after=("terminal power on", "wait 60 s")),
    Fault("card_terminal", "cut before the approval",
          ("cut terminal before approval", "tap card", "wait 30 s"), TO_CARD),
    Fault("card_terminal", "cut after the approval",
          ("cut terminal after approval", "tap card", "wait 30 s"), TO_CARD),
    Fault("card_terminal", "deaf", ("terminal fault deaf", 'tap "Pay"', "wait 30 s")),
    Fault("qr_payment", "away when it is chosen", ("provider away", 'tap "Pay"', 'tap "QR payment"', "wait 30 s"),
          shop=("shop takes card qr",)),
    _away("scale", "scale", "unplugged in a sale", shop=SCALE),
    Fault("bagging_scale", "unplugged in a sale", ("unplug the bagging scale", "wait 20 s"), shop=BAGS,
          after=("plug in the bagging scale", "wait 20 s")),
    Fault("cash_recycler", "unplugged in a sale", ("unplug the cash machine", "wait 30 s"), shop=CASH,
          after=("plug in the cash machine", "wait 30 s")),
    Fault("cash_recycler", "jams with a note",
          ("the cash machine jams with the next note", "insert 100 note", "wait 3 s"),
          (BREAD, 'tap "Pay"', 'tap "Cash"', "wait 3 s"), CASH,
          after=("the cash machine is freed", "wait 10 s", "take the money from the machine 100.00")),
    Fault("cash_recycler", "of two makers: the hopper has fewer coins than it thinks",
          ("the hopper of 10 really holds 0 coins", "insert 100 note", "wait 30 s"),
          (BREAD, 'tap "Pay"', 'tap "Cash"', "wait 3 s"), PARTS),
    Fault("card_terminal", "nexo: loses its line when it has heard",
          ("terminal loses its line when it has heard", "tap card", "wait 30 s"), (*NEXO, *TO_CARD)),
    Fault("card_terminal", "nexo: answers with garbage",
          ("terminal answers with garbage", "tap card", "wait 30 s"), (*NEXO, *TO_CARD)),
    Fault("card_terminal", "nexo: answers with another amount",
          ("terminal answers with other amount", "tap card", "wait 30 s"), (*NEXO, *TO_CARD)),
    Fault("scale", "that works out prices, unplugged while it weighs", ("unplug scale", "wait 6 s"),
          ('tap "Start"', "type 4011", "wait 1 s", "scale 845 g"), ("shop has a scale that works out prices",),
          after=("plug in scale", "wait 20 s")),
    Fault("badge_reader", "unplugged in a sale", ("unplug badge_reader", "wait 6 s"), shop=("shop fits badge_reader",),
          after=("plug in badge_reader", "wait 20 s")),
    Fault("gate", "its reader is unplugged", ("unplug exit_reader", "wait 6 s"), shop=("shop fits gate",),
          after=("plug in exit_reader", "wait 20 s")),
    Fault("gate", "is shown a code of nothing that was sold", ("hold 7QF2 to the exit reader", "wait 5 s"),
          shop=("shop fits gate",)),
    Fault("door", "opens while nobody is signed in", ("open the service door", "wait 2 s"),
          shop=("shop fits door.service",), after=("shut the service door", "wait 2 s")),
    Fault("keypad", "unplugged in a sale",
          ("unplug the keypad", "wait 20 s"), after=("plug the keypad in", "wait 5 s")),
    Fault("headphones", "the sound card goes away", ("plug headphones in", "the sound card goes away", "wait 5 s")),
    Fault("disk", "nearly full in a sale",
          ("disk is nearly full", "wait 2 min"), after=("disk has room", "wait 2 min")),
    Fault("disk", "sits in a sync",
          ("disk sits in a sync", BREAD), after=("disk is done with its sync", "wait 1 s")),
)  # fmt: skip


_FOR_HANDS = {"paper": "a receipt to print", "recall": "a basket that was kept"}
"""Calls about a sale or a basket: no device takes them back."""


def key(fault: Fault) -> str:
    """How a test names the row."""
    return f"{fault.device}: {fault.what}"


def seen(fault: Fault) -> Seen:
    """Tell the story and look."""
    stage = _told(fault, (*fault.before, *fault.lines))
    try:
        return Seen(
            _on_the_screen(stage.lane.scene), _for_staff(stage.lane.state), in_words(offer_of(stage.lane.state))
        )
    finally:
        stage.close()


def mended(fault: Fault) -> tuple[Offer, Offer, list[str]]:
    """What the lane offers before the fault, and after it has been mended; and what staff are still called for then,
    but for what only they can do: print a receipt, bring a basket back."""
    whole = _told(fault, fault.before)
    again = _told(fault, (*fault.before, *fault.lines, *fault.after))
    try:
        calls = [_call(call.reason, call.detail) for call in again.lane.state.interventions]
        left = [call for call in calls if call not in _FOR_HANDS.values()]
        return offer_of(whole.lane.state), offer_of(again.lane.state), [*left, *again.lane.state.devices.lost]
    finally:
        whole.close()
        again.close()


def _told(fault: Fault, lines: tuple[str, ...]) -> Stage:
    where = key(fault)
    story = [Line(number, text) for number, text in enumerate((*fault.shop, *lines), start=1)]
    with ExitStack() as leaving:
        stage = stage_of(story, where)
        leaving.callback(stage.close)
        for line in story:
            if not line.text.startswith("shop "):
                tell_line(stage, line, where)
        leaving.pop_all()
    return stage


def _on_the_screen(scene: Scene) -> str:
    """The screen's name, and its banner or title."""
    boxes = [e.enters for e in scene.elements if isinstance(e, Box)]
    banners = [enters.removeprefix("banner ") for enters in boxes if enters.startswith("banner ")]
    return f"{scene.name}: {(banners[0] if banners else scene.title) or '-'}".replace("\xa0", " ").replace("|", "/")


def _for_staff(state: State) -> str:
    calls = [f"called: {_call(call.reason, call.detail)}" for call in state.interventions]
    lost = [f"health: {device}" for device in state.devices.lost]
    paper = [] if state.devices.paper == "ok" else [f"health: paper {state.devices.paper}"]
    return "; ".join((*calls, *lost, *paper)) or "nothing"


def _call(reason: str, detail: str) -> str:
    """Whose name it has, if that is a device's; numbers of sales and baskets are another one each time."""
    if reason == "device" or detail == "printer":
        return f"{reason} {detail}"
    return _FOR_HANDS.get(reason, reason)


def in_words(offer: Offer) -> str:
    """An offer as a cell of the table."""
    if offer.closed_by:
        return f"this sale; no new one ({offer.closed_by})"
    tenders = ", ".join(offer.tenders) or "no payment"
    without = [name for name, there in (("paper", offer.paper),) if not there]
    more = [name for name, there in (("weighs", offer.weighs), ("watches bags", offer.watches_bags)) if there]
    return "; ".join((f"sells: {tenders}", *more, *(f"no {name}" for name in without)))


def row(fault: Fault, found: Seen) -> str:
    """One line of the table."""
    return f"| {fault.device} | {fault.what} | {found.shopper} | {found.staff} | {found.offers} |"


def table() -> str:
    """All of them."""
    head = (
        "| device | what happens | the shopper sees | staff are told | the lane still offers |",
        "|---|---|---|---|---|",
    )
    return "\n".join((*head, *(row(fault, seen(fault)) for fault in FAULTS)))


def main() -> None:
    """Put the table where the README has it."""
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n\n{table()}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
