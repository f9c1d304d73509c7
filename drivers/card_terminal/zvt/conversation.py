"""Conversation: one order of the till and all that the terminal says until its final word (PA00P015 section 2).

    asked    the order is sent; `80 00 00` or `84 xx` must come within T3
    talking  the terminal works: states, statuses, prints, each to be answered; every one of them begins T4 anew
    (end)    `06 0F` done, `06 1E` not done

Every order has this grammar, so it is written once, as the table at the end of this file; the orders differ only in
their `Listener`. What arrives while nothing was accepted yet belongs to something older: it is answered, but it counts
for nothing, and an approval among it is refused, because nobody has kept it.
"""

from collections.abc import Callable
from typing import Literal

import msgspec

from drivers.card_terminal.zvt import messages
from drivers.card_terminal.zvt.apdu import FLOOD, Apdu
from drivers.card_terminal.zvt.messages import (
    Aborted,
    Accepted,
    Clock,
    Completed,
    Lines,
    Message,
    Refused,
    Standing,
    Status,
    Unknown,
)
from drivers.card_terminal.zvt.session import Answered, Heard, Lost, Procedure, Session, StopWanted, TimeUp
from drivers.events import TerminalPrint

HEARD_AT_MOST = 20_000
"""Messages of one conversation. An end of day may print every payment line by line; a terminal that goes on for ever is
broken, and each of its papers would be kept."""
UNANSWERED_AT_MOST = 8
"""Messages that wait for the caller to keep them. A terminal waits for the answer to each; these are its repeats."""

Answer = Literal["kept", "later", "not kept"]
How = Literal["completed", "aborted", "refused", "silent", "lost", "unclear"]


class Ending(msgspec.Struct, frozen=True):
    """How a conversation ended.

    `refused`: the order was not accepted. `unclear`: a final word came before the order was accepted, so it may belong
    to something else. `code` is that of 84 xx, 06 1E or the state in 06 0F.
    """

    how: How
    why: str
    code: int = 0
    terminal_id: str = ""
    version: str = ""


class Listener:
    """What an order does with the messages on the way. This one keeps the last status and answers everything."""

    moves_money = False
    answers_end = True
    """Whether the final word is answered at once; otherwise the procedure owes it."""
    has_end = True
    """Whether there is a final word at all; some orders are done when they are accepted."""

    def __init__(self) -> None:
        self.last: Status | None = None

    def standing(self, message: Standing) -> None:
        """An intermediate state."""

    def status(self, message: Status) -> Answer:
        """A transaction."""
        self.last = message
        return "kept"

    def lines(self, message: Lines) -> Answer:
        """Something to print."""
        return "kept"

    def not_kept(self) -> None:
        """The caller could not keep a message, and the terminal was told so."""


class PaperListener(Listener):
    """What is to be printed is reported under `ticket`, and answered when the caller has kept it.

    A whole paper that comes twice in a row is one that was sent again, because our answer to its block was lost.
    """

    def __init__(self, session: Session, ticket: str) -> None:
        super().__init__()
        self._session = session
        self._ticket = ticket
        self._paper: Lines | None = None

    def lines(self, message: Lines) -> Answer:
        if message == self._paper and len(message.lines) > 1 and not self._session.owes:
            return "kept"
        self._paper = message
        number, device = self._session.owe(messages.CANNOT_PRINT), self._session.device
        self._session.report(
            TerminalPrint(device=device, ticket=self._ticket, copy=message.copy, lines=message.lines, message=number)
        )
        return "later"


class _Talk:
    """The state of one conversation."""

    def __init__(self, session: Session, listener: Listener) -> None:
        self.session = session
        self.listener = listener
        self.stage: Literal["asked", "talking"] = "asked"
        self.patience_ms = session.terms.t4_ms
        self.stopping = False
        self.heard = 0

    def hear(self, message: Message) -> Ending | None:
        """Look the message up and do what the table says; an ending if it was the last word."""
        self.heard += 1
        if self.heard > HEARD_AT_MOST or self.session.owes > UNANSWERED_AT_MOST:
            self.session.hang_up()
            return Ending("lost", FLOOD)
        return TABLE[self.stage, type(message)](self, message)

    def sign_of_life(self) -> None:
        """T4 begins anew."""
        self.session.wait(self.patience_ms)

    def stop_if_wanted(self) -> None:
        """Ask the terminal to stop, once, as soon as there is something to stop."""
        if self.session.stop_wanted and self.stage == "talking" and self.listener.moves_money and not self.stopping:
            self.stopping = True
            self.session.say(messages.abort())


def converse(session: Session, order: Apdu, listener: Listener) -> Procedure[Ending]:
    """Send the order once and listen to the end. The line must be open."""
    talk = _Talk(session, listener)
    session.say(order, once=listener.moves_money)
    session.wait(session.terms.t3_ms)
    ending: Ending | None = None
    while ending is None:
        match (yield):
            case Heard(message):
                ending = talk.hear(message)
            case Lost(why):
                ending = Ending("lost", why)
            case TimeUp():
                ending = Ending("silent", "the terminal did not answer" if talk.stage == "asked" else "no final word")
                session.hang_up()
            case StopWanted():
                talk.stop_if_wanted()
            case Answered(kept=False):
                listener.not_kept()
            case _:
                pass
    session.wait(None)
    return ending


# --- what each message does ------------------------------------------------------------------------------------------


def _accept(talk: _Talk, message: Message) -> Ending | None:
    if not talk.listener.has_end:
        return Ending("completed", "")
    talk.stage = "talking"
    talk.sign_of_life()
    talk.stop_if_wanted()
    return None


def _refuse(talk: _Talk, message: Message) -> Ending:
    assert isinstance(message, Refused)
    return Ending("refused", f"refused with code {message.code:02X}", message.code)


def _nothing(talk: _Talk, message: Message) -> None:
    """The answer to our wish to stop: not an outcome, whichever it is."""


def _stray(no: Apdu) -> Callable[[_Talk, Message], None]:
    def answer(talk: _Talk, message: Message) -> None:
        talk.session.say(no)

    return answer


def _standing(talk: _Talk, message: Message) -> None:
    assert isinstance(message, Standing)
    talk.patience_ms = message.timeout_ms or talk.patience_ms
    talk.listener.standing(message)
    talk.session.say(messages.POSITIVE)
    talk.sign_of_life()


def _status(talk: _Talk, message: Message) -> None:
    assert isinstance(message, Status)
    _reply(talk, talk.listener.status(message), messages.NOT_KEPT)


def _lines(talk: _Talk, message: Message) -> None:
    assert isinstance(message, Lines)
    _reply(talk, talk.listener.lines(message), messages.CANNOT_PRINT)


def _reply(talk: _Talk, answer: Answer, no: Apdu) -> None:
    if answer != "later":
        talk.session.say(messages.POSITIVE if answer == "kept" else no)
    talk.sign_of_life()


def _agree(talk: _Talk, message: Message) -> None:
    talk.session.say(messages.POSITIVE)
    talk.sign_of_life()


def _decline(talk: _Talk, message: Message) -> None:
    talk.session.say(messages.UNKNOWN_COMMAND)
    talk.sign_of_life()


def _end(talk: _Talk, message: Message) -> Ending:
    if talk.listener.answers_end:
        talk.session.say(messages.POSITIVE)
    if isinstance(message, Completed):
        return Ending("completed", "", message.status, message.terminal_id, message.version)
    assert isinstance(message, Aborted)
    return Ending("aborted", f"ended with code {message.code:02X} {message.error}".strip(), message.code)


def _early_end(talk: _Talk, message: Message) -> Ending | None:
    """The end of something older (a block that came twice, what was under way when the line was lost). Taken for ours,
    every later order would get the answer to the one before it."""
    talk.session.say(messages.POSITIVE)
    if not talk.listener.moves_money:
        return None
    return Ending("unclear", "a final word came before the order was accepted")


TABLE: dict[tuple[str, type], Callable[[_Talk, Message], Ending | None]] = {
    ("asked", Accepted): _accept,
    ("asked", Refused): _refuse,
    ("asked", Standing): _stray(messages.POSITIVE),
    ("asked", Status): _stray(messages.NOT_KEPT),
    ("asked", Lines): _stray(messages.CANNOT_PRINT),
    ("asked", Clock): _stray(messages.POSITIVE),
    ("asked", Unknown): _stray(messages.UNKNOWN_COMMAND),
    ("asked", Completed): _early_end,
    ("asked", Aborted): _early_end,
    ("talking", Accepted): _nothing,
    ("talking", Refused): _nothing,
    ("talking", Standing): _standing,
    ("talking", Status): _status,
    ("talking", Lines): _lines,
    ("talking", Clock): _agree,
    ("talking", Unknown): _decline,
    ("talking", Completed): _end,
    ("talking", Aborted): _end,
}
