"""Back room: what happens in the crowd's shops away from the lane: prices change, a product is new, and somebody at the
console wants something of the lane.
"""

from collections.abc import Sequence

from kiosk.world.dice import Dice
from kiosk.world.stage import Stage

NEW = ("4006381333931", "4006381333948", "4006381333955")
"""Codes that nobody knows until the store lists them; then the lane hears of them with its next price book."""
_WHO = ("Anna", "Anna", "Bo", "Eva", "Eva", "nobody")
_REASONS = ("damaged", "short_date", "wrong_label", "other", "dear")
"""Those that a price is changed for, and one that it is not."""
_CELLS = ('name="Oat drink" price_minor=2190 tax_class=food', "name=Cider price_minor=3990 tax_class=alcohol",
          "name=Firelighters price_minor=4900 tax_class=standard staff_only=yes")  # fmt: skip


class BackRoom:
    """Whoever is at the store's console."""

    def __init__(self, stage: Stage, dice: Dice, codes: Sequence[str]) -> None:
        """`codes`: what this day is bought."""
        self._stage, self._dice, self._codes = stage, dice, codes
        self._unlisted = list(zip(NEW, _CELLS, strict=True))

    def acts(self) -> str:
        """One thing."""
        waits = [call.reason for call in self._stage.lane.state.interventions]
        return self._dice.one_of(
            (2, self._change_a_price),
            (2 if self._unlisted else 0, self._list_something),
            (12 if waits else 1, lambda: self._about(self._dice.choice(waits or ["help"]))),
            (4, self._want_something),
            (4 if self._stage.lane.state.basket.lines else 0, self._change_its_price),
        )

    def _change_a_price(self) -> str:
        return f"price {self._dice.choice(self._codes)} {self._dice.number(1, 199)}.{self._dice.number(0, 9)}0"

    def _list_something(self) -> str:
        code, cells = self._dice.taken_from(self._unlisted)
        return f"the store lists gtin={code} {cells}"

    def _about(self, reason: str) -> str:
        return f"{self._who()} at the console {self._dice.choice(('approves', 'approves', 'denies'))} {reason}"

    def _want_something(self) -> str:
        wants = ("opens the lane", "opens the lane", "closes the lane", "opens the drawer", 'says "We are coming."',
                 "pauses the lane for 2 minutes", "begins training", "ends training", "restarts the lane",
                 "looks into the basket")  # fmt: skip
        return f"{self._who()} at the console {self._dice.choice(wants)}"

    def _change_its_price(self) -> str:
        """Of a line of the basket as the console was shown it, which may be another shopper's by now."""
        basket = self._stage.office.basket(self._stage.shop.facts.till)
        names = [line.name for line in basket.lines if '"' not in line.name] if basket is not None else []
        if not names:
            return f"{self._who()} at the console looks into the basket"
        price, why = f"{self._dice.number(0, 99)}.{self._dice.number(0, 9)}0", self._dice.choice(_REASONS)
        return f'{self._who()} at the console sells "{self._dice.choice(names)}" at {price} because it is {why}'

    def _who(self) -> str:
        return self._dice.choice(_WHO)
