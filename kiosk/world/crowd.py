"""Crowd: writes a story by chance, line by line: shoppers, staff and misfortune, each acting on what it sees.

It looks at the stage and names the next line, in the language of stories; so whatever it did can be told again from the
text alone. Shoppers mostly want to buy, sometimes do odd things, and sometimes walk away. Staff are honest: a payment
in doubt is decided as the terminal's own journal says. What has failed is mended now and then, so that the shop
keeps selling.
"""

from collections.abc import Callable, Sequence
from random import Random

from kiosk.checkout.state import Phase
from kiosk.ui.scene import buttons
from kiosk.world.back_office import STAFF
from kiosk.world.shops import demo_rows
from kiosk.world.stage import Stage

Choice = tuple[int, Callable[[], str]]
"""How likely (in proportion to the others), and what is written then."""

_FOR_STAFF_ONLY_HONESTLY = ("Settle a payment", "Paid or not paid?", "Decide")
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
GIFT_CARDS = ("KG-1000001", "KG-1000002", "KG-9999999")
"""Two that the store has issued, and one that it has not."""
_LOOSE = ("4011", "4664", "4562", "4072")
"""Bananas, tomatoes, carrots and potatoes, by the kilogram."""
_PINS = tuple(pin for *_, pin in STAFF)
_TERMINAL_FAULTS = (
    "no_status", "duplicate_status", "late_abort", "wrong_amount", "odd_positive", "extended", "one_byte", "chatter",
    "deaf", "answers_while_busy", "never_repeats",
)  # fmt: skip


class Crowd:
    """Everybody and everything in one shop, by one source of chance."""

    def __init__(self, stage: Stage, chance: Random) -> None:
        self._stage, self._chance = stage, chance
        self._broken: list[str] = []
        self._bags, self._weighs = (fact is not None for fact in (stage.shop.facts.bagging, stage.shop.facts.scale))
        rows = [row for row in demo_rows() if row.gtin]
        few = chance.sample(rows, 6)
        limited = [row for row in rows if row.age_limit or row.tax_class in ("alcohol", "tobacco")]
        with_deposit = [row for row in rows if row.deposit_minor and not row.age_limit]
        self._codes = [row.gtin for row in (*few, chance.choice(limited), chance.choice(with_deposit))]

    def next_line(self) -> str:
        """What happens now."""
        chance = self._chance.random()
        if self._stage.dark:
            return self._in_the_dark()
        if chance < 0.07:
            return self._mishap()
        if self._broken and chance < (0.3 if self._in_trouble() else 0.16):
            return self._broken.pop(self._chance.randrange(len(self._broken)))
        return self._one_of(*self._people())

    def _in_trouble(self) -> bool:
        return self._stage.lane.state.phase in (Phase.DOUBT, Phase.CLOSED)

    def _one_of(self, *choices: Choice) -> str:
        (act,) = self._chance.choices([act for _, act in choices], [weight for weight, _ in choices])
        return act()

    def _pick(self, *lines: str) -> Callable[[], str]:
        return lambda: self._chance.choice(lines)

    def _number(self, least: int, most: int) -> int:
        return self._chance.randint(least, most)

    # --- people -------------------------------------------------------------------------------------------------------

    def _people(self) -> Sequence[Choice]:
        name = self._stage.lane.scene.name
        if name.startswith("19a"):
            return self._at_the_pad()
        if name.startswith("19"):
            return self._staff_at_work()
        if name in _ASIDE:
            return (8, self._touch), (1, self._scan), (1, self._dawdle)
        if name == "05-weighing":
            return self._weighing()
        if name.startswith("06"):
            return self._at_the_shelf()
        if name == "10-pay-choice":
            return self._choosing()
        if name.startswith("11c"):
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
        }[self._stage.lane.state.phase]()

    def _arriving(self) -> Sequence[Choice]:
        return (
            (12, self._scan), (2, self._scan_something_odd), (2, self._touch), (2, self._dawdle), (1, self._staff_come),
            (1, self._change_a_price), (1, self._pick("decline next card")),
        )  # fmt: skip

    def _scanning(self) -> Sequence[Choice]:
        waits_for_staff = any(call.reason in ("age", "help") for call in self._stage.lane.state.interventions)
        return (
            (14, self._scan), (2, self._scan_something_odd), (2, self._type), (10, self._tap("Pay")), (7, self._touch),
            (3, self._dawdle), (1, self._walk_away), (30 if waits_for_staff else 1, self._staff_come),
            (1, self._change_a_price), (1, self._pick("decline next card")),
            (2 if self._weighs else 0, self._scan_gift_card), (3 if self._weighs else 0, self._scan_a_label),
            (14 if self._bags else 0, self._bag), (6 if self._weighs else 0, self._pick_loose),
        )  # fmt: skip

    def _weighing(self) -> Sequence[Choice]:
        """On the produce scale: mostly honest, sometimes leaning on it."""
        loads = (0, 95, 250, 505, 1_005, 3_000, 14_995, 15_005, -50)
        return (
            (6, lambda: f"scale {self._chance.choice(loads)} g"), (8, self._take_the_weight), (3, self._touch),
            (1, self._scan), (1, self._dawdle),
            (1, lambda: self._and_later("scale moves", "scale comes to rest")), (1, self._walk_away),
        )  # fmt: skip

    def _take_the_weight(self) -> str:
        """The green button, once it may be touched."""
        green = (b for b in buttons(self._stage.lane.scene) if b.style == "primary" and not b.why_not)
        return next((f'perhaps tap "{button.name}"' for button in green), "scale 505 g")

    def _at_the_shelf(self) -> Sequence[Choice]:
        return (
            (6, self._bag), (5, self._touch), (2, self._staff_come), (1, self._dawdle), (1, self._walk_away),
            (2, lambda: f"take {self._number(1, 900)} g off the shelf"), (1, self._scan),
        )  # fmt: skip

    def _choosing(self) -> Sequence[Choice]:
        return (
            (5, self._tap("Card")), (5, self._tap("Cash")), (3, self._scan_gift_card), (2, self._touch),
            (1, self._scan), (1, self._dawdle), (1, self._walk_away),
        )  # fmt: skip

    def _scan_gift_card(self) -> str:
        return f"scan {self._chance.choice(GIFT_CARDS)}"

    def _taking_cash(self) -> Sequence[Choice]:
        given = self._chance.choice((10, 20, 50, 100, 500))
        return (
            (4, lambda: f"perhaps staff take cash {given}.00"), (4, self._pick("perhaps staff take the exact sum")),
            (1, self._pick("perhaps staff take cash 12.34")), (1, self._touch), (1, self._dawdle),
        )  # fmt: skip

    def _paying(self) -> Sequence[Choice]:
        wants = self._stage.top.terminal.wants
        if wants == "card":
            return (
                (10, self._pick("tap card", "tap card", "insert card")), (1, self._pick("press the red key")),
                (1, self._touch), (2, self._dawdle), (1, self._walk_away),
            )  # fmt: skip
        if wants == "pin":
            return (9, self._pick("pin 1234")), (1, self._pick("pin 9999")), (1, self._pick("press the red key"))
        if wants == "removal":
            return (9, self._pick("take card")), (1, self._walk_away)
        return (8, self._dawdle), (2, self._touch), (1, self._pick("press the red key"))

    def _waiting_for_the_bank(self) -> Sequence[Choice]:
        wants = self._stage.top.terminal.wants
        at_the_terminal = {"": "wait 8 s", "card": "tap card", "pin": "pin 1234", "removal": "take card"}[wants]
        return (
            (3, self._dawdle), (3, self._pick(f"perhaps {at_the_terminal}")),
            (2, self._pick("wait 30 s", "wait 2 min")), (2, self._staff_come), (1, self._touch), (1, self._scan),
        )  # fmt: skip

    def _leaving(self) -> Sequence[Choice]:
        return (
            (8, self._touch), (2, self._dawdle), (1, self._scan), (1, self._walk_away), (1, self._staff_come),
            (4 if self._bags else 0, self._pick("empty the shelf")),
        )  # fmt: skip

    def _standing_before_a_closed_lane(self) -> Sequence[Choice]:
        return (5, self._pick("wait 10 s", "wait 1 min")), (2, self._staff_come), (1, self._scan), (1, self._touch)

    def _at_the_pad(self) -> Sequence[Choice]:
        return (
            (8, self._pick(*(f"perhaps staff pin again {pin}" for pin in _PINS))),
            (1, self._pick("perhaps staff pin again 9999")), (2, self._touch), (1, self._dawdle),
        )  # fmt: skip

    def _staff_at_work(self) -> Sequence[Choice]:
        if self._stage.lane.scene.name == "19e-staff-cash":
            return self._taking_cash()
        terminal = self._stage.top.terminal
        readable = terminal.powered and not terminal.busy
        if self._stage.lane.state.phase is Phase.DOUBT and readable:
            return ((8, self._pick("perhaps staff settle honestly")), (1, self._touch))
        waits = any(call.reason == "age" for call in self._stage.lane.state.interventions)
        return (
            (6, self._touch), (3, self._tap("Lock")), (1, self._dawdle),
            (9 if waits else 0, self._tap("Approve")), (2 if waits else 0, self._tap("Refuse")),
        )  # fmt: skip

    # --- what they do -------------------------------------------------------------------------------------------------

    def _scan(self) -> str:
        return f"scan {self._chance.choice(self._codes)}"

    def _scan_a_label(self) -> str:
        """Minced beef, with a batch and a last day that may be long ago or no day at all."""
        day, batch = self._chance.choice(("261123", "261124", "261126", "261231", "261399")), self._chance.choice("12")
        return f"scan label (01)09520001220012(17){day}(10)L261{batch}"

    def _pick_loose(self) -> str:
        return f"perhaps type {self._chance.choice(_LOOSE)}"

    def _bag(self) -> str:
        """What was scanned last, about as heavy as it says; or something else."""
        lines = self._stage.lane.state.basket.lines
        says = lines[-1].item.weight_g if lines else 0
        if self._chance.random() < 0.1:
            return self._chance.choice(
                ("empty the shelf", "the scale drifts -15 g", "a gust of 300 g shakes the shelf for 1 s")
            )
        return f"bag {says + self._number(-5, 5) if says and self._chance.random() < 0.8 else self._number(1, 2_000)} g"

    def _scan_something_odd(self) -> str:
        odd = (
            "scan 4006381333931", "scan garbage", "scan control characters", "scan an empty label",
            "scan 10000 characters", "scan 4090 characters", "scan the text ]YK",
            f"scan together {self._chance.choice(self._codes)} {self._chance.choice(self._codes)}",
        )  # fmt: skip
        return self._chance.choice(odd)

    def _type(self) -> str:
        return f"perhaps type {self._chance.choice([*self._codes, '4062', '123'])}"

    def _tap(self, english: str) -> Callable[[], str]:
        return lambda: f'perhaps tap "{self._stage.say(english)}"'

    def _touch(self) -> str:
        """Any button at all that does something, except what staff decide honestly or not at all."""
        not_these = [self._stage.say(english) for english in _FOR_STAFF_ONLY_HONESTLY]
        seldom = self._stage.say("Close the lane")
        names = [
            button.name
            for button in buttons(self._stage.lane.scene)
            if not button.why_not and '"' not in button.name and button.name not in not_these
        ]
        if seldom in names and self._chance.random() < 0.8:
            names.remove(seldom)
        return f'perhaps tap "{self._chance.choice(names)}"' if names else self._dawdle()

    def _dawdle(self) -> str:
        return f"wait {self._number(1, 6)} s"

    def _walk_away(self) -> str:
        longest = "wait 6 min" if self._bags or self._weighs else "wait 20 min"
        return self._chance.choice(("wait 70 s", "wait 100 s", "wait 4 min", longest))

    def _staff_come(self) -> str:
        return f"perhaps staff pin {self._chance.choice((*_PINS, *_PINS, *_PINS, '9999'))}"

    def _change_a_price(self) -> str:
        return f"price {self._chance.choice(self._codes)} {self._number(1, 199)}.{self._number(0, 9)}0"

    # --- misfortune ---------------------------------------------------------------------------------------------------

    def _in_the_dark(self) -> str:
        wants = self._stage.top.terminal.wants
        at_the_terminal = {"": "wait 1 s", "card": "tap card", "pin": "pin 1234", "removal": "take card"}[wants]
        return self._one_of(
            (6, self._pick("start")), (1, lambda: f"wait {self._number(1, 90)} s"),
            (2, self._pick(f"perhaps {at_the_terminal}")),
            (2, lambda: f"power fails at write {self._number(1, 25)} seed {self._number(0, 999)}"),
        )  # fmt: skip

    def _mishap(self) -> str:
        return self._one_of(
            (4, self._power), (4, self._terminal), (2, self._network), (2, self._disk), (3, self._counter)
        )

    def _and_later(self, line: str, mended: str) -> str:
        if mended not in self._broken:
            self._broken.append(mended)
        return line

    def _power(self) -> str:
        seed = self._number(0, 999)
        return self._one_of(
            (2, lambda: f"power cut seed {seed}"),
            (5, lambda: f"power fails at write {self._number(1, 120)} seed {seed}"),
            (2, self._pick("kill")),
            (1, lambda: self._and_later(f"sync fails at write {self._number(1, 40)}", "power holds")),
        )

    def _terminal(self) -> str:
        at = self._number(1, 24)
        return self._one_of(
            (3, lambda: f"cut terminal at message {at}"),
            (2, lambda: f"lose message {at} of the terminal"),
            (2, lambda: self._and_later(f"cut terminal power at message {at}", "terminal power on")),
            (1, lambda: self._and_later(f"lose message {at} of the terminal and its power", "terminal power on")),
            (2, lambda: self._and_later("unplug terminal", "plug in terminal")),
            (2, lambda: self._and_later("terminal power off", "terminal power on")),
            (3, self._pick("terminal keeps what was not confirmed", "terminal reverses what was not confirmed")),
            (2, lambda: self._and_later(f"terminal {self._chance.choice(('hides', 'refuses', 'buries'))} its last"
                                        " transaction after a cut", "terminal behaves")),
            (3, lambda: self._and_later(f"terminal fault {self._chance.choice(_TERMINAL_FAULTS)}", "terminal behaves")),
        )  # fmt: skip

    def _network(self) -> str:
        bad = " ".join(f"{word} {self._number(0, 400)}" for word in ("loses", "doubles", "shuffles", "delays"))
        good = "network of a thousand loses 0 doubles 0 shuffles 0 delays 0 seed 1"
        return self._one_of(
            (1, lambda: self._and_later("network down", "network up")),
            (1, lambda: self._and_later(f"network of a thousand {bad} seed {self._number(1, 999)}", good)),
        )

    def _disk(self) -> str:
        return self._one_of(
            (3, lambda: self._and_later("disk sits in a sync", "disk is done with its sync")),
            (1, lambda: self._and_later("disk is nearly full", "disk has room")),
            (1, lambda: self._and_later(f"disk has room for {self._number(0, 20_000)} bytes", "disk has room")),
            (2, lambda: f"clock jumps {self._chance.choice((-90_000, -3_600, -61, 61, 3_600, 90_000))} s"),
        )

    def _counter(self) -> str:
        pairs = (
            ("unplug scanner", "plug in scanner"), ("wait 1 s", "push the drawer shut"),
            ("unplug printer", "plug in printer"), ("paper out", "paper ok"),
            ("paper low", "paper ok"), (f"paper ends after {self._number(1, 30)} lines", "paper ok"),
            ("open the printer", "close the printer"), ("the cutter jams", "the cutter is freed"),
            ("printer says nothing", "printer speaks again"),
            ("printer prints 300 ms a line", "printer prints 0 ms a line"),
        )  # fmt: skip
        shelf = [("unplug the bagging scale", "plug in the bagging scale"), ("the shelf swings", "the shelf is still")]
        scale = [("unplug scale", "plug in scale"), ("scale moves", "scale comes to rest")]
        signer = [("signer fails", "signer works"), ("signer says nothing", "signer works")]
        signs = bool(self._stage.shop.facts.signer)
        here = (*pairs, *shelf * self._bags, *scale * self._weighs, *signer * signs)
        return self._and_later(*self._chance.choice(here))
