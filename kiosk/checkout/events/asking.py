"""Asking events: what came of a question to the store, and codes that only the store can tell about."""

from typing import Literal

from kiosk.checkout.events.fact import Fact
from kiosk.checkout.questions import StoreAnswer
from kiosk.values.deposit_slip import DepositSlip


class QuestionAnswered(Fact, frozen=True, kw_only=True):
    """The store's answer to the question `id`."""

    id: str
    answer: StoreAnswer


class QuestionUnanswered(Fact, frozen=True, kw_only=True):
    """There is none: the store is `away`, or it `refused` to answer (`detail`: its own words). Silence is a Timer."""

    id: str
    why: Literal["away", "refused"]
    detail: str = ""


class GiftCardScanned(Fact, frozen=True, kw_only=True):
    """A gift card was read or typed. Its number is worth money only at the store."""

    number: str
    slip: DepositSlip | None = None
    """The slip's own word, if it is one of the shop's and its signature is right."""


class MemberCalled(Fact, frozen=True, kw_only=True):
    """A member card or an app's code was scanned, or a number typed (then `key` only stands for it)."""

    key: str
    typed: bool = False


class SignUpOpened(Fact, frozen=True):
    """Somebody wants to become a member and begins to type: that takes longer than goodbye does."""


class SignUpPressed(Fact, frozen=True, kw_only=True):
    """Somebody agrees to be a member. `contact` only stands for what was typed.

    `text`: the version of the words that were agreed to; `marketing`, never chosen for anybody: offers may be sent.
    """

    contact: str
    text: str
    marketing: bool = False
    receipt: Literal["", "print", "qr", "none"] = ""


class BasketScanned(Fact, frozen=True, kw_only=True):
    """The slip of a suspended basket was scanned: the lane that set it aside, and its code."""

    till: str
    code: str


class EmailOpened(Fact, frozen=True):
    """Somebody wants the receipt by e-mail and begins to type."""


class EmailTyped(Fact, frozen=True, kw_only=True):
    """Send the receipt there. `address` only stands for what was typed."""

    address: str


AskingEvent = (
    QuestionAnswered
    | QuestionUnanswered
    | GiftCardScanned
    | MemberCalled
    | BasketScanned
    | SignUpOpened
    | SignUpPressed
    | EmailOpened
    | EmailTyped
)
