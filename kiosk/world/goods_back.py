"""Goods back: what staff do who take goods back, by the phrases that stories use for it."""

from kiosk.app.signed_receipt import screen_signer
from kiosk.checkout.events import ReturnConfirmed
from kiosk.checkout.sale import CameBack, Sale, receipt_token
from kiosk.wire.signed_receipt import DEMO
from kiosk.world.expectations import Missed
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar

GOODS_BACK = Grammar()
_ANY_OTHER = "]Q1"


@GOODS_BACK.says("staff take goods back with pin {digits}")
def begin(stage: Stage, digits: str) -> None:
    """The mark, the pad, the tile."""
    stage.tap(stage.say("Staff sign-in"))
    stage.type_on_pad(digits, "Sign in")
    stage.tap(stage.say("Take goods back"))


@GOODS_BACK.says("staff take empties back with pin {digits}")
def begin_empties(stage: Stage, digits: str) -> None:
    """The same, and they are no goods."""
    begin(stage, digits)
    stage.tap(stage.say("Empties"))


@GOODS_BACK.says("{count} empties of {text}")
def count_empties(stage: Stage, count: int, text: str) -> None:
    """Touch the kind, type how many."""
    choose_line(stage, text)
    stage.type_on_pad(str(count), "OK")


@GOODS_BACK.says("give a slip")
def give_slip(stage: Stage) -> None:
    """On to the money, and the slip instead of it."""
    on_to_the_money(stage)
    stage.tap(stage.say("Give a slip"))


@GOODS_BACK.says("scan the deposit slip of lane {till}")
def scan_deposit_slip(stage: Stage, till: str) -> None:
    """The last one that its printer has made."""
    codes = [line.text for paper in stage.lanes[till].top.printer.paper for line in paper.lines if line.kind == "qr"]
    slips = [code for code in codes if code.startswith("KD-")]
    if not slips:
        raise NotThere(f"{till} has printed no deposit slip")
    stage.act(lambda: stage.top.scanner.scan(slips[-1], _ANY_OTHER))


@GOODS_BACK.says("expect {count} deposit slips printed, all the same")
def slips_printed(stage: Stage, count: int) -> None:
    """By this lane's printer since the story began."""
    codes = [line.text for paper in stage.top.printer.paper for line in paper.lines if line.kind == "qr"]
    slips = [code for code in codes if code.startswith("KD-")]
    if len(slips) != count or len(set(slips)) > 1:
        raise Missed(f"deposit slips: {slips}")


@GOODS_BACK.says("type receipt {code}")
def type_receipt(stage: Stage, code: str) -> None:
    """`17`, or `k02-17` of another checkout."""
    for letter in code:
        stage.tap(letter.upper())
    stage.tap(stage.say("Look it up"))


@GOODS_BACK.says("scan the receipt of the last sale")
def scan_receipt(stage: Stage) -> None:
    """The code on its paper."""
    sale = last_sale(stage)
    address = f"{stage.shop.facts.receipt_url}/r/{receipt_token(sale)}"
    stage.act(lambda: stage.top.scanner.scan(address, _ANY_OTHER))


@GOODS_BACK.says("scan the signed receipt of the last sale")
def scan_signed_receipt(stage: Stage) -> None:
    """The code on its paper, which needs nobody to be asked."""
    sign = screen_signer(DEMO)
    assert sign is not None, "the demo has a key"
    text = sign(last_sale(stage))
    stage.act(lambda: stage.top.scanner.scan(text, _ANY_OTHER))


def last_sale(stage: Stage) -> Sale:
    """On the lane's disk, with goods sold."""
    return max((one for one in stage.promises.sealed.values() if one.kind == "sale"), key=lambda sale: sale.sequence)


@GOODS_BACK.says("{count} of {text} come back: {reason}")
@GOODS_BACK.says("{count} of {text} come back as waste: {reason}", waste=True)
def come_back(stage: Stage, count: int, text: str, reason: str, waste: bool = False) -> None:
    """Touch the line, count, say why; reasons are `defective`, `mind`, `wrong`, `other`."""
    reasons = {"defective": "Defective", "mind": "Changed their mind", "wrong": "Wrong item", "other": "Other"}
    choose_line(stage, text)
    state = stage.lane.state
    assert state.refund is not None, "goods are being taken back"
    have = sum(one.count for one in state.refund.chosen) if state.refund.sale is None else 0
    for _ in range(count - min(have, 1)):
        stage.tap(stage.say("One more"))
    stage.tap(stage.say(reasons[reason]))
    if waste:
        stage.tap(stage.say("Waste"))


@GOODS_BACK.says("touch the line of {text}")
def choose_line(stage: Stage, text: str) -> None:
    """By a name, however many of it are chosen already."""
    names = [button.name for button in stage.buttons() if button.name.endswith(text) and button.role == "line"]
    stage.tap(names[0] if names else text)


@GOODS_BACK.says("pay back")
def pay_back(stage: Stage) -> None:
    """On to the money, and the money."""
    on_to_the_money(stage)
    pay_it_back(stage)


@GOODS_BACK.says("on to the money")
def on_to_the_money(stage: Stage) -> None:
    """To the page where it is paid back; with a receipt, on a glass that is large enough, this is that page."""
    wanted = _words(stage, "Pay back {amount}")
    here = [one for one in stage.buttons() if one.name.startswith(wanted) and isinstance(one.says, ReturnConfirmed)]
    if not here:
        pay_it_back(stage)


@GOODS_BACK.says("pay it back")
def pay_it_back(stage: Stage) -> None:
    """The violet button."""
    wanted = _words(stage, "Pay back {amount}")
    found = [one.name for one in stage.buttons() if one.name.startswith(wanted)]
    stage.tap(found[0] if found else wanted)


@GOODS_BACK.says("staff settle the refund honestly")
def settle(stage: Stage) -> None:
    """As the terminal's own journal says."""
    journal = stage.top.terminal.journal
    given = stage.promises.money.unspoken_refunds()
    stage.tap(stage.say("Given or not?"))
    stage.tap(stage.say("It was given" if given else "It was not given"))
    number = given[-1].receipt if given else journal.last.receipt
    stage.type_on_pad(f"{number:04d}", "Decide")


@GOODS_BACK.says("pay back in cash")
def pay_back_in_cash(stage: Stage) -> None:
    """All of it out of the drawer."""
    text = stage.say("All in cash (manager)")
    if not any(one.name == text for one in stage.buttons()):
        on_to_the_money(stage)
    stage.tap(text)


def _words(stage: Stage, text: str) -> str:
    return stage.say(text).split("{")[0]


# --- what can be seen -------------------------------------------------------------------------------------------------


def _returns(stage: Stage) -> list[Sale]:
    return [one for one in stage.promises.sealed.values() if one.kind == "return"]


@GOODS_BACK.says("expect returns {count}")
def returned(stage: Stage, count: int) -> None:
    """On the lane's disk."""
    if len(_returns(stage)) != count:
        raise Missed(f"returns on the disk: {len(_returns(stage))}")


@GOODS_BACK.says("expect paid back {money} by {kind}")
def paid_back(stage: Stage, money: int, kind: str) -> None:
    """All returns in the store's books."""
    tenders = [t for one in stage.office.sales() if one.kind == "return" for t in one.tenders if t.kind == kind]
    found = -sum(tender.amount_minor for tender in tenders)
    if found != money:
        raise Missed(f"paid back by {kind}: {found / 100:.2f}")


@GOODS_BACK.says("expect the last return says {reason}")
@GOODS_BACK.says("expect the last return says {reason} and waste", waste=True)
def says(stage: Stage, reason: str, waste: bool = False) -> None:
    """Of its first line."""
    found = _returns(stage)[-1].lines[0].back
    if found != CameBack(reason, waste):  # type: ignore[arg-type]  # a story's own word
        raise Missed(f"the last return says: {found}")


@GOODS_BACK.says("another checkout can take back {count} of line {line} of the last sale", state="ok")
@GOODS_BACK.says("another checkout cannot take back {count} of line {line} of the last sale", state="gone")
def elsewhere(stage: Stage, count: int, line: str, state: str) -> None:
    """It asks the store to keep the pieces for it."""
    stage.asked_elsewhere += 1
    found = stage.office.take_back("k02", last_sale(stage).key, int(line), count, stage.asked_elsewhere)
    if found != state:
        raise Missed(f"it hears: {found}")


@GOODS_BACK.says("expect {money} on {code}")
def balance(stage: Stage, money: int, code: str) -> None:
    """In the store's books."""
    found = stage.office.balance(code, stage.shop.facts.currency)
    if found != money:
        raise Missed(f"there is {found / 100:.2f} on it")
