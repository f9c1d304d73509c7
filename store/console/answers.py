"""Answers: which buttons stand beside a call of a lane, and what each asks first. Pure."""

from typing import Any, Literal

import msgspec

from store.console.cards import Call

Asks = Literal["", "sees", "why"]


class Answer(msgspec.Struct, frozen=True):
    """One button: the command's kind, its words, and what must be said with it (nothing, `sees`, or `why`)."""

    kind: str
    text: str
    asks: Asks = ""
    main: bool = False


_REFUSE, _APPROVE = Answer("deny", "Refuse"), Answer("approve", "Approve", main=True)
_ANSWERS: dict[str, tuple[Answer, ...]] = {
    "age": (_REFUSE,),
    "help": (Answer("approve", "Settled", main=True),),
    "bag": (_APPROVE,),
    "item": (_REFUSE, _APPROVE),
    "audit": (Answer("approve", "Pay without a look", main=True),),
    "gate": (Answer("deny", "Leave it shut"), Answer("approve", "Open the gate", main=True)),
    "approval": (Answer("deny", "Refuse", "why"), Answer("approve", "Approve", "why", main=True)),
}


def answers(call: Call, *, ages: bool, assists: bool) -> tuple[Answer, ...]:
    """The buttons, in order. `ages`: the lane lets an age be approved from here; `assists`: this person may answer."""
    if not assists:
        return ()
    found = _ANSWERS.get(call.reason, ())
    if call.reason == "age" and ages:
        found = (*found, Answer("approve", "Clearly old enough", "sees", main=True))
    return found


def said(call: Call, answer: Answer, why: str = "") -> dict[str, Any]:
    """What goes with the command: the call by its reason and detail, so that a newer one is not answered by chance."""
    data: dict[str, Any] = {"reason": call.reason, "detail": call.detail}
    if answer.asks == "sees":
        data["sees"] = True
    if why.strip():
        data["text"] = why.strip()
    return data
