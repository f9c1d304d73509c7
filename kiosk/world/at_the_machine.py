"""At the machine: what people of the crowd's shops do at the cash machine: they pay into it, exactly, too much or a
part, think again, take what it gives or leave it there; staff fill and empty it, key what they did, and settle what it
cannot tell as it was.
"""

from collections.abc import Callable, Sequence

from drivers.cash_recycler.simulator import COINS, NOTES, RecyclerSimulator
from kiosk.checkout.events import CashReturned
from kiosk.checkout.inserting import DEVICE, short_of
from kiosk.checkout.state import Phase
from kiosk.world.dice import Choice, Dice
from kiosk.world.machine_watch import Act
from kiosk.world.screen_hands import ScreenHands
from kiosk.world.stage import Stage


class AtTheMachine:
    """Everybody before one cash machine; nobody, where there is none."""

    def __init__(self, stage: Stage, dice: Dice, hands: ScreenHands, touch: Callable[[], str]) -> None:
        """`touch`: any button at all that may be touched."""
        self._stage, self._dice, self._hands, self._touch = stage, dice, hands, touch

    @property
    def _machine(self) -> RecyclerSimulator | None:
        return self._stage.top.recycler

    # --- shoppers -----------------------------------------------------------------------------------------------------

    def pays(self) -> Sequence[Choice]:
        """On 11f, whether it takes money or not."""
        ways_out = ("Pay the rest another way", "Give my money back", "Pay another way")
        return (
            (9, self._inserts_about_right), (3, self._inserts_anything), (2, lambda: self._hands.tap(*ways_out)),
            (2, self._dice.pick("wait 1 s", "wait 4 s")), (1, self._dice.pick("wait 70 s", "wait 4 min")),
        )  # fmt: skip

    def _inserts_about_right(self) -> str:
        """The largest coin or note that is not too much; where nothing is, or now and then, the next one up."""
        left = short_of(self._stage.lane.state).minor
        pieces = sorted((*COINS, *NOTES))
        fit = [piece for piece in pieces if piece <= left]
        above = next((piece for piece in pieces if piece >= left), pieces[-1])
        return self._insert(fit[-1] if fit and self._dice.random() < 0.7 else above)

    def _inserts_anything(self) -> str:
        return self._insert(self._dice.choice((*COINS, *NOTES)))

    def _insert(self, piece_minor: int) -> str:
        value = piece_minor // 100
        if piece_minor in COINS:
            return f"perhaps insert {value} coin"
        return self._dice.choice((f"perhaps insert {value} note", f"perhaps hold a {value} note to it"))

    def takes(self) -> Choice:
        """What lies in its mouth and its tray, if anything does."""
        machine = self._machine
        lies = sum((*machine.mouth, *machine.tray)) if machine is not None else 0
        return (10 if lies else 0, lambda: f"take the money from the machine {lies // 100}.{lies % 100:02d}")

    # --- staff --------------------------------------------------------------------------------------------------------

    def begins(self) -> Sequence[Choice]:
        """On the list of what staff can do."""
        machine, watch, state = self._machine, self._stage.promises.money.machine, self._stage.lane.state
        if machine is None or watch is None:
            return ()
        doubts = any(payout.stage == "doubt" for payout in state.payouts)
        free = state.phase in (Phase.WELCOME, Phase.CLOSED) and not state.payouts
        keyed = watch.to_key == Act()
        settle = self._dice.pick("perhaps staff settle the cash in doubt honestly")
        opens = free and keyed and state.training is None and DEVICE not in state.devices.lost and not state.unheard
        return (
            (20 if doubts and not machine.moves else 0, settle),
            (12 if state.owed else 0, lambda: self._hands.does(CashReturned)),
            (12 if free and not keyed else 0, self._dice.pick("perhaps staff key what they did at the cash machine")),
            (2 if opens else 0, self._fills),
            (2 if opens and machine.boxed_minor else 0, lambda: self._takes_the_box(machine.boxed_minor)),
            (2 if free else 0, lambda: self._hands.tap("X report")),
        )  # fmt: skip

    def _fills(self) -> str:
        value = self._dice.choice(COINS) // 100
        return f"staff put {self._dice.number(1, 30)} coins of {value} into the cash machine"

    def _takes_the_box(self, minor: int) -> str:
        return f"staff take the box of the cash machine out with {minor // 100}.{minor % 100:02d}"

    def works(self) -> Sequence[Choice]:
        """What the page of staff that is open asks for; nothing, if it is none of these pages."""
        match self._stage.lane.scene.name:
            case "19g-cash-in-the-drawer" if self._machine is not None:
                return (3, lambda: self._hands.tap("Cash machine")), (3, self._touch), (1, self._away)
            case "19g-cash-machine":
                return (2, lambda: self._hands.tap("Move all into the box")), (4, self._away)
            case "19e-payout-in-doubt":
                return ((1, self._away),)
        return ()

    def _away(self) -> str:
        return self._hands.tap("Back", "Menu", "Lock")
