"""Hands: what a person sees of the simulated terminal, and can do to it."""

from typing import Literal

from drivers.card_terminal.zvt.simulated import texts


class Hands:
    """Display, card reader and keys."""

    language: str

    def __init__(self) -> None:
        self.now_ms = 0
        self.display = ""
        self.wants: Literal["", "card", "pin", "currency", "removal"] = ""
        self.card: Literal["", "tap", "insert"] = ""
        self.card_pin = "1234"
        self.card_currency = ""
        """The next cards' own, where they are from abroad: then they may choose."""
        self.chosen: Literal["", "ours", "theirs"] = ""
        self.pin = ""
        self.declines = self.wants_signature = False
        self.can_stop = self.stop = self.refunding = False
        self.look_again_ms: int | None = None

    def turn(self, now_ms: int) -> None:
        """Look again."""

    @property
    def powered(self) -> bool:
        """Whether it has power."""
        return True

    def show(self, code: int) -> None:
        """Put a text on the display."""
        self.display = texts.shown(self.language, code, refund=self.refunding)

    def tap_card(self) -> bool:
        """Hold a card to the terminal; whether it was waiting for one."""
        return self._present("tap")

    def insert_card(self) -> bool:
        """Put a card in; whether the terminal was waiting for one. It stays in until `take_card`."""
        return self._present("insert")

    def _present(self, how: Literal["tap", "insert"]) -> bool:
        if self.wants != "card" or not self.powered:
            return False
        self.card, self.wants = how, ""
        self.turn(self.now_ms)
        return True

    def take_card(self) -> None:
        """Take the card out."""
        self.card = ""
        if self.wants == "removal":
            self.wants, self.display = "", ""
        self.turn(self.now_ms)

    def type_pin(self, pin: str) -> bool:
        """Type a PIN and press the green key; whether the terminal was waiting for one."""
        if self.wants != "pin" or not self.powered:
            return False
        self.pin = pin
        self.turn(self.now_ms)
        return True

    def choose_currency(self, which: Literal["ours", "theirs"]) -> bool:
        """Choose in which money to pay; whether the terminal was asking."""
        if self.wants != "currency" or not self.powered:
            return False
        self.chosen = which
        self.turn(self.now_ms)
        return True

    def cancel_on_terminal(self) -> None:
        """Press the red key: before the bank is asked it ends the payment."""
        self.stop = self.stop or self.can_stop
        self.turn(self.now_ms)

    def decline_next(self) -> None:
        """The bank will say no, once."""
        self.declines = True

    def sign_next(self) -> None:
        """The next card has no PIN: its holder signs the merchant's slip."""
        self.wants_signature = True

    def forget_the_card(self) -> None:
        """Without power nothing is shown, and nothing waited for."""
        self.display, self.wants, self.card, self.pin, self.chosen = "", "", "", "", ""
        self.can_stop = self.stop = self.refunding = False
