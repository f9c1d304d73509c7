"""Expectations: what somebody in the shop can see, by the phrases that stories use for it."""

from collections.abc import Iterable

from drivers.lights.driver import AMBER, mixed
from kiosk.app.lamps import VIOLET, WHITE_40
from kiosk.app.signed_receipt import public_key, verify
from kiosk.checkout.pricing import count_items, totals
from kiosk.checkout.sale import Sale
from kiosk.checkout.signing import signature_faults, signatures_of
from kiosk.checkout.tenders import left
from kiosk.ui.scene import Code, buttons
from kiosk.wire.signed_receipt import DEMO
from kiosk.world.disk import KEEP_ALL
from kiosk.world.signing_desk import holds
from kiosk.world.stage import Stage
from kiosk.world.story import Grammar

EXPECTATIONS = Grammar()


class Missed(AssertionError):
    """It is otherwise. The text says how."""


def _same(what: str, expected: object, found: object) -> None:
    if expected != found:
        raise Missed(f"{what}: {found}")


def _contains(what: str, text: str, found: str) -> None:
    if text not in found:
        raise Missed(f"{what}:\n{found}" if found else f"there is no {what}")


# --- on the screen ----------------------------------------------------------------------------------------------------


@EXPECTATIONS.says("expect screen {name}")
def screen(stage: Stage, name: str) -> None:
    _same("the screen is", name, "dark" if stage.dark else stage.lane.scene.name)


@EXPECTATIONS.says("expect due {money}")
def due(stage: Stage, money: int) -> None:
    found = totals(stage.lane.state.basket).due.minor
    _same("due is", f"{money / 100:.2f}", f"{found / 100:.2f}")


@EXPECTATIONS.says("expect left to pay {money}")
def still_due(stage: Stage, money: int) -> None:
    _same("left to pay is", f"{money / 100:.2f}", f"{left(stage.lane.state.basket).minor / 100:.2f}")


@EXPECTATIONS.says("expect lines {count}")
def lines(stage: Stage, count: int) -> None:
    _same("the basket has lines", count, len(stage.lane.state.basket.lines))


@EXPECTATIONS.says("expect items {count}")
def items(stage: Stage, count: int) -> None:
    _same("the basket has items", count, count_items(stage.lane.state.basket))


@EXPECTATIONS.says("expect text {text}")
def text(stage: Stage, text: str) -> None:
    """Anywhere on the screen."""
    if not any(text in one for one in stage.texts()):
        raise Missed("the screen says otherwise")


@EXPECTATIONS.says("expect banner {text}")
def banner(stage: Stage, text: str) -> None:
    _contains("banner", text, "\n".join(_banners(stage)))


@EXPECTATIONS.says("expect no banner")
def no_banner(stage: Stage) -> None:
    _same("a banner says", [], _banners(stage))


def _banners(stage: Stage) -> list[str]:
    note = stage.say("Close the note: {text}").split("{")[0]
    return [button.name.removeprefix(note) for button in buttons(stage.lane.scene) if button.name.startswith(note)]


@EXPECTATIONS.says("expect button {text}")
def button(stage: Stage, text: str) -> None:
    if found := stage.button(text).why_not:
        raise Missed(f"it is there, but: {found}")


@EXPECTATIONS.says("expect locked button {text}")
def locked_button(stage: Stage, text: str) -> None:
    if not stage.button(text).why_not:
        raise Missed("it can be pressed")


@EXPECTATIONS.says("expect the ring on {text}")
@EXPECTATIONS.says("expect no ring", text="")
def expect_ring(stage: Stage, text: str) -> None:
    """Where a shopper who uses keys is."""
    _same("ring", text, stage.view.focus)


@EXPECTATIONS.says("expect no button {text}")
def no_button(stage: Stage, text: str) -> None:
    if any(button.name == text for button in buttons(stage.lane.scene)):
        raise Missed("there is one")


# --- on the counter ---------------------------------------------------------------------------------------------------


@EXPECTATIONS.says("expect light {colour}")
def light(stage: Stage, colour: str) -> None:
    """`green`, `amber`, `red`, `green+amber`, or `none`."""
    shown = stage.top.lamps.shown
    lit = [name for name in ("red", "green", "amber") if getattr(shown, name)]
    _same("the lamp is", colour, "+".join(lit) or "none")


@EXPECTATIONS.says("expect light {colour} pulsing", pulses=True)
@EXPECTATIONS.says("expect light {colour} steady", pulses=False)
def light_moves(stage: Stage, colour: str, pulses: bool) -> None:
    """The same, and whether it pulses softly."""
    light(stage, colour)
    _same("the lamp pulses", pulses, stage.top.lamps.pulses(stage.clock.tick_ms()))


@EXPECTATIONS.says("expect rgb light {colour}")
def rgb_light(stage: Stage, colour: str) -> None:
    """Of a pole that is one RGB light: `green`, `amber`, `red`, `violet`, `white` (at 40 %), or `none`."""
    found = mixed(stage.top.lamps.shown)
    _same("the RGB light is", colour, _MIXED.get(found, str(found)))


_MIXED = {
    (0, 0, 0): "none",
    (100, 0, 0): "red",
    (0, 100, 0): "green",
    AMBER: "amber",
    VIOLET: "violet",
    WHITE_40: "white",
}


@EXPECTATIONS.says("expect sound {cue}")
def sound(stage: Stage, cue: str) -> None:
    _same("the last sound was", cue, stage.lane.cues[-1] if stage.lane.cues else "none")


@EXPECTATIONS.says("expect sound {cue} at {count} dB")
def sound_level(stage: Stage, cue: str, count: int) -> None:
    """The same, and how loud it was: dB(A) half a metre away."""
    sound(stage, cue)
    _same("its level in dB(A)", count, stage.lane.levels[-1])


@EXPECTATIONS.says("expect {count} sounds {cue}")
def sounds(stage: Stage, count: int, cue: str) -> None:
    """Since the morning."""
    _same(f"{cue} was heard", count, stage.lane.cues.count(cue))


@EXPECTATIONS.says("expect terminal {text}")
def terminal(stage: Stage, text: str) -> None:
    _same("the terminal shows", text, stage.top.terminal.display)


@EXPECTATIONS.says("expect drawer open", is_open=True)
@EXPECTATIONS.says("expect drawer shut", is_open=False)
def drawer(stage: Stage, is_open: bool) -> None:
    _same("the drawer is open", is_open, stage.top.printer.drawer_open)


@EXPECTATIONS.says("expect drawer opened {count} times")
def drawer_opened(stage: Stage, count: int) -> None:
    """By the lane, since the morning."""
    _same("the drawer was opened", count, stage.top.printer.kicks)


@EXPECTATIONS.says("expect receipts {count}")
def receipts(stage: Stage, count: int) -> None:
    """Whole ones, cut off."""
    _same("receipts on paper", count, len(_paper(stage)))


@EXPECTATIONS.says("expect receipt contains {text}")
def receipt(stage: Stage, text: str) -> None:
    """The last whole one."""
    _contains("receipt", text, (_paper(stage) or [""])[-1])


@EXPECTATIONS.says("expect receipt lacks {text}")
def receipt_lacks(stage: Stage, text: str) -> None:
    """The last whole one, and there is one."""
    last = _paper(stage)[-1]
    if text in last:
        raise Missed(f"receipt: {text!r} is on it:\n{last}")


@EXPECTATIONS.says("expect a signed receipt of {money} with {count} lines")
def signed_receipt(stage: Stage, money: int, count: int) -> None:
    """In the code on the screen, as `kiosk receipt verify` reads it."""
    codes = [element.text for element in stage.lane.scene.elements if isinstance(element, Code)]
    content = verify((codes or [""])[0], public_key(DEMO))
    _same("the signed receipt", (money, count), (content.due_minor, len(content.items)))


def _paper(stage: Stage) -> list[str]:
    return [receipt.as_text() for receipt in stage.top.printer.paper if receipt.cut]


@EXPECTATIONS.says("expect member {id_} has {count} points")
def member_points(stage: Stage, id_: str, count: int) -> None:
    """In the books of the store."""
    _same("the member has points", count, stage.office.points(id_))


@EXPECTATIONS.says("expect customer {id_}")
def customer(stage: Stage, id_: str) -> None:
    """Of the open basket; `nobody` if it has none."""
    _same("the customer is", id_, stage.lane.state.basket.customer or "nobody")


@EXPECTATIONS.says("expect nothing of {rest} in the journal")
def not_in_the_journal(stage: Stage, rest: str) -> None:
    """Searched in every byte of the lane's disk."""
    if any(rest.encode() in content for content in stage.lane.disk.survivors(KEEP_ALL).values()):
        raise Missed("it is written there")


@EXPECTATIONS.says("expect receipts of training in the journal {count}", practised=True)
@EXPECTATIONS.says("expect receipts in earnest in the journal {count}", practised=False)
def of_training(stage: Stage, count: int, practised: bool) -> None:
    """That were printed, as the tax administration's file tells them apart."""
    told = [one for _, kind, _, one in stage.lane.journal.happened(0, 2**53) if kind == "ReceiptPrinted"]
    _same("receipts in the journal", count, told.count(practised))


# --- staff and machine ------------------------------------------------------------------------------------------------


@EXPECTATIONS.says("expect staff called for {reason}", called=True)
@EXPECTATIONS.says("expect staff not called for {reason}", called=False)
def call(stage: Stage, reason: str, called: bool) -> None:
    reasons = [call.reason for call in stage.lane.state.interventions]
    if (reason in reasons) is not called:
        raise Missed(f"staff are called for: {', '.join(reasons) or 'nothing'}")


@EXPECTATIONS.says("expect the call for help is about {reason}")
def about(stage: Stage, reason: str) -> None:
    """As the console is told; `nothing` where the shopper did not say."""
    _same(
        "calls are about",
        [reason],
        [i.detail or "nothing" for i in stage.lane.state.interventions if i.reason == "help"],
    )


@EXPECTATIONS.says("expect kept baskets {count}")
def kept(stage: Stage, count: int) -> None:
    _same("kept baskets", count, len(stage.lane.state.parked))


@EXPECTATIONS.says("expect the store keeps {count} baskets")
def kept_by_the_store(stage: Stage, count: int) -> None:
    """That any lane could bring back."""
    _same("baskets at the store", count, stage.office.baskets())


@EXPECTATIONS.says("expect waiting messages {count}")
def waiting(stage: Stage, count: int) -> None:
    _same("messages that wait for the store", count, stage.lane.journal.outbox.length())


@EXPECTATIONS.says("expect messages wait")
def some_wait(stage: Stage) -> None:
    if not stage.lane.journal.outbox.length():
        raise Missed("nothing waits for the store")


# --- money and books --------------------------------------------------------------------------------------------------


@EXPECTATIONS.says("expect charges {count}")
def charges(stage: Stage, count: int) -> None:
    """That stand in the terminal's own journal."""
    _same("charges that stand", count, len(stage.top.terminal.journal.standing))


@EXPECTATIONS.says("expect refunds {count}")
def refunds(stage: Stage, count: int) -> None:
    """Money that the terminal gave to cards without taking a charge back."""
    _same("refunds that stand", count, len(stage.top.terminal.journal.refunds))


@EXPECTATIONS.says("expect charges given back {count}")
def given_back(stage: Stage, count: int) -> None:
    _same("charges given back", count, sum(entry.reversed for entry in stage.top.terminal.journal.charges))


@EXPECTATIONS.says("expect sales {count}", kind="sale")
@EXPECTATIONS.says("expect voids {count}", kind="void")
def sealed(stage: Stage, count: int, kind: str) -> None:
    """On the lane's disk."""
    _same(f"{kind}s on the disk", count, _of_kind(stage.promises.sealed.values(), kind))


@EXPECTATIONS.says("expect noted {text} by {who}")
def noted(stage: Stage, text: str, who: str) -> None:
    """Beside the last record on the lane's disk: what staff did, and who it was."""
    last = max(stage.promises.sealed.values(), key=lambda sale: sale.sequence)
    notes = "\n".join(f"{note.reason} {note.evidence} by {note.by}" for note in last.interventions)
    if not any(text in line and line.endswith(f"by {who}") for line in notes.splitlines()):
        raise Missed(f"it is noted:\n{notes}" if notes else "nothing is noted")


@EXPECTATIONS.says("expect store sales {count}", kind="sale")
@EXPECTATIONS.says("expect store voids {count}", kind="void")
def booked(stage: Stage, count: int, kind: str) -> None:
    """In the store's books."""
    _same(f"{kind}s in the store", count, _of_kind(stage.office.sales(), kind))


def _of_kind(sales: Iterable[Sale], kind: str) -> int:
    return sum(sale.kind == kind for sale in sales)


@EXPECTATIONS.says("expect the last sale says {reason} was settled: {text}")
def settled_by_staff(stage: Stage, reason: str, text: str) -> None:
    """In the record of the sale, with who did it."""
    *_, sale = [None, *stage.promises.sealed.values()]
    notes = [f"{i.evidence} by {i.by}" for i in sale.interventions if i.reason == reason] if sale else []
    _contains(f"settled {reason}", text, "\n".join(notes))


@EXPECTATIONS.says("expect the last sale is number {count} of {day}")
def numbered(stage: Stage, count: int, day: str) -> None:
    """Its sequence number and its business day."""
    *_, sale = [None, *stage.promises.sealed.values()]
    _same("the last sale is", (count, day), (sale.sequence, sale.business_day) if sale else None)


@EXPECTATIONS.says("expect store total {money}")
def takings(stage: Stage, money: int) -> None:
    """Of all sales in the store's books."""
    total = sum(sale.totals.due_minor for sale in stage.office.sales() if sale.kind == "sale")
    _same("the store's total is", f"{money / 100:.2f}", f"{total / 100:.2f}")


@EXPECTATIONS.says("expect store paid {money} by {kind}")
def paid_by(stage: Stage, money: int, kind: str) -> None:
    """All tenders of one kind in the store's books."""
    total = sum(t.amount_minor for sale in stage.office.sales() for t in sale.tenders if t.kind == kind)
    _same(f"paid by {kind}", f"{money / 100:.2f}", f"{total / 100:.2f}")


@EXPECTATIONS.says("expect report {kind} says {field} {value}")
def reported(stage: Stage, kind: str, field: str, value: str) -> None:
    """The last report of this kind in the store's books."""
    found = stage.office.reports(kind)
    _same(f"{field} of the last {kind}", value, str(found[-1].get(field)) if found else "no report")


@EXPECTATIONS.says("expect reports of {kind} {count}")
def reports(stage: Stage, kind: str, count: int) -> None:
    """In the store's books."""
    _same(f"reports of {kind}", count, len(stage.office.reports(kind)))


@EXPECTATIONS.says("expect stock {code} {count}")
def on_hand(stage: Stage, code: str, count: int) -> None:
    """Counted from zero when the shop opened."""
    _same("the stock is", count, stage.office.on_hand().get(code, 0))


@EXPECTATIONS.says("expect signed sales {count}")
def signed_sales(stage: Stage, count: int) -> None:
    """On the lane's disk, late signatures included; every one of them holds, in one unbroken chain."""
    sales = tuple(stage.promises.sealed.values())
    _same("signed sales", count, len(signatures_of(sales)))
    _same("faults of the signatures", [], list(signature_faults(sales, holds)))


@EXPECTATIONS.says("expect unsigned sales {count}")
def unsigned_sales(stage: Stage, count: int) -> None:
    """That the signer still owes."""
    _same("sales that wait for a signature", count, len(stage.lane.state.signatures.owed))


@EXPECTATIONS.says("expect everything in the books")
def everything(stage: Stage) -> None:
    """Store and lane agree on every sale, and nothing waits."""
    if stage.lane.journal.outbox.pending(1):
        stage.wait(1_000)  # what was said in this very moment is still on its way
    stage.promises.settled()
