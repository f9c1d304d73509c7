"""Customers: members, coupons, and what a lane asks the store about, by the phrases that stories use for it."""

from datetime import date, timedelta

from kiosk.app.slip_keys import demo_key, sign
from kiosk.checkout.state import Phase
from kiosk.world.disk import KEEP_ALL
from kiosk.world.expectations import Missed
from kiosk.world.stage import Stage
from kiosk.world.story import Grammar

CUSTOMERS = Grammar()


# --- becoming a member ------------------------------------------------------------------------------------------------


@CUSTOMERS.says("begin to join with {rest}")
def begin_to_join(stage: Stage, rest: str) -> None:
    """The form, from wherever it is offered, and what is typed on its keys."""
    if stage.lane.state.phase is Phase.SCANNING:
        stage.tap(stage.say("Member card"))
    stage.tap(stage.say("Become a member"))
    type_contact(stage, rest)


@CUSTOMERS.says("type contact {rest}")
def type_contact(stage: Stage, rest: str) -> None:
    """On the keys of the form that is open; digits and letters take turns behind one key."""
    for key in rest.upper():
        there = {button.name for button in stage.buttons()}
        if key not in there:
            stage.tap("123" if "123" in there else "ABC")
        stage.tap(key)


@CUSTOMERS.says("type address {rest}")
def type_address(stage: Stage, rest: str) -> None:
    """Of 14c, on its keys."""
    stage.tap(stage.say("E-mail it"))
    type_contact(stage, rest)


@CUSTOMERS.says("expect mails {count}")
def mails(stage: Stage, count: int) -> None:
    """That the store has sent by now."""
    found = stage.office.mails()
    if len(found) != count:
        raise Missed(f"mails were sent to: {', '.join(found) or 'nobody'}")


@CUSTOMERS.says("expect mail to {address} says {text}")
def mail_says(stage: Stage, address: str, text: str) -> None:
    """The last receipt that went there."""
    found = stage.office.mails().get(address, "")
    if text not in found:
        raise Missed(f"it says:\n{found}" if found else "there is none")


@CUSTOMERS.says("the store has member {id_} called {name} with {key} and {address} who wants receipts by e-mail")
def enrol_with_address(stage: Stage, id_: str, name: str, key: str, address: str) -> None:
    """Signed up at the desk, before the story begins."""
    stage.office.enrol(id_, key, first_name=name, receipt="email", email=address, member_groups="members")


@CUSTOMERS.says("join with {rest}")
def join(stage: Stage, rest: str) -> None:
    """The whole form, with nothing chosen that need not be."""
    begin_to_join(stage, rest)
    stage.tap(stage.say("Next"))
    stage.tap(stage.say("I agree, make me a member"))


@CUSTOMERS.says("another checkout makes {key} a member")
def joined_elsewhere(stage: Stage, key: str) -> None:
    """A moment before this one."""
    found = stage.office.sign_up("k02", key)
    if found != "ok":
        raise Missed(f"the other checkout was told: {found}")


@CUSTOMERS.says("expect members {count}")
def members_of_the_store(stage: Stage, count: int) -> None:
    """In its books."""
    found = len(stage.office.members())
    if found != count:
        raise Missed(f"the store has members: {found}")


@CUSTOMERS.says("expect the member {key} has {count} points and agreed to {rest}")
def agreed(stage: Stage, key: str, count: int, rest: str) -> None:
    """Found by number or address; what was agreed to, by name: `membership marketing`."""
    kept = stage.office.member_file(key)
    found = kept["points"], " ".join(sorted(one["purpose"] for one in kept["consents"]))
    if found != (count, rest):
        raise Missed(f"points and consents: {found}")


@CUSTOMERS.says("expect nothing of {rest} anywhere on the lane")
def nowhere(stage: Stage, rest: str) -> None:
    """Neither on its disk, nor on its screen, nor among what waits for the store."""
    lane = stage.lane
    places = {
        "disk": b"".join(lane.disk.survivors(KEEP_ALL).values()).decode(errors="replace"),
        "screen": repr(lane.scene),
        "view": repr(lane.running.screen.view),
        "state": repr(lane.state),
        "messages that wait": repr(lane.journal.outbox.pending(1_000)),
    }
    if found := [place for place, text in places.items() if rest.lower() in text.lower()]:
        raise Missed(f"it is on the lane: {', '.join(found)}")


# --- signed slips -----------------------------------------------------------------------------------------------------


@CUSTOMERS.says("scan signed slip {code} of {money}")
@CUSTOMERS.says("scan signed slip {code} of {money} printed {count} days ago")
def scan_slip(stage: Stage, code: str, money: int, count: int = 0) -> None:
    """Of a bottle machine that nobody has told the store about; the same slip every time."""
    stage.act(lambda: stage.top.scanner.scan(_slip(stage, code, money, count), "]Q1"))


@CUSTOMERS.says("scan signed slip {code} of {money} that was printed as {was}")
def scan_forged_slip(stage: Stage, code: str, money: int, was: str) -> None:
    """Somebody has made more of it, and the signature is still the old one's."""
    printed = _slip(stage, code, int(was.replace(".", "")), 0)
    stage.act(lambda: stage.top.scanner.scan(printed.replace(f".{was.replace('.', '')}.", f".{money}."), "]Q1"))


def _slip(stage: Stage, code: str, money: int, age_days: int) -> str:
    currency, printed = (
        stage.shop.facts.currency,
        date.fromisoformat(stage.shop.clock.now().day) - timedelta(days=age_days),
    )
    stage.office.worth[code] = money
    return sign(demo_key(), code, money, currency, printed)


# --- coupons ----------------------------------------------------------------------------------------------------------


@CUSTOMERS.says("the store issues coupon {code} for {offer}")
@CUSTOMERS.says("the store issues coupon {code} for {offer} to be used {count} times")
def issue_coupon(stage: Stage, code: str, offer: str, count: int = 1) -> None:
    """One code, to be used once."""
    stage.office.issue(code, "coupon", count, "", offer)


@CUSTOMERS.says("another checkout has {code} for {offer} in its basket")
def held_elsewhere(stage: Stage, code: str, offer: str) -> None:
    """Scanned there a moment ago, and not paid yet."""
    found = stage.office.take_coupon("k02", code, offer)
    if found != "ok":
        raise Missed(f"the other checkout was told: {found}")


@CUSTOMERS.says("expect coupon {code} used {count} times")
def used(stage: Stage, code: str, count: int) -> None:
    """By sales in the store's books."""
    found = stage.office.uses(code)
    if found != count:
        raise Missed(f"it was used {found} times")


@CUSTOMERS.says("expect coupon {code} free for {offer}", wanted="ok")
@CUSTOMERS.says("expect coupon {code} taken for {offer}", wanted="in_use")
@CUSTOMERS.says("expect coupon {code} used up for {offer}", wanted="used")
def condition(stage: Stage, code: str, offer: str, wanted: str) -> None:
    """What another checkout hears when it scans it now."""
    found = stage.office.take_coupon("k09", code, offer)
    if found != wanted:
        raise Missed(f"another checkout hears: {found}")
