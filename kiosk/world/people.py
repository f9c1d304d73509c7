"""People: what shoppers and staff do with their hands, by the phrases that stories use for it."""

import shlex
from collections.abc import Callable, Iterable

from drivers.pos_printer.paper import Receipt
from kiosk.checkout.events import TenderCancelled
from kiosk.ui.scene import buttons
from kiosk.world.back_office import Message
from kiosk.world.shops import demo_rows
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar
from store.vouchers import Kind

PEOPLE = Grammar()
_SYMBOLOGY = {8: "]E4", 12: "]E0", 13: "]E0", 14: "]I1"}
_ANY_OTHER = "]Q1"


@PEOPLE.says("wait {time}")
def wait(stage: Stage, time: int) -> None:
    stage.wait(time)


# --- before the scanner -----------------------------------------------------------------------------------------------


@PEOPLE.says("scan {code}")
@PEOPLE.says("scan {code} {count} times")
def scan(stage: Stage, code: str, count: int = 1) -> None:
    symbology = _SYMBOLOGY.get(len(code), _ANY_OTHER) if code.isdigit() else _ANY_OTHER
    for _ in range(count):
        stage.act(lambda: stage.top.scanner.scan(code, symbology))


@PEOPLE.says("scan label {rest}")
def scan_elements(stage: Stage, rest: str) -> None:
    """A GS1 label as it is written under the bars: `(01)09520001220012(17)261127(10)L2611`."""
    stage.act(lambda: stage.top.scanner.scan(_elements(rest), "]d2"))


def _elements(written: str) -> str:
    return "\x1d".join(element.replace(")", "") for element in written.split("(") if element)


@PEOPLE.says("scan together {code} {other}")
def scan_together(stage: Stage, code: str, other: str) -> None:
    stage.act(lambda: stage.top.scanner.scan_together(code, other))


@PEOPLE.says("scan the text {rest}")
def scan_text(stage: Stage, rest: str) -> None:
    stage.act(lambda: stage.top.scanner.scan(rest, _ANY_OTHER))


@PEOPLE.says("scan {count} characters")
def scan_characters(stage: Stage, count: int) -> None:
    stage.act(lambda: stage.top.scanner.scan("7" * count, _ANY_OTHER))


@PEOPLE.says("scan control characters")
def scan_control_characters(stage: Stage) -> None:
    stage.act(lambda: stage.top.scanner.scan("\x1d\x00\x07\x1b[2J9520001200014", "]C1"))


@PEOPLE.says("scan an empty label")
def scan_nothing(stage: Stage) -> None:
    stage.act(lambda: stage.top.scanner.scan(""))


@PEOPLE.says("scan garbage")
def scan_garbage(stage: Stage) -> None:
    stage.act(stage.top.scanner.garbage)


@PEOPLE.says("search {rest}")
def search(stage: Stage, rest: str) -> None:
    """Item without barcode, the field, letter by letter on the keyboard."""
    stage.tap(stage.say("Item without barcode"))
    stage.tap(stage.say("Search by name or number"))
    for letter in rest.upper():
        stage.tap(stage.say("Space") if letter == " " else letter)


# --- at the scale -----------------------------------------------------------------------------------------------------

_TO_REST_MS = 1_000


@PEOPLE.says("scale {count} g")
def put_on_scale(stage: Stage, count: int) -> None:
    """This lies on the scale now, at rest; 0: nothing."""
    stage.act(lambda: stage.top.scale.put(count), _TO_REST_MS)


@PEOPLE.says("scale moves", restless=True)
@PEOPLE.says("scale comes to rest", restless=False)
def scale_moves(stage: Stage, restless: bool) -> None:
    """What lies on it does not come to rest, or does."""
    stage.act(lambda: setattr(stage.top.scale, "restless", restless), _TO_REST_MS)


# --- before the screen ------------------------------------------------------------------------------------------------


@PEOPLE.says("tap {text}")
def tap(stage: Stage, text: str) -> None:
    """A button by its spoken name."""
    stage.tap(text)


@PEOPLE.says("type {code}")
def type_code(stage: Stage, code: str) -> None:
    stage.tap(stage.say("Type a code"))
    stage.type_on_pad(code, "OK")


# --- at the card terminal ---------------------------------------------------------------------------------------------


@PEOPLE.says("tap card")
def tap_card(stage: Stage) -> None:
    stage.act(lambda: _accepted(stage, stage.top.terminal.tap_card()))


@PEOPLE.says("insert card")
def insert_card(stage: Stage) -> None:
    stage.act(lambda: _accepted(stage, stage.top.terminal.insert_card()))


@PEOPLE.says("take card")
def take_card(stage: Stage) -> None:
    stage.act(stage.top.terminal.take_card)


@PEOPLE.says("pin {digits}")
def pin(stage: Stage, digits: str) -> None:
    stage.act(lambda: _accepted(stage, stage.top.terminal.type_pin(digits)))


def _accepted(stage: Stage, accepted: bool) -> None:
    terminal = stage.top.terminal
    if not accepted:
        raise NotThere(f'the terminal waits for {terminal.wants or "nothing"}; it shows "{terminal.display}"')


@PEOPLE.says("press the red key")
def press_the_red_key(stage: Stage) -> None:
    stage.act(stage.top.terminal.cancel_on_terminal)


@PEOPLE.says("decline next card")
def decline_next(stage: Stage) -> None:
    """The bank will say no."""
    stage.top.terminal.decline_next()


@PEOPLE.says("the next card signs")
def next_card_signs(stage: Stage) -> None:
    """It has no PIN: its holder signs the shop's slip."""
    stage.top.terminal.sign_next()


# --- staff ------------------------------------------------------------------------------------------------------------


@PEOPLE.says("staff pin {digits}")
def staff_pin(stage: Stage, digits: str) -> None:
    """The mark at the top left, the pad, Sign in."""
    stage.tap(stage.say("Staff sign-in"))
    staff_pin_again(stage, digits)


@PEOPLE.says("staff pin again {digits}")
def staff_pin_again(stage: Stage, digits: str) -> None:
    """On the pad that is still open."""
    stage.type_on_pad(digits, "Sign in")


@PEOPLE.says("staff badge {who}")
def badge(stage: Stage, who: str) -> None:
    """Held over the glass: it says who, by id."""
    stage.act(lambda: stage.top.scanner.scan(f"staff-{who}", _ANY_OTHER))


@PEOPLE.says("key {digits}")
def key(stage: Stage, digits: str) -> None:
    """On the pad of the page that is open."""
    for digit in digits:
        stage.tap(digit)


@PEOPLE.says("staff settle paid {digits}", answer="It was paid")
@PEOPLE.says("staff settle not paid {digits}", answer="It was not paid")
def settle(stage: Stage, answer: str, digits: str) -> None:
    """On the form for a payment in doubt, with the receipt number from the terminal's journal."""
    stage.tap(stage.say("Paid or not paid?"))
    stage.tap(stage.say(answer))
    stage.type_on_pad(digits, "Decide")


@PEOPLE.says("staff settle honestly")
def settle_honestly(stage: Stage) -> None:
    """As the terminal's own journal says, or the provider's. A terminal can be asked when it has power and time."""
    payment, provider = stage.lane.state.payment, stage.top.provider
    if payment is not None and payment.kind == "qr" and provider is not None:
        known = next((p for p in provider.payments.values() if p.reference == payment.attempt), None)
        paid = known is not None and known.state == "paid" and known.id not in provider.refunds
        settle(stage, "It was paid" if paid else "It was not paid", f"{known.number if known else 0:04d}")
        return
    terminal = stage.top.terminal
    if not terminal.powered or terminal.busy:
        raise NotThere("the terminal has no power or is busy: nobody can read its journal now")
    charges = stage.promises.money.unclaimed()
    if charges:
        settle(stage, "It was paid", f"{charges[0].receipt:04d}")
    else:
        settle(stage, "It was not paid", f"{terminal.journal.last.receipt:04d}")


@PEOPLE.says("the store issues gift card {code} of {money}", kind="gift_card")
@PEOPLE.says("the store issues voucher {code} of {money}", kind="voucher")
@PEOPLE.says("the bottle machine issues {code} of {money}", kind="deposit")
def issue(stage: Stage, kind: Kind, code: str, money: int) -> None:
    """At the desk, before the story begins."""
    stage.office.issue(code, kind, money, stage.shop.facts.currency)


@PEOPLE.says("the store blocks {code}")
def block(stage: Stage, code: str) -> None:
    """Somebody has lost it."""
    stage.office.block(code)


@PEOPLE.says("staff take cash {money}")
def take_cash(stage: Stage, money: int) -> None:
    """On 19e: key it in, and the drawer opens."""
    if stage.lane.scene.name != "19e-staff-cash":
        stage.tap(stage.say("Take cash"))
    while stage.view.typed:
        stage.tap(stage.say("Delete one digit"))
    for digit in str(money):
        stage.tap(digit)
    finish = stage.say("Open drawer and finish")
    stage.tap(finish if stage.lane.button(finish) else stage.say("Open drawer and take it"))


@PEOPLE.says("staff take the exact sum")
def take_exactly(stage: Stage) -> None:
    """On 19e, with one touch for the amount."""
    stage.tap(stage.say("Exact"))
    stage.tap(stage.say("Open drawer and finish"))


@PEOPLE.says("tap the first kept basket")
def tap_kept(stage: Stage) -> None:
    """On the staff's list, by the code that the shopper was shown."""
    stage.tap(stage.lane.state.parked[0].code)


@PEOPLE.says("tap the basket of lane {till}")
def tap_basket_of(stage: Stage, till: str) -> None:
    """On the staff's list, the first that another lane has set aside."""
    kept = next((one for one in stage.lane.state.elsewhere if one.till == till), None)
    if kept is None:
        raise NotThere(f"the list has no basket of {till}")
    stage.tap(kept.code)


def _barcodes(paper: Receipt) -> list[str]:
    return [line.text for line in paper.lines if line.kind == "barcode"]


@PEOPLE.says("scan the slip of lane {till}")
def scan_basket_slip(stage: Stage, till: str) -> None:
    """The last one that its printer has made."""
    printed = [code for paper in stage.lanes[till].top.printer.paper for code in _barcodes(paper)]
    if not printed:
        raise NotThere(f"{till} has printed no slip")
    stage.act(lambda: stage.top.scanner.scan(printed[-1], "]C0"))


@PEOPLE.says("tap the way back of the last payment")
def take_back(stage: Stage) -> None:
    """Below the slip of 10."""
    last = stage.lane.state.basket.taken[-1].tender
    stage.tap(next(b.name for b in buttons(stage.lane.scene) if b.says == TenderCancelled(attempt=last.attempt)))


@PEOPLE.says("staff move cash {money} {text}")
def move_cash(stage: Stage, money: int, text: str) -> None:
    """`"Float in"`, `"Pick-up out"` or `"All of it, counted"`, from the staff's list."""
    stage.tap(stage.say("X report"))
    stage.tap(stage.say("Cash in the drawer"))
    for digit in str(money):
        stage.tap(digit)
    stage.tap(text)


@PEOPLE.says("staff close the day")
def close_day(stage: Stage) -> None:
    """With the second touch."""
    stage.tap(stage.say("X report"))
    stage.tap(stage.say("Close the day…"))
    stage.tap(stage.say("Close the day"))


@PEOPLE.says("push the drawer shut")
def push_drawer(stage: Stage) -> None:
    stage.act(stage.top.printer.close_drawer)


@PEOPLE.says("offer {name} {rest}")
def put_offer(stage: Stage, name: str, rest: str) -> None:
    """In the store: a row of the offers' file, `column=cell` for each cell that is filled."""
    cells = dict(part.split("=", 1) for part in shlex.split(rest))
    _tell_tills(stage, lambda: stage.office.put_offer({"offer": name, **cells}))


@PEOPLE.says("offer {name} ends")
def end_offer(stage: Stage, name: str) -> None:
    _tell_tills(stage, lambda: stage.office.end_offer(name))


def _tell_tills(stage: Stage, deed: Callable[[], Iterable[Message]]) -> None:
    def tell() -> None:
        for topic, payload in deed():
            stage.shop.wire.tell(topic, payload)

    stage.act(tell)


@PEOPLE.says("the store has member {id_} called {name} with {key}")
@PEOPLE.says("the store has member {id_} called {name} with {key} who wants receipts by {receipt}")
def enrol(stage: Stage, id_: str, name: str, key: str, receipt: str = "") -> None:
    """Signed up at the desk, before the story begins."""
    stage.office.enrol(id_, key, first_name=name, receipt=receipt, member_groups="members")


@PEOPLE.says("type member number {code}")
def type_member(stage: Stage, code: str) -> None:
    stage.tap(stage.say("Member card"))
    stage.type_on_pad(code, "OK")


@PEOPLE.says("price {code} {money}")
def change_price(stage: Stage, code: str, money: int) -> None:
    """In the store, on the console."""

    def tell() -> None:
        for topic, payload in stage.office.change_price(code, money):
            stage.shop.wire.tell(topic, payload)

    stage.act(tell)


@PEOPLE.says("the store lists {rest}")
def list_product(stage: Stage, rest: str) -> None:
    """In the store: a new row of the price book, `column=cell` each. The lanes have not heard of it yet."""
    stage.office.list_row(dict(part.split("=", 1) for part in shlex.split(rest)))


@PEOPLE.says("the new price book arrives")
def price_book_arrives(stage: Stage) -> None:
    _tell_tills(stage, stage.office.retained)


@PEOPLE.says("the store sells {code} no more")
def sell_no_more(stage: Stage, code: str) -> None:
    """A price book without it is imported."""

    def tell() -> None:
        for topic, payload in stage.office.import_rows(tuple(row for row in demo_rows() if row.code != code)):
            stage.shop.wire.tell(topic, payload)

    stage.act(tell)
