"""Session: the till's end of a conversation, as the procedures see it.

A *procedure* (prepare, pay, recover, ...) is a generator: it yields a question to the terminal (`Ask`) or a while to
let pass (`Wait`), and gets the answer, or silence. So each reads from top to bottom, and nothing blocks.
"""

from collections.abc import Callable, Generator
from typing import TypeVar

import msgspec

from drivers.card_terminal.nexo.answers import Reply, Transaction
from drivers.card_terminal.nexo.call import Silence
from drivers.card_terminal.nexo.messages import Category, Message, Parties
from drivers.events import DeviceOffline, DeviceOnline, HardwareEvent


class Terms(msgspec.Struct, frozen=True):
    """What the till and this terminal have agreed on, and every patience."""

    parties: Parties
    currency: str
    """ISO 4217."""
    host: str = "terminal"
    language: str = "en"
    """The operator's, which some terminals want to know (ISO 639-1)."""
    login_first: bool = True
    """The terminal answers nothing before a login; otherwise only its totals need one."""
    diagnoses: bool = False
    """It answers a Diagnosis; otherwise its health is asked by the status of the last transaction."""
    reconciles: bool = True
    """It knows a reconciliation."""
    listens: bool = False
    """It finds us, and may ask us to show and to print."""
    connect_ms: int = 3_000
    answer_ms: int = 5_000
    """For an answer that needs no card holder."""
    finish_ms: int = 180_000
    """For a payment, with everything that a card holder does."""
    busy_ms: int = 5_000
    """How long a busy terminal is waited for."""
    poll_ms: int = 1_000
    """Between two looks at a terminal that is busy."""
    ask_every_ms: int = 10_000
    """Between two enquiries of a payment in doubt."""
    confirm_ms: int = 30_000
    """How long the terminal must go on not knowing a payment before that proves that nothing was charged."""
    give_up_ms: int = 180_000
    """After this an enquiry says that it cannot tell."""
    probe_ms: int = 15_000
    """Between two health probes of an idle terminal."""


class Surroundings(msgspec.Struct, frozen=True):
    """What a pure room must be given: the wall clock as RFC 3339 with its offset, and bytes that nobody can guess."""

    when: Callable[[], str]
    chance: Callable[[int], bytes]


class Ask(msgspec.Struct, frozen=True):
    """A request. `service_id` empty: one by chance."""

    category: Category
    body: Message
    answer_ms: int
    service_id: str = ""


class Wait(msgspec.Struct, frozen=True):
    """So long; shorter if the caller wants it stopped."""

    ms: int


T = TypeVar("T")
Procedure = Generator[Ask | Wait, Reply | Silence | None, T]


class Session:
    """What has been agreed and seen since the till began to talk."""

    def __init__(self, device: str, terms: Terms, surroundings: Surroundings) -> None:
        self.device = device
        self.terms = terms
        self.surroundings = surroundings
        self.now_ms = 0
        self.logged_in = False
        self.stop_wanted = False
        self.last: Transaction | None = None
        """The last success that the terminal has told of: what it must still know if it has lost nothing."""
        self.papers: list[tuple[str, str]] = []
        """Ticket and copy of what the terminal has asked us to print: the answer brings it once more."""
        self._events: list[HardwareEvent] = []
        self._online: bool | None = None

    def report(self, event: HardwareEvent) -> None:
        """Tell the caller."""
        self._events.append(event)

    def take_events(self) -> list[HardwareEvent]:
        """What there is to tell; empties the list."""
        events, self._events = self._events, []
        return events

    def is_there(self) -> None:
        """The terminal answers: report it if that is news."""
        if self._online is not True:
            self._online = True
            self.report(DeviceOnline(device=self.device, detail=self.terms.parties.poi_id))

    def is_away(self, why: str) -> None:
        """Cards cannot be taken: report it if that is news."""
        if self._online is not False:
            self._online = False
            self.report(DeviceOffline(device=self.device, why=why))


def ask(session: Session, question: Ask) -> Procedure[Reply | Silence]:
    """Ask, and take note of what the answer says beside its matter."""
    answer = yield question
    assert answer is not None
    if isinstance(answer, Silence):
        return answer
    session.is_there()
    if answer.condition == "LoggedOut":
        session.logged_in = False
    if answer.transaction is not None and answer.transaction.approved:
        session.last = answer.transaction
    return answer
