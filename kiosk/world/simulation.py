"""Simulation: one seed, one shop, one long day. Chance writes the story, the teller tells it, the promises are checked.

At the end there is a calm: everything is mended, staff decide what is in doubt, time passes, and the books must be
right. A day that goes wrong is kept as a story that tells it again without any chance.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

from kiosk.checkout.closing import is_quiet
from kiosk.checkout.signing import signatures_of
from kiosk.checkout.state import Phase
from kiosk.world.around_the_lane import MENDED
from kiosk.world.crowd import Crowds
from kiosk.world.forms import KNOWN_BY
from kiosk.world.next_door import there
from kiosk.world.opening import MEMBERS, before_the_doors_open, head
from kiosk.world.purse import made_out
from kiosk.world.stage import Stage
from kiosk.world.story import Line, StoryError, lines_of
from kiosk.world.teller import stage_of, tell_line

LINES = 250
_MENDED = """
power holds
terminal behaves
terminal power on
plug in terminal
plug in scanner
plug in printer
paper ok
close the printer
the cutter is freed
printer speaks again
printer prints 0 ms a line
network of a thousand loses 0 doubles 0 shuffles 0 delays 0 seed 1
network up
disk is done with its sync
disk has room
signer works
take card
"""
_MENDED_SHELF = (
    "plug in the bagging scale", "the shelf is still", "empty the shelf", "wait 10 s", "unplug the bagging scale",
)  # fmt: skip
_MENDED_SCALE = ("plug in scale", "scale comes to rest", "scale 0 g", "wait 10 s", "unplug scale")
"""Scales are put away for the night: a scale that is asked five times a second makes the hours long."""

_MENDED_CASH_MACHINE = (
    "the cash machine is freed", "the cash machine speaks again", "cash machine power on", "plug in the cash machine",
)  # fmt: skip


class Day(msgspec.Struct, frozen=True):
    """What became of one seed."""

    seed: int
    counts: dict[str, int]
    failure: str = ""
    """Empty if every promise held."""
    story: str = ""
    """The whole day as a story; only of a failure."""


class _Written:
    """The story so far, and its telling."""

    def __init__(self, seed: int, head: str) -> None:
        self.seed = seed
        self.lines = [f"# Seed {seed} of the world simulator.", *head.splitlines()]
        self.stage = stage_of(list(lines_of(head)), f"seed {seed}")

    def tell(self, text: str) -> None:
        """One line more. StoryError."""
        self.lines.append(text)
        tell_line(self.stage, Line(len(self.lines), text), f"seed {self.seed}")


def live(seed: int, lines: int = LINES) -> Day:
    """One day from morning to calm."""
    chance = Random(seed)
    written = _Written(seed, head(seed, chance))
    try:
        for line in before_the_doors_open(seed, chance):
            written.tell(line)
        crowds = Crowds(written.stage, chance)
        for _ in range(lines):
            written.tell(crowds.next_line())
        _calm(written)
        return Day(seed, _counted(written))
    except StoryError as error:
        return Day(seed, _counted(written), str(error), "\n".join(written.lines) + "\n")
    finally:
        written.stage.close()


def _calm(written: _Written) -> None:
    first = written.stage
    lanes = [("" if stage is first else till, stage) for till, stage in first.lanes.items()]
    for till, stage in lanes:
        for text in _mended(stage):
            written.tell(there(till, text))
    written.tell("wait 6 min")
    for till, stage in lanes:
        if stage.lane.state.phase is Phase.DOUBT:
            for text in _decided(stage):
                written.tell(there(till, text))
        for text in _settled_cash(stage):
            written.tell(there(till, text))
    written.tell("wait 25 min")
    for till, stage in lanes:
        if stage.top.recycler is not None and is_quiet(stage.lane.state) and stage.lane.state.training is None:
            for text in (*_signed_in(stage), "staff count all that is in the cash machine"):
                written.tell(there(till, text))
    written.tell("wait 2 min")
    for till, _ in lanes:
        written.tell(there(till, "expect everything in the books"))
        written.tell(there(till, f"expect nothing of {KNOWN_BY} anywhere on the lane"))


def _mended(stage: Stage) -> Iterator[str]:
    facts = stage.shop.facts
    yield from _MENDED.strip().splitlines()
    if stage.dark:
        yield "start"
    yield from _MENDED_SHELF if facts.bagging is not None else ()
    yield from _MENDED_SCALE if facts.scale is not None else ()
    yield from _MENDED_CASH_MACHINE if facts.cash_machine else ()
    yield from MENDED if stage.shop.facts.fitted else ()
    yield from ("provider back", "provider behaves") if stage.top.provider is not None else ()


def _decided(stage: Stage) -> Iterator[str]:
    """Staff come and read the terminal's journal."""
    yield from _signed_in(stage)
    yield "staff settle honestly"


def _settled_cash(stage: Stage) -> Iterator[str]:
    """Staff look into the cash machine."""
    while any(payout.stage == "doubt" for payout in stage.lane.state.payouts):
        yield from _signed_in(stage)
        yield "staff settle the cash in doubt honestly"


def _signed_in(stage: Stage) -> Iterator[str]:
    """Somebody stands before the staff's list who may do all that."""
    yield "staff pin 2468" if stage.lane.state.staff is None else f'tap "{stage.say("Staff")}"'


def _counted(written: _Written) -> dict[str, int]:
    counts: Counter[str] = Counter(lines=len(written.lines))
    for stage in written.stage.lanes.values():
        counts.update(_counted_at(stage))
    counts["mails"] = len(written.stage.office.mails())
    counts["paid into a machine"] = sum("machine" in one for one in written.stage.office.reports("cash.taken"))
    counts.update(f"console: {one['kind']}" for one in written.stage.office.reports("command.done"))
    counts["new members"] = len(written.stage.office.members()) - len(MEMBERS) + 1
    return counts


def _counted_at(stage: Stage) -> dict[str, int]:
    sealed = stage.promises.sealed.values()
    charges = stage.top.terminal.journal.charges
    noted = [note.evidence for sale in sealed for note in sale.interventions]
    return {
        "sales": sum(sale.kind == "sale" for sale in sealed),
        "returns": sum(sale.kind == "return" for sale in sealed),
        "slips for empties": sum(len(list(made_out(sale))) for sale in sealed),
        "served by staff": sum(isinstance(sale.served_by, str) for sale in sealed if sale.kind == "sale"),
        "in parts": sum(len(sale.tenders) > 1 for sale in sealed),
        "paid by phone": sum(t.kind == "qr" for sale in sealed for t in sale.tenders),
        "paid at another terminal": sum(t.kind == "external" for sale in sealed for t in sale.tenders),
        "paid by a voucher or a slip": sum(t.kind == "voucher" for sale in sealed for t in sale.tenders),
        "voids": sum(sale.kind == "void" for sale in sealed),
        "changed by staff": sum(";" in evidence for evidence in noted),
        "with a discount": sum(any(line.discounts for line in sale.lines) for sale in sealed),
        "to a member": sum(sale.customer is not None for sale in sealed),
        "weighed": sum(line.weight_g is not None for sale in sealed for line in sale.lines),
        "signed": len(signatures_of(tuple(sealed))),
        **stage.promises.seen,
        "settled by staff": sum(bool(tender.evidence) for sale in sealed for tender in sale.tenders),
        "given back": sum(entry.reversed for entry in charges),
        "power cuts": stage.power_cuts,
        "kills": stage.kills,
        "receipts": sum(receipt.cut for receipt in stage.top.printer.paper),
    }


def keep(day: Day, folder: Path) -> Path:
    """Write a failed day where it can be told again."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{day.seed}.story"
    failure = "".join(f"# {line}\n" for line in day.failure.splitlines())
    path.write_text(f"{failure}{day.story}", encoding="utf-8")
    return path
