"""Promises: what must be true of a lane after every turn, whatever happened to it.

- The disk knows what the screen knows: replaying the journal comes to the lane's own state, event by event, with
  numbers that never jump; what was once on the disk is there after every cut; `verify` finds nothing.
- Money: see `money`.
- Paper: only of sales that are on the disk, and of each only one that does not say that it is a copy.
- Time: the lane's clock never runs backwards, nobody's basket is taken before its time.
- The screen always has a way on.
- After a calm: the store's books hold every sealed sale, each once, unflagged; nothing waits; stock is what was sold;
  no command was done twice; and whoever alters a sale on the disk is found out.
"""

import re
from collections import Counter
from itertools import islice

from msgspec import UnsetType

from kiosk.app.restore import restore
from kiosk.checkout import training
from kiosk.checkout.events import Event, TimePassed, Touched
from kiosk.checkout.machine import blank, deadline_ms, step
from kiosk.checkout.sale import Sale
from kiosk.checkout.signing import signature_faults
from kiosk.checkout.state import Phase, State
from kiosk.checkout.table import SHOPPER
from kiosk.storage.journal import decode_event, decode_sale
from kiosk.storage.verify import verify
from kiosk.ui.scene import Scene, buttons
from kiosk.wire.stock import stock_of
from kiosk.world.back_office import STAFF, BackOffice
from kiosk.world.broken import Broken
from kiosk.world.disk import KEEP_ALL, Disk
from kiosk.world.lane import Lane
from kiosk.world.money import Money
from kiosk.world.power_cut import ApswDatabase
from kiosk.world.purse import made_out
from kiosk.world.signing_desk import holds

EVENT_LARGEST_BYTES = 4_000
"""Nothing that somebody holds before the scanner may make an event larger than this; a basket that comes back may."""
_ON_PAPER = re.compile(r"\b(\d{6}) +s001/(k\d\d)\b")


_NO_ORIGINAL = re.compile(
    r"^ *(COPY|KOPIA|KOPI|KOPIE|KOPIO|GIFT RECEIPT|PRESENTKVITTO|FOR THE SHOP|FÖR BUTIKEN)\b", re.MULTILINE
)
"""What heads a copy, what the shop keeps, or a gift receipt, which has no prices and is no receipt of anything."""


class Promises:
    """Watches one lane through all its lives."""

    def __init__(self, lane: Lane, office: BackOffice) -> None:
        self._lane, self._office = lane, office
        self.sealed: dict[str, Sale] = {}
        """Every sale that was ever on the disk, by key."""
        self._shop: list[Promises] = [self]
        """Those of all lanes of the shop."""
        self.seen: Counter[str] = Counter()
        """How often what happened."""
        self.money = Money(lane, self.sealed, self.seen, office.worth)
        self._printed = 0
        self._gaps = -1
        self._originals: set[int] = set()
        self._alive: Scene | None = None
        """The last screen that had a way on."""
        self.forget()

    def joins(self, other: "Promises") -> None:
        """Another lane of the same shop sells into the same books."""
        self._shop.append(other)
        other._shop = self._shop

    def _sold(self) -> dict[str, Sale]:
        """What all lanes of the shop have sealed."""
        return {key: sale for each in self._shop for key, sale in each.sealed.items()}

    def forget(self) -> None:
        """The card is another one: what was on the disk may be gone, and the store sees a gap in the chain of sales."""
        self._gaps += 1
        self._seq = self._sequence = 0
        self._state: State | None = None
        self._kept: tuple[int, State | None] = (0, None)
        self._shopper_tick, self._only_looked = 0, False
        self._looked: State | None = None
        """The state that was compared last."""

    # --- a new life ---------------------------------------------------------------------------------------------------

    def booted(self) -> None:
        """The lane was started: look at what it found. That this is on the disk is only sure after its first write."""
        self._looked = None
        boot = self._lane.journal.boot()
        first = boot.next_seq - len(boot.events)
        kept_seq, kept = self._kept
        if boot.next_seq <= kept_seq:
            raise Broken(f"event {kept_seq} was on the disk, and after the start the last one is {boot.next_seq - 1}")
        facts = self._lane.shop.facts
        if first <= kept_seq + 1 and kept is not None:
            known = islice(boot.events, kept_seq + 1 - first)
            if restore(boot.snapshot, known, facts) != kept:
                raise Broken(f"up to event {kept_seq} the disk tells another story than before the start")
        if kept is not None:
            self.money.count_again(kept_seq, kept, self._written_after(kept_seq))
        self._state, self._seq = restore(boot.snapshot, boot.events, facts), boot.next_seq - 1
        self._shopper_tick, self._only_looked = self._tick, False
        self.verify()

    def verify(self) -> None:
        """What `kiosk verify` says."""
        for problem in verify(self._lane.journal.database):
            raise Broken(f"verify: {problem}")

    # --- after every turn ---------------------------------------------------------------------------------------------

    def turned(self) -> None:
        """The lane has turned once. Every event makes another state: while it is the same, the disk is too."""
        if self._lane.caught_up:
            if self._lane.state is not self._looked:
                self._looked = self._lane.state
                self._read_sales()
                self._replay()
            self.money.check()
        self._check_paper()
        self._check_clock()
        self._check_way_on()

    @property
    def _tick(self) -> int:
        return self._lane.shop.clock.tick_ms()

    def _written_after(self, seq: int) -> list[tuple[int, str]]:
        sql = "SELECT seq, body FROM event WHERE seq > ? ORDER BY seq"
        return list(self._lane.journal.database.execute(sql, (seq,)))

    def _replay(self) -> None:
        for seq, body in self._written_after(self._seq):
            if seq != self._seq + 1:
                raise Broken(f"event {seq} comes after event {self._seq}")
            if len(body) > EVENT_LARGEST_BYTES and not any(kind in body for kind in ('"SaleAnswer"', '"BasketAnswer"')):
                raise Broken(f"event {seq} has {len(body)} bytes: {body[:80]}...")
            self._seq = seq
            self._take(decode_event(body, f"event {seq}"))
        if self._state != self._lane.state:
            raise Broken(f"replay of the journal does not come to the lane's state: {_difference(self)}")
        self._kept = (self._seq, self._state)

    def _take(self, event: Event) -> None:
        before = self._state or blank(self._lane.shop.facts)
        self._state, _ = step(before, event)
        if isinstance(event, SHOPPER):
            self._shopper_tick = event.at.tick_ms
            self._only_looked = isinstance(event, Touched) and event.looking and before.warned_tick is not None
        self.money.count(self._seq, before, self._state, event)
        self._tally(before, self._state)
        if len(self._state.parked) > len(before.parked) and isinstance(event, TimePassed):
            self._check_patience()

    def _tally(self, before: State, after: State) -> None:
        self.seen["baskets kept"] += len(after.parked) > len(before.parked)
        self.seen["pauses"] += after.closed == "paused" != before.closed
        self.seen["commands done"] += any(not c.why for c in after.commanded[len(before.commanded) :])
        self.seen["declines"] += _stage(after) == "declined" != _stage(before)
        self.seen["doubts"] += after.phase is Phase.DOUBT is not before.phase
        self.seen["reversals"] += len(after.reversals) > len(before.reversals)

    def _check_patience(self) -> None:
        outs = self._lane.shop.facts.time_outs
        waited = self._tick - self._shopper_tick
        idle_ms = 0 if self._only_looked else min(outs.scanning_ms, outs.paying_ms, outs.declined_ms)
        if waited < idle_ms + outs.still_there_ms:
            raise Broken(f"a basket was taken away {waited} ms after its shopper's last touch")

    def _read_sales(self) -> None:
        sql = "SELECT sequence, body FROM sale WHERE sequence > ? ORDER BY sequence"
        for sequence, body in self._lane.journal.database.execute(sql, (self._sequence,)):
            self._sequence, sale = sequence, decode_sale(body, f"sale {sequence}")
            if sale.training:
                raise Broken(f"what was practised is on the disk as sale {sale.key}")
            if self.sealed.setdefault(sale.key, sale) != sale:
                raise Broken(f"another sale is on the disk as {sale.key}")
            self._office.worth |= made_out(sale)

    def _check_paper(self) -> None:
        whole = [receipt for receipt in self._lane.shop.top.printer.paper if receipt.cut]
        for receipt in whole[self._printed :]:
            text = receipt.as_text()
            *torn, last = [None, *_ON_PAPER.finditer(text)]
            if last is not None:
                # Paper that ended in the middle of a receipt still hangs there, and is cut off with the next one.
                begins = torn[-1].end() if torn[-1] is not None else 0
                is_copy = bool(_NO_ORIGINAL.search(text, begins))
                if int(last[1]) > training.FIRST:
                    self._check_training(text[begins:])
                elif last[2] == self._lane.shop.facts.till:
                    self._check_receipt(int(last[1]), is_copy=is_copy)
                elif not is_copy:
                    raise Broken(f"the receipt of a sale of {last[2]} does not say that it is a copy")
        self._printed = len(whole)

    def _check_training(self, text: str) -> None:
        self.seen["receipts of training"] += 1
        if self._lane.shop.pack.receipt.training_heading not in text:
            raise Broken(f"a receipt of training does not say so: {text}")

    def _check_receipt(self, sequence: int, *, is_copy: bool) -> None:
        if sequence not in {sale.sequence for sale in self.sealed.values() if sale.kind != "void"}:
            raise Broken(f"the receipt of sale {sequence} is on paper, and the sale is not on the disk")
        if not is_copy and sequence in self._originals:
            raise Broken(
                f"the receipt of sale {sequence} was printed twice, and the second does not say that it is a copy"
            )
        if not is_copy:
            self._originals.add(sequence)

    def _check_clock(self) -> None:
        seen = self._lane.state.seen.tick_ms
        if seen > self._tick:
            raise Broken(f"the lane has seen tick {seen}, and it is {self._tick}")

    def _check_way_on(self) -> None:
        scene = self._lane.scene
        if scene is self._alive:
            return
        alive = any(button.says is not None and not button.why_not for button in buttons(scene))
        self._alive = scene if alive else None
        if not alive and deadline_ms(self._lane.state) is None:
            raise Broken(f"the screen {scene.name} has no button that does anything, and waits for no time")

    # --- after a calm -------------------------------------------------------------------------------------------------

    def settled(self) -> None:
        """Network and devices are well and there was time: everything must have come to its end."""
        self.verify()
        waiting = self._lane.journal.outbox.pending(5)
        if waiting:
            raise Broken(f"the outbox still holds {[row.id for row in waiting]}")
        if refused := self._lane.journal.outbox.refused() or self._office.refusals():
            raise Broken(f"the store refused {refused}")
        booked = {sale.key: sale for sale in self._office.sales()}
        if booked != (sealed := self._sold()):
            raise Broken(f"the store's books and the lane's differ by {sorted(set(booked) ^ set(sealed))}")
        self._check_pieces()
        self._check_papers()
        self._check_commands()
        if self.money.machine is not None:
            kinds = ("cash.in_doubt", "cash.payout_settled", "cash.dispensed", "cash.dispense_failed")
            reports = {kind: self._office.reports(kind) for kind in kinds}
            self.money.machine.check_reports(self._lane.state.in_earnest, reports)
        odd = self._office.flags()
        gaps = [(key, flag) for key, flag in odd if flag.reason == "chain"]
        if len(odd) > len(gaps) or len(gaps) > sum(each._gaps for each in self._shop):
            raise Broken(f"the store finds something odd: {odd}")
        if faults := list(signature_faults(tuple(self.sealed.values()), holds)):
            raise Broken(f"the signatures of the sales do not hold: {faults}")
        self._check_stock()
        self._check_that_forgery_shows()

    def _check_pieces(self) -> None:
        """No piece of any sale came back twice, at whichever lane."""
        back = Counter(
            (line.original.sale, line.original.line, unit)
            for sale in self._sold().values()
            for line in sale.lines
            if not isinstance(line.original, UnsetType)
            for unit in line.original.units
        )
        if twice := [piece for piece, times in back.items() if times > 1]:
            raise Broken(f"pieces of sales came back more than once: {twice}")

    def _check_papers(self) -> None:
        """The store has as much on every gift card, voucher and slip as is left of it."""
        spent: Counter[str] = Counter()
        carried: Counter[str] = Counter()
        for each in self._shop:
            spent.update(each.money.purse.spent(each.sealed.values()))
            carried.update(each.money.purse.carried(each._lane.state.in_earnest))
        self.money.purse.check_books(spent, carried, self._office.left())

    def _check_commands(self) -> None:
        """What the console wanted was done once or not at all, and the lane has told which."""
        told = Counter(one["id"] for kind in ("done", "refused") for one in self._office.reports(f"command.{kind}"))
        if twice := [id_ for id_, times in told.items() if times > 1]:
            raise Broken(f"commands were done more than once: {twice}")
        here = {id_ for id_, *_ in STAFF}
        if strange := [one for one in self._office.reports("command.done") if one["by"] not in here]:
            raise Broken(f"commands of nobody were done: {strange}")

    def _check_that_forgery_shows(self) -> None:
        """On a copy of the disk."""
        copy = ApswDatabase(Disk(self._lane.disk.survivors(KEEP_ALL)))
        forged = copy.execute(
            "UPDATE sale SET body = replace(body, '\"training\":false', '\"training\":true')"
            " WHERE sequence = (SELECT min(sequence) FROM sale) RETURNING key"
        )
        problems = verify(copy)
        copy.close()
        if forged and not any(forged[0][0] in problem.record for problem in problems):
            raise Broken(f"sale {forged[0][0]} was altered on the disk, and verify says {problems}")

    def _check_stock(self) -> None:
        moved = [movement for sale in self._sold().values() for movement in stock_of(sale).movements]
        sold: Counter[str] = Counter()
        for movement in moved:
            sold[movement.gtin] += movement.count
        if dict(sold) != self._office.on_hand():
            raise Broken(f"on the shelves {self._office.on_hand()}, and what was sold makes it {dict(sold)}")


def _stage(state: State) -> str:
    return state.payment.stage if state.payment is not None else ""


def _difference(promises: Promises) -> str:
    mine, its = promises._state, promises._lane.state
    names = [name for name in State.__struct_fields__ if getattr(mine, name) != getattr(its, name)]
    return ", ".join(f"{name}: {getattr(mine, name)!r} on the disk, {getattr(its, name)!r} in memory" for name in names)
