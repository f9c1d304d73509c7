"""Misfortune: what goes wrong in a shop, written line by line; what has failed is mended now and then, so that the shop
keeps selling.
"""

from drivers.card_terminal.nexo.simulator import NexoSimulator
from kiosk.world.dice import Dice
from kiosk.world.stage import Stage

_TERMINAL_FAULTS = (
    "no_status", "duplicate_status", "late_abort", "wrong_amount", "odd_positive", "extended", "one_byte", "chatter",
    "deaf", "answers_while_busy", "never_repeats", "reverses_nothing",
)  # fmt: skip
_NEXO_FAULTS = (
    "silent", "deaf", "busy", "late_abort", "reverses_nothing", "no_totals", "one_byte", "chunked",
)  # fmt: skip
_NEXO_ANSWERS = (
    "garbage", "status 500", "endless", "cut short", "other request", "other amount", "no amount", "partial",
)  # fmt: skip

_LIES_COINS = 5_000
"""More than all change: so it can be seen."""


class Misfortune:
    """Everything that befalls one shop."""

    def __init__(self, stage: Stage, dice: Dice) -> None:
        self._stage, self._dice = stage, dice
        self._bags, self._weighs = (fact is not None for fact in (stage.shop.facts.bagging, stage.shop.facts.scale))
        self.broken: list[str] = []
        """What mends what is broken."""

    def mend(self) -> str:
        """One thing that was broken."""
        return self._dice.taken_from(self.broken)

    def in_the_dark(self) -> str:
        """The lane has no power."""
        wants = self._stage.top.terminal.wants
        at_the_terminal = {"": "wait 1 s", "card": "tap card", "pin": "pin 1234", "removal": "take card"}[wants]
        return self._dice.one_of(
            (6, self._dice.pick("start")), (1, lambda: f"wait {self._dice.number(1, 90)} s"),
            (2, self._dice.pick(f"perhaps {at_the_terminal}")),
            (2, lambda: f"power fails at write {self._dice.number(1, 25)} seed {self._dice.number(0, 999)}"),
        )  # fmt: skip

    def strike(self) -> str:
        """Something goes wrong."""
        return self._dice.one_of(
            (12 if self.money_moves else 4, self._power),
            (4, self._terminal),
            (2, self._network),
            (2, self._disk),
            (3, self._counter),
            (2 if self._stage.top.provider is not None else 0, self._provider),
            ((12 if self.money_moves else 3) if self._stage.top.recycler is not None else 0, self._cash_machine),
        )

    def and_later(self, line: str, mended: str) -> str:
        """This goes wrong now, and `mended` mends it."""
        if mended not in self.broken:
            self.broken.append(mended)
        return line

    def _power(self) -> str:
        seed, most = self._dice.number(0, 999), 12 if self.money_moves else 120
        return self._dice.one_of(
            (2, lambda: f"power cut seed {seed}"),
            (5, lambda: f"power fails at write {self._dice.number(1, most)} seed {seed}"),
            (2, self._dice.pick("kill")),
            (1, lambda: self.and_later(f"sync fails at write {self._dice.number(1, 40)}", "power holds")),
        )

    def _terminal(self) -> str:
        if isinstance(self._stage.top.terminal, NexoSimulator):
            return self._nexo_terminal()
        at = self._dice.number(1, 24)
        return self._dice.one_of(
            (3, lambda: f"cut terminal at message {at}"),
            (2, lambda: f"lose message {at} of the terminal"),
            (2, lambda: self.and_later(f"cut terminal power at message {at}", "terminal power on")),
            (1, lambda: self.and_later(f"lose message {at} of the terminal and its power", "terminal power on")),
            (2, lambda: self.and_later("unplug terminal", "plug in terminal")),
            (2, lambda: self.and_later("terminal power off", "terminal power on")),
            (3, self._dice.pick("terminal keeps what was not confirmed", "terminal reverses what was not confirmed")),
            (2, lambda: self.and_later(f"terminal {self._dice.choice(('hides', 'refuses', 'buries'))} its last"
                                        " transaction after a cut", "terminal behaves")),
            (3, lambda: self.and_later(f"terminal fault {self._dice.choice(_TERMINAL_FAULTS)}", "terminal behaves")),
        )  # fmt: skip

    def _nexo_terminal(self) -> str:
        where = self._dice.choice(("before it hears", "when it has heard", "before it answers"))
        fault, answer = self._dice.choice(_NEXO_FAULTS), self._dice.choice(_NEXO_ANSWERS)
        return self._dice.one_of(
            (8, lambda: f"terminal loses its line {where}"),
            (2, lambda: self.and_later("unplug terminal", "plug in terminal")),
            (3, lambda: self.and_later("terminal power off", "terminal power on")),
            (3, lambda: self.and_later(f"terminal fault {fault}", "terminal behaves")),
            (3, lambda: self.and_later(f"terminal answers with {answer}", "terminal behaves")),
        )  # fmt: skip

    def _network(self) -> str:
        bad = " ".join(f"{word} {self._dice.number(0, 400)}" for word in ("loses", "doubles", "shuffles", "delays"))
        good = "network of a thousand loses 0 doubles 0 shuffles 0 delays 0 seed 1"
        return self._dice.one_of(
            (1, lambda: self.and_later("network down", "network up")),
            (1, lambda: self.and_later(f"network of a thousand {bad} seed {self._dice.number(1, 999)}", good)),
        )

    def _provider(self) -> str:
        """Of payments by phone."""
        faults = [
            (f"provider is {kind} 2 times", "provider behaves") for kind in ("silent", "deaf", "error", "garbage")
        ]
        return self.and_later(*self._dice.choice([*faults, ("provider away", "provider back")]))

    def _cash_machine(self) -> str:
        """It lies only about what it has just paid: a machine whose counters lie all day can be believed nothing."""
        recycler = self._stage.top.recycler
        sent = any(payout.stage == "sent" for payout in self._stage.lane.state.payouts)
        if recycler is not None and recycler.paying and sent and self._dice.random() < 0.5:
            return f"the cash machine miscounts {_LIES_COINS} coins"
        jams = f"the cash machine jams after {self._dice.choice((0, 1, 10, 50, 100))}.00"
        return self.and_later(*self._dice.choice((
            ("unplug the cash machine", "plug in the cash machine"),
            ("unplug the cash machine", "plug in the cash machine"),
            ("cash machine power off", "cash machine power on"),
            ("the cash machine says nothing", "the cash machine speaks again"),
            (jams, "the cash machine is freed"),
            ("the cash machine jams with the next note", "the cash machine is freed"),
        )))  # fmt: skip

    @property
    def money_moves(self) -> bool:
        """Whether the cash machine has a note on its way, or pays out: then most can go wrong."""
        return self._stage.top.recycler is not None and self._stage.top.recycler.moves

    def lies_enough(self) -> bool:
        """Whether what it lied about is over."""
        recycler = self._stage.top.recycler
        sent = any(payout.stage == "sent" for payout in self._stage.lane.state.payouts)
        return recycler is not None and bool(recycler.miscounts) and not sent

    def tells_the_truth(self) -> str:
        """Somebody has set its counters right."""
        return "the cash machine miscounts 0 coins"

    def _disk(self) -> str:
        return self._dice.one_of(
            (3, lambda: self.and_later("disk sits in a sync", "disk is done with its sync")),
            (1, lambda: self.and_later("disk is nearly full", "disk has room")),
            (1, lambda: self.and_later(f"disk has room for {self._dice.number(0, 20_000)} bytes", "disk has room")),
            (2, lambda: f"clock jumps {self._dice.choice((-90_000, -3_600, -61, 61, 3_600, 90_000))} s"),
        )

    def _counter(self) -> str:
        pairs = (
            ("unplug scanner", "plug in scanner"), ("wait 1 s", "push the drawer shut"),
            ("unplug printer", "plug in printer"), ("paper out", "paper ok"),
            ("paper low", "paper ok"), (f"paper ends after {self._dice.number(1, 30)} lines", "paper ok"),
            ("open the printer", "close the printer"), ("the cutter jams", "the cutter is freed"),
            ("printer says nothing", "printer speaks again"),
            ("printer prints 300 ms a line", "printer prints 0 ms a line"),
        )  # fmt: skip
        shelf = [("unplug the bagging scale", "plug in the bagging scale"), ("the shelf swings", "the shelf is still")]
        scale = [("unplug scale", "plug in scale"), ("scale moves", "scale comes to rest")]
        signer = [("signer fails", "signer works"), ("signer says nothing", "signer works")]
        signs = bool(self._stage.shop.facts.signer)
        here = (*pairs, *shelf * self._bags, *scale * self._weighs, *signer * signs)
        return self.and_later(*self._dice.choice(here))
