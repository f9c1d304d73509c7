"""Teller: tells a story on a stage, line by line, and says where it went otherwise and what there was to be seen.

Lines at the head that begin with `shop` say what shop it is; without any it is the demo store, which speaks English and
Swedish. What begins with `perhaps` is left undone when it cannot be done.
"""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from kiosk.app.signer import SIMULATED
from kiosk.checkout.lane import (
    AuditRule,
    BaggingLimits,
    Charity,
    CouponRule,
    DepositRule,
    GroupLimit,
    Limit,
    ParkingRule,
    StaffLimits,
)
from kiosk.checkout.lane import Lane as LaneFacts
from kiosk.checkout.scale import Plate
from kiosk.world.at_the_doors import DOORS
from kiosk.world.bagging_area import BAGGING
from kiosk.world.cash_machine import CASH_MACHINE
from kiosk.world.cash_parts import OF_PARTS
from kiosk.world.console import CONSOLE
from kiosk.world.customers import CUSTOMERS
from kiosk.world.expectations import EXPECTATIONS
from kiosk.world.goods_back import GOODS_BACK
from kiosk.world.hours import HOURS
from kiosk.world.keypad_hands import KEYPAD
from kiosk.world.mishaps import MISHAPS
from kiosk.world.people import PEOPLE
from kiosk.world.reports import REPORTS
from kiosk.world.shops import FACTS, pack_of
from kiosk.world.staffed_lane import STAFFED
from kiosk.world.stage import NotThere, Stage
from kiosk.world.story import Grammar, Line, StoryError, lines_of

LANGUAGE = Grammar(
    EXPECTATIONS,
    PEOPLE,
    KEYPAD,
    BAGGING,
    CASH_MACHINE,
    CONSOLE,
    CUSTOMERS,
    MISHAPS,
    STAFFED,
    REPORTS,
    GOODS_BACK,
    DOORS,
)
"""All phrases of acts and expectations."""
SHOP = Grammar(HOURS)


@SHOP.says("shop speaks {rest}")
def speaks(rest: str) -> dict[str, Any]:
    """Languages, the first being everybody's."""
    return {"languages": tuple(rest.split())}


@SHOP.says("shop in {country}")
def stands_in(country: str) -> dict[str, Any]:
    """Its jurisdiction pack, and that country's money."""
    return {"jurisdiction": country, "currency": pack_of(country).currency}


@SHOP.says("shop is live")
def is_live() -> dict[str, Any]:
    """No demo."""
    return {"mode": "live"}


@SHOP.says("shop takes {rest}")
def takes(rest: str) -> dict[str, Any]:
    """Tenders, in the order of the payment screen; `cash<=500.00` is a limit of one payment."""
    kinds = [part.partition("<=") for part in rest.split()]
    limits = tuple(Limit(kind, most_minor=int(most.replace(".", ""))) for kind, _, most in kinds if most)  # type: ignore[arg-type]  # a story's own word
    accepted = tuple(kind for kind, _, _ in kinds)
    return {"tenders": accepted, "tender_limits": limits, "slip_begins": "KD-" if "gift_card" in accepted else ""}


@SHOP.says("shop trusts coupons while the store is away")
@SHOP.says("shop trusts coupons up to {money} while the store is away")
def trusts_coupons(money: int = 0) -> dict[str, Any]:
    """Those that are used once, while the store cannot be asked."""
    return {"coupons": CouponRule("accept", money)}


@SHOP.says("shop takes new members before paying", when="before")
@SHOP.says("shop takes new members after paying", when="after")
def takes_members(when: Literal["before", "after"]) -> dict[str, Any]:
    """At the lane, on the screen."""
    return {"sign_up": when}


@SHOP.says("shop trusts signed slips up to {money} while the store is away")
@SHOP.says("shop trusts signed slips up to {money} a basket and {day} a day while the store is away")
def trusts_slips(money: int, day: str = "500.00") -> dict[str, Any]:
    """Of bottle machines, while the store cannot be asked."""
    return {"deposits": DepositRule("signed", 30, money, int(day.replace(".", "")))}


@SHOP.says("shop shares baskets")
@SHOP.says("shop shares baskets, which shoppers bring back with a slip", recall="shopper")
@SHOP.says("shop shares baskets and keeps none over night", over_night="void")
def shares_baskets(**rule: Any) -> dict[str, Any]:
    """Those that were set aside, among its lanes; with slips."""
    return {"parking": ParkingRule(shared=True, slip=True, **rule)}


@SHOP.says("shop voids what is set aside when the day ends")
def voids_over_night() -> dict[str, Any]:
    """On a lane that shares nothing."""
    return {"parking": ParkingRule(shared=False, over_night="void")}


@SHOP.says("shop mails receipts")
def mails_receipts() -> dict[str, Any]:
    """To whoever types an address."""
    return {"email_receipts": True, "email_endings": ("@example.com", ".com")}


@SHOP.says("shop collects for {rest} in steps of {step}")
def collects(rest: str, step: str) -> dict[str, Any]:
    """By rounding up, before paying."""
    return {"charity": Charity(rest, int(step.replace(".", "")))}


@SHOP.says("shop sells gift cards of {rest}")
def sells_gift_cards(rest: str) -> dict[str, Any]:
    """What can be put on one that is scanned: `100.00 200.00`."""
    amounts = tuple(int(amount.replace(".", "")) for amount in rest.split())
    return {"card_loads": amounts, "card_names": {"en": "Gift card"}}


@SHOP.says("shop asks for bags {rest}")
def asks_for_bags(rest: str) -> dict[str, Any]:
    """Before paying, by their codes in the price book."""
    return {"bags": tuple(rest.split())}


@SHOP.says("shop sends baskets above {money} to a staffed checkout")
def sends_away(money: int) -> dict[str, Any]:
    """Without staff."""
    return {"basket_most_minor": money}


@SHOP.says("shop looks at {count} of a thousand baskets")
@SHOP.says("shop looks at baskets over {money}")
def looks(count: int = 0, money: int = 0) -> dict[str, Any]:
    """Before they pay: by lot, or by their sum."""
    return {"audit": AuditRule(rate_permille=count, value_over_minor=money, partial_items=2)}


@SHOP.says("shop looks at baskets with more than {count} oddities")
def looks_at_odd_ones(count: int) -> dict[str, Any]:
    """Own bags, things not bagged; without a bagging scale lines taken out again, unknown codes. Two looks an hour."""
    return {"audit": AuditRule(risk_over=count, partial_items=2, most_per_hour=2)}


@SHOP.says("shop sees its lanes from the console")
def sees_its_lanes() -> dict[str, Any]:
    """So that ages may be approved there, by the looks."""
    return {"staff_limits": StaffLimits(console_age=True)}


@SHOP.says("shop has a cash machine")
@SHOP.says(OF_PARTS)
def has_cash_machine() -> dict[str, Any]:
    """That takes notes and coins and gives change."""
    return {"cash_machine": True}


@SHOP.says("shop has a scale")
def has_scale() -> dict[str, Any]:
    """For loose goods: Max 15 kg, Min 100 g, e = 5 g."""
    return {"scale": Plate()}


@SHOP.says("shop has a scale that works out prices")
def has_computing_scale() -> dict[str, Any]:
    """The same plate. It rounds to five öre, and what it says is what is charged."""
    return {"scale": Plate(computes=True, zeroes=False)}


@SHOP.says("shop signs sales")
def signs_sales() -> dict[str, Any]:
    """With the simulated signer."""
    return {"signer": SIMULATED}


@SHOP.says("shop keeps receipts at {address}")
def keeps_receipts(address: str) -> dict[str, Any]:
    """Where a phone can open them."""
    return {"receipt_url": address}


@SHOP.says("shop signs receipts")
def signs_receipts() -> dict[str, Any]:
    """With the demo's key, and has no page where a phone can open them."""
    return {"receipt_url": "", "signed_receipts": True}


@SHOP.says("shop has a bagging scale")
def has_a_bagging_scale() -> dict[str, Any]:
    """Whatever is scanned goes on the shelf."""
    return {"bagging": BaggingLimits()}


@SHOP.says("shop wants a badge with every PIN")
def wants_badges() -> dict[str, Any]:
    """The badge says who, the PIN proves it."""
    return {"staff_limits": StaffLimits(badge_needed=True)}


@SHOP.says("shop wants a staff number with every PIN")
def wants_numbers() -> dict[str, Any]:
    """From those who show no badge."""
    return {"staff_limits": StaffLimits(number_needed=True)}


@SHOP.says("shop does not take back {rest}")
def does_not_take_back(rest: str) -> dict[str, Any]:
    """A category."""
    return {"staff_limits": StaffLimits(not_returned=(rest,))}


@SHOP.says("shop pays up to {money} for empties")
def pays_for_empties(money: int) -> dict[str, Any]:
    """At once; 0.00: it takes none."""
    return {"containers_most_minor": money}


@SHOP.says("shop keeps a copy of every return")
def keeps_copies() -> dict[str, Any]:
    """With a line for a signature."""
    return {"return_copy": True}


@SHOP.says("shop sells {count} together of {rest}")
def sells_together(count: int, rest: str) -> dict[str, Any]:
    """A limit on a category."""
    return {"group_limits": (GroupLimit(rest, count),)}


@SHOP.says("shop fits {rest}")
def fits(rest: str) -> dict[str, Any]:
    """Of `keylock`, `door.NAME`, `button.NAME`, `badge_reader` and `gate`; with a gate receipts have exit codes."""
    names = tuple(rest.split())
    return {"fitted": names, "exit_codes": "gate" in names}


@SHOP.says("shop wants its key turned before a PIN")
def wants_keys() -> dict[str, Any]:
    """The staff key, on the lane."""
    return {"staff_limits": StaffLimits(key_needed=True)}


def tell(path: Path) -> list[str]:
    """The whole story of a file; what the lane's voice said in it. StoryError, naming file and line."""
    lines = list(lines_of(path.read_text(encoding="utf-8")))
    stage = stage_of(lines, str(path))
    try:
        for line in lines:
            if not line.text.startswith("shop "):
                tell_line(stage, line, str(path))
        if not stage.dark:
            stage.promises.verify()
        return stage.lane.spoken
    finally:
        stage.close()


def stage_of(lines: Sequence[Line], where: str) -> Stage:
    """The shop that the story is about, open."""
    return Stage(shop_of(lines, where), cash_parts=any(line.text == OF_PARTS for line in lines))


def shop_of(lines: Iterable[Line], where: str) -> LaneFacts:
    """The shop that the story is about."""
    facts = replace(FACTS, languages=("en", "sv"))
    for line in lines:
        if line.text.startswith("shop "):
            facts = replace(facts, **_told(line, where, SHOP))
    return facts


def tell_line(stage: Stage, line: Line, where: str) -> None:
    """One line. StoryError, also for whatever the lane itself raises: that is what the story is about then."""
    text = line.text.removeprefix("perhaps ")
    may_fail = suppress(NotThere) if text != line.text else nullcontext()
    if text.startswith("on lane "):
        _, _, till, text = text.split(" ", 3)
        stage = _lane(stage, till)
    try:
        with may_fail:
            _told(Line(line.number, text), where, LANGUAGE, stage)
    except StoryError:
        raise
    except Exception as error:  # not swallowed: raised again with the place where it happened
        here = f"{where}:{line.number}: {line.text}"
        raise StoryError(f"{here}\n  {type(error).__name__}: {error}\n  {_seen(stage)}") from error


def _lane(stage: Stage, till: str) -> Stage:
    """Another lane of the same shop, which opens when the story first speaks of it."""
    if till not in stage.lanes:
        Stage(replace(stage.shop.facts, till=till, number=till[-1]), stage)
    return stage.lanes[till]


def _told(line: Line, where: str, grammar: Grammar, *stage: Stage) -> Any:
    try:
        act, values = grammar.understand(line.text)
    except StoryError as error:
        raise StoryError(f"{where}:{line.number}: {error}") from None
    return act(*stage, **values)


def _seen(stage: Stage) -> str:
    if stage.dark or stage.lane.running.screen.scene is None:
        return "the lane is dark"
    return f"on the screen: {stage.lane.scene.name}: " + " | ".join(stage.texts())
