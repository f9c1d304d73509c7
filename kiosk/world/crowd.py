"""Crowd: writes a story by chance, line by line: shoppers, staff and misfortune, each acting on what it sees.

It looks at the stage and names the next line, in the language of stories; so whatever it did can be told again from the
text alone. Shoppers mostly want to buy, sometimes do odd things, and sometimes walk away. Staff are honest: a payment
in doubt is decided as the terminal's own journal says.
"""

from collections.abc import Callable, Sequence
from random import Random

from kiosk.checkout.state import Phase
from kiosk.ui.scene import buttons
from kiosk.world.around_the_lane import AroundTheLane
from kiosk.world.at_the_machine import AtTheMachine
from kiosk.world.back_office import STAFF
from kiosk.world.back_room import NEW, BackRoom
from kiosk.world.behind_the_counter import BehindTheCounter
from kiosk.world.cashier import Cashier
from kiosk.world.dice import Choice, Dice
from kiosk.world.forms import Forms
from kiosk.world.misfortune import Misfortune
from kiosk.world.next_door import there
from kiosk.world.opening import BEARER, COUPONS, GIFT_CARDS, MEMBERS
from kiosk.world.screen_hands import ScreenHands
from kiosk.world.shops import demo_rows
from kiosk.world.stage import Stage

_FOR_STAFF_ONLY_HONESTLY = ("Paid or not paid?", "Given or not?", "Decide", "It is given back now")
_ASIDE = (
    "01-languages",
    "02-choose-line",
    "04a-picker",
    "04b-picker-search",
    "04c-type-code",
    "08-quantity",
    "17-still-there",
    "17-stop",
)
"""Screens on which people first go on or back."""
_LOOSE = ("4011", "4664", "4562", "4072")
"""Bananas, tomatoes, carrots and potatoes, by the kilogram."""
_PINS = tuple(pin for *_, pin in STAFF)


class Crowd:
    """Everybody and everything in one shop, by one source of chance."""

    def __init__(self, stage: Stage, chance: Random) -> None:
        self._stage, self._dice = stage, Dice(chance)
        self._misfortune = Misfortune(stage, self._dice)
        self._hands = ScreenHands(stage, self._dice)
        self._counter = BehindTheCounter(stage, self._dice, self._hands, self._touch)
        self._cashier = Cashier(stage, self._dice, self._hands, self._touch)
        self._machine = AtTheMachine(stage, self._dice, self._hands, self._touch)
        self._around = AroundTheLane(stage, self._dice)
        self._forms = Forms(stage, self._dice, self._hands, self._touch)
        self._bags, self._weighs = (fact is not None for fact in (stage.shop.facts.bagging, stage.shop.facts.scale))
        rows = [row for row in demo_rows() if row.gtin]
        few = chance.sample(rows, 6)
        limited = [row for row in rows if row.age_limit or row.tax_class in ("alcohol", "tobacco")]
        with_deposit = [row for row in rows if row.deposit_minor and not row.age_limit]
        wine = next(row for row in rows if row.category == "drinks/wine")
        self._codes = [row.gtin for row in (*few, chance.choice(limited), chance.choice(with_deposit), wine)]
        self._back_room = BackRoom(stage, self._dice, self._codes)

    def next_line(self) -> str:
        """What happens now."""
        chance = self._dice.random()
        if self._stage.dark:
            return self._misfortune.in_the_dark()
        if self._misfortune.lies_enough():
            return self._misfortune.tells_the_truth()
        if chance < (0.35 if self._misfortune.money_moves else 0.07):
            return self._misfortune.strike()
        if self._misfortune.broken and chance < (0.3 if self._in_trouble() else 0.16):
            return self._misfortune.mend()
        if chance > 0.96:
            return self._back_room.acts()
        if chance > 0.9 and self._around.is_there:
            return self._around.acts()
        return self._dice.one_of(*self._people())

    def _in_trouble(self) -> bool:
        return self._stage.lane.state.phase in (Phase.DOUBT, Phase.CLOSED)

    # --- people -------------------------------------------------------------------------------------------------------

    def _people(self) -> Sequence[Choice]:
        name = self._stage.lane.scene.name
        if name.startswith("19a"):
            return self._at_the_pad()
        if name.startswith("19"):
            return self._staff_at_work()
        if name.startswith("02-assisted"):
            return (1, self._walk_away), *self._cashier.serves(self._scan)
        if form := self._forms.fills():
            return (*form, (1, self._walk_away))
        if name in _ASIDE:
            return (8, self._touch), (1, self._scan), (1, self._dawdle)
        if name == "05-weighing":
            return self._weighing()
        if name.startswith("06"):
            return self._at_the_shelf()
        if name == "10-pay-choice":
            return self._choosing()
        if name == "11f-cash-machine":
            return (*self._machine.pays(), self._machine.takes(), (1, self._scan))
        if name in ("11d-pay-by-phone", "11d-no-code-yet"):
            return self._paying_by_phone()
        if name.startswith(("11c", "11e")):
            return (8, self._staff_come), (1, self._touch), (1, self._dawdle), (1, self._scan), (1, self._walk_away)
        if name.startswith("11d"):
            return (4, self._scan_gift_card), (4, self._touch), (1, self._dawdle), (1, self._walk_away)
        if name == "12-declined":
            return (8, self._tap("Try again")), (4, self._touch), (1, self._dawdle), (1, self._walk_away)
        return {
            Phase.WELCOME: self._arriving,
            Phase.SCANNING: self._scanning,
            Phase.PAYING: self._leaving,
            Phase.CARD: self._paying,
            Phase.DOUBT: self._waiting_for_the_bank,
            Phase.RECEIPT: self._leaving,
            Phase.THANKS: self._leaving,
            Phase.CLOSED: self._standing_before_a_closed_lane,
            Phase.RETURNING: self._standing_before_a_closed_lane,
        }[self._stage.lane.state.phase]()

    def _arriving(self) -> Sequence[Choice]:
        return (
            (12, self._scan), (2, self._scan_something_odd), (2, self._touch), (2, self._dawdle), (3, self._staff_come),
            (1, self._back_room.acts), (1, self._show_a_card), self._machine.takes(),
            (1, self._dice.pick("decline next card", "the next card signs")),
        )  # fmt: skip

    def _scanning(self) -> Sequence[Choice]:
        waits_for_staff = any(
            call.reason in ("age", "help", "audit", "item") for call in self._stage.lane.state.interventions
        )
        return (
            (14, self._scan), (2, self._scan_something_odd), (1, self._type),
            (20 if len(self._stage.lane.state.basket.lines) > 2 else 8, self._tap("Pay")), (7, self._touch),
            (3, self._dawdle), (1, self._walk_away), (50 if waits_for_staff else 1, self._staff_come),
            (3 if waits_for_staff else 1, self._back_room.acts), (1, self._dice.pick("decline next card")),
            (2 if self._weighs else 0, self._scan_gift_card), (2, self._show_a_card),
            (3 if self._weighs else 0, self._scan_a_label),
            (14 if self._bags else 0, self._bag), (6 if self._weighs else 0, self._pick_loose),
        )  # fmt: skip

    def _weighing(self) -> Sequence[Choice]:
        """On the produce scale: mostly honest, sometimes leaning on it."""
        loads = (0, 95, 250, 505, 1_005, 3_000, 14_995, 15_005, -50)
        return (
            (6, lambda: f"scale {self._dice.choice(loads)} g"), (8, self._take_the_weight), (3, self._touch),
            (1, self._scan), (1, self._dawdle),
            (1, lambda: self._misfortune.and_later("scale moves", "scale comes to rest")), (1, self._walk_away),
        )  # fmt: skip

    def _take_the_weight(self) -> str:
        """The green button, once it may be touched."""
        green = (b for b in buttons(self._stage.lane.scene) if b.style == "primary" and not b.why_not)
        return next((f'perhaps tap "{button.name}"' for button in green), "scale 505 g")

    def _at_the_shelf(self) -> Sequence[Choice]:
        return (
            (6, self._bag), (5, self._touch), (2, self._staff_come), (1, self._dawdle), (1, self._walk_away),
            (2, lambda: f"take {self._dice.number(1, 900)} g off the shelf"), (1, self._scan),
        )  # fmt: skip

    def _choosing(self) -> Sequence[Choice]:
        return (
            (5, self._tap("Card")), (5, self._tap("Cash")), (3, self._scan_gift_card), (2, self._touch),
            (2, self._tap("Pay a part")),
            (1, self._scan), (1, self._dawdle), (1, self._walk_away), self._machine.takes(),
            *self._choosing_what_is_new(),
        )  # fmt: skip

    def _choosing_what_is_new(self) -> Sequence[Choice]:
        facts = self._stage.shop.facts
        return (
            (9 if facts.cash_machine else 0, self._tap("Cash")),
            (9 if "qr" in facts.tenders else 0, self._tap("QR payment")),
            (9 if "external" in facts.tenders else 0, self._tap("Card, with staff")),
            (5 if facts.deposits.offline == "signed" else 0, self._scan_a_slip),
        )

    def _paying_by_phone(self) -> Sequence[Choice]:
        return (
            (8, self._dice.pick("perhaps phone pays")), (2, self._dice.pick("perhaps phone declines")),
            (3, self._dawdle), (2, self._touch), (1, self._walk_away),
        )  # fmt: skip

    def _scan_a_slip(self) -> str:
        """Of a bottle machine that talks to nobody; sometimes one that was used already."""
        number = self._dice.number(1, 12)
        return f"scan signed slip KD-M1-{number:04d} of {number}.50"

    def _scan_gift_card(self) -> str:
        return f"scan {self._dice.choice((*GIFT_CARDS, *BEARER))}"

    def _show_a_card(self) -> str:
        """A member's, or a coupon."""
        return f"scan {self._dice.choice((*MEMBERS, *COUPONS))}"

    def _taking_cash(self) -> Sequence[Choice]:
        given = self._dice.choice((10, 20, 50, 100, 500))
        return (
            (4, lambda: f"perhaps staff take cash {given}.00"),
            (4, self._dice.pick("perhaps staff take the exact sum")),
            (1, self._dice.pick("perhaps staff take cash 12.34")), (1, self._touch), (1, self._dawdle),
        )  # fmt: skip

    def _paying(self) -> Sequence[Choice]:
        wants = self._stage.top.terminal.wants
        if wants == "card":
            return (
                (10, self._dice.pick("tap card", "tap card", "insert card")), (1, self._dice.pick("press the red key")),
                (1, self._touch), (2, self._dawdle), (1, self._walk_away),
            )  # fmt: skip
        if wants == "pin":
            return (
                (9, self._dice.pick("pin 1234")),
                (1, self._dice.pick("pin 9999")),
                (1, self._dice.pick("press the red key")),
            )
        if wants == "removal":
            return (9, self._dice.pick("take card")), (1, self._walk_away)
        return (8, self._dawdle), (2, self._touch), (1, self._dice.pick("press the red key"))

    def _waiting_for_the_bank(self) -> Sequence[Choice]:
        wants = self._stage.top.terminal.wants
        at_the_terminal = {"": "wait 8 s", "card": "tap card", "pin": "pin 1234", "removal": "take card"}[wants]
        return (
            (3, self._dawdle), (3, self._dice.pick(f"perhaps {at_the_terminal}")),
            (2, self._dice.pick("wait 30 s", "wait 2 min")), (2, self._staff_come), (1, self._touch), (1, self._scan),
        )  # fmt: skip

    def _leaving(self) -> Sequence[Choice]:
        return (
            (8, self._touch), (2, self._dawdle), (1, self._scan), (1, self._walk_away), (1, self._staff_come),
            (2, self._tap("E-mail it", "Become a member")), self._machine.takes(),
            (4 if self._bags else 0, self._dice.pick("empty the shelf")),
        )  # fmt: skip

    def _standing_before_a_closed_lane(self) -> Sequence[Choice]:
        return (
            (5, self._dice.pick("wait 10 s", "wait 1 min")), (2, self._staff_come), (1, self._scan), (1, self._touch),
            (1, self._back_room.acts),
        )  # fmt: skip

    def _at_the_pad(self) -> Sequence[Choice]:
        return (
            (8, self._dice.pick(*(f"perhaps staff pin again {pin}" for pin in _PINS))),
            (1, self._dice.pick("perhaps staff pin again 9999")), (2, self._touch), (1, self._dawdle),
        )  # fmt: skip

    def _staff_at_work(self) -> Sequence[Choice]:
        if self._stage.lane.scene.name == "19e-staff-cash":
            return self._taking_cash()
        if self._stage.lane.scene.name == "19-staff-audit":
            return (6, self._touch), (9, self._scan_what_is_bought), (1, self._scan), (1, self._dawdle)
        terminal = self._stage.top.terminal
        readable = terminal.powered and not terminal.busy
        if self._stage.lane.state.phase is Phase.DOUBT and readable:
            return ((8, self._dice.pick("perhaps staff settle honestly")), (1, self._touch))
        if page := self._counter.works() or self._cashier.works() or self._machine.works():
            return page
        calls = {call.reason for call in self._stage.lane.state.interventions}
        waits = "age" in calls
        return (
            (4, self._touch), (2 if calls else 9, self._tap("Lock")), (1, self._dawdle),
            (9 if waits else 0, self._tap("Approve")), (2 if waits else 0, self._tap("Refuse")), self._counter.begins(),
            *self._cashier.begins(), *self._machine.begins(),
            (12 if "audit" in calls else 0, self._tap("Begin")),
        )  # fmt: skip

    # --- what they do -------------------------------------------------------------------------------------------------

    def _scan(self) -> str:
        return f"scan {self._dice.choice(self._codes)}"

    def _scan_what_is_bought(self) -> str:
        lines = self._stage.lane.state.basket.lines
        return f"scan {self._dice.choice(lines).item.gtin}" if lines else self._scan()

    def _scan_a_label(self) -> str:
        """Minced beef, with a batch and a last day that may be long ago or no day at all."""
        day, batch = self._dice.choice(("261123", "261124", "261126", "261231", "261399")), self._dice.choice("12")
        return f"scan label (01)09520001220012(17){day}(10)L261{batch}"

    def _pick_loose(self) -> str:
        return f"perhaps type {self._dice.choice(_LOOSE)}"

    def _bag(self) -> str:
        """What was scanned last, about as heavy as it says; or something else."""
        lines = self._stage.lane.state.basket.lines
        says = lines[-1].item.weight_g if lines else 0
        if self._dice.random() < 0.1:
            return self._dice.choice(
                ("empty the shelf", "the scale drifts -15 g", "a gust of 300 g shakes the shelf for 1 s")
            )
        honest = says and self._dice.random() < 0.8
        return f"bag {says + self._dice.number(-5, 5) if honest else self._dice.number(1, 2_000)} g"

    def _scan_something_odd(self) -> str:
        odd = (
            *(f"scan {code}" for code in NEW), "scan garbage", "scan control characters", "scan an empty label",
            "scan 10000 characters", "scan 4090 characters", "scan the text ]YK",
            f"scan together {self._dice.choice(self._codes)} {self._dice.choice(self._codes)}",
        )  # fmt: skip
        return self._dice.choice(odd)

    def _type(self) -> str:
        return f"perhaps type {self._dice.choice([*self._codes, '4062', '123'])}"

    def _tap(self, *english: str) -> Callable[[], str]:
        return lambda: self._hands.tap(*english)

    def _touch(self) -> str:
        """Any button at all that does something, except what staff decide honestly or not at all."""
        return self._hands.any_but(*_FOR_STAFF_ONLY_HONESTLY, seldom="Close the lane")

    def _dawdle(self) -> str:
        return f"wait {self._dice.number(1, 6)} s"

    def _walk_away(self) -> str:
        longest = "wait 6 min" if self._bags or self._weighs else "wait 20 min"
        return self._dice.choice(("wait 70 s", "wait 100 s", "wait 4 min", longest))

    def _staff_come(self) -> str:
        return f"perhaps staff pin {self._dice.choice((*_PINS, *_PINS, *_PINS, '9999'))}"


class Crowds:
    """Everybody at all lanes of one shop, by one source of chance."""

    def __init__(self, stage: Stage, chance: Random) -> None:
        """The lanes are those that are open now."""
        own = stage.shop.facts.till
        self._chance = chance
        self._crowds = [
            ("" if till == own else till, Crowd(lane, chance)) for till, lane in sorted(stage.lanes.items())
        ]

    def next_line(self) -> str:
        """What happens now, somewhere."""
        till, crowd = self._chance.choice(self._crowds)
        return there(till, crowd.next_line())
