"""Questions: the checkout's questions to the store on their way, and what comes back as events.

The brain owns a question: its id, its deadline, what no answer means. Here it is only carried. While there is no
connection it comes back unanswered at once; an answer that nobody waits for any more is still told, since the store
may be holding something because of it.
"""

from collections.abc import Callable

import msgspec

from kiosk.app.whispers import Whispers
from kiosk.checkout import events as e
from kiosk.checkout.effects import AskStore
from kiosk.checkout.questions import ANSWER_TO, ItemAnswer, ItemAsk, MemberAnswer, Question, StoreAnswer
from kiosk.ui.view import Greet, Look
from kiosk.values.moment import Moment
from kiosk.wire.asking import ItemRow, answered, question
from kiosk.wire.messages import Answer, Ask

REMEMBERED = 32
"""Questions whose answers are still understood; older ones were given up long ago."""
Send = Callable[[Ask, Moment], None]
Priced = Callable[[ItemAsk, ItemRow, Moment], ItemAnswer]
"""What a row of the store's price book means on this lane, now."""


class Questions:
    """Questions in the air, by their ids."""

    def __init__(self, whispers: Whispers, priced: Priced) -> None:
        self._whispers, self._priced = whispers, priced
        self._asked: dict[str, Question] = {}

    def ask(self, effect: AskStore, send: Send | None, now: Moment) -> list[e.Event]:
        """Send it; None: there is no way to."""
        if send is None:
            return [e.QuestionUnanswered(id=effect.id, why="away")]
        said = self._whispers.spoken(effect.question)
        if said is None:
            return [e.QuestionUnanswered(id=effect.id, why="refused", detail="what was typed is forgotten")]
        self._asked.pop(effect.id, None)
        self._asked[effect.id] = effect.question
        while len(self._asked) > REMEMBERED:
            del self._asked[next(iter(self._asked))]
        send(question(effect.id, said), now)
        return []

    def heard(self, answer: Answer, now: Moment) -> list[e.Event | Look] | None:
        """What an answer means to the checkout; None: it is not about a question of the checkout."""
        asked = self._asked.pop(answer.id, None)
        if asked is None:
            return None
        found = self._read(asked, answer, now)
        if found is None:
            detail = answer.error or "the answer cannot be read"
            return [e.QuestionUnanswered(id=answer.id, why="refused", detail=detail)]
        if isinstance(found, MemberAnswer):
            kept = msgspec.structs.replace(found, first_name="")
            return [Greet(found.first_name), e.QuestionAnswered(id=answer.id, answer=kept)]
        return [e.QuestionAnswered(id=answer.id, answer=found)]

    def _read(self, asked: Question, answer: Answer, now: Moment) -> StoreAnswer | None:
        """The typed answer; None if it cannot be read."""
        if isinstance(asked, ItemAsk):
            said = answered(answer, ItemRow)
            return None if said is None else self._priced(asked, said, now)
        found: StoreAnswer | None = answered(answer, ANSWER_TO[type(asked)])
        return found

    def lost(self) -> list[e.Event]:
        """The connection is gone: nobody need wait for what was asked over it."""
        gone, self._asked = list(self._asked), {}
        return [e.QuestionUnanswered(id=id_, why="away") for id_ in gone]
